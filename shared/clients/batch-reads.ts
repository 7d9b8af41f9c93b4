import { pause } from '../platform/pause.ts'
import type { TableClient } from './table-client.ts'
import { fromTable, toTable } from './table-values.ts'
import type { Item, Key } from './table-writes.ts'

/** Keys that one batch may read. */
const batchSize = 100
/** Requests for one batch, of which the table may leave a part for later. */
const batchTries = 8

const nameOf = ({ PK, SK }: Key): string => JSON.stringify([PK, SK])

/** @throws Error when the table leaves keys for later again and again */
const readBatch = async (
  client: TableClient,
  tableName: string,
  keys: readonly Key[],
): Promise<Item[]> => {
  let asked: unknown[] = keys.map(({ PK, SK }) => toTable({ PK, SK }))
  const found: Item[] = []
  for (let tries = batchTries; asked.length > 0; tries -= 1) {
    if (tries < 1) throw new Error('The table left items of a batch unread.')
    if (tries < batchTries) await pause(5 * 2 ** (batchTries - tries))
    const { Responses, UnprocessedKeys } = await client.send('DynamoDB_20120810.BatchGetItem', {
      RequestItems: { [tableName]: { Keys: asked, ConsistentRead: true } },
    })
    found.push(...(Responses?.[tableName] ?? []).map((item) => fromTable(item) as Item))
    asked = UnprocessedKeys?.[tableName]?.Keys ?? []
  }
  return found
}

/** Items by their keys, strongly consistent, in the order of the keys; those that are not there are left out. */
export const readEach = async (
  client: TableClient,
  tableName: string,
  keys: readonly Key[],
): Promise<Item[]> => {
  const found = new Map<string, Item>()
  for (let from = 0; from < keys.length; from += batchSize) {
    const batch = await readBatch(client, tableName, keys.slice(from, from + batchSize))
    for (const item of batch) found.set(nameOf(item), item)
  }
  return keys.flatMap((key) => found.get(nameOf(key)) ?? [])
}
