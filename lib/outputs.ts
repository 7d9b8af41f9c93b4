import { CfnOutput, type Stack } from 'aws-cdk-lib'
import { environmentNames } from '../shared/platform/environment-names.ts'
import type { Checkup } from './checkup.ts'
import type { Data } from './data.ts'
import type { HttpApi } from './http-api.ts'
import type { Media } from './media.ts'
import { operatorOutputs, queueOutputs } from './output-names.ts'
import type { Pipeline } from './pipeline.ts'
import type { Secrets } from './secrets.ts'
import type { ServiceContext } from './service-function.ts'
import type { SocketApi } from './socket-api.ts'

interface Parts {
  service: ServiceContext
  secrets: Secrets
  data: Data
  http: HttpApi
  sockets: SocketApi
  pipeline: Pipeline
  media: Media
  checkup: Checkup
  /** The public origin. */
  url: string
  /** Of the function that streams. */
  streamUrl: string
}

/** What `npm run ops` needs to meet a deployment as its functions do: names and amounts, no secrets. */
const addOperatorOutputs = (
  stack: Stack,
  { service, data, sockets, pipeline, media }: Parts,
): void => {
  const values: Readonly<Record<string, string>> = {
    ...service.modelSettings,
    [environmentNames.stage]: service.stage,
    [environmentNames.limits]: service.limits,
    [environmentNames.tableName]: data.table.tableName,
    [environmentNames.mediaBucketName]: data.mediaBucket.bucketName,
    [environmentNames.stateMachineArn]: pipeline.stateMachine.stateMachineArn,
    [environmentNames.mediaQueueUrl]: media.queue.queueUrl,
    [environmentNames.socketEndpoint]: sockets.endpoint,
  }
  for (const [output, name] of Object.entries(operatorOutputs)) {
    const value = values[name]
    if (value) new CfnOutput(stack, output, { value })
  }
  const { stages } = queueOutputs
  new CfnOutput(stack, stages.queue, { value: pipeline.stageQueue.queueUrl })
  new CfnOutput(stack, stages.deadLetters, { value: pipeline.deadLetters.queueUrl })
  new CfnOutput(stack, queueOutputs.media.deadLetters, { value: media.deadLetters.queueUrl })
}

/** What a deployment tells of itself: addresses, and names that operators and their commands need. */
export const addOutputs = (stack: Stack, parts: Parts): void => {
  const { service, secrets, http, sockets, pipeline, media, checkup, url, streamUrl } = parts
  const values = {
    Url: url,
    HttpUrl: http.url,
    StreamFunctionUrl: streamUrl,
    SocketUrl: sockets.url,
    AlarmTopicArn: service.observability.topic.topicArn,
    DeadLetterQueueArn: pipeline.deadLetters.queueArn,
    MediaDeadLetterQueueArn: media.deadLetters.queueArn,
    CheckupFunctionArn: checkup.functionArn,
    LambdaConcurrency: `${service.capacity.concurrency}`,
    OpenaiApiKeyParameter: secrets.openaiApiKeyParameter,
    TokenSigningKeyParameter: secrets.tokenSigningKeyParameter,
  }
  for (const [output, value] of Object.entries(values)) new CfnOutput(stack, output, { value })
  addOperatorOutputs(stack, parts)
}
