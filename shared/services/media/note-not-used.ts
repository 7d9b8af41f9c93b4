import type { AssetProvenance } from '../../contracts/assets.ts'

/** Says of an asset of nothing but the run's own words that a note could change none of them. */
export const noteNotUsed = (note: string | null): AssetProvenance['adjusted'] =>
  note === null ? [] : ['note_not_used']
