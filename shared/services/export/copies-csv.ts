import type { RunView } from '../../contracts/runs.ts'
import type { Locale } from '../../contracts/session.ts'
import { exportWording } from '../../platform/wording/exports.ts'
import { csv } from '../../rules/export/csv.ts'
import { placementsOfChannel } from '../../rules/placements/placements-for.ts'

/** Characters as platforms count them: graphemes. */
const lengthOf = (text: string): number => [...new Intl.Segmenter('ko').segment(text)].length

/**
 * The ad copies in a spreadsheet, each with its positioning, and the placements that its channel stands for;
 * none for a channel that is not known.
 */
export const copiesCsv = (
  { creative_assets, strategy_plan }: Pick<RunView, 'creative_assets' | 'strategy_plan'>,
  locale: Locale,
): string => {
  const words = exportWording[locale]
  const titles = new Map(strategy_plan?.positioning_options.map(({ id, title }) => [id, title]))
  const rows = (creative_assets?.ad_copies ?? []).map(({ id, channel, positioning_id, text }) => [
    ...[id, channel, placementsOfChannel(channel).join(' ')],
    ...[positioning_id, titles.get(positioning_id) ?? '', text, String(lengthOf(text))],
  ])
  return csv([
    [
      ...[words.id, words.channel, words.placements, words.positioningId, words.positioning],
      ...[words.text, words.characters],
    ],
    ...rows,
  ])
}
