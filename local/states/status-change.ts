import type { PublishedEvent } from '../events/event-bus.ts'
import type { Execution } from './execution-store.ts'

/** The event that Step Functions puts on the default bus when an execution's status changes. */
export const statusChange = (execution: Execution): PublishedEvent => {
  const { output } = execution
  return {
    source: 'aws.states',
    detailType: 'Step Functions Execution Status Change',
    resources: [execution.arn],
    detail: {
      executionArn: execution.arn,
      stateMachineArn: execution.machineArn,
      stateMachineVersionArn: null,
      stateMachineAliasArn: null,
      name: execution.name,
      status: execution.status,
      startDate: execution.startedAt,
      stopDate: execution.stoppedAt,
      input: execution.input,
      output,
      inputDetails: { included: true },
      outputDetails: output === null ? null : { included: true },
      error: execution.error,
      cause: execution.cause,
      redriveCount: 0,
      redriveDate: null,
    },
  }
}
