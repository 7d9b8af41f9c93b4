import { setImmediate } from 'node:timers/promises'
import * as fc from 'fast-check'
import { vi } from 'vitest'
import type { Store } from '../../../shared/clients/store.ts'
import type { Clock } from '../../../shared/platform/clock.ts'
import { type Change, createMemoryTable, type MemoryTable } from './memory-table.ts'
import { createSimulatedStore, type RequestOutcome } from './simulated-store.ts'

/** What goes wrong in one case of a property, in this order; after that nothing does. */
export interface Faults {
  /** Of requests to the table, one after another. */
  requests: RequestOutcome[]
  /** Milliseconds by which time moves on whenever it is its turn. */
  jumps: number[]
}

const request = fc.oneof(
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
export const faults: fc.Arbitrary<Faults> = fc.record({
  requests: fc.array(request, { maxLength: 60 }),
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
  /** Milliseconds pass at once, in the middle of whatever is under way. */
  pass(milliseconds: number): Promise<void>
  /** Does something during which nothing goes wrong. */
  calm<T>(work: () => Promise<T>): Promise<T>
  /** Another process on the same table. */
  process(): SimulatedProcess
  /** Works on something that has no end of its own in the background. */
  spawn(work: Promise<unknown>): void
}

/** What all processes of one world share. */
interface World {
  scheduler: fc.Scheduler
  clock: Clock
  table: MemoryTable
  requests: Iterator<RequestOutcome>
  jumps: Iterator<number>
  /** Pieces of work under way during which nothing goes wrong. */
  calm: number
  spawned: Promise<unknown>[]
  over: boolean
}

const epoch = Date.UTC(2026, 10, 22)
/** Milliseconds that pass at a time when no jump is left. */
const usualJump = 250
/** A jump of so many milliseconds means that all processes were frozen: an interval then fires once. */
const frozenMs = 20_000

const advance = (milliseconds: number): void => {
  const frozen = milliseconds < frozenMs ? 0 : milliseconds - 1000
  if (frozen > 0) vi.setSystemTime(Date.now() + frozen)
  vi.advanceTimersByTime(milliseconds - frozen)
}

const turnIn = async ({ scheduler }: World, what: string): Promise<void> => {
  await scheduler.schedule(Promise.resolve(), what)
}

/** What goes wrong next, if anything does. */
const nextFault = <T>(world: World, coming: Iterator<T>): T | undefined =>
  world.calm > 0 ? undefined : coming.next().value

const createProcess = (world: World): SimulatedProcess => {
  const death = Promise.withResolvers<void>()
  let dead = false
  const turn = async (what: string): Promise<void> => {
    if (!dead) await turnIn(world, what)
    if (dead) await new Promise(() => {})
  }
  const pass = (what: string): Promise<void> =>
    what.startsWith('answer') || dead ? turn(what) : turnIn(world, what)
  const outcome = (): RequestOutcome => nextFault(world, world.requests) ?? 'answered'
  return {
    clock: world.clock,
    store: createSimulatedStore(world.table, world.clock, { pass, outcome }),
    turn,
    kill() {
      dead = true
      death.resolve()
    },
    killed: death.promise,
  }
}

const passTime = async (world: World): Promise<void> => {
  while (!world.over) {
    await turnIn(world, 'time')
    advance(nextFault(world, world.jumps) ?? usualJump)
  }
}

const createSimulation = (world: World): Simulation => ({
  ...createProcess(world),
  table: world.table,
  process: () => createProcess(world),
  async calm(work) {
    world.calm += 1
    return work().finally(() => {
      world.calm -= 1
    })
  },
  async pass(milliseconds) {
    await turnIn(world, 'a long time')
    advance(milliseconds)
  },
  spawn: (work) => void world.spawned.push(work),
})

/** A step ends behind what it left for the next turn of Node's event loop. */
const untilItWaits = async (step: () => Promise<void>): Promise<void> => {
  await step()
  await setImmediate()
}

/** Lets the scheduler run until everything has ended and every late request has arrived. */
const runToTheEnd = async <T>(
  world: World,
  play: (simulation: Simulation) => Promise<T>,
): Promise<PromiseSettledResult<T>> => {
  const { scheduler, spawned } = world
  const time = passTime(world)
  const played = Promise.allSettled([play(createSimulation(world))])
  await scheduler.waitFor(played, untilItWaits)
  // What was spawned may spawn more.
  for (let waited = 0; waited < spawned.length; ) {
    waited = spawned.length
    await scheduler.waitFor(Promise.all(spawned), untilItWaits)
  }
  world.over = true
  await scheduler.waitFor(time, untilItWaits)
  await scheduler.waitIdle(untilItWaits)
  const [result] = await played
  return result
}

/**
 * Runs `play` in a world of its own, with timers that only the scheduler moves. Resolves with its
 * result when it and everything it spawned has ended and every request that was late has arrived.
 * @param onChanges receives everything that takes effect in the table; what it throws fails the run
 */
export const simulate = async <T>(
  scheduler: fc.Scheduler,
  { requests, jumps }: Faults,
  play: (simulation: Simulation) => Promise<T>,
  onChanges: (changes: Change[], table: MemoryTable) => void = () => {},
): Promise<T> => {
  vi.useFakeTimers({
    now: epoch,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
  })
  const broken: unknown[] = []
  const table = createMemoryTable((changes, changed) => {
    try {
      onChanges(changes, changed)
    } catch (error) {
      broken.push(error)
    }
  })
  const world: World = {
    scheduler,
    clock: { now: () => Date.now() },
    table,
    requests: requests.values(),
    jumps: jumps.values(),
    calm: 0,
    spawned: [],
    over: false,
  }
  try {
    const result = await runToTheEnd(world, play)
    if (broken.length > 0) throw broken[0]
    if (result.status === 'rejected') throw result.reason
    return result.value
  } finally {
    vi.useRealTimers()
  }
}
