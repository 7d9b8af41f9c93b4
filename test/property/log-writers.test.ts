import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { ConditionFailed, type Item, type Write } from '../../shared/clients/store.ts'
import type { EventDraft, StudioEvent } from '../../shared/contracts/events.ts'
import { createEventRepository } from '../../shared/repositories/event-repository.ts'
import { holds, type KeptCase } from '../support/simulation/kept-cases.ts'
import type { Change } from '../support/simulation/memory-table.ts'
import { misfortune, simulate } from '../support/simulation/simulation.ts'

const sessionId = 'sess_00000000000000000000000000'

/** What a writer does next: appends, with others' writes or without, or looks. */
const step = fc.record({
  events: fc.integer({ min: 0, max: 3 }),
  /** Whether an item that all writers want to create goes with it. */
  guarded: fc.boolean(),
  awaited: fc.boolean(),
})
const writers = fc.array(
  fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 5 }), knowsTail: fc.boolean() }),
  { minLength: 1, maxLength: 4 },
)

const delta = (text: string): EventDraft => ({
  type: 'planner.delta',
  data: { text, turn: 1, try: 1 },
})
const textOf = (event: StudioEvent): string =>
  event.type === 'planner.delta' ? event.data.text : event.type
const writerOf = (text: string): string => text.split('.')[0] ?? ''
const isEvent = (item: Item | undefined): item is Item => item?.SK.startsWith('EVENT#') ?? false

interface Batch {
  drafts: string[]
  guard: string | undefined
  outcome: StudioEvent[] | 'refused' | 'unknown'
}

const kept: KeptCase[] = [
  {
    seed: 7007,
    path: '4:0:0:1:0:3:2:1:2:2:2:2:3',
    when: 'an event could be written over',
  },
  {
    seed: 7102,
    path: '51:12:12:18:2:13:13:13:6:8:13:13:13:11:11:15:15',
    when: 'a write whose answer was lost was made again',
  },
]

it('keeps a log of 1..n, each event once and as it was, under any writers and lost answers', {
  timeout: 120_000,
}, async () => {
  await holds(
    fc.asyncProperty(fc.scheduler(), misfortune, writers, async (scheduler, bad, cast) => {
      const batches: Batch[] = []
      const shown = new Map<string, { from: number; seqs: Set<number>; heard: StudioEvent[] }>()
      const stored: string[] = []

      /** Judges each write at the moment at which it takes effect. */
      const judge = (changes: Change[]): void => {
        for (const { before, after } of changes) {
          if (isEvent(before)) throw new Error('An event was written over.')
          if (!isEvent(after)) continue
          const text = String(JSON.parse(String(after.data)).text)
          const { from, seqs } = shown.get(writerOf(text)) ?? { from: 0, seqs: new Set() }
          const unseen = stored.filter(
            (other, index) =>
              index + 1 > from && writerOf(other) !== writerOf(text) && !seqs.has(index + 1),
          )
          expect(unseen, `appended unseen before ${text}`).toEqual([])
          expect(after.seq).toBe(stored.length + 1)
          stored.push(text)
          // What goes with it in the same transaction is its writer's own.
          seqs.add(stored.length)
        }
      }

      await simulate(
        scheduler,
        bad,
        async ({ clock, store, table }) => {
          const log = createEventRepository(store, clock)
          const play = async (name: string, { steps, knowsTail }: (typeof cast)[number]) => {
            const from = knowsTail ? stored.length : 0
            const seen = { from, seqs: new Set<number>(), heard: [] as StudioEvent[] }
            shown.set(name, seen)
            const writer = log.writer(sessionId, {
              tail: from,
              onForeign: (events) => {
                for (const { seq } of events) seen.seqs.add(seq)
              },
              onEvents: (events) => seen.heard.push(...events),
            })
            const work: Promise<unknown>[] = []
            for (const [number, { events, guarded, awaited }] of steps.entries()) {
              if (events === 0) {
                work.push(writer.look().catch(() => {}))
                continue
              }
              const drafts = Array.from(
                { length: events },
                (_, index) => `${name}.${number}.${index}`,
              )
              const guard = guarded ? `GUARD#${number}` : undefined
              const batch: Batch = { drafts, guard, outcome: 'unknown' }
              batches.push(batch)
              const writes: Write[] = guard
                ? [
                    {
                      put: { PK: 'G', SK: guard, by: name },
                      condition: { expression: 'attribute_not_exists(#PK)' },
                    },
                  ]
                : []
              const done = writer.commit(drafts.map(delta), writes).then(
                (appended) => {
                  batch.outcome = appended
                },
                (error) => {
                  if (error instanceof ConditionFailed) batch.outcome = 'refused'
                },
              )
              work.push(done)
              if (awaited) await done
            }
            await Promise.all(work)
          }
          await Promise.all(cast.map((each, index) => play(`w${index}`, each)))
          // Once more, undisturbed: the log as a reader gets it.
          expect(table.items().filter(isEvent)).toHaveLength(stored.length)
        },
        judge,
      )

      for (const { drafts, guard, outcome } of batches) {
        const times = drafts.map((text) => stored.filter((other) => other === text).length)
        if (outcome === 'refused') expect(times).toEqual(drafts.map(() => 0))
        // Never a part of it: nobody knows whether it arrived, but it is whole or not there.
        else if (outcome === 'unknown')
          expect([0, drafts.length]).toContain(times.reduce((a, b) => a + b))
        else {
          expect(outcome.map(textOf)).toEqual(drafts)
          expect(outcome.map(({ seq }) => stored[seq - 1])).toEqual(drafts)
          expect(times).toEqual(drafts.map(() => 1))
        }
        if (guard !== undefined && times[0] === 1) {
          const sameGuard = batches.filter((other) => other.guard === guard)
          const through = sameGuard.filter(({ drafts: [text] }) => stored.includes(text ?? ''))
          expect(through).toHaveLength(1)
        }
      }
      for (const { from, heard } of shown.values()) {
        expect(heard.map(({ seq }) => seq)).toEqual(heard.map((_, index) => from + index + 1))
        expect(heard.map(textOf)).toEqual(stored.slice(from, from + heard.length))
      }
    }),
    { kept, runs: 1000 },
  )
})
