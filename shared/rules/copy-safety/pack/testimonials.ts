import { family } from './family.ts'

/** What every rule on endorsements shares: the KFTC's guideline on them. */
export const endorsement = {
  id: 'general',
  productTypes: 'all',
  law: 'fair_labelling_act',
  article: '3(1)',
  item: '2',
  severity: 'needs_evidence',
  guidelinePage: '추천·보증 등에 관한 표시·광고 심사지침',
} as const

/** Reviews and hidden sponsorship: art. 3(1) nos. 1 and 2, and the KFTC's endorsement guideline. */
export const testimonialRules = family(endorsement, [
  {
    id: 'endorsement.own_money',
    pattern:
      /내\s?돈\s?내\s?산|내\s?돈\s?주고\s?(?:산|샀|사)|(?:직접|제|내)\s?돈(?:으로|\s?주고)\s?(?:사서|산|구매|샀)|(?:협찬|광고|뒷광고|대가)\s?(?:이|가|은|는)?\s?(?:아닌|아니(?:고|에요|라)|아님|전혀\s?없는|없는|x|노노|ㄴㄴ|받지\s?않은)\s?[^.!?\n]{0,8}?(?:찐|진짜|리얼|솔직|순수)?\s?(?:후기|리뷰|추천|사용기)/u,
    evidenceThatAllows: {
      description: {
        ko: '작성자가 대가 없이 구매해 썼다는 사실(구매 내역)',
        en: 'Proof that the author bought it without any consideration (order record)',
      },
      pattern:
        /(?:내돈내산|실구매|구매\s?내역|구매\s?확인|영수증)[^\n]{0,40}(?:확인|인증|보유|첨부|동의)|verified purchase/u,
    },
    explanation: {
      ko: "광고주가 만든 문구에 '내돈내산'을 쓰면 경제적 이해관계를 숨기는 기만 광고가 됩니다.",
      en: 'Bought with my own money in an advertiser’s copy hides the commercial interest.',
    },
    bad: [
      '내돈내산 찐후기',
      '제 돈 주고 산 솔직 리뷰',
      '광고 아닌 진짜 후기',
      '협찬 아니고 찐 추천',
    ],
    good: ['이 글은 협찬을 받아 작성했습니다', '돈 버는 습관, 직접 산 책 한 권'],
  },
  {
    id: 'endorsement.hidden_sponsorship',
    severity: 'block',
    pattern:
      /(?:협찬|원고료|대가|광고|ppl|유료\s?광고|제공|스폰)(?:인|임을|라는|이라는|받은)?\s?[^.!?\n]{0,12}?(?:티(?:가|는)?\s?(?:안|나지\s?않|없)|(?:표시|문구|표기|태그)\s?(?:없이|빼고|생략|숨기|숨겨|안\s?하)|숨기|숨겨|감추|감춰|모르게|비밀로|언급\s?(?:없이|하지\s?말)|자연스럽게\s?녹)|(?:고객|일반인|소비자|구매자|실사용자|지인|손님|학부모|제3자)\s?인?\s?척|(?:일반인|실사용자|소비자|지인|제3자)\s?(?:인\s?)?(?:척|처럼)\s?[^.!?\n]{0,8}?(?:후기|리뷰|추천|글|댓글|작성|홍보)|내돈내산[^.!?\n]{0,12}(?:협찬|체험단|제공\s?받|원고료)|(?:협찬|체험단|제공\s?받|원고료)[^.!?\n]{0,12}내돈내산|바이럴\s?(?:인\s?줄\s?모르|티\s?안)|뒷광고/u,
    exceptions: [/뒷광고\s?(?:금지|논란|근절|예방|아)[^.!?\n]{0,8}/u],
    explanation: {
      ko: '협찬·광고임을 숨기는 것은 기만적인 표시·광고입니다.',
      en: 'Hiding sponsorship is deceptive advertising.',
    },
    bad: [
      '광고 티 안 나는 자연스러운 후기',
      '협찬 문구 없이 올려 드립니다',
      '일반인인 척 리뷰 작성',
      '내돈내산처럼 써 주시는 체험단, 내돈내산 느낌의 협찬',
      '유료 광고 표시 빼고 홍보',
    ],
    good: [
      '유료 광고를 포함하고 있습니다',
      '협찬받은 제품임을 첫 줄에 밝힙니다',
      '광고 문구를 다듬는 카피라이터',
    ],
  },
  {
    id: 'endorsement.undisclosed_trial_group',
    pattern:
      /(?:체험단|서포터즈|인플루언서|앰배서더|블로거|유튜버|리뷰어|bj|틱톡커|셀럽)(?:들)?(?:의|이|가|도|님|들이)?\s?[^.!?\n]{0,10}?(?:후기|리뷰|추천|극찬|인정|검증|사용기|강추|픽|pick|반한|애정|인생템)/u,
    exceptions: [
      /(?:체험단|서포터즈|인플루언서|리뷰어|유튜버|블로거)\s?(?:을|를)?\s?(?:모집|선발|신청|지원|모십|발표)[^.!?\n]{0,12}/u,
      /(?:협찬|광고|유료|제공받|대가를?\s?받)[^.!?\n]{0,24}(?:후기|리뷰|추천)[^.!?\n]{0,6}/u,
    ],
    evidenceThatAllows: {
      description: {
        ko: '대가 제공 사실의 표시(협찬·광고)와 실제 사용 사실',
        en: 'Disclosure of the consideration, and that they really used it',
      },
      pattern:
        /(?:협찬|유료\s?광고|대가|경제적\s?이해관계|제공)[^\n]{0,40}(?:표시|표기|고지|공개|명시)|(?:sponsor|paid partnership|#ad)[^\n]{0,30}(?:disclos)?/u,
    },
    explanation: {
      ko: '체험단·인플루언서의 추천은 경제적 이해관계를 첫머리에 밝혀야 합니다.',
      en: 'A recommendation by trial groups or influencers has to disclose the interest at its beginning.',
    },
    bad: [
      '유튜버가 극찬한 립밤',
      '체험단 후기가 증명하는 흡수력',
      '인플루언서 강추 아이템',
      '블로거들이 인정한 맛집',
    ],
    good: [
      '체험단을 모집합니다',
      '유튜버를 위한 조명',
      '[광고] 협찬을 받은 인플루언서의 후기입니다',
    ],
  },
  {
    id: 'endorsement.fake_reviews',
    severity: 'block',
    item: '1',
    pattern:
      /(?:후기|리뷰|별점|평점|댓글|좋아요|팔로워|구매평|상품평)(?:를|을|가|이)?\s?(?:대신\s?)?(?:조작|대행|알바|작업|판매|구매해|사\s?드|사드|늘려\s?드|만들어\s?드|지어내|써\s?드|채워\s?드|도배)|(?:가짜|허위|조작된?)\s?(?:후기|리뷰|별점|구매평|팔로워)|(?:나쁜|악성|부정적인?|낮은|1점)\s?(?:후기|리뷰|평점|댓글)(?:는|은|를|을)?\s?(?:삭제|숨김|숨기|지워|블라인드|비공개|가려)|빈\s?박스\s?(?:마케팅|후기|리뷰)|리뷰\s?(?:알바|공장)/u,
    exceptions: [
      /(?:가짜|허위)\s?(?:후기|리뷰)(?:는|가|를|은)?\s?(?:없|쓰지|신고|단속|근절|걸러)[^.!?\n]{0,8}/u,
    ],
    explanation: {
      ko: '후기를 조작하거나 불리한 후기를 숨기는 것은 거짓·기만 광고입니다.',
      en: 'Making up reviews, or hiding bad ones, is false and deceptive.',
    },
    bad: [
      '리뷰 대행으로 별점을 올려 드립니다',
      '가짜 후기 100개 제공',
      '나쁜 후기는 삭제해 드려요',
      '팔로워 늘려 드립니다',
      '빈 박스 마케팅',
    ],
    good: [
      '허위 리뷰는 신고해 주세요',
      '솔직한 후기를 남겨 주세요',
      '실구매 후기만 보여 드립니다, 가짜 후기 없이',
    ],
  },
  {
    id: 'endorsement.conditional_praise',
    item: '2',
    severity: 'block',
    pattern:
      /(?:별\s?(?:5|다섯)\s?개|별점\s?5\s?점?|5점(?:\s?만점)?|만점|좋은|긍정적인?|칭찬|호평)\s?(?:의|짜리|을|를)?\s?(?:후기|리뷰|평점|구매평|상품평|평가|댓글)?(?:을|를)?\s?(?:남기|남겨|작성|써|쓰|달아|주시)[^.!?\n]{0,16}?(?:적립|증정|환급|쿠폰|사은품|페이백|캐시백|할인|드립|드려|지급|선물)/u,
    explanation: {
      ko: '좋은 평가를 조건으로 대가를 주는 것은 소비자를 기만하는 행위입니다.',
      en: 'Paying for praise deceives consumers.',
    },
    bad: [
      '별점 5점 남기면 쿠폰 증정',
      '좋은 리뷰 써 주시면 페이백',
      '5점 후기 작성 시 사은품을 드려요',
    ],
    good: ['솔직한 후기를 남기면 500원을 적립해 드립니다', '별 5개 호텔 같은 침구'],
  },
  {
    id: 'endorsement.review_figures',
    item: '1',
    pattern:
      /(?:후기|리뷰|구매평|상품평|별점|평점)(?:가|이|수|만|은|는)?\s?(?:무려\s?|누적\s?|평균\s?)?(?:\d[\d,.]{0,12}\s?(?:만|천|백)?\s?(?:개|건|\+|점|명)|[45]\.\d)|\d[\d,.]{0,12}\s?(?:만|천|백)?\s?(?:개|건)의?\s?(?:실제|진짜|리얼|찐|생생한|압도적인?)?\s?(?:후기|리뷰|구매평|상품평)|(?:후기|리뷰)(?:가|로|들이)?\s?(?:증명|입증|말해\s?주|폭발|쏟아|극찬|인증)(?:합니다|하는|된|했|지는|일색)?|(?:실제|실구매)\s?(?:고객|구매자|사용자)(?:들)?(?:의|이)?\s?[^.!?\n]{0,6}?(?:후기|극찬|증명|인정|만족|입증|추천)/u,
    exceptions: [
      /(?:후기|리뷰)를?\s?(?:남기|작성|써)[^.!?\n]{0,14}/u,
      /별점\s?[\d점,이나 ]{1,12}\s?(?:후기|리뷰)?[은는도를을]?\s?[^.!?\n]{0,6}(?:지우|삭제하|숨기|내리|가리)지[는도]?\s?않[^.!?\n]{0,8}/u,
    ],
    evidenceThatAllows: {
      description: {
        ko: '실제 후기의 출처·집계 시점(쇼핑몰, 기간)과 원문',
        en: 'The source and date of the real reviews',
      },
      pattern:
        /(?:후기|리뷰|별점|평점|구매평)[^\n]{0,60}(?:\d[^\n]{0,20}(?:기준|집계|출처|스토어|쿠팡|네이버|올리브영)|\d{4}|원문|동의)|reviews?[^\n]{0,40}(?:as of|source|\d{4})/u,
    },
    explanation: {
      ko: '후기 수·별점·고객 평가를 내세우려면 실제 자료와 출처가 있어야 합니다.',
      en: 'Numbers of reviews, stars or customers’ praise need real data and a source.',
    },
    bad: [
      '리뷰 1만 건이 증명합니다',
      '별점 4.9의 비결',
      '실제 고객들의 극찬',
      '12,000개의 생생한 후기',
      '후기가 쏟아지는 그 제품',
    ],
    good: ['후기를 남기면 적립금을 드립니다', '첫 리뷰를 기다리고 있어요'],
  },
])
