import type { AssetOrigin } from '../../contracts/assets.ts'
import { exportNames } from '../../platform/wording/exports.ts'
import type { Asset } from '../../repositories/media-work.ts'
import { digitalSourceTypes } from '../../rules/digital-source-types.ts'
import { fileSize } from '../../rules/file-size.ts'
import type { PlacedFile } from './placed-files.ts'
import {
  heading,
  note,
  type ReportBlock,
  type ReportCell,
  type Reporting,
  type ReportPicture,
} from './report-blocks.ts'

export const isPicture = ({ file: { role } }: PlacedFile): boolean => role === 'poster'

const ofModels: readonly string[] = [
  digitalSourceTypes.trainedAlgorithmicMedia,
  digitalSourceTypes.compositeWithTrainedAlgorithmicMedia,
]

/** Whether a model made pixels or sound of it: such files keep their label when they are published. */
export const isAiGenerated = ({ provenance }: Pick<Asset, 'provenance'>): boolean =>
  provenance !== undefined &&
  (provenance.origin === 'generated' ||
    provenance.model !== null ||
    ofModels.includes(provenance.digital_source_type ?? ''))

const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

const seconds = (ms: number, { words }: Reporting): string =>
  `${(ms / 1000).toFixed(1)} ${words.seconds}`

const sizeOf = ({ file }: PlacedFile, reporting: Reporting): string => {
  const { width, height, duration_ms, bytes } = file
  return [
    width !== null && height !== null ? `${width}×${height}` : undefined,
    duration_ms !== null ? seconds(duration_ms, reporting) : undefined,
    fileSize(bytes),
  ]
    .filter((part) => part !== undefined)
    .join(', ')
}

const labelOf = ({ asset }: PlacedFile, { words }: Reporting): string | undefined => {
  if (!isAiGenerated(asset)) return undefined
  const { aiPicture, aiVideo, aiSound } = words
  return { poster: aiPicture, video: aiVideo, narration: aiSound, subtitles: undefined }[
    asset.asset_type
  ]
}

const placementOf = ({ placement }: Pick<Asset, 'placement'>, { locale }: Reporting): string =>
  placement === null ? '' : exportNames[locale].placements[placement]

const captionOf = (placed: PlacedFile, reporting: Reporting): string =>
  [labelOf(placed, reporting), placementOf(placed.asset, reporting), sizeOf(placed, reporting)]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ')

/** The posters of a specification, each with its AI label and its placement. */
export const pictureBlocks = (specId: string, reporting: Reporting): ReportBlock[] => {
  const pictures = reporting.placed
    .filter((each) => isPicture(each) && each.asset.poster_spec_id === specId)
    .map((each): ReportPicture => {
      const { width, height } = each.file
      return {
        ...{ path: each.path, text: captionOf(each, reporting) },
        ...{ width: width ?? 1, height: height ?? 1 },
      }
    })
  return pictures.length > 0 ? [{ kind: 'pictures', pictures }] : []
}

const media = { narration: 'audio', clean_video: 'video', captioned_video: 'video' } as const

/** The narration and the films, for pages that can play them. */
export const playerBlocks = (
  types: readonly Asset['asset_type'][],
  reporting: Reporting,
): ReportBlock[] =>
  reporting.placed.flatMap((each): ReportBlock[] => {
    const { role } = each.file
    if (!types.includes(each.asset.asset_type) || !(role in media)) return []
    const medium = media[role as keyof typeof media]
    return [{ kind: 'player', medium, path: each.path, text: captionOf(each, reporting) }]
  })

const originOf = (each: PlacedFile, reporting: Reporting): string => {
  const origin: AssetOrigin | undefined = each.asset.provenance?.origin
  const name = origin === undefined ? '' : exportNames[reporting.locale].origins[origin]
  const label = labelOf(each, reporting)
  return label === undefined ? name : `${name} (${label})`
}

const fileRow = (each: PlacedFile, reporting: Reporting): ReportCell[] => [
  exportNames[reporting.locale].types[each.asset.asset_type],
  placementOf(each.asset, reporting),
  sizeOf(each, reporting),
  originOf(each, reporting),
  { text: fileName(each.path), path: each.path },
]

const absentRows = (reporting: Reporting): ReportCell[][] => {
  const { words, locale, unfinished, gone, deleted } = reporting
  const { types } = exportNames[locale]
  const reasons = {
    in_progress: words.inProgress,
    failed: words.failed,
    cancelled: words.cancelled,
  }
  return [
    ...unfinished.map((asset) => [
      ...[types[asset.asset_type], placementOf(asset, reporting)],
      ...[reasons[asset.status], asset.asset_id],
    ]),
    ...gone.map(({ path, asset }) => [
      ...[types[asset.asset_type], placementOf(asset, reporting), words.gone, fileName(path)],
    ]),
    ...deleted.map((id) => ['', '', words.deleted, id]),
  ]
}

/** What lies beside the report, and what of the run does not. */
export const fileBlocks = (reporting: Reporting): ReportBlock[] => {
  const { words, placed } = reporting
  const absent = absentRows(reporting)
  if (placed.length === 0 && absent.length === 0) return []
  return [
    heading(words.files, 2),
    ...(placed.length > 0
      ? [
          {
            kind: 'table',
            head: [words.kind, words.placement, words.size, words.madeBy, words.file],
            rows: placed.map((each) => fileRow(each, reporting)),
          } as const,
          note(words.aiFiles),
        ]
      : []),
    ...(absent.length > 0
      ? [
          heading(words.absent),
          {
            kind: 'table',
            head: [words.kind, words.placement, words.reason, words.file],
            rows: absent,
          } as const,
        ]
      : []),
  ]
}
