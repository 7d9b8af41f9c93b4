import { Annotations } from 'aws-cdk-lib'
import type { Construct } from 'constructs'

/**
 * Regions that lack types of resources which every deployment has, as cfn-lint's copies of the regions' own schemas
 * say; `npm run lint:template` compares the two. The product is in no partition but `aws`: CloudFront, its one public
 * origin, is not in the others' regions.
 */
export const regionsWithout: Readonly<Record<string, readonly string[]>> = {
  'AWS::CloudFront::Distribution': ['us-gov-east-1', 'us-gov-west-1'],
  'AWS::CloudFront::OriginAccessControl': [
    'cn-north-1',
    'cn-northwest-1',
    'us-gov-east-1',
    'us-gov-west-1',
  ],
  'AWS::CloudFront::ResponseHeadersPolicy': ['us-gov-east-1', 'us-gov-west-1'],
  'AWS::Lambda::Url': [
    'ap-east-2',
    'ap-south-2',
    'ap-southeast-4',
    'ap-southeast-5',
    'ap-southeast-6',
    'ap-southeast-7',
    'ca-west-1',
    'cn-northwest-1',
    'eu-central-2',
    'il-central-1',
    'me-central-1',
    'mx-central-1',
    'us-gov-east-1',
    'us-gov-west-1',
  ],
}

/**
 * Tells an operator, before anything is deployed, what the region lacks: a warning and no error, since AWS may have
 * brought it there meanwhile.
 * @param region where the CDK's CLI would deploy to, if it says so
 */
export const warnOfRegion = (scope: Construct, region: string | undefined): void => {
  const missing = Object.entries(regionsWithout)
    .filter(([, regions]) => region !== undefined && regions.includes(region))
    .map(([type]) => type)
  if (missing.length === 0) return
  Annotations.of(scope).addWarningV2(
    'launch-studio:region',
    `As far as is known, ${region} has no ${missing.join(', ')}, without which nothing can be deployed there. Set AWS_REGION to another region.`,
  )
}
