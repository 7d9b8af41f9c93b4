import * as z from 'zod'
import { StageName } from './agents.ts'
import { RunId } from './runs.ts'
import { SessionId } from './session.ts'

/** Where an execution came from: the request that started or resumed its run, and that request's trace. */
const ExecutionOrigin = z.object({
  request_id: z.string().optional().catch(undefined),
  trace: z.string().optional().catch(undefined),
})

/** A message of the stage queue: ids, never content. */
export const StageTask = z.object({
  run_id: RunId,
  attempt: z.number().int().min(1),
  stage: StageName,
  /** The state machine's retry count, from 0. */
  retry: z.number().int().min(0),
  task_token: z.string().min(1),
  /**
   * The execution's input, as far as lines need it; missing in messages of an older machine. Nothing
   * about it keeps a stage from its work.
   */
  execution: ExecutionOrigin.optional().catch(undefined),
})
export type StageTask = z.infer<typeof StageTask>

/** A message of the queue of early searches: a session whose brief says what it is about. */
export const EarlyResearchTask = z.object({
  session_id: SessionId,
  /** The request that the brief changed with, as far as lines need it. */
  request_id: z.string().optional().catch(undefined),
})
export type EarlyResearchTask = z.infer<typeof EarlyResearchTask>

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
    /** The execution's input as JSON; left out of an event that would become too large. */
    input: z.string().nullish().catch(undefined),
  }),
})
export type ExecutionEnded = z.infer<typeof ExecutionEnded>

/** The request that an ended execution goes back to. */
export const originOf = (input: string | null | undefined): string | undefined => {
  try {
    return ExecutionOrigin.safeParse(JSON.parse(input ?? 'null')).data?.request_id
  } catch {
    return undefined
  }
}
