import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { policySchema, resourcesOf, template, text } from './synthesized.ts'

describe('admission', () => {
  const permissions = resourcesOf(
    template,
    'AWS::Lambda::Permission',
    z.looseObject({
      Action: z.string(),
      FunctionName: text,
      Principal: z.string(),
      SourceArn: text.optional(),
    }),
  )
  const isPublic = ([, { Principal }]: [string, { Principal: string }]) => Principal === '*'

  test('functions are invoked by this stack, not by any resource of the same services', () => {
    const ours = [...permissions].filter((permission) => !isPublic(permission))
    expect(ours.length).toBeGreaterThan(0)
    for (const [id, { Action, Principal, SourceArn }] of ours) {
      expect(Action, id).toBe('lambda:InvokeFunction')
      expect(Principal, id).toMatch(/^(apigateway|events)\.amazonaws\.com$/)
      expect(SourceArn, id).toMatch(/<(HttpApi|SocketApi)>|^<(Pipeline|Voice|Checkup)\w+\.Arn>$/)
    }
  })

  test('the function URL is the only public way to invoke a function', () => {
    const open = [...permissions].filter(isPublic).map(([, permission]) => permission)
    expect(open).toHaveLength(2)
    const FunctionName = '<Stream.Arn>'
    expect(open).toContainEqual({
      Action: 'lambda:InvokeFunctionUrl',
      FunctionName,
      Principal: '*',
      FunctionUrlAuthType: 'NONE',
    })
    expect(open).toContainEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName,
      Principal: '*',
      InvokedViaFunctionUrl: true,
    })
  })

  test.each([
    ['AWS::S3::BucketPolicy', 2],
    ['AWS::SQS::QueuePolicy', 9],
    ['AWS::SNS::TopicPolicy', 1],
  ])('%s refuses requests without TLS', (type, count) => {
    const resources = resourcesOf(template, type, policySchema)
    expect(resources.size).toBe(count)
    for (const [id, { PolicyDocument }] of resources) {
      const refused = PolicyDocument.Statement.filter(({ Effect }) => Effect === 'Deny')
      expect(
        refused.map(({ Condition }) => Condition),
        id,
      ).toContainEqual({
        Bool: { 'aws:SecureTransport': 'false' },
      })
    }
  })

  test('resource policies allow nothing but publishing our alarms, the distribution to read the console, and a stage’s bucket to be emptied', () => {
    const allowed = ['AWS::S3::BucketPolicy', 'AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy']
      .flatMap((type) => [...resourcesOf(template, type, policySchema).values()])
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .filter(({ Effect }) => Effect === 'Allow')
    const distribution = [':cloudfront::', { Ref: 'AWS::AccountId' }, ':distribution/']
    const inPartition = ['arn:', { Ref: 'AWS::Partition' }]
    const emptier = 'CustomS3AutoDeleteObjectsCustomResourceProviderRole3B1BD092'
    expect(allowed).toEqual([
      {
        Effect: 'Allow',
        Action: ['s3:DeleteObject*', 's3:GetBucket*', 's3:List*', 's3:PutBucketPolicy'],
        Resource: ['<MediaBucket.Arn>', '<MediaBucket.Arn>/*'],
        Principal: { AWS: { 'Fn::GetAtt': [emptier, 'Arn'] } },
      },
      {
        Effect: 'Allow',
        Action: ['s3:GetObject'],
        Resource: ['<ConsoleBucket.Arn>/*'],
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Condition: {
          StringEquals: {
            'AWS:SourceArn': {
              'Fn::Join': ['', [...inPartition, ...distribution, { Ref: 'Distribution' }]],
            },
          },
        },
      },
      {
        Effect: 'Allow',
        Action: ['sns:Publish'],
        Resource: ['<AlarmTopic>'],
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ])
  })
})
