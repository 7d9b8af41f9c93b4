import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import type { MediaTask } from '../../../shared/contracts/media-pipeline.ts'
import { createJobRepository } from '../../../shared/repositories/job-repository.ts'
import { assetMs } from '../../../shared/rules/media-limits.ts'
import type { AssetMaker } from '../../../shared/services/media/asset-maker.ts'
import { unzipped } from '../../support/export/export-zip.ts'
import { createMemoryBucket, mediaServicesOn } from '../../support/media/simulated-media.ts'
import { storeFinishedRun } from '../../support/media/stored-run.ts'
import { createMemoryTable } from '../../support/simulation/memory-table.ts'
import { processOn } from '../../support/simulation/simulated-services.ts'

const owner = 'user_1'
const caller = { principal: owner }

/** A maker of posters that are not looked at. */
const poster: AssetMaker = {
  make: async ({ placement }) => ({
    files: [
      {
        ...{ role: 'poster', contentType: 'image/png', extension: 'png' },
        body: new TextEncoder().encode(`picture of ${placement}`),
        ...{ width: 10, height: 10, duration_ms: null },
      },
    ],
    provenance: {
      ...{ origin: 'generated', provider: 'vendor', model: 'm', purchases: [], adjusted: [] },
      digital_source_type: null,
    },
    checks: [],
  }),
}

const wish = {
  kinds: ['poster' as const],
  placements: ['instagram_feed_4x5' as const, 'instagram_feed_1x1' as const],
}

/** A finished run with two posters; `meet` is awaited at each step of the bucket and the queue. */
const world = async () => {
  let now = Date.parse('2026-11-26T08:00:00.000Z')
  const clock = { now: () => now }
  const sent: MediaTask[] = []
  const bucket = createMemoryBucket()
  const hooks = { meet: async (_: string): Promise<void> => {} }
  const table = createMemoryTable()
  const process = { ...processOn(table, clock), turn: (what: string) => hooks.meet(what) }
  const makers = { poster: async () => poster }
  const services = mediaServicesOn(process, { bucket, sent, makers })
  const { runId, sessionId } = await storeFinishedRun(process, owner)
  const { pipeline, assets, exports } = services
  const deliver = async (): Promise<void> => {
    for (const task of sent.splice(0)) await pipeline.run(task)
  }
  const makeAssets = async () => {
    await assets.request(runId, owner, wish, caller)
    await deliver()
  }
  await makeAssets()
  const ask = () => exports.request(runId, owner, { start_date: '2027-03-01' }, caller)
  const view = (id: string) => exports.view(runId, owner, id)
  const zips = () => [...bucket.objects.keys()].filter((key) => key.endsWith('.zip'))
  const filesOf = async (id: string) => {
    const { file } = await view(id)
    const bytes = bucket.objects.get(file?.url ?? '') ?? new Uint8Array()
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(file?.sha256)
    return unzipped(Buffer.from(bytes))
  }
  const pass = (milliseconds: number) => {
    now += milliseconds
  }
  const jobs = createJobRepository(process.store, clock)
  const statusOf = async (jobId: string) => (await jobs.get(jobId))?.state?.status
  return {
    ...{ ...services, runId, sessionId, bucket, hooks, sent, table, deliver, makeAssets, pass },
    ...{ ask, view, zips, filesOf, statusOf },
  }
}

/** Holds the first step of such a name up until it is let go. */
const holdUp = (hooks: { meet: (what: string) => Promise<void> }, name: string) => {
  const reached = Promise.withResolvers<void>()
  const released = Promise.withResolvers<void>()
  let isMet = false
  hooks.meet = async (what) => {
    if (isMet || !what.startsWith(name)) return
    isMet = true
    reached.resolve()
    await released.promise
  }
  return { reached: reached.promise, release: () => released.resolve() }
}

