import type { FieldError, ProblemBody, ProblemCode } from './contract.ts'

/**
 * The code of a refusal. `UNREACHABLE`: there was no answer, so that it is not known what became of the
 * request. `UNEXPECTED_ANSWER`: it came from something else than the product, such as a proxy.
 */
export type ClientCode = ProblemCode | 'UNREACHABLE' | 'UNEXPECTED_ANSWER'

interface Facts {
  status: number
  code: ClientCode
  message: string
  detail?: string | undefined
  errors?: FieldError[] | undefined
  retryable: boolean
  retryAfterMs?: number | undefined
  requestId?: string | undefined
  body?: ProblemBody | undefined
  cause?: unknown
}

/** A request that was refused or not answered. The message is for the user, in the session's language. */
export class StudioProblem extends Error {
  /** Of the answer; 0 without one. */
  readonly status: number
  readonly code: ClientCode
  readonly detail: string | undefined
  /** Each field that the input was wrong in. */
  readonly errors: FieldError[]
  /** Trying the same again makes sense. */
  readonly retryable: boolean
  /** Milliseconds to wait before that, where the server said so. */
  readonly retryAfterMs: number | undefined
  readonly requestId: string | undefined
  /** The whole problem document: `missing_required`, `cap` and `limit` stand there. */
  readonly body: ProblemBody | undefined

  constructor(facts: Facts) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.name = 'StudioProblem'
    this.status = facts.status
    this.code = facts.code
    this.detail = facts.detail
    this.errors = facts.errors ?? []
    this.retryable = facts.retryable
    this.retryAfterMs = facts.retryAfterMs
    this.requestId = facts.requestId
    this.body = facts.body
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

const temporary: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504])

const isProblem = (body: unknown): body is ProblemBody =>
  typeof body === 'object' &&
  body !== null &&
  typeof (body as { error?: { code?: unknown } }).error?.code === 'string'

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The problem that an answer tells of; reads its body. */
export const problemOf = async (response: Response, now: number): Promise<StudioProblem> => {
  const body = parsed(await response.text().catch(() => ''))
  const shared = {
    status: response.status,
    retryAfterMs: retryAfterMs(response.headers.get('retry-after'), now),
    requestId: response.headers.get('x-request-id') ?? undefined,
  }
  if (!isProblem(body)) {
    return new StudioProblem({
      ...shared,
      code: 'UNEXPECTED_ANSWER',
      message: `The server answered ${response.status}.`,
      retryable: temporary.has(response.status),
    })
  }
  const { error, detail, errors, request_id } = body
  return new StudioProblem({
    ...shared,
    ...error,
    detail,
    errors,
    requestId: request_id ?? shared.requestId,
    body,
  })
}

export const unreachable = (cause: unknown): StudioProblem =>
  new StudioProblem({
    status: 0,
    code: 'UNREACHABLE',
    message: 'The server could not be reached.',
    retryable: true,
    cause,
  })

/** Any failure as a problem. */
export const asProblem = (error: unknown): StudioProblem =>
  error instanceof StudioProblem ? error : unreachable(error)
