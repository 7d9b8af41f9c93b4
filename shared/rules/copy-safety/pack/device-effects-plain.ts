import { namedPurpose } from './ailments.ts'
import { cautions } from './cautions.ts'
import { licence } from './device-licence.ts'
import { family } from './family.ts'

/** What a device does to a body or how well it measures, in everyday words. */
export const plainDeviceRules = family(
  {
    id: 'medical-device.plain',
    productTypes: ['medical_device'],
    law: 'medical_devices_act',
    article: '24(2)',
    item: '1',
    severity: 'needs_evidence',
    exceptions: [...cautions, namedPurpose],
    explanation: {
      ko: '허가·인증·신고한 성능과 사용목적으로 뒷받침해야 하는 표현입니다.',
      en: 'The licensed performance and purpose have to bear this out.',
    },
  },
  [
    {
      id: 'posture',
      pattern:
        /(?:자세|척추|골반|(?<![가-힣])목|허리|어깨|다리|무릎|손가락|발가락|덧니|치아|치열|턱|안면|굽은\s?등|등)[가이는을를도]{0,2}\s?[^.!?\n]{0,10}(?:바르게|바로\s?[서잡]|곧게|펴[지져졌진]|반듯|가지런|정렬|교정|c자|11자|대칭|꼿꼿|제자리|제\s?위치|맞춰\s?(?:주|요|드|집)|맞춥)|(?:o|오|x)\s?다리|휜\s?다리/u,
      exceptions: [
        /[^.!?\n]{0,20}(?:높이|길이|둘레|크기|치수)[^.!?\n]{0,24}|[^.!?\n]{0,10}(?:펴고|곧게\s?펴|바르게\s?(?:앉|눕|하고))[^.!?\n]{0,20}/u,
      ],
      evidenceThatAllows: licence('교정|자세|척추|치열|관절'),
      bad: ['자세가 바르게 서요', '2개월이면 덧니가 가지런히', 'O다리가 11자로'],
      good: ['등을 곧게 펴고 앉아 측정하세요'],
    },
    {
      id: 'shape',
      exceptions: [/[^.!?\n]{0,20}(?:길이|둘레|크기|치수|받침|부분)[^.!?\n]{0,24}/u],
      pattern:
        /(?:복근|근육|뱃살|군살|힙|체지방|허벅지|종아리|허리둘레|볼살|턱살|이중턱|지방|지방\s?세포|젖양?|모유량)[이가을를은는도]{0,2}\s?[^.!?\n]{0,8}(?:생[기겨긴]|붙|빠|올라|갈라|줄|탄탄|리프팅|당겨|분해|파괴|두\s?배|늘|태[우워]|녹)/u,
      evidenceThatAllows: licence('근육|체지방|리프팅|탄력'),
      bad: ['입고만 있어도 복근이 생기는'],
      good: ['근육에 힘을 빼고 앉으세요'],
    },
    {
      id: 'sleep',
      pattern:
        /\d+\s?분[^.!?\n]{0,8}(?:잠드|잠들|꿀잠|숙면|곯아)|수면\s?(?:유도|개선)|(?:꿀잠|단잠|숙면)(?=[을이에\s!])/u,
      evidenceThatAllows: licence('수면|불면'),
      bad: ['3분이면 잠드는', '특허 수면 유도'],
      good: ['수면 중에는 전원이 꺼집니다'],
    },
    {
      id: 'accuracy',
      pattern:
        /(?:오차|오류|오진|실패|틀린|틀릴|빗나간|고장)[이가은는]?\s?[^.!?\n]{0,8}(?:없[는이다습어]|0(?![.\d])|제로|zero)|한\s?번도\s?(?:안\s)?(?:틀|빗나|실패|고장)|100\s?%\s?(?:일치|정확|동일)|(?:진료실|수술실|병동|대학\s?병원|병원)[^.!?\n]{0,4}에[서]?\s?(?:쓰는|쓰던|있는|사용하는|보던|본)|(?:병원|검사실|치과|의사|전문\s?장비)[^.!?\n]{0,10}(?:그대로|똑같|동일|일치|못지|만큼|보다|수준)/u,
      evidenceThatAllows: licence('정확|오차|성능'),
      bad: ['한 번도 틀린 적 없는 체온계', '병원 검사와 100% 일치'],
      good: ['오차 범위는 ±0.2도입니다', '병원에서 다시 재세요'],
    },
  ],
)
