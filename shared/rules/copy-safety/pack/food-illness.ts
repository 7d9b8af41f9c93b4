import { family } from './family.ts'
import { illnessCautions, illnessNamed, illnessNamedInnocently } from './food-terms.ts'

/** Art. 8(1) no. 1 beyond single diseases: cures, symptoms, patients, figures, and what implies an illness. */
export const foodIllnessRules = family(
  {
    id: 'food',
    productTypes: ['food', 'health_functional_food'],
    law: 'food_labelling_act',
    article: '8(1)',
    item: '1',
    severity: 'block',
    guidelinePage: '시행령 별표 1 제1호',
  },
  [
    {
      id: 'disease.cure_words',
      pattern:
        /완치|만병\s*통치|불치병|난치병|(?:질병|질환|병|성인병|만성\s*질환|생활\s*습관병)(?:을|를|이|의|에)?\s*(?:예방|치료|치유|완화|개선|극복|낫|고치|막아|이[겨기])|병원\s*(?:에\s*)?(?:갈\s*일|안\s*가|안\s*가도|비\s*걱정)|(?:치료|치유)\s*(?:효과|효능|식품|음식|푸드|주스|차(?=[^가-힣]|$))|(?:먹는|마시는|천연|밥상이|음식으로)\s*치료|치료해\s*(?:줍니다|드립니다|주는|줘요)|(?:100|백)\s*(?:%|퍼센트|프로)?\s*치료|자연\s*치유력/u,
      exceptions: [
        ...illnessCautions,
        /만병\s*통치[^.!?\n]{0,10}(?:없|아니|아닙)[^.!?\n]{0,6}/u,
        /질병을?\s*예방하거나\s*치료하지\s*않\S{0,4}/u,
        /(?:완치|치료)(?:자|되신|\s*중인|받)[^.!?\n]{0,10}(?:응원|기원|후원|기부)[^.!?\n]{0,10}/u,
        /(?:물리|심리|미술|음악|언어|작업)\s*치료[^.!?\n]{0,6}/u,
      ],
      explanation: {
        ko: '질병을 예방·치료·완치한다는 표현은 모든 식품 광고에서 금지됩니다.',
        en: 'Words of cure, treatment or prevention of disease are banned in every advertisement for food.',
      },
      bad: [
        '100% 완치! 기적의 버섯',
        '만병통치 산삼배양근',
        '성인병을 예방하는 현미',
        '병원 갈 일 없게 해주는 흑마늘',
        '먹는 치료, 음식으로 치료하세요',
      ],
      good: [
        '물리치료사가 운영하는 카페의 커피',
        '질병의 예방 및 치료를 위한 의약품이 아닙니다',
        '완치를 기원하며 소아암 병동에 기부합니다',
      ],
    },
    {
      id: 'disease.symptoms',
      pattern:
        /(?:통증|염증|부종|수족\s*냉증|냉증|기침|가래|두통|편두통|복통|위통|속\s*쓰림|어지럼증?|현기증|손발\s*저림|수족\s*냉증|인후통|목\s*아픔|가려움증?|경련|붓기|부기)(?:을|를|이|가|에|엔|에는)?\s*[^.!?\n]{0,8}?(?:완화|개선|해소|제거|억제|예방|가라앉|진정|사라|없애|없어|줄[여이어]|잡[아는고]|빼|쏙|뚝|특효|효과|효능|좋은|좋아|낫)|항\s*염(?:증)?\s*(?:작용|효과|효능|식품|식단|성분)?|해열\s*(?:작용|효과|진통)?|진통\s*(?:작용|효과)|소염/u,
      exceptions: [...illnessCautions, /붓기\s*(?:걱정\s*없이\s*드시|없이\s*먹는)[^.!?\n]{0,10}/u],
      explanation: {
        ko: '질병의 징후나 증상(통증·염증·기침 등)에 효과가 있다고 광고할 수 없습니다.',
        en: 'A food may not be advertised as acting upon signs or symptoms such as pain, inflammation or cough.',
      },
      bad: [
        '염증 잡는 강황 라떼',
        '가래와 기침에 좋은 도라지청',
        '두통이 사라지는 국화차',
        '항염 작용이 뛰어난 새싹보리',
        '아침 붓기 쏙 빼는 호박즙',
      ],
      good: [
        '기침 소리도 반가운 손주 간식',
        '복통 증상이 있으면 섭취를 중단하세요',
        '머리가 맑아지는 산책길 옆 카페',
      ],
    },
    {
      id: 'disease.patients',
      pattern:
        /(?:당뇨|고혈압|암|신장\s*질환|투석|치매|아토피|변비|통풍|관절염|고지혈증|간\s*질환|갑상선)\s*(?:환자|환우|있는|앓는|이신|인)\s*(?:분|사람|들|께|에게|용|을\s*위한|도|추천|식)[^.!?\n]{0,14}?(?:추천|좋은|좋아|적합|안심|걱정|식단|간식|쌀|밥|음료|주스|도시락|드세요|마음껏)|(?:항암|암)\s*(?:투병|치료)\s*(?:중|후|식단|식)|(?:당뇨|혈압|고혈압|암|투석)\s*(?:환자용?|인을\s*위한)\s*(?:식품|식단|간식|음료|주스|쌀|빵|과자|젤리)|당뇨\s*(?:식단|간식|빵|쌀|걱정)/u,
      exceptions: illnessCautions,
      explanation: {
        ko: '특정 질환의 환자에게 좋다고 하는 광고는 질병과의 연관을 암시합니다(환자용식품은 품목 신고가 필요).',
        en: 'Recommending a food to patients of an illness implies an effect on it (a food for special medical use has to be reported as one).',
      },
      evidenceThatAllows: {
        description: {
          ko: '특수의료용도식품(환자용식품)으로 품목제조보고를 한 사실',
          en: 'A manufacturing report of the product as a food for special medical use',
        },
        pattern:
          /특수\s*의료\s*용도\s*식품|환자용\s*식품[^.\n]{0,20}(?:신고|보고)|food for special medical/u,
      },
      bad: [
        '당뇨 환자도 마음껏 드세요',
        '고혈압 환자에게 추천하는 저염 도시락',
        '항암 치료 중 드시면 좋은 죽',
        '투석 환자용 간식',
      ],
      good: ['당뇨 환자는 섭취 전 의사와 상담하세요', '환자복을 만드는 회사가 아닙니다'],
    },
    {
      id: 'disease.implied',
      guidelinePage: '시행령 별표 1 제1호라목',
      pattern: illnessNamed,
      exceptions: illnessNamedInnocently,
      explanation: {
        ko: '식품 광고에서 질병을 언급하는 것만으로도 질병과의 연관성을 암시합니다.',
        en: 'Naming an illness in an advertisement for food implies a connection with it.',
      },
      bad: [
        '비염 때문에 고생하던 아이, 이 차 덕분에 살았어요',
        '암세포가 싫어하는 브로콜리',
        '치매가 걱정이라면 호두',
        '고혈압 있는 분들이 찾는 양파즙',
      ],
      good: [
        '당뇨가 있으신 분은 당류 함량을 확인하세요',
        '치매 환우를 위한 기부 캠페인',
        '질병의 예방 및 치료를 위한 의약품이 아닙니다',
        '지은이 이명희의 밥상',
      ],
    },
    {
      id: 'disease.measured_values',
      pattern:
        /(?:혈당|혈압|당화\s*혈색소|콜레스테롤|간\s*수치|요산|중성\s*지방)[^.!?\n]{0,14}?\d{1,3}(?:\.\d)?[^.!?\n\d]{0,10}?(?:에서|→|->|까지|으로|로|대로|이\s*됐|됐|내려|떨어)/u,
      exceptions: illnessCautions,
      explanation: {
        ko: '혈당·혈압 수치가 내려갔다는 내용은 질병 치료 효과를 표방합니다.',
        en: 'Figures of blood sugar or pressure that fell claim a treatment.',
      },
      bad: [
        '혈당이 200에서 110으로',
        '한 달 만에 혈압 160 → 120',
        '당화혈색소 8.1에서 6.2로 내려갔어요',
      ],
      good: ['혈당측정기 100개 한정 판매', '콜레스테롤 0mg, 우리 집 두부'],
    },
    {
      id: 'disease.special_medical',
      pattern:
        /(?:특수\s*의료\s*용도\s*식품|환자식|환자용\s*식품|병원식|메디\s*푸드|메디컬\s*푸드)(?:으로|이|은|는|을|를)?[^.!?\n]{0,14}?(?:치료|완치|낫|고치|예방|회복\s*기간|수치)/u,
      exceptions: illnessCautions,
      explanation: {
        ko: '특수의료용도식품도 영양 공급을 위한 식품이며 치료 효과를 광고할 수 없습니다.',
        en: 'A food for special medical use feeds a patient; it may not claim to treat.',
      },
      bad: [
        '환자용식품으로 병을 치료하세요',
        '메디푸드로 당뇨 수치까지 치료',
        '특수의료용도식품이 암을 낫게 합니다',
      ],
      good: ['특수의료용도식품은 의사와 상담 후 드세요', '병원식처럼 담백한 한 끼'],
    },
  ],
)
