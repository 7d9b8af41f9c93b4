import { Duration, Stack, Validations } from 'aws-cdk-lib'
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import type { IQueue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { nameInTemplate } from './template-name.ts'

/** The evaluation period of alarms on counts. */
export const alarmPeriod = Duration.minutes(5)
/** That of alarms on rates: long enough for their floors to be reached. */
export const ratePeriod = Duration.minutes(15)

export interface AlarmOptions {
  /** What is compared with the threshold in each period. */
  metric: IMetric
  /** The count at which the alarm goes off; 1 when not given. */
  threshold?: number
  /** Periods in a row; 1 when not given. */
  periods?: number
  /** What happened and where to look, for a reader woken at night. */
  description: string
}

export interface RateAlarmOptions extends Pick<AlarmOptions, 'periods' | 'description'> {
  /** Counts of what went wrong, over one period. */
  failed: readonly IMetric[]
  /** Counts of the rest; what went wrong and the rest are the total. */
  rest?: readonly IMetric[]
  /** Counts the total, where the platform does. */
  total?: IMetric
  /** Percent of the total at which the alarm goes off. */
  percent: number
  /** With a smaller total nothing is said: one of two is no rate. */
  floor: number
  /** Nor with fewer failures; 3 when not given. */
  least?: number
}

/** A sum of metrics, in which one without data counts as 0. */
export const sumOf = (ids: readonly string[]): string =>
  ids.map((id) => `FILL(${id}, 0)`).join(' + ')

/** Percent of the total that failed, or 0 below the floors; CloudWatch divides by no zero. */
const rateOf = ({
  failed,
  rest = [],
  total,
  floor,
  least = 3,
}: RateAlarmOptions): MathExpression => {
  const named = (prefix: string, metrics: readonly IMetric[]) =>
    metrics.map((metric, index): [string, IMetric] => [`${prefix}${index}`, metric])
  const wrong = named('failed', failed)
  const others = total ? [] : named('rest', rest)
  const all = total ? named('total', [total]) : [...wrong, ...others]
  const wrongSum = `(${sumOf(wrong.map(([id]) => id))})`
  const allSum = `(${sumOf(all.map(([id]) => id))})`
  return new MathExpression({
    expression: `IF(${allSum} >= ${floor} && ${wrongSum} >= ${least}, 100 * ${wrongSum} / (${allSum} + (${allSum} == 0)), 0)`,
    usingMetrics: Object.fromEntries([...wrong, ...others, ...all]),
    period: ratePeriod,
    label: 'percent',
  })
}

/**
 * Messages of a queue, also those that a consumer is trying: it takes a dead letter as soon as it can
 * be seen, so that one which it fails on for days is hardly ever visible.
 */
export const messagesIn = (queue: IQueue): MathExpression => {
  const period = alarmPeriod
  return new MathExpression({
    expression: 'FILL(visible, 0) + FILL(hidden, 0)',
    usingMetrics: {
      visible: queue.metricApproximateNumberOfMessagesVisible({ period }),
      hidden: queue.metricApproximateNumberOfMessagesNotVisible({ period }),
    },
    period,
    label: 'messages',
  })
}

/** Periods of five minutes after which a message is none that its consumer is about to finish. */
export const deadLetterPeriods = 3

export interface ObservabilityProps {
  /** An address that gets every alarm, once its owner has confirmed the subscription; none when undefined. */
  alarmEmail: string | undefined
}

/** The topic that every alarm is sent to. */
export class Observability extends Construct {
  readonly topic: Topic

  constructor(scope: Construct, id: string, { alarmEmail }: ObservabilityProps) {
    super(scope, id)
    this.topic = new Topic(this, 'Alarms', { enforceSSL: true })
    if (alarmEmail !== undefined) {
      const subscription = this.topic.addSubscription(new EmailSubscription(alarmEmail))
      Validations.of(subscription).acknowledge({
        id: 'Serverless-SNSRedrivePolicy',
        reason:
          'A message that cannot be sent is no loss: the alarm stays in its state until it is looked at.',
      })
    }
    nameInTemplate(this.topic, 'AlarmTopic')
    // `enforceSSL` gives the topic a policy, which replaces the default that lets CloudWatch publish.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    )
  }

  /** Notifies the topic when the metric reaches the threshold; missing data counts as healthy. */
  addAlarm(
    scope: Construct,
    id: string,
    { metric, threshold = 1, periods = 1, description }: AlarmOptions,
  ): void {
    const alarm = new Alarm(scope, id, {
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: description,
    })
    alarm.addAlarmAction(new SnsAction(this.topic))
  }

  /** The same for a share of failures among all. */
  addRateAlarm(scope: Construct, id: string, options: RateAlarmOptions): void {
    const { percent, periods = 1, description } = options
    this.addAlarm(scope, id, { metric: rateOf(options), threshold: percent, periods, description })
  }
}
