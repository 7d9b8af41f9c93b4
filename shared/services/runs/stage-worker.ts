import { RuleBroken } from '../../agents/rule-broken.ts'
import { ConditionFailed } from '../../clients/store.ts'
import type { StageName } from '../../contracts/agents.ts'
import type { ElementVerdict } from '../../contracts/copy-safety.ts'
import { asStudioError, StudioError } from '../../contracts/errors.ts'
import { type EventDraft, type StudioEvent, stageDelta } from '../../contracts/events.ts'
import type { StageTask } from '../../contracts/pipeline.ts'
import type { SessionState } from '../../contracts/session.ts'
import { log, measure } from '../../platform/telemetry.ts'
import type { Run, RunWithStages } from '../../repositories/run-output-repository.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import type { StageDurationRepository } from '../../repositories/stage-duration-repository.ts'
import type { StageClaim } from '../../repositories/stage-repository.ts'
import { elementSizeViolations } from '../../rules/answer-size.ts'
import { stageAfter, stateAfter, transition } from '../../rules/session-state.ts'
import { stageMs } from '../../rules/time-budgets.ts'
import type { SessionStream, StreamService } from '../log/stream-service.ts'
import type { SpendService } from '../spend/spend-service.ts'
import { jobUpdate } from './job-progress.ts'
import { timeoutCode } from './run-failure-service.ts'
import type { StageAgents, StageWork } from './stage-agents.ts'
import { openStageCalls } from './stage-calls.ts'
import { type ClaimDependencies, holds, isWanted, startHeartbeat } from './stage-claim.ts'
import { failureOutcome, measureStageEnd } from './stage-metrics.ts'

export interface WorkerDependencies extends ClaimDependencies {
  agents: StageAgents
  sessions: SessionRepository
  streams: StreamService
  durations: StageDurationRepository
  spend: SpendService
}

export type StageOutcome =
  | { status: 'committed' }
  /** Another worker has the stage, or it is no longer wanted. */
  | { status: 'superseded' }
  | { status: 'failed'; error: unknown }

export interface StageResult {
  outcome: StageOutcome
  /** What has to end before the worker does, but need not hold up the next stage. Never rejects. */
  settled: Promise<unknown>
}

/** One worker with its claim on a stage. `stop` ends its work, with the reason. */
interface Worker extends WorkerDependencies {
  task: StageTask
  claim: StageClaim
  stream: SessionStream
  stop: AbortController
}

/** The reason of a worker that stops and reports nothing. */
class Superseded extends Error {}

/** Whether an event of the log means that the stage is no longer wanted. */
const endsStage = (event: StudioEvent, { run_id, stage }: StageTask): boolean =>
  event.run_id === run_id &&
  (event.type === 'error' || (event.type === 'stage.changed' && event.data.stage !== stage))

const openStream = (
  { streams }: WorkerDependencies,
  sessionId: string,
  task: StageTask,
  stop: AbortController,
): SessionStream =>
  streams.open(sessionId, {
    onForeign(appended) {
      if (appended.some((event) => endsStage(event, task))) {
        stop.abort(new Superseded('The run has ended or moved on.'))
      }
      stop.signal.throwIfAborted()
    },
  })

/** The run, as far as its stage is still wanted now that the claim is ours. */
const findWanted = async ({
  machine,
  runs,
  task,
  stream,
}: Worker): Promise<RunWithStages | undefined> => {
  // A message may come so late that the state machine has sent the next, or given up.
  const [token] = await Promise.all([machine.heartbeat(task.task_token), stream.look()])
  if (token === 'closed') return undefined
  // What ended the run before this stream's first look is not shown to it, but the run has it.
  const found = await runs.get(task.run_id)
  return isWanted(task, found) ? found : undefined
}

/**
 * Appends an agent's elements to the log. An event that cannot be written stops the work: the log
 * must not lack what was shown.
 * @param triesBefore the latest try of which earlier workers may have shown elements
 */
const createElementLog = ({ task, stream, stop }: Worker, triesBefore: number) => {
  const appends: Promise<unknown>[] = []
  return {
    /** @throws RuleBroken for an element that no event can hold, which ends the model's try */
    append(kind: string, item: unknown, modelTry: number, verdict?: ElementVerdict): void {
      const tooLarge = elementSizeViolations(kind, item)
      if (tooLarge.length > 0) throw new RuleBroken(tooLarge)
      const draft = {
        type: stageDelta[task.stage],
        run_id: task.run_id,
        data: {
          kind,
          item,
          try: triesBefore + modelTry,
          ...(verdict && { copy_safety: verdict }),
        },
      } as EventDraft
      const appended = stream.emit([draft])
      appended.catch((reason) => stop.abort(reason))
      appends.push(appended)
    },
    /** Resolves when all are in the log. @throws what the first that failed threw */
    written: () => Promise.all(appends),
    /** Resolves when none is on its way any more. */
    settled: () => Promise.allSettled(appends),
  }
}

