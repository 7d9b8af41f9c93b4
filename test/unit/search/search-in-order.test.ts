import { expect, test } from 'vitest'
import { searchInOrder } from '../../../shared/clients/search/search-in-order.ts'
import type {
  SearchProvider,
  SearchResult,
} from '../../../shared/clients/search/search-provider.ts'
import { StudioError } from '../../../shared/contracts/errors.ts'
import type { ErrorCode } from '../../../shared/contracts/problems.ts'
import { failureOf } from '../../support/model-server/agents.ts'

const { signal } = new AbortController()
const queryOf = (query: string) => ({ query, count: 5, locale: 'ko-KR' }) as const

const found: SearchResult[] = [
  { title: 't', url: 'https://a.kr/', snippet: 's', publishedAt: null },
]

/** A provider that answers, or fails, as scripted: one entry a query, the last for all that follow. */
const provider = (
  name: SearchProvider['name'],
  ...script: (StudioError | SearchResult[])[]
): SearchProvider & { asked: string[] } => {
  const asked: string[] = []
  return {
    name,
    asked,
    async search({ query }) {
      const next = script[Math.min(asked.length, script.length - 1)] ?? []
      asked.push(query)
      if (next instanceof StudioError) throw next
      return next
    },
  }
}
const failure = (code: ErrorCode, options: { retryable?: boolean; retryAfter?: number } = {}) =>
  new StudioError(code, `said ${code}`, options)

test.each(['UPSTREAM_ERROR', 'RATE_LIMITED', 'CAPABILITY_NOT_CONFIGURED'] as const)(
  '%s lets the next provider take over',
  async (code) => {
    const first = provider('naver', failure(code))
    const second = provider('kakao', found)
    const search = searchInOrder([first, second])
    expect(await search.search(queryOf('가'), signal)).toEqual(found)
    expect(await search.search(queryOf('나'), signal)).toEqual(found)
    expect(second.asked).toEqual(['가', '나'])
    // What holds for every query is not asked again.
    expect(first.asked).toEqual(code === 'UPSTREAM_ERROR' ? ['가', '나'] : ['가'])
  },
)

test('where one finds nothing, the next is asked; nothing is an answer once all were', async () => {
  const second = provider('kakao', found)
  const none = provider('naver', [])
  expect(await searchInOrder([none, second]).search(queryOf('가'), signal)).toEqual(found)
  expect(second.asked).toEqual(['가'])
  const failing = provider('kakao', failure('UPSTREAM_ERROR'))
  for (const providers of [[none], [none, failing], [failing, none]]) {
    expect(await searchInOrder(providers).search(queryOf('가'), signal)).toEqual([])
  }
})

test.each([
  [['UPSTREAM_ERROR', 'CAPABILITY_NOT_CONFIGURED'], 'UPSTREAM_ERROR', true],
  [['CAPABILITY_NOT_CONFIGURED', 'UPSTREAM_ERROR'], 'UPSTREAM_ERROR', true],
  [['CAPABILITY_NOT_CONFIGURED', 'CAPABILITY_NOT_CONFIGURED'], 'CAPABILITY_NOT_CONFIGURED', false],
] as const)('when all fail with %j the error is %s', async (codes, code, retryable) => {
  const search = searchInOrder(codes.map((each) => provider('naver', failure(each))))
  const error = await failureOf(search.search(queryOf('가'), signal))
  expect(error).toMatchObject({ code, retryable })
  for (const each of codes) expect(error.message).toContain(`said ${each}`)
})

test('a limit that passes soon is waited for when nothing can take over', async () => {
  const only = provider('brave', failure('RATE_LIMITED', { retryAfter: 0.01 }), found)
  const search = searchInOrder([only])
  expect(await search.search(queryOf('가'), signal)).toEqual(found)
  expect(only.asked).toEqual(['가', '가'])
})

test('queries that meet a limit at once are asked one after the other', async () => {
  let running = 0
  let most = 0
  let calls = 0
  const only: SearchProvider = {
    name: 'brave',
    async search() {
      calls += 1
      if (calls <= 3) throw failure('RATE_LIMITED', { retryAfter: 0.01 })
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setTimeout(resolve, 5))
      running -= 1
      return found
    },
  }
  const search = searchInOrder([only])
  const all = await Promise.all(
    ['가', '나', '다'].map((text) => search.search(queryOf(text), signal)),
  )
  expect(all).toEqual([found, found, found])
  expect(most).toBe(1)
})

test('a limit that stays is the end for every query', async () => {
  const only = provider('brave', failure('RATE_LIMITED', { retryAfter: 0.01 }))
  const search = searchInOrder([only])
  for (const text of ['가', '나']) {
    expect(await failureOf(search.search(queryOf(text), signal))).toMatchObject({
      code: 'RATE_LIMITED',
      retryAfter: 0.01,
    })
  }
  expect(only.asked).toEqual(['가', '가'])
})

test('a cancelled run asks no other provider', async () => {
  const stop = new AbortController()
  const reason = new Error('cancelled')
  const second = provider('kakao', found)
  const first: SearchProvider = {
    name: 'naver',
    async search() {
      stop.abort(reason)
      throw reason
    },
  }
  await expect(searchInOrder([first, second]).search(queryOf('가'), stop.signal)).rejects.toBe(
    reason,
  )
  expect(second.asked).toEqual([])
})
