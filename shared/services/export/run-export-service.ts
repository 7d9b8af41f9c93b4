import { createHash } from 'node:crypto'
import { ConditionFailed, type Write } from '../../clients/store.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { RunExportRequest, RunExportView } from '../../contracts/http/export-routes.ts'
import { isoTime } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { log } from '../../platform/telemetry.ts'
import { currentRequestId } from '../../platform/work-facts.ts'
import type { Job } from '../../repositories/job-repository.ts'
import type {
  Asset,
  ExportOrder,
  MediaAssetRepository,
  RunExport,
} from '../../repositories/media-asset-repository.ts'
import type { Run, RunWithStages } from '../../repositories/run-output-repository.ts'
import type { Caller } from '../../rules/caller.ts'
import { tomorrowInSeoul } from '../../rules/export/plan-dates.ts'
import { downloadDisposition } from '../../rules/media/asset-names.ts'
import { isEnded } from '../../rules/media/asset-progress.ts'
import { readableRun } from '../../rules/ownership.ts'
import { isFinished } from '../../rules/run-state.ts'
import { taskOf } from '../media/asset-end.ts'
import { assetsJobUpdate, stateOfJob } from '../media/asset-jobs.ts'
import { type AssetRequestDependencies, sharedRun } from '../media/asset-request.ts'

export interface RunExportDependencies
  extends Omit<AssetRequestDependencies, 'planners' | 'purchases' | 'productPicture'> {
  exports: MediaAssetRepository<RunExport>
}

export interface RunExportService {
  /**
   * Has a run packed; the same state of it is packed once. For readers, too.
   * @throws StudioError RUN_NOT_FOUND, RUN_NOT_READY, RATE_LIMITED
   */
  request(
    runId: string,
    principal: string,
    request: RunExportRequest,
    caller: Caller,
  ): Promise<{ job: Job; export_id: string }>
  /** For readers, too. @throws StudioError RUN_NOT_FOUND, EXPORT_NOT_FOUND */
  view(runId: string, principal: string, exportId: string): Promise<RunExportView>
}

/** Seconds for which a link is good. */
const linkSeconds = 900
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
  const state = [run.run_id, run.state, run.attempt, run.updated_at]
  const digest = createHash('sha256')
    .update(JSON.stringify(['v1', ...state, order.start_date, files]))
    .digest()
  const characters = Array.from(
    { length: idCharacters },
    (_, index) => idAlphabet[(digest[index] ?? 0) % idAlphabet.length],
  )
  return `export_${characters.join('')}`
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

const hasFailed = ({ status }: RunExport): boolean => status === 'failed' || status === 'cancelled'

/** What a request does to the export that it means, and what that is then. */
const change = (
  exports: MediaAssetRepository<RunExport>,
  existing: RunExport | undefined,
  fresh: Omit<RunExport, 'ttl'>,
): { writes: Write[]; after: RunExport; isSent: boolean } => {
  if (!existing) {
    return { writes: [exports.create(fresh)], after: { ...fresh, ttl: 0 }, isSent: true }
  }
  const { job_id, sources, settings, request_id } = fresh
  if (hasFailed(existing)) {
    const again = { ...existing, status: 'queued' as const, share: 0 }
    return {
      writes: [exports.restart(existing, { job_id, sources, settings, request_id })],
      after: { ...again, attempt: existing.attempt + 1 },
      isSent: true,
    }
  }
  const writes = isEnded(existing) ? [] : [exports.join(existing, job_id)]
  return { writes, after: existing, isSent: false }
}

/** @throws StudioError RUN_NOT_READY */
const assertReady = ({ run, stages }: RunWithStages): void => {
  const isWritten = Object.values(stages).some((stage) => stage?.output !== undefined)
  if (isFinished(run.state) && isWritten) return
  throw new StudioError('RUN_NOT_READY', 'The run goes on, or has written nothing to export.')
}

const jobOf = (run: Run, id: string, now: number): Job => ({
  ...{ job_id: newId('job'), type: 'export', session_id: run.session_id, run_id: run.run_id },
  ...{ owner: run.owner, created_at: isoTime(now), asset_ids: [id] },
  ...{ revision: 0, updated_at: isoTime(now), told_at: now },
})

const accept = async (
  dependencies: RunExportDependencies,
  run: Run,
  startDate: string,
  caller: Caller,
  tries = requestTries,
): Promise<{ job: Job; export_id: string }> => {
  const { clock, assets, exports, jobs, streams, limits, queue } = dependencies
  const made = (await assets.list(run.run_id))
    .filter(({ status }) => status === 'completed')
    .sort((one, other) => one.asset_id.localeCompare(other.asset_id))
  const order = { start_date: startDate, asset_ids: made.map(({ asset_id }) => asset_id) }
  const export_id = idOf(run, order, made)
  const bare = jobOf(run, export_id, clock.now())
  const existing = await exports.find(run.run_id, export_id)
  const fresh = freshExport(run, export_id, order, bare)
  const { writes, after, isSent } = change(exports, existing, fresh)
  const admission = await limits.admit(caller, { exports: isSent ? 1 : 0 })
  const job = { ...bare, state: stateOfJob(bare, [after], clock.now()) }
  const stream = streams.open(run.session_id)
  try {
    await stream.commit([assetsJobUpdate(job, job.state)], [jobs.create(job), ...writes])
  } catch (error) {
    await admission.giveBack()
    if (!(error instanceof ConditionFailed) || tries <= 1) throw error
    return accept(dependencies, run, startDate, caller, tries - 1)
  }
  const send = async (): Promise<void> => {
    if (isSent) await (await queue()).send([taskOf(after)])
  }
  await Promise.all([
    send().catch((error: unknown) => {
      log.error('an export was not sent; the sweeper will', { error })
    }),
    stream.settled(),
  ])
  return { job, export_id }
}

const view = async (
  dependencies: RunExportDependencies,
  runId: string,
  principal: string,
  exportId: string,
): Promise<RunExportView> => {
  const { exports, media, clock } = dependencies
  const [run, found] = await Promise.all([
    sharedRun(dependencies, runId, principal),
    exports.find(runId, exportId),
  ])
  readableRun(run, principal)
  if (!found) {
    throw new StudioError('EXPORT_NOT_FOUND', 'There is no export with this id in this run.')
  }
  const { run_id, session_id, status, created_at, updated_at, error } = found
  const [file] = status === 'completed' ? (found.files ?? []) : []
  const link = async ({ key, name, content_type, bytes, sha256 }: NonNullable<typeof file>) => ({
    ...{ name, content_type, bytes, sha256 },
    url: await (await media()).link(key, linkSeconds, content_type, downloadDisposition(name)),
    expires_at: isoTime(clock.now() + linkSeconds * 1000),
  })
  return {
    ...{ export_id: exportId, run_id, session_id, status, created_at, updated_at },
    start_date: found.export_order.start_date,
    file: file ? await link(file) : null,
    error: error ? { code: error.code, message: error.message, retryable: error.retryable } : null,
    completed_at: found.completed_at ?? null,
    expires_at: isoTime(found.ttl * 1000),
  }
}

export const createRunExportService = (dependencies: RunExportDependencies): RunExportService => ({
  async request(runId, principal, { start_date }, caller) {
    const found = readableRun(await sharedRun(dependencies, runId, principal), principal)
    assertReady(found)
    const startDate = start_date ?? tomorrowInSeoul(dependencies.clock.now())
    return accept(dependencies, found.run, startDate, caller)
  },
  view: (runId, principal, exportId) => view(dependencies, runId, principal, exportId),
})
