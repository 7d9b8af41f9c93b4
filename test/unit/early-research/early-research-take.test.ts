import { expect, it, vi } from 'vitest'
import { subjectFingerprint } from '../../../shared/agents/research-search.ts'
import type { EarlySearch } from '../../../shared/repositories/early-search-repository.ts'
import { researchSubject } from '../../../shared/rules/early-research.ts'
import {
  createEarlyResearchTake,
  type EarlyTakeDependencies,
} from '../../../shared/services/early-research/early-research-take.ts'
import { sampleBrief } from '../../support/model-server/samples.ts'

it('counts what a worker wrote that was taken for dead when the run read its search', async () => {
  const now = Date.parse('2026-11-28T00:00:00Z')
  const tokens = { input_tokens: 100, output_tokens: 10, total_tokens: 110 }
  const used = { service: 'model', calls: 1, micros: 0, withoutPrice: 0, table: null, tokens }
  const left = {
    number: 1,
    subject: subjectFingerprint(researchSubject('ko-KR', sampleBrief) ?? ''),
    ...{ status: 'searching', lease_id: 'lease_1', lease_until: now - 1, calls: 1 },
    ...{ provider: 'scripted', model: 'm', used: [used] },
    ...{ begun_at: '2026-11-27T23:59:00Z', searched_at: '2026-11-27T23:59:30Z' },
  } as unknown as EarlySearch
  const ended: EarlySearch = {
    ...left,
    status: 'found',
    calls: 2,
    used: [...left.used, ...left.used],
  }
  const take = vi.fn().mockResolvedValueOnce(false).mockResolvedValueOnce(true)
  const noteEarlyResearch = vi.fn()
  const dependencies = {
    clock: { now: () => now },
    searches: {
      lookUp: async () => [{ search: left, findings: { queries: [] }, shaped: undefined }],
      get: async () => ended,
      kept: vi.fn(),
      take,
    },
    runs: { noteEarlyResearch },
    spends: { addToRun: vi.fn(), write: vi.fn() },
  } as unknown as EarlyTakeDependencies
  const run = {
    run_id: 'run_1',
    session_id: 's',
    mode: 'fast',
    locale: 'ko-KR',
    brief: sampleBrief,
  }
  const opened = createEarlyResearchTake(dependencies).open({
    run: run as never,
    leaseId: 'lease_2',
    signal: new AbortController().signal,
  })

  expect(await opened.take()).toEqual({ findings: { queries: [] }, shaped: undefined })
  await opened.counted()
  expect(take.mock.calls.map(([, search]) => search)).toEqual([left, ended])
  expect(noteEarlyResearch.mock.lastCall?.[2]).toMatchObject({
    ...{ calls: 2, total_tokens: 220, shaped_at: null, counted_in: 'run_1' },
  })
})
