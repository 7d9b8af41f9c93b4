import { ConditionFailed } from '../../clients/store.ts'
import type { StageName } from '../../contracts/agents.ts'
import { type StudioEvent, stageDelta } from '../../contracts/events.ts'
import type { ExecutionEnded } from '../../contracts/pipeline.ts'
import { type ErrorCode, errorCodes, problems } from '../../contracts/problems.ts'
import type { PartialElement } from '../../contracts/runs.ts'
import { log, measure } from '../../platform/telemetry.ts'
import { errorWording } from '../../platform/wording.ts'
import type { EventRepository } from '../../repositories/event-repository.ts'
import {
  isFinished,
  type Run,
  type RunOutputRepository,
} from '../../repositories/run-output-repository.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import { transition } from '../../rules/session-state.ts'
import type { StreamService } from '../log/stream-service.ts'
import { jobUpdate } from './job-progress.ts'

export interface RunFailureDependencies {
  runs: RunOutputRepository
  sessions: SessionRepository
  events: EventRepository
  streams: StreamService
}

/** The code of a stage that ran out of time. */
export const timeoutCode = (stage: StageName): ErrorCode =>
  stage === 'research' ? 'RESEARCH_TIMEOUT' : 'STAGE_TIMEOUT'

/** The code behind an error name of the state machine. */
export const codeOfExecutionError = (error: string | undefined, stage: StageName): ErrorCode => {
  if (error === 'States.Timeout' || error === 'States.HeartbeatTimeout') return timeoutCode(stage)
  return errorCodes.find((code) => code === error) ?? 'INTERNAL_ERROR'
}

/** What the stage's latest try had streamed, by the log since the stage began. */
const streamedBy = (stage: StageName, events: StudioEvent[]): PartialElement[] => {
  const streamed = events.flatMap((event) =>
    event.type === stageDelta[stage] && 'kind' in event.data ? [event.data] : [],
  )
  const latest = Math.max(...streamed.map((element) => element.try))
  return streamed
    .filter((element) => element.try === latest)
    .map(({ kind, item }) => ({ kind, item }))
}

export const createRunFailureService = (dependencies: RunFailureDependencies) => {
  const { runs, sessions, events, streams } = dependencies

  const streamed = async ({ session_id, run_id, stage }: Run): Promise<PartialElement[]> => {
    const since = await events.readBack(
      session_id,
      (event) => event.run_id === run_id && event.type === 'stage.changed',
    )
    return streamedBy(
      stage,
      since.filter((event) => event.run_id === run_id),
    )
  }

  return {
    /**
     * Ends a run as failed: run, session and one `error` event in one transaction. A run that has
     * ended, moved on to another attempt or never was is left as it is, so a second report does
     * nothing. `code` may depend on the stage at work. What the stage had streamed is kept as partial.
     * @param leaseId of the stage's worker, whose word counts only while it still holds the stage
     */
    async fail(
      runId: string,
      attempt: number,
      code: ErrorCode | ((stage: StageName) => ErrorCode),
      { retryable, leaseId }: { retryable?: boolean; leaseId?: string } = {},
    ): Promise<'failed' | 'left'> {
      const found = await runs.get(runId)
      if (!found || isFinished(found.run.state) || found.run.attempt !== attempt) return 'left'
      const { run } = found
      const state = run.state
      if (state === 'CANCELLED' || transition(state, { type: 'run-failed' }) !== 'FAILED') {
        return 'left'
      }
      const named = typeof code === 'function' ? code(run.stage) : code
      const failure = {
        code: named,
        message: errorWording[named][run.locale],
        retryable: retryable ?? problems[named].retryable,
        stage: run.stage,
      }
      const partial = await streamed(run)
      const stream = streams.open(run.session_id)
      try {
        await stream.commit(
          [
            {
              type: 'stage.changed',
              run_id: runId,
              data: { from: state, to: 'FAILED', state: 'FAILED', stage: run.stage },
            },
            ...jobUpdate(run, { state: 'FAILED', stage: run.stage }),
            { type: 'error', run_id: runId, data: { ...failure, resume_from: run.stage } },
          ],
          [
            runs.advance(run, { state: 'FAILED', stage: run.stage, error: failure }),
            sessions.followRun(run.session_id, runId, state, 'FAILED'),
            ...(leaseId !== undefined || partial.length > 0
              ? [runs.keepPartial(runId, run.stage, partial, leaseId)]
              : []),
          ],
        )
      } catch (error) {
        if (!(error instanceof ConditionFailed)) throw error
        log.warn('run had moved on before it could fail', { run_id: runId })
        return 'left'
      }
      measure('StageFailure', 1, { stage: run.stage, code: named })
      await stream.settled()
      return 'failed'
    },
  }
}

export type RunFailureService = ReturnType<typeof createRunFailureService>

/**
 * Ends the run of an execution that did not succeed, if the run has not ended.
 * @param name the execution's name; one that is not ours is left alone
 */
export const endRunOf = async (
  failures: RunFailureService,
  { name, status, error }: ExecutionEnded['detail'],
): Promise<void> => {
  const [, runId, attempt] = /^(run_[0-9a-z]+)-(\d+)$/.exec(name) ?? []
  if (!runId) return
  const ended = status === 'TIMED_OUT' ? 'States.Timeout' : (error ?? undefined)
  await failures.fail(runId, Number(attempt), (stage) => codeOfExecutionError(ended, stage))
}
