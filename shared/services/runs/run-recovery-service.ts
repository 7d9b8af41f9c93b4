import type { StateMachine } from '../../clients/state-machine.ts'
import type { StageTask } from '../../contracts/pipeline.ts'
import type { Clock } from '../../platform/clock.ts'
import { log, measure } from '../../platform/telemetry.ts'
import { note, withFacts } from '../../platform/work-facts.ts'
import type { RunOutputRepository } from '../../repositories/run-output-repository.ts'
import { recoveryOfRun } from '../../rules/recovery.ts'
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

/** What a sweep made of a quiet run. */
type Recovered = 'started' | 'ended' | 'working' | 'stuck'

const recover = async (
  { runs, machine, failures, clock }: RunRecoveryDependencies,
  runId: string,
): Promise<Recovered> => {
  const run = await runs.find(runId)
  if (!run || isFinished(run.state)) return 'ended'
  const { session_id, attempt, stage, request_id, trace } = run
  note({ session_id, attempt, stage, request_id })
  // The index tells when the attempt began; its worker may be at the end of a stage right now.
  if (clock.now() - Date.parse(run.updated_at) < sweepQuietMs) return 'working'
  const execution = await machine.describe(runId, run.attempt)
  const recovery = recoveryOfRun(run, execution, clock.now())
  if (recovery === 'start') {
    log.warn('execution was never started', { run_id: runId })
    await machine.start({ run_id: runId, attempt, resume_from: stage, request_id, trace })
    measure('RunRepair', 1, { outcome: 'started' })
    return 'started'
  }
  if (recovery === 'end') {
    const error = execution?.status === 'TIMED_OUT' ? 'States.Timeout' : execution?.error
    const ended = await failures.fail(runId, attempt, (at) => codeOfExecutionError(error, at))
    if (ended === 'failed') {
      log.warn('run ended by the sweeper', { run_id: runId })
      measure('RunRepair', 1, { outcome: 'ended' })
    }
    return 'ended'
  }
  return recovery
}

/** Recovers the runs of one page side by side; one that fails does not keep the others. */
const recoverAll = async (
  dependencies: RunRecoveryDependencies,
  runIds: string[],
): Promise<Recovered[]> =>
  Promise.all(
    runIds.map((runId) =>
      withFacts({ run_id: runId }, async () => {
        try {
          return await recover(dependencies, runId)
        } catch (error) {
          log.error('recovery failed', { error })
          measure('RunRepair', 1, { outcome: 'failed' })
          return 'stuck'
        }
      }),
    ),
  )

const sweep = async (dependencies: RunRecoveryDependencies): Promise<void> => {
  const { clock, runs } = dependencies
  const found: Recovered[] = []
  for await (const quiet of runs.listOpen(clock.now() - sweepQuietMs)) {
    found.push(...(await recoverAll(dependencies, quiet)))
  }
  measure('StuckRun', found.filter((one) => one === 'stuck').length)
  note({ count: found.length })
}

export const createRunRecoveryService = (
  dependencies: RunRecoveryDependencies,
): RunRecoveryService => {
  const { machine, failures } = dependencies
  return {
    async undeliverable({ run_id, attempt, stage, task_token }) {
      try {
        const ended = await failures.fail(run_id, attempt, 'INTERNAL_ERROR', { stage })
        note({ outcome: ended === 'failed' ? 'run_ended' : 'left' })
      } finally {
        // Also when the table did not take the end: the finalizer then records it.
        await machine.fail(task_token, 'INTERNAL_ERROR', 'No worker could take the stage.')
      }
    },
    sweep: () => sweep(dependencies),
  }
}
