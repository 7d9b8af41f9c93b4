import type { MediaStore } from '../../clients/media-store.ts'
import { ConditionFailed, type Write } from '../../clients/store.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { AssetRequest } from '../../contracts/http/asset-routes.ts'
import { isoTime } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { log } from '../../platform/telemetry.ts'
import { currentRequestId } from '../../platform/work-facts.ts'
import type { Job, JobRepository } from '../../repositories/job-repository.ts'
import type { MediaAssetRepository } from '../../repositories/media-asset-repository.ts'
import { uploadKey } from '../../repositories/media-keys.ts'
import type { Asset } from '../../repositories/media-work.ts'
import type {
  RunOutputRepository,
  RunWithStages,
} from '../../repositories/run-output-repository.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import type { Caller } from '../../rules/caller.ts'
import { isEnded } from '../../rules/media/asset-progress.ts'
import { assetsAtOnce, assetsOfRun } from '../../rules/media-limits.ts'
import { ownedRun } from '../../rules/ownership.ts'
import type { LimitService } from '../limits/limit-service.ts'
import { withReaders } from '../sessions/shared-access.ts'
import { finishDeletion } from './asset-deletion.ts'
import type { AssetDraft } from './asset-draft.ts'
import { type AssetEndDependencies, endAsset, sendAssets } from './asset-end.ts'
import { assetFailure } from './asset-failure.ts'
import { assetsJobUpdate, stateOfJob } from './asset-jobs.ts'
import { planAssets } from './asset-plan.ts'
import { sourcesOf } from './asset-sources.ts'
import { filmsOverCap, type PlanningDependencies } from './over-cap.ts'

export interface AssetRequestDependencies
  extends AssetEndDependencies,
    Omit<PlanningDependencies, 'assets'> {
  assets: MediaAssetRepository
  limits: LimitService
  runs: Pick<RunOutputRepository, 'get'>
  sessions: Pick<SessionRepository, 'get'>
  jobs: JobRepository
}

export interface AcceptedAssets {
  job: Job
  asset_ids: string[]
}

/** Tries at a request that meets another one for the same assets, or the end of one. */
const requestTries = 8

/** The run with the readers of its session. */
export const sharedRun = async (
  { runs, sessions }: Pick<AssetRequestDependencies, 'runs' | 'sessions'>,
  runId: string,
  principal: string,
): Promise<RunWithStages | undefined> => {
  const found = await runs.get(runId)
  return found && { ...found, run: await withReaders(sessions, found.run, principal) }
}

/** @throws StudioError UPLOAD_NOT_FOUND */
export const assertRecording = async (
  media: () => Promise<MediaStore>,
  sessionId: string,
  { voice }: AssetRequest,
): Promise<void> => {
  const { recording } = voice ?? {}
  if (recording === undefined || recording === 'none') return
  if (await (await media()).head(uploadKey(sessionId, recording))) return
  throw new StudioError('UPLOAD_NOT_FOUND', 'There is no upload with this id in this session.')
}

/** @throws StudioError INVALID_INPUT */
export const assertNotTooMany = (
  drafts: readonly AssetDraft[],
  existing: readonly Asset[],
): void => {
  const tooMany = (path: string, message: string): StudioError =>
    new StudioError('INVALID_INPUT', 'The input breaks the rules named in errors.', {
      errors: [{ path, message }],
    })
  if (drafts.length > assetsAtOnce) {
    const message = `would mean ${drafts.length} assets; one request may mean ${assetsAtOnce}`
    throw tooMany('placements', message)
  }
  const all = existing.length + drafts.filter((draft) => draft.existing === undefined).length
  if (all > assetsOfRun) {
    const message = `the run would have ${all} assets; it may have ${assetsOfRun}: delete some first`
    throw tooMany('', message)
  }
}

const hasFailed = ({ status }: Asset): boolean => status === 'failed' || status === 'cancelled'

/** Whether the request makes it, as opposed to one that is there or in the making. */
export const isMade = ({ existing }: AssetDraft): boolean =>
  existing === undefined || hasFailed(existing)

interface Accepting {
  run: RunWithStages['run']
  job: Job
  at: string
}

const asNew = (draft: AssetDraft, { run, job, at }: Accepting): Omit<Asset, 'ttl'> => {
  const { existing: _, ...content } = draft
  const requestId = currentRequestId()
  return {
    ...content,
    run_id: run.run_id,
    session_id: run.session_id,
    owner: run.owner,
    locale: run.locale,
    status: 'queued',
    job_id: job.job_id,
    job_ids: [job.job_id],
    stage: 'waiting',
    share: 0,
    attempt: 1,
    workers: 0,
    ...(requestId !== undefined && { request_id: requestId }),
    created_at: at,
    updated_at: at,
  }
}

const writesOf = (
  { assets }: AssetRequestDependencies,
  draft: AssetDraft,
  accepting: Accepting,
): Write[] => {
  const { existing, sources, settings } = draft
  const { job_id } = accepting.job
  if (!existing) return [assets.create(asNew(draft, accepting))]
  if (hasFailed(existing)) {
    return [assets.restart(existing, { job_id, sources, settings, request_id: currentRequestId() })]
  }
  return isEnded(existing) ? [] : [assets.join(existing, job_id)]
}

/** What the assets of a request are once it is accepted. */
const accepted = (draft: AssetDraft, accepting: Accepting): Asset => {
  const { existing, sources } = draft
  if (!existing) return { ...asNew(draft, accepting), ttl: 0 }
  if (!hasFailed(existing)) return existing
  return { ...existing, sources, status: 'queued', share: 0, attempt: existing.attempt + 1 }
}

