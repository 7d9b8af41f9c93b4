import { Validations } from 'aws-cdk-lib'
import type { Rule } from 'aws-cdk-lib/aws-events'

/** Of a schedule: what makes up for an event that is lost. */
export const nextOneFollows =
  'The next event of the schedule comes a minute later and finds the same work.'

/** A dead-letter queue would keep events that nothing has to be told again. */
export const acknowledgeRule = (rule: Rule, reason: string): void => {
  Validations.of(rule).acknowledge({ id: 'Serverless-EventBusDLQ', reason })
}
