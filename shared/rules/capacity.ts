import type { Route } from '../contracts/http/route.ts'

/**
 * How much of an account's concurrent executions each part of a deployment may use, and how many requests
 * a second its gateways let through. `lib` builds the template from it, and the limit on runs in progress
 * follows it.
 */

/** Concurrent executions of a new account, in each region. Older accounts have 1,000. */
export const usualConcurrency = 10

/** AWS keeps so many of a larger account for functions without a reservation. */
const unreservedLeast = 100

/** The setting that says how many an account has, when it is not a new one. */
export const concurrencyName = 'LAMBDA_CONCURRENCY'

/** An account's concurrency by its setting. @throws Error that names the variable */
export const concurrencyIn = (setting: string | undefined): number => {
  if (setting === undefined || setting === '') return usualConcurrency
  const concurrency = Number(setting)
  if (!/^\d{1,6}$/.test(setting) || concurrency < usualConcurrency) {
    throw new Error(
      `${concurrencyName} is ${JSON.stringify(setting)}; it is the account's quota of concurrent executions, a whole number of at least ${usualConcurrency}.`,
    )
  }
  return concurrency
}

const share = (concurrency: number, part: number): number => Math.floor(concurrency * part)

/**
 * Stage workers at once: two fifths, so that stages never starve what people wait for. An event source
 * takes 2 to 1,000.
 */
export const stageWorkersOf = (concurrency: number): number =>
  Math.min(1_000, Math.max(2, share(concurrency, 0.4)))

/**
 * Runs in progress at once: one less than stage workers. A worker may do a whole run; the messages of its
 * stages, which bring task tokens, have to be taken meanwhile, before the state machine counts the silence.
 */
export const runsAtOnceOf = (stageWorkers: number): number => Math.max(1, stageWorkers - 1)

/**
 * Workers of media at once: a twentieth, since no request waits for what they do, but the two that an event
 * source takes at least.
 */
export const mediaWorkersOf = (concurrency: number): number =>
  Math.min(1_000, Math.max(2, share(concurrency, 0.05)))

/**
 * Executions that are reserved for the function that streams, which is also the most that it gets: three
 * tenths. None where AWS would refuse the reservation.
 */
export const streamReservationOf = (concurrency: number): number | undefined => {
  const reserved = Math.min(share(concurrency, 0.3), concurrency - unreservedLeast)
  return reserved >= 10 ? reserved : undefined
}

/** Requests a second, and how many of them may come at once. */
export interface Throttle {
  rateLimit: number
  burstLimit: number
}

/** What a request costs: a call of a model, or reads and a few writes. */
export type RouteKind = 'model' | 'cheap'

/** Seconds that a request of a kind takes, about: together with the rate it says how many run at once. */
export const usualSeconds: Readonly<Record<RouteKind, number>> = { model: 6, cheap: 0.1 }

/** Executions for HTTP and sockets: what stages, media and streams leave. */
export const requestsAtOnce = (concurrency: number): number =>
  concurrency -
  stageWorkersOf(concurrency) -
  mediaWorkersOf(concurrency) -
  (streamReservationOf(concurrency) ?? 0)

/**
 * The throttle of one route. Models may take all executions of HTTP, and at least one request a second;
 * what is over is answered 429 by the gateway.
 */
export const throttleOf = (concurrency: number, kind: RouteKind): Throttle => {
  const most = requestsAtOnce(concurrency) / usualSeconds[kind]
  const rateLimit = Math.max(1, Math.min(kind === 'model' ? 200 : 2_000, Math.floor(most)))
  return { rateLimit, burstLimit: Math.max(10, 2 * rateLimit) }
}

/** A route that answers with problems of a model calls one. */
export const kindOf = ({ problems }: Pick<Route, 'problems'>): RouteKind =>
  problems.includes('UPSTREAM_ERROR') && problems.includes('RATE_LIMITED') ? 'model' : 'cheap'
