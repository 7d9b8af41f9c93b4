import { Validations } from 'aws-cdk-lib'
import type { ServiceFunction } from './service-function.ts'

/** SQS sources know no failure destination, which is for streams. */
export const acknowledgeSource = (fn: ServiceFunction): void => {
  Validations.of(fn).acknowledge({
    id: 'Serverless-LambdaEventSourceMappingDestination',
    reason:
      "A queue's source has no destination of its own: its messages stay, and go to the dead-letter queue.",
  })
}
