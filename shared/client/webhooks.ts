import type { WebhookBody } from './contract.ts'

export { createWebhooks, type Webhooks } from './webhook-calls.ts'

/** What a webhook of the studio sends, under the id by which its receiver knows it again. */
export type WebhookEvent = WebhookBody & { id: string }

/** Why a request is not believed. */
export class WebhookRefused extends Error {
  override readonly name = 'WebhookRefused'
}

/** `Headers`, or an object of them such as Node's `request.headers`. */
export type WebhookHeaders = Headers | Record<string, string | string[] | undefined>

export interface VerifyOptions {
  /** Seconds by which the time of a request may differ from ours; 300 when not given. */
  tolerance?: number
  /** Epoch milliseconds. */
  now?: number
}

const headerOf = (headers: WebhookHeaders, name: string): string => {
  const value =
    typeof headers.get === 'function'
      ? headers.get(name)
      : (headers as Record<string, string | string[] | undefined>)[name]
  if (typeof value === 'string' && value !== '') return value
  throw new WebhookRefused(`The header ${name} is missing.`)
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))

/** Signatures that are no Base64 are of another kind, and count as none. */
const signaturesIn = (header: string): Uint8Array<ArrayBuffer>[] =>
  header.split(' ').flatMap((each) => {
    const [, base64] = /^v1,([A-Za-z0-9+/]+=*)$/.exec(each) ?? []
    try {
      return base64 === undefined ? [] : [bytesOf(base64)]
    } catch {
      return []
    }
  })

/**
 * The event of a request, once its signature and its age are found good (Standard Webhooks, `v1`).
 * @param secret `whsec_…`, as the studio showed it
 * @param body the bytes as they came, as text
 * @throws WebhookRefused
 */
export const verifyWebhook = async (
  secret: string,
  headers: WebhookHeaders,
  body: string,
  { tolerance = 300, now = Date.now() }: VerifyOptions = {},
): Promise<WebhookEvent> => {
  const id = headerOf(headers, 'webhook-id')
  const timestamp = headerOf(headers, 'webhook-timestamp')
  const age = Math.abs(now / 1000 - Number(timestamp))
  // Also of what is no number.
  if (!(age <= tolerance)) throw new WebhookRefused('The request is too old, or from the future.')
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const { subtle } = crypto
  const raw = bytesOf(secret.replace(/^whsec_/, ''))
  const key = await subtle.importKey('raw', raw, hmac, false, ['verify'])
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`)
  for (const signature of signaturesIn(headerOf(headers, 'webhook-signature'))) {
    if (await subtle.verify('HMAC', key, signature, signed)) return { ...JSON.parse(body), id }
  }
  throw new WebhookRefused('No signature fits.')
}
