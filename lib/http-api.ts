import { Duration, Lazy, RemovalPolicy, Validations } from 'aws-cdk-lib'
import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import {
  CfnStage,
  HttpApi as GatewayApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { chatRoutes } from '../shared/contracts/http/chat-routes.ts'
import { jobRoutes } from '../shared/contracts/http/job-routes.ts'
import { launchRoutes } from '../shared/contracts/http/launch-routes.ts'
import { platformRoutes } from '../shared/contracts/http/platform-routes.ts'
import { type Route, routeKey } from '../shared/contracts/http/route.ts'
import { runRoutes } from '../shared/contracts/http/run-routes.ts'
import { kindOf } from '../shared/rules/capacity.ts'
import { ownerIndex } from '../shared/rules/storage-layout.ts'
import { functionMs } from '../shared/rules/time-budgets.ts'
import { httpApiCors } from './cors.ts'
import type { Data } from './data.ts'
import { alarmPeriod } from './observability.ts'
import type { Pipeline } from './pipeline.ts'
import type { Secrets } from './secrets.ts'
import { logRetention, type ServiceContext, ServiceFunction } from './service-function.ts'
import type { SocketApi } from './socket-api.ts'
import { nameInTemplate } from './template-name.ts'

const readAndWrite = ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem'] as const

export interface HttpApiProps {
  service: ServiceContext
  data: Data
  secrets: Secrets
  sockets: SocketApi
  pipeline: Pipeline
  /** Origins whose pages may call the API; without any, CORS is off. */
  allowedOrigins: readonly string[]
}

type ApiRoute = Pick<Route, 'method' | 'path' | 'problems'>

/** The HTTP API: which function answers which route, and what each function may do. */
export class HttpApi extends Construct {
  readonly url: string
  private readonly api: GatewayApi
  private readonly stage: HttpStage
  /** By route key, as CloudFormation writes it: the CDK has no construct for it. */
  private readonly routeSettings: Record<string, Record<string, number>> = {}
  private readonly props: HttpApiProps

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id)
    this.props = props
    const { stage, observability } = props.service
    this.api = new GatewayApi(this, 'Api', {
      apiName: `launch-studio-${stage}`,
      createDefaultStage: false,
      ...(props.allowedOrigins.length > 0 && { corsPreflight: httpApiCors(props.allowedOrigins) }),
    })
    nameInTemplate(this.api, 'HttpApi')
    this.stage = this.addStage(stage)
    this.url = this.stage.url
    this.addChat()
    this.addRuns()
    this.addJobs()
    this.addLaunch()
    this.addPlatform()
    observability.addAlarm(this, 'ServerErrors', {
      metric: this.stage.metricServerError({ period: alarmPeriod, statistic: 'Sum' }),
      threshold: 5,
      description: 'The HTTP API answered with 5xx; its access log names the routes.',
    })
  }

  private addChat(): void {
    const { service, data, secrets, sockets, pipeline } = this.props
    const chat = new ServiceFunction(this, 'HttpChat', {
      service,
      description: 'Sessions, turns and their log.',
      countsBy: 'address',
      timeout: Duration.millis(functionMs.turn),
      callsModel: true,
    })
    this.route(chat, [
      chatRoutes.createSession,
      chatRoutes.getSession,
      chatRoutes.deleteSession,
      chatRoutes.sendMessage,
      chatRoutes.stopTurn,
      chatRoutes.listMessages,
      chatRoutes.listEvents,
      chatRoutes.createTicket,
    ])
    data.allowTable(chat, [...readAndWrite, 'BatchWriteItem'], [ownerIndex.name])
    data.allowMediaErasure(chat)
    secrets.allowOpenaiApiKey(chat)
    secrets.allowTokenSigningKey(chat)
    sockets.allowPush(chat)
    pipeline.allowStart(chat)
    pipeline.allowStop(chat)
    chat.setSetting('socketUrl', sockets.url)
  }

  private addRuns(): void {
    const { service, data, secrets, sockets, pipeline } = this.props
    const runs = new ServiceFunction(this, 'HttpRuns', {
      service,
      description: 'Starts runs and shows what came of them.',
      countsBy: 'address',
      readsSecrets: true,
      timeout: Duration.millis(functionMs.runs),
    })
    this.route(runs, [
      runRoutes.generate,
      runRoutes.generateAsync,
      runRoutes.listRuns,
      runRoutes.getRun,
      runRoutes.resumeRun,
      runRoutes.cancelRun,
    ])
    data.allowTable(runs, readAndWrite, [ownerIndex.name])
    secrets.allowTokenSigningKey(runs)
    sockets.allowPush(runs)
    pipeline.allowStart(runs)
    pipeline.allowStop(runs)
  }

  private addJobs(): void {
    const { service, data, secrets } = this.props
    const jobs = new ServiceFunction(this, 'HttpJobs', {
      service,
      description: 'How far jobs are.',
      readsSecrets: true,
    })
    this.route(jobs, [jobRoutes.listJobs, jobRoutes.getJob])
    data.allowTable(jobs, ['GetItem', 'Query'], [ownerIndex.name])
    secrets.allowTokenSigningKey(jobs)
  }

  private addLaunch(): void {
    const { service, data, secrets, sockets, pipeline } = this.props
    const launch = new ServiceFunction(this, 'HttpLaunch', {
      service,
      description: 'The older one-shot API over the same pipeline.',
      countsBy: 'address',
      timeout: Duration.millis(functionMs.turn),
      callsModel: true,
    })
    this.route(launch, [
      launchRoutes.launch,
      launchRoutes.launchHistory,
      launchRoutes.launchDetail,
      launchRoutes.deleteLaunch,
    ])
    data.allowTable(launch, [...readAndWrite, 'BatchWriteItem'], [ownerIndex.name])
    data.allowMediaErasure(launch)
    secrets.allowOpenaiApiKey(launch)
    secrets.allowTokenSigningKey(launch)
    sockets.allowPush(launch)
    pipeline.allowStart(launch)
    pipeline.allowStop(launch)
  }

  private addPlatform(): void {
    const platform = new ServiceFunction(this, 'HttpPlatform', {
      service: this.props.service,
      description: 'Health, the documents, and the answer to what no other route knows.',
    })
    this.route(platform, [
      platformRoutes.health,
      platformRoutes.openapi,
      platformRoutes.asyncapi,
      platformRoutes.docs,
    ])
    new HttpRoute(this, 'Default', {
      httpApi: this.api,
      routeKey: HttpRouteKey.DEFAULT,
      integration: new HttpLambdaIntegration('HttpPlatformDefault', platform),
    })
  }

  /** Has the function answer these routes of the contracts. */
  route(fn: ServiceFunction, routes: readonly ApiRoute[]): void {
    const integration = new HttpLambdaIntegration(fn.node.id, fn)
    for (const route of routes) {
      const { method, path } = route
      const made = this.api.addRoutes({ path, methods: [HttpMethod[method]], integration })
      this.throttle(route, made)
    }
  }

  /** Other than the stage's own, for a route that calls a model. */
  private throttle(route: ApiRoute, made: readonly HttpRoute[]): void {
    const kind = kindOf(route)
    if (kind === 'cheap') return
    const { rateLimit, burstLimit } = this.props.service.capacity.throttle(kind)
    this.routeSettings[routeKey(route)] = {
      ThrottlingRateLimit: rateLimit,
      ThrottlingBurstLimit: burstLimit,
    }
    // A stage cannot name a route that is not there yet.
    this.stage.node.addDependency(...made)
  }

  private addStage(stage: string): HttpStage {
    const gatewayStage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      autoDeploy: true,
      throttle: this.props.service.capacity.throttle('cheap'),
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLog', {
            // For the prefix, see the state machine's log group.
            logGroupName: `/aws/vendedlogs/launch-studio/${stage}/http-api`,
            retention: logRetention,
            removalPolicy: RemovalPolicy.DESTROY,
          }),
        ),
        format: accessLogFormat(),
      },
    })
    const { routeSettings } = this
    // Routes are added after their stage.
    const { defaultChild } = gatewayStage.node
    if (!(defaultChild instanceof CfnStage)) throw new Error('The stage is no CfnStage.')
    defaultChild.routeSettings = Lazy.any({ produce: () => routeSettings })
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'The functions check tokens themselves: the first call mints one, and every refusal is a problem document.',
    })
    return gatewayStage
  }
}

/** Route keys instead of paths, and no addresses, so that the log identifies no user. */
const accessLogFormat = (): AccessLogFormat =>
  AccessLogFormat.custom(
    JSON.stringify({
      request_id: AccessLogField.contextRequestId(),
      time: AccessLogField.contextRequestTimeEpoch(),
      route: AccessLogField.contextRouteKey(),
      status: AccessLogField.contextStatus(),
      latency_ms: AccessLogField.contextResponseLatency(),
      response_bytes: AccessLogField.contextResponseLength(),
      error: AccessLogField.contextErrorMessage(),
      integration_error: AccessLogField.contextIntegrationErrorMessage(),
    }),
  )
