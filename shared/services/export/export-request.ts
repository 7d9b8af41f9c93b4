import { createHash } from 'node:crypto'
import { ConditionFailed, type Write } from '../../clients/store.ts'
import type { UnfinishedAsset } from '../../contracts/http/export-routes.ts'
import { isoTime } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { log } from '../../platform/telemetry.ts'
import { currentRequestId } from '../../platform/work-facts.ts'
import type { Job } from '../../repositories/job-repository.ts'
import type { MediaAssetRepository } from '../../repositories/media-asset-repository.ts'
import type { Asset, ExportOrder, RunExport } from '../../repositories/media-work.ts'
import type { Run } from '../../repositories/run-output-repository.ts'
import type { Caller } from '../../rules/caller.ts'
import { isEnded } from '../../rules/media/asset-progress.ts'
import { finishDeletion } from '../media/asset-deletion.ts'
import { sendAssets } from '../media/asset-end.ts'
import { assetsJobUpdate, stateOfJob } from '../media/asset-jobs.ts'
import type { AssetRequestDependencies } from '../media/asset-request.ts'
import { missingOf } from './stored-files.ts'

export interface RunExportDependencies
  extends Omit<AssetRequestDependencies, 'planners' | 'purchases' | 'productPicture'> {
  exports: MediaAssetRepository<RunExport>
}

/** Tries at a request that meets another one, or the end of the export. */
const requestTries = 8

const idAlphabet = '0123456789abcdefghijkmnopqrstuvw'
const idCharacters = 26

/** The digest of everything that goes into the archive: the same state has the same id, and is packed once. */
const idOf = (run: Run, order: ExportOrder, assets: readonly Asset[]): string => {
  const files = assets.map(({ asset_id, files = [] }) => [
    asset_id,
    files.map(({ role, sha256 }) => [role, sha256]),
  ])
  const unfinished = order.unfinished.map(({ asset_id, status }) => [asset_id, status])
  const state = [run.run_id, run.state, run.attempt, run.updated_at]
  const digest = createHash('sha256')
    .update(JSON.stringify(['v3', ...state, order.start_date, files, unfinished]))
    .digest()
  const characters = Array.from(
    { length: idCharacters },
    (_, index) => idAlphabet[(digest[index] ?? 0) % idAlphabet.length],
  )
  return `export_${characters.join('')}`
}

const inOrder = (one: Asset, other: Asset): number => one.asset_id.localeCompare(other.asset_id)

const unfinishedOf = ({ asset_id, asset_type, placement, status }: Asset): UnfinishedAsset => ({
  ...{ asset_id, asset_type, placement },
  status: status === 'failed' || status === 'cancelled' ? status : 'in_progress',
})

const orderOf = (
  assets: readonly Asset[],
  startDate: string,
  now: number,
): { order: ExportOrder; made: Asset[] } => {
  const sorted = [...assets].sort(inOrder)
  const made = sorted.filter(({ status }) => status === 'completed')
  const order = {
    start_date: startDate,
    asset_ids: made.map(({ asset_id }) => asset_id),
    unfinished: sorted.filter(({ status }) => status !== 'completed').map(unfinishedOf),
    asked_at: isoTime(now),
  }
  return { order, made }
}

const freshExport = (run: Run, id: string, order: ExportOrder, job: Job) => {
  const requestId = currentRequestId()
  const { run_id, session_id, owner, locale } = run
  return {
    ...{ asset_id: id, asset_type: 'export' as const, run_id, session_id, owner, locale },
    ...{ status: 'queued' as const, job_id: job.job_id, job_ids: [job.job_id] },
    ...{ placement: null, poster_spec_id: null, note: null, replaces: null, sources: [] },
    settings: { preset: null, pace: null, recording: null, captions: true },
    export_order: order,
    ...{ stage: 'waiting' as const, share: 0, attempt: 1, workers: 0 },
    ...(requestId !== undefined && { request_id: requestId }),
    ...{ created_at: job.created_at, updated_at: job.created_at },
  } satisfies Omit<RunExport, 'ttl'>
}

