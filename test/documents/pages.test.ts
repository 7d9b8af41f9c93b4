import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { dataBlocks } from '../../docs/reference/agents.ts'
import { benchPictures } from '../../docs/reference/bench.ts'
import { itemKinds, kindOf, readItemExamples } from '../../docs/reference/items.ts'
import { defaultCapabilities, endedModels } from '../../docs/reference/models.ts'
import type { Key } from '../../shared/clients/store.ts'
import * as keys from '../../shared/repositories/table-keys.ts'
import { withTables } from '../support/documents/tables.ts'

const repository = join(import.meta.dirname, '..', '..')
const folder = join(repository, 'docs')
const pages = readdirSync(folder).filter((name) => name.endsWith('.md'))

/** What specification 12 names, and the newer name of its last one. */
const named = [
  'api.md',
  'db_schema.md',
  'openai_stack.md',
  'orchestrator_design.md',
  'prompt_contracts.md',
  'video_optimization.md',
  'voice_agent.md',
]

test('the documents that the specification names are there', () => {
  expect(pages).toEqual(expect.arrayContaining(named))
})

test.each(pages)('docs/%s says what the code says (npm run docs)', (name) => {
  const page = readFileSync(join(folder, name), 'utf8')
  expect(page === withTables(page), `docs/${name} is out of date: npm run docs`).toBe(true)
})

test('README.md says what the code and the kept figures say (npm run docs)', () => {
  const page = readFileSync(join(repository, 'README.md'), 'utf8')
  expect(page === withTables(page), 'README.md is out of date: npm run docs').toBe(true)
})

test.each(Object.entries(benchPictures))(
  'docs/pictures/%s is drawn from the kept figures (npm run docs)',
  (name, draw) => {
    const picture = readFileSync(join(folder, 'pictures', name), 'utf8')
    expect(picture === draw(), `docs/pictures/${name} is out of date: npm run docs`).toBe(true)
  },
)

const pagesIn = (path: string): string[] =>
  readdirSync(join(repository, path))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(path, name))

const linkingPages = [
  'README.md',
  'CONTRIBUTING.md',
  ...['docs', 'docs/decisions', 'docs/client'].flatMap(pagesIn),
]

/** Code may look like a link and is none. */
const withoutCode = (page: string): string =>
  page.replaceAll(/^(`{3,}).*?^\1/gms, '').replaceAll(/(`+)[^`].*?\1/g, '')

test.each(linkingPages)('every link of %s to a file leads to one', (name) => {
  const page = withoutCode(readFileSync(join(repository, name), 'utf8'))
  const broken = [...page.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !exists(join(repository, dirname(name), target)))
  expect(broken).toEqual([])
})

const exists = (path: string): boolean => {
  try {
    readFileSync(path)
    return true
  } catch (error) {
    return (error as { code?: string }).code === 'EISDIR'
  }
}

test('every key that the repositories make is a kind of docs/db_schema.md', () => {
  const makers = Object.entries(keys).filter(([name]) => name.endsWith('Key'))
  const unknown = makers.filter(([, maker]) => {
    const make = maker as Key | ((...parts: unknown[]) => Key)
    const key = typeof make === 'function' ? make('one', 'two', 'three', 'four') : make
    return kindOf(key as { PK: string; SK: string }) === undefined
  })
  expect(makers.length).toBeGreaterThan(15)
  expect(unknown.map(([name]) => name)).toEqual([])
})

test('each kind of item has an example that was found in the table, under its own key', () => {
  const examples = readItemExamples()
  expect(Object.keys(examples)).toEqual(itemKinds.map(({ name }) => name))
  for (const [name, item] of Object.entries(examples)) {
    expect(kindOf({ PK: String(item.PK), SK: String(item.SK) })?.name).toBe(name)
    expect(item.ttl, name).toBeTypeOf('number')
  }
})

test('the data blocks of docs/prompt_contracts.md are those that the agents send', () => {
  const agents = join(repository, 'shared', 'agents')
  const sent = readdirSync(agents, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => [
      ...readFileSync(join(agents, path), 'utf8').matchAll(
        /dataBlock\(\s*'(\w+)'|'(earlier_user_\w+)'/g,
      ),
    ])
    .map(([, block, earlier]) => block ?? earlier)
  expect([...new Set(sent)].sort()).toEqual(Object.keys(dataBlocks).sort())
})

test('no default is a model that its vendor has ended or will end', () => {
  const ended = new Set(endedModels.map(({ model }) => model))
  expect(defaultCapabilities.filter(({ model }) => ended.has(model))).toEqual([])
})
