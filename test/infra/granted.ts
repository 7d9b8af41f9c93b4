import type { FunctionName } from '../../lib/bundle.ts'

const here = '<AWS::Region>:<AWS::AccountId>'
const readAndWrite = 'DeleteItem GetItem PutItem Query UpdateItem'
const table = (actions: string) =>
  actions.split(' ').map((action) => `dynamodb:${action} on <Table.Arn>`)
const index = (name: string) => [`dynamodb:Query on <Table.Arn>/index/${name}`]
/** What a list reads: its keys in the index, and the items that they name. */
const lists = [...index('OWNER'), ...table('BatchGetItem')]
const push = [
  `execute-api:ManageConnections on arn:<AWS::Partition>:execute-api:${here}:<SocketApi>/dev/POST/@connections/*`,
]
const close = push.map((grant) => grant.replace('/POST/', '/DELETE/'))
const parameter = (name: string) => [
  `ssm:GetParameter on arn:<AWS::Partition>:ssm:${here}:parameter/launch-studio/dev/${name}`,
]
const bucket = ['s3:ListBucket on <MediaBucket.Arn>']
const send = ['sqs:SendMessage on <MediaQueue.Arn>']
const end = ['sqs:SendMessage on <EndQueue.Arn>']
const ask = ['sqs:SendMessage on <EarlyResearchQueue.Arn>']
const call = ['sqs:SendMessage on <DeliveryQueue.Arn>']
const objects = (actions: string, kind: string) =>
  actions.split(' ').map((action) => `s3:${action} on <MediaBucket.Arn>/sessions/*/${kind}`)
const media = (actions: string, kind: string) =>
  actions.split(' ').map((action) => `s3:${action} on <MediaBucket.Arn>/${kind}/*`)
const transcription = [
  ...bucket,
  ...media('DeleteObject GetObject PutObject', 'uploads'),
  ...media('GetObject PutObject', 'transcripts'),
  'transcribe:StartTranscriptionJob on *',
  `transcribe:GetTranscriptionJob on arn:<AWS::Partition>:transcribe:${here}:transcription-job/launch-studio-dev-*`,
]
const erasure = [
  ...bucket,
  ...['sessions', 'transcripts', 'uploads'].flatMap((kind) => media('DeleteObject', kind)),
]
const machine = (actions: string) =>
  actions.split(' ').map((action) => `states:${action} on <RunMachine>`)
const executions = (action: string) => [
  `states:${action} on arn:<AWS::Partition>:states:${here}:execution:<RunMachine.Name>:*`,
]
const consume = (queue: string) =>
  [
    'ChangeMessageVisibility',
    'DeleteMessage',
    'GetQueueAttributes',
    'GetQueueUrl',
    'ReceiveMessage',
  ].map((action) => `sqs:${action} on <${queue}.Arn>`)

