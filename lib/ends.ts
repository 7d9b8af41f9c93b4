import { ArnFormat, CfnOutput, Duration, Stack, Validations } from 'aws-cdk-lib'
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { eventSource } from '../shared/contracts/ends.ts'
import { retentionDays } from '../shared/rules/retention.ts'
import { functionMs } from '../shared/rules/time-budgets.ts'
import type { Data } from './data.ts'
import { alarmPeriod } from './observability.ts'
import { acknowledgeSource } from './queue-source.ts'
import { type ServiceContext, ServiceFunction } from './service-function.ts'
import { nameInTemplate } from './template-name.ts'

/** A received message stays hidden for the function's whole timeout and a margin. */
const visibilityFor = (milliseconds: number): Duration => Duration.millis(milliseconds + 40_000)

/**
 * What tells others that a run, a job or an asset has ended: its queue, and the function that puts events on the
 * account's default bus. The queue of deliveries to webhooks lies here too, since the function fills it.
 */
export class Ends extends Construct {
  /** What neither the announcer nor the sender could handle in three tries. */
  readonly deadLetters: Queue
  readonly deliveries: Queue
  private readonly queue: Queue

  constructor(scope: Construct, id: string, props: { service: ServiceContext; data: Data }) {
    super(scope, id)
    const shared = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true }
    this.deadLetters = new Queue(this, 'DeadLetters', {
      ...shared,
      retentionPeriod: Duration.days(retentionDays('deadLetter')),
    })
    Validations.of(this.deadLetters).acknowledge({
      id: 'Serverless-SQSRedrivePolicy',
      reason:
        'It is the dead-letter queue; what it holds is in the table too, and the sweeper sends it again.',
    })
    const withDeadLetters = {
      ...shared,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 3 },
    }
    this.queue = new Queue(this, 'Queue', {
      ...withDeadLetters,
      visibilityTimeout: visibilityFor(functionMs.announcer),
    })
    this.deliveries = new Queue(this, 'Deliveries', {
      ...withDeadLetters,
      visibilityTimeout: visibilityFor(functionMs.webhookSender),
    })
    nameInTemplate(this.deadLetters, 'EndDeadLetterQueue')
    nameInTemplate(this.queue, 'EndQueue')
    nameInTemplate(this.deliveries, 'DeliveryQueue')
    this.addAnnouncer(props)
    new CfnOutput(Stack.of(this), 'EventSource', { value: eventSource(props.service.stage) })
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
    service.observability.addAlarm(this, 'DeadLettersNotEmpty', {
      metric: this.deadLetters.metricApproximateNumberOfMessagesVisible({ period: alarmPeriod }),
      description:
        'An end could not be announced, or a webhook not be called, in three tries. See the lines of Announcer and WebhookSender; the sweeper sends it again every minute, so that the letter itself can be deleted.',
    })
  }
}
