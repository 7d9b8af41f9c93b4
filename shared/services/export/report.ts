import type { RunView } from '../../contracts/runs.ts'
import type { Locale } from '../../contracts/session.ts'
import { exportNames, exportWording } from '../../platform/wording/exports.ts'
import {
  type CitedText,
  heading,
  listed,
  note,
  paragraph,
  type ReportBlock,
  type Reporting,
} from './report-blocks.ts'
import { fileBlocks, pictureBlocks, playerBlocks } from './report-files.ts'

export interface Report {
  locale: Locale
  title: string
  /** The date of the run, `YYYY-MM-DD`. */
  made: string
  blocks: readonly ReportBlock[]
}

const briefBlocks = (reporting: Reporting): ReportBlock[] => {
  const { run, words, locale } = reporting
  const brief = run.brief_summary
  const goal = brief['goal.weekly_goal']
  const rows = [
    [words.product, brief['product.name']],
    [words.category, brief['product.category']],
    [words.features, brief['product.features']?.join(', ')],
    [words.price, brief['product.price_band']],
    [words.targetWho, brief['target.who']],
    [words.targetWhy, brief['target.why']],
    [words.channels, brief['channel.channels']?.join(', ')],
    [words.goal, goal && exportNames[locale].goals[goal]],
    [words.videoSeconds, brief['goal.video_seconds']?.toString()],
  ].flatMap(([name = '', value]) => (value === undefined ? [] : [[name, value]]))
  return [heading(words.brief, 2), { kind: 'table', head: [], rows }]
}

const researchBlocks = ({ run, words }: Reporting): ReportBlock[] => {
  const research = run.research_snapshot
  if (!research) return [heading(words.research, 2), note(words.noOutput)]
  const { evidence, market_signals, competitor_notes, channel_observations, risk_flags } = research
  const numbers = new Map(evidence.map(({ id }, index) => [id, index + 1]))
  const cited = (text: string, ids: readonly string[]): CitedText => ({
    text,
    sources: ids.flatMap((id) => numbers.get(id) ?? []),
  })
  const section = (title: string, found: readonly CitedText[]): ReportBlock[] =>
    found.length > 0 ? [heading(title), { kind: 'items', items: found }] : []
  const sources = evidence.map(({ title, source, site, url, quote, ...seen }, index) => ({
    ...{ number: index + 1, title, site: site ?? source, url, quote },
    verified: `${seen.verified ? words.verified : words.unverified} · ${words.observed} ${seen.observed_at.slice(0, 10)}`,
  }))
  return [
    heading(words.research, 2),
    ...section(
      words.signals,
      market_signals.map(({ signal, impact, evidence_ids }) =>
        cited(`${signal} (${words.impact}: ${words[impact]})`, evidence_ids),
      ),
    ),
    ...section(
      words.competitors,
      competitor_notes.map(({ brand, positioning, price_band, evidence_ids }) =>
        cited(`${brand} (${price_band}): ${positioning}`, evidence_ids),
      ),
    ),
    ...section(
      words.observations,
      channel_observations.map(({ channel, observation, evidence_ids }) =>
        cited(`${channel}: ${observation}`, evidence_ids),
      ),
    ),
    ...listed(words.risks, risk_flags),
    ...(sources.length > 0 ? [heading(words.sources), { kind: 'sources', sources } as const] : []),
  ]
}

const planBlocks = ({ plan, words }: Reporting): ReportBlock[] => [
  heading(words.plan),
  {
    kind: 'table',
    head: [words.day, words.date, words.channel, words.action],
    rows: plan.map(({ day, dates, channel, action }) => {
      const { first, last } = dates ?? { first: words.noDate, last: words.noDate }
      return [day, first === last ? first : `${first} – ${last}`, channel, action]
    }),
  },
  ...(plan.some(({ dates }) => !dates) ? [note(words.undated)] : []),
]

