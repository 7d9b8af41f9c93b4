import { linkedTo } from '../abort.ts'
import { jittered, pause } from '../clock.ts'
import type { Http } from '../http.ts'
import { asProblem, type StudioProblem } from '../problem.ts'
import { silent } from '../silence.ts'
import type { Wake } from '../wake.ts'
import { createChoice } from './choice.ts'
import type { Inbox } from './inbox.ts'
import { pollTransport } from './poll.ts'
import { socketTransport } from './socket.ts'
import { sseTransport } from './sse.ts'
import { type Link, NotOpened, type SocketLike, type TransportName } from './transport.ts'

/**
 * How the stream stands. `offline`: there is no network, by the browser's word or because nothing answers.
 * `unauthorized`: the token is not good any more; the stream goes on when another one is set.
 */
export interface StreamStatus {
  state: 'idle' | 'connecting' | 'live' | 'reconnecting' | 'offline' | 'unauthorized' | 'ended'
  transport: TransportName | null
  /** Why it is not live, or why it ended; null when it was asked to. */
  problem: StudioProblem | null
}

export interface ConnectionParts {
  http: Http
  sessionId: string
  inbox: Inbox
  transports: readonly TransportName[]
  WebSocket: (new (url: string) => SocketLike) | undefined
  wake: Wake
  signal: AbortSignal
  tell(status: StreamStatus): void
}

const ways = { socket: socketTransport, sse: sseTransport, poll: pollTransport }

/** Milliseconds after which a connection counts as one that works. */
const steadyMs = 10_000
/** Longest waits before coming back, in milliseconds: to a network, to a server that has trouble, with a token. */
const longestWaitMs = { network: 2_000, server: 15_000, token: 30_000 }
/** Longest wait that the product itself asks for, in milliseconds: what asks for more is something else. */
const longestAskedMs = 3_600_000

/** The session is not there, or not the caller's, or the position is none of its log: nothing will change that. */
const isFinal = ({ status, body }: StudioProblem): boolean =>
  body !== undefined && (status === 403 || status === 404 || status === 422)

/** What one connection came to. */
interface Ended {
  /** Undefined when the server ended it in order. */
  error: unknown
  livedMs: number
}

const hold = async (
  parts: ConnectionParts,
  name: TransportName,
  hooks: { hasBetter(): boolean; onLink(link: Link): void },
): Promise<Ended> => {
  const { http, sessionId, inbox, WebSocket, tell } = parts
  const { abort, letGo, ...linked } = linkedTo(parts.signal)
  const live: StreamStatus = { state: 'live', transport: name, problem: null }
  let openedAt: number | undefined
  let isCaughtUp = false
  const link: Link = {
    ...{ sessionId, http, inbox, WebSocket },
    signal: linked.signal,
    alive() {
      openedAt ??= http.clock.now()
      // A network that is said to be gone has brought something after all.
      if (isCaughtUp) tell(live)
    },
    caughtUp() {
      isCaughtUp = !linked.signal.aborted
      if (isCaughtUp) tell(live)
    },
    onDoubt() {},
    mayClimb: hooks.hasBetter,
  }
  hooks.onLink(link)
  let error: unknown
  try {
    await ways[name](link)
  } catch (caught) {
    error = caught ?? silent()
  }
  abort()
  letGo()
  return { error, livedMs: openedAt === undefined ? 0 : http.clock.now() - openedAt }
}

const troubleOf = (error: unknown): { problem: StudioProblem; state: StreamStatus['state'] } => {
  const problem = asProblem(error)
  const state =
    problem.status === 401
      ? 'unauthorized'
      : problem.code === 'UNREACHABLE' && !(error instanceof NotOpened)
        ? 'offline'
        : 'reconnecting'
  return { problem, state }
}

const waitOf = (
  { http: { random } }: ConnectionParts,
  { problem, state }: ReturnType<typeof troubleOf>,
  failures: number,
): number => {
  if (state === 'unauthorized')
    return jittered(random, failures, { base: 2_000, most: longestWaitMs.token })
  const most = problem.status === 0 ? longestWaitMs.network : longestWaitMs.server
  return jittered(random, failures, { base: 250, most })
}

/**
 * Keeps a connection until the signal says otherwise; never gives up on a server that may come back.
 * @returns the problem after which nothing can come any more; undefined when the signal ended it
 */
export const keepConnected = async (parts: ConnectionParts): Promise<StudioProblem | undefined> => {
  const { http, signal, tell } = parts
  const choice = createChoice(parts.transports, http.clock.now)
  let link: Link | undefined
  let cutWait = (): void => {}
  let failures = 0
  const stopWaking = parts.wake((reason) => {
    if (reason === 'offline') tell({ state: 'offline', transport: null, problem: null })
    else {
      choice.reset()
      cutWait()
    }
    link?.onDoubt(reason)
  })
  const stopHearing = http.onToken(() => cutWait())
  /**
   * What the server asks for is waited for in any case, up to an hour; the rest ends when there is a reason
   * to hope.
   */
  const wait = async (milliseconds: number, asked: number | undefined): Promise<void> => {
    if (asked !== undefined) await pause(http.clock, Math.min(asked, longestAskedMs), signal)
    const cut = linkedTo(signal)
    cutWait = cut.abort
    await pause(http.clock, milliseconds, cut.signal).catch(() => {})
    cut.letGo()
  }
  tell({ state: 'connecting', transport: null, problem: null })
  try {
    while (!signal.aborted) {
      const name = choice.next()
      const { error, livedMs } = await hold(parts, name, {
        hasBetter: () => choice.hasBetter(name),
        onLink(next) {
          link = next
        },
      })
      if (signal.aborted) return undefined
      if (livedMs >= steadyMs) {
        choice.worked(name)
        failures = 0
      }
      if (error === undefined && livedMs > 1_000) continue
      const trouble = troubleOf(error ?? silent())
      if (isFinal(trouble.problem)) return trouble.problem
      if (trouble.state !== 'unauthorized') choice.failed(name)
      tell({ state: trouble.state, transport: null, problem: trouble.problem })
      await wait(waitOf(parts, trouble, failures), trouble.problem.retryAfterMs)
      failures += 1
    }
  } catch (error) {
    if (!signal.aborted) return asProblem(error)
  } finally {
    stopWaking()
    stopHearing()
  }
  return undefined
}
