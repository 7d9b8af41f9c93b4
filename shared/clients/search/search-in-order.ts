import { StudioError } from '../../contracts/errors.ts'
import { pause } from '../../platform/pause.ts'
import { log } from '../../platform/telemetry.ts'
import { tracedCall } from '../../platform/tracing.ts'
import { searchLimits } from '../../rules/search-limits.ts'
import type { SearchProvider, SearchQuery, SearchResult } from './search-provider.ts'

/** The searches of one run, over providers in order. */
export interface OrderedSearch {
  /**
   * What the first provider finds; none when those that answered found nothing.
   * @throws StudioError when none can; or the reason of the aborted signal
   */
  search(query: SearchQuery, signal: AbortSignal): Promise<SearchResult[]>
}

/** Whether a provider refuses every query alike: its key, its plan, its limit. */
const isLasting = ({ code }: StudioError): boolean =>
  code === 'RATE_LIMITED' || code === 'CAPABILITY_NOT_CONFIGURED'

/** One error for all: what may pass comes before what stays, so that `retryable` is true of the whole. */
export const combined = (failures: readonly StudioError[]): StudioError => {
  const passing = failures.filter(({ retryable }) => retryable)
  const [first] = passing.length > 0 ? passing : failures
  if (first === undefined) return new StudioError('UPSTREAM_ERROR', 'There is no search provider.')
  if (failures.length === 1) return first
  const message = failures.map((failure) => failure.message).join(' ')
  const waits = failures.flatMap(({ retryAfter }) => retryAfter ?? [])
  return new StudioError(first.code, message, {
    cause: first,
    retryable: first.retryable,
    vendor: { service: 'The search', status: null, code: null, message, request_id: null },
    ...(waits.length === failures.length ? { retryAfter: Math.min(...waits) } : {}),
  })
}

/** A provider within one run, and what the run knows of it. */
interface Asked {
  provider: SearchProvider
  /** Why it is not asked any more. */
  refused: StudioError | undefined
  /** The last query that waits for its turn. */
  turn: Promise<unknown>
}

const searchWith = (provider: SearchProvider, query: SearchQuery, signal: AbortSignal) =>
  tracedCall(`search ${provider.name}`, {}, () => provider.search(query, signal))

const ask = async (
  asked: Asked,
  query: SearchQuery,
  signal: AbortSignal,
): Promise<SearchResult[]> => {
  if (asked.refused) throw asked.refused
  return searchWith(asked.provider, query, signal)
}

/**
 * Once more after a short wait, one query at a time: plans with a limit per second refuse the second
 * of several queries. One that is refused again is for all.
 */
const askInTurn = (
  asked: Asked,
  query: SearchQuery,
  wait: number,
  signal: AbortSignal,
): Promise<SearchResult[]> => {
  const turn = asked.turn.then(async () => {
    if (asked.refused) throw asked.refused
    await pause(wait, signal)
    signal.throwIfAborted()
    return searchWith(asked.provider, query, signal)
  })
  asked.turn = turn.catch((error) => {
    if (error instanceof StudioError && isLasting(error)) asked.refused = error
  })
  return turn
}

/** Milliseconds after which a limit may be over; undefined when that is not worth waiting for. */
const shortWait = ({ code, retryable, retryAfter }: StudioError): number | undefined => {
  const wait = (retryAfter ?? 1) * 1000
  return code === 'RATE_LIMITED' && retryable && wait <= searchLimits.limitWaitMs ? wait : undefined
}

/** The provider's answer; `isLast` when no other could take over. */
const askPatiently = async (
  asked: Asked,
  query: SearchQuery,
  isLast: boolean,
  signal: AbortSignal,
): Promise<SearchResult[]> => {
  try {
    return await ask(asked, query, signal)
  } catch (error) {
    if (signal.aborted || !(error instanceof StudioError) || error === asked.refused) throw error
    const { name } = asked.provider
    log.warn('search provider failed', { provider: name, code: error.code, error })
    const wait = isLast ? shortWait(error) : undefined
    if (wait !== undefined) return askInTurn(asked, query, wait, signal)
    if (isLasting(error)) asked.refused = error
    throw error
  }
}

/**
 * Lets the next provider take over where one fails, whose reason is logged, or finds nothing. A provider that refused one query for
 * a reason that holds for all is not asked again.
 */
export const searchInOrder = (providers: readonly SearchProvider[]): OrderedSearch => {
  const all: Asked[] = providers.map((provider) => ({
    provider,
    refused: undefined,
    turn: Promise.resolve(),
  }))
  return {
    async search(query, signal) {
      const failures: StudioError[] = []
      for (const asked of all) {
        try {
          const results = await askPatiently(asked, query, asked === all.at(-1), signal)
          if (results.length > 0) return results
        } catch (error) {
          if (signal.aborted) throw signal.reason
          if (!(error instanceof StudioError)) throw error
          failures.push(error)
        }
      }
      if (failures.length < all.length) return []
      throw combined(failures)
    },
  }
}
