import { namedPurpose } from './ailments.ts'
import { either, near, paper } from './claims.ts'
import {
  dentist,
  dentistEn,
  doctor,
  doctorEn,
  notClaims,
  oriental,
  orientalEn,
  pharmacist,
  pharmacistEn,
  professor,
  professorEn,
  vet,
  vetEn,
  vouching,
  vouchingEn,
} from './experts.ts'
import { family } from './family.ts'
import { deviceConduct } from './medical-device-conduct.ts'

/** Annex 7 and art. 24: proofs, endorsers and comparisons that are never allowed. */
export const medicalDeviceProofRules = family(deviceConduct, [
  {
    id: 'side-effects',
    law: 'medical_devices_rule',
    article: 'annex 7',
    item: '3',
    pattern: either(
      /부작용[^.!?\n]{0,8}(?:없[이는습어다음고]|제로|0(?!\d)|프리)|무\s?부작용|습관성[^.!?\n]{0,4}없|\b(?:no|zero|without) side[- ]?effects/u,
      near(
        '인체에?|100\\s?%|절대(?:적으로)?|완벽하게|완전히',
        '무해|안전(?!\\s?(?:배송|결제|거래|포장))|부담[^.!?]{0,4}없',
        8,
      ),
    ),
    bad: [
      '부작용 없는 저주파 치료기',
      '인체에 아무런 부담이 없습니다',
      '100% 안전',
      'No side effects',
    ],
    good: ['부작용이 나타나면 사용을 중지하세요', '안전 결제 지원'],
  },
  {
    id: 'false-trial',
    law: 'medical_devices_rule',
    article: 'annex 7',
    item: '4',
    severity: 'needs_evidence',
    pattern:
      /(?:임상|논문|학회|연구)(?:시험|실험|결과)?[^.!?\n]{0,10}(?:입증|증명|검증|확인|인정|발표)|특허\s?(?:받은|기술|등록|인증)|\bclinically[- ]proven|\bpatented/u,
    evidenceThatAllows: paper(
      /임상시험\s?(?:결과|성적서|보고서)|논문|특허\s?(?:제|등록|번호)|clinical (?:trial|study)|patent (?:no|number)/u,
      '임상시험성적서, 논문 또는 특허등록증',
      'The clinical report, paper or patent',
    ),
    bad: ['임상으로 입증된 효과', '특허 받은 기술', 'Clinically proven'],
    good: ['연구실에서 만든 시제품 이야기', '임상병리사의 하루'],
  },
  {
    id: 'experts',
    item: '2',
    pattern: either(
      ...[
        doctor,
        dentist,
        oriental,
        pharmacist,
        vet,
        professor,
        '물리치료사|정형외과|재활의학과|이비인후과|병원|의원(?=에서|이|의|\\s)|한의원|의료\\s?기관',
      ].map(vouching),
      ...[
        doctorEn,
        dentistEn,
        orientalEn,
        pharmacistEn,
        vetEn,
        professorEn,
        'hospital|clinic|therapist',
      ].map(vouchingEn),
      /\b(?:doctor|dentist|physician|hospital|clinic|therapist|expert)s?[- ](?:recommended|approved|developed|trusted|grade)/u,
    ),
    exceptions: notClaims,
    bad: [
      '정형외과 전문의가 추천하는 교정기',
      '대학병원에서 사용하는 혈압계',
      '의사들이 쓰는 청진 앱',
      'Recommended by physicians',
    ],
    good: ['사용 전 의사와 상담하세요', '의사소통을 돕는 보청기 케이스'],
  },
  {
    id: 'implied-pictures',
    item: '3',
    pattern: either(
      /사용\s?전\s?[·\-/&]?\s?후\s?(?:비교|사진|변화)|비포\s?(?:앤\s?)?애프터|수술\s?장면|환부\s?사진|\bbefore[- ]?(?:and|&|\/)[- ]?after\b/u,
      /(?:흰|하얀|의사)\s?가운|청진기를?\s?(?:멘|든|건)|\b(?:white|lab) coat/u,
    ),
    bad: ['사용 전후 비교 사진', '흰 가운을 입은 모델이 기기를 설명', 'Before and after'],
    good: ['거실 소파에서 쓰는 장면', '사용 후에는 전원을 꺼 주세요'],
  },
  {
    id: 'absolute',
    law: 'medical_devices_rule',
    article: 'annex 7',
    item: '9',
    pattern: either(
      /(?<![가-힣])최고(?=[의로!]|$|\s?(?:효과|성능|품질|기술|제품|사양))(?!의\s?(?:순간|하루|선물))|(?<![가-힣])최상의|세계\s?(?:최고|최초|1위)|국내\s?(?:최고|최초|유일|1위)|확실(?:히|하게|한)\s?(?:보증|보장|효과)|효과\s?보장|국민\s?(?:의료기기|제모기|혈압계|안마기)|갓성비|\b(?:the )?(?:world'?s )?(?:best|no\.? ?1|#1) (?:device|monitor|massager|machine)/u,
    ),
    exceptions: [/(?:최고|최저)\s?(?:혈압|기온|온도|속도)/u],
    bad: ['최고의 성능', '국내 유일 기술', '효과 보장', '국민 혈압계', "The world's best device"],
    good: ['최고혈압과 최저혈압을 한눈에', '최고 온도 45도'],
  },
  {
    id: 'testimonials',
    law: 'medical_devices_rule',
    article: 'annex 7',
    pattern: either(
      /(?:체험|치료)\s?(?:수기|담|기)(?![관기])|사용자\s?후기|고객\s?후기|체험\s?후기|사용\s?후기|감사장|주문\s?(?:쇄도|폭주)|구매\s?쇄도|\btestimonials?/u,
    ),
    bad: ['체험담이 증명합니다', '주문 쇄도', '고객 후기로 확인하세요', 'Read our testimonials'],
    good: ['체험관에서 만나 보세요', '체험 기기 대여'],
  },
  {
    id: 'slander',
    law: 'medical_devices_rule',
    article: 'annex 7',
    pattern:
      /(?:타사|다른|시중|기존|일반|경쟁사)\s?(?:제품|기기|보청기|혈압계|의료기기)?[은는이의들보대]{0,2}[^.!?\n]{0,14}(?:효과\s?(?:가\s?)?없|가짜|위험|부정확|엉터리|속[이고았]|보다|대비|비해|떨어)|\b(?:better|more accurate) than (?:other|competing)/u,
    bad: [
      '타사 제품보다 정확',
      '시중 기기는 다 엉터리',
      '일반 보청기 대비 3배',
      'Better than other devices',
    ],
    good: ['다른 기기와 함께 쓰지 마세요', '지난 모델의 부품도 구할 수 있어요'],
  },
  {
    id: 'prizes',
    law: 'medical_devices_rule',
    article: 'annex 7',
    pattern:
      /(?:사은품|경품|현상품)[^.!?\n]{0,8}(?:증정|제공|드림|드려|추첨|이벤트)|(?:증정|추첨)[^.!?\n]{0,6}(?:사은품|경품)|무료로?\s?(?:드립|증정|나눠)|\bfree gift/u,
    explanation: {
      ko: '현상품·사은품 등 경품류를 내건 의료기기 광고입니다.',
      en: 'It offers prizes or gifts for a medical device.',
    },
    bad: ['구매 시 사은품 증정', '경품 추첨 이벤트', 'Free gift with purchase'],
    good: ['무상 보증 1년', '설치비 안내'],
  },
  {
    id: 'review-passed',
    item: '6',
    severity: 'needs_evidence',
    pattern: /광고\s?심의필|심의\s?(?:필|완료|번호|통과)/u,
    exceptions: [namedPurpose],
    evidenceThatAllows: paper(
      /심의\s?(?:필|번호|확인증)|review number/u,
      '자율심의기구의 심의필 번호',
      'The number of the advertising review',
    ),
    explanation: {
      ko: '심의받지 않은 광고를 심의받은 것처럼 보이게 해서는 안 됩니다.',
      en: 'An advertisement may not look reviewed where it was not.',
    },
    bad: ['광고심의필 제품', '심의 완료'],
    good: ['심심할 때 쓰는 안마 모드'],
  },
  {
    id: 'authority',
    exceptions: [/(?:식약처\s?)?(?:허가|인증|신고)\s?번호[^.!?\n]{0,20}\d/u],
    item: '5',
    severity: 'needs_evidence',
    pattern:
      /(?:식약처|식품의약품안전처|fda|ce)[가이의에서]{0,3}\s?(?:허가|인증|승인|등록|인정)|의료기기\s?(?:허가|인증|등록)\s?(?:제품|완료|받은)|\bfda[- ](?:approved|cleared|registered)/u,
    evidenceThatAllows: paper(
      /(?:허가|인증|신고|수허|제허|제인|수인|제신)\s?\d{0,2}-?\d{2,}|허가번호|인증번호|license number|510\(k\)/u,
      '의료기기 허가·인증·신고 번호',
      'The number of the licence',
    ),
    explanation: {
      ko: '허가·인증·신고를 받은 사실이 확인되어야 합니다.',
      en: 'The licence has to be known before it is advertised.',
    },
    bad: ['식약처 허가 의료기기', 'FDA 승인', 'FDA-cleared'],
    good: ['인증샷 이벤트 없이 조용한 출시', '허가 없이 분해하지 마세요'],
  },
])
