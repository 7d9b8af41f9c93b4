import { ConditionFailed } from '../../clients/store.ts'
import type { StageName } from '../../contracts/agents.ts'
import { asStudioError, StudioError } from '../../contracts/errors.ts'
import { log, measure } from '../../platform/telemetry.ts'
import type { Run, RunWithStages } from '../../repositories/run-output-repository.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import type {
  StageDurationRepository,
  StageDurations,
} from '../../repositories/stage-duration-repository.ts'
import { stageAfterCommit } from '../../repositories/stage-repository.ts'
import type { StreamService } from '../log/stream-service.ts'
import type { SpendService } from '../spend/spend-service.ts'
import { timeoutCode } from './run-failure-service.ts'
import type { StageAgents } from './stage-agents.ts'
import { openStageCalls } from './stage-calls.ts'
import {
  type ClaimDependencies,
  type HeldStage,
  holds,
  isWanted,
  startHeartbeat,
} from './stage-claim.ts'
import { type Committed, commitStage } from './stage-commit.ts'
import { createElementLog } from './stage-elements.ts'
import { failureOutcome, measureStageEnd } from './stage-metrics.ts'
import { Superseded, type WorkerStream } from './worker-stream.ts'

export interface WorkerDependencies extends ClaimDependencies {
  agents: StageAgents
  sessions: SessionRepository
  streams: StreamService
  durations: StageDurationRepository
  spend: SpendService
}

/** What one worker's stages of a run share. */
export interface RunWork {
  stream: WorkerStream
  /** The log's last seq behind which the stream looks for what others append. */
  tail: Promise<number>
  /** The run, as far as the worker knows it; undefined until it has been read under a claim. */
  run: Run | undefined
  /** What its committed stages took. */
  readonly seconds: Partial<Record<StageName, number>>
  /** The claim with which the worker would begin the stage that follows, where time is left for it. */
  claimAfter(held: HeldStage): HeldStage | undefined
  /** Begins a later stage beside the one at work. */
  ahead(held: HeldStage, stage: StageName, found: RunWithStages): void
}

/** A stage that is to be worked on. */
export interface Assignment {
  held: HeldStage
  /** What its agent works from, when that is known; read from the table otherwise. */
  found: RunWithStages | undefined
  /** What calls of the stage before have to be settled before this one reserves anything. */
  before?: Promise<unknown> | undefined
  /** Ends the work, with the reason. */
  stop: AbortController
}

export type StageOutcome =
  | {
      status: 'committed'
      /** The stage that the worker goes on with. */
      next: Assignment | undefined
      /** Resolves when what its calls used is recorded. */
      paid: Promise<unknown>
    }
  /** Another worker has the stage, or it is no longer wanted. */
  | { status: 'superseded' }
  | { status: 'failed'; error: unknown }

export interface StageResult {
  outcome: StageOutcome
  /** What has to end before the worker does, but need not hold up the next stage. Never rejects. */
  settled: Promise<unknown>
}

/** One stage at work. */
interface Worker extends WorkerDependencies, Assignment {
  work: RunWork
}

/** The run, as far as its stage is still wanted now that the claim is ours. */
const findWanted = async ({
  machine,
  runs,
  held: { task, token },
  work,
}: Worker): Promise<RunWithStages | undefined> => {
  // What ended the run before the stream's tail is not shown to it; the run that is read behind it has it.
  await work.tail
  // A message may come so late that the state machine has sent the next, or given up.
  const [answer, found] = await Promise.all([
    token === undefined ? 'taken' : machine.heartbeat(token),
    runs.get(task.run_id),
  ])
  return answer === 'taken' && isWanted(task, found) ? found : undefined
}

/** Why a call may not be made. A worker that has lost its claim stops. */
const callRefusal = async (worker: Worker): Promise<Error> => {
  const { held, stop } = worker
  if (!(await holds(worker, held))) stop.abort(new Superseded('The stage was taken over.'))
  if (stop.signal.aborted) return stop.signal.reason
  // Workers that made the calls have died; another attempt of the run may make as many.
  return new StudioError(timeoutCode(held.task.stage), 'This attempt has used up its model calls.')
}

