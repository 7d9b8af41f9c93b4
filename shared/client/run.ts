import type { AssetRequest, ReviseRequest, RouteOf } from './contract.ts'
import type { CallOptions, Http } from './http.ts'

type Answer<N extends Parameters<Http['call']>[0]> = Promise<RouteOf<N>['answer']>

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
    /** An export with a new link to its ZIP. */
    get(exportId: string, options?: CallOptions): Answer<'getExport'>
  }
}

export const createRun = ({ call }: Http, run_id: string): Run => {
  const params = { run_id }
  return {
    id: run_id,
    view: (options) => call('getRun', { params }, options),
    resume: (options) => call('resumeRun', { params }, options),
    cancel: (options) => call('cancelRun', { params }, options),
    revise: (body, options) => call('reviseRun', { params, body }, options),
    assets: {
      generate: (body = {}, options) => call('generateAssets', { params, body }, options),
      estimate: (body = {}, options) => call('estimateAssets', { params, body }, options),
      list: (options) => call('listAssets', { params }, options),
      get: (asset_id, options) => call('getAsset', { params: { run_id, asset_id } }, options),
      delete: (asset_id, options) => call('deleteAsset', { params: { run_id, asset_id } }, options),
    },
    export: (body = {}, options) => call('exportRun', { params, body }, options),
    exports: {
      get: (export_id, options) => call('getExport', { params: { run_id, export_id } }, options),
    },
  }
}

export interface Job {
  readonly id: string
  view(options?: CallOptions): Answer<'getJob'>
  /** Stops a job of assets; those that are finished stay. */
  cancel(options?: CallOptions): Answer<'cancelJob'>
}

export const createJob = ({ call }: Http, job_id: string): Job => ({
  id: job_id,
  view: (options) => call('getJob', { params: { job_id } }, options),
  cancel: (options) => call('cancelJob', { params: { job_id } }, options),
})
