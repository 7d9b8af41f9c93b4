import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { LocalFunctions } from './functions/functions.ts'
import { Distribution } from './http/distribution.ts'
import { FunctionUrl, functionUrlMaximumBytes } from './http/function-url.ts'
import { gatewayMessage, writeGatewayResponse } from './http/gateway-response.ts'
import { HttpApi, httpApiMaximumBytes, tooLarge } from './http/http-api.ts'
import { type HttpRequest, RequestTooLarge, readRequest } from './http/http-request.ts'
import type { ServerHandlers } from './http/local-server.ts'
import { DeployedFiles } from './objects/deployed-files.ts'
import { refuseUpgrade, type SocketApi } from './sockets/socket-api.ts'
import { functionUrlPath } from './template/origins.ts'
import type { Resolver } from './template/resolver.ts'

export interface FrontDoorOptions {
  apiIds: readonly string[]
  sockets: readonly SocketApi[]
  codeDirectory: (asset: string) => string
  /** Puts local origins in the place of AWS's. */
  localize: (value: string) => string
  notEmulated: (line: string) => void
}

/**
 * Everything of the template that has a public address, under one origin: sockets and function URLs
 * under paths of their own, and the rest where the distribution sends it, or to the HTTP API.
 */
export class FrontDoor implements ServerHandlers {
  readonly apis: ReadonlyMap<string, HttpApi>
  readonly urls: ReadonlyMap<string, FunctionUrl>
  readonly distribution: Distribution | undefined
  readonly #sockets: readonly SocketApi[]
  readonly #api: HttpApi | undefined
  readonly #files: readonly DeployedFiles[]

  constructor(
    resolver: Resolver,
    functions: LocalFunctions,
    { apiIds, sockets, codeDirectory, localize, notEmulated }: FrontDoorOptions,
  ) {
    this.#sockets = sockets
    this.apis = new Map(apiIds.map((id) => [id, new HttpApi(resolver, id, functions, notEmulated)]))
    this.urls = new Map(
      resolver
        .resources('AWS::Lambda::Url')
        .map(([id]) => [id, new FunctionUrl(resolver, id, functions)]),
    )
    this.#files = resolver
      .resources('AWS::S3::Bucket')
      .map(([id]) => new DeployedFiles(resolver, id, codeDirectory))
      .filter(({ isEmpty }) => !isEmpty)
    const distributions = resolver
      .resources('AWS::CloudFront::Distribution')
      .map(([id]) => [id, new Distribution(resolver, id, localize, notEmulated)] as const)
    this.distribution = distributions[0]?.[1]
    this.#api = [...this.apis.values()][0]
    for (const [id] of distributions.slice(1)) {
      notEmulated(`AWS::CloudFront::Distribution after the first (${id})`)
    }
    const unreachable = this.distribution ? [] : apiIds.slice(1)
    for (const id of unreachable) notEmulated(`AWS::ApiGatewayV2::Api after the first (${id})`)
    for (const host of this.distribution?.origins() ?? []) {
      if (!this.#origin(host)) notEmulated(`AWS::CloudFront::Distribution origin ${host}`)
    }
  }

  async request(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    try {
      for (const [logicalId, url] of this.urls) {
        const root = functionUrlPath(logicalId)
        if (path !== root && !path.startsWith(`${root}/`)) continue
        return await serve(url, request, response, { path: path.slice(root.length) || '/' })
      }
      const routed = this.distribution?.route(path)
      const target = routed ? this.#origin(routed.host) : this.#api
      if (target) return await serve(target, request, response, routed ?? { path })
      const [status, message] = routed ? [502, 'Bad Gateway'] : [404, 'Not Found']
      writeGatewayResponse(response, gatewayMessage(Number(status), { message }))
    } catch (error) {
      if (!(error instanceof RequestTooLarge)) throw error
      response.setHeader('connection', 'close')
      writeGatewayResponse(response, tooLarge())
    }
  }

  async upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    const path = (request.url ?? '/').split('?')[0]?.replace(/\/$/, '')
    for (const api of this.#sockets) {
      const stage = api.stages.find((name) => path === `${api.path}/${name}`)
      if (stage !== undefined) return await api.upgrade(request, stream, head, stage)
    }
    refuseUpgrade(stream, 403)
  }

  #origin(host: string): Target | undefined {
    const targets = [...this.apis.values(), ...this.urls.values(), ...this.#files]
    return targets.find((target) => target.host === host)
  }
}

type Target = HttpApi | FunctionUrl | DeployedFiles

interface Forwarding {
  /** The path that the target sees. */
  path: string
  /** What a distribution in front makes of the request. */
  forwarded?: (request: HttpRequest) => HttpRequest
  /** What a distribution in front adds to the answer. */
  answerHeaders?: Readonly<Record<string, string>>
}

const serve = async (
  target: Target,
  request: IncomingMessage,
  response: ServerResponse,
  { path, forwarded = (it) => it, answerHeaders = {} }: Forwarding,
): Promise<void> => {
  if (target instanceof DeployedFiles) {
    request.resume()
    await target.handle(request, response, path, answerHeaders)
  } else if (target instanceof HttpApi) {
    const read = forwarded(await readRequest(request, httpApiMaximumBytes))
    writeGatewayResponse(response, await target.handle(read, path))
  } else {
    const read = forwarded(await readRequest(request, functionUrlMaximumBytes))
    await target.handle(read, path, response)
  }
}
