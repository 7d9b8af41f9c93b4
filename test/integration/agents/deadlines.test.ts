import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { plan } from '../../../shared/agents/planner-agent.ts'
import { strategize } from '../../../shared/agents/strategy-agent.ts'
import { StudioError } from '../../../shared/contracts/errors.ts'
import { deadline } from '../../support/limits/machine-speed.ts'
import {
  agentsOn,
  askPlanner,
  elementListener,
  failureOf,
  plannerInput,
} from '../../support/model-server/agents.ts'
import { type Answer, answers } from '../../support/model-server/answers.ts'
import { type ModelServer, startModelServer } from '../../support/model-server/model-server.ts'
import { sampleBrief, samplePlanner, sampleResearched } from '../../support/model-server/samples.ts'

let server: ModelServer
beforeAll(async () => {
  server = await startModelServer()
})
beforeEach(() => {
  server.reset()
  vi.stubEnv('PLANNER_DEADLINE_MS', `${deadline(1500)}`)
})
afterEach(() => vi.unstubAllEnvs())
afterAll(() => server.stop())

const turn = (more = {}, input = {}) => askPlanner(server, more, input)
const strategy = (more = {}) => {
  const listener = elementListener()
  const agents = agentsOn(server, more)
  const input = { locale: 'ko-KR' as const, brief: sampleBrief, research: sampleResearched }
  return { listener, agents, output: strategize(agents, input, listener) }
}

describe('the deadline', () => {
  const short = deadline(500)
  const hangs: [string, () => Answer][] = [
    ['no first byte', () => answers.silence()],
    ['headers alone', () => answers.json(samplePlanner, { ending: 'stall', endAfter: 0 })],
    ['a pause in the middle', () => answers.json(samplePlanner, { ending: 'stall', endAfter: 8 })],
    [
      'a slow drip',
      // Some three hundred pieces, of which twenty come in time.
      () => answers.json(samplePlanner, { chunkCharacters: 1, pace: { between: short / 20 } }),
    ],
  ]

  test.each(hangs)('spans the whole stream: %s', async (_, hang) => {
    vi.stubEnv('PLANNER_DEADLINE_MS', `${short}`)
    server.respond(hang)
    const { reply, agents } = turn()
    expect(await failureOf(reply)).toMatchObject({ code: 'TURN_TIMEOUT', retryable: true })
    // Counted where a call is made: on a busy machine the deadline may come before its arrival.
    expect(agents.counted).toHaveLength(2)
  })

  test('of another stage has its own code', async () => {
    vi.stubEnv('STRATEGY_DEADLINE_MS', '60')
    server.respond(() => answers.silence())
    expect((await failureOf(strategy().output)).code).toBe('STAGE_TIMEOUT')
  })

  test('of the second try is what the first has left of the budget', async () => {
    server.script('planner', answers.status(500))
    server.respond(() => answers.silence())
    vi.stubEnv('PLANNER_DEADLINE_MS', '1500')
    // A clock on which 2.8 s of the 3 s for both tries are gone after the first.
    let readings = 0
    const clock = { now: () => (readings++ < 2 ? 0 : 2800) }
    const error = await failureOf(turn({ clock }).reply)
    expect(error.message).toBe('The planner agent did not finish within 0.2 s.')
  })

  test.each([
    ['a little', 300_000, 20_000, 2],
    ['most of it', 300_000, 24_500, 1],
    ['most of it, of a longer deadline still', 390_000, 24_500, 1],
  ])(
    'of a route that ends sooner: a first try that took %s leaves what is really left',
    async (_, deadlineMs, took, calls) => {
      vi.stubEnv('PLANNER_DEADLINE_MS', `${deadlineMs}`)
      server.script('planner', answers.status(500), answers.json(samplePlanner))
      let readings = 0
      const clock = { now: () => (readings++ < 2 ? 0 : took) }
      const { reply, agents } = turn({ clock, until: 26_000 })
      const ended = await reply.then(
        () => 'answered',
        (error) => error.code,
      )
      expect(ended).toBe(calls === 2 ? 'answered' : 'UPSTREAM_ERROR')
      expect(agents.counted).toHaveLength(calls)
    },
  )

  test('of a route that ends sooner is that of its first try too', async () => {
    vi.stubEnv('PLANNER_DEADLINE_MS', '300000')
    server.respond(() => answers.silence())
    const { reply } = turn({ clock: { now: () => 0 }, until: 150 })
    expect((await failureOf(reply)).message).toBe('The planner agent did not finish within 0.15 s.')
  })

  test('leaves no second try where the first took all the time', async () => {
    vi.stubEnv('PLANNER_DEADLINE_MS', '100')
    server.respond(() => answers.silence())
    // A clock on which 195 ms of the 200 ms for both tries are gone after the first.
    let readings = 0
    const clock = { now: () => (readings++ < 2 ? 0 : 195) }
    const { reply, agents } = turn({ clock })
    expect((await failureOf(reply)).code).toBe('TURN_TIMEOUT')
    expect(agents.counted).toHaveLength(1)
  })
})

describe('from outside', () => {
  test.each([
    ['before the first byte', () => answers.silence()],
    ['in the middle', () => answers.json(samplePlanner, { ending: 'stall', endAfter: 8 })],
    ['in the wait for a second try', () => answers.rateLimited('20')],
  ])('a stop ends the work at once, with its reason: %s', async (_, answer) => {
    vi.stubEnv('PLANNER_DEADLINE_MS', '20000')
    server.respond(answer)
    const stop = new AbortController()
    const { reply } = turn({ signal: stop.signal })
    reply.catch(() => {})
    await server.until(() => server.calls.length === 1)
    const stoppedAt = Date.now()
    const reason = new StudioError('TURN_IN_PROGRESS', 'The lease is lost.')
    stop.abort(reason)
    await expect(reply).rejects.toBe(reason)
    // Sooner than the deadline or the wait would have ended it.
    expect(Date.now() - stoppedAt).toBeLessThan(15_000)
    expect(server.calls).toHaveLength(1)
  })

  test('a stop before the start calls no model', async () => {
    const reason = new Error('gone')
    const { reply, agents } = turn({ signal: AbortSignal.abort(reason) })
    await expect(reply).rejects.toBe(reason)
    expect(server.calls).toHaveLength(0)
    expect(agents.counted).toEqual([])
  })

  test('a count that forbids the call is the end of it, whatever it says', async () => {
    const full = new StudioError('UPSTREAM_ERROR', 'twice already')
    const countCall = vi.fn(async () => {
      if (countCall.mock.calls.length > 1) throw full
    })
    server.respond(() => answers.status(500))
    await expect(turn({ countCall }).reply).rejects.toBe(full)
    expect(server.calls).toHaveLength(1)
  })

  test('a listener that fails is not mistaken for a model that fails', async () => {
    server.respond(() => answers.json(samplePlanner))
    const broken = new Error('the listener broke')
    const reply = plan(agentsOn(server), plannerInput(), {
      onSlotUpdates() {},
      onText() {
        throw broken
      },
    })
    await expect(reply).rejects.toBe(broken)
    expect(server.calls).toHaveLength(1)
  })
})
