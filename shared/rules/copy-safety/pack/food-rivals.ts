import { family } from './family.ts'

/** Art. 8(1) nos. 6 to 8: slander, unfair comparison, and what offends public morals in ads for food. */
export const foodRivalRules = family(
  {
    id: 'food',
    productTypes: ['food', 'health_functional_food'],
    law: 'food_labelling_act',
    article: '8(1)',
    item: '6',
    severity: 'block',
    guidelinePage: '시행령 별표 1 제6호',
  },
  [
    {
      id: 'slander.unlike_others',
      guidelinePage: '식약처고시 제2025-79호 제2조제4호',
      pattern:
        /(?:다른|타사|타|시중(?:의|에\s*파는)?|일반|기존|여느|남의|경쟁사|수입|중국산|대기업)\s*(?:회사\s*)?(?:제품|브랜드|업체|식품|음식점|가게|집|우유|두부|김치|라면|과자|주스|음료|분유|빵|고기|햄|식용유|간장|고추장|영양제|유산균|홍삼|커피|꿀)?(?:들|에서는|에는|은|는|이|가|의|과|와|처럼|같은|과는|와는|이랑)?\s*(?:과|와)?\s*(?:는\s*)?(?:달리|다르게|다릅니다|[^.!?\n]{0,14}?(?:범벅|투성이|화학|방부제|첨가물|색소|농약|가짜|설탕\s*(?:덩어리|범벅)|항생제|싸구려|더러운|비위생|쓰레기|찌꺼기|속이|눈속임|엉터리|유해|독|위험|나쁜|저질))[^.!?\n]{0,24}/u,
      exceptions: [
        /(?:일반|다른)\s*(?:쓰레기|음식물)[^.!?\n]{0,14}/u,
        /[^.!?\n]{0,12}다른\s*(?:날|때|계절|맛|메뉴|방식|요일)(?:과|와)는?\s*(?:달리|다르게)[^.!?\n]{0,20}/u,
        /예상과?\s*달리[^.!?\n]{0,10}/u,
      ],
      explanation: {
        ko: '다른 업체 제품과 달리 무엇을 넣지 않는다는 식의 표현은 비방에 해당합니다.',
        en: 'Saying that, unlike others, this product leaves something out slanders the others.',
      },
      bad: [
        '다른 두부와 달리 소포제를 첨가하지 않습니다',
        '시중 주스는 설탕 덩어리, 우리는 다릅니다',
        '타사 제품에는 화학 방부제가 가득',
        '일반 영양제와는 달리 국산 원료만 사용합니다',
      ],
      good: [
        '다른 날과 달리 오늘은 매콤하게',
        '일반 쓰레기와 음식물은 분리해 주세요',
        '다른 매장에서도 만나보세요',
      ],
    },
    {
      id: 'slander.additives',
      pattern:
        /(?:msg|엠에스지|화학\s*조미료|첨가물|설탕|정제\s*소금|카제인\s*나트륨|합성\s*비타민|합성\s*첨가물|gmo|식용유|방부제|사카린|인산염)(?:은|는|이|가|의|을|를)?\s*(?:범벅|덩어리|투성이|[^.!?\n]{0,8}?(?:독(?:약|입니다|이다|성)|몸에\s*(?:해로|나쁜|안\s*좋)|건강을?\s*(?:해치|망치|위협)|암을?\s*유발|위험(?:한|합니다|천만)|아이를?\s*망|죽(?:이|음)|쓰레기|경고))|(?:독약|발암\s*물질)\s*(?:같은|인|범벅)\s*[^.!?\n]{0,8}(?:과자|음료|우유|빵|라면|햄|커피|식품|제품)/u,
      explanation: {
        ko: '허용된 첨가물을 쓴 제품을 유해하다고 하는 것은 다른 제품에 대한 비방입니다.',
        en: 'Calling permitted additives harmful slanders the products that use them.',
      },
      bad: [
        'MSG 범벅 라면은 그만',
        '몸에 해로운 조미료, 화학조미료는 몸에 해로워요',
        '카제인나트륨은 아이를 망칩니다',
        '설탕 덩어리 음료 이제 끊으세요',
      ],
      good: ['설탕은 기호에 맞게 넣어 주세요', '첨가물 함량은 상품 상세에 표시되어 있습니다'],
    },
    {
      id: 'comparison.unnamed',
      item: '7',
      guidelinePage: '시행령 별표 1 제7호가목',
      severity: 'needs_evidence',
      pattern:
        /(?:타사|타\s*제품|경쟁\s*제품|경쟁사|시중\s*제품|시중|일반\s*(?:제품|우유|유산균|비타민|홍삼|두부|쌀|김치|커피|꿀|계란|달걀)|기존\s*제품|다른\s*(?:제품|브랜드|회사|유산균|비타민))(?:들)?(?:에\s*비해|보다|대비|의|와\s*비교|과\s*비교)[^.!?\n]{0,16}?(?:\d|배|높|많|뛰어|우수|좋|신선|진한|진하|건강|풍부|빠르|빠른|강력|맛있)|(?:사과|레몬|우유|시금치|당근|브로콜리|오렌지|블루베리|토마토|계란|바나나|양배추)(?:의|보다)\s*(?:약\s*)?\d[\d,.]{0,12}\s*배/u,
      evidenceThatAllows: {
        description: {
          ko: '비교 대상과 기준을 밝힌 객관적 비교 자료(시험성적서, 성분 분석)',
          en: 'Objective figures of the comparison, naming what is compared and by which standard (analysis, test report)',
        },
        pattern:
          /(?:비교|대비)[^.\n]{0,40}(?:시험|분석|성적서|조사)|(?:성분|함량)\s*분석|시험\s*성적서|comparative (?:test|analysis)/u,
      },
      explanation: {
        ko: '비교 대상과 기준이 분명하지 않은 비교 광고는 금지됩니다.',
        en: 'A comparison has to name its object and its standard and rest on objective grounds.',
      },
      bad: [
        '타사 대비 유산균 10배',
        '일반 우유보다 신선한 우유',
        '레몬의 20배 비타민',
        '시중 제품보다 함량이 높아요',
      ],
      good: ['10배 응원하는 마음으로', '지난 시즌보다 조금 더 매콤해졌어요', '사과 10개 한 상자'],
    },
    {
      id: 'morals.obscene',
      item: '8',
      guidelinePage: '식약처고시 제2025-79호',
      pattern:
        /키스(?:하고|를\s*부르|하고\s*싶|보다\s*(?:달콤|짜릿))|야한\s*(?:맛|젤리|음료|과자|밤|떡볶이)|(?:19|십구)\s*금\s*(?:맛|젤리|음료|과자|안주|음식|간식)|섹시한\s*(?:맛|젤리|음료|과자|한\s*입)|(?:벗겨|벗은|알몸|나체|누드)\s*[^.!?\n]{0,6}(?:과자|젤리|음료|맛|김밥|치킨)|가슴\s*모양|성인용\s*(?:젤리|과자)|최음|오르가즘/u,
      exceptions: [/누드\s*김밥[^.!?\n]{0,6}/u],
      explanation: {
        ko: '성적 호기심을 유발하는 식품 광고는 공중도덕을 침해해 금지됩니다.',
        en: 'Food advertising that arouses sexual curiosity offends public morals and is banned.',
      },
      bad: ['키스하고 싶어지는 젤리', '야한 맛 떡볶이', '19금 안주', '섹시한 한 입, 섹시한 맛'],
      good: ['허쉬 키세스 초콜릿처럼 생긴 쿠키', '누드김밥 한 줄', '19시까지 주문하면 당일 출고'],
    },
    {
      id: 'morals.gambling',
      item: '8',
      guidelinePage: '식약처고시 제2025-79호',
      pattern:
        /(?:복권|로또|화투|도박|카지노|슬롯|잭팟|고스톱)\s*(?:과자|젤리|음료|빵|사탕|초콜릿|쿠키|처럼|모양|같은|맛)|(?:먹으면|사면|마시면|뜯으면|긁으면)[^.!?\n]{0,10}(?:로또|대박|복권|당첨|잭팟|일확천금|돈벼락)|(?:일확천금|대박|잭팟)(?:의|을)?\s*(?:맛|꿈|기회를\s*먹|노리)/u,
      explanation: {
        ko: '사행심을 조장하는 식품 광고는 금지됩니다.',
        en: 'Food advertising that encourages gambling is banned.',
      },
      bad: [
        '먹으면 로또 당첨되는 행운 쿠키',
        '복권 모양 초콜릿',
        '뜯으면 대박! 잭팟의 맛',
        '화투 과자로 한판',
      ],
      good: ['행운을 비는 포춘쿠키', '사은품 당첨자는 홈페이지에 발표합니다'],
    },
    {
      id: 'authority.ministry',
      item: '4',
      guidelinePage: '시행령 별표 1 제4호',
      pattern:
        /(?:식약처|식품의약품안전처|식품의약품안전청|식약청|mfds|kfda|fda|미국\s*fda|보건복지부|농림부|농림축산식품부|정부)(?:가|이|에서|로부터|의|도)?\s*[^.!?\n]{0,6}?(?:인증|허가|승인|보증|추천|공인|검증|인정)(?!\s*(?:절차|기준|번호|제도))/u,
      exceptions: [
        /(?:식약처|식품의약품안전처)\s?(?:개별\s?)?인정[^.!?\n]{0,8}제?\s?\d{4}-\d{1,4}호?/u,
        /(?:식약처|식품의약품안전처)(?:가|로부터|에서)?\s*(?:기능성을?\s*)?(?:인정(?:을?\s*받은|한|된)?\s*(?:기능성|건강기능식품|원료|개별인정)|인정받은\s*기능성)[^.!?\n]{0,12}/u,
        /(?:식약처\s*)?(?:haccp|해썹|gmp)[^.!?\n]{0,10}(?:인증|지정)[^.!?\n]{0,8}/u,
        /식약처[^.!?\n]{0,4}(?:haccp|해썹|gmp)[^.!?\n]{0,10}/u,
      ],
      explanation: {
        ko: '식품은 식약처나 FDA의 허가·승인 대상이 아니며 정부 기관이 제품을 보증한 것처럼 광고할 수 없습니다.',
        en: 'Foods are not approved by the Ministry or the FDA; an ad may not pretend that an authority vouches for one.',
      },
      bad: [
        '식약처 허가받은 다이어트 식품',
        'FDA 승인 유산균',
        '식약처가 인증한 면역 음료',
        '정부가 보증한 청정 식품',
      ],
      good: [
        '식약처 HACCP 인증 시설에서 만듭니다',
        '식약처로부터 기능성을 인정받은 원료, 식약처 인정 기능성 원료',
        '수입 허가 절차 안내',
      ],
    },
    {
      id: 'superlative',
      exceptions: [
        /(?:가장|제일)\s*맛있는\s*[^.!?\n]{0,8}(?:온도|방법|시간|때|비율|조합|순간)[^.!?\n]{0,8}/u,
      ],
      item: '7',
      guidelinePage: '식약처고시 제2025-79호 제2조제4호나목',
      severity: 'needs_evidence',
      pattern:
        /(?:세상에서|세계에서|한국에서|국내에서|우리나라에서|전국에서|동네에서)\s*(?:제일|가장)\s*(?:맛있|좋은|건강한|신선한|깨끗한|안전한|진한|유명한|달콤한|매운|큰|비싼)|(?:가장|제일)\s*(?:맛있는|건강한|안전한|신선한|좋은|깨끗한)\s*(?:집|빵|고기|커피|우유|쌀|김치|라면|치킨|과일|음료|식품|물|영양제|유산균|홍삼|원료|재료|제품)|(?:최고급|최상급|최고\s*등급|특급|극상|s급)\s*(?:원료|재료|원두|한우|고기|홍삼|쌀|식재료|제품)|(?:best|베스트|스페셜|special|most)\s*(?:원료|품질|quality)/u,
      evidenceThatAllows: {
        description: {
          ko: '객관적 자료(등급판정서, 조사 기관·대상·기간이 있는 조사 결과)',
          en: 'Objective grounds: a grading certificate, or a survey with its institute, sample and period',
        },
        pattern:
          /등급\s*(?:판정|확인)서?|(?:조사|품평|통계)[^.\n]{0,30}(?:결과|기준|출처|기관)|1\+\+|grading certificate/u,
      },
      explanation: {
        ko: "객관적 근거 없이 '가장 좋은', '최고급' 같은 표현으로 우수하다고 할 수 없습니다.",
        en: 'A food may not be called the best or finest without objective grounds.',
      },
      bad: [
        '세상에서 가장 맛있는 김치',
        '국내에서 제일 신선한 우유',
        '최고급 원료만 고집합니다',
        '제일 건강한 빵',
      ],
      good: [
        '가장 좋아하는 메뉴를 골라 보세요',
        '제일 먼저 도착한 가을 소식',
        '1등급 판정 여부는 라벨을 확인하세요',
      ],
    },
  ],
)
