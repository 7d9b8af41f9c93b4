import { type FunctionUrl, FunctionUrlAuthType, InvokeMode } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import { chatRoutes } from '../shared/contracts/http/chat-routes.ts'
import { jobRoutes } from '../shared/contracts/http/job-routes.ts'
import { launchRoutes } from '../shared/contracts/http/launch-routes.ts'
import { voiceRoutes } from '../shared/contracts/http/voice-routes.ts'
import {
  assetFolder,
  mediaPrefixes,
  ownerIndex,
  pictureFolder,
  purchaseFolder,
  speechFolder,
} from '../shared/rules/storage-layout.ts'
import { functionUrlCors } from './cors.ts'
import type { Data } from './data.ts'
import type { EarlyResearch } from './early-research.ts'
import { ratePeriod } from './observability.ts'
import type { Pipeline } from './pipeline.ts'
import type { Secrets } from './secrets.ts'
import { type ServiceContext, ServiceFunction } from './service-function.ts'
import type { SocketApi } from './socket-api.ts'
import { nameInTemplate } from './template-name.ts'
import type { Transcription } from './transcription.ts'

/**
 * Routes that the function answers: those that stream, and a launch, which may take longer than the
 * HTTP API; and an export, which has no bound. `test/infra/front-door.test.ts` compares them with what `speaks` says in the contracts.
 */
export const streamRoutes = [
  chatRoutes.streamMessage,
  voiceRoutes.streamSpeech,
  chatRoutes.listEvents,
  chatRoutes.exportSession,
  jobRoutes.streamJob,
  launchRoutes.launch,
]

export interface StreamUrlProps {
  service: ServiceContext
  data: Data
  secrets: Secrets
  sockets: SocketApi
  pipeline: Pipeline
  transcription: Transcription
  earlyResearch: EarlyResearch
  /** Origins whose pages may read streams; without any, CORS is off. */
  allowedOrigins: readonly string[]
}

/** The function that streams over HTTP, behind a function URL because an HTTP API cannot stream. */
export class StreamUrl extends Construct {
  readonly functionUrl: FunctionUrl

  constructor(scope: Construct, id: string, props: StreamUrlProps) {
    super(scope, id)
    const { service, data, secrets, sockets, pipeline, transcription, earlyResearch } = props
    const { allowedOrigins } = props
    const stream = new ServiceFunction(this, 'Stream', {
      service,
      description: 'Turns, the log and jobs as Server-Sent Events; launches that are waited for.',
      timeout: service.times.stream,
      callsModel: true,
      countsBy: 'address',
      reservedExecutions: service.capacity.streamReservation,
    })
    data.allowTable(
      stream,
      ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
      [ownerIndex.name],
    )
    // What an export links to.
    for (const folder of [speechFolder, assetFolder, purchaseFolder, pictureFolder]) {
      data.allowMedia(stream, ['GetObject'], `${mediaPrefixes.sessions}*/${folder}*`)
    }
    secrets.allowOpenaiApiKey(stream)
    secrets.allowIdentification(stream)
    sockets.allowPush(stream)
    pipeline.allowStart(stream)
    transcription.allow(stream)
    earlyResearch.allowRequest(stream)
    this.functionUrl = stream.addFunctionUrl({
      // The function checks the principal's token on every request, as behind the HTTP API, which is
      // public too. With AWS_IAM, CloudFront would sign for the caller, and callers would have to send
      // the hash of every POST body, which ordinary clients do not.
      authType: FunctionUrlAuthType.NONE,
      invokeMode: InvokeMode.RESPONSE_STREAM,
      ...(allowedOrigins.length > 0 && { cors: functionUrlCors(allowedOrigins) }),
    })
    nameInTemplate(this.functionUrl, 'StreamUrl')
    const urlMetric = (metricName: string) =>
      stream.metric(metricName, { period: ratePeriod, statistic: 'Sum' })
    service.observability.addRateAlarm(stream, 'UrlServerErrors', {
      failed: [urlMetric('Url5xxCount')],
      total: urlMetric('UrlRequestCount'),
      percent: 2,
      floor: 20,
      description:
        'The stream function answers with 5xx, which its own Errors do not count: see its lines of kind request with a status of 500 and more.',
    })
  }
}
