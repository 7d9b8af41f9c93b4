import * as z from 'zod'
import { SlotUpdate } from './brief.ts'
import { text } from './text.ts'

/**
 * What each agent answers. Key order is the order in which the model writes: what later fields or
 * the reader need first comes first. Every text and list has an upper bound, so that at all of them
 * each element fits one event and a stage's whole output its item in the table
 * (`test/unit/contracts/agents.test.ts`).
 */
const id = text(40)
const label = text(120, { multiline: true })
const sentence = text(300, { multiline: true })
const lines = (min: number, max = 6) =>
  z
    .array(text(250, { multiline: true }))
    .min(min)
    .max(max)
const seconds = z.number().min(0).max(60)
const header = <A extends string>(agent: A) => ({
  schema_version: z.literal('v1'),
  agent: z.literal(agent),
})

export const agentNames = [
  'planner',
  'picture',
  'research',
  'strategy',
  'creative',
  'voice',
] as const
export type AgentName = (typeof agentNames)[number]

export const PlannerOutput = z.strictObject({
  ...header('planner'),
  slot_updates: z.array(SlotUpdate).max(11),
  response_text: text(2000, { multiline: true }),
  next_question: text(500, { multiline: true }).nullable(),
})
export type PlannerOutput = z.infer<typeof PlannerOutput>

/** What of an agent's answer ends a turn. */
export type TurnReply = Pick<PlannerOutput, 'slot_updates' | 'response_text' | 'next_question'>

/** What the picture agent saw in a picture of the product. */
export const PictureOutput = z.strictObject({
  ...header('picture'),
  /** The number in the strip below the picture, by which a model shows that it sees. */
  check_number: text(20),
  /** What is to be seen of the product, as a fact for the agents that make pictures of it. */
  image_summary: text(300, { multiline: true }),
  /** How clearly the picture shows it. */
  clarity: z.number().min(0).max(1),
  slot_updates: z.array(SlotUpdate).max(4),
  response_text: text(1000, { multiline: true }),
  next_question: text(500, { multiline: true }).nullable(),
})
export type PictureOutput = z.infer<typeof PictureOutput>

const evidenceId = text(20)
const evidenceIds = z.array(evidenceId).max(6)

/** Graphemes of a quote, and UTF-16 code units of the addresses that evidence may have. */
export const evidenceLimits = {
  quote: 300,
  url: 2_000,
  excerpt: 300,
  title: 150,
  site: 80,
} as const

/**
 * What the model says of one source: the sentence of it that a finding rests on, word for word. Fields
 * that it adds are passed over: what we state of a page is never the model's.
 */
export const CitedEvidence = z.object({
  id: evidenceId,
  source: label,
  title: text(evidenceLimits.title, { multiline: true }),
  url: text(evidenceLimits.url),
  quote: text(evidenceLimits.quote, { multiline: true }),
  confidence: z.number().min(0).max(1),
})
export type CitedEvidence = z.infer<typeof CitedEvidence>

/** Text of ours: visible characters of ASCII. */
const ascii = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^[!-~]+$/)

/**
 * A page that the web search really returned, and the sentence of it that findings rest on. Only id,
 * source, quote and confidence are the model's.
 */
export const Evidence = z.strictObject({
  id: evidenceId,
  /** The name of the medium or institution. */
  source: label,
  /** As the page, or else the search, says. */
  title: text(evidenceLimits.title, { multiline: true }),
  url: ascii(evidenceLimits.url),
  /** When the page, or else the search, was read: ISO 8601 in UTC. */
  observed_at: ascii(40),
  /** Halved, and at most 0.4, for what is not verified. */
  confidence: z.number().min(0).max(1),
  quote: text(evidenceLimits.quote, { multiline: true }),
  /** The quote was found in the page as we read it; otherwise it stands in what the search said of the page. */
  verified: z.boolean(),
  site: text(evidenceLimits.site).nullable(),
  published_at: ascii(40).nullable(),
  /** The passage around the quote, on one line. */
  excerpt: text(evidenceLimits.excerpt),
  /** SHA-256 of the page's readable text, in hexadecimal; null for what is not verified. */
  hash: ascii(64).nullable(),
})
export type Evidence = z.infer<typeof Evidence>
export const MarketSignal = z.strictObject({
  signal: sentence,
  impact: z.enum(['low', 'medium', 'high']),
  evidence_ids: evidenceIds,
})
export const CompetitorNote = z.strictObject({
  brand: label,
  positioning: sentence,
  price_band: label,
  evidence_ids: evidenceIds,
})
export const ChannelObservation = z.strictObject({
  channel: label,
  observation: sentence,
  evidence_ids: evidenceIds,
})
export const RiskFlag = sentence

const findingLimits = { signals: 12, notes: 8, observations: 8, flags: 10 } as const

/** What the research agent's model answers: findings, each with the evidence for it. */
export const ResearchAnswer = z.strictObject({
  ...header('research'),
  evidence: z.array(CitedEvidence).max(12),
  market_signals: z.array(MarketSignal).min(1).max(findingLimits.signals),
  competitor_notes: z.array(CompetitorNote).min(1).max(findingLimits.notes),
  channel_observations: z.array(ChannelObservation).min(1).max(findingLimits.observations),
  risk_flags: z.array(RiskFlag).max(findingLimits.flags),
})
export type ResearchAnswer = z.infer<typeof ResearchAnswer>

