import { hash } from 'node:crypto'
import { StudioError } from '../contracts/errors.ts'
import { newId } from '../platform/ids.ts'
import { turnTimesNow } from '../platform/model-settings.ts'
import { log } from '../platform/telemetry.ts'
import { retention } from '../rules/retention.ts'
import { type Item, type Key, store, type Write } from './store.ts'

/** A request that is served once: the same key and content gets the stored answer. */
export interface KeyedRequest {
  principal: string
  /** The session it concerns: the record is erased with it. */
  sessionId?: string | undefined
  key: string
  /** Milliseconds after which a request whose worker died no longer counts as in flight. */
  flightMs?: number
  /** The request as JSON; other content under the same key is a conflict. */
  content: unknown
  /** Seconds that the answer is kept under its key; a day when not given. */
  keptSeconds?: number
}

/** Serves a keyed request once. @throws StudioError IDEMPOTENCY_CONFLICT, REQUEST_IN_FLIGHT */
export type Once = <T>(request: KeyedRequest, serve: () => Promise<T>) => Promise<T>

/** The default for `flightMs`: as long as the functions that take turns may run. */
const usualFlightMs = (): number => turnTimesNow().function

/** Holds the answers of a principal's requests that concern no session yet. */
export const answersPartition = (principal: string): string => `KEY#${principal}`

const digest = (text: string): string => hash('md5', JSON.stringify(text), 'base64')

const keyOf = ({ principal, sessionId, key }: KeyedRequest): Key => ({
  PK: sessionId === undefined ? answersPartition(principal) : `SESSION#${sessionId}`,
  SK: `KEY#${principal}#${digest(key)}`,
})

/** A record of this process: what settles or removes it takes no other's. */
interface Flight {
  /** Names it, so that a record whose writing seemed to fail is known again. */
  id: string
  key: Key
  content: string
  /** Epoch milliseconds at which it no longer counts as in flight. */
  until: number
  keptSeconds: number
}

const seconds = (milliseconds: number): number => Math.round(milliseconds / 1000)

/** Takes the key, or returns the record that holds it. */
const take = async ({
  id,
  key,
  content,
  until,
  keptSeconds,
}: Flight): Promise<Item | undefined> => {
  const now = Date.now()
  const { done, item } = await store().attempt({
    update: key,
    set: {
      status: 'INPROGRESS',
      validation: content,
      in_progress_expiration: until,
      flight: id,
      ttl: seconds(now) + keptSeconds,
    },
    clear: ['data'],
    condition: {
      expression:
        'attribute_not_exists(#PK) OR #ttl < :seconds OR (#status = :inprogress AND #in_progress_expiration < :now)',
      values: { ':seconds': now / 1000, ':inprogress': 'INPROGRESS', ':now': now },
    },
  })
  return done || item?.flight === id ? undefined : item
}

const isOurs = ({ id }: Flight): NonNullable<Write['condition']> => ({
  expression: '#flight = :flight',
  values: { ':flight': id },
})

const settle = (flight: Flight, answer: unknown): Promise<void> =>
  store().write([
    {
      update: flight.key,
      set: {
        status: 'COMPLETED',
        ttl: seconds(Date.now()) + flight.keptSeconds,
        ...(answer === undefined ? {} : { data: answer }),
      },
      condition: isOurs(flight),
    },
  ])

/** What the holder of the key was answered. @throws StudioError IDEMPOTENCY_CONFLICT, REQUEST_IN_FLIGHT */
const answerOf = (held: Item, { content }: Flight): unknown => {
  if (held.validation !== content) {
    throw new StudioError('IDEMPOTENCY_CONFLICT', 'This key was used with another request.')
  }
  if (held.status === 'COMPLETED') return held.data
  throw new StudioError('REQUEST_IN_FLIGHT', 'A request with this key is being served.', {
    retryAfter: 2,
  })
}

/** Never rejects: the work behind it is done. */
const atLeastTried = async (work: Promise<void>): Promise<void> => {
  try {
    await work
  } catch (error) {
    log.warn('idempotency record not settled', { error: error as Error })
  }
}

/**
 * Idempotency over the table, with the records in the session's partition or in one of the
 * principal's. An answer is JSON. A failure is not kept, so that the same key may try again. A record
 * that cannot be kept or removed changes nothing of what the caller is answered: the work is done.
 */
export const once: Once = async <T>(request: KeyedRequest, serve: () => Promise<T>) => {
  const flight: Flight = {
    id: newId('lease'),
    key: keyOf(request),
    content: digest(JSON.stringify(request.content)),
    until: Date.now() + (request.flightMs ?? usualFlightMs()),
    keptSeconds: request.keptSeconds ?? retention.answer.seconds,
  }
  const held = await take(flight)
  if (held) return answerOf(held, flight) as T
  let answer: T
  try {
    answer = await serve()
  } catch (failure) {
    await atLeastTried(store().write([{ remove: flight.key, condition: isOurs(flight) }]))
    throw failure
  }
  await atLeastTried(settle(flight, answer))
  return answer
}
