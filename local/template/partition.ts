/** The one account and region that the engine pretends to be. */
export const partition = {
  partition: 'aws',
  region: 'ap-northeast-2',
  account: '000000000000',
  urlSuffix: 'amazonaws.com',
} as const

/** What the functions' AWS clients sign with. */
export const credentials = { accessKeyId: 'local', secretAccessKey: 'local' } as const

/** An ARN in the engine's account and region. */
export const arnOf = (service: string, resource: string): string =>
  `arn:${partition.partition}:${service}:${partition.region}:${partition.account}:${resource}`
