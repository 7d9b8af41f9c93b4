import type { Resolver } from './resolver.ts'

/** Types that some part of the engine runs. */
const emulated = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::RouteResponse',
  'AWS::ApiGatewayV2::Stage',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::Events::Rule',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::Url',
  'AWS::S3::Bucket',
  'AWS::SQS::Queue',
  'AWS::StepFunctions::StateMachine',
  'Custom::CDKBucketDeployment',
])

/** Types that have nothing to do on one machine. */
const needless = new Set([
  'AWS::ApiGatewayV2::Deployment',
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  // A function that has layers is told of by itself.
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Version',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::QueryDefinition',
  // The data folder is deleted by hand.
  'Custom::S3AutoDeleteObjects',
])

/** Types that the engine knows and leaves out, and what that means locally. */
const leftOut: Readonly<Record<string, string>> = {
  'AWS::CloudFront::CachePolicy': 'nothing is cached here',
  'AWS::CloudFront::Function': 'it does not run here',
  'AWS::CloudFront::OriginRequestPolicy': 'every header and query parameter reaches the origin',
  'AWS::Events::EventBus': 'only the default bus delivers here',
  'AWS::KMS::Key': 'nothing is encrypted here',
  'AWS::Lambda::Alias': 'functions run unversioned here',
  'AWS::SNS::Subscription': 'nothing is delivered here',
  'AWS::SNS::Topic': 'nobody is notified here',
  'AWS::SSM::Parameter': 'functions get their settings from the environment',
  'AWS::WAFv2::WebACL': 'nothing is filtered here',
}

/** Everything that grants permissions, with the resource policies of the emulated services. */
const permissions = new Set([
  'AWS::CloudFront::OriginAccessControl',
  'AWS::Lambda::Permission',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
])

export interface Inventory {
  /** One readable line for each kind of thing that the engine does not emulate. */
  notEmulated: string[]
  /** One line that counts what needs nothing locally; undefined when there is nothing. */
  needless: string | undefined
}

/** Sorts a template's resources into what runs here, what need not and what does not. */
export const takeInventory = (resolver: Resolver): Inventory => {
  const byType = Map.groupBy(resolver.resources(), ([, resource]) => resource.Type)
  const counts = (types: Iterable<string>) =>
    [...types].map((type) => `${byType.get(type)?.length ?? 0} ${shortType(type)}`).join(', ')
  const typesWhere = (test: (type: string) => boolean) => [...byType.keys()].filter(test).sort()

  const isPermission = (type: string) => type.startsWith('AWS::IAM::') || permissions.has(type)
  const notEmulated: string[] = []
  const permissionTypes = typesWhere(isPermission)
  if (permissionTypes.length > 0) {
    notEmulated.push(`IAM: every call is allowed here (${counts(permissionTypes)})`)
  }
  const others = typesWhere(
    (type) => !emulated.has(type) && !needless.has(type) && !isPermission(type),
  )
  for (const type of others) {
    const names = (byType.get(type) ?? []).map(([logicalId]) => logicalId).join(', ')
    notEmulated.push(`${type}: ${leftOut[type] ?? 'unknown to the local engine'} (${names})`)
  }
  const needlessTypes = typesWhere((type) => needless.has(type))
  return {
    notEmulated,
    needless: needlessTypes.length > 0 ? counts(needlessTypes) : undefined,
  }
}

const shortType = (type: string): string => type.replace(/^AWS::/, '').replace('::', ' ')
