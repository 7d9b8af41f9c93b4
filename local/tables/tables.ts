import * as z from 'zod'
import { AwsError } from '../aws/aws-error.ts'
import { callAws } from '../aws/aws-json.ts'
import type { Resolver } from '../template/resolver.ts'

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.string() }))

const indexSchema = z.object({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.looseObject({}),
})

const tableSchema = z.object({
  KeySchema: keySchema,
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.string() })),
  GlobalSecondaryIndexes: z.array(indexSchema).default([]),
  LocalSecondaryIndexes: z.array(indexSchema).optional(),
  TimeToLiveSpecification: z
    .object({ AttributeName: z.string().optional(), Enabled: z.boolean() })
    .optional(),
  StreamSpecification: z.unknown().optional(),
})

type Table = z.infer<typeof tableSchema>

const describedSchema = z.object({
  Table: z.object({
    KeySchema: keySchema,
    GlobalSecondaryIndexes: z.array(indexSchema.pick({ IndexName: true })).default([]),
  }),
})

/**
 * Creates the template's tables, and gives tables of an earlier start the indexes that the template
 * has now. Throws when a table's own key has changed: its items cannot be kept then.
 */
export const createTables = async (
  resolver: Resolver,
  endpoint: string,
  notEmulated: (line: string) => void,
): Promise<void> => {
  for (const [logicalId] of resolver.resources(
    'AWS::DynamoDB::Table',
    'AWS::DynamoDB::GlobalTable',
  )) {
    const table = resolver.properties(logicalId, tableSchema)
    if (table.StreamSpecification !== undefined) {
      notEmulated(`AWS::DynamoDB::Table stream (${logicalId})`)
    }
    await createTable(resolver.reference(logicalId), table, endpoint)
  }
}

const createTable = async (name: string, table: Table, endpoint: string): Promise<void> => {
  const call = (operation: string, input: object) =>
    callAws(endpoint, 'DynamoDB_20120810', operation, { TableName: name, ...input })
  try {
    await call('CreateTable', {
      KeySchema: table.KeySchema,
      AttributeDefinitions: table.AttributeDefinitions,
      BillingMode: 'PAY_PER_REQUEST',
      ...(table.GlobalSecondaryIndexes.length > 0 && {
        GlobalSecondaryIndexes: table.GlobalSecondaryIndexes,
      }),
      ...(table.LocalSecondaryIndexes && { LocalSecondaryIndexes: table.LocalSecondaryIndexes }),
    })
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ResourceInUseException') throw error
    await updateTable(name, table, call)
  }
  if (table.TimeToLiveSpecification) {
    await call('UpdateTimeToLive', { TimeToLiveSpecification: table.TimeToLiveSpecification })
  }
}

const updateTable = async (
  name: string,
  table: Table,
  call: (operation: string, input: object) => Promise<unknown>,
): Promise<void> => {
  const described = describedSchema.parse(await call('DescribeTable', {})).Table
  if (JSON.stringify(described.KeySchema) !== JSON.stringify(table.KeySchema)) {
    throw new Error(
      `The stored table ${name} has another key than the template's. Delete the data folder, or give the table another name.`,
    )
  }
  const stored = new Set(described.GlobalSecondaryIndexes.map((index) => index.IndexName))
  const wanted = new Set(table.GlobalSecondaryIndexes.map((index) => index.IndexName))
  for (const IndexName of stored) {
    if (wanted.has(IndexName)) continue
    await call('UpdateTable', { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName } }] })
  }
  for (const index of table.GlobalSecondaryIndexes) {
    if (stored.has(index.IndexName)) continue
    await call('UpdateTable', {
      AttributeDefinitions: table.AttributeDefinitions,
      GlobalSecondaryIndexUpdates: [{ Create: index }],
    })
  }
}
