import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { StudioError } from '../../shared/contracts/errors.ts'
import { createCommitRules } from '../support/simulation/commit-rules.ts'
import { holds, type KeptCase } from '../support/simulation/kept-cases.ts'
import { type ModelOutcome, sayings } from '../support/simulation/simulated-agents.ts'
import { createSimulatedPipeline, type Delivery } from '../support/simulation/simulated-pipeline.ts'
import { misfortune, simulate } from '../support/simulation/simulation.ts'

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
const deed = fc.oneof(
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
const people = fc.array(fc.array(deed, { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 3,
})

const kept: KeptCase[] = [
  {
    seed: 7100,
    path: '42:0:25:9:9:10',
    when: 'a stage was committed by whoever came',
  },
  {
    seed: 7107,
    path: '6:0:7:10:9',
    when: 'run and session moved on from anywhere',
  },
  {
    seed: 7001,
    path: '24:26:1:1:10:1:11:5:5:14:0:0:0:0:0:0:0:12:12:16',
    when: 'calls were not limited',
  },
  {
    seed: 7003,
    path: '90:0:0:0',
    when: 'a committed stage could be claimed',
  },
  {
    seed: 7005,
    path: '405:0:0',
    when: 'a resumed run kept its attempt',
  },
  {
    seed: 7006,
    path: '6:0:34',
    when: 'a worker worked on after its run had ended',
  },
]

it('ends every run, keeps run and session of one mind and every change on an arrow', {
  timeout: 120_000,
}, async () => {
  const ends = { DONE: 0, FAILED: 0, CANCELLED: 0 }
  await holds(
    fc.asyncProperty(
      fc.scheduler(),
      misfortune,
      people,
      fc.array(outcome, { maxLength: 12 }),
      fc.array(delivery, { maxLength: 12 }),
      async (scheduler, bad, deeds, outcomes, deliveries) => {
        const rules = createCommitRules()
        const next = outcomes.values()
        const nextDelivery = deliveries.values()
        /** Calls of the model by attempt and stage, as the model saw them. */
        const calls = new Map<string, number>()
        await simulate(
          scheduler,
          bad,
          async (world) => {
            const pipeline = createSimulatedPipeline(world, {
              outcome: () => next.next().value ?? 'answers',
              delivery: () => nextDelivery.next().value ?? 'once',
              onStageCall: ({ run_id, attempt }, stage) => {
                const key = `${run_id} ${attempt} ${stage}`
                calls.set(key, (calls.get(key) ?? 0) + 1)
              },
            })
            const { conversations, turns, launches, sessions } = pipeline.serve()
            const { session } = await world.calm(() =>
              conversations.create(owner, { locale: 'ko-KR', mode: 'standard' }),
            )
            const { session_id: sessionId } = session
            const say = (message: string) =>
              turns.run({ sessionId, principal: owner, message, input: 'text' })
            await world.calm(() => say(sayings.fill)).catch(() => {})
            const runId = async () => (await sessions.get(sessionId))?.run_id ?? 'run_none'
            const acts: Record<(typeof deeds)[number][number], () => unknown> = {
              generate: () => launches.start(sessionId, owner, { withJob: true }),
              cancel: async () => launches.cancel(await runId(), owner),
              resume: async () => launches.resume(await runId(), owner),
              'say fill': () => say(sayings.fill),
              'say unsure': () => say(sayings.unsure),
              stop: () => turns.stop(sessionId, owner),
              'time out': async () => pipeline.machine.timeOut(await runId()),
              kill: () => pipeline.killWorker(),
              'lose start': () => pipeline.machine.loseNextStart(),
              sweep: () => pipeline.sweep(),
            }
            const live = async (list: (typeof deeds)[number]): Promise<void> => {
              for (const each of list) {
                await world.turn(each)
                await Promise.resolve(acts[each]()).catch((error: unknown) => {
                  if (error instanceof StudioError) return
                  expect(['ConnectionLost', 'ConditionFailed']).toContain((error as Error).name)
                })
              }
            }
            await Promise.all(
              ['generate' as const, ...deeds].map((each) =>
                live(each === 'generate' ? [each] : each),
              ),
            )

            // Nothing may be stuck: with time and sweepers alone, every run comes to its end.
            const left = () =>
              world.table.items().filter(({ SK, OPEN }) => SK === 'RUN' && OPEN !== undefined)
            for (let minutes = 0; minutes < 15 && left().length > 0; minutes += 1) {
              await pipeline.sweep()
              for (let moment = 0; moment < 40; moment += 1) await world.turn('moment')
            }
            expect(left(), 'runs that nobody ends').toEqual([])
            for (const { SK, state } of world.table.items()) {
              if (
                SK === 'RUN' &&
                (state === 'DONE' || state === 'FAILED' || state === 'CANCELLED')
              ) {
                ends[state] += 1
              }
            }
          },
          rules.judge,
        )
        for (const [key, count] of calls) {
          expect(count, key).toBeLessThanOrEqual(key.endsWith('research') ? 3 : 2)
        }
      },
    ),
    { kept, runs: 1000 },
  )
  // The property would hold of a system that fails everything, too.
  expect(ends.DONE).toBeGreaterThan(ends.FAILED)
  expect(ends.FAILED).toBeGreaterThan(0)
  expect(ends.CANCELLED).toBeGreaterThan(0)
})
