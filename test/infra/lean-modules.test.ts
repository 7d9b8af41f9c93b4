import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtinModules } from '../../lib/builtin-modules.ts'
import { withoutAnswers, withPureDeclarations } from '../../lib/pure-declarations.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'launch-studio-lean-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What esbuild keeps of a module of which `kept` alone is used, and what running that returns. */
const bundled = async (source: string) => {
  const { outputFiles } = await build({
    stdin: { contents: "export { kept } from 'module'", resolveDir: folder },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    minifySyntax: true,
    plugins: [
      builtinModules,
      {
        name: 'the module',
        setup(made) {
          made.onResolve({ filter: /^module$/ }, () => ({ path: 'module', namespace: 'test' }))
          made.onLoad({ filter: /./, namespace: 'test' }, () => ({
            contents: source,
            loader: 'ts',
          }))
        },
      },
    ],
  })
  const code = outputFiles[0]?.text ?? ''
  const path = join(folder, `${crypto.randomUUID()}.mjs`)
  await writeFile(path, code)
  return { code, kept: (await import(path)).kept as unknown }
}

const lean = (source: string) => bundled(withPureDeclarations(source))

describe('a module that only declares', () => {
  const schemas = `
    const made = (name: string) => ({ name, made: [name] })
    export const unused = made('unused').made.concat(made('inner').made), also = new Set(['also'])
    export const kept = made('kept')`

  test('loses what is computed for nothing, and keeps what is used', async () => {
    expect((await bundled(schemas)).code).toContain('unused')
    const { code, kept } = await lean(schemas)
    expect(code).not.toMatch(/unused|inner|also/)
    expect(kept).toEqual({ name: 'kept', made: ['kept'] })
  })

  test('keeps what a module waits for, changes or does', async () => {
    const { code, kept } = await lean(`
      const awaited = await Promise.resolve('awaited')
      let changed = String('changed')
      globalThis.done = String('done')
      export const kept = [awaited, changed]`)
    expect(code).toContain('done')
    expect(kept).toEqual(['awaited', 'changed'])
  })
})

describe('the answers of routes', () => {
  const routes = `
    const answerOf = (text: string) => ({ text })
    const shared = answerOf('shared')
    const only = answerOf('only')
    export const kept = {
      one: { path: '/one', body: shared, answer: only, late: answerOf('late'), status: 200 },
      other: { answer: shared },
      outer: { path: '/outer', answer: { path: '/inner', answer: only }, body: { path: '/in', answer: only } },
    }`

  test('are left out with what only they use', async () => {
    const { code, kept } = await lean(withoutAnswers(routes))
    expect(code).not.toMatch(/only|late'/)
    const shared = { text: 'shared' }
    expect(kept).toEqual({
      one: { path: '/one', body: shared, answer: undefined, late: undefined, status: 200 },
      // No route: nothing else is told by its path.
      other: { answer: shared },
      outer: { path: '/outer', answer: undefined, body: { path: '/in', answer: undefined } },
    })
  })
})

test('a module of Node that is imported by name is read as it is used', async () => {
  const { code, kept } = await bundled(`
    import * as all from 'node:http'
    import http, { Agent } from 'http'
    import { request } from 'node:https'
    export const kept = [typeof Agent, http.Agent === Agent, all.Agent === Agent, typeof request]`)
  expect(code).not.toMatch(/from ['"](?:node:)?https?['"]/)
  expect(kept).toEqual(['function', true, true, 'function'])
})
