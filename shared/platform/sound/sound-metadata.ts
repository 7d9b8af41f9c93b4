/** XMP in sound files, by part 3 of its specification: https://github.com/adobe/XMP-Toolkit-SDK/tree/main/docs */

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

const xmpBox = Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex')

/** The box that holds XMP in MP4 and M4A; it may stand behind all others. */
export const xmpBoxOf = (xmp: string): Buffer => {
  const content = Buffer.from(xmp, 'utf8')
  const head = Buffer.alloc(8)
  head.writeUInt32BE(head.length + xmpBox.length + content.length)
  head.write('uuid', 4, 'latin1')
  return Buffer.concat([head, xmpBox, content])
}

export const soundExtensions = ['wav', 'mp3', 'm4a'] as const
export type SoundExtension = (typeof soundExtensions)[number]

/** A file that says in XMP where its sound comes from. */
export const withXmp = (file: Uint8Array, extension: SoundExtension, xmp: string): Buffer => {
  if (extension === 'mp3') return withId3(file, xmp)
  return extension === 'wav' ? withChunk(file, xmp) : Buffer.concat([file, xmpBoxOf(xmp)])
}