/** Why a call may not be made. A worker that has lost its claim stops. */
const callRefusal = async (worker: Worker): Promise<Error> => {
  const { task, claim, stop } = worker
  if (!(await holds(worker, task, claim))) stop.abort(new Superseded('The stage was taken over.'))
  if (stop.signal.aborted) return stop.signal.reason
  // Workers that made the calls have died; another attempt of the run may make as many.
  return new StudioError(timeoutCode(task.stage), 'This attempt has used up its model calls.')
}

/** The events of a run that goes on with the following stage, or is done. */
const progressEvents = (run: Run, to: SessionState, following: StageName | null): EventDraft[] => {
  const { run_id } = run
  const from = run.state as SessionState
  if (following !== null) {
    const data = { from, to, state: to, stage: following }
    return [{ type: 'stage.changed', run_id, data }]
  }
  return [
    { type: 'stage.changed', run_id, data: { from, to, state: to } },
    { type: 'run.completed', run_id, data: { run_id, state: 'DONE' } },
  ]
}

/** Stores the output and moves run and session on, in one transaction with its events. @throws ConditionFailed */
const commit = async (worker: Worker, run: Run, work: StageWork): Promise<void> => {
  const { runs, sessions, durations, stream, task, claim } = worker
  const { stage } = task
  const from = run.state as SessionState
  const to = transition(from, { type: 'stage-committed', stage })
  if (to === null || to !== stateAfter[stage]) {
    throw new StudioError('INTERNAL_ERROR', `The stage ${stage} cannot end in ${from}.`)
  }
  const following = stageAfter[stage]
  const next = { state: to, stage: following ?? stage }
  const past = run.job_id === undefined ? {} : await durations.read()
  await stream.commit(
    [...jobUpdate(run, next, past), ...progressEvents(run, to, following)],
    [
      work.commit(claim.leaseId),
      ...runs.advance(run, next),
      sessions.followRun(run.session_id, run.run_id, from, to),
    ],
  )
}

const perform = async (worker: Worker): Promise<'committed' | 'superseded'> => {
  const { agents, task, stop } = worker
  const found = await findWanted(worker)
  if (!found) return 'superseded'
  const calls = openStageCalls({
    ...worker,
    principal: found.run.owner,
    refusal: () => callRefusal(worker),
  })
  const elements = createElementLog(
    worker,
    found.stages[task.stage]?.[`calls_${task.attempt}`] ?? 0,
  )
  try {
    const work = await agents[task.stage](found, {
      signal: stop.signal,
      leaseId: worker.claim.leaseId,
      onElement: elements.append,
      countCall: calls.count,
      reserveSearches: calls.reserveSearches,
    })
    await Promise.all([elements.written(), calls.settled()])
    await commit(worker, found.run, work)
    return 'committed'
  } catch (error) {
    await Promise.all([elements.settled(), calls.settled()])
    throw error
  }
}

const outcomeOf = async (worker: Worker): Promise<StageOutcome> => {
  const { signal } = worker.stop
  try {
    return { status: await perform(worker) }
  } catch (error) {
    if (signal.reason instanceof Superseded || error instanceof ConditionFailed) {
      log.warn('stage superseded', { stage: worker.task.stage, error: error as Error })
      return { status: 'superseded' }
    }
    return { status: 'failed', error: signal.aborted ? signal.reason : error }
  }
}

const latencyOutcome = (outcome: StageOutcome): string => {
  if (outcome.status !== 'failed') return outcome.status
  return failureOutcome(asStudioError(outcome.error).code)
}

const record = async (
  { durations }: WorkerDependencies,
  stage: StageName,
  milliseconds: number,
): Promise<void> => {
  measureStageEnd(stage, 'committed')
  try {
    await durations.record(stage, milliseconds / 1000)
  } catch (error) {
    log.warn('duration not recorded', { error: error as Error })
  }
}

/** Does the stage that `claim` holds, up to the commit; the token stays with the caller. */
export const workOn = async (
  dependencies: WorkerDependencies,
  sessionId: string,
  task: StageTask,
  claim: StageClaim,
): Promise<StageResult> => {
  const { clock } = dependencies
  const stop = new AbortController()
  const stream = openStream(dependencies, sessionId, task, stop)
  const stopWatching = stream.watch(stageMs.watch)
  const stopHeartbeat = startHeartbeat(dependencies, task, claim, () =>
    stop.abort(new Superseded('The stage was taken over.')),
  )
  const startedAt = clock.now()
  const outcome = await outcomeOf({ ...dependencies, task, claim, stream, stop })
  stopHeartbeat()
  stopWatching()
  const milliseconds = clock.now() - startedAt
  measure('StageLatency', milliseconds, { stage: task.stage, outcome: latencyOutcome(outcome) })
  const settled = Promise.all([
    outcome.status === 'committed' && record(dependencies, task.stage, milliseconds),
    stream.settled(),
  ])
  return { outcome, settled }
}
