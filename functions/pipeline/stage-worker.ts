import { StageTask } from '../../shared/contracts/pipeline.ts'
import { queueHandler } from '../../shared/platform/queue-handler.ts'
import { factsOfTask } from '../../shared/services/runs/stage-facts.ts'
import { stageService } from '../stage-composition.ts'

const stages = stageService()

/**
 * The stage queue delivers, at least once. A second delivery finds the committed output, or a live
 * worker, and does nothing more than return the token, or leave it to that worker.
 */
export const handler = queueHandler(StageTask, factsOfTask, (task, { until }) =>
  stages.run(task, until),
)
