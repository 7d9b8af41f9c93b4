import { afterEach, expect, it, vi } from 'vitest'
import { systemClock } from '../../../shared/client/clock.ts'

afterEach(() => vi.useRealTimers())

it('a wait of months does not end at once', async () => {
  vi.useFakeTimers()
  const call = vi.fn()
  const cancel = systemClock.after(90 * 86_400_000, call)
  await vi.advanceTimersByTimeAsync(86_400_000)
  expect(call).not.toHaveBeenCalled()
  cancel()
})
