import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { endDetails } from '../../../shared/contracts/ends.ts'
import { endsOfAsset, endsOfJob, endsOfRun } from '../../../shared/rules/ends.ts'
import { deliveryTries, pauseAfter } from '../../../shared/rules/webhooks.ts'
import { type Receiver, startReceiver } from '../../support/webhooks/receiver.ts'
import { endOfRun, owner, simulatedWebhooks } from '../../support/webhooks/simulated-webhooks.ts'

let receiver: Receiver
let all: ReturnType<typeof simulatedWebhooks>
beforeEach(async () => {
  vi.stubEnv('WEBHOOK_SIGNING_KEY', 'a key of the deployment')
  receiver = await startReceiver()
  all = simulatedWebhooks()
  await all.service.create(owner, { url: receiver.url }, all.caller)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await receiver.stop()
})

describe('an end that was committed', () => {
  it('is announced although the worker died before it sent it', async () => {
    await all.commit(endOfRun())
    await all.recovery.sweep()
    await all.work()
    expect(all.published).toEqual([])
    all.wait(61_000)
    await all.recovery.sweep()
    await all.work()
    expect(all.published).toMatchObject([
      { source: 'launch-studio.dev', detailType: 'run.ended', detail: { id: endOfRun().data.id } },
    ])
    expect(receiver.received).toHaveLength(1)
    all.wait(61_000)
    await all.recovery.sweep()
    await all.work()
    expect(all.published).toHaveLength(1)
    expect(receiver.received).toHaveLength(1)
  })

  it('of a run is announced with that of its job, which shares its item', async () => {
    const run = endOfRun()
    const job = { ...run, type: 'job.ended', data: { ...run.data, id: 'job_1-1' } } as typeof run
    await all.commit(run, job)
    const waiting: string[] = []
    for await (const ids of all.repositories.ends.listWaiting(Date.UTC(2100, 0))) {
      waiting.push(...ids)
    }
    expect(waiting).toEqual([run.data.id])
    await all.announcer.announce({ end_id: run.data.id })
    expect(all.published.map(({ detailType }) => detailType)).toEqual(['run.ended', 'job.ended'])
    expect(await all.repositories.ends.find(run.data.id)).toEqual([])
  })

  it('reaches a webhook although the message of its delivery is lost', async () => {
    await all.commit(endOfRun())
    all.deliveryMessages.lose(1)
    await all.announcer.announce({ end_id: endOfRun().data.id })
    await all.work()
    expect(receiver.received).toEqual([])
    all.wait(61_000)
    await all.recovery.sweep()
    await all.work()
    expect(receiver.received).toHaveLength(1)
  })

  it('is announced again under the same id when the announcer dies, and called for once', async () => {
    await all.commit(endOfRun())
    const remove = vi.spyOn(all.repositories.ends, 'remove')
    remove.mockRejectedValueOnce(new Error('The machine is gone.'))
    const task = { end_id: endOfRun().data.id }
    await expect(all.announcer.announce(task)).rejects.toThrow('gone')
    await all.work()
    await all.announcer.announce(task)
    await all.work()
    const ids = all.published.map(({ detail }) => (detail as { id: string }).id)
    expect(ids).toEqual([task.end_id, task.end_id])
    expect(receiver.received).toHaveLength(1)
  })

  it('is no end any more when it was announced', async () => {
    const task = { end_id: endOfRun().data.id }
    await all.commit(endOfRun())
    await all.announcer.announce(task)
    await all.announcer.announce(task)
    expect(all.published).toHaveLength(1)
  })
})

const at = '2026-11-26T10:03:00.000Z'
const ids = {
  session_id: 'sess_01kb0000000000000000000000',
  run_id: 'run_01kb0000000000000000000000',
  created_at: '2026-11-26T10:00:00.000Z',
  owner,
}
const job_id = 'job_01kb0000000000000000000000'
const asset_id = 'asset_01kb0000000000000000000000'

describe('what is told of an end', () => {
  it('is as the published schema says, for each that there is', () => {
    const error = { code: 'RESEARCH_TIMEOUT' }
    const run = { ...ids, attempt: 2, job_id }
    const ends = [
      ...endsOfRun(run, { state: 'FAILED', stage: 'research', error }, at),
      ...endsOfRun(run, { state: 'DONE', stage: 'voice' }, at),
      ...endsOfRun(run, { state: 'CANCELLED', stage: 'voice' }, at),
      ...endsOfJob({ ...ids, job_id, type: 'export' }, { status: 'failed', error }, at),
      ...endsOfAsset(
        { ...ids, asset_id, asset_type: 'poster', attempt: 1, job_id },
        { status: 'failed', error },
        at,
      ),
    ]
    expect(ends).toHaveLength(8)
    for (const { type, data } of ends) {
      const detail = { ...data, principal: '0123456789ab' }
      expect(endDetails[type].strict().parse(detail)).toEqual(detail)
    }
    expect(ends.map(({ data }) => data.id)).toEqual([
      ...[1, 2, 3].flatMap(() => [`${ids.run_id}-2`, `${job_id}-2`]),
      `${job_id}-1`,
      `${asset_id}-1`,
    ])
    expect(ends.map(({ data }) => [data.outcome, data.error_code])).toContainEqual([
      'failed',
      'RESEARCH_TIMEOUT',
    ])
  })

  it('is nothing while it goes on', () => {
    expect(
      endsOfRun({ ...ids, attempt: 1 }, { state: 'RUN_RESEARCH', stage: 'research' }, at),
    ).toEqual([])
    expect(endsOfJob({ ...ids, job_id, type: 'assets' }, undefined, at)).toEqual([])
    const running = { status: 'running', error: null } as const
    expect(endsOfJob({ ...ids, job_id, type: 'assets' }, running, at)).toEqual([])
  })
})

it('pauses grow, end after a day, and are spread by a fifth at most', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (chance) => {
      const pauses = Array.from({ length: deliveryTries - 1 }, (_, index) =>
        Number(pauseAfter(index + 1, chance)),
      )
      const least = pauses.map((_, index) => Number(pauseAfter(index + 1, 0)))
      pauses.forEach((pause, index) => {
        expect(pause).toBeGreaterThanOrEqual(least[index] ?? 0)
        expect(pause).toBeLessThanOrEqual(1.2 * (least[index] ?? 0) + 1)
        if (index > 0) expect(pause).toBeGreaterThan(pauses[index - 1] ?? 0)
      })
      const total = least.reduce((sum, pause) => sum + pause, 0)
      expect(total).toBeGreaterThan(24 * 3_600_000)
      expect(total).toBeLessThan(25 * 3_600_000)
      expect(pauseAfter(deliveryTries, chance)).toBeUndefined()
    }),
  )
})
