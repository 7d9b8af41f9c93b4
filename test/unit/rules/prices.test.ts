import { expect, test } from 'vitest'
import { costOf } from '../../../shared/rules/prices.ts'

const used = (model: string, provider = 'openai') => ({
  provider,
  model,
  usage: { input_tokens: 1_000_000, output_tokens: 100_000 },
})

test('a cost names the table of its day', () => {
  expect(costOf([used('gpt-6-luna')], '2026-10-01T00:00:00.000Z')).toEqual({
    amount: 0.15,
    currency: 'USD',
    price_table: 'openai-2026-09-22',
  })
  expect(costOf([used('gpt-6-luna'), used('gpt-6.1-terra')], '2026-11-26T00:00:00.000Z')).toEqual({
    amount: 1.65,
    currency: 'USD',
    price_table: 'openai-2026-10-26',
  })
})

test.each([
  ['a model without a price', [used('gpt-6-luna'), used('my-model')], '2026-11-26'],
  ['a name that every object has', [used('constructor')], '2026-11-26'],
  ['another provider', [used('gpt-6-luna', 'openai-compatible')], '2026-11-26'],
  ['a day before the first table', [used('gpt-6-luna')], '2026-01-01'],
  ['nothing reported', [], '2026-11-26'],
])('there is no cost for %s', (_, parts, at) => {
  expect(costOf(parts, at)).toBeNull()
})
