import type { AssetType } from '../../contracts/assets.ts'
import type { Asset, StoredFile } from '../../repositories/media-work.ts'
import { createEntryNames } from '../../rules/export/entry-names.ts'

const folders: Readonly<Record<AssetType, string>> = {
  poster: 'posters',
  narration: 'narration',
  subtitles: 'captions',
  video: 'films',
}

/** A file of an asset with its place in the archive. */
export interface PlacedFile {
  path: string
  asset: Asset
  file: StoredFile
}

/** Names of our own at the top of the archive. */
const reserved = [
  ...['report.html', 'report.md', 'report.pdf', 'package.json', 'ad-copies.csv'],
  ...['weekly-plan.csv', 'weekly-plan.ics', 'manifest.json'],
]

export const placeFiles = (assets: readonly Asset[]): PlacedFile[] => {
  const names = createEntryNames()
  for (const name of reserved) names.take(name)
  return assets.flatMap((asset) =>
    (asset.files ?? []).map((file) => ({
      ...{ asset, file },
      path: names.take(file.name, folders[asset.asset_type]),
    })),
  )
}
