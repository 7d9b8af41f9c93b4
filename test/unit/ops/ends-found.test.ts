import { describe, expect, it } from 'vitest'
import { endsFound } from '../../../ops/ends-found.ts'
import { overdueMs } from '../../../ops/finding.ts'
import { outlookOf } from '../../../ops/outlooks.ts'
import { webhookMs } from '../../../shared/rules/webhooks.ts'
import { endOfRun, owner, simulatedWebhooks } from '../../support/webhooks/simulated-webhooks.ts'

const webhookId = 'webhook_01kb0000000000000000000001'
const start = Date.parse('2026-11-26T10:03:00.000Z')

/** A webhook with a ping that is due, at a sender that takes nothing. */
const setUp = async () => {
  const world = simulatedWebhooks(start)
  const hook = await world.repositories.webhooks.create({
    ...{ webhook_id: webhookId, owner, url: 'https://shop.example/in?key=secret' },
    ...{ events: ['run.ended'], description: null, secret: { version: 1, key_id: 'key' } },
    created_at: '2026-11-26T10:00:00.000Z',
  })
  if (!hook) throw new Error('There was no place for the webhook.')
  const named = { owner, webhook_id: hook.webhook_id, event_id: 'ping_01kb0000000000000000000001' }
  await world.repositories.deliveries.create({ ...named, type: 'webhook.ping', body: '{}' })
  let now = start
  return {
    ...{ ...world, hook, named },
    /** A sweep each minute, of which the messages reach no sender. */
    async sweepFor(minutes: number) {
      for (let minute = 0; minute < minutes; minute += 1) {
        world.wait(60_000)
        now += 60_000
        await world.recovery.sweep()
      }
    },
    found: (after = 0) => endsFound(world.repositories, now + after),
  }
}

describe('deliveries that are due', () => {
  it('work at first, are left to a sweep, and then stand still', async () => {
    const { found } = await setUp()
    const due = { kind: 'deliveries', id: webhookId, where: '1 delivery due' }
    expect(await found(1)).toMatchObject([{ ...due, verdict: 'works' }])
    expect(await found(webhookMs.quiet)).toMatchObject([{ ...due, verdict: 'next_sweep' }])
    expect(await found(overdueMs + 1)).toMatchObject([{ ...due, verdict: 'stands' }])
  })

  it('show a sender that is dead while the sweeper sends them again and again', async () => {
    const { sweepFor, found, repositories: all, named } = await setUp()
    await sweepFor(2)
    const other = { ...named, event_id: 'ping_01kb0000000000000000000002' }
    await all.deliveries.create({ ...other, type: 'webhook.ping', body: '{}' })
    await sweepFor(3)
    const since = new Date(start).toISOString()
    expect(await found()).toMatchObject([{ verdict: 'stands', where: '2 deliveries due', since }])
    expect(JSON.stringify(await found())).not.toContain('secret')
  })

  it('are not those that a sender has, that wait for another try, or of a webhook that is gone', async () => {
    const { repositories: all, named, found, hook } = await setUp()
    const delivery = await all.deliveries.find(named)
    const claimed = delivery && (await all.deliveries.claim(delivery, start + overdueMs * 3))
    expect(await found(overdueMs * 2)).toEqual([])
    const failed = { status: 'pending', responseStatus: 500, reason: 'status' } as const
    if (claimed) await all.deliveries.settle(claimed, { ...failed, nextAt: start + overdueMs * 5 })
    expect(await found(overdueMs * 4)).toEqual([])
    expect(await found(overdueMs * 7)).toMatchObject([{ verdict: 'stands' }])
    await all.webhooks.delete(hook.owner, hook.webhook_id)
    await all.deliveries.create({ ...named, type: 'webhook.ping', body: '{}' })
    expect(await found(overdueMs * 7)).toEqual([])
  })
})

it('an end that is not announced is found, and left to the sweep at first', async () => {
  const world = simulatedWebhooks(start)
  await world.commit(endOfRun())
  const at = async (after: number) => endsFound(world.repositories, start + after)
  expect(await at(1)).toMatchObject([{ kind: 'end', verdict: 'works' }])
  expect(await at(webhookMs.quiet)).toMatchObject([{ kind: 'end', verdict: 'next_sweep' }])
  expect(await at(overdueMs + 1)).toMatchObject([{ kind: 'end', verdict: 'stands' }])
})

it('a webhook that is disabled is for its owner to mend, and shown by its host alone', async () => {
  const { repositories: all, hook, found, named } = await setUp()
  await all.webhooks.change(hook, {
    disabled_reason: 'gone',
    failing_since: '2026-11-26T10:03:00.000Z',
  })
  const delivery = await all.deliveries.find(named)
  const ended = { status: 'dead', responseStatus: 410, reason: 'gone' } as const
  if (delivery) await all.deliveries.settle(delivery, ended)
  const [only, ...others] = await found(1)
  expect(others).toEqual([])
  expect(only).toMatchObject({ kind: 'webhook', verdict: 'owner' })
  expect(only?.where).toContain('shop.example')
  expect(JSON.stringify(only)).not.toContain('secret')
})

it('a dead letter says what its worker will make of it', async () => {
  const { repositories: all, named, hook, commit, announcer } = await setUp()
  const ofDelivery = () => outlookOf.deliveries(all, JSON.stringify(named))
  expect((await ofDelivery()).outlook).toContain('pending after 0 tries')
  expect((await ofDelivery()).task).not.toHaveProperty('owner')
  await all.webhooks.delete(hook.owner, hook.webhook_id)
  expect((await ofDelivery()).outlook).toContain('gone')

  const end = endOfRun()
  await commit(end)
  const ofEnd = () => outlookOf.ends(all, JSON.stringify({ end_id: end.data.id }))
  expect((await ofEnd()).outlook).toContain('has not been announced')
  await announcer.announce({ end_id: end.data.id })
  expect((await ofEnd()).outlook).toContain('announced since')
  expect(await outlookOf.ends(all, 'no JSON')).toMatchObject({ task: null })
})
