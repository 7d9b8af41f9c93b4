import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { contractTypes } from './contract-types.ts'

const root = join(import.meta.dirname, '..', '..')
const source = join(root, 'shared', 'client')

/** What the package can be imported as, and from which file of the client. */
const entries = {
  '.': 'index',
  './reduce': 'reduce/index',
  './node': 'node',
  './webhooks': 'webhooks',
} as const

const manifest = () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const exports = Object.entries(entries).map(([name, file]) => [
    name,
    { types: `./types/${file}.d.ts`, default: `./${file}.js` },
  ])
  return {
    name: 'launch-studio-client',
    version,
    description:
      'The client of Launch Studio: calls, one stream of events, and a session as its fold.',
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20.12' },
    exports: Object.fromEntries(exports),
  }
}

/** The declarations of the client itself, beside those of the contracts as the schemas have them. */
const writeTypes = async (target: string): Promise<void> => {
  const types = join(target, 'types')
  const settings = join(target, 'tsconfig.json')
  const compilerOptions = {
    ...{ noEmit: false, declaration: true, emitDeclarationOnly: true },
    ...{ outDir: types, rootDir: join(root, 'shared') },
    typeRoots: [join(root, 'node_modules', '@types')],
  }
  const files = Object.values(entries).map((file) => join(source, `${file}.ts`))
  const extended = { extends: join(root, 'tsconfig.json'), compilerOptions, files, include: [] }
  writeFileSync(settings, JSON.stringify(extended))
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  execFileSync(process.execPath, [compiler, '-p', settings], { stdio: 'pipe' })
  rmSync(settings)
  cpSync(join(types, 'client'), types, { recursive: true })
  for (const folder of ['client', 'contracts']) rmSync(join(types, folder), { recursive: true })
  writeFileSync(join(types, 'contract.d.ts'), await contractTypes())
  for (const name of readdirSync(types, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.d.ts')) continue
    const file = join(types, name)
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace(/(from '\.[^']*)\.ts'/g, "$1.js'"))
  }
}

/** Writes the client as an npm package into a folder, which is emptied before. */
export const buildClientPackage = async (target: string): Promise<void> => {
  rmSync(target, { recursive: true, force: true })
  mkdirSync(target, { recursive: true })
  await build({
    entryPoints: Object.fromEntries(
      Object.values(entries).map((file) => [file, join(source, `${file}.ts`)]),
    ),
    outdir: target,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'neutral',
    external: ['node:*'],
    target: 'es2022',
    minify: true,
    chunkNames: 'chunks/[hash]',
    logLevel: 'warning',
  })
  await writeTypes(target)
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`)
  cpSync(join(root, 'docs', 'client', 'README.md'), join(target, 'README.md'))
}
