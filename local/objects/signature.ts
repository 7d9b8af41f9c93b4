import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { credentials } from '../template/partition.ts'

/** A request that S3 refuses, in its own words. */
export class ObjectRefusal extends Error {
  override readonly name = 'ObjectRefusal'
  readonly code: string
  /** HTTP status. */
  readonly status: number

  constructor(code: string, message: string, status = 403) {
    super(message)
    this.code = code
    this.status = status
  }
}

const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest()

/** `20261122T213000Z` as milliseconds since the epoch; NaN for what is none. */
export const signedAt = (date: string): number => {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? []
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

/**
 * Checks a signature of version 4 over a text. `credential` is `<key id>/<day>/<region>/s3/aws4_request`.
 * Throws ObjectRefusal when it was made with another key or over another text.
 */
export const checkSignature = (credential: string, text: string, signature: string): void => {
  const [keyId, day = '', region = '', service = '', ending = ''] = credential.split('/')
  if (keyId !== credentials.accessKeyId) {
    throw new ObjectRefusal('InvalidAccessKeyId', 'The access key does not exist in our records.')
  }
  const dayKey = hmac(`AWS4${credentials.secretAccessKey}`, day)
  const key = hmac(hmac(hmac(dayKey, region), service), ending)
  const expected = hmac(key, text)
  const given = Buffer.from(signature, 'hex')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new ObjectRefusal(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided.',
    )
  }
}

/** As AWS wants it: everything but letters, digits and `-._~`. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )

export interface LinkRequest {
  method: string
  /** Path and query, as they were sent. */
  url: string
  headers: Readonly<Record<string, string | string[] | undefined>>
}

/**
 * Checks a request whose signature is in its query. Throws ObjectRefusal when the link has expired,
 * was changed, or was never signed.
 */
export const checkLink = ({ method, url, headers }: LinkRequest, now = Date.now()): void => {
  const [path = '', search = ''] = url.split('?')
  const query = new URLSearchParams(search)
  const parameter = (name: string): string => query.get(name) ?? ''
  const date = parameter('X-Amz-Date')
  const age = now - signedAt(date)
  if (!(age <= Number(parameter('X-Amz-Expires')) * 1000)) {
    throw new ObjectRefusal('AccessDenied', 'Request has expired')
  }
  const credential = parameter('X-Amz-Credential')
  const signedHeaders = parameter('X-Amz-SignedHeaders')
  const canonicalQuery = [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join('&')
  const canonicalHeaders = signedHeaders
    .split(';')
    .map((name) => `${name}:${[headers[name] ?? ''].flat().join(',').trim()}\n`)
    .join('')
  const canonical = [
    method,
    path,
    canonicalQuery,
    canonicalHeaders,
    signedHeaders,
    query.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD',
  ].join('\n')
  const digest = createHash('sha256').update(canonical).digest('hex')
  const scope = credential.slice(credential.indexOf('/') + 1)
  const text = ['AWS4-HMAC-SHA256', date, scope, digest].join('\n')
  checkSignature(credential, text, parameter('X-Amz-Signature'))
}
