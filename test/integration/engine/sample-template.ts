// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are CloudFormation's own
import { parseTemplate, type Template } from '../../../local/engine.ts'

const getAtt = (logicalId: string, attribute: string) => ({ 'Fn::GetAtt': [logicalId, attribute] })
const ref = (logicalId: string) => ({ Ref: logicalId })
const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] })

/** A function whose S3Key is the name of its handler's file. */
const lambda = (handler: string, properties: object = {}, variables: object = {}): object => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: { S3Bucket: { 'Fn::Sub': 'assets-${AWS::AccountId}' }, S3Key: `${handler}.zip` },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Timeout: 10,
    MemorySize: 256,
    Role: getAtt('Role', 'Arn'),
    Environment: { Variables: { TABLE_NAME: ref('Table'), ...variables } },
    ...properties,
  },
})

const route = (api: string, key: string, target: string, properties: object = {}): object => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: {
    ApiId: ref(api),
    RouteKey: key,
    Target: join('integrations/', ref(target)),
    ...properties,
  },
})

const integration = (api: string, target: string, properties: object): object => ({
  Type: 'AWS::ApiGatewayV2::Integration',
  Properties: {
    ApiId: ref(api),
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: getAtt(target, 'Arn'),
    ...properties,
  },
})

const task = (name: string, rest: object) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
  TimeoutSeconds: 20,
  HeartbeatSeconds: 20,
  ResultPath: null,
  Parameters: {
    QueueUrl: '<queue>',
    MessageBody: {
      'run.$': '$.run',
      'plan.$': '$.plan',
      task: name,
      'retry.$': '$$.State.RetryCount',
      'task_token.$': '$$.Task.Token',
      'execution.$': '$$.Execution.Name',
    },
  },
  Retry: [
    {
      ErrorEquals: ['States.Timeout', 'States.HeartbeatTimeout', 'WORKER_INTERRUPTED'],
      IntervalSeconds: 1,
      MaxAttempts: 1,
    },
  ],
  ...rest,
})

const toFailed = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'FAILED' }]
const entry = (path: string, Next: string) => ({ Variable: '$.path', StringEquals: path, Next })

const machine = {
  StartAt: 'ENTRY',
  TimeoutSeconds: 60,
  States: {
    ENTRY: {
      Type: 'Choice',
      Choices: [
        entry('single', 'SINGLE'),
        entry('silent', 'SILENT'),
        entry('beating', 'BEATING'),
        entry('timed', 'TIMED'),
        entry('patient', 'PATIENT'),
        entry('many', 'MANY'),
      ],
    },
    SINGLE: task('SINGLE', { Next: 'DONE', Catch: toFailed }),
    SILENT: task('SILENT', { HeartbeatSeconds: 1, Next: 'DONE', Catch: toFailed }),
    BEATING: task('BEATING', { HeartbeatSeconds: 3, Next: 'DONE' }),
    TIMED: task('TIMED', {
      HeartbeatSeconds: undefined,
      TimeoutSeconds: 3,
      Next: 'DONE',
      Retry: [],
      // By definition, this catches everything but a timeout.
      Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'DONE' }],
    }),
    PATIENT: task('PATIENT', { Next: 'MANY' }),
    MANY: {
      Type: 'Parallel',
      ResultPath: '$.branches',
      Branches: [
        {
          StartAt: 'LEFT',
          States: {
            LEFT: task('LEFT', { Next: 'LEFT_THEN' }),
            LEFT_THEN: task('LEFT_THEN', { End: true }),
          },
        },
        { StartAt: 'RIGHT', States: { RIGHT: task('RIGHT', { End: true, ResultPath: '$' }) } },
      ],
      Catch: toFailed,
      Next: 'DONE',
    },
    DONE: { Type: 'Succeed' },
    FAILED: { Type: 'Fail', ErrorPath: '$.error.Error', CausePath: '$.error.Cause' },
  },
}
const [beforeQueue, ...afterQueue] = JSON.stringify(machine).split('<queue>')
const definition = join(beforeQueue, ...afterQueue.flatMap((part) => [ref('Work'), part]))

