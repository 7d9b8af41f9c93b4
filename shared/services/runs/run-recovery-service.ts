import type { StateMachine } from '../../clients/state-machine.ts'
import type { StageTask } from '../../contracts/pipeline.ts'
import type { Clock } from '../../platform/clock.ts'
import { log } from '../../platform/telemetry.ts'
import type { RunOutputRepository } from '../../repositories/run-output-repository.ts'
import { isFinished } from '../../rules/run-state.ts'
import { sweepQuietMs } from '../../rules/time-budgets.ts'
import { codeOfExecutionError, type RunFailureService } from './run-failure-service.ts'

export interface RunRecoveryDependencies {
  clock: Clock
  runs: RunOutputRepository
  machine: StateMachine
  failures: RunFailureService
}

export interface RunRecoveryService {
  /**
   * Ends the run of a message that no worker could take, if the run still waits for that stage.
   * Table first, then the token.
   */
  undeliverable(task: StageTask): Promise<void>
  /**
   * Recovers every quiet run: starts what was never started, ends what no longer has an execution.
   * A few at a time, so that a sweep that dies has done some of it; the next takes the rest.
   */
  sweep(): Promise<void>
}

const recover = async (
  { runs, machine, failures }: RunRecoveryDependencies,
  runId: string,
): Promise<void> => {
  const run = await runs.find(runId)
  if (!run || isFinished(run.state)) return
  const execution = await machine.describe(runId, run.attempt)
  if (execution === undefined) {
    log.warn('execution was never started', { run_id: runId })
    await machine.start({ run_id: runId, attempt: run.attempt, resume_from: run.stage })
  } else if (execution.status !== 'RUNNING') {
    const error = execution.status === 'TIMED_OUT' ? 'States.Timeout' : execution.error
    await failures.fail(runId, run.attempt, (stage) => codeOfExecutionError(error, stage))
  }
}

export const createRunRecoveryService = (
  dependencies: RunRecoveryDependencies,
): RunRecoveryService => {
  const { clock, runs, machine, failures } = dependencies
  return {
    async undeliverable({ run_id, attempt, stage, task_token }) {
      try {
        await failures.fail(run_id, attempt, 'INTERNAL_ERROR', { stage })
      } finally {
        // Also when the table did not take the end: the finalizer then records it.
        await machine.fail(task_token, 'INTERNAL_ERROR', 'No worker could take the stage.')
      }
    },
    async sweep() {
      for await (const quiet of runs.listOpen(clock.now() - sweepQuietMs)) {
        const results = await Promise.allSettled(quiet.map((runId) => recover(dependencies, runId)))
        for (const result of results) {
          if (result.status === 'rejected') log.error('recovery failed', { error: result.reason })
        }
      }
    },
  }
}
