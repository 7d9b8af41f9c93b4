import { family } from './family.ts'
import { illnessCautions } from './food-terms.ts'

const everyFood = ['food', 'health_functional_food'] as const

/** Art. 8(1) nos. 4 and 5: false, exaggerated and deceptive advertisements for food (Decree, annex 1 nos. 4, 5). */
export const foodDeceptionRules = family(
  {
    id: 'food',
    productTypes: everyFood,
    law: 'food_labelling_act',
    article: '8(1)',
    item: '4',
    severity: 'block',
    guidelinePage: '시행령 별표 1 제4호',
  },
  [
    {
      id: 'deception.mystic_water',
      item: '5',
      guidelinePage: '시행령 별표 1 제5호차목',
      pattern:
        /(?:생명|육각|이온|자화|파동|게르마늄|수소|알칼리|은하|기적의|신비의)\s*수(?=[^가-힣]|로|를|의|가|는|$)|(?:생명|기적|신비|치유)의\s*(?:물|샘물|약수)|약수(?:로|를|의|\s*한\s*잔)|살아\s*있는\s*물|(?:파동|기|생체)\s*에너지(?:가|를)?\s*(?:담|들어|넣|충전|깃든)/u,
      exceptions: [
        /약수(?:역|동|터|시장)[^.!?\n]{0,8}/u,
        /(?:수소|전기)\s*(?:차|자동차)[^.!?\n]{0,8}/u,
        /이온\s*음료/u,
      ],
      explanation: {
        ko: '생명수·육각수·이온수처럼 과학적 근거가 없는 추상적 용어는 금지됩니다.',
        en: 'Abstract terms without a scientific ground, such as water of life, are banned.',
      },
      bad: [
        '마시는 순간 다른 육각수',
        '기적의 물 한 병',
        '생명수로 빚은 두부',
        '파동 에너지가 담긴 소금',
      ],
      good: ['약수역 3번 출구 카페', '지하 200m 암반수로 만든 두부', '수박 이온음료'],
    },
    {
      id: 'deception.testimonials',
      item: '5',
      guidelinePage: '시행령 별표 1 제5호다목',
      pattern:
        /지팡이(?:를|도)?\s*(?:버[리린렸]|던[지졌]|놓)|체험\s*(?:기(?![가-힣]{1,3}(?:간|관))|담|사례(?!\s*(?:모집|공모))|수기)|감사장|감사\s*편지|(?:먹고|마시고|드시고|섭취하고|먹은\s*뒤|드신\s*후|먹었더니|마셨더니|드셨더니|먹은\s*지)[^.!?\n]{0,18}?(?:빠졌|나았|낫더|좋아졌|좋아지셨|사라졌|없어졌|내려갔|돌아왔|정상|달라졌|떨어졌|건강해졌|효과\s*(?:봤|봄|보셨|를\s*봤)|컸어요|끊었|일어나셨|지팡이|가벼워졌|젊어졌|회복)|(?:엄마|어머니|아버지|부모님|할머니|할아버지|남편|아내|시어머니)(?:가|께서|도|이)?[^.!?\n]{0,12}(?:효과\s*(?:봤|보셨)|무릎이|혈압이|혈당이|허리가|벌떡)/u,
      exceptions: [
        /(?:농장|치즈|수확|요리|쿠킹|숙박|캠핑)\s*체험\s*(?:기|담|사례)?[^.!?\n]{0,8}/u,
        /체험\s*기(?:간|회|관|기)[^.!?\n]{0,8}/u,
        /기분이?\s*좋아졌[^.!?\n]{0,6}/u,
      ],
      explanation: {
        ko: '체험기·감사장 등으로 효과를 암시해 소비자를 현혹하는 식품 광고는 금지됩니다.',
        en: 'Advertising food with accounts of experience or letters of thanks that imply an effect is banned.',
      },
      bad: [
        '실제 고객 체험담: 먹고 5kg 빠졌어요',
        '어머니가 드시고 무릎이 좋아지셨대요',
        '감사 편지가 쏟아진 흑염소즙',
        '한 달 먹었더니 혈압이 내려갔어요',
      ],
      good: [
        '목장 치즈 만들기 체험 사례 모집',
        '체험 기간은 11월 30일까지',
        '맛있게 드시고 간 손님들의 미소',
      ],
    },
    {
      id: 'deception.experts',
      item: '5',
      guidelinePage: '시행령 별표 1 제5호라목',
      pattern:
        /(?:의사|한의사|치과의사|수의사|약사|한약사|교수|박사|의학\s*박사|영양학\s*박사|의료진|전문의|닥터|주치의|명의|대학\s*병원|의대|약대|한의원|소아과|산부인과|내과)(?:님|들|도|가|이|께서|에서|의|와|과)?\s*[^.!?\n]{0,10}?(?:추천|권장|권하|강력\s*추천|인정|보증|보장|공인|선택|개발|만든|설계|직접\s*먹|먹는|챙겨|마시는|드시는|감수|자문|지도|알려\s*준|비법|처방|pick|픽|극찬|놀란|반한|비결)/u,
      exceptions: [
        ...illnessCautions,
        /약\s*대신이\s*아니라[^.!?\n]{0,20}/u,
        /(?:요리|커피|와인|빵|맛|초콜릿|떡볶이|라면)\s*(?:의\s*)?박사[^.!?\n]{0,10}/u,
        /(?:의사|약사)(?:와|에게)\s*상[담의][^.!?\n]{0,10}/u,
      ],
      explanation: {
        ko: '의사·약사·교수 등이 제품을 보증·추천·개발·사용한다는 식품 광고는 금지됩니다.',
        en: 'Advertising food with doctors, pharmacists or professors who vouch for, recommend, develop or use it is banned.',
      },
      bad: [
        '의사가 추천하는 영양제',
        '약사가 직접 먹는 오메가3',
        '의대 교수팀이 개발한 단백질 쉐이크',
        '한의사도 인정한 도라지청',
        '닥터 픽! 유산균',
      ],
      good: ['섭취 전 의사와 상담하세요', '떡볶이 박사의 비밀 레시피', '요리 연구가가 만든 소스'],
    },
    {
      id: 'deception.before_after',
      item: '5',
      guidelinePage: '시행령 별표 1 제5호',
      pattern:
        /(?:섭취|복용|다이어트|감량|사용|먹기)\s*(?:전|前)\s*[·/,&과와-]?\s*(?:후|後)(?:\s*(?:비교|사진|인증|차이|변화|몸매|모습))?|(?:비포|before)\s*[·/,&앤-]?\s*(?:애프터|after)|전후\s*(?:비교|사진|인증|변화)|\d{1,8}\s*일\s*후의?\s*(?:몸매|변화|나를|허리|뱃살)/u,
      exceptions: [
        /(?:리모델링|인테리어|세척|청소|포장)\s*(?:전|비포)[^.!?\n]{0,14}/u,
        /사용\s*전후[^.!?\n]{0,6}(?:냉장|흔들|세척|보관)[^.!?\n]{0,10}/u,
      ],
      explanation: {
        ko: '섭취 전·후 비교 사진이나 표현은 소비자를 기만하는 식품 광고입니다.',
        en: 'Before-and-after comparisons deceive consumers of food.',
      },
      bad: [
        '섭취 전후 사진 공개',
        '비포 애프터가 증명하는 다이어트 효소',
        '4주 전후 비교 인증',
        '14일 후의 허리를 상상하세요',
      ],
      good: [
        '매장 리모델링 비포 애프터',
        '식사 전후 30분에 드시는 간식',
        '사용 전후 냉장 보관하세요',
      ],
    },
    {
      id: 'deception.secret_methods',
      item: '5',
      guidelinePage: '시행령 별표 1 제5호다목',
      pattern:
        /주문\s*(?:이\s*)?(?:쇄도|폭주|폭발)|단체\s*추천|특수\s*(?:제법|공법|제조법|비법)|한방\s*(?:제법|비법|비방|처방|의\s*힘|의\s*효과|다이어트|효능)|(?:궁중|황실|왕실|가문|대대로)[^.!?\n]{0,8}(?:비방|비법의?\s*(?:약|환|효능|보양))|비방(?:으로|의)\s*(?:만든|달인|빚은)/u,
      explanation: {
        ko: '한방·특수제법·주문쇄도·단체추천 등으로 소비자를 현혹하는 표현은 금지됩니다.',
        en: 'Wording that dazzles, such as herbal secret, special process, flood of orders or recommended by groups, is banned.',
      },
      bad: [
        '주문 쇄도! 재입고 문의 폭발',
        '특수공법으로 만든 흑마늘',
        '한방 비법으로 달인 다이어트 환',
        '전국 노인회 단체 추천',
      ],
      good: [
        '단체 주문은 3일 전까지 연락 주세요',
        '할머니의 비법 양념으로 버무린 김치',
        '한 방에 반하는 매운맛',
      ],
    },
    {
      id: 'deception.free_of',
      item: '5',
      severity: 'needs_evidence',
      guidelinePage: '식약처고시 제2025-79호 제2조',
      pattern:
        /(?<![\d가-힣])[2-9삼사오육칠]\s?무(?=\s|[.!,]|$)|무\s*(?:방부제|보존료|색소|타르\s*색소|msg|엠에스지|첨가물|화학\s*첨가물|향료|합성\s*향료|합성\s*착향료|항생제|사카린|합성\s*첨가물|조미료|화학\s*조미료|유화제)|무\s*첨가|(?:방부제|보존료|색소|msg|첨가물|인공\s*향료|합성\s*향료|인공\s*색소|화학\s*조미료|합성\s*조미료|조미료|항생제|유화제|인공\s*감미료|합성\s*감미료|감미료|인산염|아질산\s*나트륨|착색료|발색제|산화\s*방지제)(?:을|를|가|은|는|이|도)?\s*(?:일절|전혀|하나도|1도|단\s*1%도|조금도)?\s*(?:無|무첨가|없는|없이|없어|넣지\s*않|안\s*넣|사용하지\s*않|쓰지\s*않|안\s*쓴|제로|zero|free|프리|0\s*%|빼고|뺀|뺐|들어\s*있지\s*않)|(?:첨가물|msg)\s*(?:zero|제로|프리|free)/u,
      exceptions: [/(?:설탕|당류?|소금|나트륨)\s*(?:무첨가|을?\s*넣지\s*않)[^.!?\n]{0,6}/u],
      evidenceThatAllows: {
        description: {
          ko: '그 첨가물이 해당 식품에 사용 가능한데도 쓰지 않았다는 원재료 명세와 시험성적서',
          en: 'The list of ingredients and test reports that show the additive to be permitted in this food and yet unused',
        },
        pattern:
          /(?:불검출|무첨가|미사용|사용하지\s*않|넣지\s*않|not detected)|원재료명[^\n]{0,80}/u,
      },
      explanation: {
        ko: '쓸 수 없는 첨가물의 무첨가 강조는 기만이며, 무첨가 표현에는 근거가 필요합니다.',
        en: 'Stressing the absence of an additive deceives where it is not permitted anyway, and needs proof otherwise.',
      },
      bad: [
        '무방부제 무색소 수제청',
        'MSG 없는 착한 육수',
        '화학조미료를 일절 쓰지 않은 김치',
        '합성향료 ZERO 요거트',
        '무첨가 두부',
      ],
      good: ['설탕 무첨가 사과칩', '원재료: 국산 콩, 정제수, 소금', '무농(茂農) 마을에서 온 쌀'],
    },
    {
      id: 'deception.environmental_hormones',
      item: '5',
      guidelinePage: '식약처고시 제2025-79호 제2조',
      pattern:
        /환경\s*호르몬(?:이|을|은|의|도)?\s*(?:걱정\s*)?(?:없|제로|zero|프리|free|불검출|안심|0\s*%|미검출|검출되지)|(?:무|無)\s*환경\s*호르몬|(?:프탈레이트|호르몬제|성장\s*호르몬)(?:를|을|가|이)?\s*(?:없|무|제로|쓰지\s*않|맞지\s*않|먹이지\s*않)/u,
      exceptions: [/환경\s*호르몬\s*걱정에[^.!?\n]{0,14}/u],
      explanation: {
        ko: '환경호르몬처럼 범위를 특정할 수 없는 물질이 없다는 표현은 금지됩니다.',
        en: 'Claiming the absence of substances that cannot be delimited, such as environmental hormones, is banned.',
      },
      bad: ['환경호르몬 없는 안심 용기', '환경호르몬 불검출 도시락', '성장호르몬을 쓰지 않은 우유'],
      good: ['환경호르몬 걱정에 유리병을 씁니다', '환경을 생각한 종이 포장'],
    },
    {
      id: 'deception.natural',
      item: '5',
      severity: 'needs_evidence',
      guidelinePage: '식약처고시 제2025-79호 제2조',
      pattern:
        /(?:100\s*%|백\s*퍼센트|순수|오직|올)\s*(?:천연|자연산?|내추럴|네추럴)|천연\s*(?:원료|재료|성분|식품|음료|과즙|조미료|단맛|감미료|비타민|영양|간식|발효|색소|쥬스|주스|벌꿀|꿀|100|제품|소재|그대로)|all\s*natural|올\s*내추럴|내추럴\s*(?:100|푸드|식품)|자연\s*(?:그대로의?\s*(?:성분|원료|영양)|유래\s*100)/u,
      exceptions: [
        /천연\s*(?:기념물|잔디|가죽|가스|염색|광천수|탄산수|향료\s*\()[^.!?\n]{0,10}/u,
        /천연덕[^.!?\n]{0,6}/u,
      ],
      evidenceThatAllows: {
        description: {
          ko: '인공 첨가물이 없고 최소한의 물리적 공정만 거쳤음을 보이는 원재료·공정 자료',
          en: 'Records of ingredients and processing that show no artificial additive and only minimal physical processing',
        },
        pattern:
          /(?:천연|자연|인공\s*첨가물|합성|원재료|공정)[^\n]{0,60}(?:시험|성적서|인증|조사|설문|보고서|번호|증서|심의|심사|확인|측정|논문|등록|신고|통계|집계|출처|자료|데이터|기관|연구|기준|결과|report|study|survey|test|source|data)|(?:시험|성적서|인증|조사|설문|보고서|번호|증서|심의|심사|확인|측정|논문|등록|신고|통계|집계|출처|자료|데이터|기관|연구|기준|결과|report|study|survey|test|source|data)[^\n]{0,60}(?:천연|자연|인공\s*첨가물|합성)|certificate[^\n]{0,20}natural/u,
      },
      explanation: {
        ko: "식품의 '천연·자연' 표현은 합성 성분이 없고 최소 가공한 경우에만 쓸 수 있습니다.",
        en: 'Natural may be said of food only where nothing synthetic is in it and processing is minimal.',
      },
      bad: [
        '100% 천연 벌꿀',
        '천연 조미료로 맛을 냈어요',
        '순수 자연산 원료만 담았습니다',
        '올 내추럴 그래놀라',
      ],
      good: ['천연기념물 진도개가 사는 섬의 김', '아이의 천연덕스러운 표정', '천연 탄산수 광천'],
    },
    {
      id: 'deception.organic',
      item: '5',
      law: 'eco_agriculture_act',
      article: '23(4)',
      severity: 'needs_evidence',
      guidelinePage: null,
      pattern:
        /유기농|유기\s*(?:가공|재배|축산|농산물|인증)|오가닉|organic|무농약|무항생제|친환경\s*(?:농산물|재배|인증|쌀|채소|과일)/u,
      evidenceThatAllows: {
        description: {
          ko: '친환경농어업법에 따른 유기·무농약·무항생제 인증(인증번호)',
          en: 'Certification as organic, pesticide-free or antibiotic-free, with its number',
        },
        pattern:
          /(?:유기|무농약|무항생제|친환경|organic)[^.\n]{0,24}(?:인증(?:\s*번호|서|을|받|\s*제)|certif)|certified organic/u,
      },
      explanation: {
        ko: '유기농·무농약 등은 인증받은 제품에만 표시·광고할 수 있습니다.',
        en: 'Organic or pesticide-free may be said only of certified products.',
      },
      bad: ['유기농 사과로 짠 주스', '오가닉 이유식', '무농약 쌈채소', '친환경 쌀로 지은 밥'],
      good: ['유기 그릇에 담은 한 상', '유기적인 팀워크로 만든 케이크'],
    },
    {
      id: 'deception.pesticide_zero',
      item: '5',
      severity: 'needs_evidence',
      guidelinePage: null,
      pattern:
        /농약\s*(?:한\s*방울|한\s*번|1)?\s*(?:도|을|를)?\s*(?:없이|안\s*치|치지\s*않|쓰지\s*않|주지\s*않)|(?:잔류\s*농약|농약|중금속|방사능|세균|대장균|이물질)(?:이|을|은|도)?\s*(?:0\s*%|제로|zero|없는|없이|완전히?\s*제거|100\s*%\s*제거|불검출|걱정\s*(?:없|끝|제로))|(?:무|無)\s*방사능/u,
      evidenceThatAllows: {
        description: {
          ko: '공인 기관의 불검출 시험성적서',
          en: 'An accredited laboratory report of non-detection',
        },
        pattern:
          /(?:불검출|미검출)[^.\n]{0,30}(?:성적서|시험|검사)|(?:성적서|시험|검사)[^.\n]{0,30}(?:불검출|미검출)|not detected/u,
      },
      explanation: {
        ko: '농약·중금속 등이 전혀 없다는 표현은 시험성적서가 있어야 합니다.',
        en: 'Saying that no pesticide or heavy metal is in it needs a laboratory report.',
      },
      bad: ['잔류농약 제로 딸기', '중금속 걱정 없는 해조류', '방사능 불검출 수산물'],
      good: ['세균성 식중독 예방을 위해 냉장 보관하세요', '농약 사용 기준을 지켜 재배합니다'],
    },
    {
      id: 'deception.hangover',
      productTypes: ['food'],
      item: '3',
      severity: 'needs_evidence',
      effectiveFrom: '2025-01-01',
      guidelinePage: '식약처고시 제2024-62호',
      pattern:
        /숙취(?:를|가|엔|에|도|는)?\s*[^.!?\n]{0,6}?(?:해소|제거|끝|싹|날려|날리|타파|개선|깨|안녕|빠른|좋은|탈출|사라|회복|no|제로|없)|술\s*(?:깨는|깨|이\s*깨|먹은\s*다음\s*날|마신\s*다음\s*날|독\s*(?:해독|풀))|해장(?:용)?\s*(?:효과|음료|드링크|젤리|환)|알코올\s*(?:분해|해독)|아세트알데히드/u,
      evidenceThatAllows: {
        description: {
          ko: '숙취해소 인체적용시험 결과와 한국식품산업협회 자율심의',
          en: 'A human study of hangover relief and the review of the Korea Food Industry Association',
        },
        pattern:
          /숙취[^.\n]{0,40}(?:인체\s*적용\s*시험|심의|실증)|(?:인체\s*적용\s*시험|자율\s*심의)[^.\n]{0,40}숙취|hangover[^.\n]{0,40}(?:human|clinical) (?:study|trial)/u,
      },
      explanation: {
        ko: '숙취해소 표현은 2025년부터 인체적용시험 자료와 자율심의가 있어야 합니다.',
        en: 'Since 2025, hangover relief may be claimed only with a human study and a review.',
      },
      bad: [
        '숙취해소엔 역시 헛개',
        '술 깨는 젤리 한 포',
        '숙취를 싹 날려주는 콩나물 진액',
        '알코올 분해를 도와요',
      ],
      good: ['속 든든한 해장국 한 그릇', '숙취가 있는 날에는 운전하지 마세요'],
    },
  ],
)