/** Whether another request for the same state packs it again: what was gone may be there now. */
const isPackedAgain = (found: RunExport): boolean =>
  found.status === 'failed' || found.status === 'cancelled' || missingOf(found).length > 0

/** What a request does to the export that it means, and what that is then. */
const change = (
  exports: MediaAssetRepository<RunExport>,
  existing: RunExport | undefined,
  fresh: Omit<RunExport, 'ttl'>,
): { writes: Write[]; after: RunExport; isNew: boolean; isSent: boolean } => {
  if (!existing) {
    const after = { ...fresh, ttl: 0 }
    return { writes: [exports.create(fresh)], after, isNew: true, isSent: true }
  }
  const { job_id, sources, settings, request_id } = fresh
  if (isPackedAgain(existing)) {
    const again = { ...existing, status: 'queued' as const, share: 0 }
    return {
      writes: [exports.restart(existing, { job_id, sources, settings, request_id })],
      after: { ...again, attempt: existing.attempt + 1 },
      isNew: true,
      isSent: true,
    }
  }
  if (isEnded(existing)) return { writes: [], after: existing, isNew: false, isSent: false }
  // The request that made it may have died before it was sent; a message too many finds a worker, or the end.
  const isSent = existing.status === 'queued'
  return { writes: [exports.join(existing, job_id)], after: existing, isNew: false, isSent }
}

const jobOf = (run: Run, id: string, now: number): Job => ({
  ...{ job_id: newId('job'), type: 'export', session_id: run.session_id, run_id: run.run_id },
  ...{ owner: run.owner, created_at: isoTime(now), asset_ids: [id] },
  ...{ revision: 0, updated_at: isoTime(now), told_at: now },
})

/** The end of a deletion that died keeps an export's place. */
const makeWay = async (
  { exports, media }: RunExportDependencies,
  { run_id, session_id }: Run,
  asset_id: string,
): Promise<void> => {
  if (!(await exports.isDeleting(run_id, asset_id))) return
  await finishDeletion({ assets: exports, media }, { run_id, session_id, asset_id })
}

/** Best effort: the sweep sends it otherwise. */
const send = async (
  dependencies: Pick<RunExportDependencies, 'queue'>,
  queued: RunExport,
): Promise<void> => {
  try {
    await sendAssets(dependencies, [queued])
  } catch (error) {
    log.error('an export was not sent; the sweeper will', { error })
  }
}

/**
 * Accepts a request: its job, and the export when it is new or packed again, in one transaction with the event.
 * @throws StudioError RATE_LIMITED
 */
export const acceptExport = async (
  dependencies: RunExportDependencies,
  run: Run,
  startDate: string,
  caller: Caller,
  tries = requestTries,
): Promise<{ job: Job; export_id: string }> => {
  const { clock, assets, exports, jobs, streams, limits } = dependencies
  const { order, made } = orderOf(await assets.list(run.run_id), startDate, clock.now())
  const export_id = idOf(run, order, made)
  const bare = jobOf(run, export_id, clock.now())
  const existing = await exports.find(run.run_id, export_id)
  const fresh = freshExport(run, export_id, order, bare)
  const { writes, after, isNew, isSent } = change(exports, existing, fresh)
  const admission = await limits.admit(caller, { exports: isNew ? 1 : 0 })
  const job = { ...bare, state: stateOfJob(bare, [after], clock.now()) }
  const stream = streams.open(run.session_id)
  try {
    await stream.commit([assetsJobUpdate(job, job.state)], [...jobs.create(job), ...writes])
  } catch (error) {
    await admission.giveBack()
    if (!(error instanceof ConditionFailed) || tries <= 1) throw error
    await makeWay(dependencies, run, export_id)
    return acceptExport(dependencies, run, startDate, caller, tries - 1)
  }
  await Promise.all([isSent && send(dependencies, after), stream.settled()])
  return { job, export_id }
}
