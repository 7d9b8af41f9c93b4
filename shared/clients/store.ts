import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { type Clock, systemClock } from '../platform/clock.ts'
import { requiredSetting } from '../platform/environment.ts'
import { environmentNames } from '../platform/environment-names.ts'
import { pause } from '../platform/pause.ts'
import { tracedCall } from '../platform/tracing.ts'
import { AwsRefusal } from './aws-request.ts'
import { readEach } from './batch-reads.ts'
import { createTableClient, isRefusal, type TableClient } from './table-client.ts'
import { fromTable, type TableItem, toTable } from './table-values.ts'
import {
  additionsOf,
  type Item,
  type Key,
  type Update,
  type Write,
  writeInput,
} from './table-writes.ts'

export {
  additionsOf,
  type Condition,
  type Item,
  type Key,
  type Update,
  type Write,
} from './table-writes.ts'

/** What became of an update: the item after it, or the one that it was refused by. */
export interface Attempt {
  done: boolean
  /** Undefined when there is none. */
  item: Item | undefined
}

export interface Range {
  pk: string
  /** Bounds of SK, both inclusive. */
  from: string
  to: string
  newestFirst?: boolean
  /** Items of the page, at most. */
  limit?: number
  /** Continue behind this key. */
  after?: Record<string, unknown>
  /** An index with its key attributes instead of the table (eventually consistent). It holds keys alone. */
  index?: { name: string; partition: string; sort: string }
}

export interface Page {
  items: Item[]
  /** Where to go on, undefined at the end. */
  next: Record<string, unknown> | undefined
}

/** A condition of a write did not hold: another writer was first. `failed` has the positions of those writes. */
export class ConditionFailed extends Error {
  readonly failed: number[]
  constructor(failed: number[], cause: unknown) {
    super('A condition of the write did not hold.', { cause })
    this.name = 'ConditionFailed'
    this.failed = failed
  }
}

/**
 * The table, as narrow as the repositories need it. Reads of the table are strongly consistent, and
 * an item past its `ttl` is left out (DynamoDB deletes it up to days later).
 */
export interface Store {
  get(key: Key): Promise<Item | undefined>
  /** Items by their keys, in the order of these; those that are not there are left out. */
  getEach(keys: readonly Key[]): Promise<Item[]>
  /** One page; `pagesOf` reads a range to its end. */
  query(range: Range): Promise<Page>
  /** All or nothing. @throws ConditionFailed */
  write(writes: Write[]): Promise<void>
  /**
   * One update outside of transactions: so many may come at once as the partition takes. One whose answer was
   * lost is sent again, and may so count twice, unless it `isOnce`: then that is thrown, and it counted once or
   * not at all.
   */
  attempt(update: Update, isOnce?: boolean): Promise<Attempt>
  /** Deletes items without a condition; may be repeated. */
  erase(keys: Key[]): Promise<void>
}

/** Limits on the items read, in all and with one request. DynamoDB itself ends a page at 1 MB. */
export interface Paging {
  total?: number
  pageSize?: number
  /** Each page is requested while the reader works on the one before, and not only when it asks for it. */
  isAhead?: boolean
}

/** The pages of a range, each requested when its reader asks for it unless `isAhead`. */
export async function* pagesOf(
  store: Pick<Store, 'query'>,
  range: Omit<Range, 'limit'>,
  { total = Number.POSITIVE_INFINITY, pageSize = total, isAhead = false }: Paging = {},
): AsyncGenerator<Page> {
  let { after } = range
  let left = total
  const ask = (): Promise<Page> => {
    const limit = Math.min(left, pageSize)
    return store.query({
      ...range,
      ...(Number.isFinite(limit) ? { limit } : {}),
      ...(after === undefined ? {} : { after }),
    })
  }
  let asked: Promise<Page> | undefined = ask()
  while (asked !== undefined) {
    const page: Page = await asked
    left -= page.items.length
    after = page.next
    const goesOn = after !== undefined && left > 0
    if (goesOn && isAhead) {
      asked = ask()
      // A reader that has enough does not await it.
      asked.catch(() => {})
      // The request leaves before the reader keeps this thread busy.
      await setImmediate()
    } else asked = undefined
    yield page
    if (goesOn) asked ??= ask()
  }
}

/** Every item of a range. */
export const itemsOf = async (
  store: Pick<Store, 'query'>,
  range: Omit<Range, 'limit'>,
): Promise<Item[]> => {
  const found: Item[] = []
  for await (const { items } of pagesOf(store, range)) found.push(...items)
  return found
}

/** The pages of an index, as `pagesOf`, with the items that it names. */
export async function* itemPagesOf(
  store: Pick<Store, 'query' | 'getEach'>,
  range: Omit<Range, 'limit'> & Required<Pick<Range, 'index'>>,
  paging?: Paging,
): AsyncGenerator<Page> {
  for await (const { items, next } of pagesOf(store, range, paging)) {
    yield { items: await store.getEach(items), next }
  }
}

const conditionFailed = 'ConditionalCheckFailedException'

const itemIn = (item: TableItem | undefined): Item | undefined =>
  item === undefined ? undefined : (fromTable(item) as Item)

