import {
  IdempotencyAlreadyInProgressError,
  IdempotencyConfig,
  IdempotencyValidationError,
  makeIdempotent,
} from '@aws-lambda-powertools/idempotency'
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb'
import type { Context } from 'aws-lambda'
import { StudioError } from '../contracts/errors.ts'
import { requiredSetting } from '../platform/environment.ts'
import { environmentNames } from '../platform/environment-names.ts'
import { turnTimesNow } from '../platform/model-settings.ts'
import { log } from '../platform/telemetry.ts'
import { retention } from '../rules/retention.ts'
import { tableClient } from './store.ts'

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

/** What the work behind a key came to. */
type Outcome<T> = { answer: T } | { failure: unknown }

/** The outcome of work behind which the layer threw: what the work threw itself, or another error. */
const settled = <T>(outcome: Outcome<T>, error: unknown): T => {
  if ('failure' in outcome && outcome.failure === error) throw error
  log.warn('idempotency record not settled', { error: error as Error })
  if ('failure' in outcome) throw outcome.failure
  return outcome.answer
}

/**
 * Idempotency over the table, with the records in the session's partition or in one of the
 * principal's. An answer is JSON. A failure is not kept, so that the same key may try again. A record
 * that cannot be kept or removed changes nothing of what the caller is answered: the work is done.
 */
export const once: Once = async <T>(request: KeyedRequest, serve: () => Promise<T>) => {
  const { principal, sessionId, key, content } = request
  const config = new IdempotencyConfig({
    eventKeyJmesPath: 'key',
    payloadValidationJmesPath: 'content',
    expiresAfterSeconds: request.keptSeconds ?? retention.answer.seconds,
  })
  config.registerLambdaContext({
    getRemainingTimeInMillis: () => request.flightMs ?? usualFlightMs(),
  } as Context)
  const persistenceStore = new DynamoDBPersistenceLayer({
    awsSdkV3Client: tableClient(),
    tableName: requiredSetting(environmentNames.tableName),
    keyAttr: 'PK',
    sortKeyAttr: 'SK',
    staticPkValue: sessionId === undefined ? answersPartition(principal) : `SESSION#${sessionId}`,
    expiryAttr: 'ttl',
  })
  let outcome: Outcome<T> | undefined
  const work = async (): Promise<T> => {
    try {
      const answer = await serve()
      outcome = { answer }
      return answer
    } catch (failure) {
      outcome = { failure }
      throw failure
    }
  }
  try {
    const serveOnce = makeIdempotent((_: { key: string; content: string }) => work(), {
      persistenceStore,
      config,
      keyPrefix: `KEY#${principal}`,
    })
    return await serveOnce({ key, content: JSON.stringify(content) })
  } catch (error) {
    if (outcome) return settled(outcome, error)
    if (error instanceof IdempotencyAlreadyInProgressError) {
      throw new StudioError('REQUEST_IN_FLIGHT', 'A request with this key is being served.', {
        cause: error,
        retryAfter: 2,
      })
    }
    if (error instanceof IdempotencyValidationError) {
      throw new StudioError('IDEMPOTENCY_CONFLICT', 'This key was used with another request.', {
        cause: error,
      })
    }
    throw error
  }
}
