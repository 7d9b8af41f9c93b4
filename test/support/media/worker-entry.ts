import { mediaPipeline } from '../../../functions/media-composition.ts'
import { MediaTask } from '../../../shared/contracts/media-pipeline.ts'
import { queueHandler } from '../../../shared/platform/queue-handler.ts'
import { factsOfMediaTask } from '../../../shared/services/media/asset-facts.ts'
import { scriptedMakers } from './scripted-makers.ts'

const pipeline = mediaPipeline(scriptedMakers)

/** The media worker with other makers. */
export const handler = queueHandler(MediaTask, factsOfMediaTask, (task, { receiptHandle }) =>
  pipeline.run(task, receiptHandle),
)
