import { describe, expect, it, vi } from 'vitest'
import type { AssetType } from '../../../shared/contracts/assets.ts'
import { StudioError } from '../../../shared/contracts/errors.ts'
import type { MediaTask } from '../../../shared/contracts/media-pipeline.ts'
import { spendSettingNames } from '../../../shared/platform/environment-names.ts'
import { newId } from '../../../shared/platform/ids.ts'
import { limitsWith } from '../../../shared/rules/limit-settings.ts'
import { noLimits } from '../../../shared/rules/limits.ts'
import { assetMs, jobsOfAsset, maxAssetWorkers } from '../../../shared/rules/media-limits.ts'
import type { AssetMaker, Makers } from '../../../shared/services/media/asset-maker.ts'
import { CheckFailed } from '../../../shared/services/media/check-failed.ts'
import { createMemoryBucket, mediaServicesOn } from '../../support/media/simulated-media.ts'
import { storeFinishedRun } from '../../support/media/stored-run.ts'
import { createMemoryTable } from '../../support/simulation/memory-table.ts'
import { processOn } from '../../support/simulation/simulated-services.ts'

const owner = 'user_1'

const picture = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...Array(40).fill(1))

/** A maker of posters that buys one picture. */
const buyer = (calls: string[] = []): AssetMaker => ({
  async make(_, workshop) {
    const { bytes } = await workshop.buy(
      {
        ...{ kind: 'image', provider: 'vendor', model: 'm', contentType: 'image/png' },
        ...{ parameters: { size: 1 }, micros: 1_000_000 },
      },
      async (_, key) => {
        calls.push(key)
        return picture
      },
    )
    const size = { width: 10, height: 10, duration_ms: null }
    return {
      files: [{ role: 'poster', contentType: 'image/png', extension: 'png', ...size, body: bytes }],
      provenance: {
        ...{ origin: 'generated', provider: 'vendor', model: 'm', purchases: [], adjusted: [] },
        digital_source_type: '',
      },
      checks: [],
    }
  },
})

const wish = { kinds: ['poster'] as AssetType[], placements: ['instagram_feed_4x5' as const] }

/** A finished run whose one poster is asked for, in a world with a clock that the test moves. */
const world = async (makers: Makers, limits = noLimits) => {
  let now = Date.parse('2026-11-26T08:00:00.000Z')
  const clock = { now: () => now }
  const sent: MediaTask[] = []
  const process = processOn(createMemoryTable(), clock)
  const services = mediaServicesOn(process, {
    ...{ bucket: createMemoryBucket(), sent, makers, limits },
  })
  const { runId } = await storeFinishedRun(process, owner)
  const ask = (request: object = wish) =>
    services.assets.request(runId, owner, request, { principal: owner })
  const poster = async () => (await services.repository.list(runId))[0]
  const take = () => sent.shift() as MediaTask
  const pass = (milliseconds: number) => {
    now += milliseconds
  }
  return { ...services, runId, ask, sent, take, poster, pass, clock }
}

