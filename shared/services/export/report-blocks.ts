import type { UnfinishedAsset } from '../../contracts/http/export-routes.ts'
import type { RunView } from '../../contracts/runs.ts'
import type { Locale } from '../../contracts/session.ts'
import type { ExportWords } from '../../platform/wording/exports.ts'
import type { PlacedFile } from './placed-files.ts'
import type { PlanRow } from './plan-rows.ts'

/** A text as an agent wrote it, and the numbers of the sources that it rests on. */
export interface CitedText {
  text: string
  sources: readonly number[]
}

export interface ReportSource {
  number: number
  title: string
  site: string
  url: string
  quote: string
  /** Whether the quote was found in the page, and when that was looked at. */
  verified: string
}

/** A picture of the archive by its path, with its size in pixels. */
export interface ReportPicture {
  path: string
  text: string
  width: number
  height: number
}

/** A text, or one that links to a file of the archive. */
export type ReportCell = string | { text: string; path: string }

/** What a report consists of, for every format that it is written in. */
export type ReportBlock =
  | { kind: 'heading'; level: 2 | 3; text: string }
  | { kind: 'paragraph'; text: string }
  /** Of ours, beside what the agents wrote. */
  | { kind: 'note'; text: string }
  | { kind: 'items'; items: readonly CitedText[] }
  | { kind: 'table'; head: readonly string[]; rows: readonly (readonly ReportCell[])[] }
  | { kind: 'pictures'; pictures: readonly ReportPicture[] }
  | { kind: 'player'; medium: 'audio' | 'video'; path: string; text: string }
  | { kind: 'sources'; sources: readonly ReportSource[] }

/** What a report is made from. */
export interface Reporting {
  run: RunView
  locale: Locale
  words: ExportWords
  plan: readonly PlanRow[]
  /** Files of the archive. */
  placed: readonly PlacedFile[]
  /** Those that were not in the bucket any more. */
  gone: readonly PlacedFile[]
  /** Ids of assets that were deleted since the export was asked for. */
  deleted: readonly string[]
  unfinished: readonly UnfinishedAsset[]
}

export const heading = (text: string, level: 2 | 3 = 3): ReportBlock => ({
  ...{ kind: 'heading', level, text },
})

export const paragraph = (text: string): ReportBlock => ({ kind: 'paragraph', text })

export const note = (text: string): ReportBlock => ({ kind: 'note', text })

/** A heading with what follows it; nothing where there is nothing. */
export const listed = (title: string, texts: readonly string[]): ReportBlock[] =>
  texts.length > 0
    ? [heading(title), { kind: 'items', items: texts.map((text) => ({ text, sources: [] })) }]
    : []
