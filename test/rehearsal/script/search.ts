/** A page of the rehearsed web, which the rehearsal serves on this machine and the product really reads. */
export interface RehearsedPage {
  /** Its host: `<site>.localhost`. */
  site: string
  path: string
  title: string
  /** Who publishes it. */
  publisher: string
  /** Null for a page that does not let itself be read. */
  paragraphs: readonly string[] | null
}

export const pages = {
  homeCoffee: {
    site: 'coffee-institute',
    path: '/reports/home-coffee-2026',
    title: '2026 홈카페 이용 조사 요약',
    publisher: '예시 커피산업연구소',
    paragraphs: [
      '예시 커피산업연구소는 2026년 9월 직장인 1,200명에게 아침 커피를 어떻게 마시는지 물었다.',
      '평일 아침 집에서 커피를 내려 마신다는 응답은 41%로 지난해보다 6%p 늘었다. 이유로는 ‘카페에 들를 시간이 없어서’가 가장 많이 꼽혔다.',
      '기구로는 캡슐 머신이 가장 많았고, 드립백과 핸드드립이 뒤를 이었다.',
    ],
  },
  dripBagSearch: {
    site: 'trend-daily',
    path: '/2026/11/drip-bag-search',
    title: '찬 바람 불자 드립백 검색 늘었다',
    publisher: '예시 트렌드데일리',
    paragraphs: [
      '11월 들어 ‘드립백’ 검색량이 한 달 전보다 27% 늘었다. 해마다 첫 추위와 함께 되풀이되는 흐름이다.',
      '선물용 묶음을 찾는 검색도 함께 늘고 있어, 업계는 연말까지 관심이 이어질 것으로 본다.',
    ],
  },
  gaRoasters: {
    site: 'ga-roasters',
    path: '/shop/drip-bag',
    title: '가나다 로스터스 드립백 10봉',
    publisher: '가나다 로스터스(예시)',
    paragraphs: [
      '에티오피아와 콜롬비아 산지의 스페셜티 원두를 한 봉씩 담았습니다. 드립백 10봉 한 상자는 15,000원입니다.',
      '선물 포장을 고르시면 손글씨 카드를 함께 보내 드립니다.',
    ],
  },
  maCoffee: {
    site: 'ma-coffee',
    path: '/products/morning-drip',
    title: '마바사 커피 모닝 드립 12봉',
    publisher: '마바사 커피(예시)',
    paragraphs: [
      '모닝 드립은 사무실에서 함께 마시기 좋은 대용량 묶음입니다. 12봉 한 상자를 10,800원에 판매합니다.',
      '다섯 상자 이상 주문하시면 사무실까지 무료로 배송합니다.',
    ],
  },
  reels: {
    site: 'social-guide',
    path: '/ko/short-video-basics',
    title: '짧은 영상 광고 기본 안내',
    publisher: '예시 소셜가이드',
    paragraphs: [
      '짧은 영상 광고는 첫 2~3초 안에 제품을 쓰는 장면을 보여 주어야 합니다. 소리를 끄고 보는 사람이 많으니 자막만으로도 뜻이 통하게 만드세요.',
      '세로 화면 비율은 9:16을 권합니다.',
    ],
  },
  messages: {
    site: 'message-guide',
    path: '/ko/channel-ads',
    title: '채널 메시지 광고성 정보 표기 안내',
    publisher: '예시 메시지가이드',
    paragraphs: [
      '채널로 광고성 정보를 보낼 때에는 메시지 첫머리에 (광고)를 표기하고, 수신 거부 방법을 함께 안내해야 합니다.',
      '밤 9시부터 다음 날 아침 8시까지는 따로 동의를 받은 분께만 보낼 수 있습니다.',
    ],
  },
  /** Its site shows pages to people only, so that what rests on it stays unverified. */
  labelling: {
    site: 'food-ad-law',
    path: '/guide/coffee-labelling',
    title: '커피 표시·광고 사례 해설',
    publisher: '예시 식품광고 해설',
    paragraphs: null,
  },
} as const satisfies Record<string, RehearsedPage>

/** The cited prose of the search: each passage, and the page it cites. */
export const findings: readonly { text: string; cites?: RehearsedPage }[] = [
  { text: '1. 시장 신호\n' },
  {
    text: '예시 커피산업연구소의 2026년 조사에서는 평일 아침 집에서 커피를 내려 마신다는 응답이 지난해보다 늘었고, 이유로는 카페에 들를 시간이 없다는 답이 가장 많았습니다.',
    cites: pages.homeCoffee,
  },
  {
    text: ' 예시 트렌드데일리는 11월 들어 드립백 검색이 한 달 전보다 늘었으며, 해마다 첫 추위와 함께 되풀이되는 흐름이라고 전했습니다.',
    cites: pages.dripBagSearch,
  },
  {
    text: ' 커피 광고에서 건강 효능을 암시하거나 근거 없이 비교하면 문제가 될 수 있다는 해설도 있습니다.',
    cites: pages.labelling,
  },
  { text: '\n\n2. 경쟁사\n' },
  {
    text: '가나다 로스터스는 스페셜티 원두를 앞세운 드립백을 10봉 15,000원에 팔고 있습니다.',
    cites: pages.gaRoasters,
  },
  {
    text: ' 마바사 커피는 사무실 대량 구매를 겨냥해 12봉을 10,800원에 내놓았습니다.',
    cites: pages.maCoffee,
  },
  { text: '\n\n3. 채널\n' },
  {
    text: '짧은 영상 광고는 첫 2~3초 안에 쓰는 장면을 보여 주고 자막만으로도 뜻이 통하게 하라는 안내가 있습니다.',
    cites: pages.reels,
  },
  {
    text: ' 카카오톡 채널로 보내는 광고 메시지에는 (광고) 표기와 수신 거부 방법을 넣어야 합니다.',
    cites: pages.messages,
  },
  { text: ' 두 채널의 이번 달 광고 단가는 찾지 못했습니다.' },
]

/** Pages that the search looked at and did not cite: they are not there any more. */
export const consultedOnly: readonly RehearsedPage[] = [
  {
    site: 'trend-daily',
    path: '/2026/10/office-coffee',
    title: '사무실 커피, 무엇을 마시나',
    publisher: '예시 트렌드데일리',
    paragraphs: null,
  },
]
