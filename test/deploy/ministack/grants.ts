import { type AwsApi, createAwsApi } from './aws-api.ts'

/** Actions that the emulator asks for otherwise than AWS, by a part of the names of roles that take them. */
export const extraGrants = {
  'grants on tasks': {
    PipelineStageWorkerRole: [
      'states:SendTaskSuccess',
      'states:SendTaskFailure',
      'states:SendTaskHeartbeat',
    ],
    PipelineDeadLetterRole: ['states:SendTaskFailure'],
  },
  'grants on batches': {
    MediaHttpAssetsRole: ['sqs:SendMessageBatch'],
    MediaMediaWorkerRole: ['sqs:SendMessageBatch'],
    MediaMediaDeadLetterRole: ['sqs:SendMessageBatch'],
    PipelineSweeperRole: ['sqs:SendMessageBatch'],
  },
} as const satisfies Record<string, Record<string, string[]>>
export type ExtraGrants = keyof typeof extraGrants

export const textIn = (xml: string, tag: string): string =>
  new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1] ?? ''

/** A policy that allows this. */
export const policyOf = (statement: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] })

const roleOf = async (aws: AwsApi, part: string): Promise<{ arn: string; name: string }> => {
  const roles = await aws.query('iam', '2010-05-08', { Action: 'ListRoles', MaxItems: '1000' })
  const arns = [...roles.text.matchAll(/<Arn>([^<]+)</g)].map(([, arn = '']) => arn)
  const arn = arns.find((each) => each.includes(part))
  if (arn === undefined) throw new Error(`There is no role ${part}.`)
  return { arn, name: arn.split('/').at(-1) ?? '' }
}

/** The emulator as a role sees it. */
const asRole = async (aws: AwsApi, part: string): Promise<AwsApi> => {
  const { arn } = await roleOf(aws, part)
  const fields = { Action: 'AssumeRole', RoleArn: arn, RoleSessionName: 'test-deploy' }
  const { text } = await aws.query('sts', '2011-06-15', fields)
  return createAwsApi(aws.endpoint, {
    accessKeyId: textIn(text, 'AccessKeyId'),
    secretAccessKey: textIn(text, 'SecretAccessKey'),
    sessionToken: textIn(text, 'SessionToken'),
  })
}

const isDenied = async (call: Promise<unknown>): Promise<boolean> => {
  const refusal = await call.then(() => '', String)
  return /AccessDenied|not authorized/i.test(refusal)
}

/** Whether the stage worker's role may not answer tasks; a token of none is refused, where it may. */
export const answersAreDenied = async ({ aws }: { aws: AwsApi }): Promise<boolean> => {
  const worker = await asRole(aws, 'PipelineStageWorkerRole')
  const token = { taskToken: 'of-none' }
  return isDenied(worker.json('states', 'AWSStepFunctions.SendTaskHeartbeat', token))
}

/** Whether what may send messages may not send them by the batch; an empty one is refused, where it may. */
export const batchesAreDenied = async ({ aws }: { aws: AwsApi }): Promise<boolean> => {
  const { QueueUrls } = await aws.json<{ QueueUrls: string[] }>('sqs', 'AmazonSQS.ListQueues', {})
  const QueueUrl = QueueUrls.find((url) => url.includes('MediaQueue'))
  const sender = await asRole(aws, 'MediaHttpAssetsRole')
  return isDenied(sender.json('sqs', 'AmazonSQS.SendMessageBatch', { QueueUrl, Entries: [] }))
}

const policyName = (grants: ExtraGrants): string => `test-deploy-${grants.replaceAll(' ', '-')}`

/** Allows the actions on everything. */
export const allowExtra = async (aws: AwsApi, grants: ExtraGrants): Promise<void> => {
  for (const [part, Action] of Object.entries(extraGrants[grants])) {
    const { status, text } = await aws.query('iam', '2010-05-08', {
      Action: 'PutRolePolicy',
      RoleName: (await roleOf(aws, part)).name,
      PolicyName: policyName(grants),
      PolicyDocument: policyOf({ Action, Resource: '*' }),
    })
    if (status >= 300) throw new Error(`${part} could not be given its ${grants}: ${text}`)
  }
}

/** Takes all of that back, so that the roles can be deleted with their stack. */
export const withdrawExtra = async (aws: AwsApi): Promise<void> => {
  for (const [grants, roles] of Object.entries(extraGrants)) {
    for (const part of Object.keys(roles)) {
      const { name } = await roleOf(aws, part)
      const PolicyName = policyName(grants as ExtraGrants)
      const fields = { Action: 'DeleteRolePolicy', RoleName: name, PolicyName }
      await aws.query('iam', '2010-05-08', fields)
    }
  }
}
