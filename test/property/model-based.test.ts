import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { StageName } from '../../shared/contracts/agents.ts'
import { StudioError } from '../../shared/contracts/errors.ts'
import { evaluateGate } from '../../shared/rules/gate.ts'
import { isRunning } from '../../shared/rules/session-state.ts'
import { holds, type KeptCase, propertyLimit } from '../support/limits/properties.ts'
import { action } from '../support/simulation/client-actions.ts'
import { createCommitRules } from '../support/simulation/commit-rules.ts'
import { type ModelOutcome, messages } from '../support/simulation/simulated-agents.ts'
import { createSimulatedPipeline } from '../support/simulation/simulated-pipeline.ts'
import { type Simulation, simulate } from '../support/simulation/simulation.ts'
import { createLogAssembler } from '../support/studio/log-assembler.ts'
import { type Action, beginning, type Expected, follow } from '../support/studio/studio-model.ts'

const owner = 'user_1'
/** Moments in which the system must come to where the model is. */
const maxMoments = 2000
/** Time goes slowly: a stage that waits must not run out of it. */
const slowly = { requests: [], jumps: Array<number>(50_000).fill(5) }

const kept: KeptCase[] = [
  {
    seed: 7005,
    path: '1:1:2:8:8:8:6:6',
    when: 'a resumed run kept its attempt',
  },
]

/** A pipeline whose model does what the action that is under way wants. */
const createScriptedPipeline = (world: Simulation) => {
  const script = {
    turn: 'answers' as ModelOutcome,
    run: { until: 'end', ending: 'waits' } as Pick<
      Extract<Action, { until: unknown }>,
      'until' | 'ending'
    >,
    at: undefined as StageName | undefined,
    /** Lets go of the stages that wait. */
    waiting: [] as (() => void)[],
  }
  const pipeline = createSimulatedPipeline(world, {
    turnOutcome: () => script.turn,
    outcome: () =>
      script.run.ending === 'fails' && script.at === script.run.until ? 'refuses' : 'answers',
    delivery: () => 'once',
    onStageCall: (_, stage) => {
      script.at = stage
    },
    before: async (stage) => {
      if (script.run.ending !== 'waits' || stage !== script.run.until) return
      const { promise, resolve } = Promise.withResolvers<void>()
      script.waiting.push(resolve)
      await promise
    },
  })
  const release = (): void => {
    for (const resolve of script.waiting.splice(0)) resolve()
  }
  return { script, release, services: pipeline.serve() }
}

const prepare = async (world: Simulation) => {
  const { script, release, services } = createScriptedPipeline(world)
  const { conversations, events, sessions } = services
  const { session } = await conversations.create(owner, { locale: 'ko-KR', mode: 'standard' })
  const { session_id: sessionId } = session
  const replay = async (after: number): Promise<void> => {
    const page = await events.read(sessionId, after, 500)
    assembler.takeReplay({ ...page, next_after: null })
  }
  const assembler = createLogAssembler(sessionId, (after) => world.spawn(replay(after)))
  return {
    ...services,
    world,
    script,
    release,
    sessionId,
    assembler,
    runId: async () => (await sessions.get(sessionId))?.run_id ?? 'run_none',
  }
}
type Prepared = Awaited<ReturnType<typeof prepare>>

const say = (
  { turns, sessionId }: Prepared,
  message: string,
  input: 'text' | 'voice' = 'text',
): Promise<unknown> => turns.run({ sessionId, principal: owner, message, input })

/** A message that is stopped while the planner is silent. */
const sayAndStop = async (prepared: Prepared): Promise<unknown> => {
  const { script, turns, sessionId, world } = prepared
  script.turn = 'is silent'
  const said = say(prepared, messages.chat)
  // It is awaited below; until then its refusal is not unhandled.
  said.catch(() => {})
  while (!(await turns.stop(sessionId, owner)).stopped) await world.turn('moment')
  return said
}

const act = async (prepared: Prepared, action: Action): Promise<unknown> => {
  const { script, release, turns, launches, assembler, sessionId, runId } = prepared
  script.turn = 'answers'
  switch (action.does) {
    case 'say':
      return say(prepared, messages[action.what], action.input)
    case 'say in vain':
      script.turn = 'refuses'
      return say(prepared, messages.chat)
    case 'say and stop':
      return sayAndStop(prepared)
    case 'stop':
      return turns.stop(sessionId, owner)
    case 'cancel':
      return launches.cancel(await runId(), owner)
    case 'go on':
      script.run = { until: 'end', ending: 'waits' }
      return release()
    case 'reconnect':
      return assembler.ask()
    case 'generate':
      return launches.start(sessionId, owner)
    case 'resume':
      return launches.resume(await runId(), owner)
  }
}

/** Waits until the run is where the model is. */
const arrive = async ({ world }: Prepared, { run }: Expected): Promise<void> => {
  for (let moment = 0; moment < maxMoments; moment += 1) {
    const found = world.table.items().findLast(({ SK }) => SK === 'RUN')
    if (found?.state === run?.state && found?.stage === run?.stage) return
    await world.turn('moment')
  }
}

const stateOf = async ({ sessions, runs, sessionId }: Prepared) => {
  const session = await sessions.get(sessionId)
  const found = session?.run_id ? await runs.get(session.run_id) : undefined
  return {
    state: session?.state,
    turn: session?.turn,
    ready: evaluateGate(session?.slots ?? {}).ready,
    leased: session?.lease !== undefined,
    run: found && {
      state: found.run.state,
      stage: found.run.stage,
      attempt: found.run.attempt,
    },
  }
}

/** Does one thing, and compares what came of it with the rules. */
const step = async (
  prepared: Prepared,
  action: Action,
  { next, refusal }: ReturnType<typeof follow>,
): Promise<void> => {
  if (refusal === undefined && 'until' in action) prepared.script.run = action
  const answer = await act(prepared, action).then(
    () => undefined,
    (error: unknown) => (error instanceof StudioError ? error.code : error),
  )
  expect(answer, JSON.stringify(action)).toBe(refusal)
  await arrive(prepared, next)
  expect(await stateOf(prepared), JSON.stringify(action)).toEqual({
    state: next.state,
    turn: next.turn,
    ready: next.slots === 'fill',
    leased: false,
    run: next.run,
  })
}

/** Does all of it; answers with the states that the session was in. */
const play = async (world: Simulation, actions: Action[]): Promise<string[]> => {
  const prepared = await prepare(world)
  const { release, launches, runId, events, assembler, sessionId } = prepared
  let expected = beginning
  const reached: string[] = []
  for (const each of actions) {
    const followed = follow(expected, each)
    await step(prepared, each, followed)
    expected = followed.next
    reached.push(expected.state)
  }
  if (isRunning(expected.state)) await launches.cancel(await runId(), owner)
  release()
  const { events: stored } = await events.read(sessionId, 0, 5000)
  assembler.ask()
  while (assembler.events().length < stored.length) await world.turn('moment')
  expect(assembler.events().slice(0, stored.length)).toEqual(stored)
  return reached
}

it('a session is in the state that the pure rules say, whatever a client does in whatever order', {
  timeout: propertyLimit(),
}, async () => {
  const reached = new Set<string>()
  const tried = await holds(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(action, { minLength: 1, maxLength: 12 }),
      async (scheduler, actions) => {
        const { check } = createCommitRules()
        const states = await simulate(scheduler, slowly, (world) => play(world, actions), check)
        for (const state of states) reached.add(state)
      },
    ),
    { kept, short: 120, full: 1000 },
  )
  // A budget that ends early leaves no time for all of them.
  if (tried < 100) return
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
