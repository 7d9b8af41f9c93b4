import { ArnFormat, Duration, Stack } from 'aws-cdk-lib'
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { eventSource } from '../shared/contracts/ends.ts'
import { functionMs } from '../shared/rules/time-budgets.ts'
import type { Data } from './data.ts'
import { deadLetterPeriods, messagesIn } from './observability.ts'
import { acknowledgeSource } from './queue-source.ts'
import { type ServiceContext, ServiceFunction } from './service-function.ts'
import { nameInTemplate } from './template-name.ts'
import { deadLetterQueue, workQueue } from './work-queue.ts'

/**
 * What tells others that a run, a job or an asset has ended: its queue, and the function that puts events on the
 * account's default bus. The queue of deliveries to webhooks lies here too, since the function fills it.
 */
export class Ends extends Construct {
  readonly queue: Queue
  /** What the announcer could not handle in three tries. */
  readonly deadLetters: Queue
  readonly deliveries: Queue
  /** The same of the sender. */
  readonly deliveryDeadLetters: Queue

  constructor(scope: Construct, id: string, props: { service: ServiceContext; data: Data }) {
    super(scope, id)
    this.deadLetters = deadLetterQueue(this, 'DeadLetters')
    this.queue = workQueue(this, 'Queue', {
      worker: Duration.millis(functionMs.announcer),
      deadLetters: this.deadLetters,
    })
    this.deliveryDeadLetters = deadLetterQueue(this, 'DeliveryDeadLetters')
    this.deliveries = workQueue(this, 'Deliveries', {
      worker: Duration.millis(functionMs.webhookSender),
      deadLetters: this.deliveryDeadLetters,
    })
    nameInTemplate(this.deadLetters, 'EndDeadLetterQueue')
    nameInTemplate(this.deliveryDeadLetters, 'DeliveryDeadLetterQueue')
    nameInTemplate(this.queue, 'EndQueue')
    nameInTemplate(this.deliveries, 'DeliveryQueue')
    this.addAnnouncer(props)
    this.addAlarms(props.service)
  }

  /** Lets the function send ends that it has committed. */
  allowEnd(fn: ServiceFunction): void {
    fn.setSetting('endQueueUrl', this.queue.queueUrl)
    fn.allow(['sqs:SendMessage'], [this.queue.queueArn])
  }

  /** Lets the function have webhooks called. */
  allowDelivery(fn: ServiceFunction): void {
    fn.setSetting('deliveryQueueUrl', this.deliveries.queueUrl)
    fn.allow(['sqs:SendMessage'], [this.deliveries.queueArn])
  }

  private addAlarms({ observability }: ServiceContext): void {
    const waiting = { threshold: 1, periods: deadLetterPeriods }
    observability.addAlarm(this, 'DeadLettersNotEmpty', {
      ...waiting,
      metric: messagesIn(this.deadLetters),
      description:
        'An end could not be announced in three tries. See the lines of Announcer. The sweeper sends it again every minute; npm run ops -- redrive ends takes the letter away.',
    })
    observability.addAlarm(this, 'DeliveryDeadLettersNotEmpty', {
      ...waiting,
      metric: messagesIn(this.deliveryDeadLetters),
      description:
        'A delivery to a webhook broke its worker three times: not a receiver that refuses it, which is no error. See the lines of WebhookSender. The sweeper sends it again; npm run ops -- redrive deliveries takes the letter away.',
    })
  }

  private addAnnouncer({ service, data }: { service: ServiceContext; data: Data }): void {
    const announcer = new ServiceFunction(this, 'Announcer', {
      service,
      description: 'Tells the event bus, and webhooks, that a run, a job or an asset has ended.',
      timeout: Duration.millis(functionMs.announcer),
    })
    announcer.addEventSource(
      new SqsEventSource(this.queue, { reportBatchItemFailures: true, maxConcurrency: 2 }),
    )
    acknowledgeSource(announcer)
    data.allowTable(announcer, ['GetItem', 'Query', 'PutItem', 'DeleteItem'])
    const bus = Stack.of(this).formatArn({
      service: 'events',
      resource: 'event-bus',
      resourceName: 'default',
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    })
    announcer.allow(['events:PutEvents'], [bus], {
      StringEquals: { 'events:source': eventSource(service.stage) },
    })
    this.allowDelivery(announcer)
  }
}
