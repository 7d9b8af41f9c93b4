import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { type StageName, stageNames } from '../../shared/contracts/agents.ts'
import { StudioError } from '../../shared/contracts/errors.ts'
import type { StageTask } from '../../shared/contracts/pipeline.ts'
import { modelLimits } from '../../shared/rules/model-limits.ts'
import { holds, type KeptCase, propertyLimit } from '../support/limits/properties.ts'
import { sampleStrategy } from '../support/model-server/samples.ts'
import { createCommitRules } from '../support/simulation/commit-rules.ts'
import { type ModelOutcome, messages } from '../support/simulation/simulated-agents.ts'
import { createSimulatedPipeline, type Delivery } from '../support/simulation/simulated-pipeline.ts'
import { type Faults, faults, type Simulation, simulate } from '../support/simulation/simulation.ts'

const owner = 'user_1'
const outcome = fc.oneof(
  { weight: 8, arbitrary: fc.constant<ModelOutcome>('answers') },
  {
    weight: 2,
    arbitrary: fc.constantFrom<ModelOutcome>(
      'refuses',
      'breaks off',
      'is silent',
      'is not understood',
    ),
  },
)
const delivery = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Delivery>('once') },
  { weight: 3, arbitrary: fc.constantFrom<Delivery>('twice', 'delayed', 'killed') },
)
type Action =
  | 'generate'
  | 'cancel'
  | 'resume'
  | 'say fill'
  | 'say unsure'
  | 'stop'
  | 'time out'
  | 'kill'
  | 'lose start'
  | 'sweep'
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('generate', 'cancel', 'resume' as const) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'say fill',
      'say unsure',
      'stop',
      'time out',
      'kill',
      'lose start',
      'sweep' as const,
    ),
  },
)
const clients = fc.array(fc.array(action, { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 3,
})

const kept: KeptCase[] = [
  {
    seed: 7100,
    path: '42:0:25:9:9:10',
    when: 'a stage was committed by any worker',
  },
  {
    seed: 7107,
    path: '6:0:7:10:9',
    when: 'run and session moved on from anywhere',
  },
  {
    seed: 7001,
    path: '43:1:1:1:4:11:20:18:20:0',
    when: 'calls were not limited',
  },
  {
    seed: 7003,
    path: '90:0:0:0',
    when: 'a committed stage could be claimed',
  },
  {
    seed: 7017,
    path: '23:0:0:8:42:29:9',
    when: 'a resumed run kept its attempt',
  },
  {
    seed: 7006,
    path: '6:0:34',
    when: 'a worker worked on after its run had ended',
  },
]

/** Time for no stage but the message's, for some that follow, and for all. */
const worker = fc.record({
  ms: fc.constantFrom(0, 300_000, 900_000),
  beginsAhead: fc.boolean(),
})
interface Worker {
  ms: number
  /** Strategy tells of its positioning, and creative begins voice. */
  beginsAhead: boolean
}

interface Case {
  workers: Worker[]
  bad: Faults
  actions: Action[][]
  outcomes: ModelOutcome[]
  deliveries: Delivery[]
}

/** A session with a complete brief, and what may happen to it. */
const prepare = async (world: Simulation, pipeline: ReturnType<typeof createSimulatedPipeline>) => {
  const { conversations, turns, launches, sessions } = pipeline.serve()
  const { session } = await world.calm(() =>
    conversations.create(owner, { locale: 'ko-KR', mode: 'standard' }),
  )
  const { session_id: sessionId } = session
  const say = (message: string) =>
    turns.run({ sessionId, principal: owner, message, input: 'text' })
  // The model may refuse this turn: then the gate stays shut.
  await world.calm(() => say(messages.fill)).catch(() => {})
  const runId = async () => (await sessions.get(sessionId))?.run_id ?? 'run_none'
  const acts: Record<Action, () => unknown> = {
    generate: () => launches.start(sessionId, owner, { withJob: true }),
    cancel: async () => launches.cancel(await runId(), owner),
    resume: async () => launches.resume(await runId(), owner),
    'say fill': () => say(messages.fill),
    'say unsure': () => say(messages.unsure),
    stop: () => turns.stop(sessionId, owner),
    'time out': async () => pipeline.machine.timeOut(await runId()),
    kill: () => pipeline.killWorker(),
    'lose start': () => pipeline.machine.loseNextStart(),
    sweep: () => pipeline.sweep(),
  }
  return acts
}

/** One action after another; what is refused is refused with a reason. */
const perform = async (
  world: Simulation,
  acts: Record<Action, () => unknown>,
  actions: Action[],
): Promise<void> => {
  for (const each of actions) {
    await world.turn(each)
    await Promise.resolve(acts[each]()).catch((error: unknown) => {
      if (error instanceof StudioError) return
      expect(['ConnectionLost', 'ConditionFailed']).toContain((error as Error).name)
    })
  }
}

/** Nothing may be stuck: with time and sweepers alone, every run comes to its end. */
const expectNoOpenRuns = async (
  { table, turn }: Simulation,
  sweep: () => Promise<void>,
): Promise<void> => {
  const open = () => table.items().filter(({ SK, OPEN }) => SK === 'RUN' && OPEN !== undefined)
  for (let minutes = 0; minutes < 15 && open().length > 0; minutes += 1) {
    await sweep()
    for (let moment = 0; moment < 40; moment += 1) await turn('moment')
  }
  expect(open(), 'runs that never end').toEqual([])
}

const keyOf = (attempt: string, stage: StageName): string => `${attempt}: ${stage}`

/** Plays one case; answers with the states in which its runs ended. */
const play = async (scheduler: fc.Scheduler, drawn: Case): Promise<unknown[]> => {
  const rules = createCommitRules()
  const nextOutcome = drawn.outcomes.values()
  const nextDelivery = drawn.deliveries.values()
  const nextWorker = drawn.workers.values()
  let isAhead = true
  /** Calls of the model by attempt and stage, as the model saw them, and those whose stage had begun. */
  const calls = new Map<string, number>()
  const begun = new Map<string, number>()
  const countIn =
    (counts: typeof calls) =>
    ({ run_id, attempt }: StageTask, stage: StageName): void => {
      const key = keyOf(`${run_id} ${attempt}`, stage)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  const begin = async (world: Simulation): Promise<unknown[]> => {
    const pipeline = createSimulatedPipeline(world, {
      outcome: () => nextOutcome.next().value ?? 'answers',
      delivery: () => nextDelivery.next().value ?? 'once',
      workerMs() {
        const { ms, beginsAhead } = nextWorker.next().value ?? { ms: 900_000, beginsAhead: true }
        isAhead = beginsAhead
        return ms
      },
      beginsVoice: () => isAhead,
      positioning: () => (isAhead ? sampleStrategy : undefined),
      onStageCall: countIn(calls),
      onStageBegun: countIn(begun),
    })
    const acts = await prepare(world, pipeline)
    const all: Action[][] = [['generate'], ...drawn.actions]
    await Promise.all(all.map((actions) => perform(world, acts, actions)))
    await expectNoOpenRuns(world, pipeline.sweep)
    return world.table.items().flatMap(({ SK, state }) => (SK === 'RUN' ? [state] : []))
  }
  const ends = await simulate(scheduler, drawn.bad, begin, rules.check)
  for (const [key, count] of calls) {
    const [run = '', stage = 'research'] = key.split(': ') as [string, StageName]
    const { maxCalls } = modelLimits[stage]
    expect(begun.get(key) ?? 0, key).toBeLessThanOrEqual(maxCalls)
    // Each answer of the stage before may have begun it with a commit that failed.
    const before = stageNames[stageNames.indexOf(stage) - 1]
    const beside = before === undefined ? 0 : (calls.get(keyOf(run, before)) ?? 0)
    expect(count, key).toBeLessThanOrEqual(maxCalls + beside)
  }
  return ends
}

it('every run ends, run and session agree, and every change is one that the rules allow', {
  timeout: propertyLimit(),
}, async () => {
  const ends: unknown[] = []
  await holds(
    fc.asyncProperty(
      fc.scheduler(),
      faults,
      clients,
      fc.array(outcome, { maxLength: 12 }),
      fc.array(delivery, { maxLength: 12 }),
      fc.array(worker, { maxLength: 6 }),
      async (scheduler, bad, actions, outcomes, deliveries, workers) => {
        ends.push(...(await play(scheduler, { bad, actions, outcomes, deliveries, workers })))
      },
    ),
    { kept, short: 120, full: 1000 },
  )
  // The property would hold of a system that fails everything, too.
  const count = (state: string) => ends.filter((end) => end === state).length
  expect(count('DONE')).toBeGreaterThan(count('FAILED'))
  expect(count('FAILED')).toBeGreaterThan(0)
  expect(count('CANCELLED')).toBeGreaterThan(0)
})
