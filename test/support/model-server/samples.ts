import type {
  CreativeOutput,
  PlannerOutput,
  ResearchAnswer,
  ResearchOutput,
  StrategyOutput,
  VoiceOutput,
} from '../../../shared/contracts/agents.ts'
import type { Brief } from '../../../shared/contracts/brief.ts'
import type { Citation } from './answers.ts'

/** One launch, in answers that satisfy every contract: a hand cream sold on Instagram. */
export const sampleBrief: Brief = {
  'product.name': '동백 핸드크림',
  'product.category': '핸드크림',
  'product.features': ['동백 오일 12% 함유', '끈적임 없는 마무리', '한 손에 쥐는 30ml'],
  'product.price_band': '1만 9천 원',
  'target.who': '사무실에서 손을 자주 씻는 20~30대 직장인',
  'target.why': '건조하지만 키보드에 묻어나는 크림은 싫어서',
  'channel.channels': ['인스타그램'],
  'goal.weekly_goal': 'purchase',
  'goal.video_seconds': 8,
}

export const samplePlanner: PlannerOutput = {
  schema_version: 'v1',
  agent: 'planner',
  slot_updates: [
    { path: 'product.name', value: '동백 핸드크림', confidence: 0.95, source: 'user' },
    { path: 'product.category', value: '핸드크림', confidence: 0.9, source: 'user' },
  ],
  response_text: '동백 핸드크림이군요. 손에 닿는 느낌이 궁금해지는 이름이에요 🌺',
  next_question: '이 제품만의 특징을 세 가지쯤 말씀해 주시겠어요?',
}

export const sampleFindings = {
  text: '핸드크림 검색량은 11월에 전월보다 38% 늘었다. 온담은 2만 원대 보습 라인으로 자리 잡았다. 인스타그램 릴스는 7~9초 영상의 완주율이 가장 높았다.',
  citations: [
    {
      url: 'https://stats.example/search-trend?utm_source=openai',
      title: '11월 생활용품 검색 동향',
      after: '38% 늘었다.',
    },
    {
      url: 'https://ondam.example/shop/hand',
      title: '온담 핸드케어',
      after: '자리 잡았다.',
    },
    {
      url: 'https://reels.example/report/2026',
      title: '2026 릴스 완주율',
      after: '가장 높았다.',
    },
  ] satisfies Citation[],
  sources: [
    'https://stats.example/search-trend',
    'https://ondam.example/shop/hand',
    'https://reels.example/report/2026',
  ],
}

/** What the model searches for where a provider answers queries. */
export const sampleQueries = {
  schema_version: 'v1',
  agent: 'research',
  queries: ['핸드크림 검색량 2026', '핸드크림 브랜드 가격', '인스타그램 릴스 완주율'],
} as const

/** What the model writes: each quote is a sentence of the findings that cites its page. */
export const sampleResearch: ResearchAnswer = {
  schema_version: 'v1',
  agent: 'research',
  evidence: [
    {
      id: 'e1',
      source: '생활통계',
      title: '11월 생활용품 검색 동향',
      url: 'https://stats.example/search-trend',
      quote: '핸드크림 검색량은 11월에 전월보다 38% 늘었다.',
      confidence: 0.9,
    },
    {
      id: 'e2',
      source: '온담',
      title: '온담 핸드케어',
      url: 'https://ondam.example/shop/hand/',
      quote: '온담은 2만 원대 보습 라인으로 자리 잡았다.',
      confidence: 0.8,
    },
    {
      id: 'e3',
      source: '릴스 리포트',
      title: '2026 릴스 완주율',
      url: 'https://reels.example/report/2026#length',
      quote: '인스타그램 릴스는 7~9초 영상의 완주율이 가장 높았다.',
      confidence: 0.7,
    },
  ],
  market_signals: [
    { signal: '핸드크림 검색량이 11월에 38% 늘었다.', impact: 'high', evidence_ids: ['e1'] },
  ],
  competitor_notes: [
    {
      brand: '온담',
      positioning: '온담은 보습 라인으로 사무직 고객에게 다가간다.',
      price_band: '2만 원대',
      evidence_ids: ['e2'],
    },
  ],
  channel_observations: [
    {
      channel: '인스타그램',
      observation: '인스타그램 릴스는 7~9초 영상의 완주율이 높다.',
      evidence_ids: ['e3'],
    },
  ],
  risk_flags: ['화장품법상 의학적 효능을 암시하는 표현은 쓸 수 없다.'],
}

