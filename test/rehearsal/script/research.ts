import type { ResearchAnswer } from '../../../shared/contracts/agents.ts'
import { pages, type RehearsedPage } from './search.ts'

/** Each quote stands in its page as it is served, or, of a page that cannot be read, in the findings. */
const quoted: readonly [id: string, page: RehearsedPage, quote: string, confidence: number][] = [
  [
    'e1',
    pages.homeCoffee,
    '평일 아침 집에서 커피를 내려 마신다는 응답은 41%로 지난해보다 6%p 늘었다.',
    0.85,
  ],
  ['e2', pages.dripBagSearch, '11월 들어 ‘드립백’ 검색량이 한 달 전보다 27% 늘었다.', 0.7],
  ['e3', pages.gaRoasters, '드립백 10봉 한 상자는 15,000원입니다.', 0.9],
  ['e4', pages.maCoffee, '12봉 한 상자를 10,800원에 판매합니다.', 0.9],
  ['e5', pages.reels, '짧은 영상 광고는 첫 2~3초 안에 제품을 쓰는 장면을 보여 주어야 합니다.', 0.8],
  [
    'e7',
    pages.messages,
    '메시지 첫머리에 (광고)를 표기하고, 수신 거부 방법을 함께 안내해야 합니다.',
    0.85,
  ],
  [
    'e8',
    pages.labelling,
    '커피 광고에서 건강 효능을 암시하거나 근거 없이 비교하면 문제가 될 수 있다는 해설도 있습니다.',
    0.8,
  ],
]

/**
 * The search shaped. `e6` names a page that the search did not return, on purpose: the product drops
 * it, and the competitor that only it bears out becomes a risk flag.
 * @param addressOf the address under which a page is served
 */
export const research = (addressOf: (page: RehearsedPage) => string): ResearchAnswer => ({
  schema_version: 'v1',
  agent: 'research',
  evidence: [
    ...quoted.map(([id, page, quote, confidence]) => ({
      id,
      source: page.publisher,
      title: page.title,
      url: addressOf(page),
      quote,
      confidence,
    })),
    {
      id: 'e6',
      source: '예시 로스터리 순위',
      title: '올해의 드립백 순위',
      url: 'https://roastery-ranking.example/2026/drip-bag',
      quote: '아자차 커피는 정기 구독으로 드립백 단골을 늘리고 있다.',
      confidence: 0.6,
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
})
