import { beforeEach, describe, expect, it } from 'vitest'
import type { Page, Range, Store } from '../../../shared/clients/store.ts'
import { stageNames } from '../../../shared/contracts/agents.ts'
import type { EventDraft } from '../../../shared/contracts/events.ts'
import { createErasureRepository } from '../../../shared/repositories/erasure-repository.ts'
import { createEventRepository } from '../../../shared/repositories/event-repository.ts'
import { createJobRepository } from '../../../shared/repositories/job-repository.ts'
import {
  createRunOutputRepository,
  type Run,
} from '../../../shared/repositories/run-output-repository.ts'
import { eventKey } from '../../../shared/repositories/table-keys.ts'
import { sampleBrief } from '../../support/model-server/samples.ts'
import { createMemoryTable, type MemoryTable } from '../../support/simulation/memory-table.ts'
import { createSimulatedStore } from '../../support/simulation/simulated-store.ts'

const start = Date.parse('2026-11-22T00:00:00.000Z')
const clock = { now: () => start }
const sessionId = 'sess_1'

let table: MemoryTable
let asked: Range[]
beforeEach(() => {
  table = createMemoryTable()
  asked = []
})

/** DynamoDB ends a page at 1 MB: here that is so many items. */
const storeWithPages = (pageItems: number): Store => {
  const store = createSimulatedStore(table, clock)
  return {
    ...store,
    query(range): Promise<Page> {
      asked.push(range)
      const limit = Math.min(range.limit ?? pageItems, pageItems)
      return store.query({ ...range, limit })
    },
  }
}

const runOf = (number: number, session_id = sessionId): Run => ({
  run_id: `run_${String(number).padStart(26, '0')}`,
  session_id,
  owner: 'user_1',
  locale: 'ko-KR',
  mode: 'standard',
  brief: sampleBrief,
  state: 'RUN_RESEARCH',
  stage: 'research',
  attempt: 1,
  created_at: new Date(start).toISOString(),
  updated_at: new Date(start).toISOString(),
})

const delta = (text: string): EventDraft => ({
  type: 'planner.delta',
  data: { text, turn: 1, try: 1 },
})

describe('a log', () => {
  const prepare = async (length: number, pageItems: number) => {
    const log = createEventRepository(storeWithPages(pageItems), clock)
    const writer = log.writer(sessionId, { tail: 0 })
    for (let number = 1; number <= length; number += 1) await writer.append([delta(`${number}`)])
    asked = []
    return log
  }
  const seqs = (events: { seq: number }[]): number[] => events.map(({ seq }) => seq)
  const numbers = (from: number, to: number): number[] =>
    Array.from({ length: to - from + 1 }, (_, index) => from + index)

  it('is read up to the limit, however short its pages are', async () => {
    const log = await prepare(10, 3)
    const { events, complete } = await log.read(sessionId, 1, 7)
    expect(seqs(events)).toEqual(numbers(2, 8))
    expect(complete).toBe(false)
    expect(asked.map(({ limit }) => limit)).toEqual([8, 5, 2])
    const rest = await log.read(sessionId, 8, 7)
    expect(seqs(rest.events)).toEqual([9, 10])
    expect(rest.complete).toBe(true)
  })

  it.each([
    [5, 3],
    [6, 3],
    [7, 4],
  ])('is read up to a gap at %i, and one page was asked for behind it', async (missing, pages) => {
    const log = await prepare(10, 3)
    table.erase([eventKey(sessionId, missing)])
    const { events, complete } = await log.read(sessionId, 0, 100)
    expect(seqs(events)).toEqual(numbers(1, missing - 1))
    expect(complete).toBe(true)
    expect(asked).toHaveLength(pages)
  })

  it('is read back over pages, and no further than asked', async () => {
    const log = await prepare(10, 3)
    expect(seqs(await log.readBack(sessionId, ({ seq }) => seq === 6))).toEqual(numbers(6, 10))
    expect(asked).toHaveLength(2)
    expect(seqs(await log.readBack(sessionId, () => false))).toEqual(numbers(1, 10))
  })

  it('is caught up with over pages', async () => {
    const log = await prepare(10, 3)
    const foreign: number[] = []
    const writer = log.writer(sessionId, {
      tail: 2,
      onForeign: (news) => foreign.push(...seqs(news)),
    })
    await writer.append([delta('mine')])
    expect(foreign).toEqual(numbers(3, 10))
    expect(await log.lastSeq(sessionId)).toBe(11)
  })
})

