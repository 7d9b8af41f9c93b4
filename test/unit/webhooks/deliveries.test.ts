import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { WebhookBody } from '../../../shared/contracts/webhooks.ts'
import { deliveryTries } from '../../../shared/rules/webhooks.ts'
import { type Receiver, startReceiver, verified } from '../../support/webhooks/receiver.ts'
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
/** Lets time pass, a sweep every minute, until nothing is to be sent any more. */
const goOn = async (limit = 3 * day) => {
  for (let passed = 0; passed < limit; passed += minute) {
    await all.recovery.sweep()
    await all.work()
    const [first] = (await all.service.deliveries(owner, (await only())?.webhook_id ?? '')) ?? []
    if (first?.status !== 'pending') return
    all.wait(minute)
  }
}

describe('a delivery', () => {
  it('is signed, so that the library of the specification takes it', async () => {
    const { secret, webhook_id } = await create()
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    await announce()
    await all.work()
    const [request] = receiver.received
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      'webhook-id': endOfRun().data.id,
    })
    const body = WebhookBody.parse(verified(secret, request as never))
    const { owner: _, ...end } = endOfRun()
    expect(body).toMatchObject(end)
    expect(body.data).toHaveProperty('principal', expect.stringMatching(/^[0-9a-f]{12}$/))
    expect(() => verified(secret.replace(/.{4}=$/, 'AAA='), request as never)).toThrow('signature')
    expect(await all.service.deliveries(owner, webhook_id)).toMatchObject([
      { status: 'delivered', attempts: 1, response_status: 204, reason: null },
    ])
    expect(await only()).toMatchObject({ status: 'active', last_delivery: { delivered: true } })
  })

  it('is made again with the same id and bytes until the receiver takes it', async () => {
    const { secret } = await create()
    receiver.answer(500, 301, 429)
    await announce()
    await goOn()
    expect(receiver.received).toHaveLength(4)
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1)
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    const [, ...later] = receiver.received.map(({ headers }) => headers['webhook-timestamp'])
    expect(new Set(later).size).toBe(3)
    expect(secret).not.toBe('')
    expect(await only()).toMatchObject({ status: 'active', failing_since: null })
  })

  it('is dead after its last try, a day later, and can be delivered by hand', async () => {
    const { webhook_id } = await create()
    receiver.answer(...Array.from({ length: deliveryTries }, () => 503))
    await announce()
    await goOn()
    expect(receiver.received).toHaveLength(deliveryTries)
    const [dead] = await all.service.deliveries(owner, webhook_id)
    expect(dead).toMatchObject({ status: 'dead', attempts: deliveryTries, reason: 'http-503' })
    expect(await only()).toMatchObject({ status: 'failing' })
    await all.service.redeliver(owner, webhook_id, dead?.event_id ?? '', all.caller)
    await all.work()
    expect(receiver.received).toHaveLength(deliveryTries + 1)
    expect(await all.service.deliveries(owner, webhook_id)).toMatchObject([{ status: 'delivered' }])
    expect(await only()).toMatchObject({ status: 'active' })
  })

  it('is tried by one worker, however often its message comes', async () => {
    const { webhook_id } = await create()
    await announce()
    const task = { owner, webhook_id, event_id: endOfRun().data.id }
    await Promise.all([1, 2, 3, 4].map(() => all.sender.deliver(task)))
    await all.work()
    expect(receiver.received).toHaveLength(1)
  })

  it('is taken over when its worker died, and counts that try', async () => {
    const { webhook_id } = await create()
    await announce()
    const found = await all.repositories.deliveries.find({
      ...{ owner, webhook_id, event_id: endOfRun().data.id },
    })
    if (!found) throw new Error('There is no delivery.')
    // A worker that claims it, and then is gone.
    await all.repositories.deliveries.claim(found, found.next_at + minute)
    await goOn()
    expect(await all.service.deliveries(owner, webhook_id)).toMatchObject([
      { status: 'delivered', attempts: 2 },
    ])
  })

  it('goes to no private address, also when the name is turned to one after it was checked', async () => {
    all.addresses.set('hooks.example', [{ address: '93.184.215.14', family: 4 }])
    const url = 'https://hooks.example/in'
    const { webhook_id } = await all.service.create(owner, { url }, all.caller)
    all.network.allowLoopback = false
    for (const address of ['127.0.0.1', '169.254.169.254', '10.0.0.8']) {
      all.addresses.set('hooks.example', [{ address, family: 4 }])
      await all.service.test(owner, webhook_id, all.caller)
      await all.work()
      const [ping] = await all.service.deliveries(owner, webhook_id)
      expect(ping).toMatchObject({ status: 'dead', attempts: 1, reason: 'private-address' })
      all.wait(1000)
    }
    expect(receiver.received).toEqual([])
  })
})

