import { beforeEach, describe, expect, it, vi } from 'vitest'
import { earlyResearchService } from '../../../functions/early-research-composition.ts'
import { sessionService } from '../../../functions/session-composition.ts'
import { turnService } from '../../../functions/turn-composition.ts'
import type { ModelClient, ModelEvent } from '../../../shared/clients/openai/model-client.ts'
import { earlyResearchLimits, earlyResearchMs } from '../../../shared/rules/early-research.ts'
import { readingLimits } from '../../../shared/rules/search-limits.ts'
import { createMemoryTable, type MemoryTable } from '../../support/simulation/memory-table.ts'
import { createSimulatedModel, messages } from '../../support/simulation/simulated-agents.ts'
import { clientsOn } from '../../support/simulation/simulated-services.ts'
import { createSimulatedStore } from '../../support/simulation/simulated-store.ts'

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

const found: ModelEvent[] = [
  { type: 'search', queries: ['핸드크림'], sources: [{ url: 'https://a.example/', title: null }] },
  { type: 'text', text: '늘었다.' },
  {
    type: 'citation',
    url: 'https://a.example/',
    title: 'A',
    end: null,
    part: '0',
    partStart: 0,
  },
  { type: 'usage', usage: { input_tokens: 100, output_tokens: 10, total_tokens: 110 } },
  { type: 'end', id: 'resp_1', model: 'a-model', reason: 'complete' },
]

/** A model that answers as it is told to; a call whose answer is undefined is never answered. */
const modelOf = (...answers: (ModelEvent[] | Error | undefined)[]) => {
  const signals: AbortSignal[] = []
  const model: ModelClient = {
    async stream(_, signal) {
      const answer = answers[signals.push(signal) - 1]
      if (answer === undefined) return new Promise(() => {})
      if (answer instanceof Error) throw answer
      return (async function* () {
        yield* answer
      })()
    },
  }
  return { model, signals }
}

let clock: ReturnType<typeof createClock>
let table: MemoryTable
beforeEach(() => {
  clock = createClock()
  table = createMemoryTable()
})

const storeOf = () => createSimulatedStore(table, clock)

/** A session in fast mode whose brief was filled in one turn, and what it asked the queue for. */
const talkedAbout = async (mode: 'fast' | 'standard' = 'fast') => {
  const asked: object[] = []
  const clients = clientsOn({
    store: storeOf(),
    clock,
    model: createSimulatedModel(
      async () => {},
      () => 'answers',
    ),
    earlyResearches: async () => ({
      send: async (bodies) => {
        asked.push(...bodies)
      },
    }),
  })
  const { session } = await sessionService(clients).create(owner, { locale: 'ko-KR', mode })
  const { session_id: sessionId } = session
  const talk = () =>
    turnService(clients).run({ sessionId, principal: owner, message: messages.fill, input: 'text' })
  await talk()
  return { sessionId, asked, talk, sessions: sessionService(clients) }
}

/** A worker in a process of its own. */
const workerOn = (model: ModelClient) =>
  earlyResearchService(
    clientsOn({
      store: storeOf(),
      clock,
      model,
      searchRoutes: async () => [{ kind: 'hosted' }],
    }),
  )

const early = () => table.items().filter(({ SK }) => SK.startsWith('EARLY#'))

describe('a turn', () => {
  it('asks for one search when it makes the subject known, and for none with the next', async () => {
    const { sessionId, asked, talk } = await talkedAbout()
    expect(asked).toEqual([{ session_id: sessionId }])
    await talk()
    expect(asked).toHaveLength(1)
  })

  it('asks for none in standard mode', async () => {
    const { asked } = await talkedAbout('standard')
    expect(asked).toEqual([])
  })
})

describe('a search ahead of a run', () => {
  it('is made once, however often and at once its message is delivered', async () => {
    const { sessionId, sessions } = await talkedAbout()
    const { model, signals } = modelOf(found, found, found)
    await Promise.all([1, 2, 3].map(() => workerOn(model).search(sessionId)))
    await workerOn(model).search(sessionId)
    expect(signals).toHaveLength(1)
    expect(early()).toMatchObject([{ status: 'found', calls: 1, number: 1 }])
    const { early_research } = await sessions.view(sessionId, owner)
    expect(early_research).toMatchObject({
      status: 'found',
      searches: 1,
      run_id: null,
      usage: { calls: 1, calls_without_usage: 0, total_tokens: 110, search: { calls: 1 } },
    })
  })

  it('is gone on with when its worker has died, with no more calls than one search may have', async () => {
    const { sessionId, sessions } = await talkedAbout()
    const { model, signals } = modelOf()
    void workerOn(model).search(sessionId)
    await vi.waitFor(() => expect(signals).toHaveLength(1))
    await workerOn(model).search(sessionId)
    expect(signals, 'while the first lives').toHaveLength(1)

    clock.pass(earlyResearchMs.claim + 1)
    const { early_research } = await sessions.view(sessionId, owner)
    expect(early_research).toMatchObject({ status: 'failed', usage: { calls_without_usage: 1 } })
    void workerOn(model).search(sessionId)
    await vi.waitFor(() => expect(signals).toHaveLength(2))
    clock.pass(earlyResearchMs.claim + 1)
    await workerOn(model).search(sessionId)
    expect(signals).toHaveLength(earlyResearchLimits.maxCalls)
    expect(early()).toMatchObject([{ status: 'failed', calls: 2 }])
  })

  it('that failed is not made again for the same subject', async () => {
    const { sessionId } = await talkedAbout()
    const { model, signals } = modelOf(new Error('No.'), found)
    await workerOn(model).search(sessionId)
    await workerOn(model).search(sessionId)
    expect(signals).toHaveLength(1)
    expect(early()).toMatchObject([{ status: 'failed' }])
  })

  it('is made again when it is too old for a run, and three times in all', async () => {
    const { sessionId } = await talkedAbout()
    const { model, signals } = modelOf(found, found, found, found)
    for (const _ of [1, 2, 3, 4]) {
      await workerOn(model).search(sessionId)
      clock.pass(readingLimits.keptMs)
    }
    expect(signals).toHaveLength(earlyResearchLimits.searches)
  })

  it('is not begun for a session that is not there', async () => {
    const { model, signals } = modelOf(found)
    await workerOn(model).search(`sess_${'0'.repeat(26)}`)
    expect(signals).toEqual([])
    expect(early()).toEqual([])
  })
})
