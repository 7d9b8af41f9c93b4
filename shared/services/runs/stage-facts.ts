import type { StageTask } from '../../contracts/pipeline.ts'
import type { WorkFacts } from '../../platform/work-facts.ts'

/** What the lines of a stage's message and of the stage itself say of it. */
export const factsOfTask = ({
  run_id,
  attempt,
  stage,
  execution,
}: Omit<StageTask, 'task_token'>): WorkFacts => ({
  what: stage,
  stage,
  run_id,
  attempt,
  request_id: execution?.request_id,
})