describe('an asset', () => {
  it('that is asked for again and again while it is made still ends, with every job that follows it', async () => {
    const { ask, take, pipeline, poster } = await world({ poster: async () => buyer() })
    for (let asked = 0; asked < jobsOfAsset; asked += 1) await ask()
    await expect(ask()).rejects.toMatchObject({ code: 'RATE_LIMITED', retryable: true })
    await pipeline.run(take())
    expect(await poster()).toMatchObject({ status: 'completed' })
    expect((await poster())?.job_ids).toHaveLength(jobsOfAsset)
    expect((await ask()).job.state).toMatchObject({ status: 'completed' })
  })

  it('of a type that nothing makes ends at once, and says so', async () => {
    const { ask, take, pipeline, poster, assets, runId } = await world({})
    await ask()
    await pipeline.run(take())
    expect(await poster()).toMatchObject({
      status: 'failed',
      error: { code: 'CAPABILITY_NOT_CONFIGURED', retryable: false },
    })
    expect((await poster())?.error?.detail).toContain('type poster')
    const [estimated] = (await assets.estimate(runId, owner, wish)).assets
    expect(estimated?.not_configured).toContain('type poster')
  })

  it('is left to the worker that has it', async () => {
    const { ask, take, pipeline, poster, repository, clock } = await world({})
    await ask()
    const task = take()
    const holder = newId('lease')
    const until = () => clock.now() + assetMs.claim
    await repository.claim(task, { attempt: 1, leaseId: holder, until: until() })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      const second = pipeline.run(task)
      // Between its first look and its second the holder's heart beats.
      await vi.advanceTimersByTimeAsync(assetMs.retake / 2)
      await repository.extend(task, holder, until() + 1)
      await vi.advanceTimersByTimeAsync(assetMs.retake)
      await second
    } finally {
      vi.useRealTimers()
    }
    expect(await poster()).toMatchObject({ status: 'running', lease_id: holder })
  })

  it('has so many workers that die over it, and no more', async () => {
    const calls: string[] = []
    const { ask, take, pipeline, poster, repository, pass, clock } = await world({
      poster: async () => buyer(calls),
    })
    await ask()
    const task = take()
    for (let worker = 0; worker < maxAssetWorkers; worker += 1) {
      const until = clock.now() + assetMs.claim
      const claim = { attempt: 1, leaseId: newId('lease'), until }
      expect(await repository.claim(task, claim)).toBe(true)
      pass(assetMs.claim + 1)
    }
    await pipeline.run(task)
    expect(await poster()).toMatchObject({ status: 'failed', error: { code: 'INTERNAL_ERROR' } })
    expect(calls).toEqual([])
    // The user may try it again.
    await ask()
    await pipeline.run(take())
    expect(await poster()).toMatchObject({ status: 'completed', attempt: 2 })
  })

  it('whose message was given up fails, unless a worker has it', async () => {
    const { ask, take, pipeline, poster, repository, pass, clock } = await world({})
    await ask()
    const task = take()
    const until = clock.now() + assetMs.claim
    await repository.claim(task, { attempt: 1, leaseId: newId('lease'), until })
    await pipeline.undeliverable(task)
    expect((await poster())?.status).toBe('running')
    pass(assetMs.claim + 1)
    await pipeline.undeliverable({ ...task, attempt: 2 })
    expect((await poster())?.status).toBe('running')
    await pipeline.undeliverable(task)
    expect((await poster())?.status).toBe('failed')
  })

  it('whose message was lost is sent again by the sweep', async () => {
    const { ask, sent, take, pipeline, poster, recovery, pass } = await world({
      poster: async () => buyer(),
    })
    await ask()
    sent.length = 0
    await recovery.sweep()
    expect(sent).toEqual([])
    pass(assetMs.quiet + 1)
    await recovery.sweep()
    expect(sent).toHaveLength(1)
    await recovery.sweep()
    expect(sent).toHaveLength(1)
    await pipeline.run(take())
    expect((await poster())?.status).toBe('completed')
  })

  it('that does not pass the look at its file fails with the check', async () => {
    const check = { check: 'safe_rectangle', passed: false, detail: 'the price is 12 px outside' }
    const { ask, take, pipeline, poster } = await world({
      poster: async () => ({
        make: async (_, workshop) => {
          workshop.report('checking', 0.9)
          throw new CheckFailed(check)
        },
      }),
    })
    await ask()
    await pipeline.run(take())
    expect(await poster()).toMatchObject({ status: 'failed', stage: 'checking', checks: [check] })
    expect((await poster())?.error?.detail).toContain('12 px outside')
  })
})

