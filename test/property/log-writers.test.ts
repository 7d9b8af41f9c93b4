import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { ConditionFailed, type Item, type Write } from '../../shared/clients/store.ts'
import type { EventDraft, StudioEvent } from '../../shared/contracts/events.ts'
import { asEvents } from '../../shared/repositories/event-items.ts'
import { createEventRepository } from '../../shared/repositories/event-repository.ts'
import { holds, type KeptCase, propertyLimit } from '../support/limits/properties.ts'
import type { Change } from '../support/simulation/memory-table.ts'
import { faults, type Simulation, simulate } from '../support/simulation/simulation.ts'

const sessionId = 'sess_00000000000000000000000000'

/** What a writer does next: appends, with others' writes or without, or looks. */
interface Step {
  events: number
  /** Whether an item that all writers want to create goes with it. */
  guarded: boolean
  awaited: boolean
}
const step: fc.Arbitrary<Step> = fc.record({
  events: fc.integer({ min: 0, max: 3 }),
  guarded: fc.boolean(),
  awaited: fc.boolean(),
})
interface Writer {
  steps: Step[]
  knowsTail: boolean
}
const writers: fc.Arbitrary<Writer[]> = fc.array(
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

/** What one writer was shown of the log, from where it began. */
interface View {
  from: number
  seqs: Set<number>
  announced: StudioEvent[]
}

/** What came of one case. */
interface History {
  /** The texts of the log, in order. */
  stored: string[]
  batches: Batch[]
  views: Map<string, View>
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

/** Checks each write at the moment at which it takes effect: its writer had seen all that was there. */
const checkChanges = ({ stored, views }: History, changes: Change[]): void => {
  for (const { before, after } of changes) {
    if (isEvent(before)) throw new Error('An event was written over.')
    if (!isEvent(after)) continue
    for (const event of asEvents(after)) {
      const text = textOf(event)
      const { from, seqs } = views.get(writerOf(text)) ?? { from: 0, seqs: new Set() }
      const unseen = stored.filter(
        (other, index) =>
          index + 1 > from && writerOf(other) !== writerOf(text) && !seqs.has(index + 1),
      )
      expect(unseen, `appended unseen before ${text}`).toEqual([])
      expect(event.seq).toBe(stored.length + 1)
      stored.push(text)
      // What goes with it in the same transaction is its writer's own.
      seqs.add(stored.length)
    }
  }
}

const guardWrites = (guard: string | undefined, by: string): Write[] =>
  guard
    ? [
        {
          put: { PK: 'G', SK: guard, by },
          condition: { expression: 'attribute_not_exists(#PK)' },
        },
      ]
    : []

/** One writer of the log does what it was drawn to do. */
const write = async (
  { clock, store }: Simulation,
  { stored, batches, views }: History,
  name: string,
  { steps, knowsTail }: Writer,
): Promise<void> => {
  const from = knowsTail ? stored.length : 0
  const view: View = { from, seqs: new Set(), announced: [] }
  views.set(name, view)
  const writer = createEventRepository(store, clock).writer(sessionId, {
    tail: from,
    onForeign: (events) => {
      for (const { seq } of events) view.seqs.add(seq)
    },
    onEvents: (events) => view.announced.push(...events),
  })
  const append = async (number: number, { events, guarded }: Step): Promise<void> => {
    const drafts = Array.from({ length: events }, (_, index) => `${name}.${number}.${index}`)
    const guard = guarded ? `GUARD#${number}` : undefined
    const batch: Batch = { drafts, guard, outcome: 'unknown' }
    batches.push(batch)
    try {
      batch.outcome = await writer.commit(drafts.map(delta), guardWrites(guard, name))
    } catch (error) {
      if (error instanceof ConditionFailed) batch.outcome = 'refused'
    }
  }
  const work: Promise<unknown>[] = []
  for (const [number, each] of steps.entries()) {
    // A look that lost its connection shows nothing.
    const done = each.events === 0 ? writer.look().catch(() => {}) : append(number, each)
    work.push(done)
    if (each.awaited && each.events > 0) await done
  }
  await Promise.all(work)
}

const expectWhole = ({ stored, batches }: History, { drafts, guard, outcome }: Batch): void => {
  const times = drafts.map((text) => stored.filter((other) => other === text).length)
  if (outcome === 'refused') expect(times).toEqual(drafts.map(() => 0))
  // It may have arrived or not, but never in part.
  else if (outcome === 'unknown')
    expect([0, drafts.length]).toContain(times.reduce((sum, each) => sum + each))
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

const expectAnnounced = ({ stored }: History, { from, announced }: View): void => {
  expect(announced.map(({ seq }) => seq)).toEqual(announced.map((_, index) => from + index + 1))
  expect(announced.map(textOf)).toEqual(stored.slice(from, from + announced.length))
}

it('a log holds 1..n, each event once and unchanged, under any writers and lost answers', {
  timeout: propertyLimit(),
}, async () => {
  await holds(
    fc.asyncProperty(fc.scheduler(), faults, writers, async (scheduler, bad, drawn) => {
      const history: History = { stored: [], batches: [], views: new Map() }
      const play = async (world: Simulation): Promise<void> => {
        await Promise.all(drawn.map((each, index) => write(world, history, `w${index}`, each)))
        expect(world.table.items().filter(isEvent).flatMap(asEvents)).toHaveLength(
          history.stored.length,
        )
      }
      await simulate(scheduler, bad, play, (changes) => checkChanges(history, changes))
      for (const batch of history.batches) expectWhole(history, batch)
      for (const view of history.views.values()) expectAnnounced(history, view)
    }),
    { kept, short: 200, full: 1000 },
  )
})
