import { globSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..')

/** Every file of the repository that these reach by imports, static or dynamic. */
const reachedFrom = async (entryPoints: string[]): Promise<string[]> => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outdir: 'nowhere',
    write: false,
    loader: { '.html': 'text' },
    metafile: true,
  })
  return Object.keys(metafile.inputs)
}

it('keeps the rehearsal out of reach of everything that is deployed, and of npm start', async () => {
  const product = globSync('{functions,shared,lib,bin,local}/**/*.ts', { cwd: root })
  const reached = await reachedFrom(product)
  expect(reached).toEqual(expect.arrayContaining(product))
  expect(reached.filter((path) => path.startsWith('test/'))).toEqual([])
})

it('would see the rehearsal if it were reached', async () => {
  const reached = await reachedFrom(['test/rehearsal/demo.ts'])
  expect(reached).toContain('test/rehearsal/conversation.ts')
})
