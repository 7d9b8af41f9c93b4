import type { LimitReached } from './limits.ts'
import { type ErrorCode, type FieldError, problems } from './problems.ts'
import type { Locale } from './session.ts'
import type { CapName } from './spend.ts'

/**
 * What a vendor said about a failure, for the log and for the owner of the deployment. Bounded, and without
 * the key or anything of the request.
 */
export interface VendorReason {
  /** Whose reason it is; the model's server when not given. */
  service?: string
  status: number | null
  code: string | null
  message: string | null
  request_id: string | null
}

export interface StudioErrorOptions {
  cause?: unknown
  /** Overrides the code's own answer to whether trying again as is makes sense. */
  retryable?: boolean
  errors?: FieldError[]
  missingRequired?: string[]
  /** Seconds after which trying again makes sense. */
  retryAfter?: number
  vendor?: VendorReason
  /** The session's log tells of it already. */
  recorded?: boolean
  /** The language to tell it in to a caller that did not ask for another. */
  locale?: Locale | undefined
  /** What a user reads of it, where that tells more than the code's own words do. */
  wording?: Readonly<Record<Locale, string>> | undefined
  /** Methods that the address has. */
  allow?: string[]
  /** The vendor refused the request before it began to serve it: nothing of it is charged. */
  unserved?: boolean
  /** No answer of the vendor came: the request may have been served and charged. */
  unanswered?: boolean
  /** With `BUDGET_EXCEEDED`: the cap that has no room. */
  cap?: CapName | undefined
  /** The limit of ours that was reached. */
  limit?: LimitReached | undefined
}

/** The one error the product raises: a code, a cause, and whether trying again makes sense. */
export class StudioError extends Error {
  readonly code: ErrorCode
  readonly retryable: boolean
  readonly errors: FieldError[] | undefined
  readonly missingRequired: string[] | undefined
  readonly retryAfter: number | undefined
  readonly vendor: VendorReason | undefined
  readonly recorded: boolean
  readonly locale: Locale | undefined
  readonly wording: Readonly<Record<Locale, string>> | undefined
  readonly allow: string[] | undefined
  readonly unserved: boolean
  readonly unanswered: boolean
  readonly cap: CapName | undefined
  readonly limit: LimitReached | undefined
  readonly #options: StudioErrorOptions

  constructor(code: ErrorCode, message: string, options: StudioErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'StudioError'
    this.code = code
    this.retryable = options.retryable ?? problems[code].retryable
    this.errors = options.errors
    this.missingRequired = options.missingRequired
    this.retryAfter = options.retryAfter
    this.vendor = options.vendor
    this.recorded = options.recorded ?? false
    this.locale = options.locale
    this.wording = options.wording
    this.allow = options.allow
    this.unserved = options.unserved ?? false
    this.unanswered = options.unanswered ?? false
    this.cap = options.cap
    this.limit = options.limit
    this.#options = options
  }

  /** The same failure, told in this language to a caller that did not ask for another. */
  inLanguage(locale: Locale): StudioError {
    return new StudioError(this.code, this.message, { ...this.#options, locale })
  }
}

/** An unexpected failure as the product's own error; the cause is kept for the log. */
export const asStudioError = (error: unknown): StudioError =>
  error instanceof StudioError
    ? error
    : new StudioError('INTERNAL_ERROR', 'Something failed on our side.', { cause: error })
