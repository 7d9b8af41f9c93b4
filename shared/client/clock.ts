/** Time as the client knows it; tests bring their own. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number
  /** Calls back once after so many milliseconds; what it returns prevents that. */
  after(milliseconds: number, call: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, call) {
    const timer = setTimeout(call, milliseconds)
    return () => clearTimeout(timer)
  },
}

/** Resolves after so many milliseconds. @throws the signal's reason */
export const pause = (
  clock: Clock,
  milliseconds: number,
  signal?: AbortSignal | undefined,
): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const aborted = (): void => {
      cancel()
      reject(signal?.reason)
    }
    const cancel = clock.after(milliseconds, () => {
      signal?.removeEventListener('abort', aborted)
      resolve()
    })
    signal?.addEventListener('abort', aborted, { once: true })
  })

/**
 * Full jitter: anything from nothing to a bound that doubles with each try, so that clients that were
 * cut off together do not come back together.
 */
export const jittered = (
  random: () => number,
  tried: number,
  { base = 300, most = 15_000 } = {},
): number => random() * Math.min(most, base * 2 ** Math.min(tried, 16))
