import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { PurgeQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { RunningEngine } from '../../../local/running-engine.ts'
import { parseTemplate, type Template } from '../../../local/template/template.ts'
import { runKey } from '../../../shared/repositories/table-keys.ts'

/** Conditions in which an operator is needed, made with what the running engine tells of itself. */

const region = 'ap-northeast-2'

/** A template whose sweeper does not come, and whose dead letters no consumer takes. */
export const withoutRepairs = (template: unknown): Template => {
  const { Resources, ...rest } = parseTemplate(template)
  const changed = Object.entries(Resources).map(([id, resource]) => {
    const { Type, Properties } = resource
    if (Type === 'AWS::Events::Rule' && id.includes('SweepEveryMinute')) {
      return [id, { ...resource, Properties: { ...Properties, State: 'DISABLED' } }]
    }
    const isOfDeadLetters =
      Type === 'AWS::Lambda::EventSourceMapping' &&
      JSON.stringify(Properties?.FunctionName).includes('DeadLetter')
    return isOfDeadLetters
      ? [id, { ...resource, Properties: { ...Properties, Enabled: false } }]
      : [id, resource]
  })
  return { ...rest, Resources: Object.fromEntries(changed) }
}

/** Makes a run look as if nothing had changed it for so long; with `attempt`, as one that was never started. */
export const ageRun = async (
  { endpoints, credentials, outputs }: RunningEngine,
  runId: string,
  { minutes, attempt }: { minutes: number; attempt?: number },
): Promise<void> => {
  const client = new DynamoDBClient({ endpoint: endpoints.dynamodb, region, credentials })
  const at = new Date(Date.now() - minutes * 60_000).toISOString()
  await DynamoDBDocumentClient.from(client).send(
    new UpdateCommand({
      TableName: outputs.TableName,
      Key: runKey(runId),
      UpdateExpression: `SET updated_at = :at${attempt === undefined ? '' : ', attempt = :attempt'}`,
      ExpressionAttributeValues: {
        ':at': at,
        ...(attempt === undefined ? {} : { ':attempt': attempt }),
      },
    }),
  )
  client.destroy()
}

/** Puts messages where those come to lie that three deliveries could not process. */
export const sendDeadLetters = async (
  { endpoints, credentials, outputs }: RunningEngine,
  bodies: readonly string[],
): Promise<void> => {
  const client = new SQSClient({ endpoint: endpoints.sqs, region, credentials })
  for (const MessageBody of bodies) {
    await client.send(new SendMessageCommand({ QueueUrl: outputs.DeadLetterQueueUrl, MessageBody }))
  }
  client.destroy()
}

/** Leaves no message there. */
export const purgeDeadLetters = async ({
  endpoints,
  credentials,
  outputs,
}: RunningEngine): Promise<void> => {
  const client = new SQSClient({ endpoint: endpoints.sqs, region, credentials })
  await client.send(new PurgeQueueCommand({ QueueUrl: outputs.DeadLetterQueueUrl }))
  client.destroy()
}
