import { StudioError } from '../../contracts/errors.ts'
import type { LaunchBrief, LaunchPackage, LaunchSummary } from '../../contracts/launch.ts'
import type { Locale, Mode } from '../../contracts/session.ts'
import type { Clock } from '../../platform/clock.ts'
import { launchMessage } from '../../platform/wording.ts'
import {
  isFinished,
  type RunOutputRepository,
  type RunWithStages,
} from '../../repositories/run-output-repository.ts'
import { endsRun } from '../../rules/run-events.ts'
import type { StreamService } from '../log/stream-service.ts'
import type { createRunService } from '../runs/run-service.ts'
import type { createErasureService } from '../sessions/erasure-service.ts'
import type { createSessionService } from '../sessions/session-service.ts'
import type { createTurnService } from '../turns/turn-service.ts'
import { summarizeLaunch, viewLaunch } from './launch-view.ts'

export interface LaunchDependencies {
  clock: Clock
  sessions: Pick<ReturnType<typeof createSessionService>, 'create'>
  turns: Pick<ReturnType<typeof createTurnService>, 'run'>
  launches: Pick<ReturnType<typeof createRunService>, 'start'>
  runs: RunOutputRepository
  streams: StreamService
}

export interface LaunchRequest {
  brief: LaunchBrief
  mode: Mode
  locale: Locale
}

type LaunchRun = RunWithStages & { run: { launch: LaunchBrief } }

const isLaunch = (found: RunWithStages | undefined, owner: string): found is LaunchRun =>
  found?.run.launch !== undefined && found.run.owner === owner

/** A launch that `principal` owns. @throws StudioError RUN_NOT_FOUND, also for a run of a chat */
const ownedLaunch = (found: RunWithStages | undefined, principal: string): LaunchRun => {
  if (isLaunch(found, principal)) return found
  throw new StudioError('RUN_NOT_FOUND', 'There is no launch with this id.')
}

/**
 * The older one-shot API over the same pipeline: a session of its own, one turn in which the planner
 * reads the brief and decides what it leaves open, then a run.
 */
export const createLaunchService = (dependencies: LaunchDependencies) => {
  const { clock, sessions, turns, launches, runs, streams } = dependencies

  /** The run as it is when it ended, or at the deadline. */
  const waitFor = async (runId: string, sessionId: string, deadline: number) => {
    const following = { sessionId, after: 0, until: deadline, ends: endsRun }
    for await (const _ of streams.follow(following)) {
      // The events themselves are of no interest here.
    }
    return runs.get(runId)
  }

  return {
    /**
     * Accepts a launch and waits for its package, `waitSeconds` in all at most.
     * @throws StudioError GATE_NOT_READY when the brief leaves too much open, or the turn's failure
     */
    async run(
      principal: string,
      { brief, mode, locale }: LaunchRequest,
      { waitSeconds }: { waitSeconds: number },
    ): Promise<{ done: boolean; package: LaunchPackage }> {
      const deadline = clock.now() + waitSeconds * 1000
      const { session } = await sessions.create(principal, { locale, mode })
      const { session_id: sessionId } = session
      await turns.run({
        sessionId,
        principal,
        message: launchMessage(brief, locale),
        input: 'text',
      })
      const run = await launches.start(sessionId, principal, { launch: brief })
      const found = await waitFor(run.run_id, sessionId, deadline)
      const now = found ?? { run, stages: {} }
      return { done: isFinished(now.run.state), package: viewLaunch(brief, now) }
    },

    async view(runId: string, principal: string): Promise<LaunchPackage> {
      const found = ownedLaunch(await runs.get(runId), principal)
      return viewLaunch(found.run.launch, found)
    },

    /** Launches whose product name or KPI holds `q`, newest first, and how many there are. */
    async history(
      principal: string,
      { q = '', limit, offset }: { q?: string | undefined; limit: number; offset: number },
    ): Promise<{ items: LaunchSummary[]; total: number }> {
      const wanted = q.normalize('NFC').toLocaleLowerCase()
      const all = (await runs.listAll(principal)).flatMap((run) =>
        run.launch ? [summarizeLaunch(run.launch, run)] : [],
      )
      const found = all.filter(({ product_name, core_kpi }) =>
        `${product_name}\n${core_kpi}`.normalize('NFC').toLocaleLowerCase().includes(wanted),
      )
      return { items: found.slice(offset, offset + limit), total: found.length }
    },
  }
}

/** Erases a launch with its session. @throws StudioError RUN_NOT_FOUND */
export const eraseLaunch = async (
  dependencies: {
    runs: RunOutputRepository
    erasure: ReturnType<typeof createErasureService>
  },
  runId: string,
  principal: string,
): Promise<void> => {
  const { run } = ownedLaunch(await dependencies.runs.get(runId), principal)
  await dependencies.erasure.eraseSession(run.session_id, principal)
}
