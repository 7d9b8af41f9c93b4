import * as z from 'zod'
import { StageName } from './agents.ts'
import { RunId } from './runs.ts'

/** A message of the stage queue: ids, never content. */
export const StageTask = z.object({
  run_id: RunId,
  attempt: z.number().int().min(1),
  stage: StageName,
  /** The state machine's retry count, from 0. */
  retry: z.number().int().min(0),
  task_token: z.string().min(1),
})
export type StageTask = z.infer<typeof StageTask>

/** The error of a task whose worker was interrupted: another try may succeed. */
export const workerInterrupted = 'WORKER_INTERRUPTED'

/** How an execution ends that does not succeed. */
export const failedExecutionStatuses = ['FAILED', 'TIMED_OUT', 'ABORTED'] as const

/** What EventBridge tells of an execution that ended, as far as we read it. */
export const ExecutionEnded = z.object({
  detail: z.object({
    name: z.string(),
    status: z.enum(failedExecutionStatuses),
    error: z.string().nullish(),
  }),
})
export type ExecutionEnded = z.infer<typeof ExecutionEnded>
