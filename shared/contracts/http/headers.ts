/** Headers of requests that the product reads, by the lower-case names under which handlers get them. */
export const requestHeaders = {
  authorization: 'authorization',
  contentType: 'content-type',
  idempotencyKey: 'idempotency-key',
  lastEventId: 'last-event-id',
  requestId: 'x-request-id',
} as const

/** Headers of answers that callers act on. */
export const answerHeaders = {
  requestId: 'x-request-id',
  location: 'location',
  retryAfter: 'retry-after',
} as const
