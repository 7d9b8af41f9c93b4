import type { Store } from '../clients/store.ts'
import type { Clock } from '../platform/clock.ts'
import { packDense, unpackJson } from './json-attributes.ts'
import { expiry, searchKey, stageKey } from './table-keys.ts'

/** What a run's research found, for a worker that takes the stage over: it was paid for. */
export interface SearchRepository {
  /** Undefined when nothing was kept. */
  read(runId: string): Promise<unknown>
  /** Stores JSON, for the worker that still holds the stage. @throws ConditionFailed for any other */
  keep(runId: string, leaseId: string, search: object): Promise<void>
}

export const createSearchRepository = (store: Store, clock: Clock): SearchRepository => ({
  async read(runId) {
    const item = await store.get(searchKey(runId))
    return item && unpackJson(item, ['search']).search
  },
  keep: (runId, leaseId, search) =>
    store.write([
      {
        put: {
          ...searchKey(runId),
          ...packDense({ search }),
          ttl: expiry(clock.now(), 'findings'),
        },
      },
      {
        // The run may be erased meanwhile, and nothing of it must come back.
        update: stageKey(runId, 'research'),
        set: { search_kept: true },
        condition: { expression: '#lease_id = :lease', values: { ':lease': leaseId } },
      },
    ]),
})
