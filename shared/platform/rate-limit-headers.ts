import { answerHeaders } from '../contracts/http/headers.ts'
import type { Quota } from '../rules/caller.ts'

const spanOf = (seconds: number | null): string =>
  seconds === null ? 'qu="concurrent-requests"' : `w=${seconds}`

/**
 * What is left, and of what, for callers that pace themselves: draft-ietf-httpapi-ratelimit-headers-11.
 * A policy's name is a string that needs no escape. None when nothing was counted.
 */
export const rateLimitHeaders = (quotas: readonly Quota[]): Record<string, string> =>
  quotas.length === 0
    ? {}
    : {
        [answerHeaders.rateLimit]: quotas
          .map(({ policy, remaining, moreIn }) => `"${policy}";r=${remaining};t=${moreIn}`)
          .join(', '),
        [answerHeaders.rateLimitPolicy]: quotas
          .map(({ policy, max, seconds }) => `"${policy}";q=${max};${spanOf(seconds)}`)
          .join(', '),
      }
