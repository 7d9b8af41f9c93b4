import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { StageName } from '../../../shared/contracts/agents.ts'
import { creativeFields, creativePartNames } from '../../../shared/contracts/creative-parts.ts'
import { partAttribute } from '../../../shared/repositories/creative-part-attributes.ts'
import { runKey, stageKey } from '../../../shared/repositories/table-keys.ts'
import { sampleBrief } from '../model-server/samples.ts'
import type { Studio } from '../studio/studio.ts'

/** What is put in the place of what a finished run has stored, past the rules that models' answers pass. */
interface Outputs {
  productName?: string
  stages?: Partial<Record<StageName, object>>
}

/** The attributes that hold a stage's output: the creatives' are its parts. */
const attributesOf = (
  stage: StageName,
  output: Record<string, unknown>,
  stored: Record<string, unknown>,
): Record<string, string> => {
  if (stage !== 'creative') return { output: JSON.stringify(output) }
  return Object.fromEntries(
    creativePartNames.map((part) => {
      const written = JSON.parse(String(stored[partAttribute(part)]))
      const field = creativeFields[part]
      const changed = { ...written, output: { ...written.output, [field]: output[field] } }
      return [partAttribute(part), JSON.stringify(changed)]
    }),
  )
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
  for (const [name, output] of Object.entries(stages)) {
    const stage = name as StageName
    const at = { TableName, Key: stageKey(runId, stage) }
    const { Item = {} } = await table.send(new GetCommand(at))
    const attributes = Object.entries(attributesOf(stage, { ...output }, Item))
    await table.send(
      new UpdateCommand({
        ...at,
        UpdateExpression: `SET ${attributes.map((_, index) => `#a${index} = :a${index}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(
          attributes.map(([attribute], index) => [`#a${index}`, attribute]),
        ),
        ExpressionAttributeValues: Object.fromEntries(
          attributes.map(([, value], index) => [`:a${index}`, value]),
        ),
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
