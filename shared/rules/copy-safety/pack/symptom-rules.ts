import { namedPurpose } from './ailments.ts'
import { cautions } from './cautions.ts'
import { approved, covered } from './claims.ts'
import { licence as deviceLicence } from './device-licence.ts'
import { family, type MemberFields } from './family.ts'
import { functionalLabelling } from './food-terms.ts'
import { namedLicence } from './quasi-licence.ts'
import {
  bodyTroubles,
  hurtingJoints,
  microbes,
  patients,
  rises,
  skinTroubles,
  sparedVisits,
  transformed,
} from './symptoms.ts'

/** Hot food, weather and talk in which the same words complain of nothing. */
const innocent: readonly RegExp[] = [
  ...cautions,
  /[^.!?\n]{0,20}(?:매[운워콤]|맵|불닭|겨자|와사비|고추)[^.!?\n]{0,24}/u,
  /기침\s?소리[^.!?\n]{0,16}|(?:감기|건강|몸살)[^.!?\n]{0,6}조심[^.!?\n]{0,6}/u,
  /도움을?\s?줄\s?수\s?있[^.!?\n]{0,6}|[^.!?\n]{0,80}도움을?\s?줄\s?수\s?있/u,
  /(?:목|어깨|허리)[^.!?\n]{0,4}(?:끈|벨트|베개|쿠션)/u,
]

const both = `${bodyTroubles}|${skinTroubles}`

const named: MemberFields = {
  id: 'named',
  pattern: new RegExp(both, 'u'),
  bad: [
    '칼칼한 목, 가래가 녹아요',
    '화끈거리고 잠 못 드는 언니들의 구원투수',
    '입덧하는 분께 한 잔',
  ],
  good: ['가래떡 구이 세트', '기침 소리도 반가운 손주 간식', '감기 조심하세요'],
}
const joints: MemberFields = {
  id: 'joints',
  pattern: new RegExp(`${hurtingJoints}|${rises}`, 'u'),
  bad: ['뻣뻣한 무릎이 부드러워져요', '누워 지내던 분도 걷습니다'],
  good: ['무릎 위에 올려 두고 먹는 도시락', '무릎 통증이 있으면 의사와 상담하세요'],
}
const spared: MemberFields = {
  id: 'spared',
  pattern: new RegExp(sparedVisits, 'u'),
  bad: ['병원 안 가고 집에서', '모발 이식 말고 이것', '항생제보다 이거'],
  good: ['병원 앞 정류장에서 만나요', '치과에 안 가도 되는 제품이 아닙니다'],
}
const expert: MemberFields = {
  id: 'patients',
  pattern: new RegExp(patients, 'u'),
  bad: ['교수님이 환자에게 권한 버섯', '의사가 가족에게 먹이는 것', '한의사인 제가 매일 마시는'],
  good: ['의사와 상의하세요', '환자분들께 감사 편지를 받았다'],
}

const changed: MemberFields = {
  id: 'transformed',
  pattern: new RegExp(transformed, 'u'),
  bad: ['번지던 불빛이 선명해집니다', '빵빵하던 배가 쏙 들어가요'],
  good: ['채소를 싫어하던 아이도 잘 먹어요', '할머니가 끓여 주시던 맛'],
}

const everything = [named, joints, spared, expert, changed]

