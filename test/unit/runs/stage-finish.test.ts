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

it('begins the stage that follows before the last elements are written, and drops it when that fails', async () => {
  const written = Promise.withResolvers<never>()
  const release = vi.fn()
  const follow = vi.fn(() => release)
  const commit = { update: { PK: 'RUN#1', SK: 'STAGE#research' }, set: {} }
  const putBack = vi.fn()
  const finished = finishStage(
    {
      clock: { now: () => 0 },
      held: { task: { stage: 'research', attempt: 1 }, claim: { leaseId: 'lease_1' } },
      work: {
        run: { state: 'RUN_RESEARCH', stage: 'research' },
        claimAfter: () => ({ claim: {} }),
        follow,
      },
    } as never,
    {
      found: { stages: {} } as never,
      done: { commit: () => commit },
      calls: { takeUse: () => [], unmade: () => [], putBack } as never,
      rest: written.promise,
      early: undefined,
      aside: [],
    },
  )
  const failed = expect(finished).rejects.toThrow('It cannot be written.')
  await setImmediate()
  expect(follow).toHaveBeenCalledTimes(1)
  expect(release).not.toHaveBeenCalled()
  written.reject(new Error('It cannot be written.'))
  await failed
  expect(release).toHaveBeenCalledTimes(1)
  expect(putBack).toHaveBeenCalledTimes(1)
})
