import * as z from 'zod'
import { LimitReached } from './limits.ts'
import { CapName } from './spend.ts'
import { textRules } from './text.ts'

/** Every code the product answers with, its HTTP status and whether trying again as is makes sense. */
export const problems = {
  INVALID_INPUT: { status: 422, retryable: false },
  MALFORMED_JSON: { status: 400, retryable: false },
  NOT_UTF8: { status: 400, retryable: false },
  UNAUTHORIZED: { status: 401, retryable: false },
  FORBIDDEN: { status: 403, retryable: false },
  IDENTITY_UNAVAILABLE: { status: 503, retryable: true },
  ROUTE_NOT_FOUND: { status: 404, retryable: false },
  METHOD_NOT_ALLOWED: { status: 405, retryable: false },
  SESSION_NOT_FOUND: { status: 404, retryable: false },
  RUN_NOT_FOUND: { status: 404, retryable: false },
  JOB_NOT_FOUND: { status: 404, retryable: false },
  ASSET_NOT_FOUND: { status: 404, retryable: false },
  EXPORT_NOT_FOUND: { status: 404, retryable: false },
  UPLOAD_NOT_FOUND: { status: 404, retryable: false },
  WEBHOOK_NOT_FOUND: { status: 404, retryable: false },
  HANDOFF_NOT_FOUND: { status: 404, retryable: false },
  IDENTITY_CONFLICT: { status: 409, retryable: false },
  GATE_NOT_READY: { status: 409, retryable: false },
  TURN_IN_PROGRESS: { status: 409, retryable: true },
  RUN_IN_PROGRESS: { status: 409, retryable: true },
  RUN_NOT_READY: { status: 409, retryable: false },
  RUN_NOT_RESUMABLE: { status: 409, retryable: false },
  RUN_NOT_REVISABLE: { status: 409, retryable: false },
  STOPPED: { status: 409, retryable: false },
  REQUEST_IN_FLIGHT: { status: 409, retryable: true },
  IDEMPOTENCY_CONFLICT: { status: 422, retryable: false },
  PAYLOAD_TOO_LARGE: { status: 413, retryable: false },
  UNSUPPORTED_MEDIA: { status: 415, retryable: false },
  TRANSCRIPT_EMPTY: { status: 422, retryable: true },
  TRANSCRIPTION_FAILED: { status: 502, retryable: true },
  RATE_LIMITED: { status: 429, retryable: true },
  BUDGET_EXCEEDED: { status: 429, retryable: false },
  TURN_TIMEOUT: { status: 504, retryable: true },
  RESEARCH_TIMEOUT: { status: 504, retryable: true },
  STAGE_TIMEOUT: { status: 504, retryable: true },
  MEDIA_TIMEOUT: { status: 504, retryable: true },
  UPSTREAM_ERROR: { status: 502, retryable: true },
  MODEL_REFUSED: { status: 502, retryable: false },
  SCHEMA_VALIDATION_FAILED: { status: 502, retryable: true },
  COPY_SAFETY_REJECTED: { status: 422, retryable: false },
  CAPABILITY_NOT_CONFIGURED: { status: 503, retryable: false },
  INTERNAL_ERROR: { status: 500, retryable: true },
} as const satisfies Record<string, { status: number; retryable: boolean }>

export type ErrorCode = keyof typeof problems
export const errorCodes = Object.keys(problems) as [ErrorCode, ...ErrorCode[]]
export const ErrorCode = z.enum(errorCodes)

/**
 * The rules that a field can break, by their stable names: those of every text, and those of a value that
 * is handed on as a fact of the product. A model would follow an instruction in one, and a link in a name
 * or price leads nowhere.
 */
export const fieldRules = [...textRules, 'LINK', 'MODEL_INSTRUCTION'] as const
export const FieldRule = z.enum(fieldRules)
export type FieldRule = z.infer<typeof FieldRule>

/** One rule that the input broke, at the field it was broken by. */
export const FieldError = z.object({
  path: z.string(),
  message: z.string(),
  /** The rule's name, where it has one. */
  rule: FieldRule.optional(),
})
export type FieldError = z.infer<typeof FieldError>

/** The code to act on, and a message to show. */
export const ErrorBody = z.object({
  code: ErrorCode,
  message: z.string(),
  retryable: z.boolean(),
})
export type ErrorBody = z.infer<typeof ErrorBody>

/** RFC 9457 problem details, with our code and, for bad input, every field's error. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  instance: z.string(),
  request_id: z.string(),
  error: ErrorBody,
  errors: z.array(FieldError).optional(),
  /** With `GATE_NOT_READY`: the slots still needed. */
  missing_required: z.array(z.string()).optional(),
  /** With `BUDGET_EXCEEDED`: the cap that has no room. */
  cap: CapName.optional(),
  /** With `RATE_LIMITED`, when it is a limit of ours and not a model server's. */
  limit: LimitReached.optional(),
})
export type Problem = z.infer<typeof Problem>
