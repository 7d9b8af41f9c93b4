import { Aws, Fn } from 'aws-cdk-lib'

/**
 * What the distribution sends to its origins with each request, so that they know what it says of the
 * viewer from a forged one: the UUID in the stack's id, which nothing outside of the account
 * tells, and which the template does not hold. A viewer's own header of that name is overwritten.
 */
export const frontDoorProof = (): string => Fn.select(2, Fn.split('/', Aws.STACK_ID))
