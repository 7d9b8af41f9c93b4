import { decodeTime, monotonicFactory } from 'ulid'

const next = monotonicFactory()

export type IdPrefix =
  | 'sess'
  | 'upload'
  | 'picture'
  | 'run'
  | 'job'
  | 'asset'
  | 'user'
  | 'webhook'
  | 'ping'
  | 'ticket'
  | 'lease'
  | 'hold'
  | 'call'
  | 'req'

/** A new id: the prefix and 26 lower-case characters, sortable by creation time. */
export const newId = (prefix: IdPrefix): string => `${prefix}_${next().toLowerCase()}`

/** When an id was made, in epoch milliseconds. */
export const issuedAt = (id: string): number =>
  decodeTime(id.slice(id.indexOf('_') + 1).toUpperCase())
