import type { StateMachine } from '../../clients/state-machine.ts'
import type { StageTask } from '../../contracts/pipeline.ts'
import type { Clock } from '../../platform/clock.ts'
import { log } from '../../platform/telemetry.ts'
import { isFinished, type RunOutputRepository } from '../../repositories/run-output-repository.ts'
import { sweepQuietMs } from '../../rules/time-budgets.ts'
import { codeOfExecutionError, type RunFailureService } from './run-failure-service.ts'

export interface RunRecoveryDependencies {
  clock: Clock
  runs: RunOutputRepository
  machine: StateMachine
  failures: RunFailureService
}

export const createRunRecoveryService = (dependencies: RunRecoveryDependencies) => {
  const { clock, runs, machine, failures } = dependencies

  const recover = async (runId: string): Promise<void> => {
    const found = await runs.get(runId)
    if (!found || isFinished(found.run.state)) return
    const { run } = found
    const execution = await machine.describe(runId, run.attempt)
    if (execution === undefined) {
      log.warn('execution was never started', { run_id: runId })
      await machine.start({ run_id: runId, attempt: run.attempt, resume_from: run.stage })
    } else if (execution.status !== 'RUNNING') {
      const error = execution.status === 'TIMED_OUT' ? 'States.Timeout' : execution.error
      await failures.fail(runId, run.attempt, (stage) => codeOfExecutionError(error, stage))
    }
  }

  return {
    /**
     * Ends the run of a message that no worker could take, if the run still waits for that stage.
     * Table first, then the token.
     */
    async undeliverable({ run_id, attempt, stage, task_token }: StageTask): Promise<void> {
      const found = await runs.get(run_id)
      const isAtStage = found?.run.stage === stage && found.stages[stage]?.status !== 'committed'
      if (isAtStage) await failures.fail(run_id, attempt, 'INTERNAL_ERROR')
      await machine.fail(task_token, 'INTERNAL_ERROR', 'No worker could take the stage.')
    },

    /**
     * Looks after every quiet run: starts what was never started, ends what has no execution any more.
     * A few at a time, so that a sweep that dies has done some of it; the next takes the rest.
     */
    async sweep(): Promise<void> {
      for await (const quiet of runs.listOpen(clock.now() - sweepQuietMs)) {
        const results = await Promise.allSettled(quiet.map(recover))
        for (const result of results) {
          if (result.status === 'rejected') log.error('recovery failed', { error: result.reason })
        }
      }
    },
  }
}
