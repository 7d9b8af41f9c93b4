import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  type Api,
  breakingChanges,
  lostMessages,
  type Schema,
} from '../../../lib/release/breaking-changes.ts'

const object = (properties: Record<string, Schema>, required: string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
})
const json = (schema: Schema) => ({ 'application/json': { schema } })

const apiOf = (sent: Schema, read: Schema, schemas: Record<string, Schema> = {}): Api => ({
  paths: {
    '/api/things': {
      post: {
        requestBody: { content: json(sent) },
        responses: { 201: { content: json(read) }, 422: { content: json({}) } },
      },
    },
  },
  components: { schemas },
})

const text: Schema = { type: 'string' }
const before = apiOf(
  object({ name: text, mode: { enum: ['fast', 'standard'] } }, ['name']),
  object({ id: text, tags: { type: 'array', items: object({ label: text }, ['label']) } }, ['id']),
)

const changed = (sent: Schema, read: Schema): string[] => breakingChanges(before, apiOf(sent, read))
const { requestBody, responses } = before.paths['/api/things']?.post ?? {}
const sent = requestBody?.content?.['application/json']?.schema ?? {}
const read = responses?.[201]?.content?.['application/json']?.schema ?? {}

describe('what callers rest on', () => {
  it('is kept by additions: a route, an optional field, a value, an answer that says more', () => {
    const more = apiOf(
      object({ ...sent.properties, note: text, mode: { enum: ['fast', 'standard', 'slow'] } }, [
        'name',
      ]),
      object({ ...read.properties, more: text }, ['id', 'more']),
    )
    more.paths['/api/others'] = { get: {} }
    expect(breakingChanges(before, more)).toEqual([])
  })

  it.each([
    [
      'a required field',
      object({ ...sent.properties, note: text }, ['name', 'note']),
      read,
      'body.note is required now',
    ],
    ['a field that is not taken', object({ name: text }, ['name']), read, 'body.mode is gone'],
    [
      'a value that is not taken',
      object({ name: text, mode: { enum: ['fast'] } }, ['name']),
      read,
      'body.mode no longer takes "standard"',
    ],
    [
      'a field that is not answered',
      sent,
      object({ tags: read.properties?.tags ?? {} }),
      '201.id is gone',
    ],
    [
      'a field that may be missing',
      sent,
      object({ ...read.properties }),
      '201.id may be missing now',
    ],
    [
      'another type',
      sent,
      object({ ...read.properties, id: { type: 'number' } }, ['id']),
      '201.id is number, and was string',
    ],
    [
      'a field of an entry',
      sent,
      object({ ...read.properties, tags: { type: 'array', items: object({}) } }, ['id']),
      '201.tags[].label is gone',
    ],
  ])('is broken by %s', (_, nowSent, nowRead, line) => {
    expect(changed(nowSent, nowRead)).toEqual([`POST /api/things: ${line}`])
  })

  it('is broken by a route, a status or a parameter', () => {
    expect(breakingChanges(before, { paths: {} })).toEqual(['POST /api/things is gone'])
    const other = apiOf(sent, read)
    const post = other.paths['/api/things']?.post
    if (!post) throw new Error('It is there.')
    post.responses = { 200: { content: json(read) } }
    post.parameters = [{ name: 'x-key', in: 'header', required: true }]
    expect(breakingChanges(before, other)).toEqual([
      'POST /api/things demands x-key',
      'POST /api/things no longer answers 201',
    ])
  })

  it('is found behind references, also of schemas that hold themselves', () => {
    const tree = (extra: Record<string, Schema>): Api =>
      apiOf(
        sent,
        { $ref: '#/components/schemas/Tree' },
        {
          Tree: object({ ...extra, inner: { $ref: '#/components/schemas/Tree' } }),
        },
      )
    expect(breakingChanges(tree({ leaf: text }), tree({}))).toEqual([
      'POST /api/things: 201.leaf is gone',
    ])
  })

  it('of the real documents holds against themselves', () => {
    const real = (name: string) =>
      JSON.parse(readFileSync(new URL(`../../../docs/api/${name}`, import.meta.url), 'utf8'))
    const api = real('openapi.json')
    expect(breakingChanges(api, api)).toEqual([])
    const messages = real('asyncapi.json')
    expect(lostMessages(messages, messages)).toEqual([])
    const { components } = messages
    const [first = '', ...rest] = Object.keys(components.messages)
    const fewer = { components: { messages: Object.fromEntries(rest.map((name) => [name, {}])) } }
    expect(lostMessages(messages, fewer)).toEqual([`${first} is gone`])
  })
})
