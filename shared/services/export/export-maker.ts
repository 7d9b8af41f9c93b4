import { join } from 'node:path'
import type { MediaStore } from '../../clients/media-store.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { RunView } from '../../contracts/runs.ts'
import type { Locale } from '../../contracts/session.ts'
import type { MediaAssetRepository } from '../../repositories/media-asset-repository.ts'
import type { ExportOrder } from '../../repositories/media-work.ts'
import { digitalSourceTypes } from '../../rules/digital-source-types.ts'
import type { AssetMaker, MadeAsset, MakingOrder, Workshop } from '../media/asset-maker.ts'
import { viewRun } from '../runs/run-view.ts'
import { type ArchivedFile, type ArchiveEntry, checkArchive, writeArchive } from './archive.ts'
import { copiesCsv } from './copies-csv.ts'
import { fontLicences, licenceText } from './licences.ts'
import { manifestOf } from './manifest.ts'
import { pdfPictures } from './pdf-pictures.ts'
import { type PlacedFile, placeFiles } from './placed-files.ts'
import { planCalendar, planCsv, planRows } from './plan-rows.ts'
import { reportOf } from './report.ts'
import { isPicture } from './report-files.ts'
import { reportHtml } from './report-html.ts'
import { reportMarkdown } from './report-markdown.ts'
import { reportPdf } from './report-pdf.ts'
import { changedFile, goneChecks, storedFiles } from './stored-files.ts'

export interface ExportMakerDependencies {
  media: () => Promise<Pick<MediaStore, 'get' | 'open' | 'head'>>
  assets: Pick<MediaAssetRepository, 'list'>
}

interface Packing {
  run: RunView
  locale: Locale
  order: ExportOrder
  /** Files that are in the bucket. */
  placed: readonly PlacedFile[]
  /** Files that are not there any more. */
  gone: readonly PlacedFile[]
  /** Ids of assets that were deleted since the export was asked for. */
  deleted: readonly string[]
  media: Pick<MediaStore, 'get' | 'open' | 'head'>
}

const text = (path: string, contentType: string, body: string): ArchiveEntry => ({
  path,
  contentType: `${contentType}; charset=utf-8`,
  body,
})

async function* documents(packing: Packing): AsyncGenerator<ArchiveEntry> {
  const { run, locale, order, placed } = packing
  const plan = planRows(run.strategy_plan?.weekly_plan ?? [], order.start_date)
  const report = reportOf(run, locale, { ...packing, plan, unfinished: order.unfinished })
  yield text('report.html', 'text/html', reportHtml(report))
  yield text('report.md', 'text/markdown', reportMarkdown(report))
  const pdf = await reportPdf(report, await pdfPictures(packing.media, placed.filter(isPicture)))
  yield { path: 'report.pdf', contentType: 'application/pdf', body: pdf }
  yield text('package.json', 'application/json', JSON.stringify(run, null, 2))
  if (run.creative_assets) yield text('ad-copies.csv', 'text/csv', copiesCsv(run, locale))
  if (plan.length > 0) {
    const { run_id: runId, created_at: since } = run
    const about = { runId, since, name: report.title, stamp: order.asked_at }
    yield text('weekly-plan.csv', 'text/csv', planCsv(plan, locale))
    const calendar = planCalendar(plan, about)
    if (calendar !== undefined) yield text('weekly-plan.ics', 'text/calendar', calendar)
  }
  for (const { file } of fontLicences) {
    const body = await licenceText(file)
    yield { path: `licences/${file}`, contentType: 'text/plain; charset=utf-8', body }
  }
}

const goneMeanwhile = ({ path, asset }: PlacedFile): StudioError => {
  const message = `${path} of ${asset.asset_id} went while the export was packed.`
  return new StudioError('UPSTREAM_ERROR', message)
}

async function* entries(
  packing: Packing,
  written: readonly ArchivedFile[],
  workshop: Workshop,
): AsyncGenerator<ArchiveEntry> {
  const { placed, media } = packing
  workshop.report('drawing', 0.05)
  yield* documents(packing)
  for (const [index, each] of placed.entries()) {
    const { path, file } = each
    workshop.report('rendering', 0.2 + (0.7 * index) / placed.length)
    const body = await media.open(file.key)
    // The report in front of it says that it is here.
    if (!body) throw goneMeanwhile(each)
    const onOther = () => changedFile(each)
    yield { path, contentType: file.content_type, body, expected: { ...file, onOther } }
  }
  const manifest = manifestOf({ ...packing, files: written })
  yield text('manifest.json', 'application/json', JSON.stringify(manifest, null, 2))
}

const packingOf = async (
  { media, assets }: ExportMakerDependencies,
  found: MakingOrder['run'],
  order: ExportOrder,
): Promise<Packing> => {
  const bucket = await media()
  const all = await assets.list(found.run.run_id)
  const known = new Map(
    all.filter(({ status }) => status === 'completed').map((asset) => [asset.asset_id, asset]),
  )
  const chosen = order.asset_ids.flatMap((id) => known.get(id) ?? [])
  const { there, gone } = await storedFiles(bucket, placeFiles(chosen))
  return {
    ...{ run: viewRun(found), locale: found.run.locale, order, placed: there, gone, media: bucket },
    deleted: order.asset_ids.filter((id) => !known.has(id)),
  }
}

const pack = async (
  dependencies: ExportMakerDependencies,
  { run: found, exported }: MakingOrder,
  workshop: Workshop,
): Promise<MadeAsset> => {
  if (!exported) throw new Error('An export without its order.')
  const packing = await packingOf(dependencies, found, exported)
  const path = join(await workshop.folder(), 'export.zip')
  const written: ArchivedFile[] = []
  await writeArchive(path, entries(packing, written, workshop), {
    written,
    lastModified: new Date(exported.asked_at),
    signal: workshop.signal,
  })
  workshop.report('checking', 0.9)
  const check = await checkArchive(path, written)
  return {
    files: [
      {
        ...{ role: 'export', contentType: 'application/zip', extension: 'zip', body: { path } },
        ...{ width: null, height: null, duration_ms: null },
      },
    ],
    provenance: {
      ...{ origin: 'composed', provider: null, model: null, purchases: [], adjusted: [] },
      digital_source_type: digitalSourceTypes.composite,
    },
    checks: [check, ...goneChecks([...packing.gone.map(({ path }) => path), ...packing.deleted])],
  }
}

/** Packs what is stored of a run; nothing is bought, and nothing is written that no agent wrote. */
export const createExportMaker = (dependencies: ExportMakerDependencies): AssetMaker => ({
  make: (order, workshop) => pack(dependencies, order, workshop),
})
