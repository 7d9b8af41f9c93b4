import { family } from './family.ts'

/** Fair Labelling and Advertising Act art. 3(1) nos. 1 and 2: prices, deadlines, scarcity and gifts. */
export const priceRules = family(
  {
    id: 'general',
    productTypes: 'all',
    law: 'fair_labelling_act',
    article: '3(1)',
    item: '1',
    severity: 'needs_evidence',
    guidelinePage: '부당한 표시·광고행위의 유형 및 기준 지정고시(종전거래가격)',
  },
  [
    {
      id: 'price.reference',
      pattern:
        /(?:백화점|매장|홈쇼핑|시중|면세점|다른\s?데)에서(?:는)?\s?\d[\d,.]{0,12}\s?(?:만\s?)?원(?:에|대에|짜리|씩)[^.!?\n]{0,30}|(?:정가|정상가|소비자가|권장\s?(?:소비자)?가(?:격)?|시중가|시중\s?가격|백화점가|백화점\s?가격|출시가|원래\s?(?:가격)?|판매가|매장가|면세가|기존가|시가|종전가)\s?(?:대비|에서|보다|의|는|가|:|：)?\s?[^.!?\n]{0,10}?(?:\d[\d,.]{0,12}\s?(?:만\s?)?(?:원|%|퍼센트|프로)|반값|절반|할인|저렴|파격)|\d[\d,.]{0,12}\s?(?:만\s?)?원\s?(?:→|->|>|⇒|➡|에서|짜리(?:를|가)?|상당(?:을|의)?)\s?(?:무려\s?|단돈\s?|오직\s?)?\d[\d,.]{0,12}\s?(?:만\s?)?원|반값(?:에|으로|\s?(?:할인|세일|특가|판매|대란|찬스|행사|이벤트|공개|!))|(?:8\d|9\d)\s?(?:%|퍼센트|프로)\s?(?:할인|세일|off|특가|폭탄|파격|down)/u,
      exceptions: [
        /[^.!?\n]{0,10}정상가[^.!?\n]{0,14}\(\d{4}[^)\n]{0,40}(?:판매가|판매)[^)\n]{0,10}\)[^.!?\n]{0,24}/u,
        /(?:정가|정상가)(?:와|과)\s?(?:할인|판매)[^.!?\n]{0,14}(?:적|표시|함께|나란히|보여)[^.!?\n]{0,8}/u,
        /(?:그\s?(?:뒤|후|다음)|이후|부터|\d일부터|끝나면|지나면)[에는부터]{0,3}\s?[^.!?\n]{0,10}(?:정가|정상가|원래\s?(?:가격)?)[^.!?\n]{0,24}/u,
        /반값\s?(?:등록금|아파트|택배)[^.!?\n]{0,8}/u,
      ],
      evidenceThatAllows: {
        description: {
          ko: '최근 상당 기간(20일 이상) 실제로 판매한 종전거래가격 자료',
          en: 'The price at which it was actually sold before, over a considerable period (20 days or more)',
        },
        pattern:
          /(?:종전\s?거래\s?가격|종전\s?판매가|최근\s?20일|실제\s?(?:판매|거래)|판매\s?이력|판매\s?기록|\d\s?원에\s?판매|가격\s?조사|조사표|판매가\s?(?:기록|자료))|(?:former|previous|regular) price[^\n]{0,60}(?:sold|days|record)|sold (?:at|for) /u,
      },
      explanation: {
        ko: '정가·시중가와 비교하는 할인은 실제로 판매한 종전거래가격이 근거여야 합니다.',
        en: 'A discount from a former or market price has to rest on prices at which it was actually sold.',
      },
      bad: [
        '정가 99,000원 → 39,000원',
        '시중가 대비 70% 할인',
        '백화점 가격의 절반',
        '반값 특가',
        '전 품목 90% 할인',
        '소비자가 20만원짜리를 5만원에, 20만원에서 5만원',
      ],
      good: [
        '첫 구매 10% 할인 쿠폰, 11월 30일까지',
        '반값 등록금 정책 토론회',
        '가격은 39,000원입니다',
      ],
    },
    {
      id: 'price.lowest',
      pattern:
        /(?:국내|온라인|전국|업계|인터넷|역대|시즌|올해|동종|쿠팡|네이버|사상)?\s?최저\s?(?:가(?:격)?|가\s?보장|요금|금리|수수료)(?=[^가-힣]|로|에|를|보장|도전|입니다|예요|판매|$)|(?:가장|제일|최고로)\s?(?:싼|저렴한|싸게|저렴하게|낮은\s?가격)|(?:더|이보다)\s?(?:싼|저렴한|싸게|낮은)\s?[^.!?\n]{0,10}?(?:있으면|발견|없|못\s?찾|보상|차액)|(?:어디서도|어디에도|다른\s?데서는?)\s?[^.!?\n]{0,6}?(?:이\s?가격|못\s?사|없는\s?가격|볼\s?수\s?없는\s?가격)|가격\s?(?:파괴|종결|깡패)/u,
      exceptions: [
        /최저가\s?비교(?:는|를)?\s?[^.!?\n]{0,6}(?:직접|해\s?보)[^.!?\n]{0,10}/u,
        /최저\s?(?:기온|임금|온도|시급|생계)[^.!?\n]{0,8}/u,
      ],
      evidenceThatAllows: {
        description: {
          ko: '비교 대상 판매처·조사 시점이 있는 가격 조사 결과',
          en: 'A price survey with the sellers compared and its date',
        },
        pattern: /(?:가격|최저가)\s?(?:비교|조사|검색|모니터링)|price (?:survey|comparison)/u,
      },
      explanation: {
        ko: "'최저가'는 조사한 판매처와 시점이 있는 자료로 실증해야 합니다.",
        en: 'Lowest price needs a dated survey of other sellers.',
      },
      bad: [
        '온라인 최저가 보장',
        '전국에서 제일 싼 가전',
        '더 싼 곳 있으면 차액 보상',
        '어디서도 볼 수 없는 가격',
        '가격 파괴',
      ],
      good: ['오늘 최저기온은 3도', '최저임금을 지키는 일터', '가격은 매장마다 다를 수 있습니다'],
    },
    {
      id: 'price.below_cost',
      pattern:
        /원가\s?(?:이하|판매|처분|공급|할인|그대로|세일|에\s?(?:드|팝|판|공급))|(?:밑지고|손해\s?(?:보고|를\s?보고|보면서|를\s?감수)|남는\s?(?:거|것|게)\s?(?:없|하나도)|마진\s?(?:없|0|제로|포기|을\s?포기|빼고|no)|노\s?마진)|(?:공장도?|출고|도매|수입|산지)\s?(?:직영\s?)?(?:가|가격|원가|직거래가)\s?(?:로|에|판매|공급|그대로|공개)|본전도\s?(?:안|못)/u,
      exceptions: [/(?:제조|매출|생산)\s?원가\s?(?:분석|관리|계산|회계)[^.!?\n]{0,8}/u],
      evidenceThatAllows: {
        description: {
          ko: '원가·도매가를 보이는 매입·회계 자료',
          en: 'Purchase or accounting records that show cost or wholesale price',
        },
        pattern:
          /(?:원가|도매가|공장도가|매입가)[^\n]{0,60}(?:자료|증빙|장부|세금\s?계산서|확인|\d)|(?:cost|wholesale)[^\n]{0,40}(?:invoice|records?)/u,
      },
      explanation: {
        ko: '원가 이하, 노마진, 공장도가 판매는 실제 원가 자료가 있어야 합니다.',
        en: 'Below cost, no margin or factory price needs the figures.',
      },
      bad: [
        '원가 이하로 모십니다',
        '밑지고 파는 가격',
        '노마진 행사',
        '공장도 가격 그대로 공급',
        '남는 거 하나도 없어요',
      ],
      good: ['원가 분석 강의', '남는 시간을 채우는 취미'],
    },
    {
      id: 'price.clearance',
      pattern:
        /(?:폐업|점포|매장|사업|부도|공장|도산)\s?(?:정리|처분|철수|폐점|마감|이전\s?정리)(?:\s?(?:세일|할인|특가|행사|대방출|판매|[!.]|$))?|(?:눈물의|땡처리|떨이|창고\s?대?\s?(?:방출|개방|정리)|재고\s?(?:대방출|떨이|처분|정리|폭탄)|사장님?(?:이)?\s?(?:미쳤|미친|울|눈물|몰래)|미친\s?(?:가격|할인|세일|특가))/u,
      exceptions: [
        /(?:책장|옷장|매장|창고)\s?정리\s?(?:수납|방법|꿀팁|서비스|컨설팅)[^.!?\n]{0,8}/u,
        /매장\s?(?:마감|이전)\s?(?:시간|안내)[^.!?\n]{0,8}/u,
      ],
      evidenceThatAllows: {
        description: {
          ko: '실제 폐업·정리 사실(폐업 신고, 점포 계약 종료 등)',
          en: 'Proof of the closing or clearance (notice of closing, end of the lease)',
        },
        pattern:
          /(?:폐업|폐점|점포|매장|사업)[^\n]{0,30}(?:신고|종료|계약|확정|예정일|\d{1,2}\s?월)|(?:closing|clearance)[^\n]{0,40}(?:date|notice|lease|\d)/u,
      },
      explanation: {
        ko: '실제로 폐업하지 않으면서 폐업 정리라고 하는 것은 거짓 광고입니다.',
        en: 'Closing-down sale without closing down is false.',
      },
      bad: [
        '폐업 정리 90% 세일',
        '점포정리 눈물의 세일',
        '사장님이 미쳤어요',
        '창고 대방출',
        '재고 떨이',
      ],
      good: ['창고 정리 수납 서비스', '매장 마감 시간은 9시입니다'],
    },
    {
      id: 'price.free',
      item: '2',
      pattern:
        /(?:진짜|정말)\s?(?:0\s?원|무료|공짜)|(?:완전|전부|전액|무조건|100\s?%|평생|영구|조건\s?없이|모두)\s?(?:무료|공짜|무상)|공짜(?:로|예요|입니다|[!.]|\s?(?:이벤트|증정|나눔|체험|혜택))|(?<![\d,])(?:0|영)\s?원\s?(?:에|으로|구매|이벤트|체험|혜택|시작|가입|구독|개통|폰|행사)|(?:첫\s?달|한\s?달|1개월|30일|7일|14일)\s?(?:간)?\s?(?:무료|0원|공짜|100원|\d{1,3}원)|무료\s?(?:증정|나눔|드립니다|로\s?드|로\s?받|체험\s?(?:후|뒤|하고))|사실상\s?(?:무료|공짜)|돈\s?한\s?푼\s?안|거저\s?(?:드|가져)/u,
      exceptions: [
        /(?:평생|영구|무조건)?\s?무상\s?(?:a\/s|as|수리|보증|점검)/u,
        /[^.!?\n]{0,24}(?:이상\s?(?:구매|주문|결제)|구매\s?(?:시|고객|하신)|가입\s?(?:시|고객)|선착순\s?\d|회원(?:에게|은|\s?한정)|배송비\s?별도|자동\s?(?:결제|연장|전환)\s?(?:없|안|되지)|이후\s?월\s?[\d,]{1,12}|유료\s?전환)[^.!?\n]{0,24}/u,
        /공짜\s?(?:점심|밥)은\s?없[^.!?\n]{0,6}/u,
      ],
      evidenceThatAllows: {
        description: {
          ko: '무료 제공의 조건(기간, 추가 비용, 유료 전환)을 밝힌 자료',
          en: 'The conditions of the free offer (period, extra cost, paid renewal)',
        },
        pattern:
          /(?:무료|무상|0원)[^\n]{0,60}(?:조건|기간|이후|전환|결제|배송비|한정|구매\s?시|해지)|free[^\n]{0,60}(?:terms|condition|then \$|renew|cancel|shipping)/u,
      },
      explanation: {
        ko: '무료 제공은 조건과 추가 비용, 유료 전환을 함께 밝혀야 합니다.',
        en: 'A free offer has to state its conditions, extra costs and paid renewal.',
      },
      bad: [
        '완전 무료로 드립니다',
        '지금 공짜로 받아 가세요',
        '첫 달 0원',
        '평생 무료!',
        '사실상 공짜',
      ],
      good: [
        '3만원 이상 구매 시 무료 배송',
        '첫 달 무료, 이후 월 9,900원',
        '무료 배송 안내: 도서산간 제외',
        '구매 고객에게 무료 증정',
      ],
    },
    {
      id: 'price.prize',
      item: '2',
      severity: 'needs_evidence',
      pattern:
        /(?:당첨|행운의\s?주인공|선정)(?:되셨|되었|됐|을\s?축하|자로\s?선정)|(?:100\s?%|전원|무조건|누구나|참여자\s?전원|꽝\s?없는)\s?(?:당첨|증정|경품|선물|지급)|꽝\s?(?:없|은\s?없)|(?:천만|억|백만)\s?원\s?(?:상당의?|어치)\s?(?:경품|선물|상품)/u,
      exceptions: [/(?:당첨자?|경품)\s?(?:발표|안내|명단|추첨)[^.!?\n]{0,12}/u],
      evidenceThatAllows: {
        description: {
          ko: '경품의 종류·수량·당첨 조건·기간을 정한 행사 기준',
          en: 'Rules of the promotion: prizes, number, conditions, period',
        },
        pattern:
          /(?:경품|당첨|추첨|증정)[^\n]{0,60}(?:조건|기간|수량|\d{1,8}\s?명|제세공과금|유의)|(?:official rules|prizes?)[^\n]{0,40}\d/u,
      },
      explanation: {
        ko: '모든 참가자가 당첨된다거나 이미 당첨되었다는 광고는 조건을 밝혀야 합니다.',
        en: 'Every entrant wins, or you have won: the conditions have to be stated.',
      },
      bad: ['축하합니다! 당첨되셨습니다', '100% 당첨 이벤트', '꽝 없는 룰렛', '참여자 전원 증정'],
      good: ['당첨자 발표는 12월 5일입니다', '경품 추첨 안내와 유의 사항'],
    },
  ],
)