/** What becomes of it when its pages were read. */
export const sampleResearched: ResearchOutput = {
  ...sampleResearch,
  evidence: sampleResearch.evidence.map((cited) => ({
    ...cited,
    observed_at: '2026-11-22T00:00:00.000Z',
    verified: true,
    site: URL.parse(cited.url)?.hostname ?? null,
    published_at: null,
    excerpt: cited.quote,
    hash: 'a'.repeat(64),
  })),
}

export const sampleStrategy: StrategyOutput = {
  schema_version: 'v1',
  agent: 'strategy',
  market_assessment: {
    strengths: ['끈적임이 없어 업무 중에 쓸 수 있다.'],
    risks: ['겨울에 경쟁 브랜드의 할인이 몰린다.'],
    uncertainties: ['재구매 주기는 아직 모른다.'],
  },
  positioning_options: [
    { id: 'p1', title: '키보드 친구', message: '바르고 바로 타자를 쳐도 괜찮아요.' },
    { id: 'p2', title: '주머니 속 동백', message: '30ml라 어디든 데려갈 수 있어요.' },
  ],
  weekly_plan: [
    { day: '1일차', channel: '인스타그램', action: '흡수되는 모습을 담은 릴스를 올린다.' },
    { day: '2일차', channel: '인스타그램', action: '질문 스티커로 손 고민을 모은다.' },
    { day: '3일차', channel: '인스타그램', action: '프로필에 구매 링크를 건다.' },
  ],
  required_assets: ['ad_copy', 'poster', 'video_prompt', 'voiceover'],
  kpi_next_actions: {
    kpis: ['구매 전환율 2%를 가정하고 확인한다.'],
    ab_tests: ['첫 장면을 손과 키보드로 나누어 본다.'],
    next_variables: ['올리는 시간대를 바꾼다.'],
  },
}

export const sampleCreative: CreativeOutput = {
  schema_version: 'v1',
  agent: 'creative',
  ad_copies: [
    '바르고 바로 타자. 손에 남는 건 동백뿐.',
    '키보드에 묻지 않는 핸드크림, 찾으셨죠?',
    '회의 들어가기 전 10초면 돼요.',
    '손 씻을 때마다 꺼내게 되는 30ml.',
    '주머니에 동백 한 송이 넣어 두세요.',
    '건조한 오후, 손끝부터 챙겨요.',
  ].map((text, index) => ({
    id: `c${index + 1}`,
    channel: '인스타그램',
    positioning_id: index < 3 ? 'p1' : 'p2',
    text,
  })),
  poster_specs: [
    {
      id: 's1',
      headline: '바르고 바로 타자',
      subheadline: '끈적임 없이 스미는 동백 핸드크림',
      visual_keywords: ['동백꽃', '키보드', '겨울 햇살'],
    },
  ],
  video_prompt_package: {
    duration_sec: 8,
    size: '720x1280',
    prompt:
      'Close-up of hands resting on a keyboard, camellia petals drifting by, soft winter sun.',
    shots: [
      { start: 0, end: 2.5, scene: '건조한 손이 키보드 위에서 멈춘다.' },
      { start: 2.5, end: 8, scene: '크림을 바른 손이 다시 타자를 친다.' },
    ],
  },
}

export const sampleVoice: VoiceOutput = {
  schema_version: 'v1',
  agent: 'voice',
  voiceover_script_short: '손이 자꾸 마르죠? 바르고 바로 타자 치세요, 지금 만나 보세요.',
  voiceover_script_long: null,
  tone_profile: '옆자리 동료가 살짝 알려 주는 다정한 목소리',
  delivery_profile: { pace: '조금 천천히', emphasis_words: ['바로'] },
  timing_map: [
    { start: 0, end: 2.2, purpose: 'hook', text: '손이 자꾸 마르죠?' },
    { start: 2.2, end: 5.5, purpose: 'benefit', text: '바르고 바로 타자 치세요,' },
    { start: 5.5, end: 8, purpose: 'cta', text: '지금 만나 보세요.' },
  ],
  subtitle_lines: [
    { start: 0, end: 2.2, text: '손이 자꾸 마르죠?' },
    { start: 2.2, end: 5.5, text: '바르고 바로 타자 치세요' },
    { start: 5.5, end: 8, text: '지금 만나 보세요' },
  ],
  tts_config: { voice_preset: 'friendly_ko', format: 'mp3' },
}
