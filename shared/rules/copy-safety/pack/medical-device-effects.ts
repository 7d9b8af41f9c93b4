import { ailments, ailmentsEn, cureVerbs, namedPurpose } from './ailments.ts'
import { flaws, vanishing } from './betterment.ts'
import { cautions } from './cautions.ts'
import { either, near, relief, testOf } from './claims.ts'
import { licence } from './device-licence.ts'
import { family } from './family.ts'

/** What a licensed device may say, and only that. */
export const medicalDeviceEffectRules = family(
  {
    id: 'medical-device.effect',
    productTypes: ['medical_device'],
    law: 'medical_devices_act',
    article: '24(2)',
    item: '5',
    severity: 'needs_evidence',
    exceptions: cautions,
    explanation: {
      ko: '허가·인증·신고한 사항과 다른 성능이나 효능·효과는 광고할 수 없습니다.',
      en: 'A performance or effect other than the licensed one may not be advertised.',
    },
  },
  [
    {
      id: 'ailment',
      pattern: either(
        near(ailments, `${relief}|${cureVerbs}`, 16),
        new RegExp(
          `\\b(?:reliev|reduc|eas|sooth|improv|treat|help)[a-z]* (?:[a-z]+ ){0,4}(?:${ailmentsEn})\\b`,
          'u',
        ),
      ),
      exceptions: [namedPurpose],
      evidenceThatAllows: licence(`${ailments}|${ailmentsEn}`),
      bad: [
        '어깨 통증 완화 저주파 자극기',
        '코골이를 없애는 밴드',
        '혈압을 낮춰 관리',
        'Relieves joint pain? Pain relief at home',
      ],
      good: ['통증이 심하면 병원에서 진료를 받으세요', '한 손에 쏙 들어오는 크기'],
    },
    {
      id: 'measure',
      pattern: either(
        near(
          '정확도|오차|측정',
          '\\d+(?:\\.\\d+)?\\s?%|±|병원\\s?수준|의료용\\s?수준|완벽|없이|제로|accura',
          8,
        ),
        /(?:가장|제일)\s?(?:정확|정밀)|(?:오차|오류|오측정)[도가는란]?\s?(?:전혀\s?|거의\s?)?(?:없|제로|0(?![.\d])|모르)|병원\s?급|의료진\s?급|병원\s?(?:기계|장비|기기|검사|것|수치|결과)[^.!?\n]{0,12}(?:똑같|그대로|동일|차이|못지|맞먹|일치)|\d\s?(?:%|퍼센트)\s?(?:정확|일치)|\bmost (?:accurate|precise)|\b\d+(?:\.\d+)?\s?% accura/u,
      ),
      evidenceThatAllows: testOf('정확도|오차|측정|accura', '측정 정확도', 'accuracy'),
      bad: ['정확도 99.9% 체온계', '오차 ±0.1 완벽 측정', '측정 정확도 병원 수준'],
      good: ['1초 만에 화면에 표시', '큰 글씨로 보는 측정값'],
    },
    {
      id: 'circulation',
      pattern: either(
        near(
          '혈액\\s?순환|혈류|혈행|신진\\s?대사|면역(?:력)?|세포|자율신경',
          '개선|촉진|원활|활성|강화|증가|회복|재생|도움|돕',
          8,
        ),
        /\bblood circulation|\bmetabolism boost/u,
      ),
      evidenceThatAllows: licence('혈액\\s?순환|혈류|혈행|면역|세포|circulation'),
      bad: [
        '혈액순환 개선 온열기',
        '면역력 강화 조사기',
        '세포 활성 레이저',
        'Improves blood circulation',
      ],
      good: ['따뜻하게 감싸는 온열 매트', '순환 버스 광고'],
    },
    {
      id: 'body',
      pattern: either(
        near(
          '달팽이관|청신경|망막|연골|인대|콜라겐|치열|덧니|염증|상처|흉터|붓기|부기|피로|체형|자세|골반|척추|턱선|뱃살|혈관|독소|노폐물|근육|숙면|스트레스|모발|호르몬|임신|성장판|세균|바이러스|곰팡이|두피|장\\s?건강|폐\\s?기능|눈\\s?(?:피로|건강)',
          `${cureVerbs}|${relief}|가벼워|깨끗해|맑아|배출|조절|건강해|튼튼|차오[르른]|유도|보장|빼|빠[지져]|99`,
          10,
        ),
        /무자극|\d+\s?시간[^.!?\n]{0,10}(?:편안|촉촉|끄떡)|림프[를을]?\s?뚫|얼굴이?\s?(?:반쪽|작아|갸름)|(?:안\s?들리던|못\s?듣던|귀가\s?먹|난청)[^.!?\n]{0,24}(?:청년|다시|또렷|젊|되찾|들으|들려)|(?:눈|렌즈|하루\s?종일)[^.!?\n]{0,14}(?:건조하지|뻑뻑하지|충혈되지|촉촉)|(?:발모|육모|대머리|성장판)|키[가를]\s?(?:[^.!?\n]{0,6}\s)?(?:크[는고게]|컸|커[지졌집요]|자라|자랐|키[우워])|꿀잠\s?보장|숙면\s?(?:유도|보장)|면역력|\b(?:kills?|eliminat)[a-z]* (?:\d[\d.]*% of )?(?:germs|bacteria|viruses)|\b(?:posture|recovery|sleep) (?:correct|improv|better)/u,
      ),
      exceptions: [namedPurpose, /(?:휴대폰|카드|자료|기록|데이터)[^.!?\n]{0,8}관리/u],
      evidenceThatAllows: licence(
        '염증|상처|흉터|붓기|부종|피로|자세|척추|근육|수면|두피|모발|세균|면역',
      ),
      bad: [
        '다리 붓기를 빼 주는 스타킹',
        '염증을 가라앉히는 광선',
        '자세가 교정되는 보호대',
        '면역력이 오르는 온열기',
        '세균을 99% 없애는 코세척기',
        '숙면을 보장하는 매트',
      ],
      good: ['수면 기록을 보여 줍니다', '자세를 바꿔도 흘러내리지 않는 밴드', '측정 기록 관리 앱'],
    },
    {
      id: 'beauty',
      pattern: either(
        near(
          `${flaws}|피부|트러블|탄력|얼굴|턱선|볼살|지방|셀룰라이트|체지방|뱃살`,
          `${vanishing}|재생|개선|제거|분해|리프팅|축소|감소|태[우워]|펴[지져]|녹[는이]|탱탱|탄탄|갸름|환해|젊어|어려|되돌`,
          18,
        ),
        /체중\s?감량|다이어트\s?효과|\bfat reduction|\bskin rejuven/u,
      ),
      exceptions: [/주름\s?없이\s?[^.!?\n]{0,12}/u],
      evidenceThatAllows: licence('피부|주름|지방|체지방|탄력|여드름|skin|fat'),
      bad: ['지방 분해 고주파기', '피부 재생 LED', '주름 개선 레이저', 'Fat reduction at home'],
      good: ['피부에 닿는 면이 부드러운 패드', '얼굴형에 맞는 세 가지 크기'],
    },
  ],
)
