import type { FieldError, ProblemBody, ProblemCode } from './contract.ts'

/**
 * The code of a refusal; `INVALID_INPUT` with status 0 comes before anything was sent. `UNREACHABLE`: there
 * was no answer, so that it is not known what became of the request. `UNEXPECTED_ANSWER`: it came from
 * something else than the product, such as a proxy.
 */
export type ClientCode = ProblemCode | 'UNREACHABLE' | 'UNEXPECTED_ANSWER'

interface Facts {
  status: number
  code: ClientCode
  message: string
  retryable: boolean
  detail?: string | undefined
  errors?: FieldError[] | undefined
  retryAfterMs?: number | undefined
  requestId?: string | undefined
  body?: ProblemBody | undefined
  cause?: unknown
}

/** A request that was refused or not answered. The message is for the user, in the session's language. */
export class StudioProblem extends Error {
  /** Of the answer; 0 without one. */
  declare readonly status: number
  declare readonly code: ClientCode
  declare readonly detail: string | undefined
  /** Each field that the input was wrong in; undefined when it was not. */
  declare readonly errors: FieldError[] | undefined
  /** Trying the same again makes sense. */
  declare readonly retryable: boolean
  /** Milliseconds to wait before that, where the server said so. */
  declare readonly retryAfterMs: number | undefined
  declare readonly requestId: string | undefined
  /** The whole problem document: `missing_required`, `cap` and `limit` stand there. */
  declare readonly body: ProblemBody | undefined

  constructor({ message, ...facts }: Facts) {
    super(message)
    Object.assign(this, facts, { name: 'StudioProblem' })
  }
}

/** A `Retry-After` in milliseconds: seconds or a date; undefined for what lies in the past. */
export const retryAfterMs = (header: string | null, now: number): number | undefined => {
  if (header === null) return undefined
  const seconds = /^\s*(\d{1,9})\s*$/.exec(header)?.[1]
  if (seconds !== undefined) return Number(seconds) * 1000
  // `-43` would be read as a year.
  const wait = /[a-z]/i.test(header) ? Date.parse(header) - now : Number.NaN
  return wait >= 0 ? wait : undefined
}

const parsed = (text: string): ProblemBody | undefined => {
  try {
    const body = JSON.parse(text)
    return typeof body.error.code === 'string' ? body : undefined
  } catch {
    return undefined
  }
}

/** The problem that an answer tells of; reads its body. */
export const problemOf = async (response: Response, now: number): Promise<StudioProblem> => {
  const { status, headers } = response
  const body = parsed(await response.text().catch(() => ''))
  return new StudioProblem({
    status,
    code: 'UNEXPECTED_ANSWER',
    message: `The server answered ${status}.`,
    retryable: status >= 500 || status === 429 || status === 408,
    retryAfterMs: retryAfterMs(headers.get('retry-after'), now),
    requestId: body?.request_id ?? headers.get('x-request-id') ?? undefined,
    ...(body && { ...body.error, detail: body.detail, errors: body.errors, body }),
  })
}

/** An answer that claims success and is none of the product's: a network's own page, or half of an answer. */
export const notOurs = (status: number, cause: unknown): StudioProblem =>
  new StudioProblem({
    status,
    code: 'UNEXPECTED_ANSWER',
    message: `The server answered ${status}, but not in JSON.`,
    retryable: true,
    cause,
  })

/** Any failure as a problem. */
export const asProblem = (cause: unknown): StudioProblem =>
  cause instanceof StudioProblem
    ? cause
    : new StudioProblem({
        status: 0,
        code: 'UNREACHABLE',
        message: 'The server could not be reached.',
        retryable: true,
        cause,
      })
