import type { ResearchOutput, StageOutputs, StrategyOutput } from '../../contracts/agents.ts'
import type { LaunchPackage } from '../../contracts/launch.ts'
import { entry, sentences } from './launch-texts.ts'

/** What the agents of a run have written so far. */
export type Outputs = Partial<StageOutputs>

type Part<P extends keyof LaunchPackage> = LaunchPackage[P]
type Positioning = StrategyOutput['positioning_options'][number]

const empty = { summary: '', key_points: [], risks: [], artifacts: {} }

const researchArtifacts = (research: ResearchOutput): Part<'research_summary'>['artifacts'] => {
  const { evidence, market_signals, competitor_notes, channel_observations } = research
  return { evidence, market_signals, competitor_notes, channel_observations }
}

/** From the research agent. It is asked for nothing about the audience. */
export const researchSummary = ({ research }: Outputs): Part<'research_summary'> => {
  const signals = research?.market_signals.map(({ signal }) => signal) ?? []
  return {
    summary: sentences(signals),
    key_points:
      research?.channel_observations.map(({ channel, observation }) =>
        entry(channel, observation),
      ) ?? [],
    risks: research?.risk_flags ?? [],
    artifacts: research ? researchArtifacts(research) : {},
    market_signals: signals,
    competitor_insights:
      research?.competitor_notes.map(({ brand, positioning, price_band }) =>
        entry(brand, positioning, price_band),
      ) ?? [],
    audience_insights: [],
  }
}

const angle = ({ title, message }: Positioning): string => entry(title, message)

/**
 * From the strategy agent. The hero's angle is the positioning that a revision was written for, or else the
 * first that the agent wrote.
 */
export const productStrategy = (
  { strategy }: Outputs,
  chosen?: string | null,
): Part<'product_strategy'> => {
  const strengths = strategy?.market_assessment.strengths ?? []
  const options = strategy?.positioning_options ?? []
  const hero = options.find(({ id }) => id === chosen) ?? options[0]
  return {
    summary: sentences(strengths),
    key_points: options.map(angle),
    risks: strategy?.market_assessment.risks ?? [],
    artifacts: strategy
      ? { market_assessment: strategy.market_assessment, positioning_options: options }
      : {},
    usp: strengths,
    hero_product_angle: hero ? angle(hero) : '',
    assortment_notes: [],
  }
}

/** No agent plans a technical part. */
export const technicalPlan = (): Part<'technical_plan'> => ({
  ...empty,
  implementation_scope: [],
  technical_constraints: [],
  demo_readiness_checks: [],
})

/** From the strategy agent's weekly plan, which names neither owners nor criteria of success. */
export const launchPlan = ({ strategy }: Outputs): Part<'launch_plan'> => {
  const plan = strategy?.weekly_plan ?? []
  return {
    ...empty,
    summary: sentences(plan.map(({ action }) => action)),
    key_points: plan.map(({ day, channel, action }) => entry(day, channel, action)),
    artifacts: strategy ? { weekly_plan: plan, required_assets: strategy.required_assets } : {},
    milestones: plan.map(({ day, action }) => ({
      name: action,
      due: day,
      owner: '',
      success_criteria: '',
    })),
    critical_path: [],
    dependencies: [],
  }
}

const channelTactics = (plan: StrategyOutput['weekly_plan']): Record<string, string[]> =>
  Object.fromEntries(
    [...Map.groupBy(plan, ({ channel }) => channel)].map(([channel, days]) => [
      channel,
      days.map(({ action }) => action),
    ]),
  )

/** From the strategy agent's positionings and weekly plan, the creative agent's copies and the voice agent's script. */
export const campaignStrategy = (outputs: Outputs): Part<'campaign_strategy'> => {
  const { strategy, creative, voice } = outputs
  const pillars = strategy?.positioning_options.map(({ message }) => message) ?? []
  return {
    ...empty,
    summary: sentences(pillars),
    key_points: creative?.ad_copies.map(({ text }) => text) ?? [],
    artifacts: {
      ...(creative && {
        ad_copies: creative.ad_copies,
        poster_specs: creative.poster_specs,
        video_prompt_package: creative.video_prompt_package,
      }),
      ...(voice && { voiceover: voice }),
    },
    message_pillars: pillars,
    channel_tactics: channelTactics(strategy?.weekly_plan ?? []),
    conversion_hooks:
      voice?.timing_map.filter(({ purpose }) => purpose !== 'benefit').map(({ text }) => text) ??
      [],
  }
}

/** From the strategy agent's KPIs. It neither divides the budget nor assumes a return. */
export const budgetAndKpi = ({ strategy }: Outputs): Part<'budget_and_kpi'> => {
  const { kpis = [], ab_tests = [], next_variables = [] } = strategy?.kpi_next_actions ?? {}
  return {
    ...empty,
    summary: sentences(kpis),
    key_points: [...ab_tests, ...next_variables],
    artifacts: strategy ? { kpi_next_actions: strategy.kpi_next_actions } : {},
    budget_split_krw: {},
    kpi_targets: kpis,
    roi_assumptions: [],
  }
}

/** From the creative agent's copies, posters and shots, and the voice agent's script for the film. */
export const marketingAssets = ({ creative, voice }: Outputs): Part<'marketing_assets'> => {
  const copies = creative?.ad_copies.map(({ text }) => text) ?? []
  const posters = creative?.poster_specs ?? []
  return {
    video_script: voice?.voiceover_script_short ?? '',
    poster_brief: sentences(
      posters.flatMap(({ headline, subheadline, visual_keywords }) => [
        headline,
        subheadline,
        entry(...visual_keywords),
      ]),
    ),
    product_copy: sentences(copies),
    video_scene_plan: creative?.video_prompt_package.shots.map(({ scene }) => scene) ?? [],
    poster_headline: posters[0]?.headline ?? '',
    product_copy_bullets: copies,
    video_url: null,
    poster_image_url: null,
  }
}

/** The strategy agent's risks of the market, then what the research agent flagged. */
export const risksAndMitigations = ({ research, strategy }: Outputs): string[] => [
  ...(strategy?.market_assessment.risks ?? []),
  ...(research?.risk_flags ?? []),
]