describe('what is spent on assets', () => {
  it('is refused before the vendor is asked when a cap has no room', async () => {
    const calls: string[] = []
    const { ask, take, pipeline, poster } = await world({ poster: async () => buyer(calls) })
    const name = spendSettingNames.runCap
    process.env[name] = '0.5'
    try {
      await ask()
      await pipeline.run(take())
      expect(await poster()).toMatchObject({ status: 'failed', error: { code: 'BUDGET_EXCEEDED' } })
      expect(calls).toEqual([])
      process.env[name] = '2'
      await ask()
      await pipeline.run(take())
      expect(await poster()).toMatchObject({ status: 'completed', cost: { amount: 1 } })
    } finally {
      delete process.env[name]
    }
  })

  it('is counted against the limit on assets, and what is there already is not', async () => {
    const limits = structuredClone(limitsWith(noLimits, ''))
    limits.rates.assets.principal = [{ max: 1, seconds: 3_600 }]
    const { ask, take, pipeline } = await world({ poster: async () => buyer() }, limits)
    await ask()
    await pipeline.run(take())
    await ask()
    await expect(ask({ kinds: ['narration'] })).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      limit: { name: 'assets', scope: 'principal' },
    })
  })
})

const clip = {
  ...{ kind: 'film' as const, provider: 'vendor', model: 'm', contentType: 'video/mp4' },
  ...{ parameters: { size: 1 }, micros: 1_000_000 },
}

/** A maker that starts a film at a vendor that loses its first answers. */
const starter = (
  { lost, found }: { lost: number; found: string | null },
  seen: { keys: string[]; looked: number[] },
): AssetMaker => ({
  async make(_, workshop) {
    const vendorJob = await workshop.start(
      clip,
      async (_, key) => {
        seen.keys.push(key)
        if (seen.keys.length > lost) return 'started'
        throw new StudioError('UPSTREAM_ERROR', 'It was not reached.', { unanswered: true })
      },
      async (_, since) => {
        seen.looked.push(since)
        return found
      },
    )
    return { vendorJob, lookAfterMs: 1_000, deadline: Number.POSITIVE_INFINITY }
  },
})

describe('a start whose answer was lost', () => {
  const seen = { keys: [] as string[], looked: [] as number[] }
  const startedBy = async (lost: number, found: string | null) => {
    seen.keys = []
    seen.looked = []
    const maker = starter({ lost, found }, seen)
    const { ask, take, pipeline, poster, clock } = await world({ poster: async () => maker })
    await ask()
    await pipeline.run(take())
    return { asset: await poster(), ask, take, pipeline, poster, clock }
  }

  it('is looked for before another one', async () => {
    const { asset, clock } = await startedBy(1, 'job of the first')
    expect(asset).toMatchObject({ status: 'running', vendor_job: 'job of the first' })
    expect(seen).toMatchObject({ keys: [expect.any(String)], looked: [clock.now()] })
  })

  it('is asked for again by the same key where the vendor shows no job', async () => {
    const { asset } = await startedBy(1, null)
    expect(asset).toMatchObject({ status: 'running', vendor_job: 'started' })
    expect(seen.keys).toEqual([seen.keys[0], seen.keys[0]])
  })

  it('is still looked for when the user asks again after the failure', async () => {
    const { asset, ask, take, pipeline, poster } = await startedBy(2, null)
    expect(asset).toMatchObject({ status: 'failed', error: { code: 'UPSTREAM_ERROR' } })
    await ask()
    await pipeline.run(take())
    expect(await poster()).toMatchObject({ status: 'running', vendor_job: 'started' })
    expect(new Set(seen.keys).size).toBe(1)
    expect(seen.looked).toHaveLength(2)
  })

  it('is still looked for when a cap had no room for another', async () => {
    vi.stubEnv(spendSettingNames.runCap, '1.5')
    const { asset, ask, take, pipeline, poster } = await startedBy(1, null)
    expect(asset).toMatchObject({ status: 'failed', error: { code: 'BUDGET_EXCEEDED' } })
    vi.stubEnv(spendSettingNames.runCap, '3')
    await ask()
    await pipeline.run(take())
    vi.unstubAllEnvs()
    expect(await poster()).toMatchObject({ status: 'running', vendor_job: 'started' })
    expect(new Set(seen.keys).size).toBe(1)
    expect(seen.looked).toHaveLength(2)
  })
})
