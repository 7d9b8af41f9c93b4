import { createHash } from 'node:crypto'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { StudioError } from '../contracts/errors.ts'
import { bodyBytesLimit, formBytesLimit, type Route } from '../contracts/http/route.ts'

const tooLarge = (limit: number): StudioError =>
  new StudioError('PAYLOAD_TOO_LARGE', `A body may have ${limit} bytes at most.`)

const malformedForm = (message: string, cause?: unknown): StudioError =>
  new StudioError('INVALID_INPUT', 'The input breaks the rules named in errors.', {
    cause,
    errors: [{ path: 'body', message }],
  })

const readJson = (bytes: Buffer): unknown => {
  if (bytes.length > bodyBytesLimit) throw tooLarge(bodyBytesLimit)
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (cause) {
    throw new StudioError('MALFORMED_JSON', 'The body is not valid JSON.', { cause })
  }
}

/** Fields by name; an empty one, as an HTML form sends it, counts as absent. */
const readForm = async (bytes: Buffer, contentType: string): Promise<Record<string, unknown>> => {
  if (bytes.length > formBytesLimit) throw tooLarge(formBytesLimit)
  const response = new Response(new Uint8Array(bytes), {
    headers: { 'content-type': contentType },
  })
  const form = await response.formData().catch((cause: unknown) => {
    throw malformedForm('must be readable multipart/form-data', cause)
  })
  const fields: Record<string, unknown> = {}
  for (const [name, value] of form) {
    if (name in fields) throw malformedForm(`must hold the field ${name} once`)
    if (value !== '') fields[name] = value
  }
  return fields
}

/**
 * A request's JSON, or the form's fields where the route takes a form; an empty body is `{}`.
 * @throws StudioError PAYLOAD_TOO_LARGE, MALFORMED_JSON, INVALID_INPUT
 */
export const readBody = async (
  route: Route,
  { body, isBase64Encoded, headers }: APIGatewayProxyEventV2,
): Promise<{ schema: Route['body']; value: unknown }> => {
  const bytes = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8')
  const contentType = headers['content-type'] ?? ''
  if (route.form && /^multipart\/form-data\b/i.test(contentType)) {
    return { schema: route.form, value: await readForm(bytes, contentType) }
  }
  return { schema: route.body, value: bytes.length === 0 ? {} : readJson(bytes) }
}

/** A body as JSON for comparing two requests; files are replaced by their digests. */
export const comparable = async (body: unknown): Promise<unknown> => {
  if (typeof body !== 'object' || body === null) return body
  const fields = Object.entries(body).map(async ([name, value]) => {
    if (!(value instanceof File)) return [name, value]
    const digest = createHash('sha256').update(await value.bytes())
    return [name, digest.digest('hex')]
  })
  return Object.fromEntries(await Promise.all(fields))
}