const socketHost = (scheme: string) =>
  join(
    `${scheme}://`,
    ref('Sockets'),
    '.execute-api.',
    ref('AWS::Region'),
    '.',
    ref('AWS::URLSuffix'),
    '/live',
  )

/** A template that has one of everything that the engine runs, and some that it does not. */
export const sampleTemplate: Template = parseTemplate({
  Parameters: { BootstrapVersion: { Type: 'String', Default: '/cdk/version' } },
  Conditions: { Never: { 'Fn::Equals': [ref('AWS::Region'), 'nowhere'] } },
  Resources: {
    Role: { Type: 'AWS::IAM::Role', Properties: {} },
    EchoLogs: { Type: 'AWS::Logs::LogGroup' },
    EchoErrors: { Type: 'AWS::CloudWatch::Alarm' },
    Ghost: { Type: 'AWS::SQS::Queue', Condition: 'Never' },
    Edge: { Type: 'AWS::CloudFront::Function', Properties: { Name: 'edge' } },
    Teapot: { Type: 'Custom::Teapot', Properties: {} },
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        AttributeDefinitions: [
          { AttributeName: 'PK', AttributeType: 'S' },
          { AttributeName: 'SK', AttributeType: 'S' },
        ],
        KeySchema: [
          { AttributeName: 'PK', KeyType: 'HASH' },
          { AttributeName: 'SK', KeyType: 'RANGE' },
        ],
        BillingMode: 'PAY_PER_REQUEST',
        TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      },
    },
    Media: { Type: 'AWS::S3::Bucket', Properties: { CorsConfiguration: { CorsRules: [] } } },
    Dead: { Type: 'AWS::SQS::Queue' },
    Work: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        VisibilityTimeout: 600,
        RedrivePolicy: { deadLetterTargetArn: getAtt('Dead', 'Arn'), maxReceiveCount: 3 },
      },
    },
    Hasty: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        VisibilityTimeout: 1,
        RedrivePolicy: { deadLetterTargetArn: getAtt('Dead', 'Arn'), maxReceiveCount: 2 },
      },
    },
    Notices: { Type: 'AWS::SQS::Queue' },

    Echo: lambda(
      'echo',
      {},
      {
        SOCKET_URL: socketHost('wss'),
        API: getAtt('Api', 'ApiEndpoint'),
        QUEUE: ref('Work'),
        VERSION: ref('BootstrapVersion'),
        STREAM: getAtt('StreamUrl', 'FunctionUrl'),
      },
    ),
    Brief: lambda('echo', { Timeout: 1, ReservedConcurrentExecutions: 1 }),
    Stream: lambda('stream'),
    Socket: lambda('socket', {}, { SOCKET_ENDPOINT: socketHost('https') }),
    Worker: lambda('worker', { Timeout: 30 }),
    Listener: lambda('listener'),

    Api: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: {
        ProtocolType: 'HTTP',
        CorsConfiguration: {
          AllowOrigins: ['https://allowed.example'],
          AllowMethods: ['GET', 'POST'],
          AllowHeaders: ['authorization'],
          MaxAge: 60,
        },
      },
    },
    ApiStage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: ref('Api'), StageName: '$default' },
    },
    EchoIntegration: integration('Api', 'Echo', { PayloadFormatVersion: '2.0' }),
    HastyIntegration: integration('Api', 'Echo', {
      PayloadFormatVersion: '2.0',
      TimeoutInMillis: 100,
    }),
    BriefIntegration: integration('Api', 'Brief', { PayloadFormatVersion: '2.0' }),
    ThingRoute: route('Api', 'GET /things/{id}', 'EchoIntegration'),
    SpecialRoute: route('Api', 'GET /things/special', 'EchoIntegration'),
    FilesRoute: route('Api', 'ANY /files/{path+}', 'EchoIntegration'),
    HastyRoute: route('Api', 'GET /do/wait', 'HastyIntegration'),
    BriefRoute: route('Api', 'GET /do/hang', 'BriefIntegration'),
    ClosedRoute: route('Api', 'GET /closed', 'EchoIntegration', { AuthorizationType: 'JWT' }),
    DefaultRoute: route('Api', '$default', 'EchoIntegration'),

    StreamUrl: {
      Type: 'AWS::Lambda::Url',
      Properties: { TargetFunctionArn: getAtt('Stream', 'Arn'), InvokeMode: 'RESPONSE_STREAM' },
    },
    Front: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          DefaultCacheBehavior: { TargetOriginId: 'api' },
          CacheBehaviors: [
            { PathPattern: '/api/*/stream', TargetOriginId: 'stream' },
            { PathPattern: '/web/*', TargetOriginId: 'web' },
          ],
          Origins: [
            {
              Id: 'api',
              OriginCustomHeaders: [{ HeaderName: 'X-Proof', HeaderValue: 'from the edge' }],
              DomainName: {
                'Fn::Select': [2, { 'Fn::Split': ['/', getAtt('Api', 'ApiEndpoint')] }],
              },
            },
            {
              Id: 'stream',
              DomainName: {
                'Fn::Select': [2, { 'Fn::Split': ['/', getAtt('StreamUrl', 'FunctionUrl')] }],
              },
            },
            { Id: 'web', DomainName: getAtt('Media', 'RegionalDomainName') },
          ],
        },
      },
    },

    Sockets: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: {
        ProtocolType: 'WEBSOCKET',
        RouteSelectionExpression: '$request.body.action',
      },
    },
    SocketStage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: { ApiId: ref('Sockets'), StageName: 'live' },
    },
    SocketIntegration: integration('Sockets', 'Socket', {
      IntegrationUri: join(
        'arn:aws:apigateway:',
        ref('AWS::Region'),
        ':lambda:path/2015-03-31/functions/',
        getAtt('Socket', 'Arn'),
        '/invocations',
      ),
    }),
    ConnectRoute: route('Sockets', '$connect', 'SocketIntegration'),
    DisconnectRoute: route('Sockets', '$disconnect', 'SocketIntegration'),
    SocketDefaultRoute: route('Sockets', '$default', 'SocketIntegration'),
    ShoutRoute: route('Sockets', 'shout', 'SocketIntegration'),
    ReturnedRoute: route('Sockets', 'returned', 'SocketIntegration', {
      RouteResponseSelectionExpression: '$default',
    }),

    WorkSource: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: getAtt('Work', 'Arn'),
        FunctionName: ref('Worker'),
        BatchSize: 1,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 16 },
      },
    },
    HastySource: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: getAtt('Hasty', 'Arn'),
        FunctionName: getAtt('Worker', 'Arn'),
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      },
    },
    Runs: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: { DefinitionString: definition, RoleArn: getAtt('Role', 'Arn') },
    },
    EndedRule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: {
          source: ['aws.states'],
          'detail-type': ['Step Functions Execution Status Change'],
          detail: { stateMachineArn: [ref('Runs')], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
        },
        Targets: [{ Id: 'Listener', Arn: getAtt('Listener', 'Arn') }],
      },
    },
    NoticeRule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: {
          source: [{ prefix: 'sample.' }],
          detail: { job: [{ exists: true }], sub: { kind: ['a', 'b'] } },
        },
        Targets: [{ Id: 'Notices', Arn: getAtt('Notices', 'Arn') }],
      },
    },
    NumericRule: {
      Type: 'AWS::Events::Rule',
      Properties: { EventPattern: { detail: { size: [{ numeric: ['>', 1] }] } }, Targets: [] },
    },
    SweepRule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        ScheduleExpression: 'rate(1 minute)',
        Targets: [{ Id: 'Listener', Arn: getAtt('Listener', 'Arn') }],
      },
    },
    CronRule: {
      Type: 'AWS::Events::Rule',
      Properties: { ScheduleExpression: 'cron(0 12 * * ? *)', Targets: [] },
    },
  },
})
