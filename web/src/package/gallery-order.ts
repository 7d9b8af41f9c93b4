import type { AssetView } from '../../../shared/client/contract.ts'
import type { PosterSpec } from './assemble.ts'

export type Placement = NonNullable<AssetView['placement']>
export type AssetFile = AssetView['files'][number]

export interface Versions {
  /** The newest version. */
  asset: AssetView
  /** Earlier ones, newest first. */
  earlier: AssetView[]
}

export interface PlacementGroup {
  placement: Placement
  posters: Versions[]
  films: Versions[]
}

/** Assets of these, each with the versions that it replaces. The order of the list is kept. */
export const withVersions = (assets: readonly AssetView[]): Versions[] => {
  const byId = new Map(assets.map((asset) => [asset.asset_id, asset]))
  const replaced = new Set(assets.flatMap(({ replaces }) => replaces ?? []))
  return assets
    .filter(({ asset_id }) => !replaced.has(asset_id))
    .map((asset) => {
      const earlier: AssetView[] = []
      const seen = new Set([asset.asset_id])
      let before = asset.replaces
      while (before !== null && !seen.has(before)) {
        seen.add(before)
        const version = byId.get(before)
        if (!version) break
        earlier.push(version)
        before = version.replaces
      }
      return { asset, earlier }
    })
}

/** What is shown of two posters of one specification that neither replaces: each stands for itself. */
const bySpec =
  (specs: readonly PosterSpec[]) =>
  (one: Versions, other: Versions): number =>
    place(specs, one) - place(specs, other)

const place = (specs: readonly PosterSpec[], { asset }: Versions): number => {
  const at = specs.findIndex(({ id }) => id === asset.poster_spec_id)
  return at < 0 ? specs.length : at
}

/** Pictures and films by where they are posted, in the order in which the placements first come. */
export const galleryOf = (
  assets: readonly AssetView[],
  specs: readonly PosterSpec[],
): PlacementGroup[] => {
  const groups = new Map<Placement, PlacementGroup>()
  for (const versions of withVersions(assets)) {
    const { placement, asset_type } = versions.asset
    if (placement === null) continue
    const group = groups.get(placement) ?? { placement, posters: [], films: [] }
    groups.set(placement, group)
    if (asset_type === 'video') group.films.push(versions)
    else group.posters.push(versions)
  }
  return [...groups.values()].map((group) => ({
    ...group,
    posters: group.posters.toSorted(bySpec(specs)),
  }))
}

export const fileOf = (
  asset: AssetView | undefined,
  ...roles: AssetFile['role'][]
): AssetFile | undefined => {
  for (const role of roles) {
    const file = asset?.files.find((each) => each.role === role)
    if (file) return file
  }
  return undefined
}

/** The newest finished asset of a type, or else the newest of all. */
export const newestOf = (
  assets: readonly AssetView[],
  type: AssetView['asset_type'],
): Versions | undefined => {
  const all = withVersions(assets.filter(({ asset_type }) => asset_type === type)).toSorted(
    (one, other) => other.asset.created_at.localeCompare(one.asset.created_at),
  )
  return all.find(({ asset }) => asset.status === 'completed') ?? all[0]
}

/** Whether a link still works for long enough to begin with it. */
export const isFresh = (expiresAt: string, now: number): boolean =>
  Date.parse(expiresAt) - now > 20_000

export type AiLabel = 'generated' | 'contains_generated' | 'recording' | 'none'

/** What has to be said of where pixels and sound come from. */
export const aiLabelOf = ({ provenance }: Pick<AssetView, 'provenance'>): AiLabel => {
  if (!provenance) return 'none'
  const { origin, digital_source_type } = provenance
  if (origin === 'recording') return 'recording'
  if (origin === 'generated') return 'generated'
  return /trainedAlgorithmicMedia/i.test(digital_source_type ?? '') ? 'contains_generated' : 'none'
}