const strategyBlocks = (reporting: Reporting): ReportBlock[] => {
  const { run, words } = reporting
  const strategy = run.strategy_plan
  if (!strategy) return [heading(words.strategy, 2), note(words.noOutput)]
  const { market_assessment, positioning_options, kpi_next_actions } = strategy
  return [
    heading(words.strategy, 2),
    ...listed(words.strengths, market_assessment.strengths),
    ...listed(words.weaknesses, market_assessment.risks),
    ...listed(words.uncertainties, market_assessment.uncertainties),
    ...listed(
      words.positioning,
      positioning_options.map(({ id, title, message }) => `${title} (${id}): ${message}`),
    ),
    ...planBlocks(reporting),
    ...listed(words.kpis, kpi_next_actions.kpis),
    ...listed(words.abTests, kpi_next_actions.ab_tests),
    ...listed(words.nextVariables, kpi_next_actions.next_variables),
  ]
}

const creativeBlocks = (reporting: Reporting): ReportBlock[] => {
  const { run, words } = reporting
  const creative = run.creative_assets
  if (!creative) return [heading(words.copies, 2), note(words.noOutput)]
  const { ad_copies, poster_specs, video_prompt_package: film } = creative
  return [
    heading(words.copies, 2),
    {
      kind: 'table',
      head: [words.id, words.channel, words.positioning, words.text],
      rows: ad_copies.map(({ id, channel, positioning_id, text }) => [
        ...[id, channel, positioning_id, text],
      ]),
    },
    heading(words.posters, 2),
    ...poster_specs.flatMap(({ id, headline, subheadline, visual_keywords }): ReportBlock[] => [
      heading(headline),
      paragraph(subheadline),
      paragraph(`${words.keywords}: ${visual_keywords.join(', ')}`),
      ...pictureBlocks(id, reporting),
    ]),
    heading(words.film, 2),
    paragraph(film.prompt),
    {
      kind: 'table',
      head: [words.seconds, words.scene],
      rows: film.shots.map(({ start, end, scene }) => [`${start}–${end}`, scene]),
    },
    ...playerBlocks(['video'], reporting),
  ]
}

const voiceBlocks = (reporting: Reporting): ReportBlock[] => {
  const { run, words } = reporting
  const voice = run.voice_assets
  if (!voice) return [heading(words.voice, 2), note(words.noOutput)]
  const { voiceover_script_short, voiceover_script_long, subtitle_lines, tone_profile } = voice
  return [
    heading(words.voice, 2),
    heading(words.script),
    paragraph(voiceover_script_short),
    ...(voiceover_script_long === null
      ? []
      : [heading(words.longScript), paragraph(voiceover_script_long)]),
    heading(words.tone),
    paragraph(tone_profile),
    ...playerBlocks(['narration'], reporting),
    heading(words.captions),
    {
      kind: 'table',
      head: [words.seconds, words.text],
      rows: subtitle_lines.map(({ start, end, text }) => [`${start}–${end}`, text]),
    },
  ]
}

/** The report of a run: the agents' own texts, unchanged, under headings of the product's. */
export const reportOf = (
  run: RunView,
  locale: Locale,
  { plan, placed, gone, deleted, unfinished }: Omit<Reporting, 'run' | 'locale' | 'words'>,
): Report => {
  const words = exportWording[locale]
  const reporting: Reporting = { run, locale, words, plan, placed, gone, deleted, unfinished }
  return {
    locale,
    title: `${run.brief_summary['product.name']} — ${words.report}`,
    made: (run.completed_at ?? run.updated_at).slice(0, 10),
    blocks: [
      note(words.aiTexts),
      ...briefBlocks(reporting),
      ...researchBlocks(reporting),
      ...strategyBlocks(reporting),
      ...creativeBlocks(reporting),
      ...voiceBlocks(reporting),
      ...fileBlocks(reporting),
    ],
  }
}
