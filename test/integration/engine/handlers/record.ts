import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'

const table = DynamoDBDocumentClient.from(new DynamoDBClient({}))

/** Leaves a note for the test. */
export const record = async (PK: string, SK: string, rest: object): Promise<void> => {
  await table.send(
    new PutCommand({ TableName: process.env.TABLE_NAME ?? '', Item: { PK, SK, ...rest } }),
  )
}

/** Looks for a note of the test. */
export const isRecorded = async (PK: string, SK: string): Promise<boolean> => {
  const found = await table.send(
    new GetCommand({ TableName: process.env.TABLE_NAME ?? '', Key: { PK, SK } }),
  )
  return found.Item !== undefined
}
