import { createStudio, type SocketLike, type TransportName } from '../../../shared/client/index.ts'
import type { Client } from '../studio/client.ts'
import type { Random } from './random.ts'

/** How a client reads along: the public client, by one transport. */
export type Way = TransportName

/** What a client made of everything it received. */
export interface Assembly {
  /** The last seq up to which nothing is missing. */
  last(): number
  take(event: { seq: number }): void
  /** The events 1 to `last` as JSON texts. */
  texts(): string[]
  /** Seqs that came out of order, or twice. */
  misplaced: number[]
}

export const createAssembly = (): Assembly => {
  const texts: string[] = []
  const misplaced: number[] = []
  return {
    last: () => texts.length,
    take(event) {
      if (event.seq === texts.length + 1) texts.push(JSON.stringify(event))
      else misplaced.push(event.seq)
    },
    texts: () => texts,
    misplaced,
  }
}

interface Following {
  client: Client
  sessionId: string
  assembly: Assembly
  random: Random
  /** Whether this client has what it wants. */
  done: () => boolean
  /** Called for each connection that is dropped on purpose. */
  dropped: () => void
}

/** Sockets of which each closes by itself after a while. */
const fallingSockets = ({ random, dropped }: Following): (new (url: string) => SocketLike) =>
  class extends WebSocket implements SocketLike {
    constructor(url: string) {
      super(url)
      const drop = setTimeout(
        () => {
          dropped()
          this.close()
        },
        random.between(300, 12_000),
      )
      this.addEventListener('close', () => clearTimeout(drop))
    }
  } as never

/** Answers of which a stream breaks off after so many bytes, wherever that is. */
const breakingFetch =
  ({ random, dropped }: Following): typeof fetch =>
  async (input, init) => {
    const response = await fetch(input, init)
    if (!response.headers.get('content-type')?.includes('event-stream')) return response
    let left = random.between(200, 12_000)
    const cut = new TransformStream<Uint8Array, Uint8Array>({
      transform(bytes, controller) {
        controller.enqueue(bytes.subarray(0, left))
        left -= bytes.length
        if (left > 0) return
        dropped()
        controller.error(new TypeError('terminated'))
      },
    })
    const { status, headers } = response
    return new Response(response.body?.pipeThrough(cut) ?? null, { status, headers })
  }

/** Reads a session's log until `done`, with connections that fail now and then. */
export const follow = async (way: Way, following: Following): Promise<void> => {
  const { client, sessionId, assembly, done } = following
  const studio = createStudio({
    origin: client.origin,
    token: () => client.token,
    fetch: breakingFetch(following),
    WebSocket: fallingSockets(following),
    transports: [way],
  })
  const stream = studio.session(sessionId).events()
  stream.on((event) => assembly.take(event))
  const { promise, resolve } = Promise.withResolvers<void>()
  const looking = setInterval(() => done() && resolve(), 150)
  await promise
  clearInterval(looking)
  stream.close()
}
