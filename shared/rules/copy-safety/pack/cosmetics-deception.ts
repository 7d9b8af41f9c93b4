import { either, near, paper, testOf } from './claims.ts'
import { family, type MemberFields } from './family.ts'

const page13 = '안내서-0086-07 p. 13'
const page14 = '안내서-0086-07 p. 14'
const page16 = '안내서-0086-07 p. 16'

const procedures =
  '보톡스|보툴리눔|필러|레이저|시술|물광\\s?주사|주사|실\\s?리프팅|울쎄라|써마지|리쥬란|스킨\\s?부스터|지방\\s?흡입|성형'
const looksLike =
  /(?:보톡스|필러|물광|레이저|시술|botox|filler)[^.!?\n]{0,8}(?:같은|처럼|한\s?듯|받은\s?듯|like)[^.!?\n]{0,10}(?:연출|표현|메이크업|look|finish)|(?:연출|메이크업)[^.!?\n]{0,10}(?:보톡스|필러|물광)/u

/** Blocked whatever the seller holds. */
const deceptive: readonly MemberFields[] = [
  {
    id: 'side-effects',
    guidelinePage: page13,
    severity: 'block',
    pattern: either(
      /부작용(?:이|은|도|\s?걱정|\s?우려|\s?염려|\s?위험)?[^.!?\n]{0,8}(?:없[이는습어다음고]|제로|0(?!\d)|zero|프리|free|걱정\s?마|걱정\s?끝|전무)|무\s?부작용|\b(?:no|zero|without(?: any)?|free (?:of|from)) side[- ]?effects|\bside[- ]?effect[- ]free/u,
      near(
        '(?:인체|피부|몸)에?|100\\s?%|절대(?:적으로)?|완벽하게|완전히|무조건',
        '무해|안전(?!\\s?(?:배송|결제|거래|포장|망))',
        5,
      ),
      /\b(?:100\s?%|completely|absolutely|perfectly) (?:safe|harmless)/u,
    ),
    bad: [
      '부작용이 전혀 없다',
      '부작용 걱정 없는 크림',
      '부작용 제로',
      '100% 안전한 성분',
      'No side effects',
      '부작용 없이 완치',
    ],
    good: [
      '부작용이 있는 경우 전문의와 상담하세요',
      '100% 안전 결제',
      '부작용이 없다고 말하지 않습니다',
    ],
  },
  {
    id: 'edible',
    guidelinePage: page13,
    severity: 'block',
    pattern:
      /먹을\s?수\s?(?:도\s?)?있(?!으(?:니|므))|먹어도\s?(?:되|돼|될|안전|괜찮|무해|안심)|식용\s?(?:가능|등급|색소만|원료만)|떠먹|먹는\s?(?:화장품|앰플|세럼|크림)|\bedible\b|\bsafe (?:enough )?to eat|\bgood enough to eat/u,
    bad: [
      '먹을 수 있는 성분으로 만든 크림',
      '아이가 먹어도 안전한 로션',
      '식용 등급 오일',
      'Edible-grade balm',
    ],
    good: [
      '먹을 수 없습니다',
      '영유아가 먹을 수 있으니 손이 닿지 않게 보관하세요',
      '디저트처럼 달콤한 향',
    ],
  },
  {
    id: 'healing-crisis',
    guidelinePage: page13,
    severity: 'block',
    pattern:
      /명현|호전\s?(?:반응|현상)|독[이소가]{1,2}\s?(?:빠지는|나오는)\s?(?:과정|현상|증거)|\b(?:healing|purging) crisis|좋아지는\s?(?:과정|증거)[^.!?\n]{0,6}(?:붉|따가|뒤집|트러블)|(?:붉어|따가|뒤집|트러블)[^.!?\n]{0,16}좋아지는\s?(?:과정|증거|신호)/u,
    bad: [
      '붉어지는 것은 명현 현상입니다',
      '초기 트러블은 좋아지는 과정이에요',
      '일시적인 호전 반응',
    ],
    good: ['붉은 반점이 생기면 사용을 중지하세요', '명현동 공방에서 만든 비누'],
    exceptions: [/명현동/u],
  },
  {
    id: 'botox',
    guidelinePage: page13,
    severity: 'block',
    pattern: either(
      /보톡스|보툴리눔|보톡|\bbo-?tox|(?<!스토리\s?|감자\s?)필러(?!\s?(?:칼|게임|영상))|\bfillers?\b/u,
      new RegExp(
        `(?:${procedures})[을를의이가]?\\s?(?:없이|대신|효과|급|맞은|받은|하지\\s?않|안\\s?하|못지|부럽|수준|한\\s?번)`,
        'u',
      ),
      /피부과\s?(?:시술|레이저)|집에서\s?(?:하는\s?)?(?:시술|피부과|레이저)|홈\s?시술|\b(?:without|instead of|alternative to) (?:surgery|injections?|lasers?|procedures?)|\bsurgery in a/u,
    ),
    exceptions: [looksLike],
    bad: [
      '바르는 보톡스',
      '필러 효과 앰플',
      '시술 없이 집에서',
      '보-톡-스 크림',
      'b0tox in a bottle',
      'Lip filler effect without injections',
    ],
    good: ['필러처럼 도톰해 보이는 입술 연출', '물광 메이크업 연출', '감자 필러 증정'],
  },
  {
    id: 'human-stem-cell',
    guidelinePage: page13,
    severity: 'block',
    pattern: either(
      /(?:인체|사람|인간|제대혈|지방|태반|탯줄|인체\s?유래)[^.!?\n]{0,8}(?:줄기\s?세포|엑소좀|배양액)|(?:줄기\s?세포|스템\s?셀)(?!\s?(?:연구소\s?옆))|\b(?:human )?stem[- ]?cells?\b|\bhuman exosome/u,
    ),
    exceptions: [
      /(?:식물|병풀|장미|로즈|사과|인삼|에델바이스|당근|포도|아르간|연꽃|동백|쌀|토마토|plant|rose|apple|edelweiss|grape|ginseng|centella)[^.!?\n]{0,14}(?:줄기\s?세포|스템\s?셀|엑소좀|stem[- ]?cells?|exosomes?)/u,
    ],
    bad: [
      '인체 줄기세포 배양액 앰플',
      '줄기세포 크림',
      '인체 유래 엑소좀',
      'Human stem cell serum',
    ],
    good: ['식물 줄기세포 배양 추출물', '장미 줄기세포 성분', 'Apple stem cell extract'],
  },
  {
    id: 'exosome',
    guidelinePage: page13,
    severity: 'needs_evidence',
    pattern: /엑소좀|\bexosomes?\b/u,
    exceptions: [
      /(?:식물|병풀|시카|장미|로즈|사과|인삼|에델바이스|당근|포도|유산균|우유|락토|알로에|녹차|쑥|연꽃|동백|쌀|plant|rose|apple|grape|ginseng|centella|milk)[^.!?\n]{0,14}(?:엑소좀|exosomes?)/u,
    ],
    evidenceThatAllows: paper(
      /식물|병풀|장미|유산균|우유|plant|rose|centella|milk/u,
      '엑소좀이 인체가 아닌 식물 등에서 왔다는 자료',
      'A paper that the exosomes come from plants and not from people',
    ),
    bad: ['엑소좀 앰플', 'Exosome serum'],
    good: ['식물 엑소좀 앰플', '병풀에서 얻은 엑소좀', 'Rose exosome serum'],
  },
  {
    id: 'free-of-banned',
    guidelinePage: page13,
    severity: 'block',
    pattern:
      /무\s?(?:스테로이드|항생제|수은|하이드로퀴논|납)(?!지)|(?:스테로이드|항생제|수은|하이드로퀴논|중금속|석면|포름알데히드)(?:가|이|를|을|은|는|제제)?\s?(?:무첨가|없[이는음습어]|free|프리|제로|0\s?%|빼|뺀|안\s?(?:들|넣)|불검출|미첨가|무함유|배제)|\b(?:steroid|antibiotic|mercury|hydroquinone)[- ]free|\b(?:no|without|free (?:of|from)) (?:steroids?|antibiotics?|mercury|hydroquinone)/u,
    bad: [
      '무스테로이드 크림',
      '스테로이드 무첨가',
      '수은 없는 크림',
      '항생제 프리',
      'Steroid-free',
    ],
    good: ['파라벤 없이 만든 크림', '무향 로션', '향료를 넣지 않은 로션'],
  },
  {
    id: 'needle',
    guidelinePage: page14,
    severity: 'block',
    pattern:
      /(?<![가-힣])니들|마이크로\s?니들|마이크로\s?샷|미세\s?침|스피큘|더마\s?롤러|(?<![a-z])mts\b|바르는\s?(?:주사|침|mts)|바늘(?:로|을|처럼|같|\s?없이)|\b(?:micro-?)?needl(?:e|es|ing)\b|\bspicules?\b|\bderma-?roller/u,
    bad: ['마이크로니들 패치', 'MTS 앰플', '바르는 침, 스피큘 크림', 'Microneedle serum'],
    good: ['언니들이 고른 향', '어머니들께 드리는 선물', '바느질 공방의 파우치'],
  },
  {
    id: 'authority',
    guidelinePage: page14,
    severity: 'block',
    pattern:
      /(?:식약처|식품의약품안전처|식약청|보건복지부|정부|국가|fda|mfds|미국\s?식품의약국)[가이의에서로부터]{0,4}\s?(?:정식\s?)?(?:허가|인증|승인|등록|검증|인정|공인|추천|선정|보증)|\b(?:fda|mfds|kfda)[- ]?(?:approved|certified|registered|cleared)|\bapproved by (?:the )?(?:fda|mfds|kfda|government)|\bgovernment[- ](?:certified|approved)/u,
    exceptions: [/(?:식약처|식품의약품안전처)[^.!?\n]{0,6}기능성[^.!?\n]{0,10}(?:심사|보고)/u],
    bad: ['식약처 인증 화장품', '식약처가 허가한 크림', 'FDA 승인 크림', 'FDA-approved skin care'],
    good: ['식약처 기능성화장품 심사 완료', '정부 지원금으로 만든 공장이 아닙니다'],
  },
  {
    id: 'skin-age',
    guidelinePage: page14,
    severity: 'block',
    pattern: either(
      near(
        '피부\\s?(?:나이|연령)',
        '감소|어려|젊|되돌|낮|줄|다운|거꾸로|-\\s?\\d|\\d+\\s?(?:세|살|년)|리셋|역행',
        10,
      ),
      /\d+\s?(?:세|살|년)\s?(?:더\s?)?(?:젊어|어려[지진졌집]|전\s?피부|전으로|젊은\s?피부|되돌)|\b\d+ years? younger|\byears? off your (?:skin|face)|\b(?:turn|roll)s? back (?:the clock|time)/u,
    ),
    bad: [
      '피부 나이 5세 감소',
      '10년 젊어지는 피부',
      '피부나이를 되돌리는 크림',
      'Look 10 years younger',
    ],
    good: ['10년 전통의 비누 공방', '나이에 상관없이 쓰는 크림'],
  },
  {
    id: 'miracle',
    guidelinePage: page13,
    severity: 'block',
    pattern: either(
      /(?:기적|마법|신비|불로초|만병통치)[의적인같은]{0,3}\s?(?:크림|앰플|세럼|성분|효과|화장품|결과|변화|물|피부|로션|토너|오일|비누)|만병통치|즉효|특효|신약|\bmiracle (?:cream|serum|cure|ingredient|results?)/u,
      /(?:영구|영원히|평생|반영구)[적으로]{0,3}\s?(?:개선|유지|제거|효과|해결|지속|젊|사라)/u,
    ),
    bad: ['기적의 크림', '특효 앰플', '한 번으로 영구적으로 개선', 'Miracle serum'],
    good: ['마법 같은 밤을 닮은 향수 이름', '평생 기억에 남을 선물'],
  },
]

