/**
 * Whether the bytes of an upload are also something else: a page, a script, an archive, a program. A file
 * can be a good recording, or a good picture, and one of these at the same time, since their readers begin
 * at other ends or pass over what they do not know. Each is looked for where its own reader would find it,
 * or by so many bytes that compressed sound or pixels do not hold them by chance.
 */

/**
 * Text that makes browsers, or servers, run what follows: in any case of letters, anywhere. What ends the name of
 * an element belongs to it.
 */
const markup: readonly (readonly [text: RegExp, name: string])[] = [
  [/<(?:script|iframe|html|body)[\t\n\f\r />:]|<!doctype/i, 'HTML'],
  [/<\?php/i, 'PHP'],
  [/javascript:/i, 'JavaScript'],
]

/** Compressed sound of 5 MB holds these letters alone, in any case, once in a hundred recordings. */
const svg = /<svg[\t\n\f\r />:]/i
/** An SVG file names its namespace; within a page its elements act by handlers, or by markup of the list above. */
const svgContent = /xmlns|\bon[a-z]{3,24}\s{0,99}=/i

/** Bytes by which readers find their format anywhere in a file. */
const signatures: readonly (readonly [bytes: string, name: string])[] = [
  ['%PDF-1.', 'PDF'],
  ['%PDF-2.', 'PDF'],
  ['Rar!\x1a\x07', 'a RAR archive'],
  ['7z\xbc\xaf\x27\x1c', 'a 7z archive'],
  ['MSCF\0\0\0\0', 'a cabinet archive'],
  ['This program cannot be run in DOS mode', 'a Windows program'],
  ['This program must be run under Win32', 'a Windows program'],
]

/** Bytes at a place of their own: a loader or an unpacker looks for them there and nowhere else. */
const placed: readonly (readonly [at: number, bytes: string, name: string])[] = [
  [0, 'MZ', 'a Windows program'],
  [0, '\x7fELF', 'a program'],
  [0, '#!/', 'a script'],
  [257, 'ustar', 'a tar archive'],
  [0x8001, 'CD001', 'a disk image'],
]

const endOfArchive = Buffer.from('PK\x05\x06', 'latin1')
/** The record at a ZIP archive's end, and the comment that may follow it. */
const recordBytes = 22
const commentBytes = 65_535

/** A ZIP archive is read from its end: a record there says where its directory is. */
const isZip = (bytes: Buffer): boolean => {
  const from = Math.max(0, bytes.length - recordBytes - commentBytes)
  for (
    let at = bytes.indexOf(endOfArchive, from);
    at >= 0 && at + recordBytes <= bytes.length;
    at = bytes.indexOf(endOfArchive, at + 1)
  ) {
    const files = bytes.readUInt16LE(at + 10)
    const directory = bytes.readUInt32LE(at + 12)
    const comment = bytes.readUInt16LE(at + 20)
    // Readers pass over bytes behind the comment, and before the archive.
    const isWhole = directory >= files * 46 && directory <= at
    if (files > 0 && isWhole && at + recordBytes + comment <= bytes.length) return true
  }
  return false
}

const isSvg = (text: string): boolean => {
  const at = text.search(svg)
  return at >= 0 && svgContent.test(text.slice(at))
}

const holdsAt = (bytes: Buffer, at: number, text: string): boolean =>
  bytes.toString('latin1', at, at + text.length) === text

/** What the bytes are beside what they were taken for, by its name; undefined when nothing. Linear in them. */
export const foreignContent = (upload: Uint8Array): string | undefined => {
  const bytes = Buffer.from(upload.buffer, upload.byteOffset, upload.byteLength)
  const inPlace = placed.find(([at, text]) => holdsAt(bytes, at, text))
  if (inPlace) return inPlace[2]
  const signature = signatures.find(([text]) => bytes.includes(text, 0, 'latin1'))
  if (signature) return signature[1]
  if (isZip(bytes)) return 'a ZIP archive'
  const text = bytes.toString('latin1')
  const found = markup.find(([pattern]) => pattern.test(text))
  if (found) return found[1]
  return isSvg(text) ? 'SVG' : undefined
}
