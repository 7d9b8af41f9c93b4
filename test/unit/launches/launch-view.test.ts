import { describe, expect, test } from 'vitest'
import { LaunchBrief, LaunchPackage } from '../../../shared/contracts/launch.ts'
import { viewLaunch } from '../../../shared/services/launches/launch-view.ts'
import { launchBrief, launchRun } from '../../support/launches/launch-runs.ts'
import {
  sampleCreative,
  sampleResearched,
  sampleStrategy,
  sampleVoice,
} from '../../support/model-server/samples.ts'

const outputs = {
  research: sampleResearched,
  strategy: sampleStrategy,
  creative: sampleCreative,
  voice: sampleVoice,
}
const copies = sampleCreative.ad_copies.map(({ text }) => text)
const viewOf = (...given: Parameters<typeof launchRun>) =>
  viewLaunch(launchBrief, launchRun(...given))

describe('the package of a finished launch', () => {
  const view = viewOf(outputs)

  test('has the older shape, and no field more than that and its state', () => {
    expect(LaunchPackage.strict().parse(view)).toEqual(view)
    expect(Object.keys(view).sort()).toEqual([
      'brief',
      'budget_and_kpi',
      'campaign_strategy',
      'created_at',
      'launch_plan',
      'marketing_assets',
      'product_strategy',
      'request_id',
      'research_summary',
      'risks_and_mitigations',
      'state',
      'technical_plan',
      'timeline',
    ])
    expect(view).toMatchObject({
      request_id: `run_${'0'.repeat(26)}`,
      created_at: '2026-11-22T03:00:00.000Z',
      state: 'DONE',
      brief: launchBrief,
    })
  })

  test('says of the research what the research agent found', () => {
    const { evidence, market_signals, competitor_notes, channel_observations } = sampleResearched
    expect(view.research_summary).toEqual({
      summary: '핸드크림 검색량이 11월에 38% 늘었다.',
      key_points: ['인스타그램 · 인스타그램 릴스는 7~9초 영상의 완주율이 높다.'],
      risks: ['화장품법상 의학적 효능을 암시하는 표현은 쓸 수 없다.'],
      artifacts: { evidence, market_signals, competitor_notes, channel_observations },
      market_signals: ['핸드크림 검색량이 11월에 38% 늘었다.'],
      competitor_insights: ['온담 · 온담은 보습 라인으로 사무직 고객에게 다가간다. · 2만 원대'],
      audience_insights: [],
    })
  })

  test('says of the product what the strategy agent decided', () => {
    const { market_assessment, positioning_options } = sampleStrategy
    expect(view.product_strategy).toEqual({
      summary: '끈적임이 없어 업무 중에 쓸 수 있다.',
      key_points: [
        '키보드 친구 · 바르고 바로 타자를 쳐도 괜찮아요.',
        '주머니 속 동백 · 30ml라 어디든 데려갈 수 있어요.',
      ],
      risks: ['겨울에 경쟁 브랜드의 할인이 몰린다.'],
      artifacts: { market_assessment, positioning_options },
      usp: ['끈적임이 없어 업무 중에 쓸 수 있다.'],
      hero_product_angle: '키보드 친구 · 바르고 바로 타자를 쳐도 괜찮아요.',
      assortment_notes: [],
    })
  })

  test('has an empty technical plan, which no agent writes', () => {
    expect(view.technical_plan).toEqual({
      summary: '',
      key_points: [],
      risks: [],
      artifacts: {},
      implementation_scope: [],
      technical_constraints: [],
      demo_readiness_checks: [],
    })
  })

  test("plans the launch by the strategy agent's week, with no owner or criterion that it did not name", () => {
    const { weekly_plan, required_assets } = sampleStrategy
    expect(view.launch_plan).toEqual({
      summary: [
        '흡수되는 모습을 담은 릴스를 올린다.',
        '질문 스티커로 손 고민을 모은다.',
        '프로필에 구매 링크를 건다.',
      ].join('\n'),
      key_points: [
        '1일차 · 인스타그램 · 흡수되는 모습을 담은 릴스를 올린다.',
        '2일차 · 인스타그램 · 질문 스티커로 손 고민을 모은다.',
        '3일차 · 인스타그램 · 프로필에 구매 링크를 건다.',
      ],
      risks: [],
      artifacts: { weekly_plan, required_assets },
      milestones: weekly_plan.map(({ day, action }) => ({
        name: action,
        due: day,
        owner: '',
        success_criteria: '',
      })),
      critical_path: [],
      dependencies: [],
    })
  })

  test('campaigns with positionings, actions by channel, copies, and the hooks of the script', () => {
    const { ad_copies, poster_specs, video_prompt_package } = sampleCreative
    const pillars = ['바르고 바로 타자를 쳐도 괜찮아요.', '30ml라 어디든 데려갈 수 있어요.']
    expect(view.campaign_strategy).toEqual({
      summary: pillars.join('\n'),
      key_points: copies,
      risks: [],
      artifacts: { ad_copies, poster_specs, video_prompt_package, voiceover: sampleVoice },
      message_pillars: pillars,
      channel_tactics: { 인스타그램: sampleStrategy.weekly_plan.map(({ action }) => action) },
      conversion_hooks: ['손이 자꾸 마르죠?', '지금 만나 보세요.'],
    })
  })

  test('has the KPIs that the strategy agent named, and no budget that it did not divide', () => {
    expect(view.budget_and_kpi).toEqual({
      summary: '구매 전환율 2%를 가정하고 확인한다.',
      key_points: ['첫 장면을 손과 키보드로 나누어 본다.', '올리는 시간대를 바꾼다.'],
      risks: [],
      artifacts: { kpi_next_actions: sampleStrategy.kpi_next_actions },
      budget_split_krw: {},
      kpi_targets: ['구매 전환율 2%를 가정하고 확인한다.'],
      roi_assumptions: [],
    })
  })

  test('has the texts of the assets, and no address of one', () => {
    expect(view.marketing_assets).toEqual({
      video_script: '손이 자꾸 마르죠? 바르고 바로 타자 치세요, 지금 만나 보세요.',
      poster_brief:
        '바르고 바로 타자\n끈적임 없이 스미는 동백 핸드크림\n동백꽃 · 키보드 · 겨울 햇살',
      product_copy: copies.join('\n'),
      video_scene_plan: ['건조한 손이 키보드 위에서 멈춘다.', '크림을 바른 손이 다시 타자를 친다.'],
      poster_headline: '바르고 바로 타자',
      product_copy_bullets: copies,
      video_url: null,
      poster_image_url: null,
    })
  })

  test('lists the risks of strategy and research', () => {
    expect(view.risks_and_mitigations).toEqual([
      '겨울에 경쟁 브랜드의 할인이 몰린다.',
      '화장품법상 의학적 효능을 암시하는 표현은 쓸 수 없다.',
    ])
  })

  test('has an entry for each agent in its timeline, with all that it wrote', () => {
    const { schema_version, agent, ...research } = sampleResearched
    const { summary, key_points, risks } = view.research_summary
    expect(view.timeline.map((each) => [each.agent, each.stage])).toEqual([
      ['research', 'research'],
      ['strategy', 'strategy'],
      ['creative', 'creative'],
      ['voice', 'voice'],
    ])
    expect(view.timeline[0]?.payload).toEqual({ summary, key_points, risks, artifacts: research })
    expect(
      view.timeline.slice(2).map(({ payload }) => [payload.summary, payload.key_points]),
    ).toEqual([
      [copies.join('\n'), ['바르고 바로 타자']],
      [sampleVoice.voiceover_script_short, sampleVoice.timing_map.map(({ text }) => text)],
    ])
  })
})

