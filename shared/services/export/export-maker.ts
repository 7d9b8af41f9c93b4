import { join } from 'node:path'
import type { MediaStore } from '../../clients/media-store.ts'
import type { AssetType, FileRole } from '../../contracts/assets.ts'
import type { RunView } from '../../contracts/runs.ts'
import type { Locale } from '../../contracts/session.ts'
import { exportWording } from '../../platform/export-wording.ts'
import type {
  Asset,
  ExportOrder,
  MediaAssetRepository,
  StoredFile,
} from '../../repositories/media-asset-repository.ts'
import { digitalSourceTypes } from '../../rules/digital-source-types.ts'
import { csv } from '../../rules/export/csv.ts'
import { createEntryNames } from '../../rules/export/entry-names.ts'
import type { AssetMaker, MadeAsset, MakingOrder, Workshop } from '../media/asset-maker.ts'
import { viewRun } from '../runs/run-view.ts'
import { type ArchivedFile, type ArchiveEntry, checkArchive, writeArchive } from './archive.ts'
import { fontLicences, licenceText } from './licences.ts'
import { manifestOf } from './manifest.ts'
import { pdfPictures } from './pdf-pictures.ts'
import { planCalendar, planCsv, planRows } from './plan-rows.ts'
import { reportOf } from './report.ts'
import { reportHtml } from './report-html.ts'
import { reportMarkdown } from './report-markdown.ts'
import { reportPdf } from './report-pdf.ts'

export interface ExportMakerDependencies {
  media: () => Promise<Pick<MediaStore, 'get' | 'open'>>
  assets: Pick<MediaAssetRepository, 'list'>
}

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

const reserved = [
  ...['report.html', 'report.md', 'report.pdf', 'package.json', 'ad-copies.csv'],
  ...['weekly-plan.csv', 'weekly-plan.ics', 'manifest.json'],
]

const place = (assets: readonly Asset[]): PlacedFile[] => {
  const names = createEntryNames()
  for (const name of reserved) names.take(name)
  return assets.flatMap((asset) =>
    (asset.files ?? []).map((file) => ({
      ...{ asset, file },
      path: names.take(file.name, folders[asset.asset_type]),
    })),
  )
}

const pictureRoles: readonly FileRole[] = ['poster']

const picturesOf = (placed: readonly PlacedFile[]) =>
  placed.filter(({ file }) => pictureRoles.includes(file.role))

interface Packing {
  run: RunView
  locale: Locale
  order: ExportOrder
  placed: readonly PlacedFile[]
  media: Pick<MediaStore, 'get' | 'open'>
}

const text = (path: string, contentType: string, body: string): ArchiveEntry => ({
  path,
  contentType: `${contentType}; charset=utf-8`,
  body,
})

async function* documents(packing: Packing): AsyncGenerator<ArchiveEntry> {
  const { run, locale, order, placed } = packing
  const words = exportWording[locale]
  const plan = planRows(run.strategy_plan?.weekly_plan ?? [], order.start_date)
  const posters = picturesOf(placed)
  const pictures = posters.map(({ path, asset: { poster_spec_id } }) => ({
    ...{ path, posterSpecId: poster_spec_id, text: path },
  }))
  const report = reportOf(run, locale, { plan, pictures })
  yield text('report.html', 'text/html', reportHtml(report))
  yield text('report.md', 'text/markdown', reportMarkdown(report))
  const pdf = await reportPdf(report, await pdfPictures(packing.media, posters))
  yield { path: 'report.pdf', contentType: 'application/pdf', body: pdf }
  yield text('package.json', 'application/json', JSON.stringify(run, null, 2))
  if (run.creative_assets) {
    const rows = run.creative_assets.ad_copies.map((copy) => [copy.id, copy.channel, copy.text])
    const sheet = csv([[words.id, words.channel, words.text], ...rows])
    yield text('ad-copies.csv', 'text/csv', sheet)
  }
  if (plan.length > 0) {
    const about = { runId: run.run_id, name: report.title, stamp: run.updated_at }
    yield text('weekly-plan.csv', 'text/csv', planCsv(plan, locale))
    yield text('weekly-plan.ics', 'text/calendar', planCalendar(plan, about))
  }
  for (const { file } of fontLicences) {
    const body = await licenceText(file)
    yield { path: `licences/${file}`, contentType: 'text/plain; charset=utf-8', body }
  }
}

async function* entries(
  packing: Packing,
  written: readonly ArchivedFile[],
  workshop: Workshop,
): AsyncGenerator<ArchiveEntry> {
  const { placed, media, order } = packing
  workshop.report('drawing', 0.05)
  yield* documents(packing)
  const missing: string[] = []
  for (const [index, { path, file }] of placed.entries()) {
    workshop.report('rendering', 0.2 + (0.7 * index) / placed.length)
    const body = await media.open(file.key)
    if (!body) missing.push(path)
    else yield { path, contentType: file.content_type, body, sha256: file.sha256 }
  }
  const manifest = manifestOf({ ...packing, order, files: written, missing })
  yield text('manifest.json', 'application/json', JSON.stringify(manifest, null, 2))
}

const pack = async (
  { media, assets }: ExportMakerDependencies,
  { run: found, exported }: MakingOrder,
  workshop: Workshop,
): Promise<MadeAsset> => {
  if (!exported) throw new Error('An export without its order.')
  const known = new Map(
    (await assets.list(found.run.run_id)).map((asset) => [asset.asset_id, asset]),
  )
  const chosen = exported.asset_ids.flatMap((id) => known.get(id) ?? [])
  const packing = {
    run: viewRun(found),
    locale: found.run.locale,
    order: exported,
    placed: place(chosen.filter(({ status }) => status === 'completed')),
    media: await media(),
  }
  const path = join(await workshop.folder(), 'export.zip')
  const written: ArchivedFile[] = []
  await writeArchive(path, entries(packing, written, workshop), {
    written,
    lastModified: new Date(found.run.updated_at),
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
    checks: [check],
  }
}

/** Packs what is stored of a run; nothing is bought, and nothing is written that no agent wrote. */
export const createExportMaker = (dependencies: ExportMakerDependencies): AssetMaker => ({
  make: (order, workshop) => pack(dependencies, order, workshop),
})
