import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { StudioError } from '../../shared/contracts/errors.ts'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import { modelLimits } from '../../shared/rules/model-limits.ts'
import { holds, type KeptCase, propertyLimit } from '../support/limits/properties.ts'
import { createCommitRules } from '../support/simulation/commit-rules.ts'
import { type ModelOutcome, messages } from '../support/simulation/simulated-agents.ts'
import { createSimulatedMachine } from '../support/simulation/simulated-machine.ts'
import { servicesOn } from '../support/simulation/simulated-services.ts'
import {
  faults,
  type SimulatedProcess,
  type Simulation,
  simulate,
} from '../support/simulation/simulation.ts'

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
type Action = keyof typeof messages | 'stop' | 'sweep' | 'kill'
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('fill', 'unsure', 'chat' as const) },
  { weight: 2, arbitrary: fc.constantFrom('stop', 'sweep', 'kill' as const) },
)
/** Several clients, or the windows of one; each does one thing after another. */
const clients = fc.array(fc.array(action, { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: 4,
})

const kept: KeptCase[] = [
  {
    seed: 7101,
    path: '8:0:0:0',
    when: 'an event could be written over',
  },
]

/** What clients were answered: turns that completed, turns that they stopped, calls of each request. */
interface Answers {
  turns: number[]
  stops: number[]
  calls: number[]
}

/** One session, and what clients do with it. */
const prepare = async (world: Simulation, outcomes: ModelOutcome[]) => {
  const machine = createSimulatedMachine({ turn: world.turn, send: () => {} })
  const next = outcomes.values()
  const serve = (onTurnCall = () => {}) => {
    const process = world.process()
    const nextOutcome = () => next.next().value ?? 'answers'
    return { process, ...servicesOn(process, { machine, outcome: nextOutcome, onTurnCall }) }
  }
  const { conversations, turnRecovery } = serve()
  const { session } = await world.calm(() =>
    conversations.create(owner, { locale: 'ko-KR', mode: 'standard' }),
  )
  const { session_id: sessionId } = session
  const answers: Answers = { turns: [], stops: [], calls: [] }
  const living = new Set<SimulatedProcess>()

  const ask = async (
    what: keyof typeof messages | 'stop',
    turns: ReturnType<typeof serve>['turns'],
  ): Promise<void> => {
    if (what === 'stop') {
      const { stopped, turn } = await turns.stop(sessionId, owner)
      if (stopped) answers.stops.push(turn)
    } else {
      const message = messages[what]
      const { turn } = await turns.run({ sessionId, principal: owner, message, input: 'text' })
      answers.turns.push(turn)
    }
  }
  const act = async (what: Action): Promise<void> => {
    if (what === 'sweep') return turnRecovery.sweep()
    if (what === 'kill') return [...living].at(0)?.kill()
    let calls = 0
    const { process, turns } = serve(() => {
      calls += 1
    })
    living.add(process)
    await Promise.race([ask(what, turns), process.killed]).finally(() => {
      living.delete(process)
      answers.calls.push(calls)
    })
  }
  return { sessionId, answers, act, sweep: turnRecovery.sweep }
}

/** Lets the clients act, and then minutes pass in which the sweeper comes by. */
const play = async (world: Simulation, actions: Action[][], outcomes: ModelOutcome[]) => {
  const { sessionId, answers, act, sweep } = await prepare(world, outcomes)
  const perform = async (list: Action[]): Promise<void> => {
    for (const each of list) {
      await world.turn(each)
      await act(each).catch((error: unknown) => {
        // Apart from a broken connection, the caller gets a reason of the product's own.
        if (!(error instanceof StudioError)) expect(error).toHaveProperty('name', 'ConnectionLost')
      })
    }
  }
  await Promise.all(actions.map(perform))
  for (let minute = 0; minute < 3; minute += 1) {
    await world.pass(60_000)
    // A sweep that lost its connection is made up for by the next.
    await sweep().catch(() => {})
  }
  return { sessionId, answers }
}

const expectOneEndEach = (log: StudioEvent[], answers: Answers): void => {
  const started = log.flatMap((event) => (event.type === 'turn.started' ? [event.data.turn] : []))
  const completed = log.flatMap((event) =>
    event.type === 'turn.completed' ? [event.data.turn] : [],
  )
  const failed = log.flatMap((event) => (event.type === 'error' ? [event.data.turn] : []))
  expect(started).toEqual(started.map((_, index) => index + 1))
  expect([...completed, ...failed].sort()).toEqual([...started].sort())
  for (const turn of answers.turns) expect(completed).toContain(turn)
  for (const turn of answers.stops) {
    const stops = log.filter(
      ({ type, data }) =>
        type === 'error' && 'code' in data && data.code === 'STOPPED' && data.turn === turn,
    )
    expect(stops).toHaveLength(1)
  }
  for (const calls of answers.calls) {
    expect(calls).toBeLessThanOrEqual(modelLimits.planner.maxCalls)
  }
}

it('one turn at a time holds the session, and each ends in exactly one way', {
  timeout: propertyLimit(),
}, async () => {
  await holds(
    fc.asyncProperty(
      fc.scheduler(),
      faults,
      clients,
      fc.array(outcome, { maxLength: 6 }),
      async (scheduler, bad, actions, outcomes) => {
        const rules = createCommitRules()
        const { sessionId, answers } = await simulate(
          scheduler,
          bad,
          (world) => play(world, actions, outcomes),
          rules.check,
        )
        expectOneEndEach(rules.events(sessionId), answers)
      },
    ),
    { kept, short: 120, full: 1000 },
  )
})
