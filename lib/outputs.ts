import { CfnOutput, type Stack } from 'aws-cdk-lib'
import { eventSource } from '../shared/contracts/ends.ts'
import { environmentNames } from '../shared/platform/environment-names.ts'
import type { Checkup } from './checkup.ts'
import type { Dashboard } from './dashboard.ts'
import type { Data } from './data.ts'
import type { Ends } from './ends.ts'
import type { HttpApi } from './http-api.ts'
import type { Media } from './media.ts'
import { checkupOutputs, operatorOutputs, queueOutputs } from './output-names.ts'
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
  ends: Ends
  checkup: Checkup
  dashboard: Dashboard
  /** The public origin. */
  url: string
  /** Of the function that streams. */
  streamUrl: string
}

/** What `npm run ops` needs to meet a deployment as its functions do: names and amounts, no secrets. */
const addOperatorOutputs = (
  stack: Stack,
  { service, data, sockets, pipeline, media, ends }: Parts,
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
  const queues = {
    stages: { queue: pipeline.stageQueue, deadLetters: pipeline.deadLetters },
    media: { queue: media.queue, deadLetters: media.deadLetters },
    ends: { queue: ends.queue, deadLetters: ends.deadLetters },
    deliveries: { queue: ends.deliveries, deadLetters: ends.deliveryDeadLetters },
  } as const satisfies Record<keyof typeof queueOutputs, object>
  for (const [name, outputs] of Object.entries(queueOutputs)) {
    const { queue, deadLetters } = queues[name as keyof typeof queues]
    // The address of one queue is an operator's setting, and has its output.
    if (!(outputs.queue in operatorOutputs)) {
      new CfnOutput(stack, outputs.queue, { value: queue.queueUrl })
    }
    new CfnOutput(stack, outputs.deadLetters, { value: deadLetters.queueUrl })
  }
}

/** What a deployment tells of itself: addresses, and names that operators and their commands need. */
export const addOutputs = (stack: Stack, parts: Parts): void => {
  const { service, secrets, http, sockets, pipeline, media, checkup, dashboard } = parts
  const values = {
    Url: parts.url,
    HttpUrl: http.url,
    StreamFunctionUrl: parts.streamUrl,
    SocketUrl: sockets.url,
    AlarmTopicArn: service.observability.topic.topicArn,
    DeadLetterQueueArn: pipeline.deadLetters.queueArn,
    MediaDeadLetterQueueArn: media.deadLetters.queueArn,
    [checkupOutputs.functionArn]: checkup.functionArn,
    [checkupOutputs.concurrency]: `${service.capacity.concurrency}`,
    OpenaiApiKeyParameter: secrets.openaiApiKeyParameter,
    TokenSigningKeyParameter: secrets.tokenSigningKeyParameter,
    WebhookSigningKeyParameter: secrets.webhookSigningKeyParameter,
    EventSource: eventSource(service.stage),
    DashboardName: dashboard.dashboardName,
  }
  for (const [output, value] of Object.entries(values)) new CfnOutput(stack, output, { value })
  addOperatorOutputs(stack, parts)
}
