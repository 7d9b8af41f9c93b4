import type { Duplex } from 'node:stream'
import { type RawData, WebSocket } from 'ws'
import { FrameSizes } from './frame-sizes.ts'
import type { ConnectionFacts } from './socket-event.ts'
import { textFrame } from './text-frame.ts'

/** API Gateway's limits, in bytes and milliseconds. */
export const socketLimits = {
  frameBytes: 32 * 1024,
  messageBytes: 128 * 1024,
  idleMilliseconds: 10 * 60 * 1000,
  lifeMilliseconds: 2 * 60 * 60 * 1000,
} as const

/** What a client may leave unread before the gateway takes no more for it. */
const unreadBytes = 1024 * 1024

const closeCodes = { goingAway: 1001, unsupportedData: 1003, tooBig: 1009 } as const

export interface ConnectionHandlers {
  message: (body: string) => void
  close: (code: number, reason: string) => void
}

/** One open socket with the gateway's limits on it. */
export class Connection {
  readonly facts: ConnectionFacts
  /** Milliseconds since the epoch. */
  lastActiveAt: number
  readonly #socket: WebSocket
  readonly #stream: Duplex
  readonly #life: NodeJS.Timeout
  readonly #idle: NodeJS.Timeout

  constructor(
    socket: WebSocket,
    stream: Duplex,
    facts: ConnectionFacts,
    handlers: ConnectionHandlers,
  ) {
    this.facts = facts
    this.lastActiveAt = facts.connectedAt
    this.#socket = socket
    this.#stream = stream
    const goAway = () => socket.close(closeCodes.goingAway, 'Going away')
    this.#life = setTimeout(goAway, socketLimits.lifeMilliseconds).unref()
    this.#idle = setTimeout(goAway, socketLimits.idleMilliseconds).unref()
    const sizes = new FrameSizes()
    // In front of the library's own listener, which would deliver the message first.
    stream.prependListener('data', (chunk: Buffer) => {
      sizes.read(chunk)
      if (sizes.largest > socketLimits.frameBytes) socket.close(closeCodes.tooBig)
    })
    socket.on('message', (data, isBinary) => {
      if (socket.readyState !== WebSocket.OPEN) return
      this.#touch()
      if (isBinary) socket.close(closeCodes.unsupportedData)
      else handlers.message(textOf(data))
    })
    // The library closes the socket itself after an error.
    socket.on('error', () => {})
    socket.on('close', (code, reason) => {
      clearTimeout(this.#idle)
      clearTimeout(this.#life)
      handlers.close(code, reason.toString('utf8'))
    })
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN
  }

  /**
   * Sends a frame; false when the client reads too slowly to be sent more. It goes to the stream past the library,
   * which would make it anew for each socket: with neither compression nor masks nothing waits in the library itself.
   */
  send(text: string): boolean {
    if (this.#stream.writableLength > unreadBytes) return false
    this.#touch()
    if (this.isOpen) this.#stream.write(textFrame(text))
    return true
  }

  /** Closes the socket; `close` of the handlers follows. */
  close(code: number = closeCodes.goingAway): void {
    this.#socket.close(code)
  }

  /** Cuts a socket whose client does not answer the closing. */
  terminate(): void {
    this.#socket.terminate()
  }

  #touch(): void {
    this.lastActiveAt = Date.now()
    this.#idle.refresh()
  }
}

const textOf = (data: RawData): string => {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8')
  return Buffer.from(data instanceof ArrayBuffer ? new Uint8Array(data) : data).toString('utf8')
}
