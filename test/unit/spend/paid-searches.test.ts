import { expect, test, vi } from 'vitest'
import type { PlannedCall } from '../../../shared/agents/call-budget.ts'
import { openPaidSearches } from '../../../shared/agents/paid-searches.ts'
import type { SearchProvider } from '../../../shared/clients/search/search-provider.ts'
import { StudioError } from '../../../shared/contracts/errors.ts'

const query = { query: '핸드크림', count: 5, locale: 'ko-KR' } as const
const { signal } = new AbortController()
const setUp = (refusal?: StudioError) => {
  const provider: SearchProvider = { name: 'brave', search: vi.fn(async () => []) }
  const settleSearches = vi.fn()
  const settleCall = vi.fn()
  const granted = Promise.withResolvers<typeof settleSearches>()
  const reserveSearches = vi.fn(() => granted.promise)
  const countCall = vi.fn(async () => settleCall)
  const paid = openPaidSearches({ countCall, reserveSearches }, [provider])
  const decide = () => (refusal ? granted.reject(refusal) : granted.resolve(settleSearches))
  return { paid, provider, settleSearches, settleCall, reserveSearches, decide }
}

test('no query is sent before it is granted, and each is told once', async () => {
  const { paid, provider, settleSearches, reserveSearches, decide } = setUp()
  expect(reserveSearches).toHaveBeenCalledWith(['brave'])
  const searches = [1, 2].map(() => paid.providers[0]?.search(query, signal))
  await Promise.resolve()
  expect(provider.search).not.toHaveBeenCalled()
  decide()
  await Promise.all(searches)
  await paid.close()
  expect(settleSearches.mock.calls).toEqual([[new Map([['brave', 2]])]])
  await expect(paid.providers[0]?.search(query, signal)).rejects.toThrow('The search has ended.')
  expect(provider.search).toHaveBeenCalledTimes(2)
})

test('without money for its searches the model is not asked for queries', async () => {
  const refusal = new StudioError('BUDGET_EXCEEDED', 'No room.', { cap: 'run' })
  const { paid, provider, settleCall, settleSearches, decide } = setUp(refusal)
  decide()
  await expect(paid.countCall?.({} as PlannedCall)).rejects.toBe(refusal)
  expect(settleCall).toHaveBeenCalledWith(expect.objectContaining({ refused: true }))
  await expect(paid.providers[0]?.search(query, signal)).rejects.toBe(refusal)
  await paid.close()
  expect(provider.search).not.toHaveBeenCalled()
  expect(settleSearches).not.toHaveBeenCalled()
})
