import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { LocalFunctions } from '../functions/functions.ts'
import type { LocalFunction } from '../functions/local-function.ts'
import { apiHost } from '../template/physical-names.ts'
import type { Resolver } from '../template/resolver.ts'
import { type Cors, corsHeaders, corsSchema, preflightResponse } from './cors.ts'
import { gatewayEvent } from './gateway-event.ts'
import { type GatewayResponse, gatewayMessage, readGatewayResponse } from './gateway-response.ts'
import type { HttpRequest } from './http-request.ts'
import { RouteTable } from './route-table.ts'

/** API Gateway refuses a larger request. */
export const httpApiMaximumBytes = 10 * 1024 * 1024

/** Lambda refuses a larger event. */
const maximumEventBytes = 6 * 1024 * 1024

const longestMilliseconds = 30_000

const apiSchema = z.object({ CorsConfiguration: corsSchema.optional() })
const stageSchema = z.object({ ApiId: z.string(), StageName: z.string() })
export const routeSchema = z.object({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string().optional(),
  AuthorizationType: z.string().default('NONE'),
  RouteResponseSelectionExpression: z.string().optional(),
})
const integrationSchema = z.object({
  IntegrationType: z.string(),
  IntegrationUri: z.string().optional(),
  PayloadFormatVersion: z.string().default('1.0'),
  TimeoutInMillis: z.coerce.number().default(longestMilliseconds),
})

export interface RouteTarget {
  fn: LocalFunction
  timeoutMilliseconds: number
}

/** One HTTP API of the template. */
export class HttpApi {
  /** The host name that the template gives it. */
  readonly host: string
  /** Functions that a route leads to. */
  readonly functions: LocalFunction[]
  readonly #id: string
  readonly #cors: Cors | undefined
  readonly #routes: RouteTable<RouteTarget>

  constructor(
    resolver: Resolver,
    logicalId: string,
    functions: LocalFunctions,
    notEmulated: (line: string) => void,
  ) {
    this.host = apiHost(logicalId)
    this.#id = resolver.reference(logicalId)
    this.#cors = resolver.properties(logicalId, apiSchema).CorsConfiguration
    for (const [stageId] of resolver.resources('AWS::ApiGatewayV2::Stage')) {
      const stage = resolver.properties(stageId, stageSchema)
      if (stage.ApiId === this.#id && stage.StageName !== '$default') {
        notEmulated(`AWS::ApiGatewayV2::Stage with a path of its own (${stageId})`)
      }
    }
    const routes = resolver.resources('AWS::ApiGatewayV2::Route').flatMap(([routeId]) => {
      const route = resolver.properties(routeId, routeSchema)
      if (route.ApiId !== this.#id) return []
      const target = routeTarget(resolver, routeId, route, functions, notEmulated, '2.0')
      return target ? [{ routeKey: route.RouteKey, target }] : []
    })
    this.functions = routes.map(({ target }) => target.fn)
    this.#routes = new RouteTable(routes)
  }

  /** Answers a request as API Gateway does. `path` is the request's own unless it was rewritten. */
  async handle(request: HttpRequest, path = request.rawPath): Promise<GatewayResponse> {
    const requestId = randomUUID()
    const answer =
      preflightResponse(this.#cors, request) ?? (await this.#answer(request, path, requestId))
    const headers = { ...answer.headers, ...corsHeaders(this.#cors, request) }
    return { ...answer, headers: { ...headers, 'apigw-requestid': requestId } }
  }

  async #answer(
    request: HttpRequest,
    rawPath: string,
    requestId: string,
  ): Promise<GatewayResponse> {
    const path = decodePath(rawPath)
    if (path === undefined) return gatewayMessage(400, { message: 'Bad Request' })
    const match = this.#routes.find(request.method, path)
    if (!match) return gatewayMessage(404, { message: 'Not Found' })
    const event = gatewayEvent(request, {
      routeKey: match.routeKey,
      stage: '$default',
      apiId: this.#id,
      domainName: this.host,
      requestId,
      path,
      pathParameters: match.pathParameters,
    })
    if (Buffer.byteLength(JSON.stringify(event)) > maximumEventBytes) return tooLarge()
    return await invoke(match.target, event)
  }
}

export const tooLarge = (): GatewayResponse =>
  gatewayMessage(413, { message: 'Request Entity Too Large' })

const invoke = async (target: RouteTarget, event: unknown): Promise<GatewayResponse> => {
  const failed = gatewayMessage(500, { message: 'Internal Server Error' })
  const { promise: late, resolve } = Promise.withResolvers<'late'>()
  const timer = setTimeout(() => resolve('late'), target.timeoutMilliseconds)
  const outcome = target.fn.invoke(event).catch(() => undefined)
  try {
    // The function goes on when the gateway gives up, as it does on AWS.
    const first = await Promise.race([outcome, late])
    if (first === 'late') return gatewayMessage(503, { message: 'Service Unavailable' })
    if (first === undefined || first.streamed) return failed
    return readGatewayResponse(first.payload) ?? failed
  } finally {
    clearTimeout(timer)
  }
}

/** Where a route leads; undefined, and named, when it is not to a function. */
export const routeTarget = (
  resolver: Resolver,
  routeId: string,
  route: z.infer<typeof routeSchema>,
  functions: LocalFunctions,
  notEmulated: (line: string) => void,
  payloadFormat: string,
): RouteTarget | undefined => {
  const leaveOut = (what: string) =>
    notEmulated(`AWS::ApiGatewayV2::Route with ${what} (${routeId})`)
  if (route.AuthorizationType !== 'NONE') leaveOut(`authorization ${route.AuthorizationType}`)
  const integrationId = route.Target?.replace('integrations/', '')
  if (!integrationId) {
    leaveOut('no target')
    return undefined
  }
  const integration = resolver.properties(integrationId, integrationSchema)
  const fn = integration.IntegrationUri && functions.find(integration.IntegrationUri)
  if (integration.IntegrationType !== 'AWS_PROXY' || !fn) {
    leaveOut(
      `integration ${integration.IntegrationType} ${integration.IntegrationUri ?? ''}`.trim(),
    )
    return undefined
  }
  if (integration.PayloadFormatVersion !== payloadFormat) {
    leaveOut(`payload format ${integration.PayloadFormatVersion}`)
    return undefined
  }
  return { fn, timeoutMilliseconds: Math.min(integration.TimeoutInMillis, longestMilliseconds) }
}

const decodePath = (rawPath: string): string | undefined => {
  try {
    return decodeURIComponent(rawPath)
  } catch {
    return undefined
  }
}
