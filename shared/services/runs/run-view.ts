import { stageNames } from '../../contracts/agents.ts'
import type { RunSummary, RunView } from '../../contracts/runs.ts'
import { asCopySafety } from '../../repositories/copy-safety-attributes.ts'
import { elementsOfParts } from '../../repositories/creative-part-attributes.ts'
import type { Run, RunWithStages } from '../../repositories/run-output-repository.ts'
import type { Stages } from '../../repositories/stage-repository.ts'
import { usageOf } from './run-usage.ts'

export const summarizeRun = (run: Run): RunSummary => ({
  run_id: run.run_id,
  session_id: run.session_id,
  parent_run_id: run.parent_run_id ?? null,
  revision: run.revision ?? null,
  product_name: run.brief['product.name'],
  state: run.state,
  attempt: run.attempt,
  error: run.error ?? null,
  resume_from: run.state === 'FAILED' ? run.stage : null,
  created_at: run.created_at,
  updated_at: run.updated_at,
  completed_at: run.completed_at ?? null,
})

const partialOf = ({ state, stage }: Run, stages: Stages): RunView['partial'] => {
  const { parts = {}, partial = [] } = stages[stage] ?? {}
  const elements = [...elementsOfParts(parts), ...partial]
  return state === 'FAILED' && elements.length > 0 ? { stage, elements } : null
}

/** Of all stages together; each was judged by the pack and the moderation of its day. */
const copySafetyOf = (stages: Stages): RunView['copy_safety'] => {
  const judged = stageNames.flatMap((name) => {
    const stored = stages[name]?.copy_safety
    return stored ? [asCopySafety(stored)] : []
  })
  const last = judged.at(-1)
  if (last === undefined) return null
  const isModerated = judged.every(({ moderation }) => moderation === 'on')
  return {
    ...last,
    moderation: isModerated ? 'on' : 'not_configured',
    verdicts: judged.flatMap(({ verdicts }) => verdicts),
  }
}

/** The package of a run; what no agent has written is null. */
export const viewRun = (found: RunWithStages): RunView => {
  const { run, stages } = found
  const { product_name, ...rest } = summarizeRun(run)
  const written = stageNames.flatMap((name) => {
    const provenance = stages[name]?.provenance
    return provenance ? [[name, provenance] as const] : []
  })
  return {
    ...rest,
    brief_summary: run.brief,
    research_snapshot: stages.research?.output ?? null,
    strategy_plan: stages.strategy?.output ?? null,
    creative_assets: stages.creative?.output ?? null,
    voice_assets: stages.voice?.output ?? null,
    kpi_next_actions: stages.strategy?.output?.kpi_next_actions ?? null,
    provenance: Object.fromEntries(written),
    usage: usageOf(found),
    copy_safety: copySafetyOf(stages),
    copy_rejected: stageNames.flatMap((name) => stages[name]?.copy_rejected ?? []),
    partial: partialOf(run, stages),
    dropped_evidence: stages.research?.dropped_evidence ?? 0,
  }
}
