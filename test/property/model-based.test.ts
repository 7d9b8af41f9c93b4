import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { StageName } from '../../shared/contracts/agents.ts'
import { StudioError } from '../../shared/contracts/errors.ts'
import type { Run } from '../../shared/repositories/run-output-repository.ts'
import { evaluateGate } from '../../shared/rules/gate.ts'
import { isRunning } from '../../shared/rules/session-state.ts'
import { createCommitRules } from '../support/simulation/commit-rules.ts'
import { deed } from '../support/simulation/deeds.ts'
import { holds, type KeptCase } from '../support/simulation/kept-cases.ts'
import { type ModelOutcome, sayings } from '../support/simulation/simulated-agents.ts'
import { createSimulatedPipeline } from '../support/simulation/simulated-pipeline.ts'
import { simulate } from '../support/simulation/simulation.ts'
import { createLogAssembler } from '../support/studio/log-assembler.ts'
import { beginning, type Deed, follow } from '../support/studio/studio-model.ts'

const owner = 'user_1'
/** Moments in which the system must come to where the model is. */
const momentsMost = 2000
const slowly = Array<number>(50_000).fill(5)

const kept: KeptCase[] = [
  {
    seed: 7005,
    path: '1:1:2:8:8:8:6:6',
    when: 'a resumed run kept its attempt',
  },
]

it('is in the state that the pure rules say, whatever a person does in whatever order', {
  timeout: 120_000,
}, async () => {
  const reached = new Set<string>()
  await holds(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(deed, { minLength: 1, maxLength: 12 }),
      async (scheduler, deeds) => {
        const rules = createCommitRules()
        await simulate(
          scheduler,
          // Time goes slowly: a stage that waits must not run out of it.
          { fates: [], jumps: slowly },
          async (world) => {
            let turnOutcome: ModelOutcome = 'answers'
            let wanted: { until: StageName | 'end'; ending: 'waits' | 'fails' } = {
              until: 'end',
              ending: 'waits',
            }
            const waiting: { release: () => void; stage: StageName }[] = []
            const pipeline = createSimulatedPipeline(world, {
              turnOutcome: () => turnOutcome,
              outcome: () =>
                wanted.ending === 'fails' && at === wanted.until ? 'refuses' : 'answers',
              delivery: () => 'once',
              onStageCall: (_, stage) => {
                at = stage
              },
              before: async (stage) => {
                if (wanted.ending !== 'waits' || stage !== wanted.until) return
                const gate = Promise.withResolvers<void>()
                waiting.push({ release: gate.resolve, stage })
                await gate.promise
              },
            })
            let at: StageName | undefined
            const { conversations, turns, launches, sessions, runs, events } = pipeline.serve()
            const { session } = await conversations.create(owner, {
              locale: 'ko-KR',
              mode: 'standard',
            })
            const { session_id: sessionId } = session
            const resumed = async (after: number): Promise<void> => {
              assembler.takeReplay({
                ...(await events.read(sessionId, after, 500)),
                next_after: null,
              })
            }
            const assembler = createLogAssembler((after) => world.spawn(resumed(after)))
            const runId = async () => (await sessions.get(sessionId))?.run_id ?? 'run_none'
            const say = (message: string, input: 'text' | 'voice' = 'text') =>
              turns.run({ sessionId, principal: owner, message, input })

            const act = async (each: Deed): Promise<unknown> => {
              turnOutcome = 'answers'
              switch (each.does) {
                case 'say':
                  return say(sayings[each.what], each.input)
                case 'say in vain':
                  turnOutcome = 'refuses'
                  return say(sayings.chat)
                case 'say and stop': {
                  turnOutcome = 'is silent'
                  const said = say(sayings.chat)
                  said.catch(() => {})
                  while (!(await turns.stop(sessionId, owner)).stopped) await world.turn('moment')
                  return said
                }
                case 'stop':
                  return turns.stop(sessionId, owner)
                case 'cancel':
                  return launches.cancel(await runId(), owner)
                case 'go on':
                  wanted = { until: 'end', ending: 'waits' }
                  for (const { release } of waiting.splice(0)) release()
                  return undefined
                case 'reconnect':
                  return assembler.ask()
                case 'generate':
                  return launches.start(sessionId, owner)
                case 'resume':
                  return launches.resume(await runId(), owner)
              }
            }

            let expected = beginning
            for (const each of deeds) {
              const { next, refusal } = follow(expected, each)
              if (refusal === undefined && 'until' in each) wanted = each
              const answer = await act(each).then(
                () => undefined,
                (error: unknown) => (error instanceof StudioError ? error.code : error),
              )
              expect(answer, JSON.stringify(each)).toBe(refusal)
              expected = next
              reached.add(expected.state)
              const runOf = (): Run | undefined =>
                world.table
                  .items()
                  .filter(({ SK }) => SK === 'RUN')
                  .at(-1) as Run | undefined
              for (let moment = 0; moment < momentsMost; moment += 1) {
                const run = runOf()
                if (run?.state === expected.run?.state && run?.stage === expected.run?.stage) break
                await world.turn('moment')
              }
              const found = await sessions.get(sessionId)
              const run = found?.run_id ? await runs.get(found.run_id) : undefined
              expect(
                {
                  state: found?.state,
                  turn: found?.turn,
                  ready: evaluateGate(found?.slots ?? {}).ready,
                  leased: found?.lease !== undefined,
                  run: run && {
                    state: run.run.state,
                    stage: run.run.stage,
                    attempt: run.run.attempt,
                  },
                },
                JSON.stringify(each),
              ).toEqual({
                state: expected.state,
                turn: expected.turn,
                ready: expected.slots === 'fill',
                leased: false,
                run: expected.run,
              })
            }
            if (isRunning(expected.state)) await launches.cancel(await runId(), owner)
            for (const { release } of waiting) release()
            const { events: stored } = await events.read(sessionId, 0, 5000)
            assembler.ask()
            while (assembler.events().length < stored.length) await world.turn('moment')
            expect(assembler.events().slice(0, stored.length)).toEqual(stored)
          },
          rules.judge,
        )
      },
    ),
    { kept, runs: 1000 },
  )
  expect([...reached].sort()).toEqual([
    'BRIEF_READY',
    'CHAT_COLLECTING',
    'DONE',
    'FAILED',
    'GEN_CREATIVES',
    'GEN_STRATEGY',
    'RUN_RESEARCH',
  ])
})
