import { type CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { CfnPolicy } from 'aws-cdk-lib/aws-iam'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { logRetention } from './service-function.ts'

/** How the CDK names what empties the buckets that are deleted with their stack. */
const providerId = 'Custom::S3AutoDeleteObjectsCustomResourceProvider'

/**
 * Gives the CDK's function that empties buckets a log group of the stack, and a role that may write to it and do
 * nothing else. By itself the function leaves a log behind that is kept for ever, and may write to every log of the
 * account. The buckets' own policies let it delete their objects.
 */
export const confineEmptier = (scope: Construct): void => {
  const provider = Stack.of(scope).node.findChild(providerId)
  // The CDK makes both without a class of its own.
  const handler = provider.node.findChild('Handler') as CfnResource
  const role = provider.node.findChild('Role') as CfnResource
  const logGroup = new LogGroup(scope, 'EmptierLog', {
    retention: logRetention,
    removalPolicy: RemovalPolicy.DESTROY,
  })
  handler.addPropertyOverride('LoggingConfig', { LogGroup: logGroup.logGroupName })
  role.addPropertyDeletionOverride('ManagedPolicyArns')
  const policy = new CfnPolicy(scope, 'EmptierPolicy', {
    policyName: 'WriteLog',
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: logGroup.logGroupArn,
        },
      ],
    },
    roles: [role.ref],
  })
  handler.addResourceDependency(policy)
}
