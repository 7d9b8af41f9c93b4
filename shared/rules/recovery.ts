import { stuckRunMs } from './time-budgets.ts'

/** What a sweep does about a quiet run; the last two it leaves as they are. */
export type RunRecovery =
  /** Its execution was never started. */
  | 'start'
  /** Its execution has ended, and the run has not. */
  | 'end'
  | 'working'
  /** It works for longer than an execution may take. */
  | 'stuck'

/**
 * @param execution undefined when that attempt was never started
 * @param now epoch milliseconds
 */
export const recoveryOfRun = (
  { updated_at }: { updated_at: string },
  execution: { status: string } | undefined,
  now: number,
): RunRecovery => {
  if (execution === undefined) return 'start'
  if (execution.status !== 'RUNNING') return 'end'
  return now - Date.parse(updated_at) > stuckRunMs ? 'stuck' : 'working'
}
