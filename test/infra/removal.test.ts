import { expect, test } from 'vitest'
import * as z from 'zod'
import { synthesizeTemplate } from './synthesize-template.ts'
import { template as dev, policySchema, resourceOf, resourcesOf, text } from './synthesized.ts'

/** What `cdk destroy` leaves behind: nothing of a stage, and the data of `prod`. */

const prod = await synthesizeTemplate({ stage: 'prod', environment: {} })

const removedBy = (template: typeof dev, policy: string): string[] =>
  Object.entries(template.Resources)
    .filter(([, resource]) => resource.DeletionPolicy === policy)
    .map(([id]) => id)
    .sort()

const emptied = (template: typeof dev): string[] =>
  [
    ...resourcesOf(
      template,
      'Custom::S3AutoDeleteObjects',
      z.object({ BucketName: text }),
    ).values(),
  ].map(({ BucketName }) => BucketName)

test('a stage keeps nothing', () => {
  for (const [id, { Type, DeletionPolicy }] of Object.entries(dev.Resources)) {
    // Of all types here, only these are kept, or refuse to go, unless the template says otherwise.
    if (['AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::Logs::LogGroup'].includes(Type)) {
      expect(DeletionPolicy, id).toBe('Delete')
    }
    expect(DeletionPolicy ?? 'Delete', id).toBe('Delete')
  }
  expect(dev.Resources.Table?.Properties.DeletionProtectionEnabled).not.toBe(true)
})

test('its buckets are emptied before they go', () => {
  expect(emptied(dev)).toEqual(['<MediaBucket>'])
  // The console's bucket holds what the CDK's deployments copied, and they take it away again.
  const deployments = resourcesOf(
    dev,
    'Custom::CDKBucketDeployment',
    z.looseObject({ DestinationBucketName: text, RetainOnDelete: z.boolean() }),
  )
  expect([...deployments.values()]).toHaveLength(2)
  for (const deployment of deployments.values()) {
    expect(deployment).toMatchObject({
      DestinationBucketName: '<ConsoleBucket>',
      RetainOnDelete: false,
    })
  }
  expect([...resourcesOf(dev, 'AWS::S3::Bucket', z.unknown()).keys()].sort()).toEqual([
    'ConsoleBucket',
    'MediaBucket',
  ])
})

test('every function writes to a log that goes with the stack', () => {
  const logging = z.looseObject({ LoggingConfig: z.looseObject({ LogGroup: text }) })
  for (const [id, { LoggingConfig }] of resourcesOf(dev, 'AWS::Lambda::Function', logging)) {
    const group = dev.Resources[LoggingConfig.LogGroup.slice(1, -1)]
    expect(group, id).toMatchObject({ Type: 'AWS::Logs::LogGroup', DeletionPolicy: 'Delete' })
  }
})

test('what empties the bucket may delete its objects and nothing else', () => {
  const { PolicyDocument } = resourceOf(
    dev,
    Object.keys(dev.Resources).find((id) => id.startsWith('DataMediaBucketPolicy')) ?? '',
    policySchema,
  )
  const allowed = PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Allow')
  expect(allowed).toEqual([
    expect.objectContaining({
      Action: ['s3:DeleteObject*', 's3:GetBucket*', 's3:List*', 's3:PutBucketPolicy'],
      Principal: { AWS: { 'Fn::GetAtt': [expect.stringMatching(/^CustomS3AutoDelete/), 'Arn'] } },
      Resource: ['<MediaBucket.Arn>', '<MediaBucket.Arn>/*'],
    }),
  ])
})

test('prod keeps its table and its bucket, which nothing can empty', () => {
  expect(removedBy(prod, 'Retain')).toEqual(['MediaBucket', 'Table'])
  expect(prod.Resources.Table?.Properties.DeletionProtectionEnabled).toBe(true)
  expect(emptied(prod)).toEqual([])
  expect(JSON.stringify(prod)).not.toMatch(/AutoDelete|s3:DeleteObject\*/)
})
