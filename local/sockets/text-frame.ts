/** The first byte of a frame that is a whole text message, and what stands for longer lengths (RFC 6455, 5.2). */
const wholeText = 0x81
const lengthIn16Bits = 126
const lengthIn64Bits = 127

/** A text message as a server's frame: neither masked nor compressed. */
const asFrame = (text: string): Buffer => {
  const length = Buffer.byteLength(text)
  const headerBytes = length < lengthIn16Bits ? 2 : length < 0x10000 ? 4 : 10
  const frame = Buffer.allocUnsafe(headerBytes + length)
  frame[0] = wholeText
  if (headerBytes === 2) frame[1] = length
  else if (headerBytes === 4) {
    frame[1] = lengthIn16Bits
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = lengthIn64Bits
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.write(text, headerBytes)
  return frame
}

let last = { text: '', frame: asFrame('') }

/** The frame of a text, which is made once for all sockets that get the same text one behind the other. */
export const textFrame = (text: string): Buffer => {
  if (last.text !== text) last = { text, frame: asFrame(text) }
  return last.frame
}
