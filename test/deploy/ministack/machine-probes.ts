import { setTimeout } from 'node:timers/promises'
import type { AwsApi } from './aws-api.ts'
import { policyOf, textIn } from './grants.ts'

const step = (name: string) => `AWSStepFunctions.${name}`

/** Seconds of a task's heartbeat, and after which it would time out anyway. */
const probe = { heartbeat: 1, timeout: 6 } as const

const probeName = 'test-deploy-heartbeats'

/** A role that may do what the probe's machine does. */
const createRole = async (aws: AwsApi): Promise<string> => {
  const { text } = await aws.query('iam', '2010-05-08', {
    ...{ Action: 'CreateRole', RoleName: probeName },
    AssumeRolePolicyDocument: policyOf({
      Principal: { Service: 'states.amazonaws.com' },
      Action: 'sts:AssumeRole',
    }),
  })
  await aws.query('iam', '2010-05-08', {
    ...{ Action: 'PutRolePolicy', RoleName: probeName, PolicyName: probeName },
    PolicyDocument: policyOf({ Action: 'sqs:SendMessage', Resource: '*' }),
  })
  return textIn(text, 'Arn')
}

const deleteRole = async (aws: AwsApi): Promise<void> => {
  const role = { RoleName: probeName }
  const policy = { Action: 'DeleteRolePolicy', ...role, PolicyName: probeName }
  await aws.query('iam', '2010-05-08', policy)
  await aws.query('iam', '2010-05-08', { Action: 'DeleteRole', ...role })
}

/** Resolves with the output of an execution that has ended; undefined when it has not in that time. */
const outcomeOf = async (
  aws: AwsApi,
  stateMachineArn: string,
  withinMs: number,
): Promise<string | undefined> => {
  const start = { stateMachineArn, input: '{}' }
  const started = await aws.json<{ executionArn: string }>('states', step('StartExecution'), start)
  const startedAt = Date.now()
  for (;;) {
    const { status, output = '' } = await aws.json<{ status: string; output?: string }>(
      'states',
      step('DescribeExecution'),
      { executionArn: started.executionArn },
    )
    if (status !== 'RUNNING') return output
    if (Date.now() - startedAt > withinMs) return undefined
    await setTimeout(100)
  }
}

/** Whether a task that sends no heartbeat lives for as long as it has altogether. */
export const heartbeatsAreIgnored = async ({ aws }: { aws: AwsApi }): Promise<boolean> => {
  const roleArn = await createRole(aws)
  const queue = { QueueName: probeName }
  const { QueueUrl } = await aws.json<{ QueueUrl: string }>('sqs', 'AmazonSQS.CreateQueue', queue)
  const definition = JSON.stringify(waitingForHeartbeats(QueueUrl))
  const { stateMachineArn } = await aws.json<{ stateMachineArn: string }>(
    'states',
    step('CreateStateMachine'),
    { name: probeName, roleArn, definition },
  )
  try {
    const output = await outcomeOf(aws, stateMachineArn, probe.timeout * 1000)
    return output === undefined || !output.includes(lost)
  } finally {
    await aws.json('states', step('DeleteStateMachine'), { stateMachineArn })
    await aws.json('sqs', 'AmazonSQS.DeleteQueue', { QueueUrl })
    await deleteRole(aws)
  }
}

const lost = 'heartbeat lost'

const waitingForHeartbeats = (QueueUrl: string) => ({
  StartAt: 'Wait',
  States: {
    Wait: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { QueueUrl, MessageBody: { 'token.$': '$$.Task.Token' } },
      HeartbeatSeconds: probe.heartbeat,
      TimeoutSeconds: probe.timeout,
      Catch: [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Lost' }],
      End: true,
    },
    Lost: { Type: 'Pass', Result: lost, End: true },
  },
})
