import type { SlotUpdate } from '../../shared/contracts/brief.ts'

/** One exchange of the rehearsed conversation: the user's line and what the planner answers. */
export interface ScriptedTurn {
  user: string
  /** How the demo sends the line; `voice` sends a recording of it. */
  via: 'http' | 'socket' | 'voice'
  slot_updates: SlotUpdate[]
  response_text: string
  next_question: string | null
}

const freshness = ['주문 다음 날 아침에 볶아 바로 발송', '한 봉씩 질소 충전 포장']

/**
 * A neighbourhood roaster launches a drip bag. In order: several slots in one message; a question of
 * the user's, answered first and not stored as a price; two slots at once; a choice left to the
 * planner, spoken; the goal, at which the gate opens; a correction of a filled slot.
 */
export const conversation: readonly ScriptedTurn[] = [
  {
    user: '안녕하세요, 망원동에서 작은 로스터리를 하고 있어요. ‘여섯시반 드립백’이라는 드립백 커피인데, 주문이 들어오면 다음 날 아침에 볶아서 바로 보내고 한 봉씩 질소 충전해서 포장해요. 10봉에 12,900원이에요.',
    via: 'http',
    slot_updates: [
      { path: 'product.name', value: '여섯시반 드립백', confidence: 0.98, source: 'user' },
      { path: 'product.category', value: '드립백 커피', confidence: 0.95, source: 'user' },
      { path: 'product.features', value: freshness, confidence: 0.93, source: 'user' },
      { path: 'product.price_band', value: '10봉 12,900원', confidence: 0.97, source: 'user' },
    ],
    response_text:
      '주문받은 다음 날 아침에 볶아 보낸다니, 그 자체로 들려줄 이야기가 있는 커피네요. 이름과 가격, 특징 두 가지를 적어 두었어요.',
    next_question: '맛이나 원두에서 하나만 더 자랑한다면 어떤 점을 꼽으시겠어요?',
  },
  {
    user: '산미가 적고 고소해요. 브라질이랑 과테말라 원두를 섞거든요. 한 봉에 12g이라 머그컵 한 잔이 진하게 나오고요. 그런데 만 원 아래로 내리면 더 잘 팔릴까요?',
    via: 'http',
    slot_updates: [
      {
        path: 'product.features',
        value: [
          ...freshness,
          '산미가 적고 고소한 브라질·과테말라 블렌드',
          '한 봉 12g, 머그컵 한 잔이 진하게',
        ],
        confidence: 0.95,
        source: 'user',
      },
    ],
    response_text:
      '만 원 아래면 눈에는 더 띄겠지만, 더 잘 팔린다고 장담할 근거는 아직 없어요. 주문받고 볶는 커피라면 가격을 낮추기 전에 지금 가격의 이유를 먼저 보여 주시길 권해요. 가격은 그대로 두고, 특징은 네 가지로 정리했어요.',
    next_question: '이 커피는 주로 어떤 분들이 사 가시나요?',
  },
  {
    user: '근처 회사에 다니는 30대 분들이 제일 많아요. 아침에 카페 들를 시간은 없는데 캡슐 커피는 물려서, 집에서도 갓 내린 커피를 마시고 싶다고들 하세요.',
    via: 'http',
    slot_updates: [
      {
        path: 'target.who',
        value: '아침에 카페 들를 시간이 없는 30대 직장인',
        confidence: 0.95,
        source: 'user',
      },
      {
        path: 'target.why',
        value: '캡슐 커피에 물려서, 집에서도 갓 내린 커피를 마시고 싶어 한다',
        confidence: 0.92,
        source: 'user',
      },
    ],
    response_text:
      '사는 사람과 사는 이유가 아주 선명하네요. ‘카페 들를 시간은 없지만 커피는 포기하기 싫은 아침’으로 기억해 둘게요.',
    next_question: '이번 주에는 어디에서 알리고 싶으세요? 한두 곳이면 충분해요.',
  },
  {
    user: '채널은 제가 잘 몰라서요. 알아서 정해 주세요.',
    via: 'voice',
    slot_updates: [
      {
        path: 'channel.channels',
        value: ['인스타그램', '카카오톡 채널'],
        confidence: 0.8,
        source: 'suggested',
      },
    ],
    response_text:
      '그럼 인스타그램과 카카오톡 채널로 할게요. 내리는 장면이 곧 광고인 커피라 인스타그램에서 처음 만나고, 관심을 보인 분께 카카오톡으로 다시 말을 건네기 좋은 조합이에요.',
    next_question: '이번 주에 바라는 것은 알리기, 문의 받기, 바로 구매 가운데 무엇인가요?',
  },
  {
    user: '바로 구매요. 첫 주문이 많이 들어오면 좋겠어요. 영상은 8초 정도로 짧게 부탁드려요.',
    via: 'http',
    slot_updates: [
      { path: 'goal.weekly_goal', value: 'purchase', confidence: 0.97, source: 'user' },
      { path: 'goal.video_seconds', value: 8, confidence: 0.95, source: 'user' },
    ],
    response_text:
      '브리프가 다 찼어요. 아침이 바쁜 30대 직장인에게, 주문받고 볶는 여섯시반 드립백을 인스타그램과 카카오톡 채널로 알려 첫 주문을 받는 한 주예요. 이대로 출시 패키지를 만들 수 있어요.',
    next_question: null,
  },
  {
    user: '아, 잠깐만요. 가격을 예전 걸로 말씀드렸네요. 이번 달부터 10봉에 13,900원이에요.',
    via: 'socket',
    slot_updates: [
      { path: 'product.price_band', value: '10봉 13,900원', confidence: 0.98, source: 'user' },
    ],
    response_text:
      '10봉 13,900원으로 고쳐 두었어요. 나머지는 그대로이니, 이제 출시 패키지 생성을 시작하셔도 좋아요.',
    next_question: null,
  },
]
