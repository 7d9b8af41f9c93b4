import { DeliveryTask } from '../../shared/contracts/webhooks.ts'
import { queueHandler } from '../../shared/platform/queue-handler.ts'
import { deliveryService } from '../webhook-composition.ts'

const deliveries = deliveryService()

/**
 * The queue of deliveries delivers, at least once, and after a pause what is tried again. A second delivery finds
 * the try made, or another worker at it.
 */
export const handler = queueHandler(
  DeliveryTask,
  () => ({ what: 'delivery' }),
  (task) => deliveries.deliver(task),
)
