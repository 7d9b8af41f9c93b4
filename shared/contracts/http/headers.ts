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

/**
 * Sent by pages of this origin, and by no other page: no preflight answer allows it. With it the principal's
 * token travels in a cookie that no script reads.
 */
export const consoleHeader = { name: 'x-launch-studio', value: 'console' } as const

/** Headers of answers that callers act on. */
export const answerHeaders = {
  allow: 'allow',
  contentLanguage: 'content-language',
  etag: 'etag',
  location: 'location',
  rateLimit: 'ratelimit',
  rateLimitPolicy: 'ratelimit-policy',
  requestId: 'x-request-id',
  retryAfter: 'retry-after',
  wwwAuthenticate: 'www-authenticate',
} as const

/** Headers that the distribution adds to what it forwards; see `platform/network-address.ts`. */
export const frontDoorHeaders = {
  proof: 'x-front-door',
  viewerAddress: 'cloudfront-viewer-address',
} as const
