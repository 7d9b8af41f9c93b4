import { type AwsApi, createAwsApi } from './aws-api.ts'

/** Actions that the emulator asks for otherwise than AWS: which ones of a role's, and what it wants for them. */
export const extraGrants = {
  'grants on tasks': { of: /states:SendTask\w+/g, wanted: (action: string) => action },
  'grants on batches': { of: /sqs:SendMessage\b/g, wanted: (action: string) => `${action}Batch` },
} as const
export type ExtraGrants = keyof typeof extraGrants

export const textIn = (xml: string, tag: string): string =>
  new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1] ?? ''

/** A policy that allows this. */
export const policyOf = (statement: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] })

const roleOf = async (aws: AwsApi, part: string): Promise<string> => {
  const roles = await aws.query('iam', '2010-05-08', { Action: 'ListRoles', MaxItems: '1000' })
  const arns = [...roles.text.matchAll(/<Arn>([^<]+)</g)].map(([, arn = '']) => arn)
  const arn = arns.find((each) => each.includes(part))
  if (arn === undefined) throw new Error(`There is no role ${part}.`)
  return arn
}

/** The emulator as a role sees it. */
const asRole = async (aws: AwsApi, part: string): Promise<AwsApi> => {
  const arn = await roleOf(aws, part)
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

/** The names of the stack's roles. */
const rolesOf = async (aws: AwsApi): Promise<string[]> => {
  const { text } = await aws.query('iam', '2010-05-08', { Action: 'ListRoles', MaxItems: '1000' })
  const names = [...text.matchAll(/<RoleName>([^<]+)</g)].map(([, name = '']) => name)
  return names.filter((name) => name.startsWith('LaunchStudio-'))
}

/** A role's own policies, as their documents. */
const policiesOf = async (aws: AwsApi, RoleName: string): Promise<string> => {
  const list = await aws.query('iam', '2010-05-08', { Action: 'ListRolePolicies', RoleName })
  const names = [...list.text.matchAll(/<member>([^<]+)</g)].map(([, name = '']) => name)
  const documents = names.map(async (PolicyName) => {
    const fields = { Action: 'GetRolePolicy', RoleName, PolicyName }
    return decodeURIComponent((await aws.query('iam', '2010-05-08', fields)).text)
  })
  return (await Promise.all(documents)).join('\n')
}

/** Allows what is wanted, on everything, to the roles that have such actions. */
export const allowExtra = async (aws: AwsApi, grants: ExtraGrants): Promise<void> => {
  const { of, wanted } = extraGrants[grants]
  for (const RoleName of await rolesOf(aws)) {
    const actions = (await policiesOf(aws, RoleName)).match(of) ?? []
    if (actions.length === 0) continue
    const { status, text } = await aws.query('iam', '2010-05-08', {
      ...{ Action: 'PutRolePolicy', RoleName, PolicyName: policyName(grants) },
      PolicyDocument: policyOf({ Action: [...new Set(actions.map(wanted))], Resource: '*' }),
    })
    if (status >= 300) throw new Error(`${RoleName} could not be given its ${grants}: ${text}`)
  }
}

/** Takes all of that back, so that the roles can be deleted with their stack. */
export const withdrawExtra = async (aws: AwsApi): Promise<void> => {
  for (const RoleName of await rolesOf(aws)) {
    for (const grants of Object.keys(extraGrants) as ExtraGrants[]) {
      const fields = { Action: 'DeleteRolePolicy', RoleName, PolicyName: policyName(grants) }
      await aws.query('iam', '2010-05-08', fields)
    }
  }
}
