import { type StageName, type StageOutputs, stageNames } from '../../../shared/contracts/agents.ts'
import type { LaunchBrief } from '../../../shared/contracts/launch.ts'
import type { Run, RunWithStages } from '../../../shared/repositories/run-output-repository.ts'
import type { Stage, Stages } from '../../../shared/repositories/stage-repository.ts'
import { nothingUsed } from '../../../shared/repositories/usage-repository.ts'
import { sampleBrief } from '../model-server/samples.ts'

export const launchBrief: LaunchBrief = {
  product_name: '동백 핸드크림',
  product_category: '핸드크림',
  target_audience: '손을 자주 씻는 직장인',
  price_band: '1만 9천 원',
  core_kpi: '구매 전환율',
  channel_focus: ['인스타그램'],
}

const stageOf = <S extends StageName>(stage: S, output?: StageOutputs[S]): Stage<S> => ({
  stage,
  status: output ? 'committed' : 'working',
  attempt: 1,
  generation: 0,
  lease_id: 'lease',
  lease_until: 0,
  token: 'token',
  ...(output && { output }),
})

const run: Run = {
  run_id: `run_${'0'.repeat(26)}`,
  session_id: `sess_${'0'.repeat(26)}`,
  owner: 'principal',
  locale: 'ko-KR',
  mode: 'fast',
  brief: sampleBrief,
  state: 'DONE',
  stage: 'voice',
  attempt: 1,
  launch: launchBrief,
  created_at: '2026-11-22T03:00:00.000Z',
  updated_at: '2026-11-22T03:00:00.000Z',
}

/** A launch whose agents have written `outputs`; the stage behind them is at work. */
export const launchRun = (
  outputs: Partial<StageOutputs>,
  change: Partial<Run> = {},
): RunWithStages => {
  const next = stageNames.find((stage) => !outputs[stage])
  const written = stageNames.filter((stage) => outputs[stage])
  const stages = [...written, ...(next ? [next] : [])].map((stage) => [
    stage,
    stageOf(stage, outputs[stage]),
  ])
  return {
    run: { ...run, ...change },
    stages: Object.fromEntries(stages) as Stages,
    usage: [],
    searches: nothingUsed,
  }
}
