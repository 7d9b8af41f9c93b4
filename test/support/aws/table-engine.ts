import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import {
  startTableEngine as startEngine,
  type TableEngineName,
} from '../../../local/tables/table-engine.ts'
import { createTableClient, type TableClient } from '../../../shared/clients/table-client.ts'

/** The product's own client of an engine, which does not look at signatures. */
export const tableClientAt = (endpoint: string): TableClient =>
  createTableClient({
    name: 'dynamodb',
    endpoint: new URL(endpoint),
    region: 'eu-west-1',
    credentials: () => ({ accessKeyId: 'local', secretAccessKey: 'local' }),
  })

/** The embedded DynamoDB engine alone, with the product's table on it. */
export interface TableEngine {
  endpoint: string
  tableName: string
  client: DynamoDBDocumentClient
  /** What the product asks it with. */
  table: TableClient
  stop(): Promise<void>
}

const key = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  { AttributeName: sort, KeyType: 'RANGE' as const },
]

export const startTableEngine = async (
  name: TableEngineName = 'dynoxide',
): Promise<TableEngine> => {
  const folder = await mkdtemp(join(tmpdir(), 'launch-studio-table-'))
  const engine = await startEngine(name, folder, () => {})
  const tableName = 'Table'
  const client = new DynamoDBClient({
    endpoint: engine.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  })
  const attributes = ['PK', 'SK', 'OWNER', 'OWNER_SK', 'OPEN', 'OPEN_SK']
  await client.send(
    new CreateTableCommand({
      TableName: tableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: key('PK', 'SK'),
      AttributeDefinitions: attributes.map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'OWNER',
          KeySchema: key('OWNER', 'OWNER_SK'),
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
        {
          IndexName: 'OPEN',
          KeySchema: key('OPEN', 'OPEN_SK'),
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    }),
  )
  return {
    endpoint: engine.endpoint,
    tableName,
    table: tableClientAt(engine.endpoint),
    client: DynamoDBDocumentClient.from(client, {
      marshallOptions: { removeUndefinedValues: true },
    }),
    async stop() {
      client.destroy()
      await engine.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
