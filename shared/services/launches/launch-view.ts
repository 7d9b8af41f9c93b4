import type { LaunchBrief, LaunchPackage, LaunchSummary } from '../../contracts/launch.ts'
import type { Run, RunWithStages } from '../../repositories/run-output-repository.ts'

/** The older API's package from the agents' outputs; null where there is none. */
export const viewLaunch = (brief: LaunchBrief, { run, stages }: RunWithStages): LaunchPackage => {
  const research = stages.research?.output ?? null
  const strategy = stages.strategy?.output ?? null
  const creative = stages.creative?.output ?? null
  const voice = stages.voice?.output ?? null
  const risks = [...(strategy?.market_assessment.risks ?? []), ...(research?.risk_flags ?? [])]
  return {
    request_id: run.run_id,
    created_at: run.created_at,
    state: run.state,
    brief,
    research_summary: research,
    product_strategy: strategy && {
      market_assessment: strategy.market_assessment,
      positioning_options: strategy.positioning_options,
    },
    technical_plan: null,
    launch_plan: strategy?.weekly_plan ?? null,
    campaign_strategy: creative?.ad_copies ?? null,
    budget_and_kpi: strategy?.kpi_next_actions ?? null,
    marketing_assets: creative && {
      ad_copies: creative.ad_copies,
      poster_specs: creative.poster_specs,
      video_prompt_package: creative.video_prompt_package,
      voiceover: voice,
    },
    risks_and_mitigations: research || strategy ? risks : null,
    timeline: strategy?.weekly_plan ?? null,
  }
}

export const summarizeLaunch = (brief: LaunchBrief, run: Run): LaunchSummary => ({
  request_id: run.run_id,
  created_at: run.created_at,
  state: run.state,
  mode: run.mode,
  product_name: brief.product_name,
  core_kpi: brief.core_kpi,
})
