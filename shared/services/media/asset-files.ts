import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MediaStore } from '../../clients/media-store.ts'
import { StudioError } from '../../contracts/errors.ts'
import { assetFileKey } from '../../repositories/media-keys.ts'
import type { StoredFile, Work } from '../../repositories/media-work.ts'
import { assetFileName } from '../../rules/media/asset-names.ts'
import { assetTag, exportTag } from '../../rules/storage-layout.ts'
import type { MadeFile, SourceFile, Workshop } from './asset-maker.ts'

const digestOf = async (body: MadeFile['body']): Promise<{ bytes: number; sha256: string }> => {
  const hash = createHash('sha256')
  if (body instanceof Uint8Array) {
    return { bytes: body.length, sha256: hash.update(body).digest('hex') }
  }
  for await (const chunk of createReadStream(body.path)) hash.update(chunk)
  return { bytes: (await stat(body.path)).size, sha256: hash.digest('hex') }
}

/** Stores what a worker made, in a folder of its own: one that is superseded overwrites nothing. */
export const storeFiles = async (
  media: MediaStore,
  asset: Work,
  leaseId: string,
  { product, files }: { product: string; files: readonly MadeFile[] },
): Promise<StoredFile[]> => {
  const stored: StoredFile[] = []
  const tags = asset.asset_type === 'export' ? exportTag : assetTag
  for (const file of files) {
    const { role, width, height, duration_ms, contentType, extension, body } = file
    const name = assetFileName({ product, asset, role, extension })
    const { bytes, sha256 } = await digestOf(body)
    const plain = `${role}.${extension}`
    const key = assetFileKey(asset.session_id, { assetId: asset.asset_id, leaseId, name: plain })
    const content = body instanceof Uint8Array ? body : { path: body.path, bytes }
    await media.put(key, content, { contentType, tags })
    stored.push({
      ...{ role, name, content_type: contentType, bytes, sha256 },
      ...{ width, height, duration_ms, key },
    })
  }
  return stored
}

/** A finished file as the maker of another asset reads it. */
const sourceFile = (
  media: () => Promise<MediaStore>,
  { placement, poster_spec_id, note }: Work,
  { key, ...file }: StoredFile,
  folder: Workshop['folder'],
): SourceFile => {
  const read = async (): Promise<Uint8Array> => {
    const bytes = await (await media()).get(key)
    if (!bytes)
      throw new StudioError('UPSTREAM_ERROR', `The file ${file.role} is not there any more.`)
    return bytes
  }
  let copy: Promise<string> | undefined
  const download = async (): Promise<string> => {
    const path = join(await folder(), key.slice(key.lastIndexOf('/') + 1))
    await writeFile(path, await read())
    return path
  }
  return {
    ...file,
    placement,
    posterSpecId: poster_spec_id,
    note,
    read: async () => (copy ? new Uint8Array(await readFile(await copy)) : read()),
    path() {
      copy ??= download()
      return copy
    },
  }
}

export const sourceFiles = (
  media: () => Promise<MediaStore>,
  sources: readonly Work[],
  folder: Workshop['folder'],
): SourceFile[] =>
  sources.flatMap((asset) =>
    (asset.files ?? []).map((file) => sourceFile(media, asset, file, folder)),
  )
