import { EndTask } from '../../shared/contracts/ends.ts'
import { queueHandler } from '../../shared/platform/queue-handler.ts'
import { endService } from '../end-composition.ts'

const ends = endService()

/**
 * The queue of ends delivers, at least once, what a transaction has committed. A second delivery finds the end
 * announced.
 */
export const handler = queueHandler(
  EndTask,
  () => ({ what: 'end' }),
  (task) => ends.announce(task),
)
