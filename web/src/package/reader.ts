import type { Signal } from '@preact/signals'
import type { StudioProblem } from '../../../shared/client/index.ts'

/** Milliseconds between two readings: while a log is replayed, many events mean one. */
const settleMs = 150
const pauseMs = 1500

export interface ReaderParts<View> {
  take: (view: View) => void
  problem?: Signal<StudioProblem | null>
}

/**
 * Reads a view when it is told to, one reading at a time and not too often; what comes meanwhile means one
 * more. The argument of `read` is only there to be a dependency of the effect that calls it.
 */
export const createReader = <View>(
  get: (signal: AbortSignal) => Promise<View>,
  { take, problem }: ReaderParts<View>,
) => {
  const over = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  let reading = false
  let wanted = false
  let last = 0
  const later = (): void => {
    clearTimeout(timer)
    timer = setTimeout(go, Math.max(settleMs, last + pauseMs - Date.now()))
  }
  const go = async (): Promise<void> => {
    reading = true
    wanted = false
    last = Date.now()
    try {
      const view = await get(over.signal)
      if (over.signal.aborted) return
      take(view)
      if (problem) problem.value = null
    } catch (error) {
      if (!over.signal.aborted && problem) problem.value = error as StudioProblem
    } finally {
      reading = false
      if (wanted && !over.signal.aborted) later()
    }
  }
  return {
    read(_mark?: string): void {
      wanted = true
      if (!reading) later()
    },
    close(): void {
      clearTimeout(timer)
      over.abort()
    },
  }
}
