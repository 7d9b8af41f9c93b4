import { type Key, pagesOf, type Store } from '../clients/store.ts'
import { jobKey, runPartition, sessionKey, sessionPartition } from './table-keys.ts'

/** Erases for good. Each call may be repeated. */
export interface ErasureRepository {
  /** The session's item first, then everything in its partition. */
  session(sessionId: string): Promise<void>
  run(runId: string): Promise<void>
  job(jobId: string): Promise<void>
}

/** Items read and erased at a time. */
const pageSize = 500

/** Begins again until nothing is left: a worker may append events until it finds its session gone. */
const erasePartition = async (store: Store, pk: string): Promise<void> => {
  let erased: number
  do {
    erased = 0
    for await (const { items } of pagesOf(store, { pk, from: '!', to: '\uffff' }, { pageSize })) {
      await store.erase(items.map(({ PK, SK }): Key => ({ PK, SK })))
      erased += items.length
    }
  } while (erased > 0)
}

export const createErasureRepository = (store: Store): ErasureRepository => ({
  async session(sessionId) {
    await store.erase([sessionKey(sessionId)])
    await erasePartition(store, sessionPartition(sessionId))
  },
  run: (runId) => erasePartition(store, runPartition(runId)),
  job: (jobId) => store.erase([jobKey(jobId)]),
})
