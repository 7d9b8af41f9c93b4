import { createHash } from 'node:crypto'
import { requestHeaders } from '../contracts/http/headers.ts'
import { invalidInput } from './field-errors.ts'

const keyRule = 'must be a quoted string, or 1 to 200 visible ASCII characters without a comma'
const secretRule = 'must be 32 to 200 visible ASCII characters that only this client knows'

/** RFC 9651: a string, and parameters, which mean nothing here. */
const quotedString =
  /^"((?:[ !#-[\]-~]|\\["\\])*)"(?:[ ]*;[ ]*[a-z*][a-z0-9_.*-]*(?:=(?:"(?:[ !#-[\]-~]|\\["\\])*"|[^\s";,]+))?)*$/
/** What callers send who have not read the draft standard. A comma would be two headers, joined. */
const bareKey = /^[!#-+\--~][!-+\--~]*$/

/**
 * The key of an `Idempotency-Key` header. The draft standard
 * (draft-ietf-httpapi-idempotency-key-header) wants a quoted string; the same characters without the
 * quotes are the same key.
 * @throws StudioError INVALID_INPUT
 */
export const readIdempotencyKey = (header: string): string => {
  const text = header.trim()
  const quoted = quotedString
    .exec(text)?.[1]
    ?.replace(/\\(["\\])/g, '$1')
    .trim()
  const key = quoted ?? (bareKey.test(text) ? text : '')
  if (key.length < 1 || key.length > 200)
    throw invalidInput([{ path: 'Idempotency-Key', message: keyRule }])
  return key
}

/**
 * Stands for a caller without a token, to whom a key of its own belongs as one does to a principal.
 * Without its secret a key that was guessed finds nothing, least of all another caller's token.
 * @throws StudioError INVALID_INPUT
 */
export const anonymousCaller = (headers: Record<string, string | undefined>): string => {
  const secret = headers[requestHeaders.idempotencySecret]
  if (secret === undefined || !/^[!-~]{32,200}$/.test(secret)) {
    throw invalidInput([{ path: 'Idempotency-Secret', message: secretRule }])
  }
  return `secret:${createHash('sha256').update(secret).digest('base64url')}`
}
