import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Store } from '../../../shared/clients/store.ts'
import type { EventDraft, StudioEvent } from '../../../shared/contracts/events.ts'
import {
  createEventRepository,
  type EventRepository,
} from '../../../shared/repositories/event-repository.ts'
import { eventKey } from '../../../shared/repositories/table-keys.ts'
import { holds, propertyLimit } from '../../support/limits/properties.ts'
import { createMemoryTable } from '../../support/simulation/memory-table.ts'
import { createSimulatedStore } from '../../support/simulation/simulated-store.ts'

const sessionId = 'sess_00000000000000000000000000'
const now: number = 1_800_000_000_000
const delta = (text: string): EventDraft => ({
  type: 'planner.delta',
  data: { text, turn: 1, try: 1 },
})
const seqs = (events: StudioEvent[]): number[] => events.map(({ seq }) => seq)

/** What one of three writers does next; it looks when it has no events to append. */
interface Step {
  writer: number
  events: number
  wait: boolean
}
const step: fc.Arbitrary<Step> = fc.record({
  writer: fc.nat(2),
  events: fc.integer({ min: 0, max: 3 }),
  wait: fc.boolean(),
})

/** A log over a table in memory; each request takes a turn of the event loop when it is `paced`. */
const createLog = ({ paced = false, clock = { now: () => now } } = {}) => {
  const table = createMemoryTable()
  const pass = async (): Promise<void> => {
    if (paced) await new Promise(setImmediate)
  }
  const store = createSimulatedStore(table, clock, { pass, outcome: () => 'answered' })
  return { store, log: createEventRepository(store, clock) }
}

/** A writer of the log, and what was announced to it. */
const openWriter = (log: EventRepository, tail: number) => {
  const announced: StudioEvent[] = []
  const own: StudioEvent[] = []
  const appended: StudioEvent[] = []
  const writer = log.writer(sessionId, {
    tail,
    onEvents(events, ours) {
      announced.push(...events)
      if (ours) own.push(...events)
    },
  })
  const perform = async ({ events }: Step): Promise<void> => {
    const drafts = Array.from({ length: events }, (_, index) => delta(`text ${index}`))
    if (events === 0) await writer.look()
    else appended.push(...(await writer.append(drafts)))
  }
  return { writer, announced, own, appended, perform }
}

/** Three writers append and look beside each other, and the whole log is announced to each. */
const expectAnnounced = async (before: number, steps: Step[]): Promise<void> => {
  const { log } = createLog({ paced: true })
  const earlier = Array.from({ length: before }, (_, index) => delta(`before ${index}`))
  if (before > 0) await log.writer(sessionId, { tail: 0 }).append(earlier)
  const writers = [0, 1, 2].map(() => openWriter(log, before))
  const work: Promise<void>[] = []
  for (const each of steps) {
    const done = writers[each.writer]?.perform(each) ?? Promise.resolve()
    work.push(done)
    if (each.wait) await done
  }
  await Promise.all(work)
  const { events: all } = await log.read(sessionId, before, 1000)
  expect(seqs(all)).toEqual(all.map((_, index) => before + index + 1))
  for (const { writer, announced, own, appended } of writers) {
    expect(own).toEqual(appended)
    await writer.look()
    expect(announced).toEqual(all)
  }
}

describe('a writer of the log', () => {
  it('announces every event after the tail, each once, in order, own ones as own', {
    timeout: propertyLimit(),
  }, async () => {
    await holds(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 3 }),
        fc.array(step, { maxLength: 30 }),
        expectAnnounced,
      ),
      { short: 50, full: 500 },
    )
  })

  it('announces each event once, also when what it learns ends its work again and again', async () => {
    const { log } = createLog()
    const announced: StudioEvent[] = []
    const writer = log.writer(sessionId, {
      tail: 0,
      onEvents: (news) => announced.push(...news),
      onForeign() {
        throw new Error('The turn was stopped.')
      },
    })
    await log.writer(sessionId, { tail: 0 }).append([delta('the end')])
    await expect(writer.look()).rejects.toThrow('stopped')
    await expect(writer.append([delta('too late')])).rejects.toThrow('stopped')
    expect(seqs(announced)).toEqual([1])
  })
})

describe('an event that is seen before the one it was written with', () => {
  /** Four events, of which some can be kept from readers, as of a transaction that is not seen in full yet. */
  const prepare = async () => {
    const clock = { time: now, now: () => clock.time }
    const { store, log } = createLog({ clock })
    await log.writer(sessionId, { tail: 0 }).append(['1', '2', '3', '4'].map(delta))
    const hidden = new Set<string>()
    const partial: Store = {
      ...store,
      async query(range) {
        const { items, next } = await store.query(range)
        return { items: items.filter(({ SK }) => !hidden.has(SK)), next }
      },
    }
    return {
      log: createEventRepository(partial, clock),
      hide: (seq: number) => hidden.add(eventKey(sessionId, seq).SK),
      show: () => hidden.clear(),
      clock,
    }
  }

  it('waits for it, so that no reader steps over it', async () => {
    const { log, hide, show } = await prepare()
    hide(3)
    const early = await log.read(sessionId, 1, 10)
    expect(seqs(early.events)).toEqual([2])
    expect(early.complete).toBe(true)
    show()
    expect(seqs((await log.read(sessionId, 2, 10)).events)).toEqual([3, 4])
  })

  it('waits at the head of what is read too, and for a writer that looks', async () => {
    const { log, hide, show } = await prepare()
    hide(3)
    expect((await log.read(sessionId, 2, 10)).events).toEqual([])
    const announced: StudioEvent[] = []
    const writer = log.writer(sessionId, { tail: 1, onEvents: (news) => announced.push(...news) })
    await writer.look()
    expect(seqs(announced)).toEqual([2])
    show()
    await writer.append([delta('5')])
    expect(seqs(announced)).toEqual([2, 3, 4, 5])
  })

  it('does not wait for what has expired', async () => {
    const { log, hide, clock } = await prepare()
    hide(1)
    hide(2)
    clock.time += 2 * 86_400_000
    expect(seqs((await log.read(sessionId, 0, 10)).events)).toEqual([3, 4])
  })
})
