import { crc32 } from 'node:zlib'
import { jpegSegments } from '../pictures/jpeg-segments.ts'
import { PictureError } from '../pictures/picture.ts'
import { pictureKind } from '../pictures/picture-header.ts'
import { type OriginNote, readXmpPacket, xmpPacket } from './xmp-packet.ts'

const jpegName = 'http://ns.adobe.com/xap/1.0/\0'
const pngName = 'XML:com.adobe.xmp\0\0\0\0\0'
const app0 = 0xe0
const app1 = 0xe1

/**
 * The same picture with a note of its origin as XMP: in JPEG an APP1 segment, in PNG an `iTXt` chunk.
 * Throws `PictureError` for other kinds.
 */
export const withOrigin = (bytes: Uint8Array, note: OriginNote): Uint8Array<ArrayBuffer> => {
  const packet = Buffer.from(xmpPacket(note), 'utf8')
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kind = pictureKind(bytes)
  if (kind === 'jpeg') return inserted(file, endOfApp0(file), jpegSegment(packet))
  // PNG's header chunk has a fixed length.
  if (kind === 'png') return inserted(file, 33, pngChunk(packet))
  throw new PictureError('unsupported', 'Only JPEG and PNG are written.')
}

const inserted = (file: Buffer, at: number, part: Buffer): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.concat([file.subarray(0, at), part, file.subarray(at)]))

/** JFIF's segment has to come first. */
const endOfApp0 = (file: Buffer): number => {
  for (const { marker, at, content } of jpegSegments(file)) {
    return marker === app0 ? at + 4 + content.length : at
  }
  return 2
}

const jpegSegment = (packet: Buffer): Buffer => {
  const content = Buffer.concat([Buffer.from(jpegName, 'latin1'), packet])
  const head = Buffer.from([0xff, app1, 0, 0])
  head.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([head, content])
}

const pngChunk = (packet: Buffer): Buffer => {
  const content = Buffer.concat([Buffer.from(`iTXt${pngName}`, 'latin1'), packet])
  const chunk = Buffer.alloc(content.length + 8)
  chunk.writeUInt32BE(content.length - 4, 0)
  content.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(content), chunk.length - 4)
  return chunk
}

/** The origin that a JPEG or PNG states in its XMP; null when it states none. */
export const readOrigin = (bytes: Uint8Array): OriginNote | null => {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kind = pictureKind(bytes)
  const packet = kind === 'jpeg' ? xmpOfJpeg(file) : kind === 'png' ? xmpOfPng(file) : undefined
  return packet === undefined ? null : readXmpPacket(packet.toString('utf8'))
}

const xmpOfJpeg = (file: Buffer): Buffer | undefined => {
  for (const { marker, content } of jpegSegments(file)) {
    if (marker === app1 && content.toString('latin1', 0, jpegName.length) === jpegName) {
      return content.subarray(jpegName.length)
    }
  }
  return undefined
}

const xmpOfPng = (file: Buffer): Buffer | undefined => {
  for (let at = 8; at + 12 <= file.length; ) {
    const length = file.readUInt32BE(at)
    const content = file.subarray(at + 4, at + 8 + length)
    const name = `iTXt${pngName}`
    if (content.toString('latin1', 0, name.length) === name) return content.subarray(name.length)
    at += 12 + length
  }
  return undefined
}
