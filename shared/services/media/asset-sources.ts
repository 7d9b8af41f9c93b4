import type { AssetFailure } from '../../contracts/assets.ts'
import type { Work } from '../../repositories/media-work.ts'
import { isEnded } from '../../rules/media/asset-progress.ts'

/** What an asset's sources have come to. */
export type SourcesState =
  | { state: 'waiting' }
  | { state: 'ready'; sources: Work[] }
  /** One that it cannot do without was not made. */
  | { state: 'failed'; source: Work | undefined; error: AssetFailure | undefined }

/** Kinds of source of which one is enough: a film shows the posters that there are. */
const anyOf: readonly Work['asset_type'][] = ['poster']

const failureOf = (missing: Work | undefined): SourcesState => ({
  state: 'failed',
  source: missing,
  error: missing?.error,
})

/**
 * Judges the sources of an asset among all assets of its run. One that was deleted or cancelled counts as not
 * made, and of several posters one has to be there.
 */
export const sourcesOf = (
  { sources }: Pick<Work, 'sources'>,
  all: readonly Work[],
): SourcesState => {
  const known = new Map(all.map((asset) => [asset.asset_id, asset]))
  const found = sources.map((id) => known.get(id))
  if (found.some((asset) => asset && !isEnded(asset))) return { state: 'waiting' }
  const needed = found.filter((asset) => !asset || !anyOf.includes(asset.asset_type))
  const missing = needed.find((asset) => asset?.status !== 'completed')
  if (needed.some((asset) => asset?.status !== 'completed')) return failureOf(missing)
  const choices = found.filter((asset) => asset && anyOf.includes(asset.asset_type))
  const made = found.filter((asset): asset is Work => asset?.status === 'completed')
  if (choices.length > 0 && !choices.some((asset) => asset?.status === 'completed')) {
    return failureOf(choices[0])
  }
  return { state: 'ready', sources: made }
}
