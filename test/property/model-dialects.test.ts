import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ModelRequest } from '../../shared/clients/openai/model-client.ts'
import { readAnswer } from '../../shared/clients/openai/read-answer.ts'
import { StudioError } from '../../shared/contracts/errors.ts'
import { holds, propertyLimit } from '../support/limits/properties.ts'
import {
  chatEvents,
  completed,
  created,
  messageEvents,
} from '../support/model-server/dialect-events.ts'
import { asStream } from '../support/model-server/raw-server.ts'

type Json = Record<string, unknown>

interface Told {
  text: string
  reason: string | undefined
  failure: unknown
}

/** The body in chunks that end at the given places, characters cut in two included. */
const inChunks = (body: string, cuts: readonly number[]): ReadableStream<Uint8Array> => {
  const bytes = Buffer.from(body)
  const places = [...new Set(cuts.map((cut) => cut % bytes.length))].toSorted((a, b) => a - b)
  return ReadableStream.from(
    [0, ...places].map((from, index) => bytes.subarray(from, places[index] ?? bytes.length)),
  )
}

const read = async (body: ReadableStream<Uint8Array>, asked: 'object' | 'prose'): Promise<Told> => {
  const request: ModelRequest = {
    model: 'm',
    instructions: '',
    messages: [],
    ...(asked === 'object' ? { format: { name: 'x', schema: {} } } : {}),
  }
  const told: Told = { text: '', reason: undefined, failure: undefined }
  try {
    for await (const event of readAnswer(new Response(body), request)) {
      if (event.type === 'text') told.text += event.text
      if (event.type === 'end') told.reason = event.reason
    }
  } catch (failure) {
    told.failure = failure
  }
  return told
}

const words = fc.string({
  unit: fc.constantFrom('가', 'a', ' ', '{', '"', '🌺', '\\', '\n', '`'),
  maxLength: 30,
})
const answer = fc.oneof(
  fc.record({ reply: words, list: fc.array(words, { maxLength: 3 }) }).map((value) => ({
    asked: 'object' as const,
    text: JSON.stringify(value),
  })),
  words.map((text) => ({ asked: 'prose' as const, text: `Well: ${text}.` })),
)
const framing = fc.record({
  names: fc.boolean(),
  done: fc.boolean(),
  lineEnd: fc.constantFrom('\n' as const, '\r\n' as const),
})
const cuts = fc.array(fc.nat(), { maxLength: 12 })
const droppedFields = fc.subarray(['output_index', 'content_index', 'sequence_number'])
const droppedEvents = fc.subarray([
  'response.created',
  'response.content_part.added',
  'response.output_text.delta',
  'response.output_text.done',
  'response.content_part.done',
  'response.output_item.done',
])
const lastLacks = fc.subarray(['status', 'id', 'model', 'usage', 'incomplete_details', 'error'])

/** Merges two streams, each in its own order. */
const interleaved = (
  one: readonly Json[],
  other: readonly Json[],
  turns: readonly boolean[],
): Json[] => {
  const [left, right] = [[...one], [...other]]
  const merged: Json[] = []
  for (const turn of turns) {
    const next = (turn ? left : right).shift()
    if (next) merged.push(next)
  }
  return [...merged, ...left, ...right]
}

const lacking = (event: Json, names: readonly string[]): Json =>
  Object.fromEntries(Object.entries(event).filter(([name]) => !names.includes(name)))

const lossless = fc
  .record({
    answer,
    deltas: fc.integer({ min: 1, max: 12 }),
    heard: fc.integer({ min: 0, max: 12 }),
    aside: fc.option(fc.record({ text: words, index: fc.nat(1) }), { nil: undefined }),
    turns: fc.array(fc.boolean(), { maxLength: 12 }),
    fields: droppedFields,
    events: droppedEvents,
    lastLacks,
  })
  .map(({ answer, deltas, heard, aside, turns, fields, events, lastLacks: lacks }) => {
    const message = { text: answer.text, id: 'm', index: 1, deltas }
    const thought = {
      text: `hm ${aside?.text}`,
      id: 'a',
      index: aside?.index ?? 0,
      phase: 'commentary',
    }
    let seen = 0
    // From some delta on nothing but the last event tells the rest.
    const mine = messageEvents(message).filter(
      ({ type }) => type !== 'response.output_text.delta' || ++seen <= heard,
    )
    const merged = interleaved(mine, aside ? messageEvents(thought) : [], turns)
    const told = [created, ...merged]
      .filter(({ type }) => !events.includes(String(type)))
      .map((event) => lacking(event, fields))
    const last = completed(aside ? [thought, message] : [message])
    const response = lacking(last.response as Json, lacks)
    return { answer, events: [...told, { ...last, response }] }
  })

