import type { EarlyResearchTask, StageTask } from '../../contracts/pipeline.ts'
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

/** The same of a search that is made before a run. */
export const factsOfEarlyResearch = ({ session_id, request_id }: EarlyResearchTask): WorkFacts => ({
  what: 'early research',
  session_id,
  request_id,
})
