import { ConditionFailed } from '../../clients/store.ts'
import { type StageName, stageNames } from '../../contracts/agents.ts'
import type { CopyRejection } from '../../contracts/copy-safety.ts'
import { type EventDraft, stageDelta } from '../../contracts/events.ts'
import type { ExecutionEnded } from '../../contracts/pipeline.ts'
import { type ErrorCode, errorCodes, type FieldError, problems } from '../../contracts/problems.ts'
import type { PartialElement, RunFailure } from '../../contracts/runs.ts'
import type { SessionState } from '../../contracts/session.ts'
import type { CapName } from '../../contracts/spend.ts'
import { insist } from '../../platform/insist.ts'
import { log, measure } from '../../platform/telemetry.ts'
import { errorMessage } from '../../platform/wording/failures.ts'
import { note } from '../../platform/work-facts.ts'
import type { EventRepository } from '../../repositories/event-repository.ts'
import type { Run, RunOutputRepository } from '../../repositories/run-output-repository.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import { boundedText, eventDetailLimit } from '../../rules/bounded-text.ts'
import { createPartial, triesBy } from '../../rules/partial-elements.ts'
import { isFinished } from '../../rules/run-state.ts'
import type { RunningState } from '../../rules/session-state.ts'
import { partialBytesLimit } from '../../rules/storage-layout.ts'
import type { StreamService } from '../log/stream-service.ts'
import { jobUpdate } from './job-progress.ts'
import { failureOutcome, measureStageEnd } from './stage-metrics.ts'

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

/** An error's code, which may depend on the stage at work. */
type FailureCode = ErrorCode | ((stage: StageName) => ErrorCode)

export interface FailOptions {
  /** Overrides the code's own answer to whether trying again makes sense. */
  retryable?: boolean
  /** What the vendor said, for the owner of the deployment. */
  detail?: string | undefined
  /** With BUDGET_EXCEEDED: the cap that has no room. */
  cap?: CapName | undefined
  /** With COPY_SAFETY_REJECTED: the rules, at the places of the texts. The log tells them. */
  errors?: readonly FieldError[] | undefined
  /** The texts themselves, which stand in the package and in no event. */
  rejected?: readonly CopyRejection[] | undefined
  /** Of a worker that reports its own stage: the report counts only while it holds the stage. */
  leaseId?: string | undefined
  /**
   * The stage that failed; any that is at work when not given. One that its worker has begun ahead ends the
   * run where that stands.
   */
  stage?: StageName | undefined
}

export interface RunFailureService {
  /**
   * Ends a run as failed: run, session and one `error` event in one transaction, whose size does not
   * depend on what an agent wrote. A run that has ended, moved on to another attempt or never was is
   * left as it is, so a second report does nothing. What the stage had streamed is kept as partial
   * after that, if it can be.
   */
  fail(
    runId: string,
    attempt: number,
    code: FailureCode,
    options?: FailOptions,
  ): Promise<'failed' | 'left'>
}

/** Rules that an end names: it is of bounded size. */
const maxErrors = 20

/** Pages of the log that are read back for the elements of a failed stage. */
const maxPages = 40

const partialOf = async (
  { events }: RunFailureDependencies,
  { session_id, run_id, stage }: Run,
): Promise<PartialElement[]> => {
  const partial = createPartial(partialBytesLimit, triesBy(stage))
  let pages = 0
  for await (const page of events.back(session_id)) {
    for (const event of page) {
      if (event.run_id !== run_id) continue
      if (event.type === 'stage.changed') {
        // The run's end is met first, and then the beginning of the stage.
        if (event.data.state !== 'FAILED') return partial.elements()
      } else if (event.type === stageDelta[stage] && 'kind' in event.data) partial.take(event.data)
    }
    pages += 1
    if (pages >= maxPages) break
  }
  return partial.elements()
}

/** Best effort: the run has ended, and its elements are in the log. */
const keepPartial = async (
  dependencies: RunFailureDependencies,
  run: Run,
  rejected: readonly CopyRejection[],
): Promise<void> => {
  const { run_id, stage, attempt } = run
  try {
    const elements = await partialOf(dependencies, run)
    if (elements.length === 0 && rejected.length === 0) return
    await dependencies.runs.keepPartial(run_id, stage, attempt, elements, rejected)
  } catch (error) {
    log.warn('partial elements not kept', { run_id, error: error as Error })
  }
}

