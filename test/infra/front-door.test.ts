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
  OriginRequestPolicyId: z.string().optional(),
  AllowedMethods: z.array(z.string()).optional(),
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
          CustomOriginConfig: z.looseObject({ OriginReadTimeout: z.number() }).optional(),
          OriginCustomHeaders: z
            .array(z.object({ HeaderName: z.string(), HeaderValue: text }))
            .optional(),
        }),
      ),
      PriceClass: z.string(),
    }),
  }),
)
const behaviours = [...config.CacheBehaviors, config.DefaultCacheBehavior]
const isOfConsole = ({ DomainName }: { DomainName: unknown }): boolean =>
  JSON.stringify(DomainName).includes('ConsoleBucket')
const services = config.Origins.filter((origin) => !isOfConsole(origin))

/** The origin behind a path, as CloudFront chooses it: the first pattern that fits, else the default. */
const originOf = (path: string) => {
  const { TargetOriginId } =
    config.CacheBehaviors.find(({ PathPattern = '' }) =>
      new RegExp(`^${PathPattern.replaceAll('*', '.*')}$`).test(path),
    ) ?? config.DefaultCacheBehavior
  const origin = config.Origins.find(({ Id }) => Id === TargetOriginId)
  const domain = JSON.stringify(origin?.DomainName)
  const names = { StreamUrl: 'function URL', HttpApi: 'HTTP API', ConsoleBucket: 'console' }
  return {
    name: Object.entries(names).find(([id]) => domain.includes(id))?.[1],
    domain,
    readTimeout: origin?.CustomOriginConfig?.OriginReadTimeout,
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

  test.each(['/', '/index.html', '/components.html', '/favicon.svg', '/assets/index-1.js'])(
    'leads %s to the console',
    (path) => expect(originOf(path).name).toBe('console'),
  )

  test.each(['/nowhere', '/index.htm', '/api/assets/x', '/assets'])(
    'leads %s, which is no file of the console, to the HTTP API, which says so',
    (path) => expect(originOf(path).name).toBe('HTTP API'),
  )

  test('has these three origins and no other', () => {
    expect(config.Origins).toHaveLength(3)
    expect(originOf('/nowhere').domain).toContain('"Ref":"HttpApi"')
    expect(originOf('/api/launch/run').domain).toContain('"Fn::GetAtt":["StreamUrl","FunctionUrl"]')
  })

  test('caches and compresses no answer of a service, and forwards everything but the Host, over TLS only', () => {
    const ids = services.map(({ Id }) => Id)
    for (const behaviour of behaviours.filter((each) => ids.includes(each.TargetOriginId))) {
      expect(behaviour).toMatchObject({
        ViewerProtocolPolicy: 'https-only',
        Compress: false,
        // CloudFront's own policies: caching disabled; all of the viewer's but Host.
        CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      })
      expect(behaviour.AllowedMethods).toEqual(expect.arrayContaining(['GET', 'POST', 'DELETE']))
    }
    for (const { CustomOriginConfig } of services) {
      expect(CustomOriginConfig).toMatchObject({
        OriginProtocolPolicy: 'https-only',
        OriginSSLProtocols: ['TLSv1.2'],
      })
    }
  })

  test('proves to both services that a request came through it, by what no caller can know', () => {
    const { FRONT_DOOR_PROOF: expected } = resourceOf(
      template,
      'HttpChat',
      z.looseObject({ Environment: z.object({ Variables: z.record(z.string(), text) }) }),
    ).Environment.Variables
    expect(expected).toBe('<<AWS::StackId> by /, 2>')
    for (const { OriginCustomHeaders } of services) {
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
