import { Stack, Validations } from 'aws-cdk-lib'
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2'
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { Construct } from 'constructs'
import type { Data } from './data.ts'
import type { EarlyResearch } from './early-research.ts'
import type { Secrets } from './secrets.ts'
import { type ServiceContext, ServiceFunction, type Wildcard } from './service-function.ts'
import { nameInTemplate } from './template-name.ts'
import type { Transcription } from './transcription.ts'

export interface SocketApiProps {
  service: ServiceContext
  data: Data
  secrets: Secrets
  transcription: Transcription
  earlyResearch: EarlyResearch
}

/** The WebSocket API, its three functions, and the right to push to its connections. */
export class SocketApi extends Construct {
  /** `wss://…/<stage>`, where clients connect. */
  readonly url: string
  /** Where the functions post to connections. */
  readonly endpoint: string
  private readonly data: Data
  private readonly connections: (method: 'POST' | 'DELETE') => Wildcard

  constructor(
    scope: Construct,
    id: string,
    { service, data, secrets, transcription, earlyResearch }: SocketApiProps,
  ) {
    super(scope, id)
    this.data = data
    const connect = new ServiceFunction(this, 'SocketConnect', {
      service,
      description: 'Admits a socket that shows a ticket.',
    })
    const message = new ServiceFunction(this, 'SocketMessage', {
      service,
      description: 'Answers every frame that a client sends.',
      timeout: service.times.socketMessage,
      callsModel: true,
      countsBy: 'principal',
    })
    const disconnect = new ServiceFunction(this, 'SocketDisconnect', {
      service,
      description: 'Forgets a socket that closed.',
    })
    const api = new WebSocketApi(this, 'Api', {
      apiName: `launch-studio-${service.stage}-sockets`,
      routeSelectionExpression: '$request.body.action',
      connectRouteOptions: { integration: new WebSocketLambdaIntegration('Connect', connect) },
      disconnectRouteOptions: {
        integration: new WebSocketLambdaIntegration('Disconnect', disconnect),
      },
      defaultRouteOptions: { integration: new WebSocketLambdaIntegration('Message', message) },
    })
    const stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: api,
      stageName: service.stage,
      autoDeploy: true,
      // Its frames are turns as well as pings: a turn's own limit is counted by the function.
      throttle: service.capacity.throttle('cheap'),
    })
    this.url = stage.url
    this.endpoint = stage.callbackUrl
    nameInTemplate(api, 'SocketApi')
    this.connections = (method) => connectionsOf(this, api, service.stage, method)

    data.allowTable(connect, ['GetItem', 'PutItem', 'DeleteItem'])
    data.allowTable(message, ['GetItem', 'Query', 'PutItem', 'UpdateItem'])
    data.allowTable(disconnect, ['GetItem', 'DeleteItem'])
    secrets.allowOpenaiApiKey(message)
    transcription.allow(message)
    earlyResearch.allowRequest(message)
    this.allowPush(message)

    acknowledgeFindings(api, stage)
  }

  /** Lets the function find connections, push frames to them and delete those that are gone. */
  allowPush(fn: ServiceFunction): void {
    this.data.allowTable(fn, ['Query', 'DeleteItem'])
    fn.setSetting('socketEndpoint', this.endpoint)
    fn.allowWildcard(['execute-api:ManageConnections'], this.connections('POST'))
  }

  /** Lets the function, which may push, also end connections. */
  allowClose(fn: ServiceFunction): void {
    fn.allowWildcard(['execute-api:ManageConnections'], this.connections('DELETE'))
  }
}

/** The API's open connections, as a resource to post to or to delete. */
const connectionsOf = (
  scope: Construct,
  api: WebSocketApi,
  stage: string,
  method: string,
): Wildcard => {
  const calls = `${stage}/${method}/@connections/*`
  return {
    arn: Stack.of(scope).formatArn({
      service: 'execute-api',
      resource: api.apiId,
      resourceName: calls,
    }),
    finding: `arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<SocketApi>/${calls}`,
    reason:
      'A connection gets its id when it opens; the grant is limited to this stage of this API.',
  }
}

const acknowledgeFindings = (api: WebSocketApi, stage: WebSocketStage): void => {
  Validations.of(api).acknowledge({
    id: 'AwsSolutions-APIG4',
    reason: 'The functions check tickets themselves: $connect admits a one-time ticket.',
  })
  const reason =
    "Access logs of a WebSocket API need a role in the account's settings, which one stack must not own; the functions log every frame."
  Validations.of(stage).acknowledge(
    { id: 'AwsSolutions-APIG1', reason },
    { id: 'Serverless-APIGWAccessLogging', reason },
  )
}
