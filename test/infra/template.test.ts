import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import type { FunctionName } from '../../lib/bundle.ts'
import { functionNames, functionsOf, resourcesOf, template, text } from './synthesized.ts'

const functionSchema = z.looseObject({
  Runtime: z.string(),
  Architectures: z.array(z.string()),
  Handler: z.string(),
  Timeout: z.number(),
  TracingConfig: z.looseObject({ Mode: z.string() }),
  LoggingConfig: z.looseObject({ LogFormat: z.string(), LogGroup: z.object({ Ref: z.string() }) }),
  Environment: z.object({ Variables: z.record(z.string(), text) }),
})
const functions = functionsOf(template, functionSchema)

describe('every function', () => {
  test('is in the template under its own name', () => {
    expect([...functions.keys()].sort()).toEqual([...functionNames].sort())
  })

  test.each(functionNames)('%s runs on Node 24 and arm64, traced', (name) => {
    expect(functions.get(name)).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogFormat: 'JSON' },
    })
  })

  test('writes to a log of its own with a month’s retention', () => {
    const logs = [...functions.values()].map(({ LoggingConfig }) => LoggingConfig.LogGroup.Ref)
    expect(new Set(logs).size).toBe(functionNames.length)
    for (const log of logs) {
      expect(template.Resources[log]?.Type).toBe('AWS::Logs::LogGroup')
    }
    const groups = resourcesOf(template, 'AWS::Logs::LogGroup', z.record(z.string(), z.unknown()))
    // Beside the functions': the HTTP API's, the state machine's, and those of the CDK's functions that deploy the
    // console and empty the buckets.
    expect(groups.size).toBe(functionNames.length + 4)
    for (const [id, group] of groups) {
      expect(group.RetentionInDays, id).toBe(30)
    }
  })

  const variables: Record<FunctionName, string> = {
    HttpAssets:
      'END_QUEUE_URL FRONT_DOOR_PROOF MEDIA_BUCKET_NAME MEDIA_QUEUE_URL SOCKET_ENDPOINT TABLE_NAME TOKEN_SIGNING_KEY_PARAMETER',
    HttpChat:
      'EARLY_RESEARCH_QUEUE_URL END_QUEUE_URL FRONT_DOOR_PROOF MEDIA_BUCKET_NAME OPENAI_API_KEY_PARAMETER SOCKET_ENDPOINT SOCKET_URL STATE_MACHINE_ARN TABLE_NAME TOKEN_SIGNING_KEY_PARAMETER',
    HttpRuns:
      'END_QUEUE_URL FRONT_DOOR_PROOF SOCKET_ENDPOINT STATE_MACHINE_ARN TABLE_NAME TOKEN_SIGNING_KEY_PARAMETER',
    HttpJobs: 'TABLE_NAME TOKEN_SIGNING_KEY_PARAMETER',
    HttpLaunch:
      'END_QUEUE_URL FRONT_DOOR_PROOF MEDIA_BUCKET_NAME OPENAI_API_KEY_PARAMETER SOCKET_ENDPOINT STATE_MACHINE_ARN TABLE_NAME TOKEN_SIGNING_KEY_PARAMETER',
    HttpPlatform: '',
    HttpSafety: 'FRONT_DOOR_PROOF OPENAI_API_KEY_PARAMETER TABLE_NAME TOKEN_SIGNING_KEY_PARAMETER',
    HttpSpeech: 'FRONT_DOOR_PROOF MEDIA_BUCKET_NAME TABLE_NAME TOKEN_SIGNING_KEY_PARAMETER',
    HttpVoice:
      'EARLY_RESEARCH_QUEUE_URL FRONT_DOOR_PROOF MEDIA_BUCKET_NAME OPENAI_API_KEY_PARAMETER SOCKET_ENDPOINT TABLE_NAME TOKEN_SIGNING_KEY_PARAMETER',
    HttpPictures:
      'EARLY_RESEARCH_QUEUE_URL FRONT_DOOR_PROOF MEDIA_BUCKET_NAME OPENAI_API_KEY_PARAMETER SOCKET_ENDPOINT TABLE_NAME TOKEN_SIGNING_KEY_PARAMETER',
    Stream:
      'EARLY_RESEARCH_QUEUE_URL FRONT_DOOR_PROOF MEDIA_BUCKET_NAME OPENAI_API_KEY_PARAMETER SOCKET_ENDPOINT STATE_MACHINE_ARN TABLE_NAME TOKEN_SIGNING_KEY_PARAMETER',
    SocketConnect: 'TABLE_NAME',
    SocketMessage:
      'EARLY_RESEARCH_QUEUE_URL MEDIA_BUCKET_NAME OPENAI_API_KEY_PARAMETER SOCKET_ENDPOINT TABLE_NAME',
    SocketDisconnect: 'TABLE_NAME',
    StageWorker:
      'END_QUEUE_URL OPENAI_API_KEY_PARAMETER SEARCH_KEYS_PARAMETER SOCKET_ENDPOINT TABLE_NAME',
    DeadLetter: 'END_QUEUE_URL SOCKET_ENDPOINT TABLE_NAME',
    RunFinalizer: 'END_QUEUE_URL SOCKET_ENDPOINT TABLE_NAME',
    Checkup: 'OPENAI_API_KEY_PARAMETER TOKEN_SIGNING_KEY_PARAMETER WEBHOOK_SIGNING_KEY_PARAMETER',
    MediaWorker:
      'END_QUEUE_URL MEDIA_BUCKET_NAME MEDIA_QUEUE_URL OPENAI_API_KEY_PARAMETER SOCKET_ENDPOINT TABLE_NAME',
    MediaDeadLetter: 'END_QUEUE_URL MEDIA_QUEUE_URL SOCKET_ENDPOINT TABLE_NAME',
    Sweeper:
      'DELIVERY_QUEUE_URL END_QUEUE_URL MEDIA_QUEUE_URL SOCKET_ENDPOINT STATE_MACHINE_ARN TABLE_NAME',
    HttpWebhooks:
      'DELIVERY_QUEUE_URL FRONT_DOOR_PROOF TABLE_NAME TOKEN_SIGNING_KEY_PARAMETER WEBHOOK_SIGNING_KEY_PARAMETER',
    Announcer: 'DELIVERY_QUEUE_URL TABLE_NAME',
    WebhookSender: 'DELIVERY_QUEUE_URL TABLE_NAME WEBHOOK_SIGNING_KEY_PARAMETER',
    TranscriptionFinished:
      'EARLY_RESEARCH_QUEUE_URL MEDIA_BUCKET_NAME OPENAI_API_KEY_PARAMETER SOCKET_ENDPOINT TABLE_NAME',
  }
  const host = '<SocketApi>.execute-api.<AWS::Region>.<AWS::URLSuffix>/dev'
  const values: Record<string, string> = {
    DELIVERY_QUEUE_URL: '<DeliveryQueue>',
    EARLY_RESEARCH_QUEUE_URL: '<EarlyResearchQueue>',
    END_QUEUE_URL: '<EndQueue>',
    FRONT_DOOR_PROOF: '<<AWS::StackId> by /, 2>',
    MEDIA_BUCKET_NAME: '<MediaBucket>',
    MEDIA_QUEUE_URL: '<MediaQueue>',
    OPENAI_API_KEY_PARAMETER: '/launch-studio/dev/openai-api-key',
    PARAMETERS_ENDPOINT: 'https://ssm.<AWS::Region>.<AWS::URLSuffix>',
    SEARCH_KEYS_PARAMETER: '/launch-studio/dev/search-keys',
    SOCKET_ENDPOINT: `https://${host}`,
    SOCKET_URL: `wss://${host}`,
    STAGE: 'dev',
    STATE_MACHINE_ARN: '<RunMachine>',
    TABLE_NAME: '<Table>',
    TOKEN_SIGNING_KEY_PARAMETER: '/launch-studio/dev/token-signing-key',
    WEBHOOK_SIGNING_KEY_PARAMETER: '/launch-studio/dev/webhook-signing-key',
  }
  test.each(functionNames)('%s has the variables that it reads and no others', (name) => {
    const own = variables[name].split(' ').filter(Boolean)
    const readsParameters = own.some((variable) => variable.endsWith('_PARAMETER'))
    const expected = ['STAGE', ...own, ...(readsParameters ? ['PARAMETERS_ENDPOINT'] : [])]
    expect(functions.get(name)?.Environment.Variables).toEqual(
      Object.fromEntries(expected.map((variable) => [variable, values[variable]])),
    )
  })

  test.each(['HttpChat', 'HttpVoice', 'HttpPictures', 'SocketMessage'])(
    '%s outlives the caller of its turn',
    (name) => {
      // The gateway stops waiting after 29 or 30 s.
      expect(functions.get(name)?.Timeout).toBe(60)
    },
  )
})