describe('the package of a launch at work', () => {
  /** The package with each text taken out of it: the names and kinds of its fields. */
  const shapeOf = (view: LaunchPackage) =>
    Object.entries(view).flatMap(([name, part]) =>
      Array.isArray(part) || typeof part !== 'object'
        ? [[name, typeof part]]
        : Object.entries(part).map(([field, value]) => [
            `${name}.${field}`,
            Array.isArray(value) ? 'list' : typeof value,
          ]),
    )

  test.each([
    ['no agent', {}],
    ['the research agent', { research: sampleResearched }],
    ['the strategy agent', { research: sampleResearched, strategy: sampleStrategy }],
    [
      'the creative agent',
      { research: sampleResearched, strategy: sampleStrategy, creative: sampleCreative },
    ],
  ])('has the shape of a finished one when %s was the last to write', (_, written) => {
    const view = viewOf(written, { state: 'GEN_STRATEGY' })
    expect(LaunchPackage.strict().parse(view)).toEqual(view)
    expect(shapeOf(view)).toEqual(shapeOf(viewOf(outputs)))
    expect(view.timeline.map(({ stage }) => stage)).toEqual(Object.keys(written))
  })

  test('holds no text but the brief before an agent has written', () => {
    const { request_id, created_at, state, brief, ...parts } = viewOf({}, { state: 'RUN_RESEARCH' })
    expect(brief).toEqual(launchBrief)
    const nothing = JSON.stringify(parts, (_, value) => (value === '' ? undefined : value))
    expect(nothing.replaceAll(/"\w+":/g, '')).toMatch(/^[[\]{},nul]*$/)
  })

  test('fills a part as far as its agents are', () => {
    const { campaign_strategy } = viewOf({ research: sampleResearched, strategy: sampleStrategy })
    expect(campaign_strategy).toMatchObject({
      key_points: [],
      artifacts: {},
      conversion_hooks: [],
    })
    expect(campaign_strategy.message_pillars).toHaveLength(2)
  })
})

test('the angle of a revised launch is the positioning that it was written for', () => {
  const revision = { from: 'creative', positioning_id: 'p2', note: null } as const
  expect(viewOf(outputs, { revision }).product_strategy.hero_product_angle).toBe(
    '주머니 속 동백 · 30ml라 어디든 데려갈 수 있어요.',
  )
})

describe("the brief's date", () => {
  test.each(['', undefined])('is none when it is %j', (launch_date) => {
    const brief = LaunchBrief.parse({ ...launchBrief, launch_date })
    expect(JSON.parse(JSON.stringify(brief))).toEqual(launchBrief)
  })

  test('is kept when it is one, and refused when it is another text', () => {
    const dated = { ...launchBrief, launch_date: '2026-12-01' }
    expect(LaunchBrief.parse(dated)).toEqual(dated)
    const { error } = LaunchBrief.safeParse({ ...launchBrief, launch_date: 'soon' })
    expect(error?.issues.map(({ path }) => path)).toEqual([['launch_date']])
  })
})
