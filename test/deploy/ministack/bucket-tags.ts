import type { AwsApi } from './aws-api.ts'

const tag = 'aws-cdk:auto-delete-objects'

/** The stack's bucket of media, by the account's list. */
const mediaBucket = async (aws: AwsApi): Promise<string> => {
  const { text } = await aws.call('s3', { method: 'GET', path: '/' })
  const [, name] = /<Name>(launchstudio-[^<]*media[^<]*)</i.exec(text) ?? []
  if (name === undefined) throw new Error('There is no bucket of media.')
  return name
}

/** Whether the stack's tag is missing on its bucket. */
export const bucketTagsAreMissing = async ({ aws }: { aws: AwsApi }): Promise<boolean> => {
  const path = `/${await mediaBucket(aws)}?tagging`
  return !(await aws.call('s3', { method: 'GET', path })).text.includes(tag)
}

/** Tags the bucket as the stack does: the CDK's function empties no other. */
export const tagBucket = async (aws: AwsApi): Promise<void> => {
  const { status, text } = await aws.call('s3', {
    method: 'PUT',
    path: `/${await mediaBucket(aws)}?tagging`,
    headers: { 'content-type': 'application/xml' },
    body: `<Tagging><TagSet><Tag><Key>${tag}</Key><Value>true</Value></Tag></TagSet></Tagging>`,
  })
  if (status >= 300) throw new Error(`The bucket could not be tagged: ${text}`)
}
