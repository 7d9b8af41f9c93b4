import type { Store } from '../clients/store.ts'
import type { Clock } from '../platform/clock.ts'
import { expiry, handoffKey } from './table-keys.ts'
import { tryWrite } from './try-write.ts'

export interface HandoffRepository {
  create(sessionId: string, secret: string): Promise<void>
  isGood(sessionId: string, secret: string): Promise<boolean>
  /** Uses it up. False for one that is unknown, expired or used. */
  use(sessionId: string, secret: string): Promise<boolean>
}

/** Links that carry a session to another device; each lies in its session, and goes with it. */
export const createHandoffRepository = (store: Store, clock: Clock): HandoffRepository => ({
  async create(sessionId, secret) {
    await store.write([
      { put: { ...handoffKey(sessionId, secret), ttl: expiry(clock.now(), 'handoff') } },
    ])
  },
  isGood: async (sessionId, secret) =>
    (await store.get(handoffKey(sessionId, secret))) !== undefined,
  async use(sessionId, secret) {
    const key = handoffKey(sessionId, secret)
    // An item past its time is left out of what is read; a write alone would still find it.
    if (!(await store.get(key))) return false
    return tryWrite(store, [{ remove: key, condition: { expression: 'attribute_exists(#PK)' } }])
  },
})
