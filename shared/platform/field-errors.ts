import type * as z from 'zod'
import { StudioError } from '../contracts/errors.ts'
import { type FieldError, FieldRule } from '../contracts/problems.ts'
import { boundedText } from '../rules/bounded-text.ts'

/** Of one input; the first ones are enough to act on, and all of them fit into a socket's frame. */
const maxErrors = 20
const maxMessage = 300

/** Input as it may stand in an answer or a log line: bounded, and what does not show by its code point. */
export const printable = (input: string): string =>
  boundedText(
    input
      .slice(0, maxMessage)
      .replace(
        /[\p{C}\p{Zl}\p{Zp}]/gu,
        (character) => `U+${character.codePointAt(0)?.toString(16).toUpperCase()}`,
      ),
    maxMessage,
  )

const fieldError = (issue: z.core.$ZodIssue): FieldError => {
  const rule = FieldRule.safeParse(issue.code === 'custom' ? issue.params?.rule : undefined)
  return {
    path: printable(issue.path.join('.')),
    message: printable(issue.message),
    ...(rule.success ? { rule: rule.data } : {}),
  }
}

/** Each field with the rule that it broke. */
export const fieldErrors = ({ issues }: z.ZodError): FieldError[] =>
  issues.slice(0, maxErrors).map(fieldError)

/** The answer to input that breaks its schema. */
export const invalidInput = (errors: FieldError[], cause?: unknown): StudioError =>
  new StudioError('INVALID_INPUT', 'The input breaks the rules named in errors.', { cause, errors })

/** The answer to bytes that are not UTF-8. @param path the field, or `body` */
export const notUtf8 = (path: string): StudioError =>
  new StudioError(
    'NOT_UTF8',
    `What was sent is not UTF-8 (${path}). Encode it as UTF-8: a Korean Windows console writes CP949, so save the body to a file in UTF-8 and send that.`,
    { errors: [{ path, message: 'must be UTF-8' }] },
  )
