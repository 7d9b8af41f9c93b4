import type { SnappedFilm } from '../../rules/films/film-offers.ts'

/** The picture that a film begins with. */
export interface FilmReference {
  bytes: Uint8Array
  contentType: 'image/jpeg' | 'image/png'
  /** Hexadecimal. */
  sha256: string
}

export interface FilmOrder {
  prompt: string
  /** As the vendor offers it, see `snap`. */
  seconds: number
  width: number
  height: number
  reference: FilmReference | null
}

/** Where and under which name a vendor works on an order. */
export interface FilmJob {
  /** The vendor's own name for it. */
  name: string
  /** The folder of the media bucket that takes what the vendor stores itself; ends with a slash. */
  folder: string
  /** Of the order: what the vendor says must not repeat it. */
  prompt: string
}

/** How far the vendor is, as a share of 1; null where it does not say. A job that failed is an error. */
export type FilmProgress = { state: 'working'; share: number | null } | { state: 'done' }

/** The largest clip that is taken, in bytes: a minute at a rate that no vendor reaches. */
export const maxClipBytes = 200 * 1024 * 1024

/**
 * A vendor of films, who takes minutes. Each provider is one file that implements this. Every call is made
 * once, without retries.
 *
 * All throw StudioError: MODEL_REFUSED, never to be tried again as it is; CAPABILITY_NOT_CONFIGURED that names
 * the variable; RATE_LIMITED; UPSTREAM_ERROR, also for a clip that is none; or the signal's reason.
 */
export interface FilmVendor {
  /** The provider's name, as provenance gives it. */
  readonly provider: string
  /** The name under which its failures are told; that of a server with `/videos` when not given. */
  readonly service?: string
  readonly model: string
  /** Everything that a clip depends on besides the order: which server. */
  readonly server: string
  /** What of a wish the model can make. */
  snap(wish: { width: number; height: number; seconds: number }): SnappedFilm
  /**
   * Starts an order; the answer is the vendor's name for it. The same key means the same order, wherever the
   * vendor knows idempotency.
   */
  start(
    order: FilmOrder,
    at: { idempotencyKey: string; folder: string },
    signal: AbortSignal,
  ): Promise<string>
  /**
   * The name of the job of an order whose answer was lost, which was begun at `since` (epoch milliseconds) or
   * later; null when the vendor shows none. Not given by vendors that know the idempotency key of `start`.
   */
  find?(order: FilmOrder, since: number, signal: AbortSignal): Promise<string | null>
  look(job: FilmJob, signal: AbortSignal): Promise<FilmProgress>
  /** The clip of a job that is done. */
  fetch(job: FilmJob, signal: AbortSignal): Promise<Uint8Array>
}
