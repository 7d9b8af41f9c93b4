import { imageLimit } from '../../rules/model-limits.ts'
import { boundedBody } from '../bounded-body.ts'
import { reportOf } from '../openai/failure-in-stream.ts'
import { type Fields, fieldsOf, listOf, parsedJson, textOf } from '../openai/loose-json.ts'
import { linkedPicture } from './picture-link.ts'
import { brokenAnswer, imageFailure, silentRefusal } from './refused-picture.ts'

/** Where servers put a picture in an item of `data`. */
const inlineOf = (item: Fields): string | undefined =>
  textOf(item.b64_json) ?? textOf(item.image_base64) ?? textOf(item.base64)

const linkOf = (item: Fields): string | undefined =>
  textOf(item.url) ?? textOf(fieldsOf(item.image_url).url) ?? textOf(item.image_url)

const dataUrl = /^data:[\w.+/-]*;base64,/

const decoded = (text: string): Uint8Array => {
  const base64 = text.replace(dataUrl, '')
  if (!/^[A-Za-z0-9+/=_\s-]*$/.test(base64)) throw brokenAnswer('sent a picture that is no base64.')
  return Buffer.from(base64, 'base64')
}

/** Some servers leave `data` out for one picture, or call it `images`. */
const itemsOf = (answer: Fields): Fields[] => {
  const list = [...listOf(answer.data), ...listOf(answer.images)]
  const items = list.map((item) => (typeof item === 'string' ? { b64_json: item } : fieldsOf(item)))
  return [...items, ...(list.length === 0 ? [answer] : [])]
}

export interface AnswerContext {
  /** Of the server's base URL. */
  origin: string
  /** What its messages must not repeat. */
  private_: readonly string[]
  signal: AbortSignal
}

const failureIn = (answer: Fields, private_: readonly string[]) => {
  const refusal = silentRefusal(answer, private_)
  if (refusal) return refusal
  const isError = answer.error !== undefined && answer.error !== null && answer.error !== ''
  return isError
    ? imageFailure(reportOf(answer, { inStream: true }), private_)
    : brokenAnswer('answered without a picture.')
}

/**
 * The picture's bytes in an answer of `/images/generations` or `/images/edits`, as they are.
 * @throws StudioError MODEL_REFUSED for one that was held back, UPSTREAM_ERROR for an answer without one; or
 * the signal's reason
 */
export const pictureIn = async (
  response: Response,
  { origin, private_, signal }: AnswerContext,
): Promise<Uint8Array> => {
  const body = await boundedBody(response, imageLimit.answerBytes)
  if (body === undefined) throw brokenAnswer('sent an answer without an end.')
  const isPicture = /^image\/(?:png|jpeg|webp)\b/.test(response.headers.get('content-type') ?? '')
  if (isPicture) return body
  const json = parsedJson(Buffer.from(body).toString())
  if (typeof json !== 'object' || json === null)
    throw brokenAnswer('sent an answer that is no JSON.')
  const answer = Array.isArray(json) ? { data: json } : fieldsOf(json)
  for (const item of itemsOf(answer)) {
    const inline = inlineOf(item)
    if (inline !== undefined) return decoded(inline)
    const link = linkOf(item)
    if (link !== undefined) {
      return dataUrl.test(link) ? decoded(link) : linkedPicture(link, origin, signal)
    }
  }
  throw failureIn(answer, private_)
}
