import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Range } from '../../../shared/clients/store.ts'
import type { StageTask } from '../../../shared/contracts/pipeline.ts'
import { log } from '../../../shared/platform/telemetry.ts'
import { partialBytesLimit } from '../../../shared/rules/storage-layout.ts'
import { endRunOf } from '../../../shared/services/runs/run-failure-service.ts'
import { eventually } from '../../support/limits/eventually.ts'
import { createMemoryTable } from '../../support/simulation/memory-table.ts'
import { type ModelOutcome, messages } from '../../support/simulation/simulated-agents.ts'
import {
  createSimulatedMachine,
  type SimulatedMachine,
} from '../../support/simulation/simulated-machine.ts'
import { processOn, servicesOn } from '../../support/simulation/simulated-services.ts'
import type { SimulatedProcess } from '../../support/simulation/simulation.ts'

const owner = 'user_1'

/** A clock that a test moves. */
const createClock = () => {
  let now = Date.parse('2026-11-22T00:00:00.000Z')
  return {
    now: () => now,
    pass: (milliseconds: number) => {
      now += milliseconds
    },
  }
}

/** The state machine, with the tasks that it sent and the failures that were reported to it. */
const createMachine = () => {
  const tasks: StageTask[] = []
  const reports: string[] = []
  const simulated = createSimulatedMachine({
    turn: async () => {},
    send: (task) => tasks.push(task),
  })
  const machine: typeof simulated = {
    ...simulated,
    async fail(token, error, cause) {
      const taken = await simulated.fail(token, error, cause)
      reports.push(`${error} ${taken}`)
      return taken
    },
  }
  const task = (number: number): StageTask => {
    const found = tasks[number]
    if (!found) throw new Error(`The machine sent no task ${number}.`)
    return found
  }
  return { machine, task, reports }
}

/** A worker that stops before its model answers, until the test says what the model does. */
const startWorker = (
  world: SimulatedProcess,
  machine: SimulatedMachine,
  task: StageTask,
  /** Called before each query of the table. */
  onQuery: (range: Range) => void = () => {},
) => {
  const calls: ((outcome: ModelOutcome) => void)[] = []
  const asked = Promise.withResolvers<void>()
  let outcome: ModelOutcome = 'answers'
  const query = async (range: Range) => {
    onQuery(range)
    return world.store.query(range)
  }
  const { stages } = servicesOn(
    { ...world, store: { ...world.store, query } },
    {
      machine,
      outcome: () => outcome,
      before: () =>
        new Promise((resolve) => {
          asked.resolve()
          calls.push((next) => {
            outcome = next
            resolve()
          })
        }),
    },
  )
  const done = stages.run(task)
  const answer = (next: ModelOutcome) => calls.at(-1)?.(next)
  return { asked: asked.promise, done, answer, calls }
}

/** A run that waits for its research, and what its workers meet. */
const setUp = async () => {
  const clock = createClock()
  const process = processOn(createMemoryTable(), clock)
  const { machine, task, reports } = createMachine()
  const services = servicesOn(process, { machine, outcome: () => 'answers' })
  const { session } = await services.conversations.create(owner, {
    locale: 'ko-KR',
    mode: 'standard',
  })
  const { session_id: sessionId } = session
  await services.turns.run({ sessionId, principal: owner, message: messages.fill, input: 'text' })
  const { run_id: runId } = await services.launches.start(sessionId, owner)
  return {
    ...services,
    machine,
    reports,
    runId,
    task,
    startWorker: (given: StageTask, onQuery?: (range: Range) => void) =>
      startWorker(process, machine, given, onQuery),
    pass: clock.pass,
    found: async () => {
      const found = await services.runs.get(runId)
      if (!found) throw new Error('The run is gone.')
      return found
    },
    errors: async () => {
      const { events } = await services.events.read(sessionId, 0, 1000)
      return events.filter(({ type }) => type === 'error')
    },
    elements: async () => {
      const { events } = await services.events.read(sessionId, 0, 1000)
      return events.flatMap((event) => (event.type === 'research.delta' ? [event.data.try] : []))
    },
  }
}

let world: Awaited<ReturnType<typeof setUp>>
beforeEach(async () => {
  world = await setUp()
})

/** The state machine got no answer and sends the stage once more. */
const sentAgain = (): StageTask => {
  world.machine.timeOut(world.runId)
  return world.task(1)
}

/** A worker that was paused past its time, and one that has taken its stage over with `task`. */
const overtake = async (task: () => StageTask) => {
  const late = world.startWorker(world.task(0))
  await late.asked
  world.pass(60_000)
  const next = world.startWorker(task())
  await next.asked
  return { late, next }
}

describe('a worker whose stage another has taken over', () => {
  it.each(['breaks off', 'refuses', 'is not understood'] as const)(
    'leaves the run alone when its model %s',
    async (outcome) => {
      const { late, next } = await overtake(sentAgain)
      late.answer(outcome)
      await late.done
      expect((await world.found()).run.state).toBe('RUN_RESEARCH')
      expect(world.reports).toEqual([])

      next.answer('answers')
      await next.done
      expect((await world.found()).run).toMatchObject({ state: 'GEN_STRATEGY', attempt: 1 })
    },
  )

  it.each(['refuses', 'is not understood'] as const)(
    'leaves it the token when both had the same message, and its model %s',
    async (outcome) => {
      const { late, next } = await overtake(() => world.task(0))
      late.answer(outcome)
      await late.done
      expect(world.reports).toEqual([])

      next.answer('answers')
      await next.done
      expect((await world.found()).run.state).toBe('GEN_STRATEGY')
    },
  )
})