describe('a webhook', () => {
  it.each([
    ['http://hooks.example/', 'https'],
    ['https://hooks.example:8443/', '443'],
    ['https://user:secret@hooks.example/', 'password'],
    ['https://10.1.2.3/', 'private'],
    ['https://[::1]/', 'private'],
    ['https://169.254.169.254/latest/meta-data', 'private'],
    ['https://localhost/', 'private'],
    ['https://inside.example/', 'private'],
    ['https://nowhere.example/', 'resolves'],
    ['/hooks', 'absolute'],
  ])('is not made for %s', async (url, rule) => {
    all.network.allowLoopback = false
    all.addresses.set('hooks.example', [{ address: '93.184.215.14', family: 4 }])
    all.addresses.set('inside.example', [{ address: '192.168.1.1', family: 4 }])
    const refused = all.service.create(owner, { url }, all.caller)
    await expect(refused).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      errors: [{ path: 'url', message: expect.stringContaining(rule) }],
    })
    expect(await all.service.list(owner)).toEqual([])
  })

  it('is one of ten at most, also when they are made at once', async () => {
    const made = await Promise.allSettled(Array.from({ length: 14 }, create))
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
    expect(await all.service.list(owner)).toHaveLength(10)
    const one = create()
    // It is not the address that is wrong.
    await expect(one).rejects.toMatchObject({ code: 'INVALID_INPUT', errors: undefined })
    await all.service.delete(owner, (await only())?.webhook_id ?? '')
    await create()
  })

  it('is disabled by 410 at once, and enabled by a ping that arrives', async () => {
    const { webhook_id } = await create()
    receiver.answer(410)
    await announce()
    await all.work()
    expect(await only()).toMatchObject({ status: 'disabled', disabled_reason: 'gone' })
    expect(await all.service.deliveries(owner, webhook_id)).toMatchObject([{ status: 'dead' }])
    await announce(2)
    await all.work()
    expect(receiver.received).toHaveLength(1)
    await all.service.test(owner, webhook_id, all.caller)
    await all.work()
    expect(await only()).toMatchObject({ status: 'active', disabled_reason: null })
    await announce(3)
    await all.work()
    expect(receiver.received).toHaveLength(3)
  })

  it('is disabled after days in which nothing arrived', async () => {
    await create()
    receiver.answer(...Array.from({ length: 60 }, () => 500))
    for (let number = 1; number <= 6; number += 1) {
      expect(await only()).toMatchObject({ status: number === 1 ? 'active' : 'failing' })
      await announce(number)
      await all.work()
      all.wait(day + minute)
    }
    await announce(7)
    await all.work()
    expect(await only()).toMatchObject({ status: 'disabled', disabled_reason: 'failing' })
  })

  it('signs with both secrets for a day after a rotation', async () => {
    const { secret: former, webhook_id } = await create()
    const { secret } = await all.service.rotate(owner, webhook_id, all.caller)
    expect(secret).not.toBe(former)
    await announce(1)
    await all.work()
    all.wait(day + minute)
    await announce(2)
    await all.work()
    const [both, one] = receiver.received.map(({ headers }) => headers['webhook-signature'])
    expect(both?.split(' ')).toHaveLength(2)
    expect(one?.split(' ')).toHaveLength(1)
    for (const each of [secret, former])
      expect(verified(each, receiver.received[0] as never)).toBeDefined()
  })

  it('keeps its secret while keys are exchanged, and is disabled when its key is gone', async () => {
    const { secret, webhook_id } = await create()
    vi.stubEnv('WEBHOOK_SIGNING_KEY', '{"keys": ["another key", "a key of the deployment"]}')
    await announce(1)
    await all.work()
    expect(verified(secret, receiver.received[0] as never)).toBeDefined()
    vi.stubEnv('WEBHOOK_SIGNING_KEY', 'another key')
    await announce(2)
    await all.work()
    expect(receiver.received).toHaveLength(1)
    expect(await only()).toMatchObject({ status: 'disabled', disabled_reason: 'secret_lost' })
    const other = await all.service.rotate(owner, webhook_id, all.caller)
    expect(other).toMatchObject({ status: 'active', disabled_reason: null })
    await announce(3)
    await all.work()
    expect(verified(other.secret, receiver.received[1] as never)).toBeDefined()
  })

  it('of another principal is not found, and what is stored holds no secret', async () => {
    const { secret, webhook_id } = await create()
    const other = 'user_01kb0000000000000000000001'
    await expect(all.service.delete(other, webhook_id)).rejects.toMatchObject({
      code: 'WEBHOOK_NOT_FOUND',
    })
    expect(JSON.stringify(all.table.items())).not.toContain(secret.slice(6))
  })

  it('gets nothing any more when it was deleted, and leaves nothing behind', async () => {
    const { webhook_id } = await create()
    await announce()
    await all.service.delete(owner, webhook_id)
    await all.work()
    expect(receiver.received).toEqual([])
    expect(all.table.items()).toEqual([])
  })
})