/** Complaints that are only named: in an advertisement for goods that may not treat them that says what the goods are for. */
export const symptomRules = [
  ...family(
    {
      id: 'food.symptoms',
      productTypes: ['food', 'health_functional_food'],
      law: 'food_labelling_act',
      article: '8(1)',
      item: '1',
      severity: 'block',
      guidelinePage: '시행령 별표 1 제1호',
      exceptions: [...innocent, ...functionalLabelling],
      explanation: {
        ko: '식품 광고에서 증상이나 질병을 들어 그에 좋다고 알게 하는 표현입니다.',
        en: 'It names a symptom or disease so that the food seems good for it.',
      },
    },
    everything,
  ),
  ...family(
    {
      id: 'cosmetics.symptoms',
      productTypes: ['cosmetics'],
      law: 'cosmetics_act',
      article: '13(1)',
      item: '1',
      severity: 'block',
      guidelinePage: '안내서-0086-07 p. 9',
      exceptions: [
        ...innocent,
        approved('탈모|여드름성?|가려움|건조'),
        covered('홍조|여드름|흉터|정수리'),
        /(?<![가-힣])(?:붓기|부기)|부종|탈모|노안/u,
      ],
      explanation: {
        ko: '화장품 광고에서 증상이나 질병을 들어 의약품처럼 알게 하는 표현입니다.',
        en: 'It names a symptom or disease so that the cosmetic seems to be a medicine.',
      },
    },
    [
      { ...named, bad: ['각화증 로션', '대머리 탈출', '사타구니 곰팡이균 비누'] },
      joints,
      spared,
      expert,
      {
        id: 'germs',
        pattern: new RegExp(microbes, 'u'),
        bad: ['대장균·황색포도상구균 99.9% 싹'],
        good: ['균형 잡힌 향'],
      },
    ],
  ),
  ...family(
    {
      id: 'quasi-drug.symptoms',
      productTypes: ['quasi_drug'],
      law: 'pharmaceutical_act',
      article: '68(1)',
      severity: 'block',
      exceptions: [
        ...innocent,
        namedLicence,
        /치주염|치은염|풍치|구취\s?제거|탈모|땀띠|다한증|암내|액취증|물집|짓무[르른름]|염증/u,
      ],
      explanation: {
        ko: '허가받은 효능·효과를 넘어 증상이나 질병에 좋다고 알게 하는 표현입니다.',
        en: 'It names a symptom or disease beyond the licensed effect.',
      },
    },
    everything,
  ),
  ...family(
    {
      id: 'medical-device.symptoms',
      productTypes: ['medical_device'],
      law: 'medical_devices_act',
      article: '24(2)',
      item: '5',
      severity: 'needs_evidence',
      exceptions: [...innocent, namedPurpose],
      evidenceThatAllows: deviceLicence(both),
      explanation: {
        ko: '허가·인증·신고한 사용목적에 있어야 하는 증상이나 질병을 든 표현입니다.',
        en: 'It names a symptom or disease that the licensed purpose has to hold.',
      },
    },
    everything,
  ),
  ...family(
    {
      id: 'regulated.rivals',
      productTypes: ['food', 'health_functional_food', 'cosmetics', 'quasi_drug', 'medical_device'],
      law: 'fair_labelling_act',
      article: '3(1)',
      item: '4',
      severity: 'block',
      guidelinePage: null,
      explanation: {
        ko: '다른 업체나 그 제품을 객관적 근거 없이 나쁘다고 하는 비방 표현입니다.',
        en: 'It runs down other makers or their goods without objective grounds.',
      },
    },
    [
      {
        id: 'abused',
        pattern:
          /(?:타사|타\s?제품|다른\s?(?:집|가게|회사|브랜드|제품|데)|옆\s?(?:집|가게)|시중|경쟁사|남의\s?(?:집|제품)|[a-z○]{1,3}\s?(?:사|표|브랜드|김치|제품))[가-힣]{0,3}\s?[^.!?\n]{0,18}(?:범벅|덩어리|쓰레기|가짜|썩[은었]|곰팡|짝퉁|엉터리|사기(?:꾼|치|[다입])|속[이였임]|싸구려|물\s?탄|눈속임|맹물|독극물|벌레|구더기|쉰내|불량)/u,
        exceptions: [/vita[^.!?\n]{0,4}/u],
        bad: ['타사 크림은 방부제 범벅', '옆 가게 B김치는 썩은 배추로 담근다죠'],
        good: ['옆 가게에도 같은 제품이 있어요', '시중에 나온 지 삼 년 된 제품'],
      },
    ],
  ),
]
