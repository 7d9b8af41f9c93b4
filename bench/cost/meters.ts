/**
 * Everything that is metered: by what it is billed, in which AWS service or by which vendor. A category stands once;
 * `test/infra/cost-coverage.test.ts` holds them against what the template grants and holds.
 */
interface Meter {
  /** The line of the bill. */
  what: string
  unit: string
  group: 'model' | 'media' | 'compute' | 'table' | 'delivery' | 'pipeline' | 'watching' | 'storage'
}

export const meters = {
  model_input: { what: 'model, input', unit: 'tokens', group: 'model' },
  model_output: { what: 'model, output', unit: 'tokens', group: 'model' },
  model_searches: { what: 'model, web searches', unit: 'searches', group: 'model' },
  images: { what: 'pictures', unit: 'pictures', group: 'media' },
  speech: { what: 'speech (Polly, neural)', unit: 'characters', group: 'media' },
  transcription: { what: 'transcription (Transcribe)', unit: 'seconds', group: 'media' },
  films: { what: 'films of a vendor', unit: 'films', group: 'media' },
  lambda_requests: { what: 'Lambda, invocations', unit: 'requests', group: 'compute' },
  lambda_time: { what: 'Lambda, time (arm64)', unit: 'GB-s', group: 'compute' },
  lambda_disk: { what: 'Lambda, disk over 512 MB', unit: 'GB-s', group: 'compute' },
  table_writes: { what: 'DynamoDB, writes', unit: 'WRU', group: 'table' },
  table_reads: { what: 'DynamoDB, reads', unit: 'RRU', group: 'table' },
  table_storage: { what: 'DynamoDB, storage and recovery', unit: 'GB-months', group: 'storage' },
  transitions: { what: 'Step Functions, Standard', unit: 'transitions', group: 'pipeline' },
  queue_requests: { what: 'SQS', unit: 'requests', group: 'pipeline' },
  custom_events: { what: 'EventBridge, own events', unit: 'events', group: 'pipeline' },
  http_requests: { what: 'HTTP API', unit: 'requests', group: 'delivery' },
  socket_messages: { what: 'WebSocket API, messages', unit: 'messages', group: 'delivery' },
  socket_minutes: { what: 'WebSocket API, connections', unit: 'minutes', group: 'delivery' },
  front_requests: { what: 'CloudFront, requests', unit: 'requests', group: 'delivery' },
  front_bytes: { what: 'CloudFront, bytes out', unit: 'GB', group: 'delivery' },
  socket_bytes: { what: 'bytes out of the region', unit: 'GB', group: 'delivery' },
  object_writes: { what: 'S3, writes and lists', unit: 'requests', group: 'storage' },
  object_reads: { what: 'S3, reads', unit: 'requests', group: 'storage' },
  object_storage: { what: 'S3, storage', unit: 'GB-months', group: 'storage' },
  log_bytes: { what: 'CloudWatch Logs, ingestion', unit: 'GB', group: 'watching' },
  log_storage: { what: 'CloudWatch Logs, 30 days', unit: 'GB-months', group: 'watching' },
  custom_metrics: { what: 'CloudWatch, own metrics', unit: 'metrics', group: 'watching' },
  alarms: { what: 'CloudWatch, alarms', unit: 'alarms', group: 'watching' },
  dashboards: { what: 'CloudWatch, dashboards', unit: 'dashboards', group: 'watching' },
  traces: { what: 'X-Ray, traces recorded', unit: 'traces', group: 'watching' },
  key_requests: { what: 'KMS, decryptions of secrets', unit: 'requests', group: 'compute' },
} as const satisfies Record<string, Meter>

export type MeterName = keyof typeof meters
export const meterNames = Object.keys(meters) as MeterName[]

/** Billed units by meter. */
export type Quantities = Partial<Record<MeterName, number>>

export const sumOf = (parts: readonly Quantities[]): Quantities => {
  const sum: Quantities = {}
  for (const part of parts) {
    for (const name of meterNames) {
      const added = part[name] ?? 0
      if (added !== 0) sum[name] = (sum[name] ?? 0) + added
    }
  }
  return sum
}

export const times = (part: Quantities, factor: number): Quantities =>
  Object.fromEntries(Object.entries(part).map(([name, value]) => [name, value * factor]))

/** The meters of each AWS service, by the prefix of its IAM actions, and of its resources in a template. */
export const metersOfServices: Readonly<Record<string, readonly MeterName[] | 'free'>> = {
  dynamodb: ['table_writes', 'table_reads', 'table_storage'],
  'execute-api': ['http_requests', 'socket_messages', 'socket_minutes'],
  apigatewayv2: ['http_requests', 'socket_messages', 'socket_minutes'],
  lambda: ['lambda_requests', 'lambda_time', 'lambda_disk'],
  logs: ['log_bytes', 'log_storage'],
  cloudwatch: ['custom_metrics', 'alarms', 'dashboards'],
  xray: ['traces'],
  polly: ['speech'],
  transcribe: ['transcription'],
  bedrock: ['films'],
  s3: ['object_writes', 'object_reads', 'object_storage'],
  sqs: ['queue_requests'],
  states: ['transitions'],
  stepfunctions: ['transitions'],
  events: ['custom_events'],
  kms: ['key_requests'],
  cloudfront: ['front_requests', 'front_bytes'],
  // Standard parameters at the standard rate.
  ssm: 'free',
  iam: 'free',
  // Only alarms publish, a thousand e-mails a month are free.
  sns: 'free',
  // The stack's own deployment of the console.
  'custom::cdkbucketdeployment': 'free',
  // It empties the bucket of a stage that is destroyed.
  'custom::s3autodeleteobjects': 'free',
  servicequotas: 'free',
}
