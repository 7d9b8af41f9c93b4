import * as z from 'zod'
import { SlotUpdate } from './brief.ts'

/**
 * What each agent answers. Key order is the order in which the model writes: what later fields or
 * the reader need first comes first.
 */
const text = z.string().trim().min(1)
const id = z.string().trim().min(1).max(40)
const seconds = z.number().min(0).max(60)
const header = <A extends string>(agent: A) => ({
  schema_version: z.literal('v1'),
  agent: z.literal(agent),
})

export const agentNames = ['planner', 'research', 'strategy', 'creative', 'voice'] as const
export type AgentName = (typeof agentNames)[number]

export const PlannerOutput = z.strictObject({
  ...header('planner'),
  slot_updates: z.array(SlotUpdate).max(11),
  response_text: text.max(2000),
  next_question: text.max(500).nullable(),
})
export type PlannerOutput = z.infer<typeof PlannerOutput>

const evidenceIds = z.array(id)

/** A page that the web search really returned. */
export const Evidence = z.strictObject({
  id,
  source: text,
  title: text,
  url: text,
  observed_at: text,
  confidence: z.number().min(0).max(1),
})
export const MarketSignal = z.strictObject({
  signal: text,
  impact: z.enum(['low', 'medium', 'high']),
  evidence_ids: evidenceIds,
})
export const CompetitorNote = z.strictObject({
  brand: text,
  positioning: text,
  price_band: text,
  evidence_ids: evidenceIds,
})
export const ChannelObservation = z.strictObject({
  channel: text,
  observation: text,
  evidence_ids: evidenceIds,
})

/** What the research agent found, each finding with the evidence for it. */
export const ResearchOutput = z.strictObject({
  ...header('research'),
  evidence: z.array(Evidence),
  market_signals: z.array(MarketSignal).min(1),
  competitor_notes: z.array(CompetitorNote).min(1),
  channel_observations: z.array(ChannelObservation).min(1),
  risk_flags: z.array(text),
})
export type ResearchOutput = z.infer<typeof ResearchOutput>

export const requiredAssets = ['ad_copy', 'poster', 'video_prompt', 'voiceover'] as const

/** What the strategy agent decided. */
export const StrategyOutput = z.strictObject({
  ...header('strategy'),
  market_assessment: z.strictObject({
    strengths: z.array(text).min(1),
    risks: z.array(text).min(1),
    uncertainties: z.array(text),
  }),
  positioning_options: z.array(z.strictObject({ id, title: text, message: text })).min(2),
  weekly_plan: z.array(z.strictObject({ day: text, channel: text, action: text })).min(3),
  required_assets: z.array(text).min(requiredAssets.length),
  kpi_next_actions: z.strictObject({
    kpis: z.array(text).min(1),
    ab_tests: z.array(text).min(1),
    next_variables: z.array(text).min(1),
  }),
})
export type StrategyOutput = z.infer<typeof StrategyOutput>

/** Ad copies asked for, and the fewest that are an answer. */
export const adCopiesWanted = 10
export const adCopiesNeeded = 5

/** What the creative agent wrote. */
export const CreativeOutput = z.strictObject({
  ...header('creative'),
  ad_copies: z
    .array(z.strictObject({ id, channel: text, positioning_id: id, text }))
    .min(adCopiesNeeded),
  poster_specs: z
    .array(
      z.strictObject({
        id,
        headline: text,
        subheadline: text,
        visual_keywords: z.array(text).min(1),
      }),
    )
    .min(1),
  video_prompt_package: z.strictObject({
    duration_sec: seconds,
    size: z.string().regex(/^\d+x\d+$/),
    prompt: text,
    shots: z.array(z.strictObject({ start: seconds, end: seconds, scene: text })).min(1),
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
  voiceover_script_short: text,
  voiceover_script_long: text.nullable(),
  tone_profile: text,
  delivery_profile: z.strictObject({ pace: text, emphasis_words: z.array(text) }),
  timing_map: z
    .array(
      z.strictObject({
        start: seconds,
        end: seconds,
        purpose: z.enum(['hook', 'benefit', 'cta']),
        text,
      }),
    )
    .min(2),
  subtitle_lines: z.array(z.strictObject({ start: seconds, end: seconds, text })).min(1),
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
