import type { StudioError } from '../contracts/errors.ts'
import { answerHeaders } from '../contracts/http/headers.ts'
import { type ErrorCode, type FieldError, type Problem, problems } from '../contracts/problems.ts'
import type { Locale } from '../contracts/session.ts'
import { boundedText } from '../rules/bounded-text.ts'
import { setting } from './environment.ts'
import { environmentNames } from './environment-names.ts'
import { errorMessage } from './wording/failures.ts'

/** Characters of a detail, which may be a service's own reason. */
const maxDetail = 1_000

/** How to authenticate, which a 401 has to say (RFC 9110, section 11.6.1). */
const challenge = 'Bearer realm="launch-studio"'

export interface ProblemAnswer {
  status: number
  headers: Record<string, string>
  body: Problem
}

/**
 * The vendor's own reason, where the caller is the one who configures the model: outside of production
 * (decision 26).
 */
export const vendorDetail = ({ vendor }: StudioError): string | undefined =>
  vendor?.message == null || setting(environmentNames.stage) === 'prod'
    ? undefined
    : `${vendor.service ?? "The model's server"} said: ${vendor.message}`

/** What the owner of the deployment can do about a stage's failure: the vendor's reason, or what to set. */
export const ownerDetail = (failure: StudioError): string | undefined => {
  const vendor = vendorDetail(failure)
  const isSetting =
    failure.code === 'CAPABILITY_NOT_CONFIGURED' || failure.code === 'BUDGET_EXCEEDED'
  if (vendor !== undefined || !isSetting || setting(environmentNames.stage) === 'prod')
    return vendor
  return boundedText(failure.message, maxDetail)
}

const detailOf = (failure: StudioError): string =>
  boundedText([failure.message, vendorDetail(failure) ?? []].flat().join(' '), maxDetail)

/** Codes of input that is wrong in a field. */
const codesOfFields: ReadonlySet<ErrorCode> = new Set([
  'INVALID_INPUT',
  'NOT_UTF8',
  'UNSUPPORTED_MEDIA',
  'PAYLOAD_TOO_LARGE',
])

/** The rule in the reader's language, of a failure that is one rule of one field. */
const inLanguage = (
  errors: FieldError[],
  { wording }: StudioError,
  locale: Locale,
): FieldError[] =>
  wording ? errors.map((error) => ({ ...error, message: wording[locale] })) : errors

/** A failure as RFC 9457 problem details, without the cause of an internal error. */
export const asProblem = (
  failure: StudioError,
  request: { instance: string; requestId: string; locale: Locale },
): ProblemAnswer => {
  const { code, retryable, errors, missingRequired, retryAfter, allow, cap, limit } = failure
  const { status } = problems[code]
  const message = failure.wording?.[request.locale] ?? errorMessage(failure, request.locale)
  return {
    status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      [answerHeaders.contentLanguage]: request.locale,
      ...(status === 401 ? { [answerHeaders.wwwAuthenticate]: challenge } : {}),
      ...(allow === undefined ? {} : { [answerHeaders.allow]: allow.join(', ') }),
      ...(retryAfter === undefined
        ? {}
        : { [answerHeaders.retryAfter]: String(Math.ceil(retryAfter)) }),
    },
    body: {
      type: `urn:launch-studio:problem:${code.toLowerCase().replaceAll('_', '-')}`,
      title: message,
      status,
      detail: code === 'INTERNAL_ERROR' ? message : detailOf(failure),
      instance: request.instance,
      request_id: request.requestId,
      error: { code, message, retryable },
      ...(errors && codesOfFields.has(code)
        ? { errors: inLanguage(errors, failure, request.locale) }
        : {}),
      ...(cap ? { cap } : {}),
      ...(missingRequired ? { missing_required: missingRequired } : {}),
      ...(limit ? { limit } : {}),
    },
  }
}
