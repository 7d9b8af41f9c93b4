import { StageTask } from '../../shared/contracts/pipeline.ts'
import { queueHandler } from '../../shared/platform/queue-handler.ts'
import { factsOfTask } from '../../shared/services/runs/stage-facts.ts'
import { runRecoveryService } from '../recovery-composition.ts'

const recovery = runRecoveryService()

/**
 * The dead-letter queue delivers what the stage worker could not take in three tries. A second
 * delivery finds the run ended.
 */
export const handler = queueHandler(StageTask, factsOfTask, (task) => recovery.undeliverable(task))
