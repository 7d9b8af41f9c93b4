import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EventDraft, StudioEvent } from '../../../shared/contracts/events.ts'
import { createEventRepository } from '../../../shared/repositories/event-repository.ts'
import { eventKey } from '../../../shared/repositories/table-keys.ts'
import { createMemoryStore } from '../../support/simulation/memory-store.ts'

const sessionId = 'sess_00000000000000000000000000'
const delta = (text: string): EventDraft => ({
  type: 'planner.delta',
  data: { text, turn: 1, try: 1 },
})
const seqs = (events: StudioEvent[]): number[] => events.map(({ seq }) => seq)

describe('a writer of the log', () => {
  it('announces every event after the tail, each once, in order, own ones as own', async () => {
    const steps = fc.array(
      fc.record({
        writer: fc.nat(2),
        events: fc.integer({ min: 0, max: 3 }),
        wait: fc.boolean(),
      }),
      { maxLength: 30 },
    )
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 3 }), steps, async (before, todo) => {
        const { store } = createMemoryStore(() => new Promise(setImmediate))
        const log = createEventRepository(store, { now: () => 1_800_000_000_000 })
        const earlier = Array.from({ length: before }, (_, index) => delta(`before ${index}`))
        if (before > 0) await log.writer(sessionId, { tail: 0 }).append(earlier)
        const writers = [0, 1, 2].map(() => {
          const announced: StudioEvent[] = []
          const own: StudioEvent[] = []
          const writer = log.writer(sessionId, {
            tail: before,
            onEvents(events, ours) {
              announced.push(...events)
              if (ours) own.push(...events)
            },
          })
          return { writer, announced, own, appended: [] as StudioEvent[] }
        })
        const work: Promise<unknown>[] = []
        for (const { writer: which, events, wait } of todo) {
          const { writer, appended } = writers[which] ?? {
            writer: undefined,
            appended: [] as StudioEvent[],
          }
          const drafts = Array.from({ length: events }, (_, index) => delta(`${which} ${index}`))
          const done = writer?.[events === 0 ? 'look' : 'append'](drafts)
          work.push(Promise.resolve(done).then((got) => appended.push(...(got ?? []))))
          if (wait) await done
        }
        await Promise.all(work)
        const { events: all } = await log.read(sessionId, before, 1000)
        expect(seqs(all)).toEqual(all.map((_, index) => before + index + 1))
        for (const { writer, announced, own, appended } of writers) {
          expect(own).toEqual(appended)
          await writer.look()
          expect(announced).toEqual(all)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('announces each event once, also when what it learns ends its work again and again', async () => {
    const { store } = createMemoryStore()
    const log = createEventRepository(store, { now: () => 1_800_000_000_000 })
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
  const now = 1_800_000_000_000
  const prepare = async () => {
    const { store, hide, show } = createMemoryStore()
    const clock = { time: now, now: () => clock.time }
    const log = createEventRepository(store, clock)
    await log.writer(sessionId, { tail: 0 }).append(['1', '2', '3', '4'].map(delta))
    return { log, hide: (seq: number) => hide(eventKey(sessionId, seq)), show, clock }
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
