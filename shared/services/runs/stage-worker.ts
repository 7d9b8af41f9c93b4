import { ConditionFailed } from '../../clients/store.ts'
import { asStudioError, StudioError } from '../../contracts/errors.ts'
import { log, measure } from '../../platform/telemetry.ts'
import type { Run, RunWithStages } from '../../repositories/run-output-repository.ts'
import { callCounter } from '../../repositories/stage-counters.ts'
import type { StageDurations } from '../../repositories/stage-duration-repository.ts'
import { timeoutCode } from './run-failure-service.ts'
import { openStageCalls } from './stage-calls.ts'
import { type HeldStage, holds, isWanted, startHeartbeat } from './stage-claim.ts'
import { completes } from './stage-commit.ts'
import { createElementLog } from './stage-elements.ts'
import { finishStage } from './stage-finish.ts'
import { beginFollowing, type Following } from './stage-following.ts'
import { failureOutcome, measureStageEnd } from './stage-metrics.ts'
import type {
  Assignment,
  RunWork,
  StageOutcome,
  StageResult,
  Worker,
  WorkerDependencies,
} from './stage-work.ts'
import { Superseded } from './worker-stream.ts'

/** The run, as far as its stage is still wanted now that the claim is ours. */
const findWanted = async ({
  machine,
  runs,
  held: { task, token },
  work,
  begun,
}: Worker): Promise<RunWithStages | undefined> => {
  await begun
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

/** How long past stages took, for the events of a job. */
const pastOf = async ({ durations }: Worker, run: Run): Promise<StageDurations> =>
  run.job_id === undefined ? {} : (await durations.read())[run.mode]

/** Tries of which earlier workers may have shown elements: a call that was counted with the claim is none. */
const triesOf = ({ stages }: RunWithStages, { task, claim }: HeldStage): number => {
  const counted = stages[task.stage]?.[callCounter(task.attempt)] ?? 0
  const isOurs = claim.calls?.some(({ part }) => part === undefined) ?? false
  return Math.max(0, counted - Number(isOurs))
}

const isBegun = async ({ begun }: Worker): Promise<boolean> => {
  try {
    await begun
    return true
  } catch {
    return false
  }
}

const perform = async (worker: Worker): Promise<StageOutcome> => {
  const { agents, held, work, stream, stop, begun } = worker
  const { task, claim } = held
  const found = worker.found ?? (await findWanted(worker))
  if (!found) {
    const { calls = [] } = claim
    if (calls.length > 0) await worker.runs.uncountCalls(task.run_id, task.stage, claim, calls)
    return { status: 'superseded' }
  }
  // What was kept of the stage is shown before any call.
  if (found.stages[task.stage]) await begun
  const { run } = found
  work.run ??= run
  work.past ??= pastOf(worker, run)
  work.ledger ??= worker.spend.openLedger({ principal: run.owner, runId: run.run_id })
  const { ledger } = work
  const calls = openStageCalls({
    ...worker,
    task,
    claim,
    ledger,
    refusal: () => callRefusal(worker),
    onIdle() {
      // What a run's end waits for is written while the last texts are judged.
      if (completes(work.run ?? run, task.stage)) void ledger.settle(true)
    },
  })
  const triesBefore = triesOf(found, held)
  const elements = createElementLog(stream, task, triesBefore, (reason) => stop.abort(reason))
  const aside: PromiseLike<unknown>[] = []
  let early: Following | undefined
  try {
    const done = await agents[task.stage](found, {
      signal: stop.signal,
      begun,
      leaseId: claim.leaseId,
      onElement: elements.append,
      onPositioning(positioning) {
        early ??= beginFollowing(worker, work.run ?? run, () => ({ ...found, positioning }))
      },
      aside: (beside) => void aside.push(beside),
      countCall: calls.count,
      countTry: calls.countTry,
      reserveSearches: calls.reserveSearches,
      async ahead(stage, given, keeping) {
        return (await isBegun(worker)) && work.ahead(held, stage, given, keeping)
      },
    })
    return await finishStage(worker, { found, done, calls, aside, early, rest: elements.rest() })
  } catch (error) {
    early?.drop('The stage before has failed.')
    await Promise.all([elements.settled(), calls.recorded(), ledger.settle(true), ...aside])
    throw error
  }
}

const outcomeOf = async (worker: Worker): Promise<StageOutcome> => {
  const { signal } = worker.stop
  try {
    return await perform(worker)
  } catch (error) {
    // A claim that is still on its way could not be given up.
    if (!(await isBegun(worker))) return { status: 'not_begun' }
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
  const { held, begun, stop } = assignment
  const { stage } = held.task
  const stream = work.stream.of(held.task, stop)
  const stopHeartbeat = startHeartbeat(dependencies, held, begun, () =>
    stop.abort(new Superseded('The stage was taken over.')),
  )
  // What was asked for is ended at once.
  begun?.catch((reason) => stop.abort(reason))
  const startedAt = clock.now()
  const outcome = await outcomeOf({ ...dependencies, ...assignment, work, stream })
  stopHeartbeat()
  stream.close()
  if (outcome.status === 'not_begun') return { outcome, settled: Promise.resolve() }
  const milliseconds = clock.now() - startedAt
  measure('StageLatency', milliseconds, { stage, outcome: latencyOutcome(outcome) })
  if (outcome.status !== 'committed') return { outcome, settled: Promise.resolve() }
  measureStageEnd(stage, 'committed')
  return { outcome, settled: outcome.settled }
}
