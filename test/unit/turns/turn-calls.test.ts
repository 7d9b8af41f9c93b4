import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createSpendRepository } from '../../../shared/repositories/spend-repository.ts'
import { plannerInputBounds } from '../../../shared/rules/model-limits.ts'
import { spendDay } from '../../../shared/rules/spend-caps.ts'
import { createSpendService } from '../../../shared/services/spend/spend-service.ts'
import { turnInProgress } from '../../../shared/services/turns/turn.ts'
import { openTurnCalls } from '../../../shared/services/turns/turn-calls.ts'
import { createMemoryTable } from '../../support/simulation/memory-table.ts'
import { processOn } from '../../support/simulation/simulated-services.ts'

beforeEach(() => {
  vi.stubEnv('MODEL_PRICES', 'gpt-6-luna=1/0')
})
afterEach(() => vi.unstubAllEnvs())

const principal = 'user_1'
const clock = { now: () => Date.UTC(2026, 10, 26) }
const usual = plannerInputBounds.around + plannerInputBounds.history
const setUp = () => {
  const { store } = processOn(createMemoryTable(), clock)
  const spends = createSpendRepository(store)
  const spend = createSpendService({ clock, spends })
  const calls = openTurnCalls({ clock, spend }, { principal, message: '' })
  const sums = async () =>
    (await spends.sums({ principal, day: spendDay(clock.now()) })).principal_day
  return { calls, sums }
}
const planned = (inputTokens: number) => ({
  agent: 'planner' as const,
  model: 'gpt-6-luna',
  inputTokens,
  outputTokens: 100,
  searches: 0,
})
const turn = {
  begun: Promise.resolve(),
  write: () => ({ update: { PK: 'S', SK: 'S' }, count: 'calls' }),
  refusal: async () => turnInProgress(),
}

test('a turn that makes no call gives back what it has reserved', async () => {
  const { calls, sums } = setUp()
  await calls.granted([])
  expect(await sums()).toEqual({ held: usual, reserved: usual })
  await calls.settled()
  expect(await sums()).toEqual({ held: 0, reserved: 0 })
})

test('a long conversation is reserved as soon as it is known, and before the turn is begun', async () => {
  const { calls, sums } = setUp()
  const text = '가'.repeat(10_000)
  await calls.granted([{ text }])
  expect((await sums()).reserved).toBe(plannerInputBounds.around + 2 * Buffer.byteLength(text))
  await calls.settled()
})

test('a long conversation that cannot be afforded begins no turn, and leaves nothing reserved', async () => {
  vi.stubEnv('SPEND_CAP_PRINCIPAL_DAY_USD', '0.065')
  const { calls, sums } = setUp()
  const granted = calls.granted([{ text: 'a'.repeat(20_000) }])
  await expect(granted).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED', cap: 'principal_day' })
  await calls.settled()
  expect(await sums()).toEqual({ held: 0, reserved: 0 })
})

test('a turn waits for the end of a call that it has counted', async () => {
  const { calls, sums } = setUp()
  await calls.granted([])
  const settle = await calls.count(planned(50), turn)
  let isSettled = false
  const settled = calls.settled().then(() => {
    isSettled = true
  })
  await Promise.resolve()
  expect(isSettled).toBe(false)
  const usage = { input_tokens: 30, output_tokens: 5, total_tokens: 35 }
  settle({ usage, searches: 0, refused: false })
  await settled
  expect(await sums()).toEqual({ held: 30, reserved: 0 })
})

test('each further call is reserved by itself, with the write that counts it', async () => {
  const { calls, sums } = setUp()
  await calls.granted([])
  const first = await calls.count(planned(50), turn)
  first({ usage: undefined, searches: undefined, refused: false })
  const second = await calls.count(planned(70), turn)
  second({ usage: undefined, searches: undefined, refused: true })
  await calls.settled()
  expect(await sums()).toEqual({ held: 50, reserved: 0 })
})
