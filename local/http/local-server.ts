import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { loggableMessage } from '../../shared/platform/masking.ts'
import { gatewayMessage, writeGatewayResponse } from './gateway-response.ts'

export interface ServerHandlers {
  request: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  upgrade: (request: IncomingMessage, stream: Duplex, head: Buffer) => Promise<void>
}

/** An HTTP server on this machine's own address. Until it has handlers it answers 503. */
export class LocalServer {
  #handlers: ServerHandlers | undefined
  readonly #server: Server
  readonly #log: (line: string) => void

  constructor(log: (line: string) => void) {
    this.#log = log
    this.#server = createServer((request, response) => void this.#request(request, response))
    this.#server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
      this.#upgrade(request, stream, head).catch(() => stream.destroy())
    })
    // A request may last as long as its function; the gateways have limits of their own.
    this.#server.requestTimeout = 0
    // Longer than clients keep a connection, so that none sends into one that is just closing.
    this.#server.keepAliveTimeout = 75_000
  }

  /** Rejects when the port is taken. Resolves with the origin, without a slash at its end. */
  async listen(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, '127.0.0.1', resolve)
    })
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('There is no port')
    return `http://127.0.0.1:${address.port}`
  }

  serve(handlers: ServerHandlers): void {
    this.#handlers = handlers
  }

  /** Accepts no more connections; those that are open go on. */
  stopAccepting(): void {
    this.#server.close()
    this.#server.closeIdleConnections()
  }

  /** Cuts what is still open. */
  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  async #request(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A client that goes away is no error of the engine.
    response.on('error', () => {})
    request.on('error', () => {})
    try {
      if (this.#handlers) await this.#handlers.request(request, response)
      else {
        response.setHeader('retry-after', '1')
        writeGatewayResponse(response, gatewayMessage(503, { message: 'Service Unavailable' }))
      }
    } catch (error) {
      if (!request.destroyed) this.#log(`${request.method}: ${loggableMessage(String(error))}`)
      if (response.headersSent) response.destroy()
      else writeGatewayResponse(response, gatewayMessage(500, { message: 'Internal Server Error' }))
    }
  }

  async #upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    if (this.#handlers) await this.#handlers.upgrade(request, stream, head)
    else stream.destroy()
  }
}
