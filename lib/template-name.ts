import { CfnElement } from 'aws-cdk-lib'
import type { Construct } from 'constructs'

/**
 * Gives a resource its plain name as logical id, so that it is easy to find in the template and, since
 * AWS derives resource names from it, in the console. After a deployment, renaming replaces the resource.
 */
export const nameInTemplate = (construct: Construct, logicalId: string): void => {
  const resource = construct.node.defaultChild
  if (!(resource instanceof CfnElement)) {
    throw new Error(`${construct.node.path} has no resource of its own to be named ${logicalId}.`)
  }
  resource.overrideLogicalId(logicalId)
}
