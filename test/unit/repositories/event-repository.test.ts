import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Store } from '../../../shared/clients/store.ts'
import type { EventDraft, StudioEvent } from '../../../shared/contracts/events.ts'
import {
  createEventRepository,
  type EventRepository,
} from '../../../shared/repositories/event-repository.ts'
import { eventKey } from '../../../shared/repositories/table-keys.ts'
import { packedCharacters, packedEvents } from '../../../shared/rules/event-packing.ts'
import { holds, propertyLimit } from '../../support/limits/properties.ts'
import { bytesOf, createMemoryTable } from '../../support/simulation/memory-table.ts'
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
  return { table, store, log: createEventRepository(store, clock) }
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
    const writer = log.writer(sessionId, { tail: 0 })
    for (const text of ['1', '2', '3', '4']) await writer.append([delta(text)])
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

describe('events that were appended at once', () => {
  const batches = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 })

  it('share items, and every reader gets each of them, wherever it goes on and however little it takes', {
    timeout: propertyLimit(),
  }, async () => {
    await holds(
      fc.asyncProperty(
        batches,
        fc.integer({ min: 1, max: 12 }),
        fc.nat(60),
        fc.constantFrom('', '손이 자꾸 마르죠? '.repeat(12)),
        async (sizes, limit, from, text) => {
          const { log, table } = createLog()
          const writer = log.writer(sessionId, { tail: 0 })
          const all: StudioEvent[] = []
          for (const size of sizes) {
            const drafts = Array.from({ length: size }, (_, index) =>
              delta(`${size}.${index}${text}`),
            )
            all.push(...(await writer.append(drafts)))
          }
          expect(table.items()).toHaveLength(
            sizes.reduce((sum, size) => sum + Math.ceil(size / packedEvents), 0),
          )
          expect(await log.lastSeq(sessionId)).toBe(all.length)
          const read: StudioEvent[] = []
          const start = Math.min(from, all.length)
          for (let after = start, complete = false; !complete; after = start + read.length) {
            const page = await log.read(sessionId, after, limit)
            expect(page.events.length).toBeLessThanOrEqual(limit)
            if (!page.complete) expect(page.events).toHaveLength(limit)
            read.push(...page.events)
            complete = page.complete
          }
          expect(JSON.stringify(read)).toBe(JSON.stringify(all.slice(start)))
          const back: StudioEvent[] = []
          for await (const page of log.back(sessionId)) back.push(...page)
          expect(back).toEqual(all.toReversed())
          const announced: StudioEvent[] = []
          const [tail = 0] = sizes
          const late = log.writer(sessionId, { tail, onEvents: (news) => announced.push(...news) })
          await late.append([delta('late')])
          expect(seqs(announced)).toEqual(
            Array.from({ length: all.length + 1 - tail }, (_, index) => tail + index + 1),
          )
        },
      ),
      { short: 100, full: 1000 },
    )
  })

  it.each([
    ['packed', packedEvents, 1],
    ['single', 1, 2],
  ])('are read without others behind them: %s', async (_, atOnce, requests) => {
    const { store, log } = createLog()
    const writer = log.writer(sessionId, { tail: 0 })
    for (let written = 0; written < 600; written += atOnce) {
      await writer.append(Array.from({ length: atOnce }, () => delta('text')))
    }
    const counted = { items: 0, requests: 0 }
    const counting: Store = {
      ...store,
      async query(range) {
        const page = await store.query(range)
        counted.items += page.items.length
        counted.requests += 1
        return page
      },
    }
    const reader = createEventRepository(counting, { now: () => now })
    for (const after of [0, 200, 399]) {
      const { events } = await reader.read(sessionId, after, 200)
      expect(seqs(events)).toEqual(Array.from({ length: 200 }, (_, index) => after + index + 1))
    }
    // Each request may begin five items early, and read one beyond what is wanted.
    expect(counted.items).toBeLessThanOrEqual(600 / atOnce + counted.requests * packedEvents)
    expect(counted.requests).toBeLessThanOrEqual(3 * requests)
  })

  it('are packed where that saves a kilobyte', async () => {
    const { log, table } = createLog()
    const writer = log.writer(sessionId, { tail: 0 })
    const texts = [
      '바르고 바로 타자를 쳐도 괜찮아요.',
      '30ml라 어디든 데려갈 수 있어요.',
      '회의 10초 전이면 돼요.',
    ]
    const all = await writer.append([...texts, ...texts].map((text) => delta(text.repeat(3))))
    await writer.append([delta('짧은 말'), delta('또 하나')])
    const [large, small] = table.items()
    expect(large?.events).toBeInstanceOf(Uint8Array)
    expect(bytesOf(large)).toBeLessThan(1024)
    expect(typeof small?.events).toBe('string')
    expect((await log.read(sessionId, 0, 6)).events).toEqual(all)
  })

  it('keep to themselves when they are large', async () => {
    const { log, table } = createLog()
    const large = delta('a'.repeat(packedCharacters))
    await log.writer(sessionId, { tail: 0 }).append([large, large, delta('a'), delta('b')])
    expect(table.items()).toHaveLength(3)
    expect(seqs((await log.read(sessionId, 0, 10)).events)).toEqual([1, 2, 3, 4])
  })
})
