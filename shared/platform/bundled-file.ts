import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type BundledFile, type BundledFileName, bundledFiles } from '../rules/bundled-files.ts'

/** Where `assets/` lies, seen from a function's entry file and from a part that loads late. */
const assetFolders = [
  join(import.meta.dirname, 'assets'),
  join(import.meta.dirname, '..', 'assets'),
]

/**
 * The path of a file that was bundled with the function, or lies in the source tree or among the
 * packages when the sources run themselves.
 */
export const bundledPath = (name: BundledFileName): string => {
  const { from }: BundledFile = bundledFiles[name]
  const bundled = assetFolders.map((folder) => join(folder, name)).find(existsSync)
  if (bundled !== undefined) return bundled
  if (from.startsWith('./')) return join(import.meta.dirname, '..', from)
  return createRequire(import.meta.url).resolve(from)
}

/** Rejects with the file system's error when the file is not there. */
export const bundledFile = async (name: BundledFileName): Promise<Uint8Array<ArrayBuffer>> => {
  const content = await readFile(bundledPath(name))
  // A small file's Buffer is a window on a pool; packages take whole buffers.
  return new Uint8Array(content)
}

/** Compiled anew at each call: a caller that needs it twice keeps it. */
export const bundledModule = async (name: BundledFileName): Promise<WebAssembly.Module> =>
  WebAssembly.compile(await bundledFile(name))
