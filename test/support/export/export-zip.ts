import { inflateRawSync } from 'node:zlib'

const end = 0x06054b50
const central = 0x02014b50

/**
 * The files of a ZIP, read by its central directory as PKWARE's APPNOTE 6.3.10 describes it: a reader of its own,
 * which knows nothing of what wrote the archive.
 */
export const unzipped = (zip: Buffer): Map<string, Buffer> => {
  const files = new Map<string, Buffer>()
  const at = zip.lastIndexOf(Buffer.from(Uint32Array.of(end).buffer))
  let entry = zip.readUInt32LE(at + 16)
  for (let count = zip.readUInt16LE(at + 10); count > 0; count -= 1) {
    if (zip.readUInt32LE(entry) !== central) throw new Error('The directory is broken.')
    const [flags, method] = [zip.readUInt16LE(entry + 8), zip.readUInt16LE(entry + 10)]
    const [packed, size] = [zip.readUInt32LE(entry + 20), zip.readUInt32LE(entry + 24)]
    const [name, extra, comment] = [28, 30, 32].map((place) => zip.readUInt16LE(entry + place))
    const local = zip.readUInt32LE(entry + 42)
    if ((flags & zip.readUInt16LE(local + 6) & 0x800) === 0) throw new Error('Not UTF-8.')
    const path = zip.toString('utf8', entry + 46, entry + 46 + (name ?? 0))
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const content = zip.subarray(from, from + packed)
    files.set(path, method === 8 ? inflateRawSync(content) : content)
    if (files.get(path)?.length !== size) throw new Error(`${path} has another size.`)
    entry += 46 + (name ?? 0) + (extra ?? 0) + (comment ?? 0)
  }
  return files
}
