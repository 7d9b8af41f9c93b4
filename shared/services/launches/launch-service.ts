import { asStudioError, StudioError } from '../../contracts/errors.ts'
import type { LaunchBrief, LaunchPackage, LaunchSummary } from '../../contracts/launch.ts'
import type { Locale, Mode } from '../../contracts/session.ts'
import type { Clock } from '../../platform/clock.ts'
import { launchMessage } from '../../platform/wording/notices.ts'
import type {
  RunOutputRepository,
  RunWithStages,
} from '../../repositories/run-output-repository.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import type { Caller } from '../../rules/caller.ts'
import { ownedLaunch, readableLaunch } from '../../rules/ownership.ts'
import { endsRun } from '../../rules/run-events.ts'
import { isFinished } from '../../rules/run-state.ts'
import { searchText } from '../../rules/search-text.ts'
import type { StreamService } from '../log/stream-service.ts'
import type { RunService } from '../runs/run-service.ts'
import { sharedRun } from '../runs/run-start.ts'
import type { ErasureService } from '../sessions/erasure-service.ts'
import type { SessionService } from '../sessions/session-service.ts'
import type { TurnService } from '../turns/turn-service.ts'
import { summarizeLaunch, viewLaunch } from './launch-view.ts'

export interface LaunchDependencies {
  clock: Clock
  sessions: Pick<SessionService, 'create'>
  /** Who may read a launch. */
  access: SessionRepository
  turns: Pick<TurnService, 'run'>
  runService: Pick<RunService, 'start'>
  runs: RunOutputRepository
  streams: StreamService
}

export interface LaunchRequest {
  brief: LaunchBrief
  mode: Mode
  locale: Locale
}

export interface LaunchOptions {
  waitSeconds: number
  /** By whom its session, its turn and its run are counted, beside its principal. */
  caller?: Caller
}

export interface LaunchService {
  /**
   * Accepts a launch and waits for its package, `waitSeconds` in all at most.
   * @throws StudioError GATE_NOT_READY when the brief leaves too much open, RATE_LIMITED, or the turn's failure
   */
  run(
    principal: string,
    request: LaunchRequest,
    options: LaunchOptions,
  ): Promise<{ done: boolean; package: LaunchPackage }>
  /** @throws StudioError RUN_NOT_FOUND */
  view(runId: string, principal: string): Promise<LaunchPackage>
  /** Launches whose product name or KPI holds `q`, newest first, and how many there are. */
  history(principal: string, filter: HistoryFilter): Promise<LaunchHistory>
}

interface HistoryFilter {
  q?: string | undefined
  limit: number
  offset: number
}

interface LaunchHistory {
  items: LaunchSummary[]
  total: number
  has_more: boolean
  query: string
}

/** The run as it is when it ended, or at the deadline. */
const waitFor = async (
  { runs, streams }: LaunchDependencies,
  { runId, sessionId }: { runId: string; sessionId: string },
  deadline: number,
): Promise<RunWithStages | undefined> => {
  const following = { sessionId, after: 0, until: deadline, ends: endsRun }
  for await (const _ of streams.follow(following)) {
    // The events themselves are of no interest here.
  }
  return runs.get(runId)
}

const run = async (
  dependencies: LaunchDependencies,
  principal: string,
  { brief, mode, locale }: LaunchRequest,
  { waitSeconds, caller = { principal } }: LaunchOptions,
): Promise<{ done: boolean; package: LaunchPackage }> => {
  const { clock, sessions, turns, runService } = dependencies
  const deadline = clock.now() + waitSeconds * 1000
  const { session } = await sessions.create(principal, { locale, mode }, caller)
  const { session_id: sessionId } = session
  const message = launchMessage(brief, locale)
  const begin = async () => {
    await turns.run({ sessionId, principal, message, input: 'text', deadline, caller })
    return runService.start(sessionId, principal, { launch: brief, caller })
  }
  const started = await begin().catch((error) => {
    throw asStudioError(error).inLanguage(locale)
  })
  const found = await waitFor(dependencies, { runId: started.run_id, sessionId }, deadline)
  // Erased meanwhile: nothing of it may be stored as the answer to this request.
  if (!found) throw new StudioError('RUN_NOT_FOUND', 'The launch was erased before it was done.')
  return { done: isFinished(found.run.state), package: viewLaunch(brief, found) }
}

const history = async (
  { runs }: LaunchDependencies,
  principal: string,
  { q = '', limit, offset }: HistoryFilter,
): Promise<LaunchHistory> => {
  const wanted = searchText(q)
  const all = (await runs.listAll(principal)).flatMap((each) =>
    each.launch ? [summarizeLaunch(each.launch, each)] : [],
  )
  const found = all.filter(({ product_name, core_kpi }) =>
    searchText(`${product_name}\n${core_kpi}`).includes(wanted),
  )
  const total = found.length
  const items = found.slice(offset, offset + limit)
  return { items, total, has_more: offset + limit < total, query: q }
}

/**
 * The older one-shot API over the same pipeline: a session of its own, one turn in which the planner
 * reads the brief and decides what it leaves open, then a run.
 */
export const createLaunchService = (dependencies: LaunchDependencies): LaunchService => ({
  run: (principal, request, options) => run(dependencies, principal, request, options),
  async view(runId, principal) {
    const { runs, access } = dependencies
    const shared = await sharedRun({ runs, sessions: access }, runId, principal)
    const found = readableLaunch(shared, principal)
    return viewLaunch(found.run.launch, found)
  },
  history: (principal, filter) => history(dependencies, principal, filter),
})

/** Erases a launch with its session. @throws StudioError RUN_NOT_FOUND, FORBIDDEN */
export const eraseLaunch = async (
  dependencies: {
    runs: RunOutputRepository
    access: SessionRepository
    erasure: ErasureService
  },
  runId: string,
  principal: string,
): Promise<void> => {
  const { runs, access } = dependencies
  const shared = await sharedRun({ runs, sessions: access }, runId, principal)
  const { run } = ownedLaunch(shared, principal)
  await dependencies.erasure.eraseSession(run.session_id, principal)
}
