import { createHash } from 'node:crypto'
import { arnOf, partition } from './partition.ts'
import { TemplateError } from './template.ts'

/** A resource with its name property resolved, if the template gives one. */
export interface NamedResource {
  logicalId: string
  type: string
  givenName: string | undefined
  /** Resolves another property, for the few attributes that need one. */
  property: (name: string) => unknown
}

/** Where the parts that have an address of their own listen. */
export interface Addresses {
  /** Origin of the SQS engine, without a slash at its end. */
  sqs: string
}

/** The property that names a resource of a type; the logical id serves where it is absent. */
export const nameProperties: Readonly<Record<string, string>> = {
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::DynamoDB::GlobalTable': 'TableName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Events::EventBus': 'Name',
  'AWS::Events::Rule': 'Name',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SSM::Parameter': 'Name',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
  'AWS::ApiGatewayV2::Stage': 'StageName',
}

/** A short id in the manner of API Gateway's and CloudFront's, the same at every start. */
export const generatedId = (logicalId: string, length = 10): string => {
  const digest = createHash('sha256').update(logicalId).digest()
  return BigInt(`0x${digest.toString('hex')}`)
    .toString(36)
    .slice(0, length)
}

export const functionUrlHost = (logicalId: string): string =>
  `${generatedId(logicalId, 32)}.lambda-url.${partition.region}.on.aws`

export const apiHost = (logicalId: string): string =>
  `${generatedId(logicalId)}.execute-api.${partition.region}.${partition.urlSuffix}`

export const distributionHost = (logicalId: string): string =>
  `d${generatedId(logicalId, 13)}.cloudfront.net`

const nameOf = (resource: NamedResource): string => {
  const name = resource.givenName ?? resource.logicalId
  return resource.type === 'AWS::S3::Bucket' ? name.toLowerCase() : name
}

type Facts = (resource: NamedResource, addresses: Addresses) => Readonly<Record<string, string>>

const named =
  (service: string, resource: (name: string) => string): Facts =>
  (item) => ({ Ref: nameOf(item), Arn: arnOf(service, resource(nameOf(item))) })

/** What `Ref` (under the key `Ref`) and `Fn::GetAtt` give, by resource type. */
const facts: Readonly<Record<string, Facts>> = {
  'AWS::ApiGatewayV2::Api': (api) => ({
    Ref: generatedId(api.logicalId),
    ApiId: generatedId(api.logicalId),
    ApiEndpoint: `${api.property('ProtocolType') === 'WEBSOCKET' ? 'wss' : 'https'}://${apiHost(api.logicalId)}`,
  }),
  'AWS::CloudFront::Distribution': ({ logicalId }) => ({
    Ref: generatedId(logicalId, 13).toUpperCase(),
    Id: generatedId(logicalId, 13).toUpperCase(),
    DomainName: distributionHost(logicalId),
  }),
  'AWS::CloudFront::OriginAccessControl': ({ logicalId }) => ({
    Ref: generatedId(logicalId, 13).toUpperCase(),
    Id: generatedId(logicalId, 13).toUpperCase(),
  }),
  'AWS::CloudWatch::Alarm': named('cloudwatch', (name) => `alarm:${name}`),
  'AWS::DynamoDB::GlobalTable': named('dynamodb', (name) => `table/${name}`),
  'AWS::DynamoDB::Table': named('dynamodb', (name) => `table/${name}`),
  'AWS::Events::EventBus': (bus) => ({
    Ref: nameOf(bus),
    Name: nameOf(bus),
    Arn: arnOf('events', `event-bus/${nameOf(bus)}`),
  }),
  'AWS::Events::Rule': named('events', (name) => `rule/${name}`),
  'AWS::IAM::Role': (role) => ({
    Ref: nameOf(role),
    Arn: `arn:${partition.partition}:iam::${partition.account}:role/${nameOf(role)}`,
    RoleId: nameOf(role),
  }),
  'AWS::Lambda::Function': named('lambda', (name) => `function:${name}`),
  'AWS::Lambda::Url': (url): Record<string, string> => ({
    Ref: String(url.property('TargetFunctionArn')),
    FunctionArn: String(url.property('TargetFunctionArn')),
    FunctionUrl: `https://${functionUrlHost(url.logicalId)}/`,
  }),
  'AWS::Logs::LogGroup': named('logs', (name) => `log-group:${name}:*`),
  'AWS::S3::Bucket': (bucket) => ({
    Ref: nameOf(bucket),
    Arn: `arn:${partition.partition}:s3:::${nameOf(bucket)}`,
    DomainName: `${nameOf(bucket)}.s3.${partition.urlSuffix}`,
    RegionalDomainName: `${nameOf(bucket)}.s3.${partition.region}.${partition.urlSuffix}`,
  }),
  'AWS::SNS::Topic': (topic) => ({
    Ref: arnOf('sns', nameOf(topic)),
    TopicArn: arnOf('sns', nameOf(topic)),
    TopicName: nameOf(topic),
  }),
  'AWS::SQS::Queue': (queue, { sqs }) => ({
    Ref: `${sqs}/${partition.account}/${nameOf(queue)}`,
    QueueUrl: `${sqs}/${partition.account}/${nameOf(queue)}`,
    QueueName: nameOf(queue),
    Arn: arnOf('sqs', nameOf(queue)),
  }),
  'AWS::StepFunctions::StateMachine': (machine) => ({
    Ref: arnOf('states', `stateMachine:${nameOf(machine)}`),
    Arn: arnOf('states', `stateMachine:${nameOf(machine)}`),
    Name: nameOf(machine),
  }),
}

/** What `Ref` gives for a resource; its name when the engine does not know the type. */
export const referenceTo = (resource: NamedResource, addresses: Addresses): string =>
  facts[resource.type]?.(resource, addresses).Ref ?? nameOf(resource)

/** What `Fn::GetAtt` gives. Throws TemplateError for an attribute that the engine does not know. */
export const attributeOf = (
  resource: NamedResource,
  name: string,
  addresses: Addresses,
): string => {
  const value = facts[resource.type]?.(resource, addresses)[name]
  if (value !== undefined) return value
  throw new TemplateError(
    `Fn::GetAtt ${resource.logicalId}.${name}: the local engine does not know this attribute of ${resource.type}`,
  )
}
