import { execFile } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildClientPackage } from '../../lib/client-package/build.ts'
import { limit } from '../support/limits/machine-speed.ts'

const root = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'launch-studio-client-'))
const installed = join(folder, 'node_modules', 'launch-studio-client')

beforeAll(async () => {
  await buildClientPackage(installed)
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
}, limit(60_000))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A file of the package and everything that it imports of it. */
const withImports = (file: string, found = new Set<string>()): Set<string> => {
  if (found.has(file)) return found
  found.add(file)
  for (const [, from = ''] of readFileSync(file, 'utf8').matchAll(/from\s?"(\.[^"]+)"/g)) {
    withImports(join(file, '..', from), found)
  }
  return found
}

/** Compiles files as another project does, strictly. @throws what the compiler says */
const compile = async (files: string[], compilerOptions: object): Promise<void> => {
  const options = {
    ...{ target: 'es2022', module: 'nodenext', strict: true, noEmit: true, types: [] },
    ...{ exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false },
    ...compilerOptions,
  }
  const settings = join(folder, 'tsconfig.json')
  writeFileSync(settings, JSON.stringify({ compilerOptions: options, files }))
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  await promisify(execFile)(process.execPath, [compiler, '-p', settings]).catch((error) => {
    throw new Error(error.stdout)
  })
}

describe('the client’s package', () => {
  it('has little more than 8 KB (gzip) for a browser, of which nothing is a schema', () => {
    const files = [...withImports(join(installed, 'index.js'))]
    const bytes = files.map((file) => gzipSync(readFileSync(file), { level: 9 }).length)
    expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThan(8.25 * 1024)
    for (const file of [...files, ...withImports(join(installed, 'reduce', 'index.js'))]) {
      expect(readFileSync(file, 'utf8')).not.toMatch(/zod|node:|from\s?"[^.]/i)
    }
  })

  it('needs no other package, at run time or for its types', () => {
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'))
    expect(Object.keys(manifest).filter((key) => /dependencies/i.test(key))).toEqual([])
    for (const { types, default: code } of Object.values<Record<string, string>>(
      manifest.exports,
    )) {
      for (const file of [types, code]) readFileSync(join(installed, file ?? ''), 'utf8')
    }
    const types = join(installed, 'types')
    for (const name of readdirSync(types, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.d.ts')) continue
      expect(readFileSync(join(types, name), 'utf8'), name).not.toMatch(/from '(?!\.)|\.ts'/)
    }
  })

  it('compiles strictly in a browser’s project and in one of Node', {
    timeout: limit(60_000),
  }, async () => {
    cpSync(join(root, 'docs', 'client'), join(folder, 'docs'), { recursive: true })
    mkdirSync(join(folder, 'node_modules', '@types'), { recursive: true })
    const lib = ['es2022', 'dom', 'dom.iterable', 'dom.asynciterable']
    await compile(['docs/browser.ts'], { lib })
    const typeRoots = [join(root, 'node_modules', '@types')]
    await compile(['docs/node.ts'], {
      lib: ['es2024'],
      types: ['node'],
      typeRoots,
      skipLibCheck: true,
    })
  })

  it('declares the types that the schemas have', { timeout: limit(60_000) }, async () => {
    writeFileSync(
      join(folder, 'same.ts'),
      `import type * as Ours from ${JSON.stringify(join(root, 'shared/client/contract.ts'))}
import type * as Theirs from ${JSON.stringify(join(installed, 'types/contract.js'))}
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : 'narrower') : 'wider'
type Wrong = { [N in Ours.RouteName]: Same<Ours.RouteOf<N>, Theirs.RouteOf<N>> }
type Routes = { [N in Ours.RouteName]: true }
export const routes: Same<Wrong, Routes> = true
export const names: Same<Ours.RouteName, Theirs.RouteName> = true
export const event: Same<Ours.StudioEvent, Theirs.StudioEvent> = true
export const run: Same<Ours.RunView, Theirs.RunView> = true
export const assets: Same<Ours.AssetRequest, Theirs.AssetRequest> = true
`,
    )
    const typeRoots = [join(root, 'node_modules', '@types')]
    const node = {
      target: 'es2024',
      lib: ['es2024'],
      types: ['node'],
      typeRoots,
      allowImportingTsExtensions: true,
    }
    await compile(['same.ts'], { ...node, skipLibCheck: true })
  })
})
