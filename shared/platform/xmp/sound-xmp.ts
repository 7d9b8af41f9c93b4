/** XMP in sound files, by part 3 of its specification: https://github.com/adobe/XMP-Toolkit-SDK/tree/main/docs */

import type { SpokenFormat } from '../../contracts/speech.ts'

/** ID3v2.4 counts in four times seven bits. */
const synchsafe = (size: number): Buffer =>
  Buffer.from([21, 14, 7, 0].map((shift) => (size >> shift) & 0x7f))

const id3Frame = (name: string, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from(name, 'latin1'), synchsafe(content.length), Buffer.alloc(2), content])

const withId3 = (mp3: Uint8Array, xmp: string): Buffer => {
  const frames = id3Frame('PRIV', Buffer.from(`XMP\0${xmp}`, 'utf8'))
  const head = Buffer.concat([Buffer.from('ID3\x04\0\0', 'latin1'), synchsafe(frames.length)])
  return Buffer.concat([head, frames, mp3])
}

const withChunk = (wav: Uint8Array, xmp: string): Buffer => {
  const content = Buffer.from(xmp, 'utf8')
  const head = Buffer.alloc(8)
  head.write('_PMX', 'latin1')
  head.writeUInt32LE(content.length, 4)
  // Chunks are aligned to even offsets.
  const file = Buffer.concat([
    wav,
    Buffer.alloc(wav.length % 2),
    head,
    content,
    Buffer.alloc(content.length % 2),
  ])
  file.writeUInt32LE(file.length - 8, 4)
  return file
}

/** A file that says in an XMP packet where its sound comes from. */
export const withXmp = (file: Uint8Array, format: SpokenFormat, xmp: string): Buffer =>
  format === 'mp3' ? withId3(file, xmp) : withChunk(file, xmp)
