import { expect, it, vi } from 'vitest'
import { StudioError } from '../../../shared/contracts/errors.ts'
import type { Beside } from '../../../shared/repositories/spend-reservations.ts'
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

it('takes a call that came with the claim back once, when the claim is written, however often it finds no room', async () => {
  const claimed = Promise.withResolvers<void>()
  const written: string[] = []
  const write = (name: string) => async () => {
    written.push(name)
    return true
  }
  const calls = openStageCalls({
    clock: { now: () => 0 },
    runs: { countCalls: write('count'), uncountCalls: write('uncount') } as never,
    ledger: {
      // As the real one does: once more when what has ended was settled.
      async reserve(_: number[], beside: Beside) {
        for (const _try of [1, 2]) if (await beside.take()) await beside.giveBack()
        throw new StudioError('BUDGET_EXCEEDED', 'no room')
      },
    } as never,
    task: { run_id: 'run_1', stage: 'strategy' },
    claim: {
      ...{ attempt: 1, generation: 0, leaseId: 'lease_1', token: undefined, until: 0 },
      calls: [{ maxCalls: 2, part: undefined }],
    },
    begun: claimed.promise,
    refusal: async () => new Error('refused'),
    onIdle() {},
  })
  const counted = calls.count(2, planned)
  const refusal = expect(counted).rejects.toMatchObject({ code: 'BUDGET_EXCEEDED' })
  await new Promise(setImmediate)
  expect(written).toEqual([])
  claimed.resolve()
  await refusal
  expect(written).toEqual(['uncount'])
})

it('tells which calls came with the claim and were not made, for the commit that takes them back', async () => {
  const calls = openStageCalls({
    clock: { now: () => 0 },
    runs: {} as never,
    ledger: {
      async reserve(amounts: number[], beside: Beside) {
        await beside.take()
        return amounts.map(() => ({ end() {} }))
      },
    } as never,
    task: { run_id: 'run_1', stage: 'research' },
    claim: {
      ...{ attempt: 1, generation: 0, leaseId: 'lease_1', token: undefined, until: 0 },
      calls: [{ maxCalls: 3 }],
    },
    refusal: async () => new Error('refused'),
    onIdle() {},
  })
  await calls.countTry(3)
  expect(calls.unmade()).toEqual([{ part: undefined }])
  await calls.count(3, planned)
  expect(calls.unmade()).toEqual([])
})

it('counts a try without a call where the claim counts none, once, for the commit that takes it back', async () => {
  const countCalls = vi.fn(async () => true)
  const calls = openStageCalls({
    clock: { now: () => 0 },
    runs: { countCalls } as never,
    ledger: {} as never,
    task: { run_id: 'run_1', stage: 'research' },
    claim: { attempt: 2, generation: 0, leaseId: 'lease_1', token: undefined, until: 0 },
    refusal: async () => new Error('refused'),
    onIdle() {},
  })
  await calls.countTry(3)
  await calls.countTry(3)
  expect(countCalls).toHaveBeenCalledOnce()
  expect(calls.unmade()).toEqual([{ part: undefined }])
})

it('makes no further try when as many have been made as may be', async () => {
  const calls = openStageCalls({
    clock: { now: () => 0 },
    runs: { countCalls: async () => false } as never,
    ledger: {} as never,
    task: { run_id: 'run_1', stage: 'research' },
    claim: { attempt: 2, generation: 3, leaseId: 'lease_1', token: undefined, until: 0 },
    refusal: async () => new Error('refused'),
    onIdle() {},
  })
  await expect(calls.countTry(3)).rejects.toThrow('refused')
  expect(calls.unmade()).toEqual([])
})
