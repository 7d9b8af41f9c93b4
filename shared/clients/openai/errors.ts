import * as z from 'zod'
import { StudioError } from '../../contracts/errors.ts'
import { environmentNames } from '../../platform/environment-names.ts'
import { vendorCode } from '../failure-codes.ts'

/** Seconds to wait by a `retry-after-ms` or `retry-after` header; the latter may be a date. */
const retryAfter = (headers: Headers | undefined): number | undefined => {
  const milliseconds = Number.parseFloat(headers?.get('retry-after-ms') ?? '')
  if (milliseconds >= 0) return milliseconds / 1000
  const header = headers?.get('retry-after')
  if (!header) return undefined
  const seconds = /^[\d.]+$/.test(header)
    ? Number.parseFloat(header)
    : (Date.parse(header) - Date.now()) / 1000
  return seconds >= 0 ? seconds : undefined
}

export const rateLimited = (code: string | undefined, cause: Error, wait?: number): StudioError =>
  code === 'insufficient_quota'
    ? new StudioError('RATE_LIMITED', 'The model account has no quota left.', {
        cause,
        retryable: false,
      })
    : new StudioError('RATE_LIMITED', 'The model is asked too often at the moment.', {
        cause,
        ...(wait === undefined ? {} : { retryAfter: wait }),
      })

/** The error answer of a server that speaks OpenAI's protocol. */
export interface Refusal {
  status: number
  /** The vendor's code, or its type of error. */
  code: string | undefined
  requestId: string | undefined
  headers: Headers | undefined
}

const ErrorAnswer = z.object({
  error: z.object({ code: z.unknown().optional(), type: z.unknown().optional() }),
})

/** Reads the refusal out of an error response. */
export const readRefusal = async (response: Response): Promise<Refusal> => {
  // A body that is not JSON holds no code.
  const answer = ErrorAnswer.safeParse(await response.json().catch(() => undefined))
  const { code, type } = answer.data?.error ?? {}
  return {
    status: response.status,
    code: vendorCode(code) ?? vendorCode(type),
    requestId: vendorCode(response.headers.get('x-request-id')),
    headers: response.headers,
  }
}

/** The product's error for a request that a server refused. */
export const refusedRequest = ({ status, code, requestId, headers }: Refusal): StudioError => {
  const what = `HTTP ${status}${code === undefined ? '' : `, ${code}`}`
  // Without the vendor's own error: its message may quote the key or the prompt, and causes are logged.
  const cause = new Error(`${what}${requestId === undefined ? '' : `, request ${requestId}`}`)
  if (status === 429) return rateLimited(code, cause, retryAfter(headers))
  if (status === 401 || status === 403) {
    return new StudioError(
      'CAPABILITY_NOT_CONFIGURED',
      `The model does not accept ${environmentNames.openaiApiKey} (${what}).`,
      { cause },
    )
  }
  return new StudioError('UPSTREAM_ERROR', `The model's server answered ${what}.`, {
    cause,
    retryable: status >= 500,
  })
}
