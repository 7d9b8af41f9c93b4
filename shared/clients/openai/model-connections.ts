import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { isIP, type Socket } from 'node:net'
import type { ServerAnswer } from './server-answer.ts'

/**
 * Milliseconds for which a connection is kept without a request: what a user takes to read an answer and to
 * write on. `fetch` keeps one for four seconds, so that each turn would begin with a handshake.
 */
const idleMs = 60_000

export interface ModelConnections {
  /** Posts JSON. Resolves as soon as the answer begins, whatever its status; a redirect is not followed. */
  post(
    url: URL,
    headers: Readonly<Record<string, string>>,
    body: string,
    signal: AbortSignal,
  ): Promise<ServerAnswer>
  /** Opens a connection for the next request, unless one is open. */
  openAhead(url: URL): void
}

const answerOf = (incoming: IncomingMessage): ServerAnswer => ({
  status: incoming.statusCode ?? 0,
  headers: {
    get(name) {
      const value = incoming.headers[name.toLowerCase()]
      return value === undefined ? null : [value].flat().join(', ')
    },
  },
  body: incoming,
})

/** Connections to one server, kept from one request to the next. */
export const createModelConnections = ({ protocol }: URL): ModelConnections => {
  const client = protocol === 'http:' ? http : https
  const agent = new client.Agent({ keepAlive: true, timeout: idleMs })
  const create = agent.createConnection.bind(agent)
  /** One that was opened ahead, and that no request has taken yet. */
  let spare: Socket | undefined

  const takeSpare = (): Socket | undefined => {
    const taken = spare
    spare = undefined
    if (taken === undefined || taken.destroyed || !taken.writable) return undefined
    taken.removeAllListeners('timeout')
    return taken.ref()
  }
  const connect: typeof create = (options, done) => {
    const socket = create(options, done)
    // A request tells what goes wrong; between two of them, or when one is aborted at its end, none listens.
    socket?.on('error', () => {})
    return socket
  }
  agent.createConnection = (options, done) => takeSpare() ?? connect(options, done)

  const isOpen = (): boolean =>
    (spare !== undefined && !spare.destroyed) ||
    Object.values(agent.freeSockets).some((sockets = []) => sockets.length > 0)

  return {
    post(url, headers, body, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<ServerAnswer>()
      client
        .request(url, { agent, method: 'POST', headers, signal }, (incoming) => {
          // Whatever reads the answer is told itself; one that is given up has no reader any more.
          incoming.on('error', () => {})
          resolve(answerOf(incoming))
        })
        .on('error', reject)
        .end(body)
      return promise
    },
    openAhead({ hostname, port }) {
      if (isOpen()) return
      const host = hostname.replace(/^\[|\]$/g, '')
      const options = {
        host,
        port: Number(port) || (client === http ? 80 : 443),
        servername: isIP(host) === 0 ? host : '',
      }
      const opened = connect(options, () => {}) as Socket | null | undefined
      if (!opened) return
      opened.setTimeout(idleMs)
      opened.once('timeout', () => opened.destroy())
      spare = opened.unref()
    },
  }
}
