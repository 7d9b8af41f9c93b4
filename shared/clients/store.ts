import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb'
import {
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb'
import { type Clock, systemClock } from '../platform/clock.ts'
import { requiredSetting } from '../platform/environment.ts'
import { environmentNames } from '../platform/environment-names.ts'
import { pause } from '../platform/pause.ts'
import { tracedCall } from '../platform/tracing.ts'
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
  /** An index with its key attributes instead of the table (eventually consistent). */
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
  /** One page; `pagesOf` reads a range to its end. */
  query(range: Range): Promise<Page>
  /** All or nothing. @throws ConditionFailed */
  write(writes: Write[]): Promise<void>
  /**
   * One update that no transaction may meet on its item: so many may come at once as the partition takes.
   * One whose answer was lost is sent again, and may so count twice. Items hold numbers and texts alone.
   */
  attempt(update: Update): Promise<Attempt>
  /** Deletes items without a condition; may be repeated. */
  erase(keys: Key[]): Promise<void>
}

/** Limits on the items read, in all and with one request. DynamoDB itself ends a page at 1 MB. */
export interface Paging {
  total?: number
  pageSize?: number
}

/** The pages of a range, each requested when its reader asks for it. */
export async function* pagesOf(
  store: Pick<Store, 'query'>,
  range: Omit<Range, 'limit'>,
  { total = Number.POSITIVE_INFINITY, pageSize = total }: Paging = {},
): AsyncGenerator<Page> {
  let { after } = range
  let left = total
  do {
    const limit = Math.min(left, pageSize)
    const page = await store.query({
      ...range,
      ...(Number.isFinite(limit) ? { limit } : {}),
      ...(after === undefined ? {} : { after }),
    })
    yield page
    left -= page.items.length
    after = page.next
  } while (after !== undefined && left > 0)
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

const attempt = async (
  client: DynamoDBDocumentClient,
  input: NonNullable<ReturnType<typeof writeInput>['Update']>,
): Promise<Attempt> => {
  try {
    const { Attributes } = await client.send(
      new UpdateCommand({
        ...input,
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    )
    return { done: true, item: Attributes as Item }
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error
    // The document client leaves what comes with an error as DynamoDB writes it.
    const item = Object.entries(error.Item ?? {}).map(([name, { N, S }]) => [
      name,
      N === undefined ? S : Number(N),
    ])
    return { done: false, item: item.length > 0 ? Object.fromEntries(item) : undefined }
  }
}

/** Positions of the writes whose condition failed; undefined when it was something else. */
const refused = (error: unknown): number[] | undefined => {
  if (error instanceof ConditionalCheckFailedException) return [0]
  if (!(error instanceof TransactionCanceledException)) return undefined
  const failed = (error.CancellationReasons ?? []).flatMap(({ Code }, position) =>
    Code === 'ConditionalCheckFailed' ? [position] : [],
  )
  return failed.length > 0 ? failed : undefined
}

/** Whether a write (a single one or a transaction) met another transaction on one of its items. */
const isConflict = (error: unknown): boolean =>
  error instanceof TransactionConflictException ||
  (error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).some(({ Code }) => Code === 'TransactionConflict'))

/** Items that one batch may delete. */
const batchSize = 25

/** Tries at a write that meets a transaction on the same item; the pause doubles, from some 5 ms. */
const conflictTries = 8

/** Sends a write, and again when it met a transaction on the same item. @throws ConditionFailed */
const persist = async (send: () => Promise<unknown>, tries = conflictTries): Promise<void> => {
  try {
    await send()
  } catch (error) {
    const failed = refused(error)
    if (failed) throw new ConditionFailed(failed, error)
    if (!isConflict(error) || tries <= 1) throw error
    await pause(5 * 2 ** (conflictTries - tries) * (0.5 + Math.random()))
    await persist(send, tries - 1)
  }
}

export const createStore = (
  client: DynamoDBDocumentClient,
  tableName: string,
  clock: Clock = systemClock,
): Store => {
  const isAlive = (item: Record<string, unknown>): boolean =>
    typeof item.ttl !== 'number' || item.ttl > clock.now() / 1000
  const single = (input: ReturnType<typeof writeInput>): Promise<void> =>
    persist(async () => {
      if (input.Put) await client.send(new PutCommand(input.Put))
      else if (input.Delete) await client.send(new DeleteCommand(input.Delete))
      else if (input.Update) await client.send(new UpdateCommand(input.Update))
    })
  const transaction = (TransactItems: TransactWriteCommandInput['TransactItems']): Promise<void> =>
    persist(() => client.send(new TransactWriteCommand({ TransactItems })))
  return {
    async get(key) {
      const { Item } = await client.send(
        new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }),
      )
      return Item && isAlive(Item) ? (Item as Item) : undefined
    },
    async query({ pk, from, to, newestFirst, limit, after, index }) {
      const { Items, LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: tableName,
          ...(index ? { IndexName: index.name } : { ConsistentRead: true }),
          KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :from AND :to',
          ExpressionAttributeNames: {
            '#pk': index?.partition ?? 'PK',
            '#sk': index?.sort ?? 'SK',
          },
          ExpressionAttributeValues: { ':pk': pk, ':from': from, ':to': to },
          ScanIndexForward: !newestFirst,
          ...(limit === undefined ? {} : { Limit: limit }),
          ...(after === undefined ? {} : { ExclusiveStartKey: after }),
        }),
      )
      return { items: (Items ?? []).filter(isAlive) as Item[], next: LastEvaluatedKey }
    },
    async erase(keys) {
      for (let from = 0; from < keys.length; from += batchSize) {
        let requests = keys
          .slice(from, from + batchSize)
          .map((key) => ({ DeleteRequest: { Key: { PK: key.PK, SK: key.SK } } }))
        while (requests.length > 0) {
          const { UnprocessedItems } = await client.send(
            new BatchWriteCommand({ RequestItems: { [tableName]: requests } }),
          )
          requests = (UnprocessedItems?.[tableName] ?? []) as typeof requests
        }
      }
    },
    async attempt(update) {
      const { Update } = writeInput(tableName, update)
      if (Update === undefined) throw new Error('There is nothing to update.')
      return attempt(client, Update)
    },
    write: (writes) =>
      tracedCall('table commit', { writes: writes.length }, async () => {
        const inputs = writes.map((write) => writeInput(tableName, write))
        const [only] = inputs
        // The SDK's retry of a count must not count again: a transaction's token sees to that.
        const counts = writes.some((write) => additionsOf(write).length > 0)
        if (inputs.length !== 1 || only === undefined || counts) return transaction(inputs)
        await single(only)
      }),
  }
}

let client: DynamoDBClient | undefined
let made: Store | undefined

/** One client per process, so that its connections are shared. */
export const tableClient = (): DynamoDBClient => {
  client ??= new DynamoDBClient({})
  return client
}

/** The deployed table, named by TABLE_NAME. */
export const store = (): Store => {
  made ??= createStore(
    DynamoDBDocumentClient.from(tableClient(), {
      marshallOptions: { removeUndefinedValues: true },
    }),
    requiredSetting(environmentNames.tableName),
  )
  return made
}
