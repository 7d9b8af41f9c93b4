import { beforeEach, describe, expect, it, vi } from 'vitest'
import {
  earlyResearchService,
  earlyResearchTake,
} from '../../../functions/early-research-composition.ts'
import { earlySearchRepository, sessionRepository } from '../../../functions/repositories.ts'
import { sessionService } from '../../../functions/session-composition.ts'
import { turnService } from '../../../functions/turn-composition.ts'
import type { ModelClient, ModelEvent } from '../../../shared/clients/openai/model-client.ts'
import type { Run } from '../../../shared/repositories/run-output-repository.ts'
import { earlyResearchLimits, earlyResearchMs } from '../../../shared/rules/early-research.ts'
import { knownOf } from '../../../shared/rules/gate.ts'
import { readingLimits } from '../../../shared/rules/search-limits.ts'
import { sampleFindings, sampleResearch } from '../../support/model-server/samples.ts'
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

const end: ModelEvent[] = [
  { type: 'usage', usage: { input_tokens: 100, output_tokens: 10, total_tokens: 110 } },
  { type: 'end', id: 'resp_1', model: 'a-model', reason: 'complete' },
]

const { text, citations, sources } = sampleFindings
const found: ModelEvent[] = [
  { type: 'search', queries: ['핸드크림'], sources: sources.map((url) => ({ url, title: null })) },
  { type: 'text', text },
  ...citations.map(({ url, title, after }): ModelEvent => {
    const end = text.indexOf(after) + after.length
    return { type: 'citation', url, title, end, part: '0', partStart: 0 }
  }),
  ...end,
]
const shape: ModelEvent[] = [{ type: 'text', text: JSON.stringify(sampleResearch) }, ...end]

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

/** A run of the session, whose worker has its research. */
const runOf = async (sessionId: string) => {
  const clients = clientsOn({ store: storeOf(), clock })
  const session = await sessionRepository(clients).get(sessionId)
  const run = {
    ...{ run_id: `run_${'1'.repeat(26)}`, session_id: sessionId, mode: 'fast', locale: 'ko-KR' },
    brief: knownOf(session?.slots ?? {}),
  } as Run
  const leaseId = 'lease_of_run'
  const stage = { PK: `RUN#${run.run_id}`, SK: 'STAGE#research', stage: 'research' }
  table.write([{ put: { ...stage, status: 'working', lease_id: leaseId } }])
  const { signal } = new AbortController()
  return { open: () => earlyResearchTake(clients).open({ run, leaseId, signal }), run }
}

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
    const { model, signals } = modelOf(found, shape, found, found)
    await Promise.all([1, 2, 3].map(() => workerOn(model).search(sessionId)))
    await workerOn(model).search(sessionId)
    expect(signals).toHaveLength(2)
    expect(early()).toMatchObject([{ status: 'found', calls: 2, number: 1 }])
    const { early_research } = await sessions.view(sessionId, owner)
    expect(early_research).toMatchObject({
      status: 'found',
      searches: 1,
      run_id: null,
      usage: { calls: 2, calls_without_usage: 0, total_tokens: 220, search: { calls: 1 } },
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
    for (let calls = 2; calls <= earlyResearchLimits.maxCalls; calls += 1) {
      void workerOn(model).search(sessionId)
      await vi.waitFor(() => expect(signals).toHaveLength(calls))
      clock.pass(earlyResearchMs.claim + 1)
    }
    await workerOn(model).search(sessionId)
    expect(signals).toHaveLength(earlyResearchLimits.maxCalls)
    expect(early()).toMatchObject([{ status: 'failed', calls: earlyResearchLimits.maxCalls }])
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
    const { model, signals } = modelOf(...[1, 2, 3, 4].flatMap(() => [found, shape]))
    for (const _ of [1, 2, 3, 4]) {
      await workerOn(model).search(sessionId)
      clock.pass(readingLimits.keptMs)
    }
    expect(signals).toHaveLength(2 * earlyResearchLimits.searches)
  })

  it('is not begun for a session that is not there', async () => {
    const { model, signals } = modelOf(found)
    await workerOn(model).search(`sess_${'0'.repeat(26)}`)
    expect(signals).toEqual([])
    expect(early()).toEqual([])
  })
})

describe('findings that were being shaped when their worker died', () => {
  /** A session whose worker has died after so many calls, the last of which was never answered. */
  const died = async () => {
    const { sessionId, sessions } = await talkedAbout()
    const { model, signals } = modelOf(found)
    void workerOn(model).search(sessionId)
    await vi.waitFor(() => expect(signals).toHaveLength(2))
    return { sessionId, view: () => sessions.view(sessionId, owner) }
  }

  it('are shaped by another delivery, which makes no other search', async () => {
    const { sessionId, view } = await died()
    clock.pass(earlyResearchMs.claim + 1)
    const { model, signals } = modelOf(shape)
    await workerOn(model).search(sessionId)
    expect(signals).toHaveLength(1)
    expect(early()).toMatchObject([{ status: 'found', calls: 3 }])
    const [kept] = await earlySearchRepository({ store: storeOf(), clock }).lookUp(sessionId)
    expect(kept?.shaped?.output.market_signals).toEqual(sampleResearch.market_signals)
    expect((await view()).early_research).toMatchObject({
      status: 'found',
      usage: { calls: 3, calls_without_usage: 1, total_tokens: 220, search: { calls: 1 } },
    })
  })

  it('leave the search to a run, which waits for them no longer than their claim lives', async () => {
    const { sessionId, view } = await died()
    const { open, run } = await runOf(sessionId)
    let isOver = false
    const take = open()
    const taking = take.take().finally(() => {
      isOver = true
    })
    await new Promise((resolve) => setTimeout(resolve, 2 * earlyResearchMs.poll))
    expect(isOver).toBe(false)
    clock.pass(earlyResearchMs.claim + 1)
    const taken = await taking
    expect(taken?.findings).toMatchObject({ sources: sources.map((url) => ({ url })) })
    expect(taken?.shaped).toBeUndefined()
    await take.counted()
    expect(early()).toMatchObject([{ status: 'found', taken_by: run.run_id }])
    expect((await view()).early_research).toMatchObject({
      status: 'taken',
      usage: { calls: 2, calls_without_usage: 1, total_tokens: 110, search: { calls: 1 } },
    })
  })
})

it('what a search of before findings were shaped ahead had found is still read', async () => {
  const { sessionId } = await talkedAbout()
  const { model } = modelOf(found, shape)
  await workerOn(model).search(sessionId)
  const key = { PK: `SESSION#${sessionId}`, SK: 'EARLYFINDINGS#001' }
  table.write([{ put: { ...key, search: JSON.stringify({ queries: [] }) } }])
  const { open } = await runOf(sessionId)
  const take = open()
  expect(await take.take()).toEqual({ findings: { queries: [] }, shaped: undefined })
  await take.counted()
})
