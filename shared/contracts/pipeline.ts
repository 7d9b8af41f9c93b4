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

/** What EventBridge tells of an execution that ended, as far as we read it. */
export const ExecutionEnded = z.object({
  detail: z.object({
    name: z.string(),
    status: z.enum(['FAILED', 'TIMED_OUT', 'ABORTED']),
    error: z.string().nullish(),
  }),
})
export type ExecutionEnded = z.infer<typeof ExecutionEnded>
