import { Duration, Lazy, RemovalPolicy, Validations } from 'aws-cdk-lib'
import {
  CfnStage,
  HttpApi as GatewayApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { accessRoutes } from '../shared/contracts/http/access-routes.ts'
import { briefRoutes } from '../shared/contracts/http/brief-routes.ts'
import { chatRoutes } from '../shared/contracts/http/chat-routes.ts'
import { jobRoutes } from '../shared/contracts/http/job-routes.ts'
import { launchRoutes } from '../shared/contracts/http/launch-routes.ts'
import { platformRoutes } from '../shared/contracts/http/platform-routes.ts'
import { type Route, routeKey } from '../shared/contracts/http/route.ts'
import { runRoutes } from '../shared/contracts/http/run-routes.ts'
import { safetyRoutes } from '../shared/contracts/http/safety-routes.ts'
import { usageRoutes } from '../shared/contracts/http/usage-routes.ts'
import { kindOf } from '../shared/rules/capacity.ts'
import { mediaPrefixes, ownerIndex, pictureFolder } from '../shared/rules/storage-layout.ts'
import { functionMs } from '../shared/rules/time-budgets.ts'
import { accessLogFormat } from './access-log.ts'
import { httpApiCors } from './cors.ts'
import type { Data } from './data.ts'
import type { EarlyResearch } from './early-research.ts'
import type { Ends } from './ends.ts'
import { ratePeriod } from './observability.ts'
import type { OidcIssuer } from './oidc-issuer.ts'
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
  ends: Ends
  earlyResearch: EarlyResearch
  /** Origins whose pages may call the API; without any, CORS is off. */
  allowedOrigins: readonly string[]
  oidc: OidcIssuer | undefined
}

type ApiRoute = Pick<Route, 'method' | 'path' | 'principal' | 'problems'>

/** The HTTP API: which function answers which route, and what each function may do. */
export class HttpApi extends Construct {
  readonly url: string
  private readonly api: GatewayApi
  private readonly stage: HttpStage
  /** By route key, as CloudFormation writes it: the CDK has no construct for it. */
  private readonly routeSettings: Record<string, Record<string, number>> = {}
  private readonly props: HttpApiProps
  private readonly authorizer: HttpJwtAuthorizer | undefined

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id)
    this.props = props
    const { stage, observability } = props.service
    this.authorizer =
      props.oidc &&
      new HttpJwtAuthorizer('Oidc', props.oidc.issuer, { jwtAudience: [...props.oidc.audience] })
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
    this.addSafety()
    this.addPlatform()
    observability.addRateAlarm(this, 'ServerErrors', {
      failed: [this.stage.metricServerError({ period: ratePeriod, statistic: 'Sum' })],
      total: this.stage.metricCount({ period: ratePeriod, statistic: 'Sum' }),
      percent: 2,
      floor: 20,
      description:
        'The HTTP API answers with 5xx. Its access log names the routes and, as gateway_request_id, the lines of the functions.',
    })
  }

  private addChat(): void {
    const { service, data, secrets, sockets, pipeline, ends, earlyResearch } = this.props
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
      ...Object.values(briefRoutes),
      ...Object.values(accessRoutes),
    ])
    data.allowTable(chat, [...readAndWrite, 'BatchWriteItem'], [ownerIndex.name])
    data.allowMediaErasure(chat)
    // A brief that is used again takes its picture along.
    data.allowMedia(
      chat,
      ['GetObject', 'PutObject', 'PutObjectTagging'],
      `${mediaPrefixes.sessions}*/${pictureFolder}*`,
    )
    secrets.allowOpenaiApiKey(chat)
    secrets.allowIdentification(chat)
    sockets.allowPush(chat)
    ends.allowEnd(chat)
    sockets.allowClose(chat)
    pipeline.allowStart(chat)
    pipeline.allowStop(chat)
    earlyResearch.allowRequest(chat)
    chat.setSetting('socketUrl', sockets.url)
  }

  private addRuns(): void {
    const { service, data, secrets, sockets, pipeline, ends } = this.props
    const runs = new ServiceFunction(this, 'HttpRuns', {
      service,
      description: 'Starts runs, and shows what came of them and what was spent.',
      countsBy: 'address',
      readsModelSettings: true,
      timeout: Duration.millis(functionMs.runs),
    })
    this.route(runs, [
      runRoutes.generate,
      runRoutes.generateAsync,
      runRoutes.listRuns,
      runRoutes.getRun,
      runRoutes.resumeRun,
      runRoutes.reviseRun,
      runRoutes.cancelRun,
      usageRoutes.usage,
    ])
    data.allowTable(runs, readAndWrite, [ownerIndex.name])
    secrets.allowIdentification(runs)
    sockets.allowPush(runs)
    ends.allowEnd(runs)
    pipeline.allowStart(runs)
    pipeline.allowStop(runs)
  }

  private addJobs(): void {
    const { service, data, secrets } = this.props
    const jobs = new ServiceFunction(this, 'HttpJobs', {
      service,
      description: 'How far jobs are.',
    })
    this.route(jobs, [jobRoutes.listJobs, jobRoutes.getJob])
    data.allowTable(jobs, ['GetItem', 'Query'], [ownerIndex.name])
    secrets.allowIdentification(jobs)
  }

  private addLaunch(): void {
    const { service, data, secrets, sockets, pipeline, ends } = this.props
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
    secrets.allowIdentification(launch)
    sockets.allowPush(launch)
    ends.allowEnd(launch)
    pipeline.allowStart(launch)
    pipeline.allowStop(launch)
  }

  private addSafety(): void {
    const { service, data, secrets } = this.props
    const safety = new ServiceFunction(this, 'HttpSafety', {
      service,
      description: 'Judges a text by the copy filter alone.',
      callsModel: true,
      countsBy: 'address',
    })
    this.route(safety, [safetyRoutes.checkCopy])
    data.allowTable(safety, ['UpdateItem'])
    secrets.allowOpenaiApiKey(safety)
    secrets.allowIdentification(safety)
  }

  private addPlatform(): void {
    const platform = new ServiceFunction(this, 'HttpPlatform', {
      service: this.props.service,
      description: 'Health, the documents, and the answer to what no other route knows.',
      readsModelSettings: true,
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
      const { method, path, principal } = route
      const made = this.api.addRoutes({
        path,
        methods: [HttpMethod[method]],
        integration,
        // Where a principal is optional, the function says what is missing, as a problem.
        ...(this.authorizer && principal === 'required' && { authorizer: this.authorizer }),
      })
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
      reason: this.authorizer
        ? 'Routes that need a principal have the JWT authorizer; the others are public, or answer a missing token with a problem document.'
        : 'The functions check tokens themselves: the first call mints one, and every refusal is a problem document.',
    })
    return gatewayStage
  }
}
