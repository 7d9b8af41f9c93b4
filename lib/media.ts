import { Duration, Size } from 'aws-cdk-lib'
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { assetRoutes } from '../shared/contracts/http/asset-routes.ts'
import { exportRoutes } from '../shared/contracts/http/export-routes.ts'
import { modelSettingNames } from '../shared/platform/environment-names.ts'
import { retentionDays } from '../shared/rules/retention.ts'
import {
  assetFolder,
  assetTag,
  exportTag,
  mediaPrefixes,
  ownerIndex,
  pictureFolder,
  purchaseFolder,
} from '../shared/rules/storage-layout.ts'
import { functionMs } from '../shared/rules/time-budgets.ts'
import type { Data } from './data.ts'
import type { Ends } from './ends.ts'
import { allowFilms } from './film-vendors.ts'
import type { HttpApi } from './http-api.ts'
import { alarmPeriod, deadLetterPeriods, messagesIn } from './observability.ts'
import type { Pipeline } from './pipeline.ts'
import { allowPolly } from './polly.ts'
import { acknowledgeSource } from './queue-source.ts'
import type { Secrets } from './secrets.ts'
import { type ServiceContext, ServiceFunction } from './service-function.ts'
import type { SocketApi } from './socket-api.ts'
import { nameInTemplate } from './template-name.ts'
import { deadLetterQueue, workQueue } from './work-queue.ts'

const workerTimeout = Duration.millis(functionMs.mediaWorker)
const deadLetterTimeout = Duration.millis(functionMs.mediaDeadLetter)

export interface MediaProps {
  service: ServiceContext
  data: Data
  secrets: Secrets
  sockets: SocketApi
  http: HttpApi
  pipeline: Pipeline
  ends: Ends
}

/** Assets: their routes, the media queue, its worker and what ends assets that no worker can make. */
export class Media extends Construct {
  readonly deadLetters: Queue
  readonly queue: Queue
  private readonly props: MediaProps

  constructor(scope: Construct, id: string, props: MediaProps) {
    super(scope, id)
    this.props = props
    this.deadLetters = deadLetterQueue(this, 'DeadLetters', deadLetterTimeout)
    this.queue = workQueue(this, 'Queue', {
      worker: workerTimeout,
      deadLetters: this.deadLetters,
    })
    nameInTemplate(this.deadLetters, 'MediaDeadLetterQueue')
    nameInTemplate(this.queue, 'MediaQueue')
    this.addHttp()
    this.addWorker()
    this.addDeadLetter()
    this.allowSend(props.pipeline.sweeper)
    props.data.mediaBucket.addLifecycleRule({
      tagFilters: assetTag,
      expiration: Duration.days(retentionDays('assetFile')),
    })
    props.data.mediaBucket.addLifecycleRule({
      tagFilters: exportTag,
      expiration: Duration.days(retentionDays('exportFile')),
    })
  }

  private allowSend(fn: ServiceFunction): void {
    fn.setSetting('mediaQueueUrl', this.queue.queueUrl)
    fn.allow(['sqs:SendMessage'], [this.queue.queueArn])
  }

  private addHttp(): void {
    const { service, data, secrets, sockets, http } = this.props
    const assets = new ServiceFunction(this, 'HttpAssets', {
      service,
      description: 'Has assets made, tells what they cost, shows them, and has runs exported.',
      timeout: Duration.millis(functionMs.assets),
      readsModelSettings: true,
      countsBy: 'address',
    })
    http.route(assets, Object.values({ ...assetRoutes, ...exportRoutes }))
    data.allowTable(
      assets,
      ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'],
      [ownerIndex.name],
    )
    data.allowMedia(
      assets,
      ['GetObject', 'DeleteObject'],
      `${mediaPrefixes.sessions}*/${assetFolder}*`,
    )
    data.allowMedia(assets, ['GetObject'], `${mediaPrefixes.uploads}*`)
    data.allowMedia(assets, ['GetObject'], `${mediaPrefixes.sessions}*/${pictureFolder}*`)
    secrets.allowIdentification(assets)
    sockets.allowPush(assets)
    this.props.ends.allowEnd(assets)
    this.allowSend(assets)
  }

  private addWorker(): void {
    const { service, data, secrets, sockets } = this.props
    const worker = new ServiceFunction(this, 'MediaWorker', {
      service,
      description:
        'Makes one asset: buys what it is made of, draws or renders it, and looks at it again.',
      timeout: workerTimeout,
      callsModel: true,
      memory: 3008,
      temporaryFiles: Size.gibibytes(2),
    })
    worker.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: 1,
        reportBatchItemFailures: true,
        maxConcurrency: service.capacity.mediaWorkers,
      }),
    )
    acknowledgeSource(worker)
    data.allowTable(worker, ['GetItem', 'Query', 'PutItem', 'UpdateItem'])
    for (const folder of [assetFolder, purchaseFolder]) {
      data.allowMedia(
        worker,
        ['GetObject', 'PutObject', 'PutObjectTagging', 'DeleteObject'],
        `${mediaPrefixes.sessions}*/${folder}*`,
      )
    }
    data.allowMedia(worker, ['GetObject'], `${mediaPrefixes.uploads}*`)
    data.allowMedia(worker, ['GetObject'], `${mediaPrefixes.sessions}*/${pictureFolder}*`)
    secrets.allowOpenaiApiKey(worker)
    if (service.modelSettings[modelSettingNames.imageBaseUrl]) secrets.allowImageApiKey(worker)
    if (service.modelSettings[modelSettingNames.contentCredentials] === 'on') {
      secrets.allowC2paSigningKey(worker)
    }
    allowFilms(worker, service, secrets)
    // It speaks the narrations.
    allowPolly(worker, service)
    sockets.allowPush(worker)
    this.props.ends.allowEnd(worker)
    this.allowSend(worker)
  }

  private addDeadLetter(): void {
    const { service, data, sockets } = this.props
    const deadLetter = new ServiceFunction(this, 'MediaDeadLetter', {
      service,
      description: 'Fails an asset that no worker could make.',
      timeout: deadLetterTimeout,
    })
    deadLetter.addEventSource(
      new SqsEventSource(this.deadLetters, { reportBatchItemFailures: true }),
    )
    acknowledgeSource(deadLetter)
    data.allowTable(deadLetter, ['GetItem', 'Query', 'PutItem', 'UpdateItem'])
    sockets.allowPush(deadLetter)
    this.props.ends.allowEnd(deadLetter)
    this.allowSend(deadLetter)
    service.observability.addAlarm(deadLetter, 'Invocations', {
      metric: deadLetter.metricInvocations({ period: alarmPeriod }),
      description:
        'An asset was given up after three deliveries; MediaDeadLetter has failed it, and its line of kind message names the run.',
    })
    service.observability.addAlarm(this, 'DeadLettersNotEmpty', {
      metric: messagesIn(this.deadLetters),
      periods: deadLetterPeriods,
      description:
        'A dead letter of the media queue has been there for a quarter of an hour: its consumer cannot handle it either. See the lines of MediaDeadLetter, and docs/failure-modes.md for redriving.',
    })
    service.observability.addAlarm(this, 'QueueAge', {
      metric: this.queue.metricApproximateAgeOfOldestMessage({ period: alarmPeriod }),
      threshold: 1_800,
      description:
        'An asset has waited for half an hour: the media workers are too few, or all of them hang. Compare AssetLatency, and raise LAMBDA_CONCURRENCY with the quota.',
    })
  }
}
