import { randomBytes } from 'node:crypto'

/** The one account and region that the engine pretends to be. */
export const partition = {
  partition: 'aws',
  region: 'ap-northeast-2',
  account: '000000000000',
  urlSuffix: 'amazonaws.com',
} as const

/**
 * What the functions' AWS clients sign with: made anew in each process, so that nothing outside of it
 * has access to what an engine stores.
 */
export const credentials: Readonly<{ accessKeyId: string; secretAccessKey: string }> = {
  accessKeyId: `LOCAL${randomBytes(8).toString('hex').toUpperCase()}`,
  secretAccessKey: randomBytes(30).toString('base64url'),
}

/** An ARN in the engine's account and region. */
export const arnOf = (service: string, resource: string): string =>
  `arn:${partition.partition}:${service}:${partition.region}:${partition.account}:${resource}`
