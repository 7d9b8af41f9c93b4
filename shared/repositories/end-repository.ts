import { pagesOf, type Store, type Write } from '../clients/store.ts'
import { type Clock, isoTime } from '../platform/clock.ts'
import type { End } from '../rules/ends.ts'
import { openIndex } from '../rules/storage-layout.ts'
import { endKey, endPrefix, expiry } from './table-keys.ts'

/**
 * Ends that are still to be announced: each is written with what it tells of, in one transaction, and removed
 * when it was announced. Between the two, a worker may die.
 */
export interface EndRepository {
  /** The ends that were written at once under the id of the first; none when they were announced. */
  find(endId: string): Promise<End[]>
  /** Repeatable. */
  remove(endId: string): Promise<void>
  /** Ids of ends that were last sent before `before` (epoch milliseconds), oldest first, ten at a time. */
  listWaiting(before: number): AsyncIterable<string[]>
  /** Moves it to the end of what the sweep looks after. False when it is gone, or past its time. */
  touch(endId: string): Promise<boolean>
}

const waitingEnds = 'ENDED'
const waitingPage = 10

const waiting = (clock: Clock, endId: string) => ({
  [openIndex.partition]: waitingEnds,
  [openIndex.sort]: `${isoTime(clock.now())}#${endId}`,
})

/** What ends at once is announced at once: a run and its job share an item. */
export const endWrites = (clock: Clock, ends: readonly End[]): Write[] => {
  const [first] = ends
  if (first === undefined) return []
  const { id } = first.data
  return [
    {
      put: {
        ...endKey(id),
        ...waiting(clock, id),
        ends: JSON.stringify(ends),
        ttl: expiry(clock.now(), 'end'),
      },
    },
  ]
}

/** The ids of the ends among some writes. */
export const endIdsIn = (writes: readonly Write[]): string[] =>
  writes.flatMap((write) =>
    'put' in write && write.put.PK.startsWith(endPrefix)
      ? [write.put.PK.slice(endPrefix.length)]
      : [],
  )

async function* listWaiting(store: Store, before: number): AsyncGenerator<string[]> {
  const range = { pk: waitingEnds, from: '0', to: isoTime(before), index: openIndex }
  for await (const { items } of pagesOf(store, range, { pageSize: waitingPage })) {
    yield items.map(({ PK }) => PK.slice(endPrefix.length))
  }
}

export const createEndRepository = (store: Store, clock: Clock): EndRepository => ({
  async find(endId) {
    const item = await store.get(endKey(endId))
    return item ? JSON.parse(String(item.ends)) : []
  },
  remove: (endId) => store.write([{ remove: endKey(endId) }]),
  listWaiting: (before) => listWaiting(store, before),
  async touch(endId) {
    const { done } = await store.attempt({
      update: endKey(endId),
      set: waiting(clock, endId),
      // What is past its time is left out of what is read, and may still lie in the index.
      condition: {
        expression: ':now < #ttl',
        values: { ':now': Math.floor(clock.now() / 1000) },
      },
    })
    return done
  },
})