const attempt = async (
  client: TableClient,
  input: NonNullable<ReturnType<typeof writeInput>['Update']>,
  isOnce: boolean | undefined,
): Promise<Attempt> => {
  const asked = {
    ...input,
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  }
  try {
    const { Attributes } = await beyondConflicts(() =>
      client.send('DynamoDB_20120810.UpdateItem', asked, isOnce),
    )
    return { done: true, item: itemIn(Attributes) }
  } catch (error) {
    if (!isRefusal(error, conditionFailed)) throw error
    return { done: false, item: itemIn(error.details.Item as TableItem | undefined) }
  }
}

/** Positions of the writes whose condition failed; undefined when it was something else. */
const refused = (error: unknown): number[] | undefined => {
  if (isRefusal(error, conditionFailed)) return [0]
  if (!(error instanceof AwsRefusal)) return undefined
  const failed = error.CancellationReasons.flatMap(({ Code }, position) =>
    Code === 'ConditionalCheckFailed' ? [position] : [],
  )
  return failed.length > 0 ? failed : undefined
}

/** Whether a write (a single one or a transaction) met another transaction on one of its items. */
const isConflict = (error: unknown): boolean =>
  isRefusal(error, 'TransactionConflictException') ||
  (error instanceof AwsRefusal &&
    error.CancellationReasons.some(({ Code }) => Code === 'TransactionConflict'))

/** Tries at a write that meets a transaction on the same item; the pause doubles, from some 5 ms. */
const conflictTries = 8

/** Sends a write, and again when it met a transaction on the same item. */
const beyondConflicts = async <T>(send: () => Promise<T>, tries = conflictTries): Promise<T> => {
  try {
    return await send()
  } catch (error) {
    if (refused(error) || !isConflict(error) || tries <= 1) throw error
    await pause(5 * 2 ** (conflictTries - tries) * (0.5 + Math.random()))
    return beyondConflicts(send, tries - 1)
  }
}

/** @throws ConditionFailed */
const persist = async (send: () => Promise<unknown>): Promise<void> => {
  try {
    await beyondConflicts(send)
  } catch (error) {
    const failed = refused(error)
    throw failed ? new ConditionFailed(failed, error) : error
  }
}

const queryInput = (
  TableName: string,
  { pk, from, to, newestFirst, limit, after, index }: Range,
) => ({
  TableName,
  ...(index ? { IndexName: index.name } : { ConsistentRead: true }),
  KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :from AND :to',
  ExpressionAttributeNames: { '#pk': index?.partition ?? 'PK', '#sk': index?.sort ?? 'SK' },
  ExpressionAttributeValues: toTable({ ':pk': pk, ':from': from, ':to': to }),
  ScanIndexForward: !newestFirst,
  ...(limit === undefined ? {} : { Limit: limit }),
  ...(after === undefined ? {} : { ExclusiveStartKey: toTable(after) }),
})

const single = (client: TableClient, { Put, Delete, Update }: ReturnType<typeof writeInput>) => {
  if (Put) return client.send('DynamoDB_20120810.PutItem', Put)
  if (Delete) return client.send('DynamoDB_20120810.DeleteItem', Delete)
  return client.send('DynamoDB_20120810.UpdateItem', Update)
}

export const createStore = (
  client: TableClient,
  tableName: string,
  clock: Clock = systemClock,
): Store => {
  const isAlive = (item: Record<string, unknown>): boolean =>
    typeof item.ttl !== 'number' || item.ttl > clock.now() / 1000
  return {
    async get(key) {
      const answer = await client.send('DynamoDB_20120810.GetItem', {
        TableName: tableName,
        Key: toTable({ PK: key.PK, SK: key.SK }),
        ConsistentRead: true,
      })
      const item = itemIn(answer.Item)
      return item && isAlive(item) ? item : undefined
    },
    getEach: async (keys) => (await readEach(client, tableName, keys)).filter(isAlive),
    async query(range) {
      const { Items = [], LastEvaluatedKey } = await client.send(
        'DynamoDB_20120810.Query',
        queryInput(tableName, range),
      )
      const items = Items.map((item) => fromTable(item) as Item).filter(isAlive)
      return { items, next: LastEvaluatedKey && fromTable(LastEvaluatedKey) }
    },
    erase: (keys) =>
      client.deleteItems(
        tableName,
        keys.map(({ PK, SK }) => ({ PK: { S: PK }, SK: { S: SK } })),
      ),
    async attempt(update, isOnce) {
      const { Update } = writeInput(tableName, update)
      if (Update === undefined) throw new Error('There is nothing to update.')
      return attempt(client, Update, isOnce)
    },
    write: (writes) =>
      tracedCall('table commit', { writes: writes.length }, async () => {
        const inputs = writes.map((write) => writeInput(tableName, write))
        const [only] = inputs
        // A request that is sent again must not count again: a transaction's token sees to that.
        const counts = writes.some((write) => additionsOf(write).length > 0)
        await persist(() =>
          inputs.length !== 1 || only === undefined || counts
            ? client.send('DynamoDB_20120810.TransactWriteItems', {
                TransactItems: inputs,
                ClientRequestToken: randomUUID(),
              })
            : single(client, only),
        )
      }),
  }
}

let made: Store | undefined

/** The deployed table, named by TABLE_NAME. */
export const store = (): Store => {
  made ??= createStore(createTableClient(), requiredSetting(environmentNames.tableName))
  return made
}
