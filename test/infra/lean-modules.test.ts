import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { builtinModules } from '../../lib/builtin-modules.ts'
import { inPartsOf } from '../../lib/bundle.ts'
import { withLateRequests } from '../../lib/late-constants.ts'
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

/** Builds modules, by their paths, as a function is built, and loads the entry among them. */
const built = async (modules: Record<string, string>) => {
  const root = join(folder, crypto.randomUUID())
  for (const [path, source] of Object.entries(modules)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), source)
  }
  await build(inPartsOf(join(root, 'functions/entry.ts'), join(root, 'out')))
  return await import(join(root, 'out/index.mjs'))
}

describe('constants of shared modules', () => {
  const made = `
    export const counts: string[] = []
    const make = (name: string) => {
      counts.push(name)
      return { name, made: () => 'of ' + name }
    }
    const inner = make('inner')
    export const used: ReturnType<typeof make> = make('used')
    export const outer = { inner, used, pattern: /^out/ }
    export const unread = make('unread')
    export const Made = (() => class { word = outer.inner.name })()
    export const tag = (() => ([text = '']: TemplateStringsArray) => text + inner.name)()`
  const read = (entry: string) =>
    built({
      'shared/made.ts': made,
      'shared/passed.ts': "export { used as passed, type Unknown } from './made.ts'",
      'functions/entry.ts': entry,
    })

  test('are computed when they are first read, and once', async () => {
    const { counts, all } = await read(`
      import { counts, outer, used } from '../shared/made.ts'
      import { passed } from '../shared/passed.ts'
      export { counts }
      export const all = () => [outer.used === used, passed === used, outer.pattern.test('outer')]`)
    expect(counts).toEqual([])
    expect(all()).toEqual([true, true, true])
    expect(all()).toEqual([true, true, true])
    expect(counts).toEqual(['inner', 'used'])
  })

  test('are read in every place where an expression may stand', async () => {
    const { all } = await read(`
      import { Made, tag, used, used as named, type counts } from '../shared/made.ts'
      type Name = typeof used.name
      const withDefault = ({ word = used.name, [used.name]: own = named.name } = { used }) => [word, own]
      export const all = () => {
        class More extends Made { used = used.name; [named.name + '!'] = used!.name as Name }
        return [{ used, other: { ...used } }, \`\${used.name}\`, tag\`made by \`, new Made().word, new More(), ...withDefault()]
      }`)
    const one = { name: 'used', made: expect.any(Function) }
    const more = { word: 'inner', used: 'used', 'used!': 'used' }
    const [object, ...rest] = all()
    expect(object).toEqual({ used: one, other: one })
    expect(rest.slice(0, 3)).toEqual(['used', 'made by inner', 'inner'])
    expect({ ...rest[3] }).toEqual(more)
    expect(rest.slice(4)).toEqual(['used', one])
  })

  test('are not computed for what a module takes out of them, until that is read', async () => {
    const { counts, all } = await built({
      'shared/made.ts': made,
      'shared/taken.ts': `
        import { outer, used } from './made.ts'
        const plain = { width: 3, height: { from: 1 } }
        const { name } = used
        const { inner: { name: nested } } = outer
        const { used: { name: deeper }, ...rest } = { used: { name: 'at once' } }
        const { name: first, made: second } = outer.inner
        const word = outer.used.name
        const { width, height: { from } } = plain
        const { height } = plain
        export const all = () => [name, first, second(), word, deeper, rest, width, from, height.from]
        export const alsoNested = () => nested`,
      'functions/entry.ts': `
        import { counts } from '../shared/made.ts'
        import { all, alsoNested } from '../shared/taken.ts'
        export { all, alsoNested, counts }`,
    })
    // A pattern within a pattern is left as it is.
    expect(counts).toEqual(['inner', 'used'])
    expect(all()).toEqual(['used', 'inner', 'of inner', 'used', 'at once', {}, 3, 1, 1])
    const plainly = await built({
      'shared/made.ts': made,
      'shared/taken.ts': `
        import { outer, used } from './made.ts'
        const { name } = used
        const { name: first, made: second } = outer.inner
        const word = outer.used.name
        export const all = () => [name, first, second(), word]`,
      'functions/entry.ts': `
        export { counts } from '../shared/made.ts'
        export { all } from '../shared/taken.ts'`,
    })
    expect(plainly.counts).toEqual([])
    expect(plainly.all()).toEqual(['used', 'inner', 'of inner', 'used'])
    expect(plainly.counts).toEqual(['used', 'inner'])
  })

  test('stay hidden behind names that stand nearer', async () => {
    const { all } = await read(`
      import { outer, used } from '../shared/made.ts'
      const given = (used: string) => used
      const caught = () => { try { throw 'caught' } catch (used) { return used } }
      const looped = () => { for (const used of ['looped']) return used }
      const declared = () => { const { inner: used } = { inner: 'declared' }; return used }
      const called = () => { return used(); function used() { return 'called' } }
      const switched = () => { switch (outer.used.name) { case 'used': { const used = 'switched'; return used } } }
      const key = () => { const at = { used: 'key' }; used: for (;;) { break used } return at.used }
      export const all = () => [given('given'), caught(), looped(), declared(), called(), switched(), key()]`)
    expect(all()).toEqual(['given', 'caught', 'looped', 'declared', 'called', 'switched', 'key'])
  })

  test('are there for what loads the whole module', async () => {
    const { all } = await read(`
      import * as everything from '../shared/made.ts'
      export const all = async () => {
        const { unread } = await import('../shared/made.ts')
        return [unread.made(), everything.outer.used.name, everything.used.made()]
      }`)
    expect(await all()).toEqual(['of unread', 'used', 'of used'])
  })

  test('are computed at the start where the start reads them, in whatever order', async () => {
    const { names } = await built({
      'shared/one.ts': `
        import { other } from './other.ts'
        export const one = String('one')
        export const both = [one, other].join()`,
      'shared/other.ts': `
        import { one } from './one.ts'
        export const other = 'not ' + one.toString()`,
      'functions/entry.ts': "import { both } from '../shared/one.ts'; export const names = both",
    })
    expect(names).toBe('one,not one')
  })
})

test('schemas for the requests of a route are made at the first of them', async () => {
  const { kept } = await lean(
    withLateRequests(`
    let made = 0
    const schema = () => { made += 1; return { made } }
    const routes = {
      one: { path: '/one', params: schema(), body: schema(), query: undefined, status: 200 },
      other: { body: schema() },
    }
    const before = made
    export const kept = [before, routes.one.body, routes.one.body, { ...routes.one }, made]`),
  )
  const body = { made: 2 }
  expect(kept).toEqual([
    1,
    body,
    body,
    { path: '/one', params: { made: 3 }, body, query: undefined, status: 200 },
    3,
  ])
})
