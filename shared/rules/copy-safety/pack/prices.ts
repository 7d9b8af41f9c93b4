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
        /(?:정가|정상가|소비자가|권장\s?(?:소비자)?가(?:격)?|시중가|시중\s?가격|백화점가|백화점\s?가격|출시가|원래\s?(?:가격)?|판매가|매장가|면세가|기존가|시가|종전가)\s?(?:대비|에서|보다|의|는|가|:|：)?\s?[^.!?\n]{0,10}?(?:\d[\d,.]*\s?(?:만\s?)?(?:원|%|퍼센트|프로)|반값|절반|할인|저렴|파격)|\d[\d,.]*\s?(?:만\s?)?원\s?(?:→|->|>|⇒|➡|에서|짜리(?:를|가)?|상당(?:을|의)?)\s?(?:무려\s?|단돈\s?|오직\s?)?\d[\d,.]*\s?(?:만\s?)?원|반값(?:에|으로|\s?(?:할인|세일|특가|판매|대란|찬스|행사|이벤트|공개|!))|(?:8\d|9\d)\s?(?:%|퍼센트|프로)\s?(?:할인|세일|off|특가|폭탄|파격|down)/u,
      exceptions: [/반값\s?(?:등록금|아파트|택배)[^.!?\n]{0,8}/u],
      evidenceThatAllows: {
        description: {
          ko: '최근 상당 기간(20일 이상) 실제로 판매한 종전거래가격 자료',
          en: 'The price at which it was actually sold before, over a considerable period (20 days or more)',
        },
        pattern:
          /(?:종전\s?거래\s?가격|종전\s?판매가|최근\s?20일|실제\s?판매(?:가|한\s?가격)|판매\s?이력|판매\s?기록)[^\n]{0,60}|(?:former|previous|regular) price[^\n]{0,60}(?:sold|days|record)/u,
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
      id: 'price.today_only',
      law: 'fair_labelling_act',
      item: '2',
      guidelinePage: '기만적인 표시·광고 심사지침(2025-10-30)',
      pattern:
        /(?:오늘|금일|당일|지금)\s?(?:하루)?\s?만\s?(?:이|의|특가|할인|세일|공개|판매|진행|드리|만나|가능|혜택|파격|이\s?가격|무료|최저|[!.]|$)|(?:오늘|금일|당일|오늘\s?밤|오늘\s?자정|자정|내일)\s?(?:까지만|에?\s?(?:마감|종료|끝))|(?:오늘|지금)(?:이|을)?\s?(?:아니면|놓치면|지나면|안\s?사면)|오늘(?:이)?\s?마지막|단\s?하루(?:만|의\s?(?:특가|할인|세일|기회|혜택)|\s?(?:특가|할인|세일|한정))|하루\s?(?:만|한정)\s?(?:특가|할인|세일|이\s?가격|공개|파격)/u,
      exceptions: [
        /오늘만(?:은|큼(?:은|만)?)\s?[^.!?\n]{0,14}/u,
        /(?:접수|신청|투표|원서|예매|응모)[^.!?\n]{0,6}(?:오늘|금일|내일|자정)\s?(?:까지(?:만)?|마감)[^.!?\n]{0,6}/u,
        /(?:당일|오늘)\s?(?:만든|구운|수확|발송|출고|배송)[^.!?\n]{0,8}/u,
      ],
      evidenceThatAllows: {
        description: {
          ko: '행사 기간과 종료 뒤 같은 조건으로 팔지 않는다는 사실',
          en: 'The period of the offer, and that it is not sold on the same terms afterwards',
        },
        pattern:
          /(?:행사|할인|특가|판매|이벤트)\s?(?:기간|종료|마감)[^\n]{0,60}(?:\d{1,2}\s?[월./-]\s?\d{1,2}|\d{4}|까지)|종료\s?후\s?(?:정상가|판매\s?(?:종료|중단))|(?:offer|sale|promotion) (?:ends|period)[^\n]{0,40}\d/u,
      },
      explanation: {
        ko: "계속 같은 조건으로 팔면서 '오늘만, 오늘 마감'이라고 하는 것은 기만적 광고입니다.",
        en: 'Today only is deceptive where the same terms hold on.',
      },
      bad: [
        '오늘만 이 가격',
        '금일 마감! 서두르세요',
        '단 하루 특가',
        '오늘 자정까지만 할인',
        '오늘 놓치면 끝',
        '오늘이 마지막입니다',
      ],
      good: [
        '오늘만은 나를 위해 쉬어 가세요',
        '오늘만큼은 가볍게',
        '11월 26일 하루 열리는 마켓',
        '당일 만든 빵은 당일 판매합니다',
        '응모 신청은 오늘까지',
      ],
    },
    {
      id: 'price.countdown',
      item: '2',
      guidelinePage: '기만적인 표시·광고 심사지침(2025-10-30)',
      pattern:
        /남은\s?시간\s?[:：]?\s?(?:\d|단|이제|얼마|별로|○|oo)|(?:종료|마감|할인\s?종료|특가\s?종료|판매\s?종료)까지\s?(?:단|이제|딱|남은\s?시간)?\s?[:：]?\s?\d|(?:\d{1,2}\s?:\s?\d{2}\s?:\s?\d{2})(?:\s?(?:남|후|뒤))?|(?:곧|잠시\s?후|몇\s?분\s?뒤|\d+\s?(?:분|시간|초)\s?(?:뒤|후))\s?[^.!?\n]{0,6}?(?:마감|종료|끝|가격\s?(?:인상|오)|사라)|카운트\s?다운|타임\s?(?:세일|딜|특가)/u,
      exceptions: [
        /(?:새해|연말|콘서트|공연|올림픽|개막|출시|발사)\s?카운트\s?다운[^.!?\n]{0,8}/u,
        /타임\s?세일\s?(?:기간|일시)\s?[:：]?\s?\d[^.!?\n]{0,20}/u,
      ],
      evidenceThatAllows: {
        description: {
          ko: '실제 종료 일시와 종료 뒤 조건이 바뀐다는 사실',
          en: 'The actual time of the end, and that the terms change then',
        },
        pattern:
          /(?:행사|할인|특가|판매|이벤트)\s?(?:기간|종료|마감)[^\n]{0,60}(?:\d{1,2}\s?[월./-]\s?\d{1,2}|\d{4}|까지)|(?:offer|sale|promotion) (?:ends|period)[^\n]{0,40}\d/u,
      },
      explanation: {
        ko: '같은 조건으로 계속 살 수 있는데 남은 시간을 세는 것은 기만적 광고입니다.',
        en: 'A countdown for what can be bought on the same terms afterwards is deceptive.',
      },
      bad: [
        '남은 시간 09:59',
        '할인 종료까지 단 10분',
        '잠시 후 마감됩니다',
        '타임세일 진행 중',
        '30분 뒤 가격이 오릅니다, 30분 뒤 종료',
      ],
      good: [
        '새해 카운트다운 파티에 초대합니다',
        '남은 음식은 냉장 보관하세요',
        '영상 길이 00분 30초',
      ],
    },
    {
      id: 'price.scarcity',
      item: '2',
      guidelinePage: '기만적인 표시·광고 심사지침',
      pattern:
        /(?:마감|품절|매진|완판|소진|조기\s?(?:마감|품절|종료))\s?(?:임박|직전|예정|주의|각|위기|코앞|초읽기)|(?:단|딱|이제|마지막|겨우|오직)\s?\d+\s?(?:개|명|분|석|자리|세트|병|박스|대|팀)\s?(?:만|뿐|남|한정)|(?:남은|잔여)\s?(?:수량|재고|자리|좌석)\s?[:：]?\s?(?:단|이제|\d|거의|얼마|별로)|(?:재고|수량|물량)(?:가|이|은|도)?\s?(?:거의|얼마|몇\s?개|별로)\s?(?:안|없|남지)|(?:선착순|한정)\s?(?:마감\s?임박|소수만|특별)|(?:지금|현재)\s?\d+\s?명(?:이)?\s?(?:보고|구매|장바구니|대기)|(?:서두르|놓치면\s?후회|없어서\s?못\s?(?:파|사)|사라지기\s?전에)/u,
      exceptions: [
        /(?:한정|선착순)\s?(?:수량\s?)?\d+\s?(?:개|명|세트)[^.!?\n]{0,6}/u,
        /(?:서두르지|서두를\s?필요)[^.!?\n]{0,8}/u,
      ],
      evidenceThatAllows: {
        description: {
          ko: '실제 재고·판매 수량과 마감 기준',
          en: 'The actual stock or number of places, and when it closes',
        },
        pattern:
          /(?:재고|수량|물량|좌석|정원|한정)[^\n]{0,40}\d[\d,]*\s?(?:개|명|석|세트|병|박스|대)|(?:stock|units|seats|limited to)[^\n]{0,30}\d/u,
      },
      explanation: {
        ko: "사실과 다른 '품절 임박, 몇 개 남음'은 기만적 광고입니다.",
        en: 'Almost gone or only a few left is deceptive unless true.',
      },
      bad: [
        '마감 임박! 서두르세요',
        '품절 임박',
        '단 3개 남았습니다',
        '지금 27명이 보고 있어요',
        '재고가 얼마 남지 않았습니다',
        '없어서 못 파는 그 가방',
      ],
      good: ['한정 수량 100개 판매', '서두르지 않아도 괜찮아요', '품절 시 환불해 드립니다'],
    },
    {
      id: 'price.last_chance',
      item: '2',
      guidelinePage: '기만적인 표시·광고 심사지침(2025-10-30)',
      pattern:
        /(?:마지막|최후의|단\s?한\s?번(?:의|뿐인)?|평생\s?단\s?한\s?번|두\s?번\s?다시\s?(?:없|오지)|다시(?:는)?\s?(?:없을|오지\s?않|못\s?볼|못\s?살)|앞으로\s?(?:없을|다시\s?없을)|역대급)\s?[^.!?\n]{0,4}?(?:기회|찬스|할인|특가|가격|세일|혜택|득템|이벤트|파격|구성)|(?:내일|다음\s?주|곧|이번\s?주|다음\s?달|조만간)\s?(?:부터|이면|에)?\s?(?:가격|값|요금)(?:이|을|은)?\s?(?:인상|오르|올라|오릅|올립|올라갑|두\s?배)|(?:가격|값)\s?인상\s?(?:전|임박|예정)[^.!?\n]{0,8}(?:마지막|기회|구매|찬스|특가)/u,
      exceptions: [/(?:시즌|올해|경기|공연|계절)의?\s?마지막\s?(?:경기|공연|날)[^.!?\n]{0,8}/u],
      evidenceThatAllows: {
        description: {
          ko: '가격 인상이나 판매 종료가 실제로 정해졌음을 보이는 자료',
          en: 'Proof that the price rise or the end of sale is decided',
        },
        pattern:
          /(?:가격\s?인상|판매\s?종료|단종|행사\s?종료)[^\n]{0,60}(?:\d{1,2}\s?[월./-]\s?\d{1,2}|\d{4}|확정|공지|예정일)|(?:price increase|discontinu|final sale)[^\n]{0,40}\d/u,
      },
      explanation: {
        ko: "실제로 마지막이 아닌데 '마지막 기회'라고 하는 것은 기만적 광고입니다.",
        en: 'Last chance is deceptive unless it is the last.',
      },
      bad: [
        '마지막 기회를 잡으세요',
        '다시 없을 가격',
        '내일부터 가격이 오릅니다',
        '역대급 할인',
        '평생 단 한 번의 찬스',
      ],
      good: ['올해의 마지막 공연', '마지막까지 신선하게', '기회가 되면 매장에 들러 주세요'],
    },
    {
      id: 'price.lowest',
      pattern:
        /(?:국내|온라인|전국|업계|인터넷|역대|시즌|올해|동종|쿠팡|네이버|사상)?\s?최저\s?(?:가(?:격)?|가\s?보장|요금|금리|수수료)(?=[^가-힣]|로|에|를|보장|도전|입니다|예요|판매|$)|(?:가장|제일|최고로)\s?(?:싼|저렴한|싸게|저렴하게|낮은\s?가격)|(?:더|이보다)\s?(?:싼|저렴한|싸게|낮은)\s?[^.!?\n]{0,10}?(?:있으면|발견|없|못\s?찾|보상|차액)|(?:어디서도|어디에도|다른\s?데서는?)\s?[^.!?\n]{0,6}?(?:이\s?가격|못\s?사|없는\s?가격|볼\s?수\s?없는\s?가격)|가격\s?(?:파괴|종결|깡패)/u,
      exceptions: [/최저\s?(?:기온|임금|온도|시급|생계)[^.!?\n]{0,8}/u],
      evidenceThatAllows: {
        description: {
          ko: '비교 대상 판매처·조사 시점이 있는 가격 조사 결과',
          en: 'A price survey with the sellers compared and its date',
        },
        pattern:
          /(?:가격|최저가)\s?(?:비교|조사|검색)[^\n]{0,60}(?:기준|결과|\d{4}|일자|시점|판매처)|price (?:survey|comparison)/u,
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
        /(?:완전|전부|전액|무조건|100\s?%|평생|영구|조건\s?없이|모두)\s?(?:무료|공짜|무상)|공짜(?:로|예요|입니다|[!.]|\s?(?:이벤트|증정|나눔|체험|혜택))|(?:0|영)\s?원\s?(?:에|으로|구매|이벤트|체험|혜택|시작|가입|구독|개통|폰|행사)|(?:첫\s?달|한\s?달|1개월|30일|7일|14일)\s?(?:간)?\s?(?:무료|0원|공짜|100원|\d{1,3}원)|무료\s?(?:증정|나눔|드립니다|로\s?드|로\s?받|체험\s?(?:후|뒤|하고))|사실상\s?(?:무료|공짜)|돈\s?한\s?푼\s?안|거저\s?(?:드|가져)/u,
      exceptions: [
        /[^.!?\n]{0,24}(?:이상\s?(?:구매|주문|결제)|구매\s?(?:시|고객|하신)|가입\s?(?:시|고객)|선착순\s?\d|회원(?:에게|은|\s?한정)|배송비\s?별도|자동\s?(?:결제|연장|전환)\s?(?:없|안|되지)|이후\s?월\s?[\d,]+|유료\s?전환)[^.!?\n]{0,24}/u,
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
          /(?:경품|당첨|추첨|증정)[^\n]{0,60}(?:조건|기간|수량|\d+\s?명|제세공과금|유의)|(?:official rules|prizes?)[^\n]{0,40}\d/u,
      },
      explanation: {
        ko: '모든 참가자가 당첨된다거나 이미 당첨되었다는 광고는 조건을 밝혀야 합니다.',
        en: 'Everybody wins, or you have won: the conditions have to be stated.',
      },
      bad: ['축하합니다! 당첨되셨습니다', '100% 당첨 이벤트', '꽝 없는 룰렛', '참여자 전원 증정'],
      good: ['당첨자 발표는 12월 5일입니다', '경품 추첨 안내와 유의 사항'],
    },
    {
      id: 'price.exclusive_deal',
      item: '2',
      guidelinePage: '기만적인 표시·광고 심사지침',
      pattern:
        /(?:여기서만|이\s?(?:페이지|방송|영상|링크|채널)(?:에서|을\s?통해서?)만|방송\s?중에만|라이브에서만|이\s?(?:글|영상)(?:을)?\s?보(?:신|는)\s?분(?:들)?(?:만|에게만|께만))\s?[^.!?\n]{0,14}?(?:가격|할인|혜택|특가|무료|구매|만나|구성|드립|제공|쿠폰)|(?:당신|고객님|회원님)(?:에게|께)만\s?(?:드리는|공개|특별)\s?[^.!?\n]{0,8}?(?:가격|할인|혜택|특가|기회)|비밀\s?(?:특가|할인|가격|링크)/u,
      evidenceThatAllows: {
        description: {
          ko: '다른 판매 경로에서 같은 조건으로 팔지 않는다는 사실',
          en: 'That no other channel sells it on the same terms',
        },
        pattern:
          /(?:단독|전용|독점)\s?(?:가격|구성|혜택|판매|특가)[^\n]{0,60}|exclusive (?:price|bundle|offer)/u,
      },
      explanation: {
        ko: '다른 곳에서도 같은 조건이면서 여기서만이라고 하는 것은 기만적 광고입니다.',
        en: 'Only here is deceptive where other channels offer the same.',
      },
      bad: [
        '이 페이지에서만 만나는 특가',
        '방송 중에만 드리는 구성',
        '고객님께만 드리는 비밀 혜택, 비밀 특가',
        '이 영상 보신 분들만 할인',
      ],
      good: ['여기서만 볼 수 있는 노을', '회원 전용 라운지 안내'],
    },
  ],
)
