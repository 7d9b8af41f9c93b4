import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import * as z from 'zod'
import type { ResponseSink } from '../functions/function-instance.ts'
import type { LocalFunctions } from '../functions/functions.ts'
import type { LocalFunction } from '../functions/local-function.ts'
import { functionUrlHost } from '../template/physical-names.ts'
import type { Resolver } from '../template/resolver.ts'
import { TemplateError } from '../template/template.ts'
import { type Cors, corsHeaders, corsSchema, preflightResponse } from './cors.ts'
import { gatewayEvent } from './gateway-event.ts'
import {
  gatewayMessage,
  lowerCased,
  readGatewayResponse,
  writeGatewayResponse,
} from './gateway-response.ts'
import type { HttpRequest } from './http-request.ts'
import { toBrowser } from './plain-cookies.ts'

/** A function URL refuses a larger request. */
export const functionUrlMaximumBytes = 6 * 1024 * 1024

const urlSchema = z.object({
  TargetFunctionArn: z.string(),
  InvokeMode: z.string().default('BUFFERED'),
  Cors: corsSchema.optional(),
})

/** One function URL of the template; with response streaming when the template says so. */
export class FunctionUrl {
  readonly host: string
  readonly fn: LocalFunction
  readonly #streams: boolean
  readonly #cors: Cors | undefined

  constructor(resolver: Resolver, logicalId: string, functions: LocalFunctions) {
    const url = resolver.properties(logicalId, urlSchema)
    const fn = functions.find(url.TargetFunctionArn)
    if (!fn) throw new TemplateError(`${logicalId}: there is no function ${url.TargetFunctionArn}`)
    this.host = functionUrlHost(logicalId)
    this.fn = fn
    this.#streams = url.InvokeMode === 'RESPONSE_STREAM'
    this.#cors = url.Cors
  }

  /** Answers a request. A response that breaks off midway is cut, so that its reader can tell. */
  async handle(request: HttpRequest, path: string, response: ServerResponse): Promise<void> {
    const headers = corsHeaders(this.#cors, request)
    const preflight = preflightResponse(this.#cors, request)
    if (preflight) return writeGatewayResponse(response, preflight)
    const [apiId = ''] = this.host.split('.')
    const event = gatewayEvent(request, {
      routeKey: '$default',
      stage: '$default',
      apiId,
      domainName: this.host,
      requestId: randomUUID(),
      path,
    })
    const failed = gatewayMessage(502, { Message: 'Internal Server Error' })
    try {
      const sink = this.#streams ? responseSink(response, headers) : undefined
      const outcome = await this.fn.invoke(event, sink)
      if (outcome.streamed) response.end()
      else {
        const answer = readGatewayResponse(outcome.payload) ?? failed
        writeGatewayResponse(response, { ...answer, headers: { ...answer.headers, ...headers } })
      }
    } catch {
      // The function's log has the error.
      if (response.headersSent) response.destroy()
      else writeGatewayResponse(response, failed)
    }
  }
}

/** Writes as fast as the client reads. When the client has gone, the function may finish unheard. */
const responseSink = (response: ServerResponse, headers: Record<string, string>): ResponseSink => ({
  head({ statusCode = 200, headers: own = {}, cookies = [] }) {
    response.writeHead(statusCode, {
      ...lowerCased(own),
      ...headers,
      ...(cookies.length > 0 && { 'set-cookie': cookies.map(toBrowser) }),
    })
    response.flushHeaders()
  },
  async write(chunk) {
    if (response.closed || response.destroyed) return
    if (response.write(chunk)) return
    await new Promise<void>((resolve) => {
      const done = () => {
        response.off('drain', done).off('close', done)
        resolve()
      }
      response.once('drain', done).once('close', done)
    })
  },
})
