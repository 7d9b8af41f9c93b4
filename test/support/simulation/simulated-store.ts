import {
  type Attempt,
  additionsOf,
  ConditionFailed,
  type Item,
  type Range,
  type Store,
  type Update,
  type Write,
} from '../../../shared/clients/store.ts'
import type { Clock } from '../../../shared/platform/clock.ts'
import type { MemoryTable } from './memory-table.ts'

/** What becomes of one request on its way to the table and back. */
export type RequestOutcome =
  | 'answered'
  /** It took effect, and the client sees a broken connection. */
  | 'answer lost'
  /** The client sees a broken connection; it takes effect later. */
  | 'late'
  /** The client's own retry: it arrives twice, and the answer is the second one's. */
  | 'sent twice'
  /** It never arrives, and the client sees a broken connection. */
  | 'never arrives'

/** The way between a client and the table. */
export interface Network {
  /** Awaited before a request takes effect and again before its answer is delivered. */
  pass(what: string): Promise<void>
  outcome(): RequestOutcome
}

const reliable: Network = { pass: async () => {}, outcome: () => 'answered' }

/** What the SDK throws when its own retries are used up. */
export class ConnectionLost extends Error {
  readonly code = 'ECONNRESET'
  constructor() {
    super('The connection to the table broke off.')
    this.name = 'ConnectionLost'
  }
}

/** A table at the other end of a network. */
interface Remote {
  table: MemoryTable
  network: Network
}

const described = (writes: Write[]): string =>
  writes
    .map((write) => ('put' in write ? write.put : 'remove' in write ? write.remove : write.update))
    .map(({ SK }) => SK)
    .join(' + ')

const read = async <T>({ network }: Remote, what: string, look: () => T): Promise<T> => {
  await network.pass(what)
  const found = look()
  await network.pass(`answer of ${what}`)
  if (network.outcome() === 'never arrives') throw new ConnectionLost()
  return found
}

/**
 * DynamoDB keeps a query and a transaction apart item by item only: of one that is committed while
 * the query is under way, it may see an item as it was before.
 */
const torn = ({ table }: Remote, items: Item[], since: number): Item[] => {
  const { number, changes } = table.latest()
  const missed = number > since && changes.length > 1 ? changes[number % changes.length] : undefined
  const { before, after } = missed ?? { before: undefined, after: undefined }
  return items.flatMap((item) => {
    const isMissed = item.PK === after?.PK && item.SK === after.SK
    return isMissed ? (before ? [before] : []) : [item]
  })
}

const query = (remote: Remote, range: Range, isAlive: (item: Item) => boolean) => {
  const since = remote.table.latest().number
  return read(remote, `query ${range.pk} ${range.from}`, () => {
    const { items, next } = remote.table.query(range)
    // An index is another matter: its items have attributes of their own.
    return { items: (range.index ? items : torn(remote, items, since)).filter(isAlive), next }
  })
}

/** Writes, and answers with the refusal when a condition did not hold. */
const effect = ({ table }: Remote, writes: Write[]): ConditionFailed | undefined => {
  try {
    table.write(writes)
    return undefined
  } catch (error) {
    if (error instanceof ConditionFailed) return error
    throw error
  }
}

/** The SDK gives a transaction a token: one that succeeded succeeds again without effect. */
const isRepeatable = (writes: Write[]): boolean =>
  writes.length > 1 || writes.some((write) => additionsOf(write).length > 0)

const write = async (remote: Remote, writes: Write[]): Promise<void> => {
  const { network } = remote
  const what = described(writes)
  const outcome = network.outcome()
  if (outcome === 'late') {
    void network.pass(`late ${what}`).then(() => effect(remote, writes))
    throw new ConnectionLost()
  }
  await network.pass(what)
  if (outcome === 'never arrives') throw new ConnectionLost()
  let refused = effect(remote, writes)
  if (outcome === 'sent twice') {
    await network.pass(`${what}, again`)
    if (!isRepeatable(writes) || refused) refused = effect(remote, writes)
  }
  await network.pass(`answer of ${what}`)
  if (outcome === 'answer lost') throw new ConnectionLost()
  if (refused) throw refused
}

/** An update whose answer tells the item; nothing keeps it from counting twice. */
const attempt = async (
  { table, network }: Remote,
  update: Update,
  isOnce: boolean | undefined,
): Promise<Attempt> => {
  const what = described([update])
  const outcome = network.outcome()
  const found = (): Attempt => {
    const before = table.get(update.update)
    const done = effect({ table, network }, [update]) === undefined
    return { done, item: done ? table.get(update.update) : before }
  }
  if (outcome === 'late') {
    void network.pass(`late ${what}`).then(found)
    throw new ConnectionLost()
  }
  await network.pass(what)
  if (outcome === 'never arrives') throw new ConnectionLost()
  let answer = found()
  if (outcome === 'sent twice' && !isOnce) {
    await network.pass(`${what}, again`)
    answer = found()
  }
  await network.pass(`answer of ${what}`)
  if (outcome === 'answer lost') throw new ConnectionLost()
  return answer
}

/** The product's `Store` over a table in memory, with a network between the two that may lose things. */
export const createSimulatedStore = (
  table: MemoryTable,
  clock: Clock,
  network: Network = reliable,
): Store => {
  const remote: Remote = { table, network }
  const isAlive = (item: Item): boolean =>
    typeof item.ttl !== 'number' || item.ttl > clock.now() / 1000
  return {
    get: (key) =>
      read(remote, `get ${key.SK}`, () => {
        const item = table.get(key)
        return item && isAlive(item) ? item : undefined
      }),
    getEach: (keys) =>
      read(remote, `get ${keys.length} items`, () =>
        keys.flatMap((key) => table.get(key) ?? []).filter(isAlive),
      ),
    query: (range) => query(remote, range, isAlive),
    async erase(keys) {
      await network.pass('erase')
      table.erase(keys)
      await network.pass('answer of erase')
    },
    write: (writes) => write(remote, writes),
    attempt: (update, isOnce) => attempt(remote, update, isOnce),
  }
}
