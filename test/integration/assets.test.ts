import { describe, expect, it } from 'vitest'
import { AssetView, assetTypes } from '../../shared/contracts/assets.ts'
import { AssetEstimate } from '../../shared/contracts/http/asset-routes.ts'
import { JobView } from '../../shared/contracts/jobs.ts'
import { retention } from '../../shared/rules/retention.ts'
import { mediaOf } from '../support/audio/voice-turns.ts'
import { eventually } from '../support/limits/eventually.ts'
import { byType, finishedRun } from '../support/media/asset-client.ts'
import { readLog, startSession } from '../support/studio/client.ts'
import { openEvents } from '../support/studio/event-reader.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { readySession } from '../support/studio/studio.ts'

const studio = useStudio('media')

const calls = (path: string) => studio.vendor.calls.filter((call) => call.path === path)

/** One poster: of the one specification, in one placement. */
const onePoster = { kinds: ['poster'], placements: ['instagram_feed_4x5'] }

describe('the assets of a finished run', () => {
  it('are made beside it, each announced, and are fetched by signed links', async () => {
    const { client, sessionId, runId, assetsOf } = await finishedRun(studio)
    const accepted = await assetsOf.request()
    expect(accepted).toMatchObject({ status: 202, body: { run_id: runId, session_id: sessionId } })
    const { job_id, asset_ids } = accepted.body
    expect(accepted.headers.get('location')).toBe(`/api/jobs/${job_id}`)
    await assetsOf.ended(job_id)

    const assets = (await assetsOf.list()).map((asset) => AssetView.parse(asset))
    expect(assets.map(({ asset_id }) => asset_id).sort()).toEqual([...asset_ids].sort())
    expect(new Set(assets.map(({ status }) => status))).toEqual(new Set(['completed']))
    // Of one request in the order in which they build on each other.
    const order = assets.map(({ asset_type }) => assetTypes.indexOf(asset_type))
    expect(order).toEqual(order.toSorted((one, other) => one - other))
    const { poster, narration, subtitles, video } = byType(assets)
    expect(poster).toMatchObject({ poster_spec_id: 's1', cost: { amount: 0.04, currency: 'USD' } })
    expect(subtitles?.sources).toEqual([narration?.asset_id])
    expect(video?.sources).toEqual(
      expect.arrayContaining([narration?.asset_id, subtitles?.asset_id]),
    )
    for (const { files, provenance, checks } of assets) {
      expect(checks).not.toEqual([])
      expect(provenance?.digital_source_type).toContain('digitalsourcetype')
      for (const file of files) {
        const fetched = await fetch(file.url)
        expect(fetched.status).toBe(200)
        expect((await fetched.arrayBuffer()).byteLength).toBe(file.bytes)
        expect(fetched.headers.get('content-type')).toBe(file.content_type)
        const disposition = fetched.headers.get('content-disposition') ?? ''
        expect(disposition).toMatch(/^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''/)
        expect(decodeURIComponent(disposition.split("''")[1] ?? '')).toBe(file.name)
        expect(file.name).toContain('동백_핸드크림')
      }
    }

    const log = await readLog(client, sessionId)
    const ready = log.flatMap((event) => (event.type === 'asset.ready' ? [event.data] : []))
    expect(ready.map(({ asset_id }) => asset_id).sort()).toEqual([...asset_ids].sort())
    for (const { url, asset_id } of ready) {
      expect((await client.get(url)).body.asset_id).toBe(asset_id)
    }
    const updates = log.flatMap((event) => (event.type === 'job.updated' ? [event.data] : []))
    const progress = updates.map((update) => update.progress)
    expect(progress).toEqual(progress.toSorted((one, other) => one - other))
    expect(updates.at(0)).toMatchObject({ job_id, type: 'assets', status: 'queued', progress: 0 })
    expect(updates.at(-1)).toMatchObject({ status: 'completed', progress: 100, eta_seconds: 0 })

    const job = JobView.parse((await client.get(`/api/jobs/${job_id}`)).body)
    expect(job).toMatchObject({ type: 'assets', status: 'completed', note: null, error: null })
    expect(job.assets?.map(({ status }) => status)).toEqual(asset_ids.map(() => 'completed'))
    const jobs = await client.get(`/api/jobs?run_id=${runId}`)
    expect(jobs.body.jobs.map(({ type }: JobView) => type)).toEqual(['assets'])
    const stream = await openEvents(client, `/api/jobs/${job_id}/stream`)
    expect(await stream.ended).toBe(true)
    expect(stream.events().at(-1)).toMatchObject({ data: { job_id, status: 'completed' } })

    for (const [key, kind] of [
      ['ASSET#', 'asset'],
      ['BOUGHT#', 'purchase'],
    ] as const) {
      const items = (await studio.items()).filter(({ SK }) => SK?.S?.startsWith(key))
      expect(items).not.toEqual([])
      const left = items.map(({ ttl }) => Number(ttl?.N) - Date.now() / 1000)
      expect(Math.max(...left)).toBeLessThanOrEqual(retention[kind].seconds + 1)
      expect(Math.min(...left)).toBeGreaterThan(retention[kind].seconds - 3_600)
    }

    // Everything once more: it is there, nothing is bought, and the job is at its end at once.
    const bought = studio.vendor.calls.length
    const again = await assetsOf.request()
    expect(again.body).toMatchObject({ status: 'completed', asset_ids })
    expect(studio.vendor.calls).toHaveLength(bought)
    const exported = await client.get(`/api/chat/session/${sessionId}/export`)
    const { media, runs, jobs: exportedJobs } = exported.body
    const kinds = media.map(({ kind }: { kind: string }) => kind)
    expect(new Set(kinds)).toEqual(new Set(['asset', 'purchase']))
    expect(runs[0].assets).toHaveLength(asset_ids.length)
    expect(exportedJobs).toHaveLength(2)
  })

  it('cost what was estimated, and nothing more when they were bought before', async () => {
    const { client, assetsOf } = await finishedRun(studio)
    const before = (await client.get('/api/usage')).body.today.services
    const { status, body } = await assetsOf.estimate()
    expect(status).toBe(200)
    const estimate = AssetEstimate.parse(body)
    expect(studio.vendor.calls).toEqual([])
    expect(await assetsOf.list()).toEqual([])
    const { job_id, asset_ids } = (await assetsOf.request()).body
    expect(estimate.assets.map(({ asset_id }) => asset_id).sort()).toEqual(asset_ids.toSorted())
    await assetsOf.ended(job_id)

    const { services } = (await client.get('/api/usage')).body.today
    const spent = ['image', 'speech', 'film'].map(
      (kind) => (services[kind].cost?.amount ?? 0) - (before[kind].cost?.amount ?? 0),
    )
    expect(spent.reduce((sum, one) => sum + one, 0)).toBeCloseTo(estimate.total?.amount ?? 0, 6)
    const planned = estimate.assets.flatMap(({ purchases }) => purchases)
    expect(studio.vendor.charged()).toHaveLength(planned.filter(({ bought }) => !bought).length)
    const again = AssetEstimate.parse((await assetsOf.estimate()).body)
    expect(again.total).toBeNull()
    expect(new Set(again.assets.map(({ exists }) => exists))).toEqual(new Set([true]))

    // What is deleted is made again of what was bought.
    const [poster] = (await assetsOf.list()).filter(({ asset_type }) => asset_type === 'poster')
    expect((await client.delete(`${assetsOf.path}/${poster?.asset_id}`)).status).toBe(204)
    expect((await assetsOf.view(poster?.asset_id ?? '')).body.error.code).toBe('ASSET_NOT_FOUND')
    const cheap = AssetEstimate.parse((await assetsOf.estimate()).body)
    expect(cheap.total?.amount).toBe(0)
    const charged = studio.vendor.charged().length
    await assetsOf.ended((await assetsOf.request({ kinds: ['poster'] })).body.job_id)
    expect(studio.vendor.charged()).toHaveLength(charged)
    expect((await assetsOf.view(poster?.asset_id ?? '')).body.status).toBe('completed')
  })

  it('are made again one by one, with a note that goes to the vendor', async () => {
    const { assetsOf } = await finishedRun(studio)
    const first = (await assetsOf.request(onePoster)).body
    await assetsOf.ended(first.job_id)
    const [asset_id] = first.asset_ids
    const unchanged = await assetsOf.request({ asset_id })
    expect(unchanged.body).toMatchObject({ asset_ids: [asset_id], status: 'completed' })
    const noted = await assetsOf.request({ asset_id, note: '배경을 더 밝게' })
    const [brighter] = noted.body.asset_ids
    expect(brighter).not.toBe(asset_id)
    await assetsOf.ended(noted.body.job_id)
    expect((await assetsOf.view(brighter)).body).toMatchObject({
      status: 'completed',
      replaces: asset_id,
      note: '배경을 더 밝게',
    })
    expect(calls('/image').at(-1)?.body).toContain('배경을 더 밝게')
    expect((await assetsOf.view(asset_id)).body.status).toBe('completed')
    // The same wish once more is the same asset, and the newest version is what a request means.
    const same = await assetsOf.request({ asset_id, note: '배경을 더 밝게' })
    expect(same.body.asset_ids).toEqual([brighter])
    expect((await assetsOf.request(onePoster)).body.asset_ids).toEqual([brighter])
    expect(studio.vendor.charged()).toHaveLength(2)
  })

  it('are made once for one key, and once for two requests at the same time', async () => {
    const { assetsOf } = await finishedRun(studio)
    const key = { 'idempotency-key': 'the-posters' }
    const first = await assetsOf.request(onePoster, key)
    expect((await assetsOf.request(onePoster, key)).body).toEqual(first.body)
    const other = await assetsOf.request({ kinds: ['narration'] }, key)
    expect(other.body.error.code).toBe('IDEMPOTENCY_CONFLICT')
    const both = await Promise.all([1, 2].map(() => assetsOf.request({ kinds: ['narration'] })))
    expect(both.map(({ status }) => status)).toEqual([202, 202])
    for (const { body } of [first, ...both]) await assetsOf.ended(body.job_id)
    expect(studio.vendor.charged()).toHaveLength(2)
    expect(await assetsOf.list()).toHaveLength(2)
  })

  it('wait for a vendor that works on by itself, without a worker', async () => {
    const { assetsOf } = await finishedRun(studio)
    studio.vendor.script('/film/', 'later', 'later')
    const { body } = await assetsOf.request({ kinds: ['video'], placements: ['vertical_9x16'] })
    await assetsOf.ended(body.job_id)
    const { video } = byType(await assetsOf.list())
    expect(video).toMatchObject({ status: 'completed', cost: { amount: 0.5 } })
    expect(calls('/film')).toHaveLength(1)
    expect(studio.vendor.calls.filter(({ path }) => path.startsWith('/film/'))).toHaveLength(3)
    const [file] = video?.files ?? []
    expect(file).toMatchObject({ role: 'clean_video', duration_ms: 8_000 })
    expect((await fetch(file?.url ?? '')).headers.get('content-length')).toBe(`${file?.bytes}`)
  })
})

