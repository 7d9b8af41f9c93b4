/** Headers of requests that the product reads, by the lower-case names under which handlers get them. */
export const requestHeaders = {
  accept: 'accept',
  acceptLanguage: 'accept-language',
  authorization: 'authorization',
  contentType: 'content-type',
  idempotencyKey: 'idempotency-key',
  idempotencySecret: 'idempotency-secret',
  ifNoneMatch: 'if-none-match',
  lastEventId: 'last-event-id',
  requestId: 'x-request-id',
} as const

/** Headers of answers that callers act on. */
export const answerHeaders = {
  allow: 'allow',
  contentLanguage: 'content-language',
  etag: 'etag',
  location: 'location',
  requestId: 'x-request-id',
  retryAfter: 'retry-after',
} as const
