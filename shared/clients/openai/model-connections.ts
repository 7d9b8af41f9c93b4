import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { isIP, Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/**
 * Milliseconds for which a connection is kept without a request: what a user takes to read an answer and to
 * write on. `fetch` keeps one for four seconds, so that each turn would begin with a handshake.
 */
const idleMs = 60_000

export interface ModelPost {
  headers: Headers
  body: string
  signal: AbortSignal | undefined
}

/** Connections to one server, kept from one request to the next. */
export interface ModelConnections {
  /**
   * Sends one POST, once. Resolves as soon as the answer begins, whatever its status; a redirect is not
   * followed. The signal ends the request and the answer's body at any time.
   */
  post(url: URL, post: ModelPost): Promise<IncomingMessage>
  /** Opens a connection for the next request, unless one waits already. */
  openAhead(url: URL): void
}

interface KeptConnections {
  /** Those that wait for a request. */
  waiting(): Socket[]
  /** Ends those that have waited for longer than they are trusted. */
  endStale(): void
  /** Opens one that the next request takes. */
  open(options: ConnectionOptions): void
}

interface ConnectionOptions {
  host: string
  port: number
  servername: string
  noDelay: true
}

const end = (socket: Socket): void => {
  socket.destroy()
  // The agent looks at the oldest alone before it takes one.
  socket.emit('agentRemove')
}

/** What an agent keeps, and one connection that was opened ahead of a request. */
const keepConnections = (agent: http.Agent, now: () => number): KeptConnections => {
  /** When a connection last began to wait. */
  const waitingSince = new WeakMap<Duplex, number>()
  let spare: Socket | undefined

  const create = agent.createConnection.bind(agent)
  const connect: typeof create = (options, done) => {
    const socket = create(options, done)
    // A request tells what goes wrong; between two of them, or when one is aborted at its end, none listens.
    socket?.on('error', () => {})
    return socket
  }
  const endSpare = (): void => void spare?.destroy()
  const takeSpare = (): Socket | undefined => {
    const taken = spare
    spare = undefined
    if (taken === undefined || taken.destroyed || !taken.writable) return undefined
    taken.off('timeout', endSpare)
    return taken.ref()
  }
  agent.createConnection = (options, done) => takeSpare() ?? connect(options, done)

  const keep = agent.keepSocketAlive.bind(agent)
  agent.keepSocketAlive = (socket) => {
    waitingSince.set(socket, now())
    return keep(socket)
  }

  const waiting = (): Socket[] =>
    Object.values(agent.freeSockets)
      .flatMap((sockets = []) => sockets)
      .concat(spare ?? [])
      .filter(({ destroyed }) => !destroyed)
  // No timer runs while a function is frozen, and the server, or a router on the way, may have given up. Node
  // shortens a socket's time to what the server has said that it waits.
  const isStale = (socket: Socket): boolean =>
    now() - (waitingSince.get(socket) ?? 0) >= (socket.timeout || idleMs)
  return {
    waiting,
    endStale: () => waiting().filter(isStale).forEach(end),
    open(options) {
      const opened = connect(options, () => {})
      if (!(opened instanceof Socket)) return
      waitingSince.set(opened, now())
      spare = opened.setTimeout(idleMs).once('timeout', endSpare).unref()
    },
  }
}

/** @param now milliseconds of the wall clock, which also tells of the time in which a function was frozen */
export const createModelConnections = (
  { protocol }: URL,
  now: () => number = Date.now,
): ModelConnections => {
  const client = protocol === 'http:' ? http : https
  const agent = new client.Agent({ keepAlive: true, timeout: idleMs })
  const connections = keepConnections(agent, now)
  return {
    post(url, { headers, body, signal }) {
      connections.endStale()
      const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
      const request = client.request(url, {
        agent,
        method: 'POST',
        // Nothing here decodes what `fetch` would.
        headers: { ...Object.fromEntries(headers), 'accept-encoding': 'identity' },
        signal,
      })
      request.once('response', (incoming) => {
        // Whatever reads the answer is told itself; one that is given up has no reader any more.
        incoming.on('error', () => {})
        resolve(incoming)
      })
      request.on('error', (error) => {
        // It may have arrived, so that it is not sent again here. What broke one connection may have broken
        // all that wait: the caller's next try begins on a new one.
        if (!signal?.aborted) connections.waiting().forEach(end)
        reject(error)
      })
      request.end(body)
      return promise
    },
    openAhead({ hostname, port }) {
      connections.endStale()
      if (connections.waiting().length > 0) return
      const host = hostname.replace(/^\[|\]$/g, '')
      connections.open({
        host,
        port: Number(port) || (client === http ? 80 : 443),
        servername: isIP(host) === 0 ? host : '',
        noDelay: true,
      })
    },
  }
}
