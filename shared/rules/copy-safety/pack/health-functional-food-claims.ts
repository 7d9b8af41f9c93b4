import { family } from './family.ts'

/** What a health-functional food may not say beside its recognised function, and what passes for one. */
export const healthFunctionalClaimRules = family(
  {
    id: 'health_functional_food',
    productTypes: ['health_functional_food'],
    law: 'food_labelling_act',
    article: '8(1)',
    item: '4',
    severity: 'block',
    guidelinePage: '시행령 별표 1 제4호',
  },
  [
    {
      id: 'certain_effect',
      pattern:
        /\d0\s*대\s*(?:의\s*)?(?:피부|몸|체력|눈|관절|혈관|활력)(?:으)?로\s*(?:돌아|되돌|회복)|(?:확실(?:한|하게|히)|강력(?:한|하게)|즉각(?:적인)?|탁월한|놀라운|폭발적인?|드라마틱한|뛰어난|압도적인?|100\s*%)\s*(?:기능성\s*)?(?:효과|효능|개선|변화)|효과(?:가|는|를)?\s*(?:확실|보장|100|즉시|바로|직빵|빵빵|미쳤|폭발|끝내)|(?:먹자마자|드시자마자|먹는\s*즉시|하루\s*만에|3일\s*만에|일주일\s*만에|(?:\d{1,8}|단)\s*(?:일|주)\s*(?:만|안)에)\s*[^.!?\n]{0,10}?(?:효과|개선|변화|달라|느껴|좋아)/u,
      explanation: {
        ko: '건강기능식품은 인정된 기능성을 넘어 확실하거나 즉각적인 효과를 단정할 수 없습니다.',
        en: 'A health-functional food may not promise a certain or immediate effect beyond the recognised function.',
      },
      bad: [
        '효과 확실한 루테인',
        '3일 만에 달라지는 유산균',
        '놀라운 개선을 경험하세요, 놀라운 효과',
        '드시자마자 느껴지는 변화',
      ],
      good: ['하루 한 정, 물과 함께 섭취하세요', '섭취 효과에는 개인차가 있을 수 있습니다'],
    },
    {
      id: 'exceeds_helps',
      item: '9',
      guidelinePage: '법 제10조 자율심의',
      severity: 'needs_evidence',
      pattern:
        /(?:흡수율|생체\s*이용률|체내\s*흡수)(?:이|을|가)?\s*[^.!?\n]{0,10}?(?:\d|높|최고|극대|뛰어|배)|(?:국내|업계|세계)?\s*최[대고]\s*함량|(?:초고함량|메가도스)|고함량\s*[^.!?\n]{0,8}(?:효과|승부|1위|최대)|(?:일일|1일)?\s*권장량의?\s*\d[\d,]{0,12}\s*(?:배|%)/u,
      evidenceThatAllows: {
        description: {
          ko: '함량·흡수율을 보이는 시험성적서와 심의받은 광고 문안',
          en: 'Test reports of content or absorption, and reviewed wording',
        },
        pattern:
          /(?:함량|흡수율|생체\s*이용률|기준치)[^.\n]{0,40}(?:시험|성적서|심의|분석)|(?:시험|성적서|심의|분석)[^.\n]{0,40}(?:함량|흡수율|기준치)|(?:absorption|content)[^.\n]{0,30}(?:test|study)/u,
      },
      explanation: {
        ko: '함량·흡수율을 내세우려면 근거와 심의가 있어야 합니다.',
        en: 'Figures of content or absorption need grounds and a review.',
      },
      bad: [
        '흡수율 3배 높은 마그네슘',
        '국내 최대 함량 비타민C',
        '초고함량 밀크씨슬',
        '1일 권장량의 1,000% 비타민',
      ],
      good: ['비타민C 100mg 함유', '1일 1정을 섭취하세요'],
    },
    {
      id: 'pregnancy_children',
      item: '5',
      guidelinePage: '시행령 별표 1 제5호',
      severity: 'needs_evidence',
      pattern:
        /(?:임산부|임신부|수유부|신생아|영유아|영아|아기|어린이|아이|태아)(?:도|에게|를\s*위한|가|의)?\s*[^.!?\n]{0,10}?(?:안심하고|안전하게|필수|꼭|무조건)\s*[^.!?\n]{0,8}?(?:섭취|먹|드|챙겨|영양제|유산균|비타민)/u,
      evidenceThatAllows: {
        description: {
          ko: '해당 섭취 대상에 대한 인정 내용(섭취 대상·일일섭취량)',
          en: 'A recognition that covers those consumers (target group and daily intake)',
        },
        pattern:
          /(?:섭취\s*대상|임산부|영유아|어린이)[^.\n]{0,40}(?:인정|신고|심의|일일\s*섭취량)/u,
      },
      explanation: {
        ko: '임산부·영유아 등에게 안전·필수라고 하려면 인정된 섭취 대상이어야 합니다.',
        en: 'Safe or essential for pregnant women or infants: only where they are a recognised target group.',
      },
      bad: [
        '임산부도 안심하고 드세요',
        '영유아 필수 유산균',
        '아이에게 꼭 챙겨 먹이세요, 어린이 필수 비타민',
      ],
      good: [
        '임산부·수유부는 섭취 전 전문가와 상담하세요',
        '어린이 손이 닿지 않는 곳에 보관하세요',
      ],
    },
    {
      id: 'unrecognised_kind',
      productTypes: ['food'],
      item: '3',
      guidelinePage: '시행령 별표 1 제3호',
      pattern:
        /건강\s*(?:보조|기능|기능성)\s*식품(?:급|처럼|만큼|보다|\s*(?:못지|뺨치|버금)|과\s*(?:같은|동일)|수준|입니다|으로\s*(?:드|챙|사랑)|이에요|예요|의\s*(?:효과|힘)|$|[!,])|건기식(?:급|처럼|보다|만큼|입니다|이에요)?|기능성\s*(?:식품|간식|음료|빵|쌀|계란|달걀|우유|커피|젤리)|(?:영양제|보충제)(?:처럼|만큼|보다|급|가\s*필요\s*없|\s*대신)|약용\s*식품/u,
      exceptions: [
        /건강\s*기능\s*식품이?\s*아[닙니][^.!?\n]{0,8}/u,
        /기능성\s*(?:표시|원료)\s*식품?[^.!?\n]{0,14}(?:심의|건강기능식품이\s*아)[^.!?\n]{0,8}/u,
      ],
      explanation: {
        ko: '일반식품을 건강기능식품·영양제인 것처럼 광고할 수 없습니다.',
        en: 'An ordinary food may not be advertised as a health-functional food or a supplement.',
      },
      bad: [
        '건강기능식품급 요거트',
        '영양제가 필요 없는 한 끼',
        '기능성 계란',
        '건기식보다 나은 흑마늘즙',
      ],
      good: ['이 제품은 건강기능식품이 아닙니다', '건강한 식품을 고르는 즐거움'],
    },
    {
      id: 'disclaimed_review',
      item: '9',
      guidelinePage: '법 제10조 자율심의',
      severity: 'needs_evidence',
      pattern:
        /(?:광고\s*)?심의\s*(?:필|완료|통과|받은|승인|합격)|(?:한국건강기능식품협회|자율\s*심의\s*기구)[^.!?\n]{0,10}(?:승인|심의|인증|통과)/u,
      exceptions: [
        /건강\s*기능\s*식품\s*(?:광고\s*)?자율\s*심의\s*필/u,
        /[^.!?\n]{0,10}심의\s*필[^.!?\n]{0,4}(?:제\s?)?\d[^.!?\n]{0,24}/u,
        /[^.!?\n]{0,40}심의(?:를|필)?\s*(?:받(?:은|았))?[^.!?\n]{0,20}심의\s*번호[^.!?\n]{0,30}/u,
      ],
      evidenceThatAllows: {
        description: {
          ko: '실제 자율심의 결과와 심의번호',
          en: 'The result of the review and its number',
        },
        pattern: /심의\s*(?:번호|결과)?\s*[:：]?\s*(?:제?\s*\d{4,}|\d{2}-\d{1,8})|심의\s*번호/u,
      },
      explanation: {
        ko: '심의필 표시는 실제로 심의를 받은 문안에만 쓸 수 있습니다.',
        en: 'Reviewed may be said only of wording that was reviewed.',
      },
      bad: [
        '광고 심의 통과한 안심 문구',
        '한국건강기능식품협회 승인 제품',
        '심의 완료! 믿고 드세요',
      ],
      good: ['심사숙고해 고른 원료', '심의민 작가의 일러스트 패키지'],
    },
    {
      id: 'whole_health',
      item: '4',
      pattern:
        /(?:한\s*(?:알|포|병|정)|이것\s*하나|이거\s*하나)(?:로|면|으로)[^.!?\n]{0,10}?(?:온\s*몸|전신|모든\s*(?:건강|영양|질병|병|고민)|건강\s*(?:끝|완성|해결|걱정)|만사|만능)|(?:온몸|전신|모든\s*(?:질병|증상|신체))[^.!?\n]{0,8}?(?:건강|개선|효과|해결|낫|좋아)|만능\s*(?:영양제|건강식품|식품|주스|효소)|건강\s*걱정(?:은|을|이)?\s*(?:끝|뚝|제로|없)/u,
      productTypes: ['health_functional_food', 'food'],
      explanation: {
        ko: '한 가지로 모든 건강 문제를 해결한다는 광고는 거짓·과장입니다.',
        en: 'One product that settles every question of health is a false claim.',
      },
      bad: [
        '한 알로 온몸 건강 끝',
        '이것 하나면 모든 건강 고민 해결',
        '만능 영양제',
        '건강 걱정 끝! 흑염소 진액',
      ],
      good: ['한 병에 담은 제주의 아침', '온몸으로 느끼는 매운맛'],
    },
    {
      id: 'raw_material_effect',
      item: '5',
      severity: 'needs_evidence',
      productTypes: ['health_functional_food', 'food'],
      guidelinePage: '시행령 별표 1 제5호',
      pattern:
        /(?:논문|연구|학술지|학회|저널|sci급?|임상|인체\s*적용\s*시험|동물\s*실험)(?:에서|으로|를|을|이|결과|에\s*따르면)?\s*[^.!?\n]{0,14}?(?:입증|증명|확인|밝혀|검증|게재|실린|발표|효과)/u,
      evidenceThatAllows: {
        description: {
          ko: '제품 자체에 대한 인체적용시험 결과 또는 인정 기능성의 근거 논문',
          en: 'A human study of this product, or the paper on which the recognised function rests',
        },
        pattern:
          /(?:인체\s*적용\s*시험|논문|연구|임상)[^.\n]{0,50}(?:본\s*제품|자사\s*제품|당사|이\s*제품|제품에\s*대한|기관|대학|저널|\d{4}\s*년|\(\d{4})|(?:human|clinical) (?:study|trial)[^.\n]{0,40}(?:product|\d{4})/u,
      },
      explanation: {
        ko: '원료의 연구 결과를 제품의 효과처럼 쓰려면 제품에 대한 근거가 있어야 합니다.',
        en: 'Research on an ingredient may stand for the product only with evidence on the product.',
      },
      bad: [
        'SCI급 논문으로 입증된 유산균',
        '인체적용시험으로 확인된 변화',
        '해외 연구에서 밝혀진 효능',
        '동물실험 결과 효과 확인',
      ],
      good: ['연구실 같은 인테리어의 카페', '논문 쓰는 밤을 위한 커피'],
    },
  ],
)
