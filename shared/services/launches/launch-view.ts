import type { LaunchBrief, LaunchPackage, LaunchSummary } from '../../contracts/launch.ts'
import type { Run, RunWithStages } from '../../repositories/run-output-repository.ts'
import {
  budgetAndKpi,
  campaignStrategy,
  launchPlan,
  marketingAssets,
  type Outputs,
  productStrategy,
  researchSummary,
  risksAndMitigations,
  technicalPlan,
} from './launch-parts.ts'
import { timelineOf } from './launch-timeline.ts'

/** The outputs that are there: no key for a stage without one. */
const outputsOf = ({ research, strategy, creative, voice }: RunWithStages['stages']): Outputs => ({
  ...(research?.output && { research: research.output }),
  ...(strategy?.output && { strategy: strategy.output }),
  ...(creative?.output && { creative: creative.output }),
  ...(voice?.output && { voice: voice.output }),
})

/** The older API's package from what the agents have written; empty where they have not. */
export const viewLaunch = (brief: LaunchBrief, { run, stages }: RunWithStages): LaunchPackage => {
  const outputs = outputsOf(stages)
  return {
    request_id: run.run_id,
    created_at: run.created_at,
    state: run.state,
    brief,
    research_summary: researchSummary(outputs),
    product_strategy: productStrategy(outputs, run.revision?.positioning_id),
    technical_plan: technicalPlan(),
    launch_plan: launchPlan(outputs),
    campaign_strategy: campaignStrategy(outputs),
    budget_and_kpi: budgetAndKpi(outputs),
    marketing_assets: marketingAssets(outputs),
    risks_and_mitigations: risksAndMitigations(outputs),
    timeline: timelineOf(outputs),
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
