import { Duration } from 'aws-cdk-lib'
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { earlyResearchLimits, earlyResearchMs } from '../shared/rules/early-research.ts'
import type { ServiceContext, ServiceFunction } from './service-function.ts'
import { nameInTemplate } from './template-name.ts'
import { hintQueue } from './work-queue.ts'

/** Research that begins while a brief is still talked about: the queue that the functions of turns ask by. */
export class EarlyResearch extends Construct {
  private readonly queue: Queue

  constructor(scope: Construct, id: string, { service }: { service: ServiceContext }) {
    super(scope, id)
    this.queue = hintQueue(this, 'Queue', {
      worker: service.times.stageWorker,
      kept: Duration.millis(earlyResearchMs.queued),
    })
    nameInTemplate(this.queue, 'EarlyResearchQueue')
  }

  /** Lets the function ask for a search. */
  allowRequest(fn: ServiceFunction): void {
    fn.setSetting('earlyResearchQueueUrl', this.queue.queueUrl)
    fn.allow(['sqs:SendMessage'], [this.queue.queueArn])
  }

  /** Has the function make the searches: beside others, and apart from stages, which must not wait for them. */
  addWorker(fn: ServiceFunction): void {
    fn.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: earlyResearchLimits.batch,
        reportBatchItemFailures: true,
        maxConcurrency: earlyResearchLimits.workers,
      }),
    )
  }
}