it('an export is without what is gone from storage, and says so, until it is there again', async () => {
  const { bucket, repository, runId, ask, deliver, view, filesOf } = await world()
  const [gone] = (await repository.list(runId)).sort((one, other) =>
    one.asset_id.localeCompare(other.asset_id),
  )
  const [file] = gone?.files ?? []
  const stored = bucket.objects.get(file?.key ?? '') ?? new Uint8Array()
  bucket.objects.delete(file?.key ?? '')

  const first = await ask()
  await deliver()
  const path = `posters/${file?.name}`
  expect(await view(first.export_id)).toMatchObject({ status: 'completed', missing: [path] })
  const files = await filesOf(first.export_id)
  expect([...files.keys()].filter((name) => name.startsWith('posters/'))).toHaveLength(1)
  const manifest = JSON.parse(files.get('manifest.json')?.toString() ?? '')
  expect(manifest.missing).toMatchObject([{ path, asset_id: gone?.asset_id, role: 'poster' }])
  for (const report of ['report.html', 'report.md']) {
    expect(files.get(report)?.toString()).toContain('저장소에 파일이 없음')
  }

  bucket.objects.set(file?.key ?? '', stored)
  const again = await ask()
  expect(again.export_id).toBe(first.export_id)
  await deliver()
  expect(await view(again.export_id)).toMatchObject({ status: 'completed', missing: [] })
  expect((await filesOf(again.export_id)).get(path)).toEqual(Buffer.from(stored))
})

it.each([
  ['other bytes', (stored: Uint8Array) => stored.map((byte) => byte ^ 1)],
  ['another size', (stored: Uint8Array) => stored.slice(1)],
])('a stored file with %s fails the export, which names its asset', async (_, changed) => {
  const { bucket, repository, runId, ask, deliver, view, zips } = await world()
  const [asset] = await repository.list(runId)
  const key = asset?.files?.[0]?.key ?? ''
  bucket.objects.set(key, changed(bucket.objects.get(key) ?? new Uint8Array()))
  const { export_id } = await ask()
  await deliver()
  const { status, file, error } = await view(export_id)
  expect({ status, file }).toEqual({ status: 'failed', file: null })
  expect(error?.detail).toContain(asset?.asset_id)
  expect(error?.detail).toContain(asset?.files?.[0]?.name)
  expect(zips()).toEqual([])
})

it('a stored file that goes while the ZIP is written fails the export', async () => {
  const { hooks, bucket, ask, deliver, view, zips } = await world()
  const { export_id } = await ask()
  hooks.meet = async (what) => {
    if (what.startsWith('open ')) bucket.objects.delete(what.slice('open '.length))
  }
  await deliver()
  const error = { code: 'UPSTREAM_ERROR', retryable: true }
  expect(await view(export_id)).toMatchObject({ status: 'failed', error })
  expect(zips()).toEqual([])
})

it('a worker that dies in the middle is replaced, and nothing of it is left', async () => {
  const { hooks, sent, pipeline, ask, pass, view, zips, filesOf, bucket } = await world()
  const { export_id } = await ask()
  const [task] = sent.splice(0)
  const hold = holdUp(hooks, 'open ')
  const first = pipeline.run(task as MediaTask)
  await hold.reached
  expect(zips()).toEqual([])
  pass(assetMs.claim + 1)
  await pipeline.run(task as MediaTask)
  expect((await view(export_id)).status).toBe('completed')
  const [made] = zips()
  const bytes = bucket.objects.get(made ?? '')
  // It was only slow: it comes back, and finds its export made.
  hold.release()
  await first
  expect(zips()).toEqual([made])
  expect(bucket.objects.get(made ?? '')).toBe(bytes)
  expect((await filesOf(export_id)).size).toBeGreaterThan(8)
})

it('an export whose message is lost is sent again by the sweep', async () => {
  const { sent, exportRecovery, ask, deliver, pass, view } = await world()
  const { export_id } = await ask()
  sent.length = 0
  pass(assetMs.quiet + 1)
  await exportRecovery.sweep()
  expect(sent).toHaveLength(1)
  await deliver()
  expect((await view(export_id)).status).toBe('completed')
})

it('two exports of one state that are asked for at once are one, in both jobs', async () => {
  const { ask, sent, deliver, statusOf, exports, runId } = await world()
  const [one, other] = await Promise.all([ask(), ask()])
  expect(other.export_id).toBe(one.export_id)
  expect(other.job.job_id).not.toBe(one.job.job_id)
  // The second message is for a first request that died before it sent its own, and finds the end otherwise.
  expect(sent).toHaveLength(2)
  await deliver()
  expect(await statusOf(one.job.job_id)).toBe('completed')
  expect(await statusOf(other.job.job_id)).toBe('completed')
  expect(await exports.list(runId, owner)).toMatchObject([{ export_id: one.export_id }])
})

