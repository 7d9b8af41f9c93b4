import {
  BatchWriteItemCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb'

/** A table's items by their keys, as DynamoDB writes both. */
export type TableKey = Record<'PK' | 'SK', { S: string }>

/** Items that one batch may delete. */
const batchSize = 25

/**
 * Deletes items without a condition, with the SDK's client: erasing is rare, so that its weight, and that it is
 * loaded late, make no other request wait.
 */
export const deleteItems = async (
  config: DynamoDBClientConfig,
  table: string,
  keys: readonly TableKey[],
): Promise<void> => {
  const client = new DynamoDBClient(config)
  try {
    for (let from = 0; from < keys.length; from += batchSize) {
      let requests: WriteRequest[] = keys
        .slice(from, from + batchSize)
        .map((Key) => ({ DeleteRequest: { Key } }))
      while (requests.length > 0) {
        const { UnprocessedItems } = await client.send(
          new BatchWriteItemCommand({ RequestItems: { [table]: requests } }),
        )
        requests = UnprocessedItems?.[table] ?? []
      }
    }
  } finally {
    client.destroy()
  }
}
