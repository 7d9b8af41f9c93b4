import type { MediaStore } from '../../clients/media-store.ts'
import type { AssetView } from '../../contracts/assets.ts'
import { isoTime } from '../../platform/clock.ts'
import type { Asset } from '../../repositories/media-work.ts'
import { downloadDisposition } from '../../rules/media/asset-names.ts'

/** Seconds for which a link is good: enough to fetch a film, too few to pass it around. */
const linkSeconds = 900

type Links = Pick<MediaStore, 'link'>

const filesOf = ({ files = [] }: Asset, media: Links, now: number): Promise<AssetView['files']> =>
  Promise.all(
    files.map(async ({ key, ...file }) => ({
      ...file,
      url: await media.link(key, linkSeconds, file.content_type, downloadDisposition(file.name)),
      expires_at: isoTime(now + linkSeconds * 1000),
    })),
  )

/** An asset as its route answers it, with links that download its files under their names. */
export const viewAsset = async (asset: Asset, media: Links, now: number): Promise<AssetView> => ({
  asset_id: asset.asset_id,
  asset_type: asset.asset_type,
  status: asset.status,
  run_id: asset.run_id,
  session_id: asset.session_id,
  job_id: asset.job_id,
  placement: asset.placement,
  poster_spec_id: asset.poster_spec_id,
  note: asset.note,
  replaces: asset.replaces,
  sources: asset.sources,
  stage: asset.stage,
  files: asset.status === 'completed' ? await filesOf(asset, media, now) : [],
  provenance: asset.provenance ?? null,
  checks: asset.checks ?? [],
  cost: asset.cost ?? null,
  error: asset.error ?? null,
  created_at: asset.created_at,
  updated_at: asset.updated_at,
  completed_at: asset.completed_at ?? null,
  expires_at: isoTime(asset.ttl * 1000),
})
