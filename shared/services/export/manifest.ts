import type { RunView } from '../../contracts/runs.ts'
import type { Locale } from '../../contracts/session.ts'
import type { Asset, ExportOrder } from '../../repositories/media-work.ts'
import { spreadsheetNote } from '../../rules/export/csv.ts'
import { planDates } from '../../rules/export/plan-dates.ts'
import type { ArchivedFile } from './archive.ts'
import { fontLicences } from './licences.ts'
import type { PlacedFile } from './placed-files.ts'
import { isAiGenerated } from './report-files.ts'

interface Manifested {
  run: RunView
  locale: Locale
  order: ExportOrder
  placed: readonly PlacedFile[]
  /** Not in the bucket any more. */
  gone: readonly PlacedFile[]
  /** Ids of assets that were deleted since the export was asked for. */
  deleted: readonly string[]
  files: readonly ArchivedFile[]
}

const assetEntry = (asset: Asset, placed: Manifested['placed']) => {
  const { asset_id, asset_type, placement, poster_spec_id, note, replaces, sources } = asset
  const { provenance = null, checks = [], cost = null } = asset
  return {
    ...{ asset_id, asset_type, placement, poster_spec_id, note, replaces, sources },
    files: placed.filter((each) => each.asset === asset).map(({ path }) => path),
    ...{ provenance, checks, cost },
    /** Whether a model made pixels or sound of it: such files keep their label when they are published. */
    ai_generated: isAiGenerated(asset),
  }
}

/** What is in an archive, where it comes from, what it cost and on which terms it may be used. */
export const manifestOf = ({ run, order, placed, gone, deleted, files, locale }: Manifested) => ({
  schema_version: 'v1',
  run_id: run.run_id,
  session_id: run.session_id,
  run_state: run.state,
  run_updated_at: run.updated_at,
  asked_at: order.asked_at,
  locale,
  /** SHA-256 in hexadecimal; of every file but this one. */
  files: [...files],
  /** What belongs to the run and is not here, as the report says, too. */
  missing: gone.map(({ path, asset, file: { role, bytes, sha256 } }) => ({
    ...{ path, asset_id: asset.asset_id, role, bytes, sha256 },
  })),
  deleted,
  unfinished: order.unfinished,
  assets: [...new Set([...placed, ...gone].map(({ asset }) => asset))].map((asset) =>
    assetEntry(asset, placed),
  ),
  texts: { ai_generated: true, provenance: run.provenance, copy_safety: run.copy_safety },
  /** At list prices. */
  usage: run.usage,
  weekly_plan: {
    start_date: order.start_date,
    time_zone: 'Asia/Seoul',
    undated: (run.strategy_plan?.weekly_plan ?? [])
      .map(({ day }) => day)
      .filter((day) => planDates(day, order.start_date) === undefined),
  },
  spreadsheets: spreadsheetNote,
  licences: fontLicences.map(({ name, licence, file }) => ({
    ...{ name, licence },
    file: `licences/${file}`,
  })),
})
