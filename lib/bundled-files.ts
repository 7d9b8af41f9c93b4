import { copyFile, mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve, sep } from 'node:path'
import type { Metafile } from 'esbuild'
import { type BundledFile, bundledFiles } from '../shared/rules/bundled-files.ts'

const sharedFolder = join(import.meta.dirname, '..', 'shared')

const sourceOf = ({ from }: BundledFile): string =>
  from.startsWith('./') ? join(sharedFolder, from) : createRequire(import.meta.url).resolve(from)

/**
 * Copies the files that bundled code reads, next to it: `shared/platform/bundled-file.ts` finds them
 * there. `directory` holds a folder for each function. Rejects when one is missing.
 */
export const copyBundledFiles = async (metafile: Metafile, directory: string): Promise<void> => {
  const copies = new Map<string, string>()
  for (const [output, { inputs }] of Object.entries(metafile.outputs)) {
    const sources = Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
      bytesInOutput > 0 ? [path] : [],
    )
    for (const [name, file] of Object.entries<BundledFile>(bundledFiles)) {
      if (!sources.some((path) => path.includes(file.readBy))) continue
      const packageFolder = join(directory, functionOf(output, directory))
      copies.set(join(packageFolder, 'assets', name), sourceOf(file))
      if (file.besideCode) copies.set(join(dirname(resolve(output)), name), sourceOf(file))
    }
  }
  for (const [target, source] of copies) {
    await mkdir(dirname(target), { recursive: true })
    await copyFile(source, target)
  }
}

const functionOf = (output: string, directory: string): string =>
  resolve(output)
    .slice(resolve(directory).length + 1)
    .split(sep)[0] ?? ''
