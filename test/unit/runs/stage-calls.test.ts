import { expect, it, vi } from 'vitest'
import { openStageCalls } from '../../../shared/services/runs/stage-calls.ts'

const planned = {
  agent: 'creative' as const,
  model: 'scripted',
  inputTokens: 10,
  outputTokens: 10,
  searches: 0,
}

it('says that no call is open once the last of those side by side has ended, and again after a repair', async () => {
  const onIdle = vi.fn()
  const calls = openStageCalls({
    clock: { now: () => 0 },
    runs: { countCalls: async () => true } as never,
    ledger: {
      reserve: async (amounts: number[]) => amounts.map(() => ({ end() {} })),
    } as never,
    task: { run_id: 'run_1', stage: 'creative' },
    claim: { attempt: 1, generation: 0, leaseId: 'lease_1', token: undefined, until: 0 },
    refusal: async () => new Error('refused'),
    onIdle,
  })
  const ended = { usage: undefined, searches: 0, refused: false }
  const [copies, film] = await Promise.all([
    calls.count(2, planned, 'copies'),
    calls.count(2, planned, 'film'),
  ])
  copies(ended)
  expect(onIdle).not.toHaveBeenCalled()
  film(ended)
  expect(onIdle).toHaveBeenCalledTimes(1)
  const repair = await calls.count(2, planned, 'copies')
  expect(onIdle).toHaveBeenCalledTimes(1)
  repair(ended)
  expect(onIdle).toHaveBeenCalledTimes(2)
})
