import type { ResearchOutput } from '../../../shared/contracts/agents.ts'
import { pages } from './search.ts'

/**
 * The search shaped. `e6` names a page that the search did not return, on purpose: the product drops
 * it, and the competitor that only it bears out becomes a risk flag.
 */
export const research: ResearchOutput = {
  schema_version: 'v1',
  agent: 'research',
  evidence: [
    {
      id: 'e1',
      source: '예시 커피산업연구소',
      ...pages.homeCoffee,
      observed_at: '2026-09-30',
      confidence: 0.85,
    },
    {
      id: 'e2',
      source: '예시 트렌드데일리',
      ...pages.dripBagSearch,
      observed_at: '2026-11-12',
      confidence: 0.7,
    },
    {
      id: 'e3',
      source: '가나다 로스터스(예시)',
      ...pages.gaRoasters,
      observed_at: '2026-11-20',
      confidence: 0.9,
    },
    {
      id: 'e4',
      source: '마바사 커피(예시)',
      ...pages.maCoffee,
      observed_at: '2026-11-20',
      confidence: 0.9,
    },
    {
      id: 'e5',
      source: '예시 소셜가이드',
      ...pages.reels,
      observed_at: '2026-08-01',
      confidence: 0.8,
    },
    {
      id: 'e6',
      source: '예시 로스터리 순위',
      title: '올해의 드립백 순위',
      url: 'https://roastery-ranking.example/2026/drip-bag',
      observed_at: '2026-11-01',
      confidence: 0.6,
    },
    {
      id: 'e7',
      source: '예시 메시지가이드',
      ...pages.messages,
      observed_at: '2026-07-15',
      confidence: 0.85,
    },
    {
      id: 'e8',
      source: '예시 식품광고 해설',
      ...pages.labelling,
      observed_at: '2026-05-20',
      confidence: 0.8,
    },
  ],
  market_signals: [
    {
      signal: '평일 아침에 카페 대신 집에서 커피를 내리는 직장인이 지난해보다 늘었다.',
      impact: 'high',
      evidence_ids: ['e1', 'e6'],
    },
    {
      signal: '드립백 검색은 첫 추위가 오는 11월에 늘어, 지금이 처음 알리기 좋은 때다.',
      impact: 'high',
      evidence_ids: ['e2'],
    },
    {
      signal: '커피 광고에서 건강 효능이나 근거 없는 비교는 문제가 될 수 있다.',
      impact: 'medium',
      evidence_ids: ['e8'],
    },
  ],
  competitor_notes: [
    {
      brand: '가나다 로스터스',
      positioning: '가나다 로스터스는 스페셜티 원두의 산지를 앞세워 선물 수요를 노린다.',
      price_band: '10봉 15,000원',
      evidence_ids: ['e3'],
    },
    {
      brand: '마바사 커피',
      positioning: '마바사 커피는 사무실 대량 구매를 겨냥해 낮은 봉당 가격을 내세운다.',
      price_band: '12봉 10,800원',
      evidence_ids: ['e4'],
    },
    {
      brand: '아자차 커피',
      positioning: '아자차 커피는 정기 구독으로 드립백 단골을 늘리고 있다고 알려져 있다.',
      price_band: '확인되지 않음',
      evidence_ids: ['e6'],
    },
  ],
  channel_observations: [
    {
      channel: '인스타그램',
      observation:
        '인스타그램 짧은 영상은 첫 2~3초에 내리는 장면과 자막을 함께 보여야 끝까지 읽힌다.',
      evidence_ids: ['e5'],
    },
    {
      channel: '카카오톡 채널',
      observation: '카카오톡 채널 광고 메시지에는 (광고) 표기와 수신 거부 안내가 꼭 들어가야 한다.',
      evidence_ids: ['e7'],
    },
  ],
  risk_flags: [
    '두 채널의 이번 달 광고 단가는 찾지 못했으니, 집행 전에 관리자 화면에서 확인해야 한다.',
    '‘갓 볶은’이라는 표현은 실제 로스팅과 발송 일정이 뒷받침될 때만 쓴다.',
  ],
}