/**
 * The findings that evidence supports. A list is empty when no entry of it was: their sentences are
 * among the risk flags then.
 */
export const ResearchOutput = z.strictObject({
  ...header('research'),
  evidence: z.array(Evidence).max(12),
  market_signals: z.array(MarketSignal).max(findingLimits.signals),
  competitor_notes: z.array(CompetitorNote).max(findingLimits.notes),
  channel_observations: z.array(ChannelObservation).max(findingLimits.observations),
  risk_flags: z
    .array(RiskFlag)
    .max(Object.values(findingLimits).reduce((sum, limit) => sum + limit, 0)),
})
export type ResearchOutput = z.infer<typeof ResearchOutput>

export const requiredAssets = ['ad_copy', 'poster', 'video_prompt', 'voiceover'] as const

/** What the strategy agent decided. */
export const StrategyOutput = z.strictObject({
  ...header('strategy'),
  market_assessment: z.strictObject({
    strengths: lines(1),
    risks: lines(1),
    uncertainties: lines(0),
  }),
  positioning_options: z
    .array(z.strictObject({ id, title: label, message: text(400, { multiline: true }) }))
    .min(2)
    .max(5),
  weekly_plan: z
    .array(
      z.strictObject({ day: text(40), channel: label, action: text(400, { multiline: true }) }),
    )
    .min(3)
    .max(21),
  required_assets: z.array(label).min(requiredAssets.length).max(12),
  kpi_next_actions: z.strictObject({
    kpis: lines(1),
    ab_tests: lines(1),
    next_variables: lines(1),
  }),
})
export type StrategyOutput = z.infer<typeof StrategyOutput>

/** What of a strategy the copy behind it rests on; it is written before the plan of the week. */
export type Positioning = Pick<StrategyOutput, 'market_assessment' | 'positioning_options'>

/** Ad copies asked for, and the fewest that are an answer. */
export const adCopiesWanted = 10
export const adCopiesNeeded = 5
const adCopiesLimit = 20

/** What the creative agent wrote. */
export const CreativeOutput = z.strictObject({
  ...header('creative'),
  ad_copies: z
    .array(
      z.strictObject({
        id,
        channel: label,
        positioning_id: id,
        text: text(1000, { multiline: true }),
      }),
    )
    .min(adCopiesNeeded)
    .max(adCopiesLimit),
  poster_specs: z
    .array(
      z.strictObject({
        id,
        headline: label,
        subheadline: sentence,
        visual_keywords: z.array(text(60)).min(1).max(12),
      }),
    )
    .min(1)
    .max(6),
  video_prompt_package: z.strictObject({
    duration_sec: seconds,
    // No shorthand class: servers that turn the pattern into a grammar may know none.
    size: z
      .string()
      .max(11)
      .regex(/^[0-9]+x[0-9]+$/),
    prompt: text(2000, { multiline: true }),
    shots: z
      .array(
        z.strictObject({ start: seconds, end: seconds, scene: text(200, { multiline: true }) }),
      )
      .min(1)
      .max(12),
  }),
})
export type CreativeOutput = z.infer<typeof CreativeOutput>

export const voicePresets = ['friendly_ko', 'calm_ko', 'neutral_ko', 'cute_ko'] as const
export const englishVoicePresets = ['friendly_en', 'calm_en', 'neutral_en', 'cute_en'] as const
export const VoicePreset = z.enum([...voicePresets, ...englishVoicePresets])
export type VoicePreset = z.infer<typeof VoicePreset>

/** What the voice agent wrote, timed to the video. Times are seconds. */
export const VoiceOutput = z.strictObject({
  ...header('voice'),
  voiceover_script_short: text(600, { multiline: true }),
  voiceover_script_long: text(2000, { multiline: true }).nullable(),
  tone_profile: sentence,
  delivery_profile: z.strictObject({
    pace: sentence,
    emphasis_words: z.array(text(60)).max(20),
  }),
  timing_map: z
    .array(
      z.strictObject({
        start: seconds,
        end: seconds,
        purpose: z.enum(['hook', 'benefit', 'cta']),
        text: sentence,
      }),
    )
    .min(2)
    .max(20),
  subtitle_lines: z
    .array(z.strictObject({ start: seconds, end: seconds, text: label }))
    .min(1)
    .max(60),
  tts_config: z.strictObject({ voice_preset: VoicePreset, format: z.enum(['mp3', 'wav']) }),
})
export type VoiceOutput = z.infer<typeof VoiceOutput>

export const stageNames = ['research', 'strategy', 'creative', 'voice'] as const
/** The stages of a run, in order. */
export const StageName = z.enum(stageNames)
export type StageName = z.infer<typeof StageName>

export const stageOutputs = {
  research: ResearchOutput,
  strategy: StrategyOutput,
  creative: CreativeOutput,
  voice: VoiceOutput,
} as const

export interface StageOutputs {
  research: ResearchOutput
  strategy: StrategyOutput
  creative: CreativeOutput
  voice: VoiceOutput
}
