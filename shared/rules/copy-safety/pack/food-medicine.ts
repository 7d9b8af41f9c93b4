import { family } from './family.ts'
import { illnessCautions } from './food-terms.ts'

/** Art. 8(1) no. 2: food that looks like a medicine (Decree, annex 1 no. 2), and foods with rules of their own. */
export const foodMedicineRules = family(
  {
    id: 'food',
    productTypes: ['food', 'health_functional_food'],
    law: 'food_labelling_act',
    article: '8(1)',
    item: '2',
    severity: 'block',
    guidelinePage: '시행령 별표 1 제2호',
  },
  [
    {
      id: 'medicine.prescription_names',
      pattern:
        /공진\s*(?:단|환|탕|원)|경옥\s*(?:고|환|정)|총명\s*(?:탕|환|차)|쌍화\s*탕|십전\s*대보\s*탕|우황\s*청심\s*(?:원|환)|사물\s*탕|팔물\s*탕|녹용\s*대보\s*탕|육미\s*지황\s*(?:탕|환|원)|보중\s*익기\s*탕|갈근\s*탕|소청룡\s*탕|사군자\s*탕|귀비\s*탕|익수\s*영진\s*고|연령\s*고본단/u,
      explanation: {
        ko: '한약 처방명이나 그와 비슷한 명칭은 식품에 쓸 수 없습니다(별표 1 제2호가목).',
        en: 'Names of herbal prescriptions, or names like them, may not be used for food.',
      },
      bad: [
        '명절 선물로 공진단',
        '전통 방식 그대로 달인 경옥고',
        '수험생을 위한 총명탕',
        '십전대보탕 한 포로 든든하게',
      ],
      good: ['대추와 계피를 넣은 쌍화차', '총명한 우리 아이의 도시락'],
    },
    {
      id: 'medicine.drug_like_names',
      pattern:
        /(?:천연|먹는|마시는|자연의?|식물성|바르는|식품계의?|밥상\s*위의?)\s*(?:비아그라|인슐린|위고비|오젬픽|마운자로|삭센다|보톡스|항생제|소화제|진통제|해열제|수면제|변비약|감기약|혈압약|당뇨약|관절약|다이어트\s*약|치료제|백신|우황|링거|수액|스테로이드|호르몬제)|(?:링거|수액)\s*(?:처럼|만큼|맞은)\s*[^.!?\n]{0,8}(?:효과|회복|음료|드링크|젤리)/u,
      explanation: {
        ko: '의약품의 이름을 빌려 의약품으로 인식하게 하는 표현입니다.',
        en: 'Borrows the name of a medicine and makes the food look like one.',
      },
      bad: [
        '천연 비아그라, 야관문',
        '먹는 위고비 다이어트 젤리',
        '마시는 링거 이온음료',
        '천연 항생제 프로폴리스',
      ],
      good: [
        '보톡스 시술 후 식사 안내',
        '소화제가 필요 없을 만큼 가벼운 한 끼는 아니지만 담백합니다',
      ],
    },
    {
      id: 'medicine.replaces_medicine',
      pattern:
        /(?:(?<![가-힣])약|주사|인슐린|혈압약|당뇨약|진통제|감기약|변비약|병원\s*약|수술)(?:을|를|도|은|이)?\s*(?:대신(?:에|할|하는|하여|해)?|끊(?:으|고|었|게|을|어)|필요\s*없|안\s*먹(?:어|고|게)|줄(?:였|이|일)|(?:보다|만큼)\s*(?:낫|좋|효과|강|빠르|확실))|(?:약|수술|주사)\s*없이[^.!?\n]{0,14}?(?:낫|치료|해결|개선|고치|회복|잡|빠|조절|이겨|건강해)|약이\s*되는\s*(?:음식|밥상|식품|차|물)|약보다\s*(?:좋은|나은|먼저|강한)/u,
      exceptions: [
        ...illnessCautions,
        /약을?\s*대신(?:할|하는|하여|해서는|해선|하지|합니다)?\s*(?:수|제품|용도|것)?\s*(?:는|은|이|가)?\s*(?:없|않|아닙|안\s*됩)[^.!?\n]{0,6}/u,
      ],
      explanation: {
        ko: '의약품을 대체할 수 있다는 내용은 금지됩니다(별표 1 제2호다목).',
        en: 'Saying that a food can take the place of a medicine is banned.',
      },
      bad: [
        '혈압약 끊게 해준 양파즙',
        '약 대신 드세요',
        '수술 없이 해결하는 관절즙',
        '약보다 좋은 흑염소 진액',
      ],
      good: [
        '본 제품은 약을 대신할 수 없습니다',
        '예약 대신 선착순으로 운영합니다',
        '계약 없이도 이용하는 정기 배송',
      ],
    },
    {
      id: 'medicine.enhances_treatment',
      pattern:
        /(?:약|의약품|항암제|항암\s*치료|치료제?|치료)(?:의|과|와|을|를)?\s*(?:효과|효능|약효|흡수)(?:를|을|가|이)?\s*(?:높|증대|극대|배가|올려|올리|두\s*배|up|끌어)|약효를?\s*(?:두\s*배|높|배가|증대|올려|살려)|(?:항암|병원|약물|방사선)\s*(?:치료)?(?:와|과|랑)\s*(?:병행|함께|같이)[^.!?\n]{0,12}(?:효과|추천|좋|회복|배)/u,
      exceptions: illnessCautions,
      explanation: {
        ko: '의약품의 효능이나 질병 치료의 효과를 높인다는 내용은 금지됩니다(별표 1 제2호라목).',
        en: 'Saying that a food raises the effect of a medicine or treatment is banned.',
      },
      bad: [
        '항암 치료 효과를 높여주는 상황버섯',
        '약효를 두 배로 올려주는 꿀차',
        '병원 치료와 병행하면 효과가 배가됩니다',
      ],
      good: ['약과 함께 드실 때는 약사와 상담하세요', '유과와 약과를 함께 담은 선물 세트'],
    },
    {
      id: 'medicine.prescribed_dosed',
      pattern:
        /(?:한의사|의사|한의원|약사|한방|명의|허준|동의보감)[^.!?\n]{0,8}처방(?:한|된|으로|대로|전|을|의)?|처방전?\s*없이[^.!?\n]{0,12}(?:구매|구입|먹|살|약|효과)|(?:제품|한\s*포|하루|매일|식후|꾸준히|1일)[^.!?\n]{0,10}(?:복용|투여|투약)(?:하세요|하시|하면|해\s*보|량|법|만)|의약품\s*(?:급|수준|등급|동급|제조|원료|과\s*동일)|제약\s*(?:급|등급|수준)|약국\s*(?:전용|에서만)|병원\s*(?:전용|에서만|납품용)/u,
      exceptions: [...illnessCautions, /의약품\s*수준의?\s*(?:위생|gmp)[^.!?\n]{0,8}/u],
      explanation: {
        ko: '처방·복용·의약품급 같은 표현은 식품을 의약품으로 인식하게 합니다.',
        en: 'Prescribed, dosed, of medicinal grade: such words make a food look like a medicine.',
      },
      bad: [
        '한의사가 처방한 비법 환',
        '하루 두 번 식후 복용하세요',
        '의약품급 원료로 만든 젤리',
        '처방전 없이 구매 가능한 다이어트 알약',
      ],
      good: [
        '마음 처방전 같은 달콤함',
        '의약품을 복용 중인 분은 의사와 상담하세요',
        '하루 한 포 섭취하세요',
      ],
    },
    {
      id: 'medicine.efficacy_words',
      pattern:
        /(?:약리|약용)\s*(?:작용|효과|효능)|약효(?:가|를|는)?\s*(?:뛰어|좋|탁월|있|그대로|입증|강)|임상\s*효능|신약|명약|특효약|영약|불로초|만능\s*약|보약(?:\s*한\s*첩|보다|이|같은|입니다)?|효능\s*·?\s*효과|효험/u,
      exceptions: [
        /밥이\s*보약[^.!?\n]{0,10}/u,
        /잠이\s*보약[^.!?\n]{0,10}/u,
        /(?<=[가-힣])보약속[^.!?\n]{0,6}/u,
      ],
      explanation: {
        ko: '약효·명약·보약 같은 말은 식품을 의약품으로 인식하게 합니다.',
        en: 'Words such as medicinal power or wonder drug make a food look like a medicine.',
      },
      bad: [
        '약효가 뛰어난 산양삼',
        '조상 대대로 내려온 명약',
        '보약 한 첩보다 나은 사골',
        '신비한 효험의 상황버섯',
      ],
      good: ['밥이 보약이라는 말처럼 든든한 집밥', '설명 약도는 하단을 참고하세요'],
    },
    {
      id: 'infant_formula.mothers_milk',
      item: '5',
      guidelinePage: '시행령 별표 1 제5호',
      pattern:
        /모유(?:와|과|랑|에|를|보다|처럼|만큼|의)?\s*(?:같은|같아|동일|똑같|가장\s*가까|가까운|흡사|유사|대신|대체|능가|보다\s*(?:좋|우수|나은)|수준|그대로|좋은|우수한|뛰어난)[^.!?\n]{0,10}/u,
      exceptions: [/모유(?:가|는)?[^.!?\n]{0,8}가장\s*(?:좋|이상)[^.!?\n]{0,10}/u],
      explanation: {
        ko: '조제유류를 모유와 같거나 더 낫다고 광고할 수 없습니다.',
        en: 'Infant formula may not be advertised as equal to or better than breast milk.',
      },
      bad: ['모유와 똑같은 분유', '모유를 능가하는 영양', '모유보다 좋은 프리미엄 조제분유'],
      good: ['아기에게는 모유가 가장 좋습니다', '모유 수유실 안내'],
    },
    {
      id: 'alcohol.health',
      productTypes: ['food'],
      law: 'health_promotion_act',
      article: '8-2(2)',
      item: null,
      guidelinePage: '시행령 별표 1',
      pattern:
        /(?:소주|맥주|와인|막걸리|위스키|사케|전통주|약주|복분자주|(?<![가-힣])술|음주|(?<![가-힣])한\s*잔)[^.!?\n]{0,14}?(?:건강에\s*(?:좋|이로|도움)|혈액\s*순환|피로를?\s*(?:풀|회복)|체력|운동\s*능력|정력|스트레스를?\s*(?:없애|풀어|해소)|숙면|심장에\s*좋|치료|다이어트)|(?:건강에\s*좋은|몸에\s*좋은|몸에\s*이로운)\s*(?:술|와인|막걸리|맥주|소주|전통주)|숙취\s*(?:없는|제로|걱정\s*없는)\s*(?:술|와인|막걸리|맥주|소주|전통주)/u,
      exceptions: [
        /(?:무알코올|무알콜|논알코올|논알콜)[^.!?\n]{0,20}/u,
        /(?:과음|음주)[^.!?\n]{0,8}(?:해롭|해칩|경고)[^.!?\n]{0,8}/u,
      ],
      explanation: {
        ko: '술이 체력·건강·질병 치료에 도움이 된다는 주류 광고는 금지됩니다.',
        en: 'Advertising alcohol as good for fitness, health or treatment is banned.',
      },
      bad: [
        '건강에 좋은 와인 한 잔',
        '피로를 풀어주는 막걸리, 술 한 잔으로 피로를 풀어요',
        '숙취 없는 소주',
        '복분자주로 정력을',
      ],
      good: ['지나친 음주는 건강을 해칩니다', '기술 하나로 피로를 풀어 주는 의자는 아닙니다'],
    },
    {
      id: 'alcohol.minors_pregnancy',
      productTypes: ['food'],
      law: 'health_promotion_act',
      article: '8-2(2)',
      item: null,
      guidelinePage: '시행령 별표 1',
      pattern:
        /(?:임산부|임신부|임신\s*중|청소년|미성년자|수험생|고등학생|중학생|학생)[^.!?\n]{0,14}?(?:소주|맥주|와인|막걸리|위스키|칵테일|하이볼|술)(?:을|도|로|한)?[^.!?\n]{0,10}?(?:마셔|마시|즐|추천|괜찮|좋|한\s*잔)|(?:운전|작업)\s*(?:중|하면서|하며)[^.!?\n]{0,6}(?:맥주|소주|술)\s*한\s*(?:잔|캔)/u,
      exceptions: [
        /(?:무알코올|무알콜|논알코올|논알콜)[^.!?\n]{0,20}/u,
        /[^.!?\n]{0,16}(?:판매\s*금지|구매할\s*수\s*없|마시지|피하|삼가)[^.!?\n]{0,10}/u,
      ],
      explanation: {
        ko: '임산부·청소년의 음주나 운전 중 음주를 묘사하는 주류 광고는 금지됩니다.',
        en: 'Advertising alcohol with minors, pregnant women, or while driving is banned.',
      },
      bad: ['임산부도 괜찮은 와인 한 잔', '수험생이여, 맥주 한 잔 즐기자', '운전하면서 맥주 한 캔'],
      good: [
        '청소년에게는 술을 판매하지 않습니다, 미성년자 구매할 수 없음',
        '임산부도 즐기는 무알코올 칵테일',
      ],
    },
  ],
)
