import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { stageNames } from '../../shared/contracts/agents.ts'
import type { StageTask } from '../../shared/contracts/pipeline.ts'
import { modelLimits } from '../../shared/rules/model-limits.ts'
import { holds, type KeptCase, propertyLimit } from '../support/limits/properties.ts'
import { createCommitRules } from '../support/simulation/commit-rules.ts'
import { type ModelOutcome, messages } from '../support/simulation/simulated-agents.ts'
import { createSimulatedMachine } from '../support/simulation/simulated-machine.ts'
import { type ServiceOptions, servicesOn } from '../support/simulation/simulated-services.ts'
import { faults, type Simulation, simulate } from '../support/simulation/simulation.ts'

const owner = 'user_1'
const outcome = fc.oneof(
  { weight: 4, arbitrary: fc.constant<ModelOutcome>('answers') },
  { weight: 2, arbitrary: fc.constantFrom<ModelOutcome>('breaks off', 'is silent', 'refuses') },
)
interface Worker {
  /** Whether it gets the token of the retry instead of the first one. */
  afterTimeout: boolean
  dies: boolean
}
/** Workers that all get the one stage. */
const workers: fc.Arbitrary<Worker[]> = fc.array(
  fc.record({ afterTimeout: fc.boolean(), dies: fc.boolean() }),
  { minLength: 2, maxLength: 5 },
)

const kept: KeptCase[] = [
  {
    seed: 7100,
    path: '167:0',
    when: 'a stage was committed by any worker',
  },
]

/** A run whose first stage is in the queue. */
const launch = async (world: Simulation, options: Omit<ServiceOptions, 'machine'>) => {
  const tasks: StageTask[] = []
  const machine = createSimulatedMachine({ turn: world.turn, send: (task) => tasks.push(task) })
  const answering = { machine, outcome: () => 'answers' as const }
  const { conversations, turns, launches } = servicesOn(world.process(), answering)
  const { run_id } = await world.calm(async () => {
    const { session } = await conversations.create(owner, { locale: 'ko-KR', mode: 'standard' })
    const { session_id: sessionId } = session
    await turns.run({ sessionId, principal: owner, message: messages.fill, input: 'text' })
    return launches.start(sessionId, owner)
  })
  expect(tasks).toHaveLength(1)

  const work = async ({ afterTimeout, dies }: Worker): Promise<void> => {
    if (afterTimeout) {
      await world.turn('time out')
      if (tasks.length === 1) machine.timeOut(run_id)
    }
    const task = tasks.find(
      ({ stage, retry }) => stage === 'research' && retry === Number(afterTimeout),
    )
    if (!task) return
    const process = world.process()
    if (dies) world.spawn(world.turn('kill').then(process.kill))
    const { stages } = servicesOn(process, { ...options, machine })
    // A worker's failure shows in what it left in the table.
    await Promise.race([stages.run(task), process.killed]).catch(() => {})
  }
  return { work }
}

it('one worker commits a stage, however many work on it, and all of their calls count', {
  timeout: propertyLimit(),
}, async () => {
  let committed = 0
  const play = async (
    world: Simulation,
    cast: Worker[],
    options: Omit<ServiceOptions, 'machine'>,
  ) => {
    const { work } = await launch(world, options)
    await Promise.all(cast.map(work))
    const stages = world.table.items().filter(({ SK }) => SK.startsWith('STAGE#'))
    // A later stage cannot begin: it has no worker here.
    for (const { SK } of stages) expect(SK).toBe(`STAGE#${stageNames[0]}`)
    committed += stages.filter(({ status }) => status === 'committed').length
  }
  const tried = await holds(
    fc.asyncProperty(
      fc.scheduler(),
      faults,
      workers,
      fc.array(outcome, { maxLength: 8 }),
      async (scheduler, bad, cast, outcomes) => {
        const rules = createCommitRules()
        const next = outcomes.values()
        let calls = 0
        const options = {
          outcome: () => next.next().value ?? 'answers',
          onStageCall: () => {
            calls += 1
          },
        }
        await simulate(scheduler, bad, (world) => play(world, cast, options), rules.check)
        expect(calls).toBeLessThanOrEqual(modelLimits.research.maxCalls)
      },
    ),
    { kept, short: 120, full: 1000 },
  )
  expect(committed, 'stages that were committed').toBeGreaterThan(0.4 * tried)
})
