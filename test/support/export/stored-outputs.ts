import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { Item } from '../../../shared/clients/store.ts'
import type { StageName } from '../../../shared/contracts/agents.ts'
import { creativeFields, creativePartNames } from '../../../shared/contracts/creative-parts.ts'
import { partAttribute } from '../../../shared/repositories/creative-part-attributes.ts'
import { packDense, unpackJson } from '../../../shared/repositories/json-attributes.ts'
import { runKey, stageKey } from '../../../shared/repositories/table-keys.ts'
import { sampleBrief } from '../model-server/samples.ts'
import type { Studio } from '../studio/studio.ts'

/** What is put in the place of what a finished run has stored, past the rules that models' answers pass. */
interface Outputs {
  productName?: string
  stages?: Partial<Record<StageName, object>>
}

type Document = Record<string, unknown> & { output: Record<string, unknown> }

const storedDocument = (item: Item, attribute: string): Document =>
  unpackJson(item, [attribute])[attribute] as Document

/** The attributes that hold a stage's output: the creatives' are its parts. */
const attributesOf = (
  stage: StageName,
  output: Record<string, unknown>,
  item: Item,
): Record<string, Uint8Array> => {
  if (stage !== 'creative') {
    return packDense({ written: { ...storedDocument(item, 'written'), output } })
  }
  return Object.assign(
    {},
    ...creativePartNames.map((part) => {
      const stored = storedDocument(item, partAttribute(part))
      const field = creativeFields[part]
      const changed = { ...stored, output: { ...stored.output, [field]: output[field] } }
      return packDense({ [partAttribute(part)]: changed })
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
    const { Item: item = {} } = await table.send(new GetCommand(at))
    const attributes = Object.entries(attributesOf(stage, { ...output }, item as Item))
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
        UpdateExpression: 'SET #given = :given',
        ExpressionAttributeNames: { '#given': 'given' },
        ExpressionAttributeValues: {
          ':given': packDense({
            given: { brief: { ...sampleBrief, 'product.name': productName } },
          }).given,
        },
      }),
    )
  }
  table.destroy()
}
