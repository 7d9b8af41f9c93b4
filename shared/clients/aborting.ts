/** What the promise gives, unless the signal is aborted first: then its reason is thrown. */
export const unlessAborted = async <T>(
  promise: Promise<T> | T,
  signal: AbortSignal,
): Promise<T> => {
  signal.throwIfAborted()
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const stop = (): void => reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
