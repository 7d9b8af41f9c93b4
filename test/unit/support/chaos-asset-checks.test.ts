import { describe, expect, it } from 'vitest'
import type { AssetView } from '../../../shared/contracts/assets.ts'
import type { StudioEvent } from '../../../shared/contracts/events.ts'
import type { RunExportView } from '../../../shared/contracts/http/export-routes.ts'
import { checkAssets } from '../../support/chaos/asset-checks.ts'
import type { AssetStory } from '../../support/chaos/asset-client.ts'

const error = { code: 'UPSTREAM_ERROR', message: '', retryable: true }
const good: AssetStory = {
  assets: [
    { asset_id: 'asset_1', status: 'completed', error: null, files: [{}] },
    { asset_id: 'asset_2', status: 'failed', error, files: [] },
  ] as unknown as AssetView[],
  export: { export_id: 'export_1', status: 'completed', error: null } as RunExportView,
  files: [{ name: 'poster.png', sha256: 'a', read: 'a' }],
  jobs: ['job_1'],
}

const job = (status: string, progress: number) => ({
  type: 'job.updated',
  data: { job_id: 'job_1', status, progress },
})
const end = (type: string, asset_id: string) => ({ type, data: { asset_id } })
const log = [
  job('queued', 0),
  job('running', 40),
  end('asset.ready', 'asset_1'),
  end('asset.failed', 'asset_2'),
  job('completed', 100),
] as unknown as StudioEvent[]
const charged = ['sess-digest-0', 'sess-other-2']

const kindsOf = (change: Partial<AssetStory>, events: readonly unknown[] = log, keys = charged) => [
  ...new Set(
    checkAssets({ ...good, ...change }, events as StudioEvent[], keys).map(({ kind }) => kind),
  ),
]
const firstAsset = (change: object) => ({
  assets: [{ ...good.assets[0], ...change }, good.assets[1]] as AssetView[],
})

describe('the judge of assets', () => {
  it('has nothing against files that came as promised', () => {
    expect(kindsOf({})).toEqual([])
  })

  it.each([
    ['an asset without an end', 'stuck', firstAsset({ status: 'running' }), log],
    ['no asset at all', 'stuck', { assets: [] }, log],
    ['no export', 'stuck', { export: undefined }, log],
    ['a failure without a cause', 'error', firstAsset({ status: 'failed', error: null }), log],
    ['a file that is gone', 'lost', { files: [{ name: '', sha256: 'a', read: undefined }] }, log],
    ['a file of other bytes', 'changed', { files: [{ name: '', sha256: 'a', read: 'b' }] }, log],
    ['an asset that is ready without a file', 'lost', firstAsset({ files: [] }), log],
    ['an end that is not told', 'lost', {}, log.filter(({ type }) => type !== 'asset.ready')],
    ['an end that is told twice', 'duplicated', {}, [...log, end('asset.ready', 'asset_1')]],
    ['a job that goes back', 'changed', {}, [job('running', 50), ...log]],
    ['a job that ends twice', 'duplicated', {}, [...log, job('completed', 100)]],
    ['a job that goes on after its end', 'changed', {}, [...log, job('running', 100)]],
    ['a job without an end', 'stuck', {}, log.slice(0, -1)],
  ])('sees %s', (_, kind, change, events) => {
    expect(kindsOf(change, events)).toContain(kind)
  })

  it('sees a purchase that was charged twice', () => {
    expect(kindsOf({}, log, [...charged, 'sess-digest-1'])).toEqual(['overcharged'])
  })
})