test(
  'an answer is the same however its server tells it, as long as it tells all of it once',
  async () => {
    await holds(
      fc.asyncProperty(lossless, framing, cuts, async ({ answer, events }, frames, places) => {
        const told = await read(inChunks(asStream(events, frames), places), answer.asked)
        expect(told).toEqual({ text: answer.text, reason: 'complete', failure: undefined })
      }),
      { short: 400, full: 20_000 },
    )
  },
  propertyLimit(),
)

test(
  'chat tells the same answer, wherever its bytes are cut',
  async () => {
    await holds(
      fc.asyncProperty(
        answer,
        framing,
        cuts,
        fc.integer({ min: 1, max: 40 }),
        async (one, frames, places, deltas) => {
          const body = asStream(chatEvents(one.text, { deltas }), frames)
          const told = await read(inChunks(body, places), one.asked)
          expect(told).toEqual({ text: one.text, reason: 'complete', failure: undefined })
        },
      ),
      { short: 200, full: 10_000 },
    )
  },
  propertyLimit(),
)

/** What may happen to a stream on its way. */
const accident = fc.oneof(
  fc.record({ does: fc.constant('repeat' as const), at: fc.nat() }),
  fc.record({ does: fc.constant('lose' as const), at: fc.nat() }),
  fc.record({ does: fc.constant('swap' as const), at: fc.nat() }),
  fc.record({ does: fc.constant('replace' as const), at: fc.nat(), by: fc.jsonValue() }),
  fc.record({
    does: fc.constant('spoil' as const),
    at: fc.nat(),
    by: fc.jsonValue(),
    field: fc.nat(),
  }),
)
type Accident = typeof accident extends fc.Arbitrary<infer A> ? A : never

const suffer = (events: readonly Json[], what: Accident): Json[] => {
  const at = what.at % events.length
  const hit = events[at] as Json
  switch (what.does) {
    case 'repeat':
      return events.toSpliced(at, 0, hit)
    case 'lose':
      return events.toSpliced(at, 1)
    case 'swap':
      return at === 0 ? [...events] : events.toSpliced(at - 1, 2, hit, events[at - 1] as Json)
    case 'replace':
      return events.toSpliced(at, 1, what.by as Json)
    case 'spoil': {
      const names = Object.keys(hit ?? {})
      const name = names[what.field % Math.max(1, names.length)]
      return name === undefined ? [...events] : events.toSpliced(at, 1, { ...hit, [name]: what.by })
    }
  }
}

test(
  'whatever happens to a stream before its last event: the same answer, or one clear failure',
  async () => {
    await holds(
      fc.asyncProperty(
        answer,
        fc.integer({ min: 1, max: 8 }),
        fc.array(accident, { minLength: 1, maxLength: 4 }),
        cuts,
        async (one, deltas, accidents, places) => {
          const message = { text: one.text, deltas }
          const begun: readonly Json[] = [created, ...messageEvents(message)]
          const hit = accidents.reduce<readonly Json[]>(
            (events, what) => (events.length === 0 ? events : suffer(events, what)),
            begun,
          )
          const body = asStream([...hit, completed([message])])
          const { text, reason, failure } = await read(inChunks(body, places), one.asked)
          if (failure === undefined)
            expect({ text, reason }).toEqual({ text: one.text, reason: 'complete' })
          else
            expect(failure instanceof StudioError ? failure.code : failure).toMatch(
              /^(UPSTREAM_ERROR|SCHEMA_VALIDATION_FAILED)$/,
            )
        },
      ),
      { short: 600, full: 30_000 },
    )
  },
  propertyLimit(),
)
