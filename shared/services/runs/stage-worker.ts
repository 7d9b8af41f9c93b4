import { ConditionFailed, type Update } from '../../clients/store.ts'
import type { StageName } from '../../contracts/agents.ts'
import { asStudioError, StudioError } from '../../contracts/errors.ts'
import type { EventDraft } from '../../contracts/events.ts'
import { log, measure } from '../../platform/telemetry.ts'
import type { Run, RunWithStages } from '../../repositories/run-output-repository.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import { callCounter } from '../../repositories/stage-counters.ts'
import type {
  StageDurationRepository,
  StageDurations,
} from '../../repositories/stage-duration-repository.ts'
import { stageAfterCommit, withUse } from '../../repositories/stage-repository.ts'
import { stageAfter } from '../../rules/session-state.ts'
import type { StreamService } from '../log/stream-service.ts'
import type { RunLedger } from '../spend/run-ledger.ts'
import type { SpendService } from '../spend/spend-service.ts'
import { timeoutCode } from './run-failure-service.ts'
import type { StageAgents, StageWork } from './stage-agents.ts'
import { openStageCalls, type StageCalls } from './stage-calls.ts'
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
import { type StageStream, Superseded, type WorkerStream } from './worker-stream.ts'

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
  /** What the worker spends on the run; undefined until it knows the run. */
  ledger: RunLedger | undefined
  /** How long past stages took, for the events of a job: read once. */
  past: Promise<StageDurations> | undefined
  /** What its committed stages took. */
  readonly seconds: Partial<Record<StageName, number>>
  /** The claim with which the worker would begin the stage that follows, where time is left for it. */
  claimAfter(held: HeldStage): HeldStage | undefined
  /** Begins a later stage beside the one at work, as `StageHooks` says. */
  ahead(
    held: HeldStage,
    stage: StageName,
    found: RunWithStages,
    keeping: Update | undefined,
  ): Promise<boolean>
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
      /** Resolves when what its calls cost is settled. */
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
  stream: StageStream
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

/** Whether a stage's commit completes its run: the last stage, or the one before it when that was committed early. */
const completes = (run: Run, stage: StageName): boolean => {
  const after = stageAfter[stage]
  return run.stage === stage && (after === null || run.early === after)
}

/** What an agent has finished, and what belongs to its commit. */
interface Finished {
  found: RunWithStages
  done: StageWork
  calls: StageCalls
  /** Elements that go into the log with it. */
  rest: Promise<EventDraft[]>
}

/** Commits what an agent has finished, with what its calls used. */
const commit = async (
  worker: Worker,
  { found, done, calls, rest }: Finished,
): Promise<StageOutcome> => {
  const { held, work } = worker
  const { task, claim } = held
  const known = (): Run => work.run ?? found.run
  // What was spent is there for whatever reads it once the run is done.
  const isLast = completes(known(), task.stage)
  const [drafts, past] = await Promise.all([
    rest,
    work.past ?? {},
    isLast && work.ledger?.settle(true),
  ])
  // Its time begins where nothing is waited for any more.
  const ahead = work.claimAfter(held)
  const used = calls.takeUse()
  const output = withUse(done.commit(claim.leaseId), used)
  let committed: Committed
  try {
    const asked = { held, output, drafts, past, ahead }
    committed = await commitStage(worker, known, asked)
  } catch (error) {
    if (error instanceof ConditionFailed) calls.putBack(used)
    throw error
  }
  work.run = committed.run
  const paid = work.ledger?.settle(false) ?? Promise.resolve()
  if (!ahead || !committed.isAhead) return { status: 'committed', next: undefined, paid }
  const next = {
    held: ahead,
    found: foundAfter(committed, task.stage, found, output),
    before: paid,
    stop: new AbortController(),
  }
  return { status: 'committed', next, paid }
}

/** Tries of which earlier workers may have shown elements: a call that was counted with the claim is none. */
const triesOf = ({ stages }: RunWithStages, { task, claim }: HeldStage): number => {
  const counted = stages[task.stage]?.[callCounter(task.attempt)] ?? 0
  const isOurs = claim.calls?.some(({ part }) => part === undefined) ?? false
  return Math.max(0, counted - Number(isOurs))
}

const perform = async (worker: Worker): Promise<StageOutcome> => {
  const { agents, held, work, stream, stop, before } = worker
  const { task, claim } = held
  const found = worker.found ?? (await findWanted(worker))
  if (!found) return { status: 'superseded' }
  const { run } = found
  work.run ??= run
  work.past ??= pastOf(worker, run)
  work.ledger ??= worker.spend.openLedger({ principal: run.owner, runId: run.run_id })
  const { ledger } = work
  const refusal = () => callRefusal(worker)
  const calls = openStageCalls({ ...worker, task, claim, ledger, before, refusal })
  const triesBefore = triesOf(found, held)
  const elements = createElementLog(stream, task, triesBefore, (reason) => stop.abort(reason))
  try {
    const done = await agents[task.stage](found, {
      signal: stop.signal,
      leaseId: claim.leaseId,
      onElement: elements.append,
      countCall: calls.count,
      reserveSearches: calls.reserveSearches,
      ahead: (stage, given, keeping) => work.ahead(held, stage, given, keeping),
    })
    return await commit(worker, { found, done, calls, rest: elements.rest() })
  } catch (error) {
    await Promise.all([elements.settled(), calls.recorded(), ledger.settle(true)])
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
  const stream = work.stream.of(held.task, stop)
  const stopHeartbeat = startHeartbeat(dependencies, held, () =>
    stop.abort(new Superseded('The stage was taken over.')),
  )
  const startedAt = clock.now()
  const outcome = await outcomeOf({ ...dependencies, ...assignment, work, stream })
  stopHeartbeat()
  stream.close()
  const milliseconds = clock.now() - startedAt
  measure('StageLatency', milliseconds, { stage, outcome: latencyOutcome(outcome) })
  if (outcome.status !== 'committed') return { outcome, settled: Promise.resolve() }
  measureStageEnd(stage, 'committed')
  work.seconds[stage] = milliseconds / 1000
  return { outcome, settled: outcome.paid }
}
