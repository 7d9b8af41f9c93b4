import { createParser, type EventSourceMessage } from 'eventsource-parser'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { StudioEvent } from '../../../shared/contracts/events.ts'
import {
  encodeEvent,
  encodeEvents,
  keepAliveMs,
  resumeAfter,
  takesEvents,
} from '../../../shared/platform/server-sent-events.ts'
import { logEvent, logEvents } from '../../support/simulation/log-events.ts'

const parse = (text: string): EventSourceMessage[] => {
  const messages: EventSourceMessage[] = []
  const parser = createParser({ onEvent: (message) => messages.push(message) })
  parser.feed(text)
  return messages
}

async function* batchesOf(...batches: StudioEvent[][]): AsyncGenerator<StudioEvent[]> {
  yield* batches
}
const chunksOf = async (...batches: StudioEvent[][]): Promise<string[]> => {
  const chunks: string[] = []
  for await (const chunk of encodeEvents(batchesOf(...batches))) chunks.push(chunk)
  return chunks
}

describe('an event on the wire', () => {
  it('is parsed as its seq, its type and its envelope, byte for byte', () => {
    const breaks = fc.string({
      unit: fc.constantFrom('\n', '\r', '\r\n', '\u2028', ':', ' ', '가'),
    })
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), breaks), (text) => {
        const event = logEvent(7, { data: { text, turn: 1, try: 1 } })
        expect(parse(encodeEvent(event))).toEqual([
          { id: '7', event: 'planner.delta', data: JSON.stringify(event) },
        ])
      }),
    )
  })
})

describe('a stream on the wire', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('begins with when to reconnect, and has every event once', async () => {
    const chunks = await chunksOf(logEvents(1, 3), logEvents(4, 4))
    expect(chunks[0]).toBe('retry: 1000\n\n')
    expect(parse(chunks.join('')).map(({ id }) => id)).toEqual(['1', '2', '3', '4'])
  })

  it('is sent in chunks of at most 64 KB', async () => {
    const text = 'x'.repeat(20_000)
    const batch = logEvents(1, 50).map((event) => ({ ...event, data: { text, turn: 1, try: 1 } }))
    const chunks = await chunksOf(batch as StudioEvent[])
    for (const chunk of chunks) expect(chunk.length).toBeLessThanOrEqual(64 * 1024)
    expect(chunks.length).toBeLessThan(25)
    expect(parse(chunks.join(''))).toHaveLength(50)
  })

  it('has a comment every 15 seconds while nothing happens', async () => {
    const news = Promise.withResolvers<void>()
    async function* late(): AsyncGenerator<StudioEvent[]> {
      await news.promise
      yield [logEvent(1)]
    }
    const chunks: string[] = []
    const read = async (): Promise<void> => {
      for await (const chunk of encodeEvents(late())) chunks.push(chunk)
    }
    const reading = read()
    expect(keepAliveMs).toBe(15_000)
    await vi.advanceTimersByTimeAsync(14_999)
    expect(chunks).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(chunks.at(-1)).toBe(': keep-alive\n\n')
    await vi.advanceTimersByTimeAsync(15_000)
    expect(chunks).toHaveLength(3)
    news.resolve()
    await reading
    expect(chunks.slice(3)).toEqual([encodeEvent(logEvent(1))])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('closes its source when the reader disconnects', async () => {
    let left = false
    async function* endless(): AsyncGenerator<StudioEvent[]> {
      try {
        for (let seq = 1; ; seq += 1) yield [logEvent(seq)]
      } finally {
        left = true
      }
    }
    for await (const chunk of encodeEvents(endless())) if (chunk.startsWith('id: 3')) break
    await vi.advanceTimersByTimeAsync(0)
    expect(left).toBe(true)
  })
})

describe('what a reader asks for', () => {
  it('is events when its Accept says so', () => {
    expect(takesEvents({ accept: 'text/event-stream' })).toBe(true)
    expect(takesEvents({ accept: 'application/json, Text/Event-Stream;q=0.9' })).toBe(true)
    expect(takesEvents({ accept: '*/*' })).toBe(false)
    expect(takesEvents({})).toBe(false)
  })

  it.each([
    ['text/event-stream;q=0', false],
    ['text/event-stream; q=0.000, application/json', false],
    ['application/json, text/event-stream ; charset=utf-8; Q=0.001', true],
    ['text/event-stream;q=0, text/event-stream', true],
    ['text/event-streams', false],
    ['application/x-text/event-stream', false],
    ['application/json;profile=text/event-stream', false],
  ])('is what it names with a weight: %s', (accept, takes) => {
    expect(takesEvents({ accept })).toBe(takes)
  })

  it('continues after its last event id, else after the seq that it names', () => {
    const field = 'Last-Event-ID'
    expect(resumeAfter({ 'last-event-id': '12' }, 3)).toEqual({ after: 12, field })
    expect(resumeAfter({ 'last-event-id': '0' }, 3)).toEqual({ after: 0, field })
    expect(resumeAfter({}, 3)).toEqual({ after: 3, field: 'after' })
    for (const id of ['', '-1', '-0', '1e3', '0x10', '+5', '1.0', '٣', '1, 2', '9'.repeat(400)]) {
      expect(() => resumeAfter({ 'last-event-id': id }, 3)).toThrow(
        expect.objectContaining({
          code: 'INVALID_INPUT',
          errors: [{ path: field, message: expect.any(String) }],
        }),
      )
    }
  })
})
