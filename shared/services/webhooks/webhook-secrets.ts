import { createHmac, hkdfSync } from 'node:crypto'
import type { SecretName, Webhook } from '../../repositories/webhook-repository.ts'
import { keyIdOf, signingKeys } from '../sessions/signing-keys.ts'

/**
 * Secrets of webhooks, in the form of Standard Webhooks
 * (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md). They are derived
 * from a signing key of the deployment and the webhook's id: none is stored. While the keys are exchanged, the
 * former one is still there to derive from; when it is dropped, what was derived from it is lost.
 */

const salt = 'launch-studio webhooks'
const secretBytes = 32

const bytesOf = (key: string, webhookId: string, version: number): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, `${webhookId} ${version}`, secretBytes))

const isSigning = (until: string, now: number): boolean => Date.parse(until) > now

/** Another secret of a webhook, by name and as its receiver needs it. */
export const makeSecret = async (
  webhookId: string,
  version: number,
): Promise<{ name: SecretName; secret: string }> => {
  const [key] = await signingKeys('webhookSigningKey')
  const secret = `whsec_${bytesOf(key, webhookId, version).toString('base64')}`
  return { name: { version, key_id: keyIdOf(key) }, secret }
}

/** A try: the same id and body as the one before, and the time of its own, against replays. */
export interface Signing {
  eventId: string
  /** Epoch milliseconds. */
  now: number
  body: string
}

/**
 * The headers of a try, signed with the webhook's secret and, after a rotation, with the one before as well.
 * Undefined when the key of its secret is gone.
 */
export const signedHeaders = async (
  { webhook_id, secret, previous }: Webhook,
  { eventId, now, body }: Signing,
): Promise<Record<string, string> | undefined> => {
  const keys = new Map((await signingKeys('webhookSigningKey')).map((key) => [keyIdOf(key), key]))
  const timestamp = String(Math.floor(now / 1000))
  const signature = ({ version, key_id }: SecretName): string[] => {
    const key = keys.get(key_id)
    if (key === undefined) return []
    const hmac = createHmac('sha256', bytesOf(key, webhook_id, version))
    return [`v1,${hmac.update(`${eventId}.${timestamp}.${body}`).digest('base64')}`]
  }
  const current = signature(secret)
  if (current.length === 0) return undefined
  const former = previous && isSigning(previous.until, now) ? signature(previous) : []
  return {
    'webhook-id': eventId,
    'webhook-timestamp': timestamp,
    'webhook-signature': [...current, ...former].join(' '),
  }
}
