import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { verifyWebhook, WebhookRefused } from '../../../shared/client/webhooks.ts'

const secret = `whsec_${Buffer.from('a secret of a webhook, 32 bytes.').toString('base64')}`
const id = 'run_01kb0000000000000000000000-1'
const body = '{"type": "run.ended",  "timestamp": "2026-11-26T10:00:00.000Z", "data": {"한글": 1}}'
const at = new Date('2026-11-26T10:00:01.000Z')
const now = at.getTime()

/** Signed by the library of the specification's authors. */
const signed = (key = secret, time = at): Record<string, string> => ({
  'webhook-id': id,
  'webhook-timestamp': String(Math.floor(time.getTime() / 1000)),
  'webhook-signature': new Webhook(key).sign(id, time, body),
})

describe('a receiver', () => {
  it('reads an event that was signed by the specification', async () => {
    const event = await verifyWebhook(secret, signed(), body, { now })
    expect(event).toEqual({ ...JSON.parse(body), id })
    expect(await verifyWebhook(secret, new Headers(signed()), body, { now })).toEqual(event)
  })

  it('takes either of two signatures, and passes over those of another kind', async () => {
    const other = signed(`whsec_${Buffer.from('another secret').toString('base64')}`)
    const signature = `v1a,AAAA ${other['webhook-signature']} ${signed()['webhook-signature']}`
    const headers = { ...signed(), 'webhook-signature': signature }
    expect(await verifyWebhook(secret, headers, body, { now })).toMatchObject({ id })
  })

  const { 'webhook-id': _, ...withoutId } = signed()
  it.each<[string, Record<string, string>, string]>([
    ['another body', signed(), body.replace('1', '2')],
    ['another id', { ...signed(), 'webhook-id': `${id}0` }, body],
    ['another time', { ...signed(), 'webhook-timestamp': String(now / 1000 + 1) }, body],
    ['a time that is none', { ...signed(), 'webhook-timestamp': 'now' }, body],
    ['one from before', signed(secret, new Date(now - 301_000)), body],
    ['one from the future', signed(secret, new Date(now + 301_000)), body],
    ['no id', withoutId, body],
    ['no signature', { ...signed(), 'webhook-signature': 'v1,' }, body],
    ['another secret', signed('whsec_AAAA'), body],
  ])('does not believe %s', async (_, headers, text) => {
    const read = verifyWebhook(secret, headers, text, { now })
    await expect(read).rejects.toBeInstanceOf(WebhookRefused)
  })
})
