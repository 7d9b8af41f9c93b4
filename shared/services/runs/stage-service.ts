import { StudioError } from '../../contracts/errors.ts'
import { type StageTask, workerInterrupted } from '../../contracts/pipeline.ts'
import { vendorDetail } from '../../platform/problem.ts'
import { log } from '../../platform/telemetry.ts'
import type { StageClaim } from '../../repositories/stage-repository.ts'
import { isFinished } from '../../rules/run-state.ts'
import type { RunFailureService } from './run-failure-service.ts'
import { claimOf, holds, isWanted, takeStage } from './stage-claim.ts'
import { type StageOutcome, type WorkerDependencies, workOn } from './stage-worker.ts'

export interface StageDependencies extends WorkerDependencies {
  failures: RunFailureService
}

export interface StageService {
  /**
   * Does one stage of a run. A second delivery finds the committed output and only returns the
   * token; one that meets a live worker leaves it to that worker. Table first, then the token.
   * @throws what was not foreseen; the message is then delivered again
   */
  run(task: StageTask): Promise<void>
}

/** Returns the token by what the table says of a stage that another worker has, had or ended. */
const settleFromTable = async (
  { runs, machine }: StageDependencies,
  { run_id, stage, task_token }: StageTask,
): Promise<void> => {
  const found = await runs.get(run_id)
  if (found?.stages[stage]?.status === 'committed') await machine.succeed(task_token)
  else if (found && isFinished(found.run.state)) {
    await machine.fail(task_token, found.run.error?.code ?? 'CANCELLED', 'The run has ended.')
  }
}

/** Fails the token with the one error after which the state machine sends the stage again. */
const reportInterruption = async (
  dependencies: StageDependencies,
  task: StageTask,
  claim: StageClaim,
  error: unknown,
): Promise<void> => {
  log.error('stage interrupted', { error: error as Error })
  // A worker that has taken the stage over may work for the same token. When the table cannot be
  // read, the claim counts as held: to keep a token costs the run the time of a lost heartbeat.
  const isHeld = await holds(dependencies, task, claim).catch(() => true)
  if (!isHeld) return settleFromTable(dependencies, task)
  const { machine } = dependencies
  await machine.fail(task.task_token, workerInterrupted, 'The worker was interrupted.')
}

const reportFailure = async (
  dependencies: StageDependencies,
  task: StageTask,
  claim: StageClaim,
  error: StudioError,
): Promise<void> => {
  const { failures, machine } = dependencies
  const { code, retryable, message } = error
  log.warn('stage failed', { code, error })
  const ended = await failures.fail(task.run_id, task.attempt, code, {
    retryable,
    leaseId: claim.leaseId,
    detail: vendorDetail(error),
  })
  if (ended === 'failed') await machine.fail(task.task_token, code, message)
  else await settleFromTable(dependencies, task)
}

const reportError = (
  dependencies: StageDependencies,
  task: StageTask,
  claim: StageClaim,
  error: unknown,
): Promise<void> =>
  error instanceof StudioError && error.code !== 'INTERNAL_ERROR'
    ? reportFailure(dependencies, task, claim, error)
    : reportInterruption(dependencies, task, claim, error)

/** Returns the token of a stage that the worker has ended. */
const returnToken = async (
  dependencies: StageDependencies,
  task: StageTask,
  claim: StageClaim,
  outcome: StageOutcome,
): Promise<void> => {
  if (outcome.status === 'failed') return reportError(dependencies, task, claim, outcome.error)
  try {
    if (outcome.status === 'committed') await dependencies.machine.succeed(task.task_token)
    else await settleFromTable(dependencies, task)
  } catch (error) {
    await reportError(dependencies, task, claim, error)
  }
}

const run = async (dependencies: StageDependencies, task: StageTask): Promise<void> => {
  const { clock, runs } = dependencies
  log.appendKeys({ run_id: task.run_id })
  const found = await runs.get(task.run_id)
  if (!isWanted(task, found)) return settleFromTable(dependencies, task)
  const { session_id } = found.run
  log.appendKeys({ session_id })
  const claim = claimOf(task, clock.now())
  if (!(await takeStage(dependencies, task, claim))) return settleFromTable(dependencies, task)
  const { outcome, settled } = await workOn(dependencies, session_id, task, claim)
  try {
    await returnToken(dependencies, task, claim, outcome)
  } finally {
    await settled
  }
}

export const createStageService = (dependencies: StageDependencies): StageService => ({
  run: (task) => run(dependencies, task),
})
