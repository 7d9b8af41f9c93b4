import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { StageName } from '../../../shared/contracts/agents.ts'
import { runKey, stageKey } from '../../../shared/repositories/table-keys.ts'
import { sampleBrief } from '../model-server/samples.ts'
import type { Studio } from '../studio/studio.ts'

/** What is put in the place of what a finished run has stored, past the rules that models' answers pass. */
interface Outputs {
  productName?: string
  stages?: Partial<Record<StageName, object>>
}

export const overwriteOutputs = async (
  { engine }: Pick<Studio, 'engine'>,
  runId: string,
  { productName, stages = {} }: Outputs,
): Promise<void> => {
  const table = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: engine.endpoints.dynamodb,
      region: 'us-east-1',
      credentials: engine.credentials,
    }),
  )
  const TableName = engine.resources.Table
  for (const [stage, output] of Object.entries(stages)) {
    await table.send(
      new UpdateCommand({
        ...{ TableName, Key: stageKey(runId, stage as StageName) },
        UpdateExpression: 'SET #output = :output',
        ExpressionAttributeNames: { '#output': 'output' },
        ExpressionAttributeValues: { ':output': JSON.stringify(output) },
      }),
    )
  }
  if (productName !== undefined) {
    await table.send(
      new UpdateCommand({
        ...{ TableName, Key: runKey(runId) },
        UpdateExpression: 'SET #brief = :brief',
        ExpressionAttributeNames: { '#brief': 'brief' },
        ExpressionAttributeValues: {
          ':brief': JSON.stringify({ ...sampleBrief, 'product.name': productName }),
        },
      }),
    )
  }
  table.destroy()
}
