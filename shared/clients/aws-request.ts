import http from 'node:http'
import https from 'node:https'
import { pause } from '../platform/pause.ts'
import { isBrokenConnection } from './aws-errors.ts'
import { type AwsCredentials, signedHeaders } from './aws-signature.ts'

/** A service's refusal, with what the SDK's errors tell: its name is the service's own. */
export class AwsRefusal extends Error {
  readonly $metadata: { httpStatusCode: number; requestId?: string | undefined }
  /** What the service says beside the name, as it says it. */
  readonly details: Readonly<Record<string, unknown>>
  /** Of a transaction, by the position of its writes. */
  readonly CancellationReasons: readonly { Code?: string }[]

  constructor(answer: AwsAnswer, name: string, details: Readonly<Record<string, unknown>>) {
    const { message, Message } = details
    super(String(message ?? Message ?? `HTTP ${answer.status}`))
    this.name = name
    this.details = details
    const { CancellationReasons: reasons } = details
    this.CancellationReasons = Array.isArray(reasons) ? reasons : []
    this.$metadata = { httpStatusCode: answer.status, requestId: answer.requestId }
  }
}

export interface AwsAnswer {
  status: number
  requestId: string | undefined
  /** The error's name where a header has it. */
  errorType: string | undefined
  body: string
}

export interface AwsService {
  /** As it is signed for. */
  name: string
  endpoint: URL
  region: string
  credentials: () => AwsCredentials
}

export interface AwsRequest {
  method: 'POST' | 'DELETE'
  /** Behind the endpoint's own path, as it is sent. */
  path: string
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
  body: string
  /** A second arrival would do more than the first: it is sent again only when it was refused. */
  isOnce?: boolean | undefined
}

// Connections stay open between invocations, as many as the SDK's own handler allows.
const options = { keepAlive: true, maxSockets: 50 }
const agents = { 'http:': new http.Agent(options), 'https:': new https.Agent(options) }

const text = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value

const sendOnce = (service: AwsService, request: AwsRequest): Promise<AwsAnswer> => {
  const { endpoint, name, region, credentials } = service
  const { method, body } = request
  const path = `${endpoint.pathname.replace(/\/$/, '')}${request.path}`
  const headers = signedHeaders({
    service: name,
    region,
    credentials: credentials(),
    method,
    host: endpoint.host,
    path,
    headers: request.headers,
    body,
    now: Date.now(),
  })
  headers['content-length'] = String(Buffer.byteLength(body))
  const isPlain = endpoint.protocol === 'http:'
  const { promise, resolve, reject } = Promise.withResolvers<AwsAnswer>()
  const sent = (isPlain ? http : https).request(
    {
      agent: agents[isPlain ? 'http:' : 'https:'],
      host: endpoint.hostname.replace(/^\[|\]$/g, ''),
      port: endpoint.port,
      method,
      path,
      headers,
    },
    (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          requestId: text(response.headers['x-amzn-requestid']),
          errorType: text(response.headers['x-amzn-errortype']),
          body: Buffer.concat(chunks).toString(),
        }),
      )
    },
  )
  sent.on('error', reject)
  sent.end(body)
  return promise
}

const detailsOf = ({ body }: AwsAnswer): Record<string, unknown> => {
  try {
    const details: unknown = JSON.parse(body || '{}')
    return typeof details === 'object' && details !== null ? { ...details } : {}
  } catch {
    return {}
  }
}

/** `com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException`, or the name with a colon behind it. */
const refusalOf = (answer: AwsAnswer): AwsRefusal => {
  const details = detailsOf(answer)
  const type = String(details.__type ?? answer.errorType ?? 'UnknownError')
  const name = type.split('#').at(-1)?.split(':')[0] ?? type
  return new AwsRefusal(answer, name, details)
}

/** Names by which a service says that it gets more than it takes. */
const throttled = new Set([
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
])
const busy = new Set([
  ...throttled,
  'InternalServerError',
  'ServiceUnavailable',
  'TransactionInProgressException',
])

/** Whether the request may be answered another time: a service that is busy, or a broken connection. */
const passes = (error: unknown, { isOnce }: AwsRequest): boolean => {
  const isRefused = error instanceof AwsRefusal
  if (isRefused && busy.has(error.name) && error.$metadata.httpStatusCode < 500) return true
  if (isOnce) return false
  return isRefused ? error.$metadata.httpStatusCode >= 500 : isBrokenConnection(error)
}

/**
 * Milliseconds of the first pause between two tries; each is twice the one before. What is throttled needs a
 * pause in which something comes back.
 */
const firstPauseMs = { usual: 25, throttled: 500 }

const firstPauseOf = (error: unknown): number =>
  error instanceof AwsRefusal && throttled.has(error.name)
    ? firstPauseMs.throttled
    : firstPauseMs.usual

/**
 * Sends a signed request over a connection that is kept, and again when the connection broke or the service
 * was busy. A lost answer means that the request may arrive twice.
 * @throws AwsRefusal; the connection's error when no try was answered
 */
export const sendToAws = async (
  service: AwsService,
  request: AwsRequest,
  tries: number,
): Promise<AwsAnswer> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await sendOnce(service, request)
      if (answer.status < 300) return answer
      throw refusalOf(answer)
    } catch (error) {
      if (attempt >= tries || !passes(error, request)) throw error
      await pause(firstPauseOf(error) * 2 ** (attempt - 1) * (0.5 + Math.random()))
    }
  }
}