/** All that each function may do, besides its log and its traces. */
export const granted: Record<FunctionName, string[]> = {
  HttpChat: [
    ...end,
    ...ask,
    ...table(`BatchWriteItem ${readAndWrite}`),
    ...lists,
    ...erasure,
    ...objects('GetObject PutObject PutObjectTagging', 'pictures/*'),
    ...machine('StartExecution'),
    ...executions('StopExecution'),
    ...push,
    ...close,
    ...parameter('openai-api-key'),
    ...parameter('token-signing-key'),
  ],
  HttpAssets: [
    ...end,
    ...table(readAndWrite),
    ...lists,
    ...bucket,
    ...objects('DeleteObject GetObject', 'assets/*'),
    ...objects('GetObject', 'pictures/*'),
    ...media('GetObject', 'uploads'),
    ...push,
    ...send,
    ...parameter('token-signing-key'),
  ],
  HttpRuns: [
    ...end,
    ...table(readAndWrite),
    ...lists,
    ...push,
    ...parameter('token-signing-key'),
    ...machine('StartExecution'),
    ...executions('StopExecution'),
  ],
  HttpJobs: [...table('GetItem Query'), ...lists, ...parameter('token-signing-key')],
  HttpLaunch: [
    ...end,
    ...table(`BatchWriteItem ${readAndWrite}`),
    ...lists,
    ...erasure,
    ...push,
    ...parameter('openai-api-key'),
    ...parameter('token-signing-key'),
    ...machine('StartExecution'),
    ...executions('StopExecution'),
  ],
  HttpPlatform: [],
  HttpSafety: [
    ...table('UpdateItem'),
    ...parameter('openai-api-key'),
    ...parameter('token-signing-key'),
  ],
  HttpSpeech: [
    ...table('GetItem Query UpdateItem'),
    ...parameter('token-signing-key'),
    ...bucket,
    ...objects('DeleteObject GetObject PutObject PutObjectTagging', 'speech/*'),
    'polly:SynthesizeSpeech on *',
  ],
  Stream: [
    ...ask,
    ...table(readAndWrite),
    ...lists,
    ...['speech/*', 'assets/*', 'purchases/*', 'pictures/*'].flatMap((kind) =>
      objects('GetObject', kind),
    ),
    ...push,
    ...parameter('openai-api-key'),
    ...parameter('token-signing-key'),
    ...machine('StartExecution'),
    ...transcription,
  ],
  HttpVoice: [
    ...ask,
    ...table(readAndWrite),
    ...push,
    ...parameter('openai-api-key'),
    ...parameter('token-signing-key'),
    ...transcription,
  ],
  HttpPictures: [
    ...ask,
    ...table(readAndWrite),
    ...push,
    ...parameter('openai-api-key'),
    ...parameter('token-signing-key'),
    ...bucket,
    ...media('DeleteObject GetObject PutObject', 'uploads'),
    ...objects('DeleteObject GetObject PutObject PutObjectTagging', 'pictures/*'),
  ],
  TranscriptionFinished: [
    ...ask,
    ...table(readAndWrite),
    ...index('OPEN'),
    ...push,
    ...parameter('openai-api-key'),
    ...transcription,
  ],
  SocketConnect: table('DeleteItem GetItem PutItem'),
  SocketMessage: [
    ...ask,
    ...table(readAndWrite),
    ...push,
    ...parameter('openai-api-key'),
    ...transcription,
  ],
  SocketDisconnect: table('DeleteItem GetItem'),
  StageWorker: [
    ...end,
    ...table(readAndWrite),
    ...push,
    ...parameter('openai-api-key'),
    ...parameter('search-keys'),
    ...machine('SendTaskFailure SendTaskHeartbeat SendTaskSuccess'),
    ...consume('StageQueue'),
    ...consume('EarlyResearchQueue'),
  ],
  DeadLetter: [
    ...end,
    ...table(readAndWrite),
    ...push,
    ...machine('SendTaskFailure'),
    ...consume('DeadLetterQueue'),
  ],
  RunFinalizer: [...table(readAndWrite), ...push, ...end],
  Sweeper: [
    ...end,
    ...call,
    ...table(readAndWrite),
    ...index('OPEN'),
    ...push,
    ...machine('StartExecution'),
    ...executions('DescribeExecution'),
    ...send,
  ],
  MediaWorker: [
    ...end,
    ...table(readAndWrite),
    ...push,
    ...bucket,
    ...objects('DeleteObject GetObject PutObject PutObjectTagging', 'assets/*'),
    ...objects('DeleteObject GetObject PutObject PutObjectTagging', 'purchases/*'),
    ...objects('GetObject', 'pictures/*'),
    ...media('GetObject', 'uploads'),
    ...parameter('openai-api-key'),
    'polly:SynthesizeSpeech on *',
    ...send,
    ...consume('MediaQueue'),
  ],
  Checkup: [
    ...parameter('openai-api-key'),
    ...parameter('token-signing-key'),
    ...parameter('webhook-signing-key'),
  ],
  HttpWebhooks: [
    ...table(`BatchWriteItem ${readAndWrite}`),
    ...lists,
    ...parameter('token-signing-key'),
    ...parameter('webhook-signing-key'),
    ...call,
  ],
  Announcer: [
    ...table('DeleteItem GetItem PutItem Query'),
    `events:PutEvents on arn:<AWS::Partition>:events:${here}:event-bus/default`,
    ...consume('EndQueue'),
    ...call,
  ],
  WebhookSender: [
    ...table('DeleteItem GetItem Query UpdateItem'),
    ...parameter('webhook-signing-key'),
    ...consume('DeliveryQueue'),
    ...call,
  ],
  MediaDeadLetter: [
    ...end,
    ...table(readAndWrite),
    ...push,
    ...send,
    ...consume('MediaDeadLetterQueue'),
  ],
}
