import type { LaunchBrief } from '../../../shared/contracts/launch.ts'
import { answers } from '../../../test/support/model-server/answers.ts'
import {
  sampleCreative,
  sampleFindings,
  sampleResearch,
  sampleStrategy,
} from '../../../test/support/model-server/samples.ts'
import { completeUpdates, plannerAnswer, scriptRun } from '../../../test/support/studio/studio.ts'
import type { Scene } from './scene.ts'

const brief: LaunchBrief = {
  product_name: '동백 핸드크림',
  product_category: '핸드크림',
  target_audience: '사무실에서 손을 자주 씻는 20~30대 직장인',
  price_band: '1만 9천 원',
  total_budget_krw: 3_000_000,
  launch_date: '2026-12-01',
  core_kpi: '첫 주 구매 전환율',
  channel_focus: ['인스타그램'],
  video_seconds: 8,
}

/** The older API: a launch in time, one that takes longer, reading and erasing. */
export const recordLaunch = async ({ recorder, model }: Scene): Promise<void> => {
  const { record } = recorder
  const planned = plannerAnswer(completeUpdates, '바로 시작할게요.', null)
  model.script('planner', planned)
  scriptRun(model)
  await record('launch', 'Done in time', { body: { brief, mode: 'fast' } })

  // Each stage stays within its own deadline, but together they take longer than the route waits.
  const slowly = <T extends object>(answer: T, seconds: number) => ({
    ...answer,
    pace: { first: seconds * 1000, between: 0 },
  })
  const { text, citations, sources } = sampleFindings
  model.script('planner', planned)
  model.script('search', slowly(answers.search(text, { citations, sources }), 25))
  model.script('research', slowly(answers.json(sampleResearch), 25))
  model.script('strategy', slowly(answers.json(sampleStrategy), 50))
  model.script('creative', slowly(answers.json(sampleCreative), 60))
  const late = await record('launch', 'It takes longer', {
    body: { brief: { ...brief, product_name: '동백 립밤' } },
  })
  const params = { request_id: late.body.package.request_id }
  await record('launchDetail', 'As far as it is', { params })
  await record('launchHistory', 'Two of them', { query: { q: '동백' } })
  await record('deleteLaunch', 'Erased', { params })
  model.hangUp()
}