const provable: readonly MemberFields[] = [
  {
    id: 'percent',
    guidelinePage: '안내서-0086-07 p. 15',
    pattern: either(
      /\d+(?:\.\d+)?\s?(?:%|퍼센트|프로(?![가-힣]))[^.!?\n%]{0,14}(?:개선|감소|증가|향상|완화|상승|효과|만족|회복|줄[어었]|늘[어었]|진정|높[아은]|↑|↓|up|down|차이)/u,
      /(?:개선|감소|증가|향상|완화|상승|만족도|개선율|감소율|증가율|만족)[^.!?\n\d]{0,6}\d+(?:\.\d+)?\s?%/u,
      /\b\d+(?:\.\d+)?\s?% (?:of (?:users|women|people) )?(?:more|less|fewer|improve|reduc|increas|decreas|agree|saw|smoother|brighter|firmer|satisf)|\b(?:improv|reduc|increas|decreas)[a-z]* (?:\w+ ){0,4}by (?:up to )?\d/u,
    ),
    exceptions: [
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
    good: ['20% 할인', '첫 구매 10% 적립 혜택', '히알루론산 5% 함유'],
  },
  {
    id: 'weeks',
    guidelinePage: '안내서-0086-07 p. 15',
    pattern: either(
      /(?:\d+|(?<![가-힣])[한두세네]|일|이|삼|사)\s?(?:주|일|개월|달|시간|주일|회|번)\s?(?:만에|만\s?(?:써|사용|발라)|후에?(?=[^가-힣]|부터)|뒤|안에|이면|면(?!서)|사용\s?(?:후|시|만)|동안\s?(?:써|사용|발라))[^.!?\n]{0,16}(?:개선|변화|달라|차이|효과|맑아|환해|탄탄|탱탱|줄어|사라|증가|감소|느껴|느낄|체감|좋아|피부|확인|매끈|촉촉|완성|up)/u,
      /(?:단|딱|하루|사흘|일주일|한\s?달|보름|하룻밤)\s?(?:만에|이면|후|사이)[^.!?\n]{0,14}(?:개선|변화|달라|차이|효과|맑아|환해|탄탄|탱탱|줄어|사라|느껴|느낄|체감|좋아|피부|확인|매끈|완성)/u,
      /\b(?:in|after|within) (?:just |only |as little as )?(?:\d+|one|two|three|four|a) (?:days?|weeks?|months?|hours?|nights?)\b|\bovernight results/u,
    ),
    exceptions: [
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
    good: ['2주 안에 배송', '3일 후 피부처럼 얇은 카드가 도착합니다', '개봉 후 12개월'],
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
      /\d+\s?시간[^.!?\n]{0,10}(?:지속|유지|보습|수분|촉촉|커버|탄력|밀착|무너지지|롱래스팅)|\b\d+[- ]?(?:hour|hr|h)s?[- ](?:wear|hydration|moisture|lasting|hold|protection)|\b\d+x (?:more|longer|stronger|faster)|\blasts? (?:for )?(?:up to )?\d+ ?(?:hours?|h\b)/u,
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
      /천연(?!\s?(?:가죽|기념물|고무|덕스|석|대리석|잔디|암반))|유기농|오가닉|내추럴\s?(?:화장품|성분|원료|코스메틱)|자연\s?(?:유래|성분)\s?(?:지수\s?)?\d+\s?%|100\s?%\s?(?:자연|식물|내추럴)|비건\s?(?:인증|화장품|크림|뷰티|코스메틱)|무농약/u,
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

const deceptiveFamily = {
  productTypes: ['cosmetics'],
  law: 'cosmetics_act',
  article: '13(1)',
  explanation: {
    ko: '사실과 다르게 소비자를 속이거나 소비자가 잘못 인식할 우려가 있는 표현입니다.',
    en: 'It deceives consumers or may be misunderstood by them.',
  },
} as const
const provableExplanation = {
  ko: '이 제품의 실증자료가 있어야 쓸 수 있는 표현입니다.',
  en: 'It may be said only with proof that is about this product.',
}

/** Act 21709 puts the AI clause in item 4: what was item 4 is item 5 from that day on. */
const renumbered = [
  { id: 'cosmetics.deceptive', item: '5', effectiveFrom: '2026-11-27' },
  { id: 'cosmetics.deceptive-item-4', item: '4', effectiveUntil: '2026-11-26' },
]

export const cosmeticsDeceptionRules = renumbered.flatMap((numbering) => [
  ...family({ ...deceptiveFamily, ...numbering, severity: 'block' }, deceptive),
  ...family(
    {
      ...deceptiveFamily,
      ...numbering,
      severity: 'needs_evidence',
      explanation: provableExplanation,
    },
    provable,
  ),
])

const rivals =
  '타사|경쟁사|다른\\s?(?:브랜드|회사|제품|크림|화장품|세럼|앰플|로션|샴푸)|시중\\s?(?:의|에\\s?파는)?\\s?(?:제품|크림|화장품|샴푸)?|기존\\s?(?:제품|크림|화장품)|일반\\s?(?:크림|화장품|제품|세럼|샴푸|로션)|[a-c]사|명품\\s?(?:브랜드|크림|화장품)?|백화점\\s?(?:브랜드|크림|화장품)|(?:other|competing|rival|ordinary|leading) (?:brands?|creams?|products?|serums?)|competitors?'

/** Annex 5 no. 2: what an advertisement has to keep to. */
export const cosmeticsConductRules = family(
  {
    id: 'cosmetics.conduct',
    productTypes: ['cosmetics'],
    law: 'cosmetics_rule',
    article: 'annex 5',
    severity: 'block',
  },
  [
    {
      id: 'absolute',
      item: '2.바',
      pattern: either(
        /(?<![가-힣])최고(?=[의로!예라다,.~급]|$|\s?(?:의|효과|효능|크림|품질|성분|제품|화장품|앰플|세럼|보습|급(?!의\s?편)|수준의\s?(?:효|보))|입니다|예요)(?!의\s?(?:순간|하루|선물|날|시간|기분|친구|엄마|응원))|(?<![가-힣])최상(?=[의급]|\s?(?:품질|효과|성분|원료))|세계\s?(?:최고|최상|제일|1위)|국내\s?(?:최고|최상)|유일무이|(?:업계|국내|세계|전국)\s?유일/u,
        /\b(?:the )?(?:world'?s |korea'?s )?(?:best|finest|number one|no\.? ?1|#1) (?:cream|serum|skin ?care|cosmetic|moisturi[sz]er|shampoo|lotion|sunscreen|formula|brand)/u,
      ),
      exceptions: [
        /최고\s?(?:기온|령|참|봉|위|온도|높이|층|속도|점)|최고의\s?(?:순간|하루|선물|날|시간|기분)/u,
        /(?:최고|최상|1위)[^.!?\n]{0,8}(?:목표|향해|꿈|되고\s?싶|되겠)[^.!?\n]{0,6}/u,
      ],
      explanation: {
        ko: '"최고", "최상"처럼 배타성을 띤 절대적 표현은 화장품 광고에 쓸 수 없습니다.',
        en: 'Absolute words such as "the best" exclude all others and may not be used for cosmetics.',
      },
      bad: [
        '최고의 크림',
        '세계 최고 보습',
        '최상의 효과를 드립니다',
        '국내 유일 성분',
        '최.고.의 크림',
        "The world's best cream",
      ],
      good: [
        '오늘 최고기온은 31도, 산뜻한 미스트',
        '최고의 선물이 될 향수',
        '최 고객님께 드리는 쿠폰',
        '최고를 목표로 연구합니다',
      ],
    },
    {
      id: 'comparison',
      item: '2.바',
      severity: 'needs_evidence',
      pattern: either(
        new RegExp(
          `(?:${rivals})[^.!?\\n]{0,8}(?:보다|대비|와\\s?(?:비교|달리|다른)|과\\s?(?:비교|달리|다른)|와는\\s?다|과는\\s?다|비해)|\\b(?:better|stronger|faster|more effective|gentler) than (?:\\w+ ){0,2}(?:${rivals})|\\bthan (?:any )?other (?:brands?|creams?|products?|serums?)|\\bunlike (?:${rivals})`,
          'u',
        ),
        new RegExp(
          `(?:${rivals})[^.!?\\n]{0,14}(?:뛰어넘|압도|능가|상대도|이기|제쳤|못지|부럽지)`,
          'u',
        ),
      ),
      evidenceThatAllows: paper(
        /(?:비교|대비)[^.!?\n]{0,40}(?:시험|실험|조사|자료|결과)|compar[a-z]* (?:test|study|trial)/u,
        '비교 대상과 기준을 밝힌 객관적 비교 자료',
        'An objective comparison that names its target and basis',
      ),
      explanation: {
        ko: '경쟁상품과의 비교는 대상과 기준을 밝히고 객관적으로 확인될 수 있어야 합니다.',
        en: 'A comparison must name its target and basis and be objectively verifiable.',
      },
      bad: [
        '타사 대비 2배 촉촉',
        '다른 크림보다 빠른 흡수',
        '명품 크림을 뛰어넘는 보습',
        'Better than other creams',
      ],
      good: ['지난겨울보다 촉촉한 올겨울', '다른 제품과 함께 사용할 때는 소량부터'],
    },
    {
      id: 'slander',
      item: '2.카',
      pattern: either(
        new RegExp(
          `(?:${rivals})[은는들의이가]{0,3}[^.!?\\n]{0,14}(?:독성|가짜|효과\\s?(?:가\\s?)?없|쓰레기|버리세요|버려|유해|해롭|망치|망가|속[이고았]|거짓|싸구려|화학\\s?덩어리|발암|물\\s?탄|엉터리|사기)`,
          'u',
        ),
        /싸구려\s?(?:화장품|크림|성분)|아직도\s?(?:독한|유해한|화학)[^.!?\n]{0,12}(?:쓰|바르)|\b(?:other|cheap) (?:brands?|creams?|products?) (?:are|is) (?:toxic|fake|useless|garbage|junk|harmful)/u,
      ),
      explanation: {
        ko: '사실 여부와 관계없이 다른 제품을 비방하거나 비방한다고 의심되는 표현입니다.',
        en: 'It disparages other products, or seems to, true or not.',
      },
      bad: [
        '시중 크림은 다 화학 덩어리',
        '타사 제품은 효과가 없습니다',
        '싸구려 화장품에 속지 마세요',
        'Other brands are toxic',
      ],
      good: ['취향에 맞는 향을 고르세요', '다른 제품도 함께 둘러보세요'],
    },
    {
      id: 'foreign-technology',
      item: '2.마',
      severity: 'needs_evidence',
      pattern:
        /(?:프랑스|독일|스위스|일본|미국|이탈리아|이태리|영국|외국|해외|유럽)[^.!?\n]{0,10}(?:기술\s?제휴|공동\s?개발|기술력|특허\s?기술|연구소와)|\b(?:french|german|swiss|japanese|american|italian) (?:technology|laborator)/u,
      evidenceThatAllows: paper(
        /기술\s?제휴|라이선스|공동\s?개발\s?(?:계약|협약)|licen[sc]e agreement|technology agreement/u,
        '외국과의 기술제휴 계약',
        'The agreement on foreign technology',
      ),
      explanation: {
        ko: '외국과 기술제휴를 하지 않고 기술제휴 등을 표현해서는 안 됩니다.',
        en: 'Foreign technology may be named only where there is an agreement on it.',
      },
      bad: ['스위스 기술 제휴 앰플', '독일 연구소와 공동 개발', 'Made with Swiss technology'],
      good: ['프랑스 남부의 라벤더 향', '독일 여행에서 떠올린 향'],
    },
    {
      id: 'foreign-origin',
      item: '2.라',
      severity: 'needs_evidence',
      pattern:
        /(?:프랑스|독일|스위스|일본|미국|이탈리아|이태리|영국|유럽)[^.!?\n]{0,6}(?:직수입|직구|정품|명품\s?(?:크림|화장품)|산\s?(?:크림|화장품|세럼)|본사|국민\s?(?:크림|화장품))|\b(?:made in|imported from) (?:france|germany|switzerland|japan|italy|the usa?)/u,
      evidenceThatAllows: paper(
        /수입\s?(?:신고|면장|필증)|원산지|제조국|제조원|import (?:declaration|permit)|country of origin|made in/u,
        '제조국이나 수입을 증명하는 자료',
        'A paper about where it was made',
      ),
      explanation: {
        ko: '국내제품을 외국제품으로, 외국제품을 국내제품으로 잘못 알게 해서는 안 됩니다.',
        en: 'A domestic product must not look foreign, nor a foreign one domestic.',
      },
      bad: ['프랑스 직수입 크림', '스위스 국민 크림', 'Made in France'],
      good: ['프랑스 자수 파우치 증정', '국내에서 만들었습니다'],
    },
    {
      id: 'endangered',
      item: '2.차',
      pattern:
        /웅담|사향\s?(?:노루|주머니|함유)|호랑이\s?(?:뼈|기름|연고)|코뿔소|바다거북\s?(?:오일|기름)|고래\s?(?:기름|오일|왁스)|상아\s?(?:가루|추출)|천산갑|곰\s?(?:쓸개|기름)|상어\s?(?:간유|연골)\s?희귀|\b(?:bear bile|rhino horn|tiger bone|whale oil|pangolin|ivory powder|turtle oil)/u,
      explanation: {
        ko: '국제적 멸종위기종의 가공품이 들어 있다고 하거나 암시하는 표현입니다.',
        en: 'It says or implies that the product holds parts of endangered species.',
      },
      bad: ['웅담 성분 크림', '바다거북 오일 함유', 'With real tiger bone extract'],
      good: ['고래가 그려진 비누', '곰돌이 모양 입욕제'],
    },
    {
      id: 'indecent',
      item: '2.자',
      pattern:
        /오르가[즘슴]|성욕|정력(?!적)|발기|섹스|야한\s?(?:밤|상상|크림)|음란|페로몬\s?(?:향수|효과|자극)|이성을?\s?(?:유혹|흥분)|성적\s?(?:흥분|매력\s?폭발)|\borgasm|\blibido|\baphrodisiac|\bsexual (?:pleasure|arous)/u,
      explanation: {
        ko: '저속하거나 혐오감을 주는 표현입니다.',
        en: 'It is indecent or repulsive.',
      },
      bad: ['정력에 좋은 바디오일', '이성을 유혹하는 페로몬 향수', 'Boosts your libido'],
      good: ['정력적인 하루를 여는 시트러스', '은은하게 남는 잔향'],
    },
    {
      id: 'out-of-scope',
      item: '2.아',
      pattern: either(
        /(?:마시|복용|섭취)[는하해할]{1,2}\s?(?:화장품|앰플|크림|세럼)|(?:물린|쏘인)\s?(?:데|곳|자국)[^.!?\n]{0,8}(?:바르|효과|진정|케어)|모기[^.!?\n]{0,8}(?:퇴치|기피|쫓|물린)|벌레\s?(?:기피|퇴치|쫓|물린)|해충|진드기\s?(?:기피|퇴치)|\b(?:insect|mosquito) (?:repell|bite)/u,
      ),
      explanation: {
        ko: '화장품의 범위를 벗어나는 표현입니다.',
        en: 'It goes beyond what a cosmetic is.',
      },
      bad: ['모기 기피 바디 미스트', '벌레 물린 데 바르는 밤', 'Mosquito repellent lotion'],
      good: ['모깃불 피우던 여름밤의 향', '캠핑에 챙기기 좋은 미니 로션'],
    },
    {
      id: 'spotless-results',
      item: '2.사',
      severity: 'block',
      pattern: either(
        /(?:누구나|무조건|반드시|100\s?%|확실(?:히|하게)|즉시|바르는\s?즉시|바르자마자)\s?[^.!?\n]{0,10}(?:효과|개선|좋아[지졌진집]|해결|달라[지져진집]|사라|성공)|효과\s?(?:100\s?%|보장|없으면)|\bguaranteed (?:results|to work)|\bresults guaranteed|\binstant(?:ly)? (?:erase|remov|cure|fix)/u,
        /(?:사용|시술)\s?전\s?[·\-/&]?\s?후\s?(?:비교|사진)|비포\s?(?:앤\s?)?애프터|\bbefore[- ]?(?:and|&|\/)[- ]?after\b/u,
      ),
      exceptions: [/(?:100\s?%|즉시)\s?(?:환불|할인|사용|적립)[^.!?\n]{0,10}/u],
      explanation: {
        ko: '전체적으로 보아 소비자가 효과를 잘못 인식할 우려가 있는 표현입니다.',
        en: 'As a whole it may mislead consumers about the effect.',
      },
      bad: [
        '누구나 효과를 봅니다',
        '바르는 즉시 달라집니다',
        '효과 보장 크림',
        '사용 전후 비교 사진',
        'Results guaranteed',
      ],
      good: ['100% 환불 보장 정책을 확인하세요', '사용감은 사람마다 다를 수 있습니다'],
    },
  ],
)