const failureEvents = (
  run: Run,
  state: SessionState,
  failure: RunFailure,
  detail?: string,
): EventDraft[] => {
  const { run_id, stage } = run
  const said = detail === undefined ? {} : { detail: boundedText(detail, eventDetailLimit) }
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

/** The run in a state in which it can fail. */
type OpenRun = Run & { state: RunningState }

const openRun = (
  run: Run | undefined,
  attempt: number,
  { stage, leaseId }: Pick<FailOptions, 'stage' | 'leaseId'>,
): run is OpenRun => {
  if (run === undefined || isFinished(run.state) || run.attempt !== attempt) return false
  if (stage === undefined || run.stage === stage) return true
  return leaseId !== undefined && stageNames.indexOf(run.stage) < stageNames.indexOf(stage)
}

/** How a run ends, and what the report of its worker adds. */
interface Ending {
  failure: RunFailure
  detail: string | undefined
  /** The claim of the worker that reports it. */
  leaseId: string | undefined
}

/** Writes the end of a run. False when another writer has moved it on. */
const end = async (
  { runs, sessions, streams }: RunFailureDependencies,
  run: OpenRun,
  { failure, detail, leaseId }: Ending,
): Promise<boolean> => {
  const { run_id, session_id, state, stage } = run
  const stream = streams.open(session_id)
  try {
    await stream.commit(failureEvents(run, state, failure, detail), [
      ...runs.advance(run, { state: 'FAILED', stage, error: failure }),
      sessions.followRun(session_id, run_id, state, 'FAILED'),
      ...(leaseId === undefined ? [] : [runs.release(run_id, failure.stage, leaseId)]),
    ])
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error
    log.warn('run had moved on before it could fail', { run_id })
    return false
  }
  await stream.settled()
  return true
}

/** Has the end of a run written once more, from where the run has come to meanwhile. */
class RunMoved extends Error {}

const fail = async (
  dependencies: RunFailureDependencies,
  runId: string,
  attempt: number,
  code: FailureCode,
  { retryable, leaseId, stage, detail, cap, errors = [], rejected = [] }: FailOptions = {},
): Promise<'failed' | 'left'> => {
  let tried = 0
  const failed = await insist(async (): Promise<Run | undefined> => {
    tried += 1
    const run = await dependencies.runs.find(runId)
    // The try before this one had taken effect, although it threw.
    if (tried > 1 && run?.state === 'FAILED' && run.attempt === attempt) return run
    if (!openRun(run, attempt, { stage, leaseId })) return undefined
    const failing = stage ?? run.stage
    const named = typeof code === 'function' ? code(failing) : code
    note({ session_id: run.session_id, stage: failing })
    const told = { code: named, retryable: retryable ?? problems[named].retryable }
    const failure = {
      ...told,
      message: errorMessage({ ...told, cap }, run.locale),
      stage: failing,
      ...(cap ? { cap } : {}),
      ...(errors.length > 0 && { errors: errors.slice(0, maxErrors) }),
    }
    if (!(await end(dependencies, run, { failure, detail, leaseId }))) {
      // The worker's other stage was committed meanwhile: the run fails where it stands now.
      const moved = await dependencies.runs.find(runId)
      if (moved?.stage === run.stage || !openRun(moved, attempt, { stage, leaseId }))
        return undefined
      throw new RunMoved()
    }
    measureStageEnd(failing, failureOutcome(named))
    if (rejected.length > 0) measure('CopyRejected', rejected.length, { stage: failing })
    return run
  })
  if (!failed) return 'left'
  await keepPartial(dependencies, failed, rejected)
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
  if (!runId) return note({ outcome: 'not_ours' })
  note({ run_id: runId, attempt: Number(attempt) })
  const ended = status === 'TIMED_OUT' ? 'States.Timeout' : (error ?? undefined)
  const outcome = await failures.fail(runId, Number(attempt), (stage) =>
    codeOfExecutionError(ended, stage),
  )
  note({ outcome: outcome === 'failed' ? 'run_ended' : 'left' })
}
