import * as z from 'zod'
import { CreativeOutput, ResearchOutput, StageName, StrategyOutput, VoiceOutput } from './agents.ts'
import { RunState } from './runs.ts'
import { Mode, Timestamp } from './session.ts'
import { text, utf8Length } from './text.ts'

const line = text(300, { multiline: true })

/** Bytes of a brief within a message within an event, which has at most 24 KB. */
const briefBytesLimit = 22 * 1024

const bytesInEvent = (brief: object): number =>
  utf8Length(JSON.stringify(JSON.stringify(brief, null, 2)))

/** Clients of the older API send an empty text for a date that is not set. */
const launchDate = z
  .union([z.iso.date(), z.literal('')])
  .optional()
  .overwrite((date) => (date === '' ? undefined : date))

/** The brief of the older one-shot API. */
export const LaunchBrief = z
  .strictObject({
    product_name: line,
    product_category: line,
    target_audience: line,
    price_band: line,
    total_budget_krw: z.number().int().min(0).max(1_000_000_000_000).optional(),
    launch_date: launchDate,
    core_kpi: line,
    region: line.optional(),
    channel_focus: z.array(line).min(1).max(10),
    video_seconds: z.number().int().min(1).max(60).optional(),
  })
  .check(({ value, issues }) => {
    if (bytesInEvent(value) <= briefBytesLimit) return
    const message = `must have at most ${briefBytesLimit} bytes in all`
    issues.push({ code: 'custom', message, params: { rule: 'TOO_LONG' }, input: value })
  })
export type LaunchBrief = z.infer<typeof LaunchBrief>

/** The request id of a launch: its run's id under the older name. */
export const LaunchId = z.string().regex(/^run_[0-9a-z]{26}$/)

const strings = z.array(z.string())

/** What all parts of the older package have, beside what is each one's own. */
const partFields = { summary: z.string(), key_points: strings, risks: strings }

/** A part of the older package, with the outputs that it was filled from as the agents wrote them. */
const part = <A extends z.ZodRawShape, O extends z.ZodRawShape>(artifacts: A, own: O) =>
  z.object({ ...partFields, artifacts: z.object(artifacts).partial(), ...own })

const { shape: research } = ResearchOutput
const { shape: strategy } = StrategyOutput
const { shape: creative } = CreativeOutput

/** What the research agent found. */
export const LaunchResearch = part(
  {
    evidence: research.evidence,
    market_signals: research.market_signals,
    competitor_notes: research.competitor_notes,
    channel_observations: research.channel_observations,
  },
  { market_signals: strings, competitor_insights: strings, audience_insights: strings },
)

/** What the strategy agent decided about the product. */
export const LaunchProduct = part(
  {
    market_assessment: strategy.market_assessment,
    positioning_options: strategy.positioning_options,
  },
  { usp: strings, hero_product_angle: z.string(), assortment_notes: strings },
)

/** Empty but for its fields: no agent plans it. */
export const LaunchTechnical = part(
  {},
  { implementation_scope: strings, technical_constraints: strings, demo_readiness_checks: strings },
)

export const LaunchMilestone = z.object({
  name: z.string(),
  due: z.string(),
  owner: z.string(),
  success_criteria: z.string(),
})

/** The strategy agent's week. */
export const LaunchPlan = part(
  { weekly_plan: strategy.weekly_plan, required_assets: strategy.required_assets },
  { milestones: z.array(LaunchMilestone), critical_path: strings, dependencies: strings },
)

/** How the product is spoken of, and where: by strategy, creative and voice agent. */
export const LaunchCampaign = part(
  {
    ad_copies: creative.ad_copies,
    poster_specs: creative.poster_specs,
    video_prompt_package: creative.video_prompt_package,
    voiceover: VoiceOutput,
  },
  {
    message_pillars: strings,
    /** For each channel of the weekly plan, its actions in order. */
    channel_tactics: z.record(z.string(), strings),
    conversion_hooks: strings,
  },
)

/** What is measured: by the strategy agent. */
export const LaunchBudget = part(
  { kpi_next_actions: strategy.kpi_next_actions },
  {
    /** Empty: no agent divides the budget. */
    budget_split_krw: z.record(z.string(), z.number().int()),
    kpi_targets: strings,
    roi_assumptions: strings,
  },
)

/** Texts of what is made: by creative and voice agent. */
export const LaunchAssets = z.object({
  video_script: z.string(),
  poster_brief: z.string(),
  product_copy: z.string(),
  video_scene_plan: strings,
  poster_headline: z.string(),
  product_copy_bullets: strings,
  /** Null: what is made of a run has its own routes, and addresses that expire. */
  video_url: z.string().nullable(),
  /** Null, as `video_url`. */
  poster_image_url: z.string().nullable(),
})

/** What one agent wrote, in the older form; of stages that are done, in their order. */
export const LaunchTimelineEntry = z.object({
  agent: StageName,
  stage: StageName,
  payload: z.object({ ...partFields, artifacts: z.record(z.string(), z.unknown()) }),
})

/**
 * The older package: a view over the same pipeline, in the older shape whatever the run's state. Each text
 * is an agent's, or several of them joined by a line feed or ` · `. What no agent wrote, or has not written
 * yet, is the empty text, list or object (`docs/decisions/0058`).
 */
export const LaunchPackage = z.object({
  request_id: LaunchId,
  created_at: Timestamp,
  state: RunState,
  brief: LaunchBrief,
  research_summary: LaunchResearch,
  product_strategy: LaunchProduct,
  technical_plan: LaunchTechnical,
  launch_plan: LaunchPlan,
  campaign_strategy: LaunchCampaign,
  budget_and_kpi: LaunchBudget,
  marketing_assets: LaunchAssets,
  risks_and_mitigations: strings,
  timeline: z.array(LaunchTimelineEntry),
})
export type LaunchPackage = z.infer<typeof LaunchPackage>

/** A launch in a list. */
export const LaunchSummary = z.object({
  request_id: LaunchId,
  created_at: Timestamp,
  state: RunState,
  mode: Mode,
  product_name: z.string(),
  core_kpi: z.string(),
})
export type LaunchSummary = z.infer<typeof LaunchSummary>
