import type { MediaTask } from '../../contracts/media-pipeline.ts'
import type { WorkFacts } from '../../platform/work-facts.ts'

/** What the lines of an asset's message say of it. */
export const factsOfMediaTask = ({ run_id, attempt, request_id }: MediaTask): WorkFacts => ({
  what: 'asset',
  run_id,
  attempt,
  request_id,
})
