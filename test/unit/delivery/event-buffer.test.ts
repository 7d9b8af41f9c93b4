import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StudioEvent } from '../../../shared/contracts/events.ts'
import { bufferLimits, createEventBuffer } from '../../../shared/services/delivery/event-buffer.ts'
import { holds, propertyLimit } from '../../support/limits/properties.ts'
import { logEvent, logEvents } from '../../support/simulation/log-events.ts'

/** A buffer over a log, which may be ahead of what was offered. */
const bufferOver = (log: StudioEvent[], page = 50, limits = bufferLimits) => {
  const reads: number[] = []
  const buffer = createEventBuffer(async (after) => {
    reads.push(after)
    return log.slice(after, after + page)
  }, limits)
  return { buffer, reads }
}

type Step = { offer: number } | { take: true } | { pause: true }
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ offer: fc.integer({ min: 1, max: 9 }) }),
  fc.constantFrom({ take: true as const }, { pause: true as const }),
)

/** Offers and takes in the order of the steps; the reader gets the log behind its tail. */
const expectInOrder = async (tail: number, steps: Step[], page: number): Promise<void> => {
  const log = logEvents(1, 500)
  let offered = tail
  const { buffer } = bufferOver(log, page, { events: 5, bytes: 1500 })
  const taken: StudioEvent[] = []
  let taking = Promise.resolve()
  for (const each of steps) {
    if ('offer' in each) {
      buffer.offer(log.slice(offered, offered + each.offer))
      offered += each.offer
    } else if ('pause' in each) await new Promise(setImmediate)
    else {
      taking = taking.then(async () => void taken.push(...(await buffer.next())))
    }
  }
  buffer.close()
  await taking
  for (let got = await buffer.next(); got.length > 0; got = await buffer.next()) {
    taken.push(...got)
  }
  expect(taken).toEqual(log.slice(tail, offered))
}

describe('a buffer between a writer and its reader', () => {
  it('hands over what is offered without a read of the log', async () => {
    const { buffer, reads } = bufferOver([])
    const next = buffer.next()
    buffer.offer(logEvents(4, 5))
    expect(await next).toEqual(logEvents(4, 5))
    buffer.offer(logEvents(6, 6))
    buffer.offer(logEvents(7, 8))
    expect(await buffer.next()).toEqual(logEvents(6, 8))
    expect(reads).toEqual([])
  })

  it('ends when nothing more will be offered, and not before all was handed over', async () => {
    const { buffer } = bufferOver([])
    buffer.offer(logEvents(1, 2))
    buffer.close()
    expect(await buffer.next()).toHaveLength(2)
    expect(await buffer.next()).toEqual([])
    const { buffer: empty } = bufferOver([])
    const next = empty.next()
    empty.close()
    expect(await next).toEqual([])
  })

  it('holds no more than its limits while it is not read, and has the reader miss nothing', async () => {
    const text = '가'.repeat(2000)
    const log = Array.from({ length: 5000 }, (_, index) =>
      logEvent(index + 1, { data: { text, turn: 1, try: 1 } }),
    )
    const { buffer, reads } = bufferOver(log)
    let maxBytes = 0
    for (const event of log) {
      buffer.offer([event])
      const { events, bytes } = buffer.held()
      expect(events).toBeLessThanOrEqual(bufferLimits.events)
      maxBytes = Math.max(maxBytes, bytes)
    }
    buffer.close()
    // All of the log would be 30 MB.
    expect(maxBytes).toBeGreaterThan(bufferLimits.bytes / 2)
    expect(maxBytes).toBeLessThanOrEqual(bufferLimits.bytes)
    const seqs: number[] = []
    for (let got = await buffer.next(); got.length > 0; got = await buffer.next()) {
      seqs.push(...got.map(({ seq }) => seq))
    }
    expect(seqs).toEqual(log.map(({ seq }) => seq))
    expect(reads.length).toBeGreaterThan(10)
  })

  it('gives each event once and in order, whatever the pace of writer and reader', {
    timeout: propertyLimit(),
  }, async () => {
    await holds(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 20 }),
        fc.array(step, { maxLength: 40 }),
        fc.integer({ min: 1, max: 12 }),
        expectInOrder,
      ),
      { short: 100, full: 500 },
    )
  })
})
