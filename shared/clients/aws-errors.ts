import { StudioError } from '../contracts/errors.ts'
import { connectionCode } from './failure-codes.ts'

/** What failures of all SDK clients have in common. */
interface AwsFailure extends Error {
  $metadata?: { httpStatusCode?: number; requestId?: string }
  $retryable?: { throttling?: boolean }
}

const throttled = new Set([
  'ThrottlingException',
  'Throttling',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'LimitExceededException',
  'ServiceQuotaExceededException',
])

/** The role lacks the permission, or there are no valid credentials. */
const unauthorized = new Set([
  'AccessDeniedException',
  'CredentialsProviderError',
  'ExpiredTokenException',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'UnrecognizedClientException',
])

/** DynamoDB's own names for a busy moment. */
const busy = new Set([
  'InternalServerError',
  'ProvisionedThroughputExceededException',
  'TimeoutError',
  'TransactionConflictException',
  'TransactionInProgressException',
])
const busyReasons = new Set([
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
  'TransactionConflict',
])

/** Of Node's codes, those of a broken connection; those of its own type errors begin with ERR_. */
const brokenConnection = /^(E(CONN|PIPE|HOST|NET|AI_|TIMEDOUT)|ENOTFOUND|UND_ERR_)/

export const isBrokenConnection = (error: unknown): boolean =>
  brokenConnection.test(connectionCode(error) ?? '')

/**
 * Whether a call failed for a reason that passes: a broken connection, throttling, a server's own
 * error. What is anything else was not foreseen, and is the same next time.
 */
export const isTransient = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  const { name, $metadata, $retryable } = error as AwsFailure
  const { CancellationReasons: reasons = [] } = error as {
    CancellationReasons?: { Code?: string }[]
  }
  return (
    $retryable !== undefined ||
    ($metadata?.httpStatusCode ?? 0) >= 500 ||
    throttled.has(name) ||
    busy.has(name) ||
    reasons.some(({ Code = '' }) => busyReasons.has(Code)) ||
    isBrokenConnection(error)
  )
}

/**
 * A failure of an AWS service as the product's own error, with the service's name in it.
 * RATE_LIMITED and server errors and broken connections are worth another try.
 */
export const translateAws = (error: unknown, service: string): StudioError => {
  if (error instanceof StudioError) return error
  const failure = error instanceof Error ? (error as AwsFailure) : undefined
  const name = failure?.name ?? 'Unknown'
  const status = failure?.$metadata?.httpStatusCode
  const request = failure?.$metadata?.requestId
  // Not the service's own error: its message may quote the request, and causes are logged.
  const cause = new Error(
    [name, connectionCode(error), status && `HTTP ${status}`, request && `request ${request}`]
      .filter(Boolean)
      .join(', '),
  )
  if (throttled.has(name) || failure?.$retryable?.throttling || status === 429) {
    return new StudioError('RATE_LIMITED', `${service} is asked too often at the moment.`, {
      cause,
    })
  }
  if (unauthorized.has(name) || status === 401 || status === 403) {
    return new StudioError(
      'CAPABILITY_NOT_CONFIGURED',
      `${service} does not accept the AWS credentials of this function (${name}).`,
      { cause },
    )
  }
  if (status === undefined) {
    return new StudioError('UPSTREAM_ERROR', `${service} could not be reached.`, {
      cause,
      unanswered: true,
    })
  }
  return new StudioError('UPSTREAM_ERROR', `${service} answered HTTP ${status}, ${name}.`, {
    cause,
    retryable: status >= 500,
  })
}
