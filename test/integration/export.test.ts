import { createHash } from 'node:crypto'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { RunExportView } from '../../shared/contracts/http/export-routes.ts'
import { JobView } from '../../shared/contracts/jobs.ts'
import { unzipped } from '../support/export/export-zip.ts'
import { finishedRun } from '../support/media/asset-client.ts'
import { readLog, startSession } from '../support/studio/client.ts'
import { useStudio } from '../support/studio/shared-studio.ts'

const studio = useStudio('media')

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

describe('the export of a finished run', () => {
  it('is a ZIP of everything that is stored of it, for the owner and its readers', async () => {
    const { client, sessionId, runId, assetsOf } = await finishedRun(studio)
    await assetsOf.ended((await assetsOf.request()).body.job_id)
    const path = `/api/runs/${runId}/export`
    const accepted = await client.post(path, { start_date: '2027-03-01' })
    expect(accepted).toMatchObject({ status: 202, body: { run_id: runId, session_id: sessionId } })
    const { job_id, export_id } = accepted.body
    expect(accepted.headers.get('location')).toBe(`/api/jobs/${job_id}`)
    await assetsOf.ended(job_id)
    const job = JobView.parse((await client.get(`/api/jobs/${job_id}`)).body)
    expect(job).toMatchObject({ type: 'export', status: 'completed', export_id, progress: 100 })
    const own = `/api/runs/${runId}/exports/${export_id}`
    const view = RunExportView.parse((await client.get(own)).body)
    expect(view).toMatchObject({ status: 'completed', start_date: '2027-03-01', error: null })
    const fetched = await fetch(view.file?.url ?? '')
    const disposition = fetched.headers.get('content-disposition') ?? ''
    expect(disposition).toMatch(/^attachment; filename="[\x20-\x7e]+\.zip"; filename\*=UTF-8''/)
    expect(decodeURIComponent(disposition)).toContain('동백_핸드크림')
    const zip = Buffer.from(await fetched.arrayBuffer())
    expect(sha256(zip)).toBe(view.file?.sha256)

    const files = unzipped(zip)
    const textOf = (name: string): string => files.get(name)?.toString('utf8') ?? ''
    const run = (await client.get(`/api/runs/${runId}`)).body
    expect(JSON.parse(textOf('package.json'))).toEqual(run)
    for (const { text } of run.creative_assets.ad_copies) {
      expect(textOf('ad-copies.csv')).toContain(text.replaceAll('"', '""'))
    }
    expect(textOf('weekly-plan.csv')).toMatch(/^\ufeff"/)
    const events = new ICAL.Component(ICAL.parse(textOf('weekly-plan.ics')))
      .getAllSubcomponents('vevent')
      .map((event) => new ICAL.Event(event))
    expect(events.map(({ startDate }) => startDate.toString())).toEqual(
      ['2027-03-01', '2027-03-02', '2027-03-03'].slice(0, events.length),
    )
    expect(events.length).toBe(run.strategy_plan.weekly_plan.length)
    expect(textOf('report.html')).toContain('시장 조사')
    expect(textOf('report.md')).toContain('## 시장 조사')
    expect(textOf('report.pdf').slice(0, 5)).toBe('%PDF-')
    expect(textOf('licences/Pretendard-LICENSE.txt')).toContain('SIL OPEN FONT LICENSE')

    const manifest = JSON.parse(textOf('manifest.json'))
    const listed = manifest.files.map((file: { path: string }) => file.path)
    expect([...files.keys()].sort()).toEqual([...listed, 'manifest.json'].sort())
    for (const file of manifest.files) {
      const bytes = files.get(file.path) ?? Buffer.alloc(0)
      expect([bytes.length, sha256(bytes)]).toEqual([file.bytes, file.sha256])
    }
    const assets = await assetsOf.list()
    const stored = assets.flatMap((asset) => asset.files.map((file) => file.sha256))
    const packed = manifest.files.map((file: { sha256: string }) => file.sha256)
    expect(packed).toEqual(expect.arrayContaining(stored))
    expect(manifest).toMatchObject({ missing: [], deleted: [], unfinished: [] })
    expect(view).toMatchObject({ missing: [], unfinished: [] })
    expect([...view.asset_ids].sort()).toEqual(assets.map(({ asset_id }) => asset_id).sort())
    expect(manifest.assets).toHaveLength(assets.length)
    expect(manifest.weekly_plan).toMatchObject({
      start_date: '2027-03-01',
      time_zone: 'Asia/Seoul',
    })

    // The same state is the same ZIP, at once; another start of the plan is another one.
    const again = await client.post(path, { start_date: '2027-03-01' })
    expect(again.body).toMatchObject({ status: 'completed', export_id })
    const other = await client.post(path)
    expect(other.body.export_id).not.toBe(export_id)
    await assetsOf.ended(other.body.job_id)

    const stranger = await startSession(studio.origin)
    expect((await stranger.client.post(path)).body.error.code).toBe('RUN_NOT_FOUND')
    expect((await stranger.client.get(own)).body.error.code).toBe('RUN_NOT_FOUND')
    const principal = (await stranger.client.get('/api/me')).body.principal
    await client.put(`/api/chat/session/${sessionId}/readers/${principal}`)
    const asReader = await stranger.client.post(path, { start_date: '2027-03-01' })
    expect(asReader).toMatchObject({ status: 202, body: { export_id, status: 'completed' } })
    expect((await stranger.client.get(own)).body.file.sha256).toBe(view.file?.sha256)

    // Both read the list; the owner deletes.
    const exports = `/api/runs/${runId}/exports`
    const shown = (await stranger.client.get(exports)).body.exports
    expect(shown.map((each: RunExportView) => each.export_id)).toEqual([
      other.body.export_id,
      export_id,
    ])
    expect((await stranger.client.delete(`${exports}/${export_id}`)).status).toBe(403)
    expect((await client.delete(`${exports}/${other.body.export_id}`)).status).toBe(204)
    expect((await fetch(shown[0].file.url)).status).toBe(404)
    expect((await client.get(exports)).body.exports).toMatchObject([{ export_id }])
    // What has ended stays as it is.
    expect((await client.post(`/api/jobs/${job_id}/cancel`)).body.status).toBe('completed')

    expect((await assetsOf.list()).length).toBe(assets.length)
    const log = await readLog(client, sessionId)
    expect(log.filter(({ type }) => type === 'asset.ready')).toHaveLength(assets.length)
    expect((await client.delete(`/api/chat/session/${sessionId}`)).status).toBe(204)
    expect((await fetch(view.file?.url ?? '')).status).toBe(404)
    const left = (await studio.items()).filter(({ SK }) => SK?.S?.startsWith('EXPORT#'))
    expect(left).toEqual([])
  })
})
