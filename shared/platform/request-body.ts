import { createHash } from 'node:crypto'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { StudioError } from '../contracts/errors.ts'
import { bodyBytesLimit, formBytesLimit, type Route } from '../contracts/http/route.ts'
import { decodeUtf8, text as textSchema } from '../contracts/text.ts'
import { fieldErrors, invalidInput, notUtf8, printable } from './field-errors.ts'
import { multipartParts, type Part } from './multipart.ts'
import { readRequestJson } from './request-json.ts'

/** A file's name is optional; browsers send an empty one where no file was chosen. */
const FileName = textSchema(255, { min: 0 })

const tooLarge = (limit: number): StudioError =>
  new StudioError('PAYLOAD_TOO_LARGE', `A body may have ${limit} bytes at most.`)

/** Nothing between a caller and us decodes a body, and compressed bytes are no text of any encoding. */
const refuseEncoded = (encoding: string | undefined): void => {
  if (encoding === undefined || /^\s*(?:identity)?\s*$/i.test(encoding)) return
  throw new StudioError(
    'UNSUPPORTED_MEDIA',
    `A body is taken as it is, without Content-Encoding (${printable(encoding)}).`,
    { errors: [{ path: 'Content-Encoding', message: 'must be identity, or not be given' }] },
  )
}

type Body = Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded' | 'headers'>

/**
 * Whether a gateway that hands JSON on as a string has put U+FFFD for bytes that were not UTF-8: the body
 * then no longer has the length that was sent.
 */
const wasReplaced = (text: string, headers: Body['headers']): boolean =>
  text.includes('\ufffd') && Number(headers['content-length']) !== Buffer.byteLength(text)

const textOf = ({ body = '', isBase64Encoded, headers }: Body): string => {
  const text = isBase64Encoded ? decodeUtf8(Buffer.from(body, 'base64')) : body
  if (text === null || (!isBase64Encoded && wasReplaced(text, headers))) throw notUtf8('body')
  return text.replace(/^\ufeff/, '')
}

/** @throws StudioError INVALID_INPUT for a file name that breaks the rule for text */
const fileOf = ({ name, filename = '', contentType, content }: Part): File => {
  const read = FileName.safeParse(filename)
  if (!read.success) {
    const broken = fieldErrors(read.error).map((error) => ({ ...error, path: `${name}.filename` }))
    throw invalidInput(broken)
  }
  return new File([new Uint8Array(content)], read.data, { type: contentType })
}

/** Fields by name; an empty one, as an HTML form sends it, counts as absent. */
const readForm = (bytes: Buffer, contentType: string): Record<string, unknown> => {
  const fields = new Map<string, unknown>()
  for (const part of multipartParts(bytes, contentType)) {
    const name = printable(part.name)
    if (fields.has(name)) {
      throw invalidInput([{ path: 'body', message: `must hold the field ${name} once` }])
    }
    const value = part.filename === undefined ? decodeUtf8(part.content) : fileOf({ ...part, name })
    if (value === null) throw notUtf8(name)
    if (value !== '') fields.set(name, value)
  }
  return Object.fromEntries(fields)
}

/**
 * A request's JSON, or the form's fields where the route takes a form; an empty body is `{}`. Bytes become
 * text as strict UTF-8, a byte order mark passed over.
 * @throws StudioError UNSUPPORTED_MEDIA, PAYLOAD_TOO_LARGE, NOT_UTF8, MALFORMED_JSON, INVALID_INPUT
 */
export const readBody = (
  route: Route,
  event: APIGatewayProxyEventV2,
): { schema: Route['body']; value: unknown } => {
  const { body = '', isBase64Encoded, headers } = event
  refuseEncoded(headers['content-encoding'])
  const contentType = headers['content-type'] ?? ''
  const isForm = route.form && /^multipart\/form-data\b/i.test(contentType)
  const limit = isForm ? formBytesLimit : bodyBytesLimit
  const encoding = isBase64Encoded ? 'base64' : 'utf8'
  if (Buffer.byteLength(body, encoding) > limit) throw tooLarge(limit)
  if (route.form && isForm) {
    return { schema: route.form, value: readForm(Buffer.from(body, encoding), contentType) }
  }
  const text = textOf(event)
  return { schema: route.body, value: text === '' ? {} : readRequestJson(text, 'body') }
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
