import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import type { EngineStorage } from '../studio/engine-process.ts'

/** Writes a clip where Amazon Bedrock was asked to. @param uri `s3://<bucket>/<key>` */
export const storeClip = async (
  { endpoint, credentials }: EngineStorage,
  uri: string,
  Body: Uint8Array,
): Promise<void> => {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? []
  const region = 'ap-northeast-2'
  const client = new S3Client({ endpoint, credentials, region, forcePathStyle: true })
  await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: 'video/mp4' }))
  client.destroy()
}
