import type { StudioError } from '../contracts/errors.ts'
import { answerHeaders } from '../contracts/http/headers.ts'
import { type Problem, problems } from '../contracts/problems.ts'
import { setting } from './environment.ts'
import { environmentNames } from './environment-names.ts'
import { errorMessage, preferredLocale } from './wording.ts'

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
    : `The model's server said: ${vendor.message}`

/** A failure as RFC 9457 problem details, without the cause of an internal error. */
export const asProblem = (
  failure: StudioError,
  request: { instance: string; requestId: string; acceptLanguage: string | undefined },
): ProblemAnswer => {
  const { code, retryable, errors, missingRequired, retryAfter } = failure
  const { status } = problems[code]
  const locale = failure.locale ?? preferredLocale(request.acceptLanguage)
  const message = errorMessage(failure, locale)
  return {
    status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      ...(retryAfter === undefined
        ? {}
        : { [answerHeaders.retryAfter]: String(Math.ceil(retryAfter)) }),
    },
    body: {
      type: `urn:launch-studio:problem:${code.toLowerCase().replaceAll('_', '-')}`,
      title: message,
      status,
      detail:
        code === 'INTERNAL_ERROR'
          ? message
          : [failure.message, vendorDetail(failure) ?? []].flat().join(' '),
      instance: request.instance,
      request_id: request.requestId,
      error: { code, message, retryable },
      ...(errors && code === 'INVALID_INPUT' ? { errors } : {}),
      ...(missingRequired ? { missing_required: missingRequired } : {}),
    },
  }
}
