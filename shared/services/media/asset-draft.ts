import { createHash } from 'node:crypto'
import type { Asset } from '../../repositories/media-work.ts'

/** An asset that a request means, whether or not it is there. */
export interface AssetDraft
  extends Pick<
    Asset,
    | 'asset_id'
    | 'asset_type'
    | 'placement'
    | 'poster_spec_id'
    | 'note'
    | 'replaces'
    | 'sources'
    | 'settings'
  > {
  /** The asset itself, when there is one. */
  existing: Asset | undefined
}

const idAlphabet = '0123456789abcdefghijkmnopqrstuvw'
const idCharacters = 26

export type DraftContent = Omit<AssetDraft, 'asset_id' | 'existing'>

/**
 * An asset's id is the digest of what it is made from, so that two requests at once cannot make two of one
 * asset: five bits of it for each character.
 */
export const idOf = (runId: string, draft: DraftContent): string => {
  const { asset_type, placement, poster_spec_id, note, replaces, sources, settings } = draft
  const { preset, pace, recording, captions } = settings
  const digest = createHash('sha256')
    .update(
      JSON.stringify([
        ...['v1', runId, asset_type, placement, poster_spec_id, note, replaces],
        ...[sources, preset, pace, recording, captions],
      ]),
    )
    .digest()
  const characters = Array.from(
    { length: idCharacters },
    (_, index) => idAlphabet[(digest[index] ?? 0) % idAlphabet.length],
  )
  return `asset_${characters.join('')}`
}

export const asDraft = (existing: Asset): AssetDraft => {
  const { asset_id, asset_type, placement, poster_spec_id, note, replaces, sources, settings } =
    existing
  return {
    ...{ asset_id, asset_type, placement, poster_spec_id, note, replaces, sources, settings },
    existing,
  }
}
