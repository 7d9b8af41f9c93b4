import type { Key, Store } from '../clients/store.ts'
import { jobKey, runPartition, sessionKey, sessionPartition } from './table-keys.ts'

/** Erases for good. Each call may be repeated. */
export interface ErasureRepository {
  /** The session's item first, then everything in its partition. */
  session(sessionId: string): Promise<void>
  run(runId: string): Promise<void>
  job(jobId: string): Promise<void>
}

export const createErasureRepository = (store: Store): ErasureRepository => {
  const partition = async (pk: string): Promise<void> => {
    for (;;) {
      const { items } = await store.query({ pk, from: '!', to: '\uffff', limit: 500 })
      if (items.length === 0) return
      await store.erase(items.map(({ PK, SK }): Key => ({ PK, SK })))
    }
  }
  return {
    async session(sessionId) {
      await store.erase([sessionKey(sessionId)])
      await partition(sessionPartition(sessionId))
    },
    run: (runId) => partition(runPartition(runId)),
    job: (jobId) => store.erase([jobKey(jobId)]),
  }
}
