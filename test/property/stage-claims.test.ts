import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { stageNames } from '../../shared/contracts/agents.ts'
import type { StageTask } from '../../shared/contracts/pipeline.ts'
import { createCommitRules } from '../support/simulation/commit-rules.ts'
import { holds, type KeptCase } from '../support/simulation/kept-cases.ts'
import { type ModelOutcome, sayings } from '../support/simulation/simulated-agents.ts'
import { createSimulatedMachine } from '../support/simulation/simulated-machine.ts'
import { servicesOn } from '../support/simulation/simulated-services.ts'
import { misfortune, type SimulatedProcess, simulate } from '../support/simulation/simulation.ts'

const owner = 'user_1'
const outcome = fc.oneof(
  { weight: 4, arbitrary: fc.constant<ModelOutcome>('answers') },
  { weight: 2, arbitrary: fc.constantFrom<ModelOutcome>('breaks off', 'is silent', 'refuses') },
)
/** Workers that get the one stage: with its first token or its retry's, some of them killed. */
const workers = fc.array(fc.record({ afterTimeout: fc.boolean(), dies: fc.boolean() }), {
  minLength: 2,
  maxLength: 5,
})

const kept: KeptCase[] = [
  {
    seed: 7100,
    path: '167:0',
    when: 'a stage was committed by whoever came',
  },
]

it('lets one worker commit a stage, however many have it, and counts their calls', {
  timeout: 120_000,
}, async () => {
  let committed = 0
  await holds(
    fc.asyncProperty(
      fc.scheduler(),
      misfortune,
      workers,
      fc.array(outcome, { maxLength: 8 }),
      async (scheduler, bad, cast, outcomes) => {
        const rules = createCommitRules()
        const next = outcomes.values()
        let calls = 0
        await simulate(
          scheduler,
          bad,
          async (world) => {
            const tasks: StageTask[] = []
            const machine = createSimulatedMachine(
              world.turn,
              (task) => tasks.push(task),
              () => {},
            )
            const serve = (process: SimulatedProcess) =>
              servicesOn(process, {
                machine,
                outcome: () => next.next().value ?? 'answers',
                onStageCall: () => {
                  calls += 1
                },
              })
            const { conversations, turns, launches } = servicesOn(world.process(), {
              machine,
              outcome: () => 'answers',
            })
            const { run_id } = await world.calm(async () => {
              const mode = 'standard'
              const { session } = await conversations.create(owner, { locale: 'ko-KR', mode })
              const { session_id: sessionId } = session
              const message = sayings.fill
              await turns.run({ sessionId, principal: owner, message, input: 'text' })
              return launches.start(sessionId, owner)
            })
            const [first] = tasks
            if (!first) throw new Error('The machine sent no task.')

            const work = async ({ afterTimeout, dies }: (typeof cast)[number]): Promise<void> => {
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
              const { stages } = serve(process)
              await Promise.race([stages.run(task), process.killed]).catch(() => {})
            }
            await Promise.all(cast.map(work))
            for (const { SK, status } of world.table.items()) {
              if (SK === 'STAGE#research' && status === 'committed') committed += 1
              // A later stage cannot begin: nobody works on it.
              expect(SK.startsWith('STAGE#') ? SK : `STAGE#${stageNames[0]}`).toBe('STAGE#research')
            }
          },
          rules.judge,
        )
        expect(calls).toBeLessThanOrEqual(3)
      },
    ),
    { kept, runs: 1000 },
  )
  expect(committed, 'stages committed in 1000 runs').toBeGreaterThan(400)
})
