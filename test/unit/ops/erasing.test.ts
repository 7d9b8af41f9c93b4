import { expect, it } from 'vitest'
import { atOnce, mapEach } from '../../../ops/at-once.ts'
import { eraseEach } from '../../../ops/erasing.ts'
import { sessionsOf } from '../../../ops/holdings.ts'
import type { Repositories } from '../../../ops/repositories.ts'
import { owner, simulatedWebhooks } from '../../support/webhooks/simulated-webhooks.ts'

const holdings = (session_id: string) => ({
  ...{ session_id, messages: 0, events: 0, runs: 0, jobs: 0, assets: 0, files: 0, bytes: 0 },
})

it('goes on past what fails, and tells of it', async () => {
  const seen: string[] = []
  const { service, repositories } = simulatedWebhooks()
  const webhook = await repositories.webhooks.create({
    ...{ webhook_id: 'hook_1', owner, url: 'https://shop.example/in' },
    ...{ events: ['run.ended'], description: null, secret: { version: 1, key_id: 'key' } },
    created_at: '2026-11-26T10:00:00.000Z',
  })
  if (!webhook) throw new Error('There was no place for the webhook.')
  const named = { owner, webhook_id: webhook.webhook_id, event_id: 'ping_1' }
  await repositories.deliveries.create({ ...named, type: 'webhook.ping', body: '{}' })
  const erased = await eraseEach(
    {
      webhooks: service,
      erasure: {
        async eraseSession(sessionId, principal) {
          seen.push(`${sessionId} of ${principal}`)
          if (sessionId === 'sess_1') throw new Error('The bucket is away.')
        },
      },
    },
    {
      owner,
      webhooks: [{ ...webhook, webhook_id: 'hook_0' }, webhook],
      sessions: [holdings('sess_1'), holdings('sess_2')],
    },
  )
  expect(seen).toEqual([`sess_1 of ${owner}`, `sess_2 of ${owner}`])
  expect(erased).toMatchObject({
    webhooks: [{ webhook_id: 'hook_1' }],
    sessions: [{ session_id: 'sess_2' }],
    failed: [{ id: 'hook_0' }, { id: 'sess_1', reason: 'The bucket is away.' }],
  })
  expect(await repositories.webhooks.list(owner)).toEqual([])
  expect(await repositories.deliveries.find(named)).toBeUndefined()
})

it('lists what a principal has once, by session, with sessions that are gone', async () => {
  let calls = 0
  const listing = <T>(answer: T) => {
    return async () => {
      calls += 1
      return answer
    }
  }
  const run = { run_id: 'run_2', session_id: 'sess_2' }
  const job = { run_id: 'run_1', session_id: 'sess_1' }
  const all = {
    sessions: { list: listing({ sessions: [{ session_id: 'sess_2' }], next: null }) },
    runs: { listAll: listing([run]) },
    jobs: { list: listing([job]) },
  } as unknown as Pick<Repositories, 'sessions' | 'runs' | 'jobs'>
  expect(await sessionsOf(all, owner)).toEqual([
    { session_id: 'sess_1', runs: [], jobs: [job] },
    { session_id: 'sess_2', runs: [run], jobs: [] },
  ])
  expect(calls).toBe(3)
})

it('asks for so much at once and no more, and keeps the order', async () => {
  let open = 0
  let most = 0
  const numbers = Array.from({ length: 50 }, (_, number) => number)
  const doubled = await mapEach(numbers, async (number) => {
    open += 1
    most = Math.max(most, open)
    await Promise.resolve()
    open -= 1
    return number * 2
  })
  expect(doubled).toEqual(numbers.map((number) => number * 2))
  expect(most).toBe(atOnce)
})
