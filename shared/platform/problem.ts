import type { StudioError } from '../contracts/errors.ts'
import { answerHeaders } from '../contracts/http/headers.ts'
import { type Problem, problems } from '../contracts/problems.ts'
import type { Locale } from '../contracts/session.ts'
import { boundedText } from '../rules/bounded-text.ts'
import { errorWording } from './wording.ts'

/** Characters of a detail, which may be a service's own reason. */
const maxDetail = 1_000

export interface ProblemAnswer {
  status: number
  headers: Record<string, string>
  body: Problem
}

/** A failure as RFC 9457 problem details, without the cause of an internal error. */
export const asProblem = (
  failure: StudioError,
  request: { instance: string; requestId: string; locale: Locale },
): ProblemAnswer => {
  const { code, retryable, errors, missingRequired, retryAfter, allow } = failure
  const { status } = problems[code]
  const message = errorWording[code][request.locale]
  return {
    status,
    headers: {
      'content-type': 'application/problem+json; charset=utf-8',
      [answerHeaders.contentLanguage]: request.locale,
      ...(allow === undefined ? {} : { [answerHeaders.allow]: allow.join(', ') }),
      ...(retryAfter === undefined ? {} : { [answerHeaders.retryAfter]: String(retryAfter) }),
    },
    body: {
      type: `urn:launch-studio:problem:${code.toLowerCase().replaceAll('_', '-')}`,
      title: message,
      status,
      detail: code === 'INTERNAL_ERROR' ? message : boundedText(failure.message, maxDetail),
      instance: request.instance,
      request_id: request.requestId,
      error: { code, message, retryable },
      ...(errors && (code === 'INVALID_INPUT' || code === 'NOT_UTF8') ? { errors } : {}),
      ...(missingRequired ? { missing_required: missingRequired } : {}),
    },
  }
}
