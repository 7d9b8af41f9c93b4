import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import type { Route } from '../../shared/contracts/http/route.ts'
import { routes } from '../../shared/contracts/http.ts'
import { resourceOf, resourcesOf, template, text } from './synthesized.ts'

const behaviourSchema = z.looseObject({
  PathPattern: z.string().optional(),
  TargetOriginId: z.string(),
  ViewerProtocolPolicy: z.string(),
  Compress: z.boolean(),
  CachePolicyId: z.string(),
  OriginRequestPolicyId: z.string(),
  AllowedMethods: z.array(z.string()),
})
const { DistributionConfig: config } = resourceOf(
  template,
  'Distribution',
  z.looseObject({
    DistributionConfig: z.looseObject({
      CacheBehaviors: z.array(behaviourSchema),
      DefaultCacheBehavior: behaviourSchema,
      Origins: z.array(
        z.looseObject({
          Id: z.string(),
          DomainName: z.unknown(),
          CustomOriginConfig: z.looseObject({ OriginReadTimeout: z.number() }),
          OriginCustomHeaders: z.array(z.object({ HeaderName: z.string(), HeaderValue: text })),
        }),
      ),
      PriceClass: z.string(),
    }),
  }),
)
const behaviours = [...config.CacheBehaviors, config.DefaultCacheBehavior]

/** The origin behind a path, as CloudFront chooses it: the first pattern that fits, else the default. */
const originOf = (path: string) => {
  const { TargetOriginId } =
    config.CacheBehaviors.find(({ PathPattern = '' }) =>
      new RegExp(`^${PathPattern.replaceAll('*', '.*')}$`).test(path),
    ) ?? config.DefaultCacheBehavior
  const origin = config.Origins.find(({ Id }) => Id === TargetOriginId)
  const domain = JSON.stringify(origin?.DomainName)
  return {
    name: domain.includes('StreamUrl') ? 'function URL' : 'HTTP API',
    domain,
    readTimeout: origin?.CustomOriginConfig.OriginReadTimeout,
  }
}

const streams = (route: Route): boolean =>
  route.speaks.endsWith('events') || route === routes.launch || route === routes.exportSession
const sampled = ({ path }: Route): string => path.replace(/\{(\w+)\}/g, 'the_$1')

describe('the front door', () => {
  test.each(Object.values(routes).filter(streams))(
    'leads $method $path to the function URL',
    (route) => expect(originOf(sampled(route)).name).toBe('function URL'),
  )

  test.each(Object.values(routes).filter((route) => !streams(route)))(
    'leads $method $path to the HTTP API',
    (route) => expect(originOf(sampled(route)).name).toBe('HTTP API'),
  )

  test('has these two origins and no other', () => {
    expect(config.Origins).toHaveLength(2)
    expect(originOf('/').domain).toContain('"Ref":"HttpApi"')
    expect(originOf('/api/launch/run').domain).toContain('"Fn::GetAtt":["StreamUrl","FunctionUrl"]')
  })

  test('caches and compresses nothing, and forwards everything but the Host, over TLS only', () => {
    for (const behaviour of behaviours) {
      expect(behaviour).toMatchObject({
        ViewerProtocolPolicy: 'https-only',
        Compress: false,
        // CloudFront's own policies: caching disabled; all of the viewer's but Host.
        CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      })
      expect(behaviour.AllowedMethods).toEqual(expect.arrayContaining(['GET', 'POST', 'DELETE']))
    }
    for (const { CustomOriginConfig } of config.Origins) {
      expect(CustomOriginConfig).toMatchObject({
        OriginProtocolPolicy: 'https-only',
        OriginSSLProtocols: ['TLSv1.2'],
      })
    }
  })

  test('proves to both origins that a request came through it, by what no caller can know', () => {
    const { FRONT_DOOR_PROOF: expected } = resourceOf(
      template,
      'HttpChat',
      z.looseObject({ Environment: z.object({ Variables: z.record(z.string(), text) }) }),
    ).Environment.Variables
    expect(expected).toBe('<<AWS::StackId> by /, 2>')
    for (const { OriginCustomHeaders } of config.Origins) {
      expect(OriginCustomHeaders).toEqual([{ HeaderName: 'x-front-door', HeaderValue: expected }])
    }
  })

  test('has edges in Korea', () => expect(config.PriceClass).toBe('PriceClass_200'))

  test('waits longer for a stream than the gap between comments, and longer for the API than it waits itself', () => {
    expect(originOf('/api/jobs/job_1/stream').readTimeout).toBeGreaterThan(2 * 15)
    expect(originOf('/health').readTimeout).toBeGreaterThan(30)
  })
})

describe('the function URL', () => {
  const urls = resourcesOf(
    template,
    'AWS::Lambda::Url',
    z.looseObject({ TargetFunctionArn: text, Cors: z.unknown().optional() }),
  )

  test('is the only one, streams, and has no CORS when no origin is allowed', () => {
    expect([...urls]).toEqual([
      [
        'StreamUrl',
        { AuthType: 'NONE', InvokeMode: 'RESPONSE_STREAM', TargetFunctionArn: '<Stream.Arn>' },
      ],
    ])
  })
})

test('the output Url is the front door', () => {
  expect(JSON.stringify(template.Outputs.Url?.Value)).toContain('["Distribution","DomainName"]')
})
