import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { TableProgram } from './table-program.ts'

/**
 * Dynoxide, the engine that npm installs with the project, on the file `tables.db` of the folder. Throws when its
 * binary is not installed for this platform.
 */
export const dynoxide = (dataDirectory: string): TableProgram => {
  const binary = findBinary()
  const database = join(dataDirectory, 'tables.db')
  return {
    name: 'dynoxide',
    command: (port) => [binary, 'serve', '-p', String(port), '--db-path', database],
    isOwn: ([program]) => program?.endsWith('/dynoxide') ?? false,
    startMs: 10_000,
  }
}

const findBinary = (): string => {
  const name = `@dynoxide/${process.platform}-${process.arch}`
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`)
    const binary = join(dirname(manifest), 'dynoxide')
    if (existsSync(binary)) return binary
  } catch {
    // Falls through to the message, which says more than the module loader's.
  }
  throw new Error(
    `The local engine needs ${name}, the DynamoDB engine for this platform: npm install --no-save ${name}`,
  )
}
