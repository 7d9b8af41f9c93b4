import * as z from 'zod'
import { distributionHost } from '../template/physical-names.ts'
import type { Resolver } from '../template/resolver.ts'
import { policyHeaders } from './headers-policy.ts'
import type { HttpRequest } from './http-request.ts'

const behaviourSchema = z.looseObject({
  TargetOriginId: z.string(),
  PathPattern: z.string().optional(),
  ResponseHeadersPolicyId: z.string().optional(),
  FunctionAssociations: z.array(z.unknown()).default([]),
  LambdaFunctionAssociations: z.array(z.unknown()).default([]),
})

const distributionSchema = z.object({
  DistributionConfig: z.looseObject({
    DefaultCacheBehavior: behaviourSchema,
    CacheBehaviors: z.array(behaviourSchema).default([]),
    Origins: z.array(
      z.looseObject({
        Id: z.string(),
        DomainName: z.string(),
        OriginPath: z.string().default(''),
        OriginCustomHeaders: z
          .array(z.object({ HeaderName: z.string(), HeaderValue: z.string() }))
          .default([]),
      }),
    ),
    DefaultRootObject: z.string().optional(),
    CustomErrorResponses: z.array(z.unknown()).default([]),
  }),
})

interface Behaviour {
  pattern: RegExp
  host: string
  pathPrefix: string
  customHeaders: Record<string, string>
  /** What the answer gets on top. */
  answerHeaders: Record<string, string>
}

/** An address of the edge from which CloudFront connects to an origin; of a block for documentation. */
const edgeAddress = '198.51.100.1'

/** The routing of one CloudFront distribution: which origin serves a path. It caches nothing. */
export class Distribution {
  readonly host: string
  readonly #behaviours: Behaviour[]
  readonly #rootObject: string | undefined

  /** `localize` puts local origins in the place of AWS's in what it adds to answers. */
  constructor(
    resolver: Resolver,
    logicalId: string,
    localize: (value: string) => string,
    notEmulated: (line: string) => void,
  ) {
    const { DistributionConfig: config } = resolver.properties(logicalId, distributionSchema)
    const leaveOut = (what: string) =>
      notEmulated(`AWS::CloudFront::Distribution with ${what} (${logicalId})`)
    const behaviours = [...config.CacheBehaviors, config.DefaultCacheBehavior]
    const attached = (behaviour: z.infer<typeof behaviourSchema>) =>
      behaviour.FunctionAssociations.length + behaviour.LambdaFunctionAssociations.length > 0
    if (behaviours.some(attached)) leaveOut('functions at the edge')
    if (config.CustomErrorResponses.length > 0) leaveOut('custom error responses')
    this.host = distributionHost(logicalId)
    this.#rootObject = config.DefaultRootObject
    const policies = headersPolicies(resolver, localize)
    this.#behaviours = behaviours.map((behaviour) => {
      const origin = config.Origins.find(({ Id }) => Id === behaviour.TargetOriginId)
      return {
        pattern: toPattern(behaviour.PathPattern ?? '*'),
        host: origin?.DomainName ?? '',
        pathPrefix: origin?.OriginPath ?? '',
        customHeaders: Object.fromEntries(
          (origin?.OriginCustomHeaders ?? []).map(({ HeaderName, HeaderValue }) => [
            HeaderName.toLowerCase(),
            HeaderValue,
          ]),
        ),
        answerHeaders: policies.get(behaviour.ResponseHeadersPolicyId ?? '') ?? {},
      }
    })
  }

  /**
   * The host of the origin that serves a path, the path that it sees, the request as it arrives there, and what
   * its answer gets on top.
   */
  route(requested: string): {
    host: string
    path: string
    forwarded(request: HttpRequest): HttpRequest
    answerHeaders: Readonly<Record<string, string>>
  } {
    const isRoot = requested === '/' && this.#rootObject !== undefined
    const path = isRoot ? `/${this.#rootObject}` : requested
    const behaviour = this.#behaviours.find(({ pattern }) => pattern.test(path))
    return {
      host: behaviour?.host ?? '',
      path: `${behaviour?.pathPrefix ?? ''}${path}`,
      forwarded: (request) => forwarded(request, behaviour?.customHeaders ?? {}),
      answerHeaders: behaviour?.answerHeaders ?? {},
    }
  }

  /** Hosts of all origins, each once. */
  origins(): string[] {
    return [...new Set(this.#behaviours.map(({ host }) => host))]
  }
}

/** What each response headers policy of the template adds, by what `Ref` gives for it. */
const headersPolicies = (
  resolver: Resolver,
  localize: (value: string) => string,
): Map<string, Record<string, string>> =>
  new Map(
    resolver
      .resources('AWS::CloudFront::ResponseHeadersPolicy')
      .map(([id]) => [resolver.reference(id), policyHeaders(resolver, id, localize)]),
  )

/**
 * A viewer's request as the origin sees it: from an edge, which says who the viewer is, with the origin's
 * own headers, in whose place a viewer's never are.
 */
const forwarded = (request: HttpRequest, customHeaders: Record<string, string>): HttpRequest => {
  const own = Object.entries(request.headers).filter(([name]) => !name.startsWith('cloudfront-'))
  const before = request.headers['x-forwarded-for']
  return {
    ...request,
    sourceIp: edgeAddress,
    headers: {
      ...Object.fromEntries(own),
      'x-forwarded-for': [...(before === undefined ? [] : [before]), request.sourceIp].join(', '),
      'cloudfront-viewer-address': `${request.sourceIp}:${request.sourcePort}`,
      ...customHeaders,
    },
  }
}

/** `*` stands for any text and `?` for one character; the slash at the beginning may be left out. */
const toPattern = (pattern: string): RegExp => {
  const escaped = pattern
    .replace(/^\//, '')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^/${escaped}$`, 's')
}
