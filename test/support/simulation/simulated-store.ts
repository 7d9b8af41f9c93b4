import {
  ConditionFailed,
  type Item,
  type Store,
  type Write,
} from '../../../shared/clients/store.ts'
import type { Clock } from '../../../shared/platform/clock.ts'
import type { MemoryTable } from './memory-table.ts'

/** What becomes of one request on its way to the table and back. */
export type Fate =
  | 'answered'
  /** It took effect, and the client hears of a broken connection. */
  | 'answer lost'
  /** The client hears of a broken connection; it takes effect later. */
  | 'late'
  /** The client's own retry: it arrives twice, and the answer is the second one's. */
  | 'sent twice'
  /** It never arrives, and the client hears of a broken connection. */
  | 'never arrives'

/** The way between a client and the table. */
export interface Network {
  /** Awaited before a request takes effect and again before its answer is delivered. */
  pass(what: string): Promise<void>
  fate(): Fate
}

const reliable: Network = { pass: async () => {}, fate: () => 'answered' }

/** What the SDK throws when its own retries are used up. */
export class ConnectionLost extends Error {
  constructor() {
    super('The connection to the table broke off.')
    this.name = 'ConnectionLost'
  }
}

const described = (writes: Write[]): string =>
  writes
    .map((write) => ('put' in write ? write.put : 'remove' in write ? write.remove : write.update))
    .map(({ SK }) => SK)
    .join(' + ')

/** The product's `Store` over a table in memory, with a network between the two that may lose things. */
export const createSimulatedStore = (
  table: MemoryTable,
  clock: Clock,
  { pass, fate }: Network = reliable,
): Store => {
  const isAlive = (item: Item): boolean =>
    typeof item.ttl !== 'number' || item.ttl > clock.now() / 1000

  const read = async <T>(what: string, look: () => T): Promise<T> => {
    await pass(what)
    const found = look()
    await pass(`answer of ${what}`)
    if (fate() === 'never arrives') throw new ConnectionLost()
    return found
  }

  /**
   * DynamoDB keeps a query and a transaction apart item by item only: of one that is committed while
   * the query is under way, it may see an item as it was before.
   */
  const torn = (items: Item[], since: number): Item[] => {
    const { number, changes } = table.latest()
    const missed =
      number > since && changes.length > 1 ? changes[number % changes.length] : undefined
    const { before, after } = missed ?? { before: undefined, after: undefined }
    return items.flatMap((item) => {
      const isMissed = item.PK === after?.PK && item.SK === after.SK
      return isMissed ? (before ? [before] : []) : [item]
    })
  }

  const effect = (writes: Write[]): ConditionFailed | undefined => {
    try {
      table.write(writes)
      return undefined
    } catch (error) {
      if (error instanceof ConditionFailed) return error
      throw error
    }
  }

  return {
    get: (key) =>
      read(`get ${key.SK}`, () => {
        const item = table.get(key)
        return item && isAlive(item) ? item : undefined
      }),
    query: (range) => {
      const since = table.latest().number
      return read(`query ${range.pk} ${range.from}`, () => {
        const { items, next } = table.query(range)
        // An index is another matter: its items have attributes of their own.
        return { items: (range.index ? items : torn(items, since)).filter(isAlive), next }
      })
    },
    async erase(keys) {
      await pass('erase')
      table.erase(keys)
      await pass('answer of erase')
    },
    async write(writes) {
      const what = described(writes)
      const happens = fate()
      if (happens === 'late') {
        void pass(`late ${what}`).then(() => effect(writes))
        throw new ConnectionLost()
      }
      await pass(what)
      if (happens === 'never arrives') throw new ConnectionLost()
      let refused = effect(writes)
      if (happens === 'sent twice') {
        await pass(`${what}, again`)
        // The SDK gives a transaction a token: one that succeeded succeeds again without effect.
        const counts = writes.some((write) => 'update' in write && write.count !== undefined)
        const isTransaction = writes.length > 1 || counts
        if (!isTransaction || refused) refused = effect(writes)
      }
      await pass(`answer of ${what}`)
      if (happens === 'answer lost') throw new ConnectionLost()
      if (refused) throw refused
    },
  }
}
