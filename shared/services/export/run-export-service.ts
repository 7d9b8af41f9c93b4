import { StudioError } from '../../contracts/errors.ts'
import type { RunExportRequest, RunExportView } from '../../contracts/http/export-routes.ts'
import { isoTime } from '../../platform/clock.ts'
import type { Job } from '../../repositories/job-repository.ts'
import type { RunExport } from '../../repositories/media-work.ts'
import type { RunWithStages } from '../../repositories/run-output-repository.ts'
import type { Caller } from '../../rules/caller.ts'
import { tomorrowInSeoul } from '../../rules/export/plan-dates.ts'
import { downloadDisposition } from '../../rules/media/asset-names.ts'
import { ownedRun, readableRun } from '../../rules/ownership.ts'
import { isFinished } from '../../rules/run-state.ts'
import { deleteAsset } from '../media/asset-deletion.ts'
import { sharedRun } from '../media/asset-request.ts'
import { acceptExport, type RunExportDependencies } from './export-request.ts'
import { missingOf } from './stored-files.ts'

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
  /** For readers, too; newest first. @throws StudioError RUN_NOT_FOUND */
  list(runId: string, principal: string): Promise<RunExportView[]>
  /** @throws StudioError RUN_NOT_FOUND, FORBIDDEN, EXPORT_NOT_FOUND, UPSTREAM_ERROR */
  delete(runId: string, principal: string, exportId: string): Promise<void>
}

/** Seconds for which a link is good. */
const linkSeconds = 900

/** @throws StudioError RUN_NOT_READY */
const assertReady = ({ run, stages }: RunWithStages): void => {
  const isWritten = Object.values(stages).some((stage) => stage?.output !== undefined)
  if (isFinished(run.state) && isWritten) return
  throw new StudioError('RUN_NOT_READY', 'The run goes on, or has written nothing to export.')
}

const viewOf = async (
  { media, clock }: Pick<RunExportDependencies, 'media' | 'clock'>,
  found: RunExport,
): Promise<RunExportView> => {
  const { asset_id, run_id, session_id, status, created_at, updated_at, error } = found
  const [file] = status === 'completed' ? (found.files ?? []) : []
  const link = async ({ key, name, content_type, bytes, sha256 }: NonNullable<typeof file>) => ({
    ...{ name, content_type, bytes, sha256 },
    url: await (await media()).link(key, linkSeconds, content_type, downloadDisposition(name)),
    expires_at: isoTime(clock.now() + linkSeconds * 1000),
  })
  const { start_date, asset_ids, unfinished } = found.export_order
  return {
    ...{ export_id: asset_id, run_id, session_id, status, created_at, updated_at },
    file: file ? await link(file) : null,
    ...{ start_date, asset_ids, unfinished, missing: missingOf(found) },
    error: status === 'failed' && error ? error : null,
    completed_at: found.completed_at ?? null,
    expires_at: isoTime(found.ttl * 1000),
  }
}

const view = async (
  dependencies: RunExportDependencies,
  runId: string,
  principal: string,
  exportId: string,
): Promise<RunExportView> => {
  const [run, found] = await Promise.all([
    sharedRun(dependencies, runId, principal),
    dependencies.exports.find(runId, exportId),
  ])
  readableRun(run, principal)
  if (found) return viewOf(dependencies, found)
  throw new StudioError('EXPORT_NOT_FOUND', 'There is no export with this id in this run.')
}

const newestFirst = (one: RunExport, other: RunExport): number =>
  other.created_at.localeCompare(one.created_at) || one.asset_id.localeCompare(other.asset_id)

const list = async (
  dependencies: RunExportDependencies,
  runId: string,
  principal: string,
): Promise<RunExportView[]> => {
  const [run, found] = await Promise.all([
    sharedRun(dependencies, runId, principal),
    dependencies.exports.list(runId),
  ])
  readableRun(run, principal)
  return Promise.all(found.sort(newestFirst).map((each) => viewOf(dependencies, each)))
}

export const createRunExportService = (dependencies: RunExportDependencies): RunExportService => ({
  async request(runId, principal, { start_date }, caller) {
    const found = readableRun(await sharedRun(dependencies, runId, principal), principal)
    assertReady(found)
    const startDate = start_date ?? tomorrowInSeoul(dependencies.clock.now())
    return acceptExport(dependencies, found.run, startDate, caller)
  },
  view: (runId, principal, exportId) => view(dependencies, runId, principal, exportId),
  list: (runId, principal) => list(dependencies, runId, principal),
  async delete(runId, principal, exportId) {
    const { run } = ownedRun(await sharedRun(dependencies, runId, principal), principal)
    await deleteAsset({ ...dependencies, assets: dependencies.exports }, run, exportId)
  },
})