describe('an asset that cannot be made', () => {
  const failures = [
    ['refuse', 'MODEL_REFUSED', 1, 'moderation_blocked'],
    ['error', 'UPSTREAM_ERROR', 2, 'out'],
    ['empty', 'UPSTREAM_ERROR', 2, 'no data'],
    ['one byte', 'UPSTREAM_ERROR', 2, '1 bytes'],
    ['other format', 'UPSTREAM_ERROR', 2, 'no image/png'],
    ['hang', 'MEDIA_TIMEOUT', 1, undefined],
  ] as const

  it.each(failures)('fails with its cause and may be tried again: %s', async (...failure) => {
    const [answer, code, tries, reason] = failure
    const { client, sessionId, assetsOf } = await finishedRun(studio)
    studio.vendor.script('/image', ...Array.from({ length: tries }, () => answer))
    const { job_id, asset_ids } = (await assetsOf.request(onePoster)).body
    await assetsOf.ended(job_id)
    const [asset] = await assetsOf.list()
    expect(asset).toMatchObject({ status: 'failed', stage: 'buying', files: [], error: { code } })
    if (reason !== undefined) expect(asset?.error?.detail).toContain(reason)
    expect(calls('/image')).toHaveLength(tries)
    const job = (await client.get(`/api/jobs/${job_id}`)).body
    expect(job).toMatchObject({ status: 'failed', error: { code } })
    const told = (await readLog(client, sessionId)).find(({ type }) => type === 'asset.failed')
    expect(told).toMatchObject({ data: { asset_id: asset?.asset_id, stage: 'buying', code } })

    const again = (await assetsOf.request({ asset_id: asset_ids[0] })).body
    expect(again.asset_ids).toEqual(asset_ids)
    await assetsOf.ended(again.job_id)
    expect((await assetsOf.list())[0]).toMatchObject({ status: 'completed', error: null })
    // The job that has ended stays what it was.
    expect((await client.get(`/api/jobs/${job_id}`)).body).toEqual(job)
  })

  it('leaves the others alone, and fails what builds on it', async () => {
    const { client, assetsOf } = await finishedRun(studio)
    studio.vendor.script('/speech', 'refuse')
    const { job_id } = (await assetsOf.request()).body
    await assetsOf.ended(job_id)
    const assets = await assetsOf.list()
    const { narration, subtitles, video } = byType(assets)
    const source = narration?.asset_id
    expect(subtitles?.error).toMatchObject({ code: 'MODEL_REFUSED', source })
    expect(video?.error).toMatchObject({ code: 'MODEL_REFUSED' })
    const posters = assets.filter(({ asset_type }) => asset_type === 'poster')
    expect(new Set(posters.map(({ status }) => status))).toEqual(new Set(['completed']))
    const job = (await client.get(`/api/jobs/${job_id}`)).body
    expect(job).toMatchObject({ status: 'completed', note: 'partly_failed', error: null })
    // One of those that failed again: what it is made from is tried with it.
    const again = (await assetsOf.request({ asset_id: video?.asset_id })).body
    await assetsOf.ended(again.job_id)
    const tried = (await assetsOf.list()).filter(({ asset_id }) =>
      again.asset_ids.includes(asset_id),
    )
    expect(tried.map(({ status }) => status)).toEqual(tried.map(() => 'completed'))
    expect(tried.map(({ asset_type }) => asset_type)).toEqual(
      expect.arrayContaining(['narration', 'subtitles', 'video']),
    )
  })

  it('is none before the run has written what it is made from, and none of another run', async () => {
    const { client, sessionId } = await readySession(studio)
    const { answers } = await import('../support/model-server/answers.ts')
    studio.model.script('search', answers.silence())
    const { run_id } = (await client.post(`/api/runs/${sessionId}/generate`)).body
    const refused = await client.post(`/api/runs/${run_id}/assets/generate/async`)
    expect(refused).toMatchObject({ status: 409, body: { error: { code: 'RUN_NOT_READY' } } })
    await client.post(`/api/runs/${run_id}/cancel`)
    const asset_id = `asset_${'0'.repeat(26)}`
    const { assetsOf } = await finishedRun(studio)
    expect((await assetsOf.request({ asset_id })).body.error.code).toBe('ASSET_NOT_FOUND')
    expect((await assetsOf.request({ note: '더 밝게' })).body.errors[0].path).toBe('note')
    const recording = `upload_${'0'.repeat(26)}`
    const voiced = await assetsOf.request({ kinds: ['narration'], voice: { recording } })
    expect(voiced.body.error.code).toBe('UPLOAD_NOT_FOUND')
  })
})

