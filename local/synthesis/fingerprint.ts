import { createHash, type Hash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

/** Folders whose every file may change what is synthesized, or how. */
const sources = ['bin', 'lib', 'functions', 'shared', 'web', 'local/synthesis']

/** Of this folder, the functions carry the documents only; the rest writes them. */
const documents = { folder: 'docs/api', extensions: ['.json', '.html'] }

/** Settings of the tools, and which packages are installed: `npm ci` writes the last of them. */
const files = [
  'cdk.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'node_modules/.package-lock.json',
]

/**
 * A name for what a synthesis under these settings would give: the same as long as nothing that it
 * reads has changed. Takes some 20 ms.
 */
export const fingerprint = (settings: Readonly<Record<string, string>>): string => {
  const hash = createHash('sha256')
  hash.update(JSON.stringify(Object.entries(settings).sort()))
  for (const folder of sources) for (const path of filesIn(folder)) addFile(hash, path)
  for (const path of filesIn(documents.folder)) {
    if (documents.extensions.includes(extname(path))) addFile(hash, path)
  }
  for (const path of files) addFile(hash, join(root, path))
  return hash.digest('hex').slice(0, 32)
}

const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()

const addFile = (hash: Hash, path: string): void => {
  const content = contentOf(path)
  // With its length, so that no content can pass for the next file's name.
  hash.update(`${relative(root, path)} ${content?.length ?? 'missing'}\n`)
  if (content !== undefined) hash.update(content)
}

const contentOf = (path: string): Buffer | undefined => {
  try {
    return readFileSync(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
