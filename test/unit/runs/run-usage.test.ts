import { expect, test } from 'vitest'
import type { Run } from '../../../shared/repositories/run-output-repository.ts'
import type { Stage } from '../../../shared/repositories/stage-repository.ts'
import { nothingUsed, type RecordedUsage } from '../../../shared/repositories/usage-repository.ts'
import { usageOf } from '../../../shared/services/runs/run-usage.ts'

const run = { created_at: '2026-11-26T00:00:00.000Z' } as Run
const stage = (calls: Partial<Stage<'creative'>>) =>
  ({ stage: 'creative', ...calls }) as Stage<'creative'>
const recorded = (calls: number, more: Partial<RecordedUsage> = {}): RecordedUsage => ({
  stage: 'creative',
  provider: 'openai',
  model: 'gpt-6.1-terra',
  calls,
  input_tokens: 1000 * calls,
  output_tokens: 100 * calls,
  total_tokens: 1100 * calls,
  ...more,
})

test('calls of all attempts and models count, and those that were not reported are said to be unknown', () => {
  const found = {
    run,
    stages: { creative: stage({ calls_1: 2, calls_2: 1 }) },
    usage: [recorded(1), recorded(1, { model: 'gpt-6-luna' })],
    searches: { calls: 3, micros: 15_000, withoutPrice: 0, table: 'search-2026-11-26' },
  }
  const { agents, ...all } = usageOf(found)
  expect(agents).toEqual({
    creative: {
      input_tokens: 2000,
      output_tokens: 200,
      total_tokens: 2200,
      calls: 3,
      calls_without_usage: 1,
      models: ['gpt-6.1-terra', 'gpt-6-luna'],
      cost: { amount: 0.00165, currency: 'USD', price_table: 'openai-2026-10-26' },
    },
  })
  expect(all).toMatchObject({
    calls: 3,
    calls_without_usage: 1,
    cost: { amount: 0.00165 },
    search: { calls: 3, cost: { amount: 0.015, price_table: 'search-2026-11-26' } },
  })
})

test('one model without a price leaves no cost, of its agent and of the run', () => {
  const usage = [recorded(1), recorded(1, { provider: 'openai-compatible', model: 'mine' })]
  const searches = { ...nothingUsed, calls: 2, withoutPrice: 1 }
  const stages = { creative: stage({ calls_1: 2 }) }
  const { agents, cost, search } = usageOf({ run, stages, usage, searches })
  expect(cost).toBeNull()
  expect(search).toEqual({ calls: 2, cost: null })
  expect(agents.creative?.cost).toBeNull()
})

test('a run that has asked no model yet has used nothing', () => {
  expect(usageOf({ run, stages: {}, usage: [], searches: nothingUsed })).toEqual({
    input_tokens: 0,
    output_tokens: 0,
    total_tokens: 0,
    calls: 0,
    calls_without_usage: 0,
    cost: null,
    search: { calls: 0, cost: null },
    agents: {},
    early_research: null,
  })
})