/** Sends what can be made now. Best effort: the sweep sends the rest. */
const send = async (
  dependencies: AssetRequestDependencies,
  queued: readonly Asset[],
  all: readonly Asset[],
): Promise<void> => {
  const ready = queued.filter((asset) => sourcesOf(asset, all).state !== 'waiting')
  try {
    if (ready.length > 0) await sendAssets(dependencies, ready)
  } catch (error) {
    log.error('assets not sent; the sweeper will', { error })
  }
}

/** Assets that are not made, since they cost more than may be spent. */
type Refused = ReadonlyMap<string, StudioError>

/** Ends them at once; one that is left by a request that died here ends with its worker. */
const endRefused = async (
  dependencies: AssetRequestDependencies,
  assets: readonly Asset[],
  refused: Refused,
): Promise<void> => {
  for (const asset of assets) {
    const failure = refused.get(asset.asset_id)
    if (failure === undefined) continue
    const error = assetFailure(failure, asset.locale)
    const isOurs = ({ attempt }: Pick<Asset, 'attempt'>) => attempt === asset.attempt
    await endAsset(dependencies, asset, isOurs, { status: 'failed', stage: 'waiting', error })
  }
}

/** @throws StudioError BUDGET_EXCEEDED when nothing else was asked for than what may not be bought */
const assertSomeMade = (
  request: AssetRequest,
  drafts: readonly AssetDraft[],
  refused: Refused,
): void => {
  const [failure] = refused.values()
  if (failure === undefined) return
  const isAsked = (draft: AssetDraft): boolean =>
    request.asset_id === undefined
      ? (request.kinds?.includes(draft.asset_type) ?? true)
      : draft === drafts.at(-1)
  const asked = drafts.filter((draft) => isMade(draft) && isAsked(draft))
  if (asked.every(({ asset_id }) => refused.has(asset_id))) throw failure
}

const store = async (
  dependencies: AssetRequestDependencies,
  run: RunWithStages['run'],
  drafts: readonly AssetDraft[],
  { existing, refused }: { existing: readonly Asset[]; refused: Refused },
): Promise<AcceptedAssets> => {
  const { clock, jobs, streams } = dependencies
  const at = isoTime(clock.now())
  const asset_ids = drafts.map(({ asset_id }) => asset_id)
  const { run_id, session_id, owner } = run
  const job_id = newId('job')
  const bare: Job = {
    ...{ job_id, type: 'assets', session_id, run_id, owner, created_at: at },
    ...{ asset_ids, revision: 0, updated_at: at, told_at: clock.now() },
  }
  const accepting = { run, job: bare, at }
  const after = drafts.map((draft) => accepted(draft, accepting))
  const state = stateOfJob(bare, after, clock.now())
  const job = { ...bare, state }
  const stream = streams.open(session_id)
  await stream.commit(
    [assetsJobUpdate(job, state)],
    [...jobs.create(job), ...drafts.flatMap((draft) => writesOf(dependencies, draft, accepting))],
  )
  // Queued ones of an earlier request among them, which may have died before it sent them.
  const queued = after.filter(
    ({ asset_id, status }) => status === 'queued' && !refused.has(asset_id),
  )
  const others = existing.filter(({ asset_id }) => !asset_ids.includes(asset_id))
  await Promise.all([send(dependencies, queued, [...after, ...others]), stream.settled()])
  await endRefused(dependencies, after, refused)
  return { job, asset_ids }
}

/** What keeps a request from its place: the end of a deletion that died, or another request. */
const makeWay = async (
  dependencies: AssetRequestDependencies,
  run: RunWithStages['run'],
  drafts: readonly AssetDraft[],
): Promise<void> => {
  for (const { asset_id } of drafts.filter(({ existing }) => existing === undefined)) {
    if (await dependencies.assets.isDeleting(run.run_id, asset_id)) {
      await finishDeletion(dependencies, { ...run, asset_id })
    }
  }
}

const accept = async (
  dependencies: AssetRequestDependencies,
  found: RunWithStages,
  request: AssetRequest,
  caller: Caller,
  tries = requestTries,
): Promise<AcceptedAssets> => {
  const existing = await dependencies.assets.list(found.run.run_id)
  const drafts = planAssets(found, request, existing)
  assertNotTooMany(drafts, existing)
  const known = { run: found, existing }
  const refused = await filmsOverCap(dependencies, known, drafts.filter(isMade))
  assertSomeMade(request, drafts, refused)
  const admission = await dependencies.limits.admit(caller, {
    assets: drafts.filter(isMade).length,
  })
  try {
    return await store(dependencies, found.run, drafts, { existing, refused })
  } catch (error) {
    await admission.giveBack()
    if (!(error instanceof ConditionFailed) || tries <= 1) throw error
    await makeWay(dependencies, found.run, drafts)
    return accept(dependencies, found, request, caller, tries - 1)
  }
}

/**
 * Accepts a request: its job, and every asset that is new or failed, in one transaction with the event.
 * @throws StudioError RUN_NOT_FOUND, FORBIDDEN, RUN_NOT_READY, ASSET_NOT_FOUND, UPLOAD_NOT_FOUND,
 * INVALID_INPUT, RATE_LIMITED, BUDGET_EXCEEDED
 */
export const requestAssets = async (
  dependencies: AssetRequestDependencies,
  runId: string,
  principal: string,
  request: AssetRequest,
  caller: Caller,
): Promise<AcceptedAssets> => {
  const found = ownedRun(await sharedRun(dependencies, runId, principal), principal)
  await assertRecording(dependencies.media, found.run.session_id, request)
  return accept(dependencies, found, request, caller)
}
