import * as z from 'zod'
import type { Resolver } from '../template/resolver.ts'

const policySchema = z.object({
  ResponseHeadersPolicyConfig: z.looseObject({
    SecurityHeadersConfig: z
      .looseObject({
        ContentSecurityPolicy: z.looseObject({ ContentSecurityPolicy: z.string() }).optional(),
        ContentTypeOptions: z.unknown().optional(),
        FrameOptions: z.looseObject({ FrameOption: z.string() }).optional(),
        ReferrerPolicy: z.looseObject({ ReferrerPolicy: z.string() }).optional(),
        StrictTransportSecurity: z
          .looseObject({
            AccessControlMaxAgeSec: z.coerce.number(),
            IncludeSubdomains: z.coerce.boolean().default(false),
          })
          .optional(),
      })
      .default({}),
    CustomHeadersConfig: z
      .looseObject({ Items: z.array(z.looseObject({ Header: z.string(), Value: z.string() })) })
      .optional(),
  }),
})

/**
 * What a response headers policy adds to answers, each over the origin's own. `localize` puts local origins in
 * the place of AWS's: a content security policy names some.
 */
export const policyHeaders = (
  resolver: Resolver,
  logicalId: string,
  localize: (value: string) => string,
): Record<string, string> => {
  const config = resolver.properties(logicalId, policySchema).ResponseHeadersPolicyConfig
  const security = config.SecurityHeadersConfig
  const transport = security.StrictTransportSecurity
  const subdomains = transport?.IncludeSubdomains ? '; includeSubDomains' : ''
  const given: Record<string, string | undefined> = {
    'content-security-policy': security.ContentSecurityPolicy?.ContentSecurityPolicy,
    'x-content-type-options': security.ContentTypeOptions ? 'nosniff' : undefined,
    'x-frame-options': security.FrameOptions?.FrameOption,
    'referrer-policy': security.ReferrerPolicy?.ReferrerPolicy,
    'strict-transport-security':
      transport && `max-age=${transport.AccessControlMaxAgeSec}${subdomains}`,
    ...Object.fromEntries(
      (config.CustomHeadersConfig?.Items ?? []).map(({ Header, Value }) => [
        Header.toLowerCase(),
        Value,
      ]),
    ),
  }
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, asSources(localize(value))]],
    ),
  )
}

/** Local addresses of sockets have paths, in a list of sources a path would have to fit exactly. */
const asSources = (value: string): string =>
  value.replaceAll(/(\b(?:ws|http):\/\/[\w.-]+:\d+)\/[\w/-]*/g, '$1')
