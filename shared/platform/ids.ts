import { monotonicFactory } from 'ulid'

const next = monotonicFactory()

export type IdPrefix =
  | 'sess'
  | 'upload'
  | 'run'
  | 'job'
  | 'asset'
  | 'user'
  | 'ticket'
  | 'lease'
  | 'req'

/** A new id: the prefix and 26 lower-case characters, sortable by creation time. */
export const newId = (prefix: IdPrefix): string => `${prefix}_${next().toLowerCase()}`
