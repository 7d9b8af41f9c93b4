import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type EventDraft, eventBytesLimit } from '../../../shared/contracts/events.ts'
import { createEventRepository } from '../../../shared/repositories/event-repository.ts'
import {
  elementBytesLimit,
  elementSizeViolations,
  outputSizeViolations,
} from '../../../shared/rules/answer-size.ts'
import { boundedText } from '../../../shared/rules/bounded-text.ts'
import { outputBytesLimit } from '../../../shared/rules/storage-layout.ts'
import { createMemoryTable } from '../../support/simulation/memory-table.ts'
import { createSimulatedStore } from '../../support/simulation/simulated-store.ts'

describe('a text of someone else', () => {
  it('is well-formed and no longer than it may be, and otherwise as it was', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 80 }),
        fc.integer({ min: 1, max: 90 }),
        (text, max) => {
          const broken = text.slice(1)
          const bounded = boundedText(broken, max)
          expect(bounded.isWellFormed()).toBe(true)
          expect(bounded.length).toBeLessThanOrEqual(max)
          if (broken.length <= max) expect(bounded).toBe(broken.toWellFormed())
        },
      ),
    )
    expect(boundedText('abc \ud83d\ude00 def', 6)).toBe('abc …')
  })
})

describe('an element of an answer', () => {
  it('that is as large as it may be is an event', async () => {
    const clock = { now: () => Date.UTC(2026, 10, 22) }
    const log = createEventRepository(createSimulatedStore(createMemoryTable(), clock), clock)
    const writer = log.writer('sess_00000000000000000000000000', { tail: 999_999_998 })
    const item = '가'.repeat((elementBytesLimit - 2) / 3)
    expect(elementSizeViolations('competitor_notes', item)).toEqual([])
    const run_id = 'run_00000000000000000000000000'
    const data = { kind: 'competitor_notes', item, try: 3 }
    const [event] = await writer.append([{ type: 'creative.delta', run_id, data } as EventDraft])
    const bytes = Buffer.byteLength(JSON.stringify(event))
    expect(bytes).toBeGreaterThan(elementBytesLimit)
    expect(bytes).toBeLessThanOrEqual(eventBytesLimit)
  })

  it('that is larger is named, with what it may take', () => {
    expect(elementSizeViolations('ad_copies', '가'.repeat(9_000))).toEqual([
      `ad_copies: takes 27002 bytes as JSON, and may take ${elementBytesLimit}; write less`,
    ])
  })
})

it('an output that no item holds is named', () => {
  expect(outputSizeViolations({ text: 'a'.repeat(outputBytesLimit - 11) })).toEqual([])
  expect(outputSizeViolations({ text: 'a'.repeat(outputBytesLimit) })).toHaveLength(1)
})
