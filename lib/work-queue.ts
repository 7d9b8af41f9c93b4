import { Duration, Validations } from 'aws-cdk-lib'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import { retentionDays } from '../shared/rules/retention.ts'

/**
 * A received message stays hidden for the function's whole timeout and a margin. AWS recommends six
 * times the timeout, for throttled batches; but the state machine resends a stage after half a minute
 * anyway, and a poison message would take six times as long to reach the dead-letter queue. A worker
 * of media hides its message from heartbeat to heartbeat: there this is for one that dies before its first.
 */
const visibilityFor = (timeout: Duration): Duration => timeout.plus(Duration.seconds(40))

const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true }

/** @param consumer the timeout of the function that takes dead letters; without one they wait for an operator */
export const deadLetterQueue = (scope: Construct, id: string, consumer?: Duration): Queue => {
  const queue = new Queue(scope, id, {
    ...common,
    retentionPeriod: Duration.days(retentionDays('deadLetter')),
    ...(consumer && { visibilityTimeout: visibilityFor(consumer) }),
  })
  const why = consumer
    ? 'what its consumer cannot handle stays, and an alarm rings.'
    : 'what it holds is in the table too, and the sweeper sends it again.'
  Validations.of(queue).acknowledge({
    id: 'Serverless-SQSRedrivePolicy',
    reason: `It is the dead-letter queue; ${why}`,
  })
  return queue
}

/**
 * A queue whose messages are tried three times.
 * @param worker the timeout of the function that takes them
 */
export const workQueue = (
  scope: Construct,
  id: string,
  { worker, deadLetters }: { worker: Duration; deadLetters: Queue },
): Queue =>
  new Queue(scope, id, {
    ...common,
    deadLetterQueue: { queue: deadLetters, maxReceiveCount: 3 },
    visibilityTimeout: visibilityFor(worker),
  })

/**
 * A queue of hints, which may be lost: what is not taken in time is not worth doing any more, and leaves no dead letter.
 * @param worker the timeout of the function that takes them
 * @param kept how long a hint is worth taking
 */
export const hintQueue = (
  scope: Construct,
  id: string,
  { worker, kept }: { worker: Duration; kept: Duration },
): Queue => {
  const queue = new Queue(scope, id, {
    ...common,
    retentionPeriod: kept,
    visibilityTimeout: visibilityFor(worker),
  })
  const reason =
    'A hint that could not be taken is dropped: what it asks for is done later in any case.'
  Validations.of(queue).acknowledge(
    { id: 'AwsSolutions-SQS3', reason },
    { id: 'Serverless-SQSRedrivePolicy', reason },
  )
  return queue
}