/** How long past stages took, for the events of a job: an estimate, which nothing waits for in vain. */
const pastOf = async ({ durations }: Worker, run: Run): Promise<StageDurations> => {
  if (run.job_id === undefined) return {}
  try {
    return await durations.read()
  } catch (error) {
    log.warn('durations not read', { error: error as Error })
    return {}
  }
}

/** What the following stage works from, where the commit says all of it: without reading the run again. */
const foundAfter = (
  { run }: Committed,
  stage: StageName,
  found: RunWithStages,
  commit: Parameters<typeof stageAfterCommit>[1],
): RunWithStages | undefined => {
  const stages = { ...found.stages, ...stageAfterCommit(stage, commit) }
  return stages[stage]?.output === undefined ? undefined : { ...found, run, stages }
}

const perform = async (worker: Worker): Promise<StageOutcome> => {
  const { agents, held, work, stop, before } = worker
  const { task, claim } = held
  const found = worker.found ?? (await findWanted(worker))
  if (!found) return { status: 'superseded' }
  work.run ??= found.run
  const past = pastOf(worker, found.run)
  const calls = openStageCalls({
    ...worker,
    task,
    claim,
    before,
    principal: found.run.owner,
    refusal: () => callRefusal(worker),
  })
  const triesBefore = found.stages[task.stage]?.[`calls_${task.attempt}`] ?? 0
  const elements = createElementLog(work.stream, task, triesBefore, (reason) => stop.abort(reason))
  try {
    const done = await agents[task.stage](found, {
      signal: stop.signal,
      leaseId: claim.leaseId,
      onElement: elements.append,
      countCall: calls.count,
      reserveSearches: calls.reserveSearches,
      ahead: (stage, given) => work.ahead(held, stage, given),
    })
    const output = done.commit(claim.leaseId)
    const ahead = work.claimAfter(held)
    // Who reads a package that is complete finds all that it used.
    const [drafts, times] = await Promise.all([elements.rest(), past, !ahead && calls.settled()])
    const known = (): Run => work.run ?? found.run
    const commit = { held, output, drafts, past: times, ahead }
    const committed = await commitStage({ ...worker, stream: work.stream }, known, commit)
    work.run = committed.run
    const paid = calls.settled()
    if (!ahead || !committed.isAhead) return { status: 'committed', next: undefined, paid }
    const next = {
      held: ahead,
      found: foundAfter(committed, task.stage, found, output),
      before: paid,
      stop: new AbortController(),
    }
    return { status: 'committed', next, paid }
  } catch (error) {
    await Promise.all([elements.settled(), calls.settled()])
    throw error
  }
}

const outcomeOf = async (worker: Worker): Promise<StageOutcome> => {
  const { signal } = worker.stop
  try {
    return await perform(worker)
  } catch (error) {
    if (signal.reason instanceof Superseded || error instanceof ConditionFailed) {
      log.warn('stage superseded', { stage: worker.held.task.stage, error: error as Error })
      return { status: 'superseded' }
    }
    return { status: 'failed', error: signal.aborted ? signal.reason : error }
  }
}

const latencyOutcome = (outcome: StageOutcome): string => {
  if (outcome.status !== 'failed') return outcome.status
  return failureOutcome(asStudioError(outcome.error).code)
}

/** Does the stage that `held` claims, up to the commit; the token stays with the caller. */
export const workOn = async (
  dependencies: WorkerDependencies,
  work: RunWork,
  assignment: Assignment,
): Promise<StageResult> => {
  const { clock } = dependencies
  const { held, stop } = assignment
  const { stage } = held.task
  const stopListening = work.stream.listen(held.task, stop)
  const stopHeartbeat = startHeartbeat(dependencies, held, () =>
    stop.abort(new Superseded('The stage was taken over.')),
  )
  const startedAt = clock.now()
  const outcome = await outcomeOf({ ...dependencies, ...assignment, work })
  stopHeartbeat()
  stopListening()
  const milliseconds = clock.now() - startedAt
  measure('StageLatency', milliseconds, { stage, outcome: latencyOutcome(outcome) })
  if (outcome.status !== 'committed') return { outcome, settled: Promise.resolve() }
  measureStageEnd(stage, 'committed')
  work.seconds[stage] = milliseconds / 1000
  return { outcome, settled: outcome.paid }
}
