/**
 * `online`: the network is back, or another one. `back`: the page or the machine may have been away.
 * `offline`: the network is gone.
 */
export type WakeReason = 'online' | 'back' | 'offline'

/** Calls back whenever a connection may have died or may be possible again; answers with how to end that. */
export type Wake = (call: (reason: WakeReason) => void) => () => void

interface Target {
  addEventListener?(type: string, listener: () => void): void
  removeEventListener?(type: string, listener: () => void): void
  visibilityState?: string
}

/** What a browser tells. Elsewhere nothing does: then the last frame alone says whether one is connected. */
export const browserWake: Wake = (call) => {
  const { window, document } = globalThis as { window?: Target; document?: Target }
  const back = (): void => call('back')
  const online = (): void => call('online')
  const offline = (): void => call('offline')
  const visible = (): void => {
    if (document?.visibilityState === 'visible') back()
  }
  const heard: [Target | undefined, string, () => void][] = [
    [window, 'online', online],
    [window, 'offline', offline],
    [window, 'pageshow', back],
    [document, 'visibilitychange', visible],
  ]
  for (const [target, type, listener] of heard) target?.addEventListener?.(type, listener)
  return () => {
    for (const [target, type, listener] of heard) target?.removeEventListener?.(type, listener)
  }
}