it('of two workers that have one message at once one asks the model, and does the stage', async () => {
  const workers = [world.startWorker(world.task(0)), world.startWorker(world.task(0))]
  await Promise.race(workers.map(({ asked }) => asked))
  for (const { answer } of workers) answer('answers')
  await Promise.all(workers.map(({ done }) => done))
  expect(workers.flatMap(({ calls }) => calls)).toHaveLength(1)
  const { run, stages } = await world.found()
  expect(run).toMatchObject({ state: 'GEN_STRATEGY', attempt: 1 })
  expect(stages.research).toMatchObject({ status: 'committed', calls_1: 1 })
  expect(await world.elements()).toEqual([1, 1])
  expect(world.reports).toEqual([])
})

it('a mistake of ours ends the attempt at once, with its reason, one event and one line', async () => {
  const lines = vi.spyOn(log, 'error')
  const worker = world.startWorker(world.task(0))
  await worker.asked
  worker.answer('is not understood')
  await worker.done
  expect(world.reports).toEqual(['INTERNAL_ERROR taken'])
  expect((await world.found()).run).toMatchObject({
    state: 'FAILED',
    error: { code: 'INTERNAL_ERROR', stage: 'research', retryable: true },
  })
  expect(await world.errors()).toHaveLength(1)
  expect(lines).toHaveBeenCalledTimes(1)
  lines.mockRestore()
})

it('a mistake of ours while the run is looked at behind its claim ends the attempt once', async () => {
  let reads = 0
  const worker = world.startWorker(world.task(0), ({ pk }) => {
    if (pk !== `RUN#${world.runId}`) return
    reads += 1
    // The first one is of the run as its message finds it.
    if (reads === 2) throw new TypeError('It is not understood.')
  })
  await worker.asked
  worker.answer('answers')
  await worker.done
  expect(world.reports).toEqual(['INTERNAL_ERROR taken'])
  const { run, stages } = await world.found()
  expect(run).toMatchObject({ state: 'FAILED', error: { code: 'INTERNAL_ERROR' } })
  expect(stages.research).not.toHaveProperty('output')
  expect(await world.errors()).toHaveLength(1)
})

it.each([
  ['overflows', 120],
  ['writes too much at once', 0],
] as const)('an answer that %s is a broken contract, and no timeout', async (outcome, kept) => {
  const worker = world.startWorker(world.task(0))
  await worker.asked
  worker.answer(outcome)
  await eventually(() => expect(worker.calls).toHaveLength(2))
  worker.answer(outcome)
  await worker.done
  const { run, stages } = await world.found()
  expect(run).toMatchObject({ state: 'FAILED', error: { code: 'SCHEMA_VALIDATION_FAILED' } })
  expect(await world.errors()).toHaveLength(1)
  const partial = stages.research?.partial ?? []
  expect(partial.length).toBeGreaterThanOrEqual(kept)
  expect(Buffer.byteLength(JSON.stringify(partial))).toBeLessThanOrEqual(partialBytesLimit)
})

it('a message that comes when its token is closed costs no call of the model', async () => {
  world.machine.timeOut(world.runId)
  const late = world.startWorker(world.task(0))
  await late.done
  expect(late.calls).toHaveLength(0)
  expect((await world.found()).stages.research).toBeUndefined()
})

describe('what a stage streamed', () => {
  it('is of a later try when another worker begins anew', async () => {
    const { late, next } = await overtake(sentAgain)
    // The first one does not know yet that it is past its time.
    late.answer('answers')
    next.answer('answers')
    await Promise.all([late.done, next.done])
    expect(new Set(await world.elements())).toEqual(new Set([1, 2]))
    expect((await world.elements()).filter((modelTry) => modelTry === 2)).toHaveLength(2)
  })

  it('is kept as partial when the machine gives up, and gone when another attempt begins', async () => {
    const worker = world.startWorker(world.task(0))
    await worker.asked
    worker.answer('breaks off')
    await eventually(() => expect(worker.calls).toHaveLength(2))
    expect(await world.elements()).toEqual([1])
    await endRunOf(world.failures, {
      name: `${world.runId}-1`,
      status: 'FAILED',
      error: 'States.HeartbeatTimeout',
    } as never)
    const failed = await world.found()
    expect(failed.run).toMatchObject({ state: 'FAILED', error: { code: 'RESEARCH_TIMEOUT' } })
    expect(failed.stages.research).toMatchObject({ partial: [{ kind: 'element', item: 1 }] })
    expect(failed.stages.research).not.toHaveProperty('output')
    worker.answer('answers')
    await worker.done

    await world.launches.resume(world.runId, owner)
    const again = world.startWorker(world.task(1))
    await again.asked
    expect((await world.found()).stages.research).not.toHaveProperty('partial')
    again.answer('answers')
    await again.done
  })
})

it('a dead letter of a stage that is over does not end the run', async () => {
  const first = world.startWorker(world.task(0))
  await first.asked
  first.answer('answers')
  await first.done
  await world.recovery.undeliverable(world.task(0))
  expect((await world.found()).run.state).toBe('GEN_STRATEGY')

  await world.recovery.undeliverable(world.task(1))
  expect((await world.found()).run).toMatchObject({
    state: 'FAILED',
    error: { code: 'INTERNAL_ERROR', stage: 'strategy' },
  })
})
