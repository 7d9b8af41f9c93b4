import { ConditionFailed } from '../../clients/store.ts'
import type { StageName } from '../../contracts/agents.ts'
import { type EventDraft, type StudioEvent, stageDelta } from '../../contracts/events.ts'
import type { ExecutionEnded } from '../../contracts/pipeline.ts'
import { type ErrorCode, errorCodes, problems } from '../../contracts/problems.ts'
import type { PartialElement, RunFailure } from '../../contracts/runs.ts'
import type { SessionState } from '../../contracts/session.ts'
import { log, measure } from '../../platform/telemetry.ts'
import { errorMessage } from '../../platform/wording.ts'
import type { EventRepository } from '../../repositories/event-repository.ts'
import type { Run, RunOutputRepository } from '../../repositories/run-output-repository.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import { isFinished } from '../../rules/run-state.ts'
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

/** The code of an error that the state machine names. */
export const codeOfExecutionError = (error: string | undefined, stage: StageName): ErrorCode => {
  if (error === 'States.Timeout' || error === 'States.HeartbeatTimeout') return timeoutCode(stage)
  return errorCodes.find((code) => code === error) ?? 'INTERNAL_ERROR'
}

/** What the stage's latest try had streamed, from the events since the stage began. */
const streamedBy = (stage: StageName, events: StudioEvent[]): PartialElement[] => {
  const streamed = events.flatMap((event) =>
    event.type === stageDelta[stage] && 'kind' in event.data ? [event.data] : [],
  )
  const latest = Math.max(...streamed.map((element) => element.try))
  return streamed
    .filter((element) => element.try === latest)
    .map(({ kind, item }) => ({ kind, item }))
}

/** An error's code, which may depend on the stage at work. */
type FailureCode = ErrorCode | ((stage: StageName) => ErrorCode)

export interface FailOptions {
  /** Overrides the code's own answer to whether trying again makes sense. */
  retryable?: boolean
  /** What the vendor said, for the owner of the deployment. */
  detail?: string | undefined
  /** Of a worker that reports its own stage: the report counts only while it holds the stage. */
  leaseId?: string
}

export interface RunFailureService {
  /**
   * Ends a run as failed: run, session and one `error` event in one transaction. A run that has
   * ended, moved on to another attempt or never was is left as it is, so a second report does
   * nothing. What the stage had streamed is kept as partial.
   */
  fail(
    runId: string,
    attempt: number,
    code: FailureCode,
    options?: FailOptions,
  ): Promise<'failed' | 'left'>
}

const partialOf = async (
  { events }: RunFailureDependencies,
  { session_id, run_id, stage }: Run,
): Promise<PartialElement[]> => {
  const since = await events.readBack(
    session_id,
    (event) => event.run_id === run_id && event.type === 'stage.changed',
  )
  return streamedBy(
    stage,
    since.filter((event) => event.run_id === run_id),
  )
}

const failureEvents = (
  run: Run,
  state: SessionState,
  failure: RunFailure,
  detail?: string,
): EventDraft[] => {
  const { run_id, stage } = run
  const said = detail === undefined ? {} : { detail }
  return [
    {
      type: 'stage.changed',
      run_id,
      data: { from: state, to: 'FAILED', state: 'FAILED', stage },
    },
    ...jobUpdate(run, { state: 'FAILED', stage }),
    { type: 'error', run_id, data: { ...failure, ...said, resume_from: stage } },
  ]
}

const fail = async (
  dependencies: RunFailureDependencies,
  runId: string,
  attempt: number,
  code: FailureCode,
  { retryable, leaseId, detail }: FailOptions = {},
): Promise<'failed' | 'left'> => {
  const { runs, sessions, streams } = dependencies
  const found = await runs.get(runId)
  if (!found || isFinished(found.run.state) || found.run.attempt !== attempt) return 'left'
  const { run } = found
  const { session_id, state, stage } = run
  if (state === 'CANCELLED' || transition(state, { type: 'run-failed' }) !== 'FAILED') return 'left'
  const named = typeof code === 'function' ? code(stage) : code
  const told = { code: named, retryable: retryable ?? problems[named].retryable }
  const failure: RunFailure = { ...told, message: errorMessage(told, run.locale), stage }
  const partial = await partialOf(dependencies, run)
  const stream = streams.open(session_id)
  try {
    await stream.commit(failureEvents(run, state, failure, detail), [
      runs.advance(run, { state: 'FAILED', stage, error: failure }),
      sessions.followRun(session_id, runId, state, 'FAILED'),
      ...(leaseId !== undefined || partial.length > 0
        ? [runs.keepPartial(runId, stage, partial, leaseId)]
        : []),
    ])
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error
    log.warn('run had moved on before it could fail', { run_id: runId })
    return 'left'
  }
  measure('StageFailure', 1, { stage, code: named })
  await stream.settled()
  return 'failed'
}

export const createRunFailureService = (
  dependencies: RunFailureDependencies,
): RunFailureService => ({
  fail: (runId, attempt, code, options) => fail(dependencies, runId, attempt, code, options),
})

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
