import * as fc from 'fast-check'
import { vi } from 'vitest'
import type { Store } from '../../../shared/clients/store.ts'
import type { Clock } from '../../../shared/platform/clock.ts'
import { log } from '../../../shared/platform/telemetry.ts'
import { type Change, createMemoryTable, type MemoryTable } from './memory-table.ts'
import { createSimulatedStore, type Fate } from './simulated-store.ts'

// Thousands of runs that fail on purpose would fill the screen.
log.setLogLevel('SILENT')
process.env.POWERTOOLS_METRICS_DISABLED = 'true'

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

/** Something that runs code and may be killed between any two steps; what it sent still arrives. */
export interface SimulatedProcess {
  clock: Clock
  /** A client of the table; its requests travel as the scheduler likes. */
  store: Store
  /** Awaits its turn. */
  turn(what: string): Promise<void>
  kill(): void
  /** Resolves when it was killed. */
  killed: Promise<void>
}

/** One world whose every step the scheduler picks: requests, answers, the passing of time. */
export interface Simulation extends SimulatedProcess {
  table: MemoryTable
  /** Milliseconds pass at once, whoever is in the middle of something. */
  pass(milliseconds: number): Promise<void>
  /** Does something during which nothing goes wrong. */
  calm<T>(work: () => Promise<T>): Promise<T>
  /** Another process on the same table. */
  process(): SimulatedProcess
  /** Works on something that has no end of its own in the background. */
  spawn(work: Promise<unknown>): void
}

const epoch = Date.UTC(2026, 10, 22)
/** Milliseconds that pass at a time when no jump is left. */
const usualJump = 250
/** A jump of so many milliseconds means that everybody was frozen: an interval then fires once. */
const frozenMs = 20_000

const advance = (milliseconds: number): void => {
  const frozen = milliseconds < frozenMs ? 0 : milliseconds - 1000
  if (frozen > 0) vi.setSystemTime(Date.now() + frozen)
  vi.advanceTimersByTime(milliseconds - frozen)
}

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
  const newProcess = (): SimulatedProcess => {
    const death = Promise.withResolvers<void>()
    let dead = false
    const livingTurn = async (what: string): Promise<void> => {
      if (!dead) await turn(what)
      if (dead) await new Promise(() => {})
    }
    const pass = (what: string): Promise<void> =>
      what.startsWith('answer') || dead ? livingTurn(what) : turn(what)
    const fate = (): Fate => (calm > 0 ? undefined : nextFate.next().value) ?? 'answered'
    return {
      clock,
      store: createSimulatedStore(table, clock, { pass, fate }),
      turn: livingTurn,
      kill() {
        dead = true
        death.resolve()
      },
      killed: death.promise,
    }
  }
  const spawned: Promise<unknown>[] = []
  let calm = 0
  let over = false
  const passTime = async (): Promise<void> => {
    while (!over) {
      await turn('time')
      advance((calm > 0 ? undefined : nextJump.next().value) ?? usualJump)
    }
  }
  try {
    const time = passTime()
    const played = play({
      ...newProcess(),
      table,
      process: newProcess,
      async calm(work) {
        calm += 1
        return work().finally(() => {
          calm -= 1
        })
      },
      async pass(milliseconds) {
        await turn('a long time')
        advance(milliseconds)
      },
      spawn: (work) => spawned.push(work),
    })
    await scheduler.waitFor(Promise.allSettled([played]))
    // What was spawned may spawn more.
    for (let done = 0; done < spawned.length; done = spawned.length) {
      await scheduler.waitFor(Promise.all(spawned))
    }
    over = true
    await scheduler.waitFor(time)
    await scheduler.waitIdle()
    if (broken.length > 0) throw broken[0]
    await played
  } finally {
    vi.useRealTimers()
  }
}