describe('rules', () => {
  const rules = [
    ...resourcesOf(
      template,
      'AWS::Events::Rule',
      z.looseObject({
        State: z.literal('ENABLED'),
        ScheduleExpression: z.string().optional(),
        EventPattern: z
          .object({
            source: z.array(z.string()),
            'detail-type': z.array(z.string()),
            detail: z.record(z.string(), z.array(z.union([text, z.object({ prefix: text })]))),
          })
          .optional(),
        Targets: z.array(z.looseObject({ Arn: text })),
      }),
    ).values(),
  ]

  test('a failed execution of our machine reaches the finalizer', () => {
    const rule = rules.find(({ Targets }) => Targets[0]?.Arn === '<RunFinalizer.Arn>')
    expect(rule?.EventPattern).toEqual({
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: { stateMachineArn: ['<RunMachine>'], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
    })
  })

  test('the end of a transcription of ours reaches the function that finishes voice turns', () => {
    const rule = rules.find(({ EventPattern }) => EventPattern?.source[0] === 'aws.transcribe')
    expect(rule).toMatchObject({
      EventPattern: {
        'detail-type': ['Transcribe Job State Change'],
        detail: {
          TranscriptionJobName: [{ prefix: 'launch-studio-dev-' }],
          TranscriptionJobStatus: ['COMPLETED', 'FAILED'],
        },
      },
      Targets: [{ Arn: '<TranscriptionFinished.Arn>' }],
    })
  })

  test.each([
    ['Sweeper', 'rate(1 minute)'],
    ['TranscriptionFinished', 'rate(1 minute)'],
    ['Checkup', 'rate(1 day)'],
  ])('%s comes at a %s', (name, rate) => {
    const schedules = rules
      .filter(({ Targets }) => Targets[0]?.Arn === `<${name}.Arn>`)
      .flatMap(({ ScheduleExpression }) => ScheduleExpression ?? [])
    expect(schedules).toEqual([rate])
  })
})

describe('data', () => {
  test('the table has its keys and indexes, expires by ttl and can be restored to a point in time', () => {
    const key = (partition: string, sort: string) => [
      { AttributeName: partition, KeyType: 'HASH' },
      { AttributeName: sort, KeyType: 'RANGE' },
    ]
    expect(template.Resources.Table?.Properties).toMatchObject({
      KeySchema: key('PK', 'SK'),
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      GlobalSecondaryIndexes: [
        {
          IndexName: 'OWNER',
          KeySchema: key('OWNER', 'OWNER_SK'),
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
        {
          IndexName: 'OPEN',
          KeySchema: key('OPEN', 'OPEN_SK'),
          Projection: { ProjectionType: 'KEYS_ONLY' },
        },
      ],
    })
  })

  test('the bucket is private, encrypted, and tidies up broken uploads', () => {
    expect(template.Resources.MediaBucket?.Properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
        ],
      },
      LifecycleConfiguration: {
        Rules: expect.arrayContaining([
          { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: 'Enabled' },
          { ExpirationInDays: 1, Prefix: 'uploads/', Status: 'Enabled' },
          { ExpirationInDays: 1, Prefix: 'transcripts/', Status: 'Enabled' },
          {
            ExpirationInDays: 30,
            TagFilters: [{ Key: 'kind', Value: 'speech' }],
            Status: 'Enabled',
          },
        ]),
      },
    })
  })
})

test('every alarm notifies the one topic, and missing data counts as healthy', () => {
  const alarms = resourcesOf(
    template,
    'AWS::CloudWatch::Alarm',
    z.looseObject({ AlarmActions: z.array(text), TreatMissingData: z.string() }),
  )
  expect(alarms.size).toBe(2 * functionNames.length + 31)
  for (const [id, { AlarmActions, TreatMissingData }] of alarms) {
    expect(AlarmActions, id).toEqual(['<AlarmTopic>'])
    expect(TreatMissingData, id).toBe('notBreaching')
  }
})