describe('an asset that is being made', () => {
  /** A poster whose worker waits for a picture. */
  const waiting = async () => {
    const run = await finishedRun(studio)
    const held = Promise.withResolvers<void>()
    studio.vendor.script('/image', held.promise)
    const { job_id, asset_ids } = (await run.assetsOf.request(onePoster)).body
    await eventually(() => expect(calls('/image')).toHaveLength(1))
    return { ...run, job_id, assetId: asset_ids[0] as string, release: () => held.resolve() }
  }

  it('is cancelled by its deletion, and leaves nothing', async () => {
    const { client, sessionId, assetsOf, job_id, assetId, release } = await waiting()
    expect((await client.delete(`${assetsOf.path}/${assetId}`)).status).toBe(204)
    expect(await assetsOf.ended(job_id)).toMatchObject({ data: { status: 'cancelled' } })
    expect(await assetsOf.list()).toEqual([])
    const job = (await client.get(`/api/jobs/${job_id}`)).body
    expect(job).toMatchObject({ status: 'cancelled', note: 'cancelled', error: null })
    release()
    await eventually(async () => {
      const lines = await studio.log.lines()
      expect(lines.some((line) => line.includes('superseded'))).toBe(true)
    })
    const files = await mediaOf(studio.engine, sessionId)
    expect(files.filter((key) => key.includes('/assets/'))).toEqual([])
  })

  it('is cancelled with its job, unless another job follows it', async () => {
    const { client, assetsOf, job_id, assetId, release } = await waiting()
    const second = (await assetsOf.request(onePoster)).body
    expect(second.asset_ids).toEqual([assetId])
    const cancelled = await client.post(`/api/jobs/${job_id}/cancel`)
    expect(cancelled).toMatchObject({ status: 202, body: { job_id, status: 'cancelled' } })
    expect((await client.get(`/api/jobs/${second.job_id}`)).body.status).toBe('running')
    release()
    expect(await assetsOf.ended(second.job_id)).toMatchObject({ data: { status: 'completed' } })
    expect((await assetsOf.view(assetId)).body.status).toBe('completed')
    const run = (await client.get('/api/runs')).body.runs[0].run_id
    const generate = await client.get(`/api/jobs?run_id=${run}`)
    expect(generate.body.jobs).toHaveLength(2)

    const alone = await waiting()
    const path = `/api/jobs/${alone.job_id}/cancel`
    expect((await alone.client.post(path)).body.status).toBe('cancelled')
    expect((await alone.assetsOf.view(alone.assetId)).body.status).toBe('cancelled')
    alone.release()
  })

  it('goes with its session: nothing of it comes back', async () => {
    const { client, sessionId, runId, release } = await waiting()
    expect((await client.delete(`/api/chat/session/${sessionId}`)).status).toBe(204)
    release()
    // Its worker finds the asset gone.
    const ends = async () =>
      (await studio.log.lines()).filter((line) => line.includes(runId)).join()
    await eventually(async () => expect(await ends()).toContain('"outcome":"superseded"'))
    const left = (await studio.items()).filter(({ PK }) =>
      [`SESSION#${sessionId}`, `RUN#${runId}`].includes(PK?.S ?? ''),
    )
    expect(left).toEqual([])
    expect(await mediaOf(studio.engine, sessionId)).toEqual([])
  })
})

it('a stranger finds no asset, and a reader makes none', async () => {
  const { client, sessionId, assetsOf } = await finishedRun(studio)
  const { job_id, asset_ids } = (await assetsOf.request(onePoster)).body
  await assetsOf.ended(job_id)
  const reader = await startSession(studio.origin)
  const path = `${assetsOf.path}/${asset_ids[0]}`
  expect((await reader.client.get(path)).body.error.code).toBe('RUN_NOT_FOUND')
  const { principal } = (await reader.client.get('/api/me')).body
  await client.put(`/api/chat/session/${sessionId}/readers/${principal}`)
  expect((await reader.client.get(path)).body.files).toHaveLength(1)
  expect((await reader.client.post(`${assetsOf.path}/estimate`, onePoster)).status).toBe(200)
  for (const refused of [
    await reader.client.delete(path),
    await reader.client.post(`${assetsOf.path}/generate/async`, onePoster),
    await reader.client.post(`/api/jobs/${job_id}/cancel`),
  ]) {
    expect(refused.body.error.code).toBe('FORBIDDEN')
  }
})
