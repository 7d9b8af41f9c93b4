import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto'
import { requiredSetting, setting } from '../platform/environment.ts'

export interface AwsCredentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string | undefined
}

export interface SignedParts {
  service: string
  region: string
  credentials: AwsCredentials
  method: string
  host: string
  /** The path as it is sent. */
  path: string
  /** Names in lower case; all of them are signed, beside those that signing adds. */
  headers: Readonly<Record<string, string>>
  body: string
  /** Epoch milliseconds. */
  now: number
}

/** What Lambda puts into the environment of every function. */
export const environmentCredentials = (): AwsCredentials => ({
  accessKeyId: requiredSetting('AWS_ACCESS_KEY_ID'),
  secretAccessKey: requiredSetting('AWS_SECRET_ACCESS_KEY'),
  sessionToken: setting('AWS_SESSION_TOKEN'),
})

const hmac = (key: string | Uint8Array, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest()

interface SigningKey {
  secret: string
  scope: string
  key: KeyObject
}

/** A key holds for a day, a region and a service; a process signs for few. */
const keys = new Map<string, SigningKey>()

const signingKey = (secret: string, day: string, region: string, service: string): KeyObject => {
  const scope = `${day}/${region}/${service}`
  const known = keys.get(service)
  if (known?.scope === scope && known.secret === secret) return known.key
  const bytes = [region, service, 'aws4_request'].reduce<Buffer>(hmac, hmac(`AWS4${secret}`, day))
  // From bytes Node would make one for each signature, which takes longer than to sign.
  const key = createSecretKey(bytes)
  keys.set(service, { secret, scope, key })
  return key
}

/** Encoded once more than it is sent, but for the slashes: every service asks for that but S3. */
const canonicalPath = (path: string): string =>
  encodeURIComponent(path)
    .replaceAll('%2F', '/')
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

/**
 * The headers of a request, signed by AWS's Signature Version 4 with the key kept: the SDK's signer derives it
 * anew for each new client, and hashes in JavaScript what Node does natively.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export const signedHeaders = (parts: SignedParts): Record<string, string> => {
  const { service, region, credentials, method, host, path, body, now } = parts
  const { accessKeyId, secretAccessKey, sessionToken } = credentials
  const time = `${new Date(now).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
  const day = time.slice(0, 8)
  const headers: Record<string, string> = {
    ...parts.headers,
    host,
    'x-amz-date': time,
    ...(sessionToken === undefined ? {} : { 'x-amz-security-token': sessionToken }),
  }
  const names = Object.keys(headers).sort()
  const signed = names.join(';')
  const request = [
    method,
    canonicalPath(path),
    '',
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    signed,
    hash('sha256', body),
  ].join('\n')
  const scope = `${day}/${region}/${service}/aws4_request`
  const text = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${hash('sha256', request)}`
  const key = signingKey(secretAccessKey, day, region, service)
  const signature = createHmac('sha256', key).update(text).digest('hex')
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${signed}, Signature=${signature}`
  return headers
}
