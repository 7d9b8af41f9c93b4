import { answersPartition } from '../clients/idempotency.ts'
import { type Key, pagesOf, type Store } from '../clients/store.ts'
import { jobKey, runKey, runPartition, sessionKey, sessionPartition } from './table-keys.ts'

/** Erases for good. Each call may be repeated. */
export interface ErasureRepository {
  /** Everything in a session's partition but its own item. */
  contents(sessionId: string): Promise<void>
  /** Everything that a run's stages hold, but not the run's own item. */
  stages(runId: string): Promise<void>
  /**
   * The principal's stored answers that mention one of these ids: a request that belongs to no session
   * yet is answered under its principal's own partition.
   */
  answers(principal: string, ids: string[]): Promise<void>
  /** The items by which session, runs and jobs are found, and which prove their owner: the last of them at once. */
  finish(sessionId: string, held: { runIds: string[]; jobIds: string[] }): Promise<void>
}

/** Items read and erased at a time. */
const pageSize = 500

/** Items that one transaction removes. */
const removedAtOnce = 50

/** Begins again until nothing is left: a worker may append events until it finds its session gone. */
const erasePartition = async (store: Store, pk: string, but: string): Promise<void> => {
  let erased: number
  do {
    erased = 0
    for await (const { items } of pagesOf(store, { pk, from: '!', to: '\uffff' }, { pageSize })) {
      const keys = items.map(({ PK, SK }): Key => ({ PK, SK })).filter(({ SK }) => SK !== but)
      await store.erase(keys)
      erased += keys.length
    }
  } while (erased > 0)
}

const eraseAnswers = async (store: Store, principal: string, ids: string[]): Promise<void> => {
  const range = { pk: answersPartition(principal), from: '!', to: '\uffff' }
  for await (const { items } of pagesOf(store, range, { pageSize })) {
    const ours = items.filter((item) => {
      const answer = JSON.stringify(item)
      return ids.some((id) => answer.includes(id))
    })
    await store.erase(ours.map(({ PK, SK }): Key => ({ PK, SK })))
  }
}

export const createErasureRepository = (store: Store): ErasureRepository => ({
  contents: (sessionId) =>
    erasePartition(store, sessionPartition(sessionId), sessionKey(sessionId).SK),
  stages: (runId) => erasePartition(store, runPartition(runId), runKey(runId).SK),
  answers: (principal, ids) => eraseAnswers(store, principal, ids),
  async finish(sessionId, { runIds, jobIds }) {
    const keys = [...runIds.map(runKey), ...jobIds.map(jobKey), sessionKey(sessionId)]
    for (let from = 0; from < keys.length; from += removedAtOnce) {
      await store.write(keys.slice(from, from + removedAtOnce).map((key) => ({ remove: key })))
    }
  },
})
