const getAtt = (logicalId: string, attribute: string) => ({ 'Fn::GetAtt': [logicalId, attribute] })
const ref = (logicalId: string) => ({ Ref: logicalId })
const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] })

/** A function whose code stands in the template, with no package that would add its own time. */
const inlineFunction = (code: string, variables: Record<string, unknown> = {}): object => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Code: { ZipFile: code },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    Timeout: 60,
    MemorySize: 512,
    Environment: { Variables: variables },
  },
})

const api = (properties: object): object => ({
  Type: 'AWS::ApiGatewayV2::Api',
  Properties: properties,
})

const stage = (apiId: string, name: string): object => ({
  Type: 'AWS::ApiGatewayV2::Stage',
  Properties: { ApiId: ref(apiId), StageName: name },
})

const integration = (apiId: string, target: string): object => ({
  Type: 'AWS::ApiGatewayV2::Integration',
  Properties: {
    ApiId: ref(apiId),
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: getAtt(target, 'Arn'),
    PayloadFormatVersion: '2.0',
  },
})

const route = (apiId: string, key: string, target: string): object => ({
  Type: 'AWS::ApiGatewayV2::Route',
  Properties: { ApiId: ref(apiId), RouteKey: key, Target: join('integrations/', ref(target)) },
})

const echo = `
exports.handler = async ({ body }) => ({
  statusCode: 200, headers: { 'content-type': 'application/json' }, body
})`

/** Posts frames to connections as the product does: those of one connection one after the other. */
const broadcast = `
const { Agent, request } = require('node:http')
const agent = new Agent({ keepAlive: true, maxSockets: 50 })
const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=bench' }
const endpoint = new URL(process.env.SOCKET_ENDPOINT)
const post = (id, text) => new Promise((resolve, reject) => {
  const { hostname, port, pathname } = endpoint
  const path = pathname + '/@connections/' + encodeURIComponent(id)
  const posted = request({ hostname, port, path, method: 'POST', agent, headers }, (answer) => {
    answer.resume().on('end', () =>
      answer.statusCode === 200 ? resolve() : reject(new Error('answered ' + answer.statusCode)))
  })
  posted.on('error', reject).end(text)
})
exports.handler = async (event) => {
  const { ids, frames, text } = JSON.parse(event.body)
  await Promise.all(ids.map(async (id) => {
    for (let frame = 0; frame < frames; frame += 1) await post(id, text)
  }))
  return { statusCode: 200, body: '{}' }
}`

/** Where the worker reports each message. */
export const workChannel = 'bench-work'

const work = `
const { BroadcastChannel } = require('node:worker_threads')
const channel = new BroadcastChannel('${workChannel}')
channel.unref()
exports.handler = async ({ Records }) => {
  for (const { body } of Records) channel.postMessage({ ...JSON.parse(body), at: performance.timeOrigin + performance.now() })
}`

const task = (name: string, next: object): object => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
  ResultPath: null,
  Parameters: {
    QueueUrl: '<queue>',
    MessageBody: { task: name, 'token.$': '$$.Task.Token' },
  },
  ...next,
})

/** States of the machine, each with a task. */
const steps = ['ONE', 'TWO', 'THREE', 'FOUR', 'FIVE', 'SIX']
export const stepCount = steps.length

const machine = {
  StartAt: 'ONE',
  States: Object.fromEntries(
    steps.map((name, index) => {
      const next = steps[index + 1]
      return [name, task(name, next === undefined ? { End: true } : { Next: next })]
    }),
  ),
}
const [before, ...after] = JSON.stringify(machine).split('<queue>')

/** The smallest program that uses what a turn and a run use: a route, a socket, a queue and a state machine. */
export const engineTemplate = {
  Resources: {
    Echo: inlineFunction(echo),
    Broadcast: inlineFunction(broadcast, {
      SOCKET_ENDPOINT: join(
        'https://',
        ref('Sockets'),
        '.execute-api.',
        ref('AWS::Region'),
        '.',
        ref('AWS::URLSuffix'),
        '/live',
      ),
    }),
    Worker: inlineFunction(work),
    Api: api({ ProtocolType: 'HTTP' }),
    ApiStage: stage('Api', '$default'),
    EchoIntegration: integration('Api', 'Echo'),
    EchoRoute: route('Api', 'POST /echo', 'EchoIntegration'),
    BroadcastIntegration: integration('Api', 'Broadcast'),
    BroadcastRoute: route('Api', 'POST /broadcast', 'BroadcastIntegration'),
    Sockets: api({ ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' }),
    SocketStage: stage('Sockets', 'live'),
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        AttributeDefinitions: [{ AttributeName: 'PK', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'PK', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      },
    },
    Work: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 600 } },
    WorkSource: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: getAtt('Work', 'Arn'),
        FunctionName: ref('Worker'),
        BatchSize: 1,
      },
    },
    Runs: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        DefinitionString: join(before, ...after.flatMap((part) => [ref('Work'), part])),
      },
    },
  },
}
