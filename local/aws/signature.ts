import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { SignatureV4 } from '@smithy/signature-v4'
import { credentials, partition } from '../template/partition.ts'
import { AwsError } from './aws-error.ts'

/** A request as it was sent. */
export interface SignedRequest {
  method: string
  /** Path and query. */
  url: string
  /** By lower-case name. */
  headers: Readonly<Record<string, string | string[] | undefined>>
}

/** Node's SHA-256 as the signer wants it: a hash, or with a secret an HMAC. */
class Sha256 {
  readonly #hash: ReturnType<typeof createHash | typeof createHmac>

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    if (secret === undefined) this.#hash = createHash('sha256')
    else this.#hash = createHmac('sha256', bytesOf(secret))
  }

  update(chunk: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(chunk))
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }

  reset(): void {}
}

const bytesOf = (data: string | ArrayBuffer | ArrayBufferView): Uint8Array => {
  if (typeof data === 'string') return Buffer.from(data)
  if (data instanceof ArrayBuffer) return new Uint8Array(data)
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}

const signer = (service: string, region: string, keys = credentials): SignatureV4 =>
  new SignatureV4({
    service,
    region,
    credentials: keys,
    sha256: Sha256,
    // S3 takes keys as they are; everywhere else a path is escaped twice.
    uriEscapePath: service !== 's3',
    applyChecksum: service === 's3',
  })

const requestOf = ({ method, url }: Pick<SignedRequest, 'method' | 'url'>, host = '') => {
  const [path = '', search = ''] = url.split('?')
  const query: Record<string, string | string[]> = {}
  for (const [name, value] of new URLSearchParams(search)) {
    const before = query[name]
    query[name] = before === undefined ? value : [before, value].flat()
  }
  return { method, protocol: 'http:', hostname: host, path, query }
}

/** The headers of a call, signed with the engine's credentials when no others are given. */
export const signedHeaders = async (
  service: string,
  endpoint: string,
  request: { method: string; headers?: Record<string, string>; body?: string },
  keys = credentials,
): Promise<Record<string, string>> => {
  const { host, pathname, search } = new URL(endpoint)
  const { headers } = await signer(service, partition.region, keys).sign({
    ...requestOf({ method: request.method, url: `${pathname}${search}` }, host),
    headers: { ...request.headers, host },
    body: request.body,
  })
  return headers
}

/** `20261122T213000Z` as milliseconds since the epoch; NaN for what is none. */
export const signedAt = (date: string): number => {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? []
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
}

const same = (given: string, expected: string): boolean => {
  const [one, other] = [given, expected].map((text) => createHash('sha256').update(text).digest())
  return one !== undefined && other !== undefined && timingSafeEqual(one, other)
}

const mismatch = (): AwsError =>
  new AwsError(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided.',
    403,
  )

/** What a credential says: `<key id>/<day>/<region>/<service>/aws4_request`. */
const scopeOf = (credential: string, date: string): { region: string; service: string } => {
  const [keyId, day = '', region = '', service = '', ending = ''] = credential.split('/')
  if (keyId !== credentials.accessKeyId) {
    throw new AwsError('InvalidAccessKeyId', 'The access key does not exist in our records.', 403)
  }
  if (ending !== 'aws4_request' || !date.startsWith(day) || day.length !== 8) throw mismatch()
  return { region, service }
}

/** Checks a signature over a text: an upload form's policy. Throws AwsError. */
export const checkTextSignature = async (
  { credential, date, signature }: { credential: string; date: string; signature: string },
  text: string,
): Promise<void> => {
  const { region, service } = scopeOf(credential, date)
  const at = new Date(signedAt(date))
  if (Number.isNaN(at.getTime())) throw mismatch()
  const expected = await signer(service, region).sign(text, { signingDate: at })
  if (!same(signature, expected)) throw mismatch()
}

interface Claim {
  credential: string
  date: string
  /** Names of the headers that are signed. */
  names: readonly string[]
  signature: string
  /** The hash of the body, or the word that stands in its place. */
  payload: string
}

/** Signs the request anew, with the headers that the claim names and no others. */
const checkClaim = async (
  { method, url, headers }: SignedRequest,
  { credential, date, names, signature, payload }: Claim,
): Promise<void> => {
  const { region, service } = scopeOf(credential, date)
  if (!names.includes('host')) throw mismatch()
  const own = Object.fromEntries(names.map((name) => [name, [headers[name] ?? ''].flat().join()]))
  const unsigned = ['x-amz-date', 'x-amz-content-sha256'].filter((name) => !names.includes(name))
  const { headers: signed } = await signer(service, region).sign(
    { ...requestOf({ method, url }), headers: { ...own, 'x-amz-content-sha256': payload } },
    {
      signingDate: new Date(signedAt(date)),
      signableHeaders: new Set(names),
      unsignableHeaders: new Set(unsigned),
    },
  )
  const expected = /Signature=(\w+)$/.exec(signed.authorization ?? '')?.[1]
  if (expected === undefined || !same(signature, expected)) throw mismatch()
}

/** Milliseconds that a sender's clock may differ from ours. */
const skewMs = 15 * 60_000

/** Checks a request with an Authorization header, and its body. Throws AwsError. */
export const checkHeader = async (
  request: SignedRequest,
  body: Uint8Array,
  now = Date.now(),
): Promise<void> => {
  const header = (name: string): string => [request.headers[name] ?? ''].flat().join()
  const [, credential = '', names = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=(\w+)$/.exec(
      header('authorization'),
    ) ?? []
  if (credential === '') throw new AwsError('AccessDenied', 'Access Denied', 403)
  const date = header('x-amz-date')
  const digest = createHash('sha256').update(body).digest('hex')
  const payload = header('x-amz-content-sha256') || digest
  const claim = { credential, date, names: names.split(';'), signature, payload }
  if (!(Math.abs(now - signedAt(date)) <= skewMs)) {
    scopeOf(credential, date)
    const message = 'The difference between the request time and the current time is too large.'
    throw new AwsError('RequestTimeTooSkewed', message, 403)
  }
  await checkClaim(request, claim)
  if (/^[0-9a-f]{64}$/.test(payload) && payload !== digest) {
    const message = 'The provided x-amz-content-sha256 header does not match what was computed.'
    throw new AwsError('XAmzContentSHA256Mismatch', message)
  }
}

/** Longest that a link may be good, in seconds: a week. */
const longestLink = 604_800

/**
 * Checks a request whose signature is in its query. Throws AwsError when the link has expired,
 * was changed, or was never signed.
 */
export const checkLink = async (request: SignedRequest, now = Date.now()): Promise<void> => {
  const query = new URLSearchParams(request.url.split('?')[1] ?? '')
  const parameter = (name: string): string => query.get(name) ?? ''
  const date = parameter('X-Amz-Date')
  const expires = /^\d{1,6}$/.test(parameter('X-Amz-Expires'))
    ? Number(parameter('X-Amz-Expires'))
    : Number.NaN
  const age = now - signedAt(date)
  if (!(expires <= longestLink && age >= -skewMs && age <= expires * 1000)) {
    throw new AwsError('AccessDenied', 'Request has expired', 403)
  }
  await checkClaim(request, {
    credential: parameter('X-Amz-Credential'),
    date,
    names: parameter('X-Amz-SignedHeaders').split(';'),
    signature: parameter('X-Amz-Signature'),
    payload: query.get('X-Amz-Content-Sha256') ?? 'UNSIGNED-PAYLOAD',
  })
}
