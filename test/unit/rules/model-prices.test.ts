import { describe, expect, test } from 'vitest'
import { spendSettingNames } from '../../../shared/platform/environment-names.ts'
import { ownPricesOf } from '../../../shared/rules/model-prices.ts'
import { costOf, dearestPrice, priceOf } from '../../../shared/rules/prices.ts'
import { capOf, nextDay, spendDay } from '../../../shared/rules/spend-caps.ts'
import { spendSettingProblem } from '../../../shared/rules/spend-settings.ts'

const own = (list: string) => {
  const read = ownPricesOf(list)
  if ('wrong' in read) throw new Error(read.wrong)
  return read
}

describe('prices that the owner names', () => {
  test('are read by model, with one for any other', () => {
    const prices = own('llama3:8b=0.1/0.2, vendor/m=1.5/3 ,*=0.2/0.8,web_search=0.01')
    expect([...prices.models]).toEqual([
      ['llama3:8b', { input: 0.1, output: 0.2 }],
      ['vendor/m', { input: 1.5, output: 3 }],
      ['*', { input: 0.2, output: 0.8 }],
    ])
    expect(prices.webSearch).toBe(0.01)
  })

  test.each([
    'm',
    'm=',
    'm=1',
    '=1/2',
    'm=1/2/3',
    'm=-1/2',
    'm=1e3/2',
    'web_search=1/2',
    'm=1,5/2',
  ])('cannot be %s, and the setting is named', (list) => {
    expect(ownPricesOf(list)).toHaveProperty('wrong')
    const environment = { [spendSettingNames.modelPrices]: list }
    expect(spendSettingProblem(spendSettingNames, environment)).toContain('MODEL_PRICES')
  })

  test('go before the list of OpenAI where they name the model, and behind it where they do not', () => {
    const at = '2026-11-26T00:00:00.000Z'
    const luna = { provider: 'openai', model: 'gpt-6-luna' }
    expect(priceOf(luna, at, own('*=9/9'))).toMatchObject({
      input: 0.1,
      table: 'openai-2026-10-26',
    })
    expect(priceOf(luna, at, own('gpt-6-luna=9/9'))).toMatchObject({
      input: 9,
      table: 'MODEL_PRICES',
    })
    expect(priceOf({ provider: 'mine', model: 'constructor' }, at, own('m=1/1'))).toBeUndefined()
    const usage = { input_tokens: 1_000_000, output_tokens: 500_000 }
    expect(costOf([{ provider: 'mine', model: 'm', usage }], at, own('*=0.2/0.8'))).toEqual({
      amount: 0.6,
      currency: 'USD',
      price_table: 'MODEL_PRICES',
    })
  })

  test('a model that OpenAI does not list may be its dearest', () => {
    expect(dearestPrice('2026-11-26T00:00:00.000Z')).toEqual({ input: 2, output: 10 })
    expect(dearestPrice('2020-01-01T00:00:00.000Z')).toEqual({ input: 2, output: 10 })
  })
})

describe('caps', () => {
  test.each([
    ['10', 10_000_000],
    ['0.5', 500_000],
    ['0', 0],
    ['0.000001', 1],
    ['1234567.123456', 1_234_567_123_456],
  ])('of %s dollars are whole micro-dollars', (dollars, micros) => {
    expect(capOf(dollars)).toBe(micros)
  })

  test.each(['-1', '1e3', '.5', '1.', '1,5', '0.0000001', '$5', 'ten', '12345678', ' 1'])(
    'cannot be %s, and the setting is named',
    (dollars) => {
      expect(capOf(dollars)).toBeUndefined()
      for (const name of [
        'SPEND_CAP_RUN_USD',
        'SPEND_CAP_PRINCIPAL_DAY_USD',
        'SPEND_CAP_DEPLOYMENT_DAY_USD',
      ]) {
        expect(spendSettingProblem(spendSettingNames, { [name]: dollars })).toContain(name)
      }
    },
  )

  test('begin anew with the day in UTC', () => {
    const late = Date.UTC(2026, 10, 26, 23, 59, 59, 999)
    expect(spendDay(late)).toBe('2026-11-26')
    expect(nextDay(late)).toBe(late + 1)
    expect(spendDay(late + 1)).toBe('2026-11-27')
    expect(nextDay(late + 1)).toBe(late + 1 + 86_400_000)
  })
})
