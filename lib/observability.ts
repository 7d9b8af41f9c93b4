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

/** The evaluation period of every alarm. */
export const alarmPeriod = Duration.minutes(5)

export interface AlarmOptions {
  /** Counts failures over `alarmPeriod`. */
  metric: IMetric
  /** The count at which the alarm goes off; 1 when not given. */
  threshold?: number
  /** What happened and where to look, for a reader woken at night. */
  description: string
}

/** The topic that every alarm is sent to. */
export class Observability extends Construct {
  readonly topic: Topic

  constructor(scope: Construct, id: string) {
    super(scope, id)
    this.topic = new Topic(this, 'Alarms', { enforceSSL: true })
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
