import { Duration, Stack } from 'aws-cdk-lib'
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'
import { nameInTemplate } from './template-name.ts'

/** The period over which every alarm of the product counts. */
export const alarmPeriod = Duration.minutes(5)

export interface AlarmOptions {
  /** Counts something bad over `alarmPeriod`. */
  metric: IMetric
  /** The alarm rings from this count on; 1 when not given. */
  threshold?: number
  /** What happened and where to look: the person who reads it was asleep. */
  description: string
}

/** The one topic that every alarm of the product goes to. */
export class Observability extends Construct {
  readonly topic: Topic

  constructor(scope: Construct, id: string) {
    super(scope, id)
    this.topic = new Topic(this, 'Alarms', { enforceSSL: true })
    nameInTemplate(this.topic, 'AlarmTopic')
    // A topic with a policy of its own loses the default one, which let CloudWatch publish.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    )
  }

  /** Rings in the topic when the metric reaches the threshold; no data counts as good. */
  addAlarm(scope: Construct, id: string, { metric, threshold = 1, description }: AlarmOptions) {
    const alarm = new Alarm(scope, id, {
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      alarmDescription: description,
    })
    alarm.addAlarmAction(new SnsAction(this.topic))
  }
}
