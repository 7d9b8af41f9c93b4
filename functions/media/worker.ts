import { MediaTask } from '../../shared/contracts/media-pipeline.ts'
import { queueHandler } from '../../shared/platform/queue-handler.ts'
import { factsOfMediaTask } from '../../shared/services/media/asset-facts.ts'
import { mediaPipeline } from '../media-composition.ts'
import { makers } from '../media-makers.ts'

const pipeline = mediaPipeline(makers)

/**
 * The media queue delivers, at least once. A second delivery finds the asset ended, or a live worker, and does
 * nothing.
 */
export const handler = queueHandler(MediaTask, factsOfMediaTask, (task, { receiptHandle }) =>
  pipeline.run(task, receiptHandle),
)
