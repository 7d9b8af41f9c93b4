import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import {
  responseFormat,
  schemaViolations,
  strictSchema,
} from '../../../shared/agents/model-schema.ts'
import { PlannerOutput, stageOutputs } from '../../../shared/contracts/agents.ts'

const outputs = { planner: PlannerOutput, ...stageOutputs }

/**
 * What strict mode accepts, by the vendor's guide to structured outputs, without `pattern`: servers that
 * compile a grammar refuse the request for a class such as `\d` in it.
 */
const allowed = new Set([
  'type',
  'description',
  'enum',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'anyOf',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
])

type Schema = Record<string, unknown>
const Node = z.record(z.string(), z.unknown())

function* nodesOf(schema: Schema): Generator<Schema> {
  yield schema
  const inner = [
    ...(schema.items ? [schema.items] : []),
    ...Object.values(Node.parse(schema.properties ?? {})),
    ...z.array(Node).parse(schema.anyOf ?? []),
  ]
  for (const node of inner) yield* nodesOf(Node.parse(node))
}

describe.each(Object.entries(outputs))('the schema of the %s agent', (_, output) => {
  const schema = strictSchema(output)
  const nodes = [...nodesOf(schema)]

  test('uses no keyword that strict mode rejects', () => {
    const keywords = new Set(nodes.flatMap((node) => Object.keys(node)))
    expect([...keywords].filter((keyword) => !allowed.has(keyword))).toEqual([])
  })

  test('closes every object and requires every key', () => {
    const objects = nodes.filter(({ type }) => type === 'object')
    expect(objects.length).toBeGreaterThan(0)
    for (const { properties, required, additionalProperties } of objects) {
      expect(required).toEqual(Object.keys(Node.parse(properties)))
      expect(additionalProperties).toBe(false)
    }
  })

  test('keeps the order in which the model is to write', () => {
    expect(Object.keys(Node.parse(schema.properties))).toEqual(Object.keys(output.shape))
  })

  test('tells the upper bound of every text in words', () => {
    const texts = nodes.filter(({ type, ...node }) => type === 'string' && node.enum === undefined)
    expect(texts.length).toBeGreaterThan(0)
    for (const { description } of texts) expect(description).toMatch(/At most \d+ characters\.$/)
  })

  test('is an object at its root, within the limits of size', () => {
    expect(schema.type).toBe('object')
    expect(nodes.length).toBeLessThan(5000)
  })
})

test('the planner writes its updates before its text, and research its evidence first', () => {
  const written = (output: z.ZodObject): string[] => Object.keys(output.shape).slice(2)
  expect(written(PlannerOutput)).toEqual(['slot_updates', 'response_text', 'next_question'])
  expect(written(stageOutputs.research)[0]).toBe('evidence')
})

test.each([
  ['optional keys', z.object({ name: z.string().optional() })],
  ['records', z.object({ all: z.record(z.string(), z.string()) })],
  ['tuples', z.object({ pair: z.tuple([z.string(), z.number()]) })],
  ['open objects', z.looseObject({ name: z.string() })],
])('%s have no strict form, and that is said at once', (_, schema) => {
  expect(() => strictSchema(schema)).toThrow('Strict mode')
})

test('a format is named after its prompt', () => {
  expect(responseFormat('planner.v2', PlannerOutput)).toMatchObject({
    name: 'planner_v2',
    schema: { type: 'object' },
  })
})

describe('schema violations', () => {
  const wrong = (slot_updates: unknown): string[] => {
    const result = PlannerOutput.shape.slot_updates.safeParse(slot_updates)
    return result.success ? [] : schemaViolations(result.error, 'slot_updates')
  }
  const update = { confidence: 0.9, source: 'user' }

  test('are reported for the slot that was meant, not for the first one', () => {
    expect(wrong([{ ...update, path: 'channel.channels', value: ['a', 'b', 'c'] }])).toEqual([
      expect.stringMatching(/^slot_updates\.0\.value: /),
    ])
    expect(wrong([{ ...update, path: 'goal.weekly_goal', value: 'fame' }])).toEqual([
      expect.stringMatching(/^slot_updates\.0\.value: .*reach/),
    ])
  })

  test('are reported for the path when there is no such slot', () => {
    expect(wrong([{ ...update, path: 'product.colour', value: 'red' }])).toEqual([
      expect.stringMatching(/^slot_updates\.0\.path: /),
    ])
  })

  test('are reported for the answer itself when it is no object', () => {
    const result = PlannerOutput.safeParse('hello')
    expect(result.success ? [] : schemaViolations(result.error)).toEqual([
      expect.stringMatching(/^answer: /),
    ])
  })
})
