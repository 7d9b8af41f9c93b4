/** A page of the rehearsed web. Domains ending in `.example` are reserved: they have no owner. */
export interface RehearsedPage {
  url: string
  title: string
}

export const pages = {
  homeCoffee: {
    url: 'https://coffee-institute.example/reports/home-coffee-2026',
    title: '2026 홈카페 이용 조사 요약',
  },
  dripBagSearch: {
    url: 'https://trend-daily.example/2026/11/drip-bag-search',
    title: '찬 바람 불자 드립백 검색 늘었다',
  },
  gaRoasters: {
    url: 'https://ga-roasters.example/shop/drip-bag',
    title: '가나다 로스터스 드립백 10봉',
  },
  maCoffee: {
    url: 'https://ma-coffee.example/products/morning-drip',
    title: '마바사 커피 모닝 드립 12봉',
  },
  reels: {
    url: 'https://social-guide.example/ko/short-video-basics',
    title: '짧은 영상 광고 기본 안내',
  },
  messages: {
    url: 'https://message-guide.example/ko/channel-ads',
    title: '채널 메시지 광고성 정보 표기 안내',
  },
  labelling: {
    url: 'https://food-ad-law.example/guide/coffee-labelling',
    title: '커피 표시·광고 사례 해설',
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

/** Pages that the search looked at and did not cite. */
export const consultedOnly: readonly RehearsedPage[] = [
  { url: 'https://trend-daily.example/2026/10/office-coffee', title: '사무실 커피, 무엇을 마시나' },
  { url: 'https://coffee-institute.example/reports', title: '보고서 목록' },
]
