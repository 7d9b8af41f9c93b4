import { either, paper, testOf } from './claims.ts'
import type { MemberFields } from './family.ts'

const page14 = '안내서-0086-07 p. 14'
const page16 = '안내서-0086-07 p. 16'

/** What a plan says of the market and of its own aims is no claim about the product. */
const marketFigure =
  /(?:검색량|조회|매출|판매량|사용자\s?수|전환|클릭|방문|유입|구매율|재구매|팔로워|구독자|시장|점유율|도달|참여율|저장률|이탈|ctr|cvr|roas|kpi|search(?:es)?|sales|traffic|clicks?|conversions?|revenue|market)[^.!?\n]{0,40}\d(?:[^!?\n]{0,16}(?:증가|감소|향상|상승|개선|늘[어었]|줄[어었]|높[아은]|up|down)|[^.!?\n]{0,12}%)|\d+\s?%[^.!?\n]{0,10}(?:목표|달성)/u

/** May be said with proof. */
export const provableClaims: readonly MemberFields[] = [
  {
    id: 'percent',
    guidelinePage: '안내서-0086-07 p. 15',
    pattern: either(
      /\d+(?:\.\d+)?\s?(?:%|퍼센트|프로(?![가-힣]))[^.!?\n%]{0,14}(?:개선|감소|증가|향상|완화|상승|효과|만족|회복|줄[어었]|늘[어었]|진정|높[아은]|↑|↓|up|down|차이|제거|복구|복원|개운|세정|씻|흡수|밝|환해|축소|사라|차단|커버|덜\s)/u,
      /(?:개선|감소|증가|향상|완화|상승|만족도|개선율|감소율|증가율|만족)[^.!?\n\d]{0,6}\d+(?:\.\d+)?\s?%/u,
      /\d+\s?명\s?중\s?\d+\s?명|\b\d+ (?:out of|in) \d+ (?:women|men|users|people|customers)|\b\d+(?:\.\d+)?\s?% (?:of (?:users|women|people) )?(?:more|less|fewer|improve|reduc|increas|decreas|agree|saw|smoother|brighter|firmer|satisf)|\b(?:improv|reduc|increas|decreas)[a-z]* (?:\w+ ){0,4}by (?:up to )?\d/u,
    ),
    exceptions: [
      marketFigure,
      /\d+\s?%\s?[가-힣a-z0-9\s]{0,24}\/[^.!?\n%]{0,20}/u,
      /\d+\s?%[^.!?\n]{0,8}(?:할인|적립|환불|세일|쿠폰|off|discount|캐시백|페이백|환급)[^.!?\n]{0,8}/u,
      /(?:가격|할인율|적립금|포인트|재생\s?원료|플라스틱|배출)[^.!?\n]{0,10}\d+\s?%[^.!?\n]{0,8}/u,
    ],
    evidenceThatAllows: testOf('\\d\\s?%', '개선율', 'the rate'),
    bad: [
      '수분 32% 개선',
      '주름 깊이 15.2% 감소',
      '사용자 97% 만족',
      '만족도 98%',
      '95% agreed their skin felt softer',
      'Improves hydration by 40%',
    ],
    good: [
      '검색량이 38% 늘었다',
      '전환율 10% 향상을 목표로',
      '20% 할인',
      '첫 구매 10% 적립 혜택',
      '히알루론산 5% 함유',
    ],
  },
  {
    id: 'weeks',
    guidelinePage: '안내서-0086-07 p. 15',
    pattern: either(
      /(?:\d+|(?<![가-힣])[한두세네]|일|이|삼|사)\s?(?:주|일|개월|달|시간|주일|회|번)\s?(?:만에|만\s?(?:써|사용|발라)|후에?(?=[^가-힣]|부터)|뒤|안에|이면|면(?!서)|사용\s?(?:후|시|만)|동안\s?(?:써|사용|발라))[^.!?\n]{0,16}(?:개선|변화|달라|차이|효과|맑아|환해|탄탄|탱탱|줄어|사라|증가|감소|느껴|느낄|체감|광채|윤기|쫀쫀|뽀얀|물광|좋아|피부|매끈|촉촉|up)/u,
      /(?:단|딱|하루|사흘|일주일|한\s?달|보름|하룻밤)\s?(?:만에|이면|후|사이)[^.!?\n]{0,14}(?:개선|변화|달라|차이|효과|맑아|환해|탄탄|탱탱|줄어|사라|느껴|느낄|체감|좋아|피부|매끈|광채|윤기|쫀쫀|뽀얀|물광|들어[가갔])/u,
      /\b(?:in|after|within) (?:just |only |as little as )?(?:\d+|one|two|three|four|a) (?:days?|weeks?|months?|hours?|nights?)\b|\bovernight results/u,
    ),
    exceptions: [
      /[^.!?\n]{0,24}(?:매끈|화사|또렷|정돈|밝|환|차분)[가-힣]{0,2}\s?보[여이입][^.!?\n]{0,6}/u,
      /[^.!?\n]{0,24}(?:반응|성과|지표|조회|클릭|전환|데이터|판매|매출|검색량|kpi|테스트\s?결과|후기|리뷰)[^.!?\n]{0,20}/u,
      /(?:배송|발송|도착|환불|교환|출고|마감|개봉|재입고|delivery|ships?|refund|return|arrives?)[^.!?\n]{0,24}/u,
      /[^.!?\n]{0,20}(?:배송|발송|도착|환불|교환|출고|마감|delivery|ships?|shipping|refund|arrives?)/u,
    ],
    evidenceThatAllows: testOf(
      '\\d\\s?(?:주|일|개월|달|시간|회|weeks?|days?|months?|hours?)',
      '사용 기간에 따른 효과',
      'the effect after that time',
    ),
    bad: [
      '2주 후 달라진 피부',
      '단 4주 만에 눈가 변화',
      '일주일이면 느껴지는 차이',
      '3일 만에 맑아지는 안색',
      'Visible results in 2 weeks',
    ],
    good: [
      '2주 후 반응이 좋은 소재로 변경',
      '2주 안에 배송',
      '3일 후 피부처럼 얇은 카드가 도착합니다',
      '개봉 후 12개월',
    ],
  },
  {
    id: 'free-of',
    guidelinePage: page16,
    pattern: either(
      /무\s?(?:파라벤|실리콘|알[코콜]올|알콜|색소|향료|설페이트|방부제|계면활성제|글루텐|광물유|미네랄\s?오일|페녹시에탄올|인공\s?(?:향|색소)|화학|독성|유해\s?성분|탈크|비건|벤조페논)/u,
      /(?:파라벤|실리콘|알코올|알콜|색소|향료|설페이트|방부제|계면활성제|광물유|미네랄\s?오일|페녹시에탄올|유해\s?성분|독성|화학\s?성분|동물성\s?(?:원료|성분)|탈크)[^.!?\n]{0,10}(?:무첨가|free|프리(?!미엄)|제로|0\s?%|배제|불검출|무함유|zero)/u,
      /(?:\d+|[한두세네열]|몇)\s?(?:무(?![가-힣])|가지|종)[^.!?\n]{0,12}(?:무첨가|프리(?!미엄)|free|배제)|무첨가|\b(?:paraben|silicone|alcohol|sulfate|fragrance|cruelty|toxin|chemical|talc|dye|phthalate)s?[- ]free|\bfree (?:from|of) (?:parabens?|silicones?|alcohol|sulfates?|fragrance|phthalates?|toxins?|harsh)/u,
    ),
    evidenceThatAllows: testOf(
      '무첨가|프리|free|불검출|파라벤|알코올|향료|색소|성분',
      '해당 성분 무첨가(시험·원료 증빙)',
      'the absence of the ingredient',
    ),
    bad: [
      '무파라벤 크림',
      '파라벤 무첨가',
      '20가지 유해 성분 프리',
      '무알코올 토너',
      'Paraben-free',
    ],
    good: ['파라벤 없이 만든 크림', '무향 로션', '프리미엄 향료를 담은 향수'],
  },
  {
    id: 'lasting',
    guidelinePage: page16,
    pattern: either(
      /지속력[^.!?\n]{0,8}\d+\s?(?:배|시간|%)|\d+\s?배[^.!?\n]{0,8}(?:지속|강력|강한|흡수|보습|빠른|진한|높은|효과|커버|촉촉|수분|더)/u,
      /\d+\s?시간[^.!?\n]{0,10}(?:지속|유지|보습|수분|촉촉|커버|탄력|밀착|무너[지짐]|번[지짐]|묻어|흐트러|그대로|롱래스팅)|\b\d+[- ]?(?:hour|hr|h)s?[- ](?:wear|hydration|moisture|lasting|hold|protection)|\b\d+x (?:more|longer|stronger|faster)|\b(?:lasts?|dry|fresh|soft|hydrated|protected|moisturi[sz]ed|stays?[a-z ]{0,10}) (?:for )?(?:up to )?\d+ ?(?:hours?|h\b)/u,
    ),
    exceptions: [/\d+\s?배[^.!?\n]{0,6}(?:적립|포인트|할인)[^.!?\n]{0,6}/u],
    evidenceThatAllows: testOf(
      '지속|유지|시간|배|보습|흡수|hour|lasting|wear|hydration|\\dx',
      '지속 시간이나 배수',
      'how long or how many times',
    ),
    bad: [
      '지속력 5배',
      '48시간 지속 보습',
      '3배 빠른 흡수',
      '24-hour hydration',
      'Lasts up to 12 hours',
    ],
    good: ['하루 종일 기분 좋은 향', '포인트 2배 적립'],
  },
  {
    id: 'natural',
    guidelinePage: page14,
    pattern: either(
      /천연\s?(?:화장품|성분|원료|유래|추출|오일|향|보습|크림|로션|비누|샴푸|세럼|앰플|100|코스메틱|제품|식물|에센셜|허브|계면|방부|재료|팩|토너|뷰티|색소|효모|미네랄|클레이)|천연(?:으로|만\s|이라)|100\s?%\s?천연|(?:유기농|오가닉)(?!\s?(?:밭|농장|농가|매장|마트|카페|식탁|면\s?파우치))|내추럴\s?(?:화장품|성분|원료|코스메틱)|자연\s?(?:유래|성분)\s?(?:지수\s?)?\d+\s?%|100\s?%\s?(?:자연|식물|내추럴)|비건\s?(?:인증|화장품|크림|뷰티|코스메틱)|무농약/u,
      /\borganic\b|\ball[- ]natural\b|\b100\s?% (?:natural|plant|vegan)|\bnatural (?:ingredients|skin ?care|cosmetic)|\bcertified vegan/u,
    ),
    evidenceThatAllows: paper(
      /(?:천연|유기농|오가닉|비건|organic|natural|vegan|cosmos|에코서트|ecocert)[^.!?\n]{0,40}(?:인증|증빙|증명|기준|certif)|(?:인증|certif)[^.!?\n]{0,40}(?:천연|유기농|오가닉|비건|organic|natural|vegan|cosmos|에코서트|ecocert)/u,
      '천연·유기농(또는 비건) 기준에 맞다는 실증자료나 인증',
      'Proof or a certificate that the product is natural, organic or vegan',
    ),
    bad: [
      '천연 화장품',
      '유기농 원료로 만든 크림',
      '오가닉 로션',
      '100% 자연 유래 성분',
      'Organic skin care',
    ],
    good: ['천연가죽 파우치 증정', '자연스러운 윤기', 'Naturally dewy look'],
  },
  {
    id: 'proven-effect',
    guidelinePage: '안내서-0086-07 p. 15',
    pattern: either(
      /(?:효과|효능)[가를을이는은]?\s?(?:직접\s?)?(?:입증|증명|검증|확인|보장|보증)|(?:과학|임상|의학|실험|데이터|논문|특허)(?:적|적으로|으로|로|가|이)?\s?(?:입증|증명|검증|확인|보장)/u,
      /\b(?:scientifically|medically|lab)[- ]proven|\bproven (?:results|to|effect)/u,
    ),
    evidenceThatAllows: testOf('효과|효능|입증|검증|effect|proven', '주장하는 효과', 'the effect'),
    bad: [
      '효과가 입증된 크림',
      '과학으로 증명된 세럼',
      '논문으로 검증',
      'Scientifically proven results',
    ],
    good: ['효과를 과장하지 않습니다', '좋은 향은 기억으로 남습니다'],
  },
  {
    id: 'patent',
    guidelinePage: page14,
    pattern:
      /특허\s?(?:받은|출원|등록|성분|기술|원료|공법|제\d)|\d+개?\s?특허|독자\s?특허|\bpatent(?:ed|s)?\b/u,
    evidenceThatAllows: paper(
      /특허\s?(?:제|등록|번호|출원|증)[^.!?\n]{0,20}|patent (?:no|number|granted)|patented/u,
      '특허등록증과 특허의 내용',
      'The patent and what it is about',
    ),
    bad: ['특허 받은 성분', '독자 특허 기술', 'Patented formula'],
    good: ['우리만의 배합', '패턴이 예쁜 용기'],
  },
]
