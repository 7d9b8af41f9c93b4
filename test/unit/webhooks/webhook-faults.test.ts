import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Receiver, startReceiver } from '../../support/webhooks/receiver.ts'
import { endOfRun, owner, simulatedWebhooks } from '../../support/webhooks/simulated-webhooks.ts'

const minute = 60_000
const day = 24 * 60 * minute

let receiver: Receiver
let all: ReturnType<typeof simulatedWebhooks>
beforeEach(async () => {
  vi.stubEnv('WEBHOOK_SIGNING_KEY', 'a key of the deployment')
  receiver = await startReceiver()
  all = simulatedWebhooks()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await receiver.stop()
})

const create = () => all.service.create(owner, { url: receiver.url }, all.caller)
const only = async () => (await all.service.list(owner))[0]
const announce = async (number = 1) => {
  await all.commit(endOfRun(number))
  await all.announcer.announce({ end_id: endOfRun(number).data.id })
}
/** Sweeps and works each minute. */
const goOn = async (minutes: number) => {
  for (let passed = 0; passed < minutes; passed += 1) {
    await all.recovery.sweep()
    await all.work()
    all.wait(minute)
  }
}

describe('a delivery', () => {
  it('fails when the receiver turns the connection to another protocol', async () => {
    const { webhook_id } = await create()
    receiver.answer(101)
    await announce()
    await all.work()
    expect(await all.service.deliveries(owner, webhook_id)).toMatchObject([
      { status: 'pending', attempts: 1, reason: 'bad-response' },
    ])
  })

  it('keeps all its tries while the signing key cannot be read', async () => {
    const { webhook_id } = await create()
    await announce()
    vi.stubEnv('WEBHOOK_SIGNING_KEY', '')
    await goOn(30)
    expect(await all.service.deliveries(owner, webhook_id)).toMatchObject([
      { status: 'pending', attempts: 0 },
    ])
    vi.stubEnv('WEBHOOK_SIGNING_KEY', 'a key of the deployment')
    await goOn(5)
    expect(await all.service.deliveries(owner, webhook_id)).toMatchObject([
      { status: 'delivered', attempts: 1 },
    ])
  })

  it('of a webhook that was deleted meanwhile is erased, and one past its time is not sent again', async () => {
    const { webhook_id } = await create()
    const task = { owner, webhook_id, event_id: endOfRun().data.id }
    await all.service.delete(owner, webhook_id)
    const stored = { ...task, type: 'run.ended', body: '{}' } as const
    await all.repositories.deliveries.create(stored)
    await all.sender.deliver(task)
    expect(all.table.items()).toEqual([])
    await all.repositories.deliveries.create(stored)
    await all.commit(endOfRun(2))
    all.wait(400 * day)
    await all.recovery.sweep()
    expect([all.deliveryMessages.waiting(), all.endMessages.waiting()]).toEqual([[], []])
  })

  it('of a ping is tried once', async () => {
    const { webhook_id } = await create()
    receiver.answer(500)
    await all.service.test(owner, webhook_id, all.caller)
    await goOn(5)
    expect(await all.service.deliveries(owner, webhook_id)).toMatchObject([
      { type: 'webhook.ping', status: 'dead', attempts: 1, reason: 'http-500' },
    ])
    expect(receiver.received).toHaveLength(1)
  })
})

describe('a webhook', () => {
  it('keeps what is newer than a try that took long', async () => {
    const { webhook_id } = await create()
    await announce(1)
    const read = await all.repositories.webhooks.find(owner, webhook_id)
    receiver.answer(410, 204, 410)
    await all.work()
    expect(await only()).toMatchObject({ status: 'disabled' })
    await all.service.test(owner, webhook_id, all.caller)
    const disabled = await all.repositories.webhooks.find(owner, webhook_id)
    await all.work()
    expect(await only()).toMatchObject({ status: 'active' })
    // One that read the webhook while it was disabled, and comes to its end now.
    const find = vi.spyOn(all.repositories.webhooks, 'find')
    find.mockResolvedValueOnce(disabled).mockResolvedValueOnce(disabled)
    await all.service.test(owner, webhook_id, all.caller)
    await all.work()
    expect(await only()).toMatchObject({
      ...{ status: 'active', failing_since: null, disabled_reason: null },
      last_delivery: { delivered: false, response_status: 410 },
    })
    // And one that read it before a rotation.
    await all.service.rotate(owner, webhook_id, all.caller)
    await announce(2)
    find.mockResolvedValueOnce(read)
    receiver.answer(410)
    await all.work()
    expect(await only()).toMatchObject({ status: 'active', failing_since: null })
  })

  it('is deleted by a second request when the first one failed half way', async () => {
    const { webhook_id } = await create()
    await announce()
    vi.spyOn(all.store, 'erase').mockRejectedValueOnce(new Error('The table is gone.'))
    await expect(all.service.delete(owner, webhook_id)).rejects.toThrow('gone')
    await all.service.delete(owner, webhook_id)
    expect(all.table.items()).toEqual([])
    await expect(all.service.delete(owner, webhook_id)).rejects.toMatchObject({
      code: 'WEBHOOK_NOT_FOUND',
    })
  })
})
