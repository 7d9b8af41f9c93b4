import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { PlannerOutput, stageOutputs } from '../../../shared/contracts/agents.ts'
import { eventBytesLimit, StudioEvent } from '../../../shared/contracts/events.ts'
import { LaunchBrief } from '../../../shared/contracts/launch.ts'
import { messageLimit } from '../../../shared/contracts/session.ts'
import { bytesPerGrapheme } from '../../../shared/contracts/text.ts'
import { launchMessage } from '../../../shared/platform/wording/notices.ts'

/** What the table takes as one item. */
const itemBytesLimit = 400 * 1024
/** What surrounds an element in its event: ids, times, names. */
const envelopeBytes = 400

interface Node {
  type?: string
  const?: string
  enum?: string[]
  minLength?: number
  maxLength?: number
  pattern?: string
  maxItems?: number
  items?: Node
  properties?: Record<string, Node>
  anyOf?: Node[]
  oneOf?: Node[]
}

const nodeOf = (schema: z.ZodType): Node => z.toJSONSchema(schema) as Node

const bounded = (bound: number | undefined, path: string): number => {
  if (bound === undefined) throw new Error(`${path} has no upper bound.`)
  return bound
}

/** Bytes of the longest JSON that a schema admits. A quotation mark is the one grapheme that takes two bytes for one. */
const longest = (node: Node, path = ''): number => {
  const variants = node.anyOf ?? node.oneOf
  if (variants) return Math.max(...variants.map((variant) => longest(variant, path)))
  if (node.const !== undefined) return node.const.length + 2
  if (node.enum) return Math.max(...node.enum.map((option) => option.length + 2))
  switch (node.type) {
    case 'string':
      // A pattern admits ASCII alone.
      if (node.pattern !== undefined) return bounded(node.maxLength, path) * 2 + 2
      return bounded(node.maxLength, path) * (bytesPerGrapheme + 1) + 2
    case 'array':
      return bounded(node.maxItems, path) * (longest(node.items ?? {}, `${path}[]`) + 1) + 2
    case 'object':
      return Object.entries(node.properties ?? {}).reduce(
        (sum, [name, part]) => sum + name.length + 4 + longest(part, `${path}.${name}`),
        2,
      )
    case 'null':
      return 4
    case 'boolean':
      return 5
    case 'number':
    case 'integer':
      return 24
    default:
      throw new Error(`${path} can be anything.`)
  }
}

describe.each(Object.entries(stageOutputs))(
  'what the %s agent answers, at all bounds',
  (_, output) => {
    test('is far below what an item holds', () => {
      expect(longest(nodeOf(output))).toBeLessThan(0.75 * itemBytesLimit)
    })

    test('fits events, element by element', () => {
      for (const [name, field] of Object.entries(nodeOf(output).properties ?? {})) {
        const element = field.type === 'array' ? (field.items ?? {}) : field
        expect(longest(element, name) + envelopeBytes, name).toBeLessThan(eventBytesLimit)
      }
    })

    test('shows at least something in each text', () => {
      const texts = function* (node: Node): Generator<Node> {
        if (node.type === 'string' && node.maxLength !== undefined) yield node
        const inner = [node.items, ...Object.values(node.properties ?? {}), ...(node.anyOf ?? [])]
        for (const part of inner) if (part) yield* texts(part)
      }
      const withoutMinimum = [...texts(nodeOf(output))].filter(({ minLength }) => minLength !== 1)
      // The size of the video alone is no text, but digits.
      expect(withoutMinimum.length).toBe(output === stageOutputs.creative ? 1 : 0)
    })
  },
)

test('no pattern that a model gets has a shorthand class', () => {
  const schemas = [PlannerOutput, ...Object.values(stageOutputs)].map(nodeOf)
  expect(JSON.stringify(schemas)).not.toMatch(/\\\\[dwsDWSpP]/)
})

test('the updates of one turn fit one event, each slot once', () => {
  const updates = nodeOf(PlannerOutput.shape.slot_updates).items
  const variants = updates?.anyOf ?? updates?.oneOf ?? []
  expect(variants).toHaveLength(11)
  const bytes = variants.reduce((sum, variant) => sum + longest(variant) + 1, 0)
  expect(bytes + 2 * envelopeBytes).toBeLessThan(eventBytesLimit)
})

test('a message fits the event that announces it', () => {
  const started = StudioEvent.options.find(({ shape }) => shape.type.value === 'turn.started')
  expect(started).toBeDefined()
  const clientMessageId = 100
  const bytes = (messageLimit + clientMessageId) * (bytesPerGrapheme + 1)
  expect(bytes + envelopeBytes).toBeLessThan(eventBytesLimit)
})

describe('the brief of the older API', () => {
  const briefOf = (line: string) => ({
    product_name: line,
    product_category: line,
    target_audience: line,
    price_band: line,
    core_kpi: line,
    region: line,
    channel_focus: Array.from({ length: 10 }, () => line),
  })

  test.each(['가', '"', '\u{1F338}', '\\'])(
    'fits an event at all its bounds, of %s',
    (grapheme) => {
      const brief = LaunchBrief.parse(briefOf(grapheme.repeat(300)))
      const message = launchMessage(brief, 'ko-KR')
      const bytes = Buffer.byteLength(JSON.stringify({ message }))
      expect(bytes + envelopeBytes).toBeLessThan(eventBytesLimit)
    },
  )

  test('is refused where it is too heavy for one', () => {
    const { error } = LaunchBrief.safeParse(briefOf('"\u0301'.repeat(300)))
    expect(error?.issues).toMatchObject([{ path: [], params: { rule: 'TOO_LONG' } }])
  })
})
