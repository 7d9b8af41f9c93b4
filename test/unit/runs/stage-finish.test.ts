import { setImmediate } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { finishStage } from '../../../shared/services/runs/stage-finish.ts'

it('tells why an output cannot be committed, keeps what calls used, and leaves no other failure unhandled', async () => {
  const takeUse = vi.fn(() => [])
  const { promise: rest, reject } = Promise.withResolvers<never>()
  const finished = finishStage(
    {
      held: { task: { stage: 'research' }, claim: { leaseId: 'lease_1' } },
      work: { run: { state: 'RUN_RESEARCH', stage: 'research' }, claimAfter: () => undefined },
    } as never,
    {
      found: {} as never,
      done: {
        commit() {
          throw new Error('It cannot be stored.')
        },
      },
      calls: { takeUse } as never,
      rest,
      early: undefined,
      aside: [],
    },
  )
  reject(new Error('The table refuses it.'))
  await expect(finished).rejects.toThrow('It cannot be stored.')
  await setImmediate()
  expect(takeUse).not.toHaveBeenCalled()
})
