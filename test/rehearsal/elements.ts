import * as z from 'zod'
import {
  ChannelObservation,
  CompetitorNote,
  CreativeOutput,
  Evidence,
  MarketSignal,
  StrategyOutput,
  VoiceOutput,
} from '../../shared/contracts/agents.ts'

/** How an element of the package reads in a transcript: what it is, and lines of text. */
export interface Description {
  label: string
  lines: string[]
}

interface ElementKind {
  label: string
  describe(item: unknown): string[]
}

const kind = <T>(
  label: string,
  schema: z.ZodType<T>,
  describe: (item: T) => string[],
): ElementKind => ({
  label,
  describe: (item) => describe(schema.parse(item)),
})

const strategy = StrategyOutput.shape
const creative = CreativeOutput.shape
const voice = VoiceOutput.shape
const text = z.string()
const oneLine = (label: string): ElementKind => kind(label, text, (item) => [item])

const impacts = { low: '낮음', medium: '보통', high: '높음' } as const
const purposes = { hook: '훅', benefit: '이점', cta: '행동' } as const
const span = ({ start, end }: { start: number; end: number }): string =>
  `${start.toFixed(1)}–${end.toFixed(1)}초`
const ground = (ids: string[]): string => (ids.length > 0 ? ` [${ids.join(', ')}]` : '')

const kinds: Readonly<Record<string, ElementKind>> = {
  evidence: kind('근거', Evidence, ({ id, source, title, url, quote, verified, confidence }) => [
    `[${id}] ${source}, ${title}`,
    `“${quote}”`,
    verified ? '원문에서 확인' : `검색 결과에만 있음 (확신 ${confidence.toFixed(2)})`,
    url,
  ]),
  market_signals: kind('시장 신호', MarketSignal, ({ signal, impact, evidence_ids }) => [
    `${signal} (영향 ${impacts[impact]})${ground(evidence_ids)}`,
  ]),
  competitor_notes: kind('경쟁사', CompetitorNote, ({ positioning, price_band, evidence_ids }) => [
    `${positioning} (${price_band})${ground(evidence_ids)}`,
  ]),
  channel_observations: kind('채널', ChannelObservation, ({ observation, evidence_ids }) => [
    `${observation}${ground(evidence_ids)}`,
  ]),
  risk_flags: oneLine('주의'),
  market_assessment: kind(
    '시장 판단',
    strategy.market_assessment,
    ({ strengths, risks, uncertainties }) => [
      ...strengths.map((line) => `강점: ${line}`),
      ...risks.map((line) => `위험: ${line}`),
      ...uncertainties.map((line) => `미확인: ${line}`),
    ],
  ),
  positioning_options: kind(
    '포지셔닝',
    strategy.positioning_options.element,
    ({ id, title, message }) => [`${id} ${title}: “${message}”`],
  ),
  weekly_plan: kind('주간 계획', strategy.weekly_plan.element, ({ day, channel, action }) => [
    `${day} ${channel}: ${action}`,
  ]),
  required_assets: oneLine('필요 소재'),
  kpi_next_actions: kind(
    '지표',
    strategy.kpi_next_actions,
    ({ kpis, ab_tests, next_variables }) => [
      ...kpis.map((line) => `지표: ${line}`),
      ...ab_tests.map((line) => `A/B: ${line}`),
      ...next_variables.map((line) => `다음: ${line}`),
    ],
  ),
  ad_copies: kind('광고 카피', creative.ad_copies.element, (copy) => [
    `${copy.id} ${copy.channel}, ${copy.positioning_id}: ${copy.text}`,
  ]),
  poster_specs: kind(
    '포스터',
    creative.poster_specs.element,
    ({ id, headline, subheadline, visual_keywords }) => [
      `${id} “${headline}” ${subheadline}`,
      visual_keywords.join(', '),
    ],
  ),
  video_prompt_package: kind(
    '영상',
    creative.video_prompt_package,
    ({ duration_sec, size, prompt, shots }) => [
      `${duration_sec}초, ${size}`,
      prompt,
      ...shots.map((shot) => `${span(shot)} ${shot.scene}`),
    ],
  ),
  voiceover_script_short: oneLine('대본'),
  voiceover_script_long: oneLine('긴 대본'),
  tone_profile: oneLine('목소리'),
  delivery_profile: kind('읽기', voice.delivery_profile, ({ pace, emphasis_words }) => [
    `${pace} (강조: ${emphasis_words.join(', ')})`,
  ]),
  timing_map: kind('타이밍', voice.timing_map.element, (part) => [
    `${span(part)} ${purposes[part.purpose]}: ${part.text}`,
  ]),
  subtitle_lines: kind('자막', voice.subtitle_lines.element, (line) => [
    `${span(line)} ${line.text}`,
  ]),
  tts_config: kind('음성 설정', voice.tts_config, ({ voice_preset, format }) => [
    `${voice_preset}, ${format}`,
  ]),
}

/** Tells a finished element; one of a kind that is new here is shown as it came. */
export const describeElement = (name: string, item: unknown): Description => {
  const known = kinds[name]
  return known
    ? { label: known.label, lines: known.describe(item) }
    : { label: name, lines: [JSON.stringify(item)] }
}