describe("an owner's runs", () => {
  const total = 230
  const prepare = async (pageItems: number) => {
    const store = storeWithPages(pageItems)
    const runs = createRunOutputRepository(store, clock)
    for (let number = 1; number <= total; number += 1) {
      await store.write([runs.create(runOf(number, `sess_${number % 3}`))])
    }
    asked = []
    return runs
  }
  const idsOf = (belongs: (number: number) => boolean): string[] =>
    Array.from({ length: total }, (_, index) => total - index)
      .filter(belongs)
      .map((number) => runOf(number).run_id)

  it.each([
    ['all', 1, 100, undefined],
    ['all', 50, 7, undefined],
    ['all', total, 1000, undefined],
    ['of one session', 1, 1000, 'sess_2'],
    ['of one session', 20, 1000, 'sess_2'],
    ['of one session', 20, 9, 'sess_2'],
    ['of one session', 500, 1000, 'sess_2'],
  ] as const)(
    'are listed once each, newest first: %s, by %i',
    async (_, limit, pageItems, sessionOf) => {
      const runs = await prepare(pageItems)
      const listed: string[] = []
      let after: string | null = null
      do {
        const page = await runs.list('user_1', {
          limit,
          ...(after ? { after } : {}),
          ...(sessionOf ? { sessionId: sessionOf } : {}),
        })
        expect(page.runs.length).toBeLessThanOrEqual(limit)
        listed.push(...page.runs.map(({ run_id }) => run_id))
        after = page.next
      } while (after)
      expect(listed).toEqual(idsOf((number) => !sessionOf || sessionOf === `sess_${number % 3}`))
    },
  )

  it('are listed with one request that asks for no more than the page', async () => {
    const runs = await prepare(1000)
    const { next } = await runs.list('user_1', { limit: 20 })
    expect(asked.map(({ limit }) => limit)).toEqual([20])
    expect(next).toBe(runOf(total - 19).run_id)
  })

  it('are all of them, over pages, like jobs', async () => {
    const runs = await prepare(100)
    expect((await runs.listAll('user_1')).map(({ run_id }) => run_id)).toEqual(idsOf(() => true))
    expect(asked).toHaveLength(3)
    const store = storeWithPages(2)
    const jobs = createJobRepository(store, clock)
    const ids = ['job_1', 'job_2', 'job_3']
    for (const job_id of ids) {
      const { run_id, session_id, owner, created_at } = runOf(1)
      const job = { job_id, type: 'generate' as const, session_id, run_id, owner, created_at }
      await store.write(jobs.create(job))
    }
    const found = await jobs.list('user_1')
    expect(found.map(({ job_id }) => job_id)).toEqual(ids.toReversed())
  })
})

it('a run is read with all of its stages, however many pages they take', async () => {
  const store = storeWithPages(2)
  const runs = createRunOutputRepository(store, clock)
  const run = runOf(1)
  await store.write([runs.create(run)])
  for (const [number, stage] of stageNames.entries()) {
    const claim = {
      attempt: 1,
      generation: 0,
      leaseId: `lease_${number}`,
      token: 't',
      until: start,
    }
    expect(await runs.claim(run.run_id, stage, claim)).toBe(true)
  }
  const found = await runs.get(run.run_id)
  expect(Object.keys(found?.stages ?? {}).sort()).toEqual([...stageNames].sort())
  expect(await runs.find(run.run_id)).toEqual(found?.run)
})

describe('an erasure', () => {
  it('gets behind a page of items that have expired, and takes what is appended meanwhile', async () => {
    const store = storeWithPages(4)
    const log = createEventRepository(store, clock)
    for (let number = 0; number < 6; number += 1) {
      const item = { PK: `SESSION#${sessionId}`, SK: `A#${number}`, ttl: start / 1000 - 1 }
      await store.write([{ put: item }])
    }
    const writer = log.writer(sessionId, { tail: 0 })
    await writer.append(Array.from({ length: 9 }, () => delta('before')))
    const eventsLeft = () => table.items().filter(({ SK }) => SK.startsWith('EVENT#'))
    let isLate = false
    const erasure = createErasureRepository({
      ...store,
      async erase(keys) {
        await store.erase(keys)
        if (isLate || eventsLeft().length > 0) return
        isLate = true
        await writer.append([delta('late')])
      },
    })
    await erasure.contents(sessionId)
    expect(isLate).toBe(true)
    expect(eventsLeft()).toEqual([])
  })
})
