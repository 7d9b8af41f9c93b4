/** The box that holds XMP in MP4: part 3 of Adobe's XMP specification, section on ISO base media files. */
const xmpUuid = Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex')

/** An XMP packet as the last box of a file. */
export const xmpBox = (xmp: string): Buffer => {
  const packet = Buffer.from(xmp, 'utf8')
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + xmpUuid.length + packet.length, 0)
  head.write('uuid', 4, 'latin1')
  return Buffer.concat([head, xmpUuid, packet])
}

/** The packet in such a box's content, which begins behind its name; undefined for a box of another kind. */
export const xmpIn = (content: Buffer): string | undefined =>
  content.subarray(0, xmpUuid.length).equals(xmpUuid)
    ? content.toString('utf8', xmpUuid.length)
    : undefined
