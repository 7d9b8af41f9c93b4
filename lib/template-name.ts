import { CfnElement } from 'aws-cdk-lib'
import type { Construct } from 'constructs'

/**
 * Gives a resource its plain name as logical id, so that a person finds it in the template and, since
 * AWS names resources after it, in the console. Once deployed, another name means another resource.
 */
export const nameInTemplate = (construct: Construct, logicalId: string): void => {
  const resource = construct.node.defaultChild
  if (!(resource instanceof CfnElement)) {
    throw new Error(`${construct.node.path} has no resource of its own to be named ${logicalId}.`)
  }
  resource.overrideLogicalId(logicalId)
}
