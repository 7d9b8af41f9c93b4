import * as z from 'zod'
import { CreativeOutput, ResearchOutput, StrategyOutput, VoiceOutput } from './agents.ts'
import { RunState } from './runs.ts'
import { Mode, Timestamp } from './session.ts'
import { text, utf8Length } from './text.ts'

const line = text(300, { multiline: true })

/** Bytes of a brief within a message within an event, which has at most 24 KB. */
const briefBytesLimit = 22 * 1024

const bytesInEvent = (brief: object): number =>
  utf8Length(JSON.stringify(JSON.stringify(brief, null, 2)))

/** The brief of the older one-shot API. */
export const LaunchBrief = z
  .strictObject({
    product_name: line,
    product_category: line,
    target_audience: line,
    price_band: line,
    total_budget_krw: z.number().int().min(0).max(1_000_000_000_000).optional(),
    launch_date: z.iso.date().optional(),
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

/**
 * The older package: a view over the same pipeline. Each field holds what an agent really wrote, and
 * a field that no agent wrote is null.
 */
export const LaunchPackage = z.object({
  request_id: LaunchId,
  created_at: Timestamp,
  state: RunState,
  brief: LaunchBrief,
  research_summary: ResearchOutput.nullable(),
  product_strategy: StrategyOutput.pick({
    market_assessment: true,
    positioning_options: true,
  }).nullable(),
  technical_plan: z.null(),
  launch_plan: StrategyOutput.shape.weekly_plan.nullable(),
  campaign_strategy: CreativeOutput.shape.ad_copies.nullable(),
  budget_and_kpi: StrategyOutput.shape.kpi_next_actions.nullable(),
  marketing_assets: z
    .object({
      ad_copies: CreativeOutput.shape.ad_copies,
      poster_specs: CreativeOutput.shape.poster_specs,
      video_prompt_package: CreativeOutput.shape.video_prompt_package,
      voiceover: VoiceOutput.nullable(),
    })
    .nullable(),
  risks_and_mitigations: z.array(z.string()).nullable(),
  timeline: StrategyOutput.shape.weekly_plan.nullable(),
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
