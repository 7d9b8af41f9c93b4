import { ConditionFailed, type Item, type Key, type Store } from '../../../shared/clients/store.ts'

const nameOf = ({ PK, SK }: Key): string => `${PK}|${SK}`

/**
 * The table as far as a log needs it: puts on condition that nothing is there, all or nothing, and
 * queries by range. Each call takes as long as `pause` says.
 */
export const createMemoryStore = (pause: () => Promise<unknown> = async () => {}) => {
  const items = new Map<string, Item>()
  const hidden = new Set<string>()
  const store: Store = {
    async get(key) {
      await pause()
      return items.get(nameOf(key))
    },
    async query({ pk, from, to, newestFirst, limit = Number.POSITIVE_INFINITY }) {
      await pause()
      const found = [...items.values()]
        .filter(({ PK, SK }) => PK === pk && SK >= from && SK <= to)
        .filter((item) => !hidden.has(nameOf(item)))
        .sort((one, other) => (one.SK < other.SK ? -1 : 1))
      if (newestFirst) found.reverse()
      const last = found[limit - 1]
      const next = last && found.length > limit ? { PK: last.PK, SK: last.SK } : undefined
      return { items: found.slice(0, limit), next }
    },
    async write(writes) {
      await pause()
      const puts = writes.map((write) => {
        if ('put' in write) return write.put
        throw new Error('This store only takes puts.')
      })
      const failed = puts.flatMap((item, position) => (items.has(nameOf(item)) ? [position] : []))
      if (failed.length > 0) throw new ConditionFailed(failed, undefined)
      for (const item of puts) items.set(nameOf(item), item)
      await pause()
    },
    async erase() {
      throw new Error('This store keeps what it has.')
    },
  }
  return {
    store,
    /** Keeps an item from queries, as one of a transaction that is not seen in full yet. */
    hide: (key: Key) => hidden.add(nameOf(key)),
    show: () => hidden.clear(),
  }
}
