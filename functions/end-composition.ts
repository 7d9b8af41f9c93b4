import { eventBus } from '../shared/clients/event-bus.ts'
import { requiredSetting } from '../shared/platform/environment.ts'
import { environmentNames } from '../shared/platform/environment-names.ts'
import { createDeliveryRepository } from '../shared/repositories/delivery-repository.ts'
import { createEndRepository } from '../shared/repositories/end-repository.ts'
import { createWebhookRepository } from '../shared/repositories/webhook-repository.ts'
import { createEndService } from '../shared/services/ends/end-service.ts'
import { table } from './clients.ts'
import { deliveryQueue } from './delivery-queue.ts'

export const endService = ({ store, clock } = table()) =>
  createEndService({
    stage: requiredSetting(environmentNames.stage),
    ends: createEndRepository(store, clock),
    webhooks: createWebhookRepository(store, clock),
    deliveries: createDeliveryRepository(store, clock),
    bus: eventBus,
    queue: deliveryQueue,
  })
