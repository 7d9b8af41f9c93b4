import { MediaTask } from '../../shared/contracts/media-pipeline.ts'
import { queueHandler } from '../../shared/platform/queue-handler.ts'
import { factsOfMediaTask } from '../../shared/services/media/asset-facts.ts'
import { mediaDeadLetters } from '../media-composition.ts'

const pipeline = mediaDeadLetters()

/**
 * The dead-letter queue delivers what the media worker could not take in three tries. A second delivery finds
 * the asset ended.
 */
export const handler = queueHandler(MediaTask, factsOfMediaTask, (task) =>
  pipeline.undeliverable(task),
)
