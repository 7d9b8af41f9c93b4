import type { CreativeOutput } from '../../../shared/contracts/agents.ts'

export const creative: CreativeOutput = {
  schema_version: 'v1',
  agent: 'creative',
  ad_copies: [
    {
      id: 'c1',
      channel: '인스타그램',
      positioning_id: 'p1',
      text: '어제 들어온 주문이 오늘 아침 로스터에 들어갑니다. 여섯시반 드립백은 주문을 받고 볶아요.',
    },
    {
      id: 'c2',
      channel: '인스타그램',
      positioning_id: 'p1',
      text: '미리 볶아 쌓아 두지 않아요. 주문을 받고, 다음 날 아침에 볶고, 그대로 보냅니다.',
    },
    {
      id: 'c3',
      channel: '카카오톡 채널',
      positioning_id: 'p1',
      text: '(광고) 오늘 주문하시면 내일 아침에 볶아요. 여섯시반 드립백 10봉 13,900원. 수신 거부는 채널 차단으로 하실 수 있어요.',
    },
    {
      id: 'c4',
      channel: '인스타그램',
      positioning_id: 'p2',
      text: '카페 앞을 뛰어 지나치던 아침, 오늘은 내 머그컵에서 향이 먼저 올라옵니다.',
    },
    {
      id: 'c5',
      channel: '인스타그램',
      positioning_id: 'p2',
      text: '양말 신는 동안 물을 끓이고, 가방 챙기는 동안 내립니다. 출근 전 한 잔, 여섯시반.',
    },
    {
      id: 'c6',
      channel: '인스타그램',
      positioning_id: 'p2',
      text: '줄 서지 않고 시작하는 아침. 걸고, 붓고, 한 모금. 순서는 이게 전부예요.',
    },
    {
      id: 'c7',
      channel: '카카오톡 채널',
      positioning_id: 'p2',
      text: '(광고) 내일 아침 커피, 자기 전에 정해 두세요. 한 봉 12g으로 머그컵 한 잔이 진하게 나와요. 수신 거부는 채널 차단으로 하실 수 있어요.',
    },
    {
      id: 'c8',
      channel: '인스타그램',
      positioning_id: 'p3',
      text: '버튼 한 번의 커피가 심심해졌다면, 이번에는 물줄기를 따라 천천히 내려 볼까요?',
    },
    {
      id: 'c9',
      channel: '인스타그램',
      positioning_id: 'p3',
      text: '산미는 적게, 고소함은 넉넉하게. 브라질과 과테말라를 섞어 매일 마시기 편한 맛으로 볶았어요.',
    },
    {
      id: 'c10',
      channel: '카카오톡 채널',
      positioning_id: 'p3',
      text: '(광고) 머신도 캡슐도 없이, 머그컵 하나면 됩니다. 주문받고 볶는 여섯시반 드립백을 만나 보세요. 수신 거부는 채널 차단으로 하실 수 있어요.',
    },
  ],
  poster_specs: [
    {
      id: 's1',
      headline: '주문하면 내일 아침 볶아요',
      subheadline: '기다린 만큼 고소한, 여섯시반 드립백',
      visual_keywords: [
        '이른 아침 햇살',
        '로스터에서 쏟아지는 원두',
        '가지런한 드립백 열 봉',
        '따뜻한 갈색',
      ],
    },
    {
      id: 's2',
      headline: '출근 전, 딱 한 잔',
      subheadline: '머그컵에 걸고 물만 부으면 되는 아침',
      visual_keywords: [
        '흰 머그컵',
        '드립백에 떨어지는 물줄기',
        '피어오르는 김',
        '창가의 작은 식탁',
      ],
    },
  ],
  video_prompt_package: {
    duration_sec: 8,
    size: '720x1280',
    prompt:
      'Vertical close-up on a small kitchen table at dawn. A hand hangs a paper drip bag on a plain white mug and pours a thin stream of hot water; coffee blooms and steam rises through soft window light. Slow push-in, shallow depth of field, warm brown and cream palette, calm and unhurried mood. No lettering, no logos, no faces.',
    shots: [
      { start: 0, end: 2.5, scene: '동틀 무렵의 식탁에서 손이 흰 머그컵에 드립백을 건다.' },
      { start: 2.5, end: 5.5, scene: '가는 물줄기가 떨어지고 커피 가루가 천천히 부풀어 오른다.' },
      { start: 5.5, end: 8, scene: '김이 오르는 머그컵을 두 손으로 감싸 창가로 가져간다.' },
    ],
  },
}
