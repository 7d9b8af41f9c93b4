import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { StudioError } from '../../shared/contracts/errors.ts'
import type { TurnResult } from '../../shared/services/turns/turn.ts'
import { createCommitRules } from '../support/simulation/commit-rules.ts'
import { holds, type KeptCase } from '../support/simulation/kept-cases.ts'
import { type ModelOutcome, sayings } from '../support/simulation/simulated-agents.ts'
import { createSimulatedMachine } from '../support/simulation/simulated-machine.ts'
import { servicesOn } from '../support/simulation/simulated-services.ts'
import { misfortune, simulate } from '../support/simulation/simulation.ts'

const owner = 'user_1'
const outcome = fc.oneof(
  { weight: 5, arbitrary: fc.constant<ModelOutcome>('answers') },
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
const deed = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('fill', 'unsure', 'chat' as const) },
  { weight: 2, arbitrary: fc.constantFrom('stop', 'sweep', 'kill' as const) },
)
/** Several people, or one with several windows; each does one thing after another. */
const people = fc.array(fc.array(deed, { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: 4,
})

interface Told {
  turns: TurnResult[]
  stops: number[]
  calls: number[]
}

const kept: KeptCase[] = [
  {
    seed: 7101,
    path: '8:0:0:0',
    when: 'an event could be written over',
  },
]

it('lets one turn at a time hold the session, and ends each in exactly one way', {
  timeout: 120_000,
}, async () => {
  await holds(
    fc.asyncProperty(
      fc.scheduler(),
      misfortune,
      people,
      fc.array(outcome, { maxLength: 6 }),
      async (scheduler, bad, deeds, outcomes) => {
        const rules = createCommitRules()
        const next = outcomes.values()
        const told: Told = { turns: [], stops: [], calls: [] }
        let sessionId = ''
        await simulate(
          scheduler,
          bad,
          async (world) => {
            const machine = createSimulatedMachine(
              world.turn,
              () => {},
              () => {},
            )
            const serve = (onTurnCall = () => {}) => {
              const process = world.process()
              const services = servicesOn(process, {
                machine,
                outcome: () => next.next().value ?? 'answers',
                onTurnCall,
              })
              return { process, ...services }
            }
            const { conversations, turnRecovery } = serve()
            const { session } = await world.calm(() =>
              conversations.create(owner, { locale: 'ko-KR', mode: 'standard' }),
            )
            sessionId = session.session_id

            const living = new Set<ReturnType<typeof serve>['process']>()
            const does = async (what: (typeof deeds)[number][number]): Promise<void> => {
              if (what === 'sweep') return turnRecovery.sweep()
              if (what === 'kill') return [...living].at(0)?.kill()
              let calls = 0
              const { process, turns } = serve(() => {
                calls += 1
              })
              living.add(process)
              const served = async (): Promise<void> => {
                if (what === 'stop') {
                  const { stopped, turn } = await turns.stop(sessionId, owner)
                  if (stopped) told.stops.push(turn)
                } else {
                  const message = sayings[what]
                  told.turns.push(
                    await turns.run({ sessionId, principal: owner, message, input: 'text' }),
                  )
                }
              }
              await Promise.race([served(), process.killed]).finally(() => {
                living.delete(process)
                told.calls.push(calls)
              })
            }
            const live = async (list: (typeof deeds)[number]): Promise<void> => {
              for (const each of list) {
                await world.turn(each)
                await does(each).catch((error: unknown) => {
                  // A broken connection aside, whoever asks hears a reason of the product's own.
                  if (!(error instanceof StudioError))
                    expect(error).toHaveProperty('name', 'ConnectionLost')
                })
              }
            }
            await Promise.all(deeds.map(live))
            // Minutes later, after the sweeper came by.
            for (let minute = 0; minute < 3; minute += 1) {
              await world.pass(60_000)
              await turnRecovery.sweep().catch(() => {})
            }
          },
          rules.judge,
        )

        const log = rules.events(sessionId)
        const started = log.flatMap((event) =>
          event.type === 'turn.started' ? [event.data.turn] : [],
        )
        const completed = log.flatMap((event) =>
          event.type === 'turn.completed' ? [event.data.turn] : [],
        )
        const failed = log.flatMap((event) => (event.type === 'error' ? [event.data.turn] : []))
        expect(started).toEqual(started.map((_, index) => index + 1))
        expect([...completed, ...failed].sort()).toEqual([...started].sort())
        for (const { turn } of told.turns) expect(completed).toContain(turn)
        for (const turn of told.stops) {
          const stops = log.filter(
            ({ type, data }) =>
              type === 'error' && 'code' in data && data.code === 'STOPPED' && data.turn === turn,
          )
          expect(stops).toHaveLength(1)
        }
        for (const calls of told.calls) expect(calls).toBeLessThanOrEqual(2)
      },
    ),
    { kept, runs: 1000 },
  )
})
