import { systemResolver } from '../shared/clients/pages/public-address.ts'
import { setting } from '../shared/platform/environment.ts'
import { environmentNames } from '../shared/platform/environment-names.ts'
import { createDeliveryRepository } from '../shared/repositories/delivery-repository.ts'
import { createEndRepository } from '../shared/repositories/end-repository.ts'
import { createWebhookRepository } from '../shared/repositories/webhook-repository.ts'
import { createEndRecovery } from '../shared/services/ends/end-recovery.ts'
import { createDeliveryService } from '../shared/services/webhooks/delivery-service.ts'
import { createWebhookService } from '../shared/services/webhooks/webhook-service.ts'
import { limited, table } from './clients.ts'
import { deliveryQueue } from './delivery-queue.ts'
import { limitService } from './limit-composition.ts'
import { endQueue } from './log-composition.ts'

const network = () => ({
  resolve: systemResolver,
  allowLoopback: setting(environmentNames.webhooksAllowLoopback) === 'true',
})

export const webhookService = (clients = limited()) =>
  createWebhookService({
    clock: clients.clock,
    limits: limitService(clients),
    webhooks: createWebhookRepository(clients.store, clients.clock),
    deliveries: createDeliveryRepository(clients.store, clients.clock),
    queue: deliveryQueue,
    network: network(),
  })

export const deliveryService = ({ store, clock } = table()) =>
  createDeliveryService({
    clock,
    webhooks: createWebhookRepository(store, clock),
    deliveries: createDeliveryRepository(store, clock),
    queue: deliveryQueue,
    network: network(),
    chance: Math.random,
  })

export const endRecovery = ({ store, clock } = table()) =>
  createEndRecovery({
    clock,
    ends: createEndRepository(store, clock),
    deliveries: createDeliveryRepository(store, clock),
    endQueue,
    deliveryQueue,
  })
