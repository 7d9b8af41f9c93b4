import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { LocalFunctions } from '../functions/functions.ts'
import { RouteTable } from '../routes/route-table.ts'
import { type RouteTarget, routesOf } from '../routes/route-target.ts'
import { apiHost } from '../template/physical-names.ts'
import type { Resolver } from '../template/resolver.ts'
import { type Cors, corsHeaders, corsSchema, preflightResponse } from './cors.ts'
import { gatewayEvent } from './gateway-event.ts'
import { type GatewayResponse, gatewayMessage, readGatewayResponse } from './gateway-response.ts'
import type { HttpRequest } from './http-request.ts'

/** API Gateway refuses a larger request. */
export const httpApiMaximumBytes = 10 * 1024 * 1024

/** Lambda refuses a larger event. */
const maximumEventBytes = 6 * 1024 * 1024

const apiSchema = z.object({ CorsConfiguration: corsSchema.optional() })
const stageSchema = z.object({ ApiId: z.string(), StageName: z.string() })

/** One HTTP API of the template. */
export class HttpApi {
  /** The host name that the template gives it. */
  readonly host: string
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
    const routes = routesOf(resolver, this.#id, { functions, payloadFormat: '2.0', notEmulated })
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
    const admitted = await match.target.authorizer?.authorize(request)
    if (admitted && 'refused' in admitted) return admitted.refused
    const event = gatewayEvent(request, {
      routeKey: match.routeKey,
      stage: '$default',
      apiId: this.#id,
      domainName: this.host,
      requestId,
      path,
      pathParameters: match.pathParameters,
      authorized: admitted?.authorized,
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

const decodePath = (rawPath: string): string | undefined => {
  try {
    return decodeURIComponent(rawPath)
  } catch {
    return undefined
  }
}