it('an export says which assets were not finished when it was asked for', async () => {
  const { assets, exports, runId, sent, pipeline, ask, view, filesOf, deliver, pass } =
    await world()
  const more = { kinds: ['poster' as const], placements: ['youtube_16x9' as const] }
  const { asset_ids } = await assets.request(runId, owner, more, caller)
  const [asset] = sent.splice(0)
  const early = await ask()
  await deliver()
  const unfinished = [
    {
      asset_id: asset_ids[0],
      asset_type: 'poster',
      placement: 'youtube_16x9',
      status: 'in_progress',
    },
  ]
  const found = await view(early.export_id)
  expect(found).toMatchObject({ status: 'completed', unfinished })
  expect(found.asset_ids).toHaveLength(2)
  const files = await filesOf(early.export_id)
  const manifest = JSON.parse(files.get('manifest.json')?.toString() ?? '')
  expect(manifest.unfinished).toEqual(unfinished)
  expect(files.get('report.html')?.toString()).toContain('내보낼 때 만드는 중이었음')

  await pipeline.run(asset as MediaTask)
  pass(1)
  const late = await ask()
  expect(late.export_id).not.toBe(early.export_id)
  await deliver()
  expect(await view(late.export_id)).toMatchObject({ status: 'completed', unfinished: [] })
  const ids = (await exports.list(runId, owner)).map(({ export_id }) => export_id)
  expect(ids).toEqual([late.export_id, early.export_id])
})

it('an asset that is deleted after an export was asked for is missing from it', async () => {
  const { assets, repository, runId, ask, deliver, view, filesOf } = await world()
  const { export_id } = await ask()
  const [asset] = await repository.list(runId)
  await assets.delete(runId, owner, asset?.asset_id ?? '')
  await deliver()
  expect(await view(export_id)).toMatchObject({ status: 'completed', missing: [asset?.asset_id] })
  const manifest = JSON.parse((await filesOf(export_id)).get('manifest.json')?.toString() ?? '')
  expect(manifest.deleted).toEqual([asset?.asset_id])
})

it('a job of an export can be cancelled; another job that follows the export keeps it', async () => {
  const { assets, ask, deliver, view, statusOf, zips } = await world()
  const [one, other] = [await ask(), await ask()]
  expect(await assets.cancel(one.job.job_id, owner)).toMatchObject({ status: 'cancelled' })
  expect((await view(one.export_id)).status).toBe('queued')
  expect(await assets.cancel(other.job.job_id, owner)).toMatchObject({ status: 'cancelled' })
  expect(await view(one.export_id)).toMatchObject({ status: 'cancelled', file: null, error: null })
  await deliver()
  expect(zips()).toEqual([])

  const third = await ask()
  await deliver()
  expect(await statusOf(third.job.job_id)).toBe('completed')
  expect((await view(third.export_id)).status).toBe('completed')
  // What has ended stays.
  expect(await assets.cancel(third.job.job_id, owner)).toMatchObject({ status: 'completed' })
  expect((await view(third.export_id)).status).toBe('completed')
})

it.each([
  ['deleted', 'open '],
  ['deleted', 'put '],
  ['erased', 'open '],
  ['erased', 'put '],
] as const)('an export that is %s before a worker’s "%s" leaves nothing', async (how, step) => {
  const { hooks, ask, deliver, exports, erasure, runId, sessionId, bucket, table, zips } =
    await world()
  const { export_id, job } = await ask()
  const hold = holdUp(hooks, step)
  const packed = deliver()
  await hold.reached
  if (how === 'deleted') await exports.delete(runId, owner, export_id)
  else await erasure.eraseSession(sessionId, owner)
  hold.release()
  await packed
  expect(zips()).toEqual([])
  expect(table.items().filter(({ SK }) => SK.startsWith('EXPORT#'))).toEqual([])
  if (how === 'erased') {
    expect([...bucket.objects.keys()]).toEqual([])
    return
  }
  await expect(exports.view(runId, owner, export_id)).rejects.toMatchObject({
    code: 'EXPORT_NOT_FOUND',
  })
  await expect(exports.delete(runId, owner, export_id)).rejects.toMatchObject({
    code: 'EXPORT_NOT_FOUND',
  })
  expect(job.run_id).toBe(runId)
})

it('a deletion that died is completed by the next request', async () => {
  const { ask, deliver, view, exports, exportRepository, runId, hooks } = await world()
  const { export_id } = await ask()
  await deliver()
  hooks.meet = async (what) => {
    if (what.startsWith('erase')) throw new Error('The power went.')
  }
  await expect(exports.delete(runId, owner, export_id)).rejects.toThrow('power')
  hooks.meet = async () => {}
  expect(await exportRepository.isDeleting(runId, export_id)).toBe(true)
  await ask()
  await deliver()
  expect((await view(export_id)).status).toBe('completed')
})
