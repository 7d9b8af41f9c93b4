import { Duration } from 'aws-cdk-lib'
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources'
import { Construct } from 'constructs'
import { webhookRoutes } from '../shared/contracts/http/webhook-routes.ts'
import { ownerIndex } from '../shared/rules/storage-layout.ts'
import { functionMs } from '../shared/rules/time-budgets.ts'
import type { Data } from './data.ts'
import type { Ends } from './ends.ts'
import type { HttpApi } from './http-api.ts'
import { acknowledgeSource } from './queue-source.ts'
import type { Secrets } from './secrets.ts'
import { type ServiceContext, ServiceFunction } from './service-function.ts'

export interface WebhooksProps {
  service: ServiceContext
  data: Data
  secrets: Secrets
  http: HttpApi
  ends: Ends
}

/** Webhooks: the function of their routes, and the one that calls their receivers. */
export class Webhooks extends Construct {
  constructor(scope: Construct, id: string, props: WebhooksProps) {
    super(scope, id)
    this.addHttp(props)
    this.addSender(props)
  }

  private addHttp({ service, data, secrets, http, ends }: WebhooksProps): void {
    const webhooks = new ServiceFunction(this, 'HttpWebhooks', {
      service,
      description: 'Makes webhooks, shows what became of their deliveries, and has them tried.',
      countsBy: 'address',
    })
    http.route(webhooks, Object.values(webhookRoutes))
    data.allowTable(
      webhooks,
      ['GetItem', 'Query', 'PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'],
      [ownerIndex.name],
    )
    secrets.allowIdentification(webhooks)
    secrets.allowWebhookSigningKey(webhooks)
    ends.allowDelivery(webhooks)
  }

  private addSender({ service, data, secrets, ends }: WebhooksProps): void {
    const sender = new ServiceFunction(this, 'WebhookSender', {
      service,
      description: 'Calls the receiver of a webhook, once for each try of a delivery.',
      timeout: Duration.millis(functionMs.webhookSender),
    })
    sender.addEventSource(
      new SqsEventSource(ends.deliveries, {
        reportBatchItemFailures: true,
        // A batch waits for its slowest receiver.
        batchSize: 1,
        maxConcurrency: service.capacity.mediaWorkers,
      }),
    )
    acknowledgeSource(sender)
    data.allowTable(sender, ['GetItem', 'Query', 'UpdateItem'])
    secrets.allowWebhookSigningKey(sender)
    ends.allowDelivery(sender)
  }
}
