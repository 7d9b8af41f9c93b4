/** How much of one rate is left, as callers are told. */
export interface Quota {
  /** The rate's name in the headers, such as `turns.principal.120`. */
  policy: string
  max: number
  /** Over which `max` comes back; null of what is counted while it lasts. */
  seconds: number | null
  remaining: number
  /** Seconds until there is more than `remaining`. */
  moreIn: number
}

/** By whom a request is counted. */
export interface Caller {
  /** Undefined for one without a token. */
  principal: string | undefined
  /** A keyed hash of the network address; undefined where a request has none. */
  address?: string | undefined
  /** Told what is left of each rate that the request took from, or of the one that refused it. */
  onQuotas?: ((quotas: Quota[]) => void) | undefined
}

export const policyOf = (limit: string, scope: string, seconds: number): string =>
  `${limit}.${scope}.${seconds}`
