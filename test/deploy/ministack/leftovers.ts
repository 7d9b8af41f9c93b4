import type { AwsApi } from './aws-api.ts'

const json =
  (service: string, target: string, body: object = {}) =>
  async (aws: AwsApi) =>
    JSON.stringify(await aws.json(service, target, body))
const get = (service: string, path: string) => async (aws: AwsApi) =>
  (await aws.call(service, { method: 'GET', path })).text
const query =
  (service: string, version: string, fields: Record<string, string>) => async (aws: AwsApi) =>
    (await aws.query(service, version, fields)).text

/** How an account is asked for all that it has, by the types of the template that are found so. */
const inventories: Readonly<Record<string, (aws: AwsApi) => Promise<string>>> = {
  'AWS::ApiGatewayV2::Api': get('apigateway', '/v2/apis'),
  'AWS::CloudFront::Distribution': get('cloudfront', '/2020-05-31/distribution'),
  'AWS::CloudWatch::Alarm': query('monitoring', '2010-08-01', {
    Action: 'DescribeAlarms',
    MaxRecords: '100',
  }),
  'AWS::DynamoDB::Table': json('dynamodb', 'DynamoDB_20120810.ListTables'),
  'AWS::Events::Rule': json('events', 'AWSEvents.ListRules'),
  'AWS::IAM::Role': query('iam', '2010-05-08', { Action: 'ListRoles', MaxItems: '1000' }),
  'AWS::Lambda::EventSourceMapping': get('lambda', '/2015-03-31/event-source-mappings'),
  'AWS::Lambda::Function': get('lambda', '/2015-03-31/functions?MaxItems=1000'),
  'AWS::Lambda::LayerVersion': get('lambda', '/2018-10-31/layers'),
  'AWS::Logs::LogGroup': json('logs', 'Logs_20140328.DescribeLogGroups'),
  'AWS::S3::Bucket': get('s3', '/'),
  'AWS::SNS::Topic': query('sns', '2010-03-31', { Action: 'ListTopics' }),
  'AWS::SQS::Queue': json('sqs', 'AmazonSQS.ListQueues'),
  'AWS::StepFunctions::StateMachine': json('states', 'AWSStepFunctions.ListStateMachines'),
}

/** A resource of a stack, by its type and its own name. */
export interface StackResource {
  type: string
  id: string
}

/** What a stack consists of. */
export const resourcesOf = async (aws: AwsApi, stackName: string): Promise<StackResource[]> => {
  const fields = { Action: 'DescribeStackResources', StackName: stackName }
  const { text } = await aws.query('cloudformation', '2010-05-15', fields)
  const members = text.split('<member>').slice(1)
  const part = (member: string, tag: string): string =>
    new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(member)?.[1] ?? ''
  return members.map((member) => ({
    type: part(member, 'ResourceType'),
    id: part(member, 'PhysicalResourceId'),
  }))
}

/** Those of the resources that the account's own lists still name. */
export const stillThere = async (
  aws: AwsApi,
  resources: readonly StackResource[],
): Promise<StackResource[]> => {
  const lists = new Map(
    await Promise.all(
      Object.entries(inventories).map(
        async ([type, list]) => [type, await list(aws)] as [string, string],
      ),
    ),
  )
  return resources.filter(({ type, id }) => id !== '' && lists.get(type)?.includes(id))
}
