import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { makeZip } from 'client-zip'
import { CheckFailed } from '../media/check-failed.ts'

export interface ArchiveEntry {
  path: string
  contentType: string
  body: string | Uint8Array | AsyncIterable<Uint8Array>
  /** What its bytes have to be, and the failure of others. */
  expected?: { sha256: string; onOther: () => Error }
}

/** An entry as it was written. */
export interface ArchivedFile {
  path: string
  content_type: string
  bytes: number
  /** Hexadecimal. */
  sha256: string
}

const encoder = new TextEncoder()

async function* pieces(body: ArchiveEntry['body']): AsyncGenerator<Uint8Array> {
  if (typeof body === 'string') yield encoder.encode(body)
  else if (body instanceof Uint8Array) yield body
  else yield* body
}

async function* measured(
  { path, contentType, body, expected }: ArchiveEntry,
  written: ArchivedFile[],
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const piece of pieces(body)) {
    hash.update(piece)
    bytes += piece.length
    yield piece as Uint8Array<ArrayBuffer>
  }
  const digest = hash.digest('hex')
  if (expected && digest !== expected.sha256) throw expected.onOther()
  written.push({ path, content_type: contentType, bytes, sha256: digest })
}

async function* inputs(
  entries: AsyncIterable<ArchiveEntry>,
  written: ArchivedFile[],
  lastModified: Date,
) {
  for await (const entry of entries) {
    yield { name: entry.path, input: measured(entry, written), lastModified }
  }
}

/**
 * Packs entries one after another into a file, in pieces: memory does not grow with them. They are stored as they
 * are, since pictures, sound and film are compressed already.
 * @param written gets each entry once it is written, before the next is taken
 */
export const writeArchive = async (
  path: string,
  entries: AsyncIterable<ArchiveEntry>,
  {
    written,
    lastModified,
    signal,
  }: { written: ArchivedFile[]; lastModified: Date; signal: AbortSignal },
): Promise<void> => {
  const zip = makeZip(inputs(entries, written, lastModified))
  const source = Readable.fromWeb(zip as Parameters<typeof Readable.fromWeb>[0])
  await pipeline(source, createWriteStream(path), { signal })
}

/** The end of central directory, without a comment. */
const endBytes = 22
const utf8Flag = 0x0800

const decoder = new TextDecoder('utf-8', { fatal: true })

const failed = (detail: string): CheckFailed =>
  new CheckFailed({ check: 'zip_directory', passed: false, detail })

/**
 * Reads the directory of a written archive: every entry in its place, with its size, and UTF-8 names in both
 * headers. Archives here are far below what would need ZIP64.
 * @throws CheckFailed
 */
export const checkArchive = async (path: string, written: readonly ArchivedFile[]) => {
  await using file = await open(path)
  const { size } = await file.stat()
  const read = async (position: number, length: number): Promise<Buffer> => {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
    if (bytesRead < length) throw failed('it ends too early')
    return buffer
  }
  const end = await read(size - endBytes, endBytes)
  if (end.readUInt32LE(0) !== 0x06054b50) throw failed('it has no end')
  if (end.readUInt16LE(10) !== written.length) throw failed('entries are missing')
  const directory = await read(end.readUInt32LE(16), end.readUInt32LE(12))
  let at = 0
  for (const { path: name, bytes } of written) {
    const nameLength = directory.readUInt16LE(at + 28)
    const stored = decoder.decode(directory.subarray(at + 46, at + 46 + nameLength))
    const local = await read(directory.readUInt32LE(at + 42), 30)
    if (stored !== name || directory.readUInt32LE(at + 24) !== bytes) throw failed(name)
    const flags = directory.readUInt16LE(at + 8) & local.readUInt16LE(6)
    if (local.readUInt32LE(0) !== 0x04034b50 || (flags & utf8Flag) === 0) throw failed(name)
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return { check: 'zip_directory', passed: true, detail: `${written.length} entries` }
}
