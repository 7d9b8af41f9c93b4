import * as z from 'zod'
import type { LocalFunctions } from '../functions/functions.ts'
import type { LocalFunction } from '../functions/local-function.ts'
import {
  createJwtAuthorizer,
  type JwtAuthorizer,
  jwtAuthorizerSchema,
} from '../http/jwt-authorizer.ts'
import type { Resolver } from '../template/resolver.ts'

/** API Gateway's longest wait for the integration of an HTTP API. */
const longestMilliseconds = 30_000

const routeSchema = z.object({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string().optional(),
  AuthorizationType: z.string().default('NONE'),
  AuthorizerId: z.string().optional(),
  RouteResponseSelectionExpression: z.string().optional(),
})

type RouteProperties = z.infer<typeof routeSchema>

const integrationSchema = z.object({
  IntegrationType: z.string(),
  IntegrationUri: z.string().optional(),
  PayloadFormatVersion: z.string().default('1.0'),
  TimeoutInMillis: z.coerce.number().default(longestMilliseconds),
})

export interface RouteTarget {
  fn: LocalFunction
  timeoutMilliseconds: number
  /** Stands in front of the function. */
  authorizer?: JwtAuthorizer
}

export interface Route {
  routeKey: string
  target: RouteTarget
  /** Whether what the function returns goes back to the client of a WebSocket API. */
  responds: boolean
}

export interface RouteOptions {
  functions: LocalFunctions
  /** The only one that the API can speak. */
  payloadFormat: '1.0' | '2.0'
  notEmulated: (line: string) => void
  /** Those of the API that are made already, by their id. */
  authorizers: Map<string, JwtAuthorizer>
}

/** The routes of one API, but for those that do not lead to a function: they are named as left out. */
export const routesOf = (
  resolver: Resolver,
  apiId: string,
  settings: Omit<RouteOptions, 'authorizers'>,
): Route[] => {
  const options: RouteOptions = { ...settings, authorizers: new Map() }
  return resolver.resources('AWS::ApiGatewayV2::Route').flatMap(([routeId]) => {
    const route = resolver.properties(routeId, routeSchema)
    if (route.ApiId !== apiId) return []
    const target = targetOf(resolver, routeId, route, options)
    const responds = route.RouteResponseSelectionExpression === '$default'
    return target ? [{ routeKey: route.RouteKey, target, responds }] : []
  })
}

const targetOf = (
  resolver: Resolver,
  routeId: string,
  route: RouteProperties,
  { functions, payloadFormat, notEmulated, authorizers }: RouteOptions,
): RouteTarget | undefined => {
  const leaveOut = (what: string): undefined =>
    void notEmulated(`AWS::ApiGatewayV2::Route with ${what} (${routeId})`)
  const authorizer = authorizerOf(resolver, route, authorizers)
  if (route.AuthorizationType !== 'NONE' && !authorizer) {
    leaveOut(`authorization ${route.AuthorizationType}`)
  }
  const integrationId = route.Target?.replace('integrations/', '')
  if (!integrationId) return leaveOut('no target')
  const integration = resolver.properties(integrationId, integrationSchema)
  const { IntegrationType: type, IntegrationUri: uri } = integration
  const fn = uri && functions.find(uri)
  if (type !== 'AWS_PROXY' || !fn) return leaveOut(`integration ${type} ${uri ?? ''}`.trim())
  if (integration.PayloadFormatVersion !== payloadFormat) {
    return leaveOut(`payload format ${integration.PayloadFormatVersion}`)
  }
  return {
    fn,
    timeoutMilliseconds: Math.min(integration.TimeoutInMillis, longestMilliseconds),
    ...(authorizer && { authorizer }),
  }
}

/** Routes share an authorizer, and with it the keys that it has fetched. */
const authorizerOf = (
  resolver: Resolver,
  { AuthorizationType, AuthorizerId }: RouteProperties,
  authorizers: RouteOptions['authorizers'],
): JwtAuthorizer | undefined => {
  if (AuthorizationType !== 'JWT' || AuthorizerId === undefined) return undefined
  const known = authorizers.get(AuthorizerId)
  if (known) return known
  const made = createJwtAuthorizer(resolver.properties(AuthorizerId, jwtAuthorizerSchema))
  authorizers.set(AuthorizerId, made)
  return made
}
