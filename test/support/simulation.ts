import * as fc from 'fast-check'
import { vi } from 'vitest'
import type { Store } from '../../shared/clients/store.ts'
import type { Clock } from '../../shared/platform/clock.ts'
import { createSimulatedStore, type Fate } from './simulated-store.ts'
import { type Change, createMemoryTable, type MemoryTable } from './memory-table.ts'

/** What goes wrong in a run of a property, in the order in which it does; after that nothing does. */
export interface Misfortune {
  /** Of requests to the table, one after another. */
  fates: Fate[]
  /** Milliseconds by which time moves on whenever it is its turn. */
  jumps: number[]
}

const fate = fc.oneof(
  { weight: 12, arbitrary: fc.constant('answered' as const) },
  {
    weight: 3,
    arbitrary: fc.constantFrom('answer lost', 'late', 'sent twice', 'never arrives' as const),
  },
)
/** Mostly moments; now and then a worker's pause past its time. */
const jump = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(20, 100, 600) },
  { weight: 2, arbitrary: fc.constantFrom(3_500, 12_000, 50_000) },
)
export const misfortune: fc.Arbitrary<Misfortune> = fc.record({
  fates: fc.array(fate, { maxLength: 60 }),
  jumps: fc.array(jump, { maxLength: 40 }),
})

export const fortune: Misfortune = { fates: [], jumps: [] }

/** One world whose every step the scheduler picks: requests, answers, the passing of time. */
export interface Simulation {
  clock: Clock
  table: MemoryTable
  /** A client of the table; its requests travel as the scheduler likes. */
  store: Store
  /** Awaits its turn. */
  turn(what: string): Promise<void>
  /** Works on something that has no end of its own in the background. */
  spawn(work: Promise<unknown>): void
}

const epoch = Date.UTC(2026, 10, 22)
/** Milliseconds that pass at a time when no jump is left. */
const usualJump = 250

/**
 * Runs `play` in a world of its own, with timers that only the scheduler moves. Resolves when it and
 * everything it spawned has ended and every request that was late has arrived.
 * @param onChanges told of everything that takes effect in the table; what it throws fails the run
 */
export const simulate = async (
  scheduler: fc.Scheduler,
  { fates, jumps }: Misfortune,
  play: (simulation: Simulation) => Promise<void>,
  onChanges: (changes: Change[], table: MemoryTable) => void = () => {},
): Promise<void> => {
  vi.useFakeTimers({
    now: epoch,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
  })
  const clock: Clock = { now: () => Date.now() }
  const broken: unknown[] = []
  const table = createMemoryTable((changes, changed) => {
    try {
      onChanges(changes, changed)
    } catch (error) {
      broken.push(error)
    }
  })
  const nextFate = fates.values()
  const nextJump = jumps.values()
  const turn = async (what: string): Promise<void> => {
    await scheduler.schedule(Promise.resolve(), what)
  }
  const store = createSimulatedStore(table, clock, {
    pass: turn,
    fate: () => nextFate.next().value ?? 'answered',
  })
  const spawned: Promise<unknown>[] = []
  let over = false
  const passTime = async (): Promise<void> => {
    while (!over) {
      await turn('time')
      vi.advanceTimersByTime(nextJump.next().value ?? usualJump)
    }
  }
  try {
    const time = passTime()
    const played = play({ clock, table, store, turn, spawn: (work) => spawned.push(work) })
    await scheduler.waitFor(Promise.allSettled([played]))
    // What was spawned may spawn more.
    for (let done = 0; done < spawned.length; done = spawned.length) {
      await scheduler.waitFor(Promise.all(spawned))
    }
    over = true
    await scheduler.waitFor(time)
    await scheduler.waitIdle()
    await played
    if (broken.length > 0) throw broken[0]
  } finally {
    vi.useRealTimers()
  }
}
