/** `signal.throwIfAborted()`, which not every platform has. */
export const throwIfAborted = (signal: AbortSignal | undefined): void => {
  if (signal?.aborted) throw signal.reason ?? new Error('Aborted.')
}

export interface Linked {
  signal: AbortSignal
  abort(reason?: unknown): void
  letGo(): void
}

/** A controller that is aborted with the signal, too, until it is let go. */
export const linkedTo = (signal: AbortSignal | undefined): Linked => {
  const controller = new AbortController()
  const abort = (reason?: unknown): void => controller.abort(reason)
  const passOn = (): void => abort(signal?.reason)
  if (signal?.aborted) passOn()
  signal?.addEventListener('abort', passOn)
  return {
    signal: controller.signal,
    abort,
    letGo: () => signal?.removeEventListener('abort', passOn),
  }
}
