import { ailments, ailmentsEn, cureVerbs } from './ailments.ts'
import { cautions, stories } from './cautions.ts'
import { either, near } from './claims.ts'
import { licence } from './device-licence.ts'
import { family } from './family.ts'

/** Things of every household, which are sold with the promise of a device. */
const objects =
  '베개|매트리스|매트|이불|방석|의자|팔찌|목걸이|반지|귀걸이|깔창|인솔|양말|스타킹|밴드|벨트|보호대|칫솔|치실|찜질팩|온열팩|이온수기|정수기|생수|알칼리수|스티커|조명|램프|디퓨저|마사지볼|마사지건|폼롤러|세정기|세척기|공산품|pillow|bracelet|insole|mattress|cushion|socks|necklace|sticker'

/** Goods that are no medical devices but look like them, art. 26(7). */
export const mistakenDeviceRules = family(
  {
    id: 'general-goods.medical-device',
    productTypes: ['general'],
    law: 'medical_devices_act',
    article: '26(7)',
    severity: 'block',
    exceptions: [...cautions, ...stories],
    evidenceThatAllows: licence(`${ailments}|혈액\\s?순환|치료|의료기기|medical device`),
    explanation: {
      ko: '의료기기가 아닌 물건을 의료기기와 비슷한 효능·효과가 있는 것으로 잘못 알게 하는 표현입니다.',
      en: 'It makes goods look as if they had the effect of a medical device.',
    },
  },
  [
    {
      id: 'household-object',
      productTypes: ['general', 'medical_device', 'quasi_drug'],
      evidenceThatAllows: null,
      pattern: new RegExp(
        `(?:${objects})[^.!?\\n]{0,30}(?:${ailments})[^.!?\\n]{0,20}?(?:${cureVerbs})|(?:${ailments})[^.!?\\n]{0,20}?(?:${cureVerbs})[^.!?\\n]{0,24}(?:${objects})|공산품[^.!?\\n]{0,24}의료기기`,
        'u',
      ),
      bad: [
        '목디스크와 불면증을 고쳐 주는 경추 베개',
        '족저근막염 치료 깔창',
        '착용만 해도 혈압이 내려가는 게르마늄 팔찌',
        '휜 다리가 펴지는 밴드',
        '공산품이지만 의료기기 효과 그대로',
      ],
      good: [
        '고개를 편하게 받쳐 주는 베개',
        '걷기 편한 깔창',
        '이 베개는 목디스크를 치료하지 않습니다',
      ],
    },
    {
      id: 'ailment-english',
      productTypes: ['general', 'medical_device'],
      evidenceThatAllows: licence(ailmentsEn),
      pattern: new RegExp(
        `\\b(?:eliminat|cur|fix|heal|end|banish|revers|revers|prevent|gets? rid of)[a-z]* (?:[a-z]+ ){0,4}(?:${ailmentsEn})\\b`,
        'u',
      ),
      bad: [
        'Eliminates plantar fasciitis and sciatica for good',
        'Fixes chronic back pain',
        'Cures insomnia',
      ],
      good: [
        'Not a medical device. Do not use it to treat pain or injury',
        'A pillow for side sleepers',
      ],
    },
    {
      id: 'ailment',
      pattern: near(ailments, `${cureVerbs}|완화|개선|감소|경감|줄[이어여]|효과|에\\s?좋`, 14),
      bad: [
        '허리 디스크를 교정하는 의자',
        '거북목 교정 베개',
        '불면증 치료 매트리스',
        '코골이를 없애 주는 베개',
        '관절염에 효과 좋은 찜질팩',
      ],
      good: [
        '허리를 받쳐 주는 의자',
        '두통을 부르는 재고 관리, 앱으로 정리하세요',
        '허리 디스크 환자는 의사와 상담하세요',
      ],
      exceptions: [
        /(?:재고|업무|회의|정산|육아|세금|개발자?|마케팅|골치|야근)[^.!?\n]{0,12}두통[^.!?\n]{0,12}|가격\s?혈압/u,
      ],
    },
    {
      id: 'bodily-function',
      productTypes: ['general', 'medical_device'],
      pattern: either(
        near(
          '혈액\\s?순환|혈행|혈류|신진\\s?대사|면역력|자율신경|림프',
          '개선|촉진|원활|활성|강화|증진|도움|돕|높',
          8,
        ),
        /(?<![가-힣])키[가를]?\s?(?:[^.!?\n]{0,6}\s)?(?:크[는게](?!\s?(?:모습|아이|만큼))|컸|커[지졌집요]|자라|자랐|키[우워])|성장판|평발[^.!?\n]{0,14}(?:아치|펴|달라)|아치[가를]?\s?(?:생|살아|되살)|(?<![가-힣])피[가]?\s?(?:잘|술술|쌩쌩)\s?(?:돌|통)|(?:굽은|휜|틀어진|비뚤어진|구부정한|처진)\s?[가-힣]{1,4}[이가을를]?\s?[^.!?\n]{0,8}(?:펴|바로|반듯|제자리|곧|교정)|(?:골반|척추|턱선|치열)(?!에)[이을를가]?\s?[^.!?\n]{0,6}(?:맞춰|맞[아춘]|정렬|교정|제자리|반듯)|체형[이을를가]?\s?[^.!?\n]{0,6}(?:정렬|교정|제자리|반듯)|안경[을를]?\s?(?:벗|버리|버렸|필요\s?없)|(?:독소|노폐물|중금속|어혈)[가를이을]?\s?[^.!?\n]{0,8}(?:빠[져지]|빼|나[와오옵]|배출)|(?:발모|육모|대머리|머리카락[이]?\s?(?:다시\s)?(?:자라|나))|뇌파|면역|세포[를가]?\s?(?:깨|살|재생|죽)|눕자마자[^.!?\n]{0,10}잠|잠이\s?(?:절로|솔솔|스르)|(?:혈액|(?<![가-힣])피)[를을가]?\s?맑|시력[이을]?\s?(?:좋아|회복|개선)|전립선에|(?:체지방|지방|셀룰라이트|뱃살)[이을]?\s?(?:녹|분해|감소|연소|제거|태우)/u,
      ),
      exceptions: [/(?:자금|재고|공기|데이터)\s?순환[^.!?\n]{0,8}/u],
      bad: ['혈액순환을 돕는 온열 매트', '면역력 강화 음이온 팔찌', '지방 분해 마사지기'],
      good: ['공기 순환을 돕는 서큘레이터', '발을 따뜻하게 감싸는 실내화'],
    },
    {
      id: 'medical-words',
      productTypes: ['general', 'medical_device', 'quasi_drug'],
      pattern:
        /의료용\s?(?:수준|등급|급|기기\s?수준)|의료기기\s?(?:급|수준|못지)|치료\s?효과|치료용|원적외선[^.!?\n]{0,12}(?:치료|효능|세포|혈액)|음이온[^.!?\n]{0,12}(?:치료|효능|건강|면역)|게르마늄[^.!?\n]{0,12}(?:효능|건강|혈액)|\bmedical[- ]grade|\btherapeutic (?:effect|device)/u,
      bad: [
        '의료기기급 마사지기',
        '원적외선이 세포까지 치료',
        '음이온 건강 팔찌의 효능',
        'Medical-grade massager',
      ],
      good: ['원적외선 조리 오븐', '의료기기가 아닙니다'],
    },
    {
      id: 'dental-cleaning',
      productTypes: ['general', 'medical_device'],
      pattern: near(
        '치석|스케일링|충치|잇몸\\s?(?:질환|병)|치주',
        '제거|예방|효과|집에서|셀프|치료|케어|만큼|수준|처럼|급|대신|없이',
        8,
      ),
      bad: ['치석 제거 전동칫솔', '집에서 하는 스케일링? 치석 제거', '충치 예방 구강 기기'],
      good: ['조용한 전동칫솔', '이미지 스케일링 앱'],
    },
  ],
)
