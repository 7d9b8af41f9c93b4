import { PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { itemBytes, writeUnits } from '../../../bench/cost/aws-units.ts'
import { startTableEngine, type TableEngine } from '../../support/aws/table-engine.ts'

let engine: TableEngine
beforeAll(async () => {
  engine = await startTableEngine()
})
afterAll(() => engine.stop())

/** An item that is so many bytes larger than an empty one. */
const itemOf = (characters: number) => ({
  PK: { S: 'SESSION#units' },
  SK: { S: `EVENT#${characters}` },
  text: { S: 'x'.repeat(characters) },
})

test.each([10, 990, 1_000, 2_100, 9_000])(
  'the embedded table engine counts %i characters by DynamoDB’s rules',
  async (characters) => {
    const Item = itemOf(characters)
    const put = { TableName: engine.tableName, Item }
    const one = await engine.client.send(
      new PutItemCommand({ ...put, ReturnConsumedCapacity: 'TOTAL' }),
    )
    expect(one.ConsumedCapacity?.CapacityUnits).toBe(writeUnits(itemBytes(Item)))
    const both = await engine.client.send(
      new TransactWriteItemsCommand({
        TransactItems: [{ Put: put }],
        ReturnConsumedCapacity: 'TOTAL',
      }),
    )
    expect(both.ConsumedCapacity?.[0]?.CapacityUnits).toBe(
      writeUnits(itemBytes(Item), { transaction: true }),
    )
  },
)
