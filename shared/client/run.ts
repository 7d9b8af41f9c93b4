import type { AssetRequest, ReviseRequest, RouteName, RouteOf } from './contract.ts'
import { bound, type CallOptions, type Http } from './http.ts'

type Answer<N extends RouteName> = Promise<RouteOf<N>['answer']>

export interface Assets {
  /** Has assets made, or one of them again; the job's events follow them. */
  generate(request?: AssetRequest, options?: CallOptions): Answer<'generateAssets'>
  /** What that would make and buy; nothing is stored or bought. */
  estimate(request?: AssetRequest, options?: CallOptions): Answer<'estimateAssets'>
  list(options?: CallOptions): Answer<'listAssets'>
  /** One asset, with links that are new. */
  get(assetId: string, options?: CallOptions): Answer<'getAsset'>
  delete(assetId: string, options?: CallOptions): Answer<'deleteAsset'>
}

export interface Run {
  readonly id: string
  /** The package, complete or partial. */
  view(options?: CallOptions): Answer<'getRun'>
  /** Goes on at the stage that failed. */
  resume(options?: CallOptions): Answer<'resumeRun'>
  /** Stops the run at once; what was finished stays. */
  cancel(options?: CallOptions): Answer<'cancelRun'>
  /** Writes a part of the package again, in a run of its own. */
  revise(request: ReviseRequest, options?: CallOptions): Answer<'reviseRun'>
  readonly assets: Assets
  /** Packs everything into a ZIP; a job follows it. */
  export(request?: RouteOf<'exportRun'>['body'], options?: CallOptions): Answer<'exportRun'>
  readonly exports: {
    list(options?: CallOptions): Answer<'listExports'>
    delete(exportId: string, options?: CallOptions): Answer<'deleteExport'>
    /** An export with a new link to its ZIP. */
    get(exportId: string, options?: CallOptions): Answer<'getExport'>
  }
}

export const createRun = (http: Http, run_id: string): Run => {
  const { call } = http
  const params = { run_id }
  return {
    id: run_id,
    view: bound(http, 'GET /api/runs/{run_id}', { params }),
    resume: bound(http, 'POST! /api/runs/{run_id}/resume', { params }),
    cancel: bound(http, 'POST /api/runs/{run_id}/cancel', { params }),
    revise: (body, options) => call('POST! /api/runs/{run_id}/revise', { params, body }, options),
    assets: {
      generate: (body = {}, options) =>
        call('POST! /api/runs/{run_id}/assets/generate/async', { params, body }, options),
      estimate: (body = {}, options) =>
        call('POST /api/runs/{run_id}/assets/estimate', { params, body }, options),
      list: bound(http, 'GET /api/runs/{run_id}/assets', { params }),
      get: (asset_id, options) =>
        call('GET /api/runs/{run_id}/assets/{asset_id}', { params: { run_id, asset_id } }, options),
      delete: (asset_id, options) =>
        call(
          'DELETE /api/runs/{run_id}/assets/{asset_id}',
          { params: { run_id, asset_id } },
          options,
        ),
    },
    export: (body = {}, options) =>
      call('POST! /api/runs/{run_id}/export', { params, body }, options),
    exports: {
      list: bound(http, 'GET /api/runs/{run_id}/exports', { params }),
      delete: (export_id, options) =>
        call(
          'DELETE /api/runs/{run_id}/exports/{export_id}',
          { params: { run_id, export_id } },
          options,
        ),
      get: (export_id, options) =>
        call(
          'GET /api/runs/{run_id}/exports/{export_id}',
          { params: { run_id, export_id } },
          options,
        ),
    },
  }
}

export interface Job {
  readonly id: string
  view(options?: CallOptions): Answer<'getJob'>
  /** Stops a job of assets or of an export; what is finished stays. */
  cancel(options?: CallOptions): Answer<'cancelJob'>
}

export const createJob = (http: Http, job_id: string): Job => ({
  id: job_id,
  view: bound(http, 'GET /api/jobs/{job_id}', { params: { job_id } }),
  cancel: bound(http, 'POST /api/jobs/{job_id}/cancel', { params: { job_id } }),
})
