import { cureVerbs, graveDiseases, namedPurpose } from './ailments.ts'
import { either, near, paper, testOf } from './claims.ts'
import { licence } from './device-licence.ts'
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

/** Annex 7 and art. 24: never allowed. */
export const medicalDeviceConductRules = family(
  {
    id: 'medical-device.conduct',
    productTypes: ['medical_device'],
    law: 'medical_devices_act',
    article: '24(2)',
    item: '1',
    severity: 'block',
    explanation: {
      ko: '의료기기의 성능이나 효능·효과를 거짓으로 또는 과대하게 광고하는 표현입니다.',
      en: 'It advertises a medical device falsely or with exaggeration.',
    },
  },
  [
    {
      id: 'cure',
      pattern: either(
        /완치|완쾌|근치|뿌리\s?(?:뽑|까지)|만병통치|재발\s?없|기적의|\bcur(?:e|es|ed|ing)\b|수술\s?없이\s?(?:낫|해결|끝)/u,
      ),
      bad: ['디스크 완치 견인기', '수술 없이 낫는 무릎', '재발 없는 치료', 'Cures back pain'],
      good: ['완치를 약속하지 않습니다', '기적의도서관 옆 매장'],
      exceptions: [/기적의\s?도서관/u],
    },
    {
      id: 'procedure',
      pattern: either(
        /(?:시술|수술|레이저|주사)\s?(?:효과|급|대신|못지|수준|없이\s?(?:집|탱|팽|젊))|(?:피부과|레이저|시술)[^.!?\n]{0,8}집에서|보톡스|필러|울쎄라|써마지|피가\s?맑아|\b(?:clinic|salon|surgery)[- ](?:grade|level|results)/u,
      ),
      bad: [
        '진피까지 리프팅 시술 효과',
        '피부과 레이저 수준의 홈케어',
        '바르는 앰플과 쓰면 보톡스 부럽지 않게',
      ],
      good: ['수술실의 소음을 줄인 모터', '레이저 각인 서비스'],
    },
    {
      id: 'instead-of-medicine',
      productTypes: ['medical_device', 'quasi_drug'],
      pattern:
        /(?:인슐린|먹는\s?약|혈압약|진통제|약|주사|수술|병원|치과|안경|보청기)[이가을를은는에도]?\s?(?:더\s?이상\s?|이제\s?)?(?:필요\s?(?:가\s?)?없|끊|안\s?(?:먹|가도|맞|해도)|버리|졸업|안녕)|\b(?:no more|without|throw away your) (?:pills|medication|insulin|surgery|injections|glasses)\b/u,
      exceptions: [/처방\s?없이\s?구매[^.!?\n]{0,6}|(?:치약|약\s?(?:봉투|통|국))[^.!?\n]{0,8}/u],
      bad: [
        '이 패치면 인슐린이 필요 없어요',
        '혈압약을 끊었습니다',
        '수술 필요 없는 무릎',
        'No more pills',
      ],
      good: ['약을 임의로 끊지 마세요', '나사가 필요 없는 조립'],
    },
    {
      id: 'faculties',
      productTypes: ['medical_device', 'general'],
      pattern: near(
        '집중력|기억력|청력|시력|지능|두뇌|뇌\\s?기능|성기능|정력|수명',
        '오르|오릅|좋아[지졌진집]|되살|돌아[오옵온와]|회복|깨[우워]|젊어|증진|치료|늘어[나난]',
        10,
      ),
      exceptions: [/(?:배터리|제품|기기|전구|램프|부품|타이어)[^.!?\n]{0,4}수명[^.!?\n]{0,10}/u],
      bad: [
        '집중력이 오르고 기억력이 좋아지는 안마의자',
        '끼고 자면 시력이 1.0으로 돌아옵니다',
        '청력이 되살아납니다',
      ],
      good: ['배터리 수명이 늘어났습니다', '집중하기 좋은 조용한 모터'],
    },
    {
      id: 'for-ever',
      pattern:
        /(?:평생|영구(?:적)?|영원히)[^.!?\n]{0,12}(?:나지\s?않|안\s?나|제모|제거|효과|유지|교정|낫|해결)|통증\s?(?:제로|0(?!\d)|이?\s?전혀\s?없)|\bpermanent(?:ly)? (?:remov|cure|hair|fix|results)/u,
      bad: ['평생 털이 나지 않습니다', '영구 제모', '통증 제로', 'Permanent results'],
      good: ['평생 무상 점검', '영구 자석 모터'],
    },
    {
      id: 'diagnosis',
      severity: 'needs_evidence',
      productTypes: ['medical_device', 'general'],
      evidenceThatAllows: licence('심|뇌|혈당|혈압|진단|감지|측정'),
      pattern: either(
        near(
          '심장(?=[이을])|심장마비|심정지|심근경색|뇌졸중|뇌경색|부정맥|심방세동|심장병|당뇨|고혈압|(?<![가-힣])암(?=[을이도\\s])|치매|무호흡|질병|질환|이상\\s?신호',
          '먼저\\s?(?:알|압)|알려|알리|경고|감지|예측|미리|진단|발견|찾아\\s?(?:내|냅|드)|살[립린려렸]|판별|판독|잡아내',
          18,
        ),
        /(?:채혈|바늘|피\s?한\s?방울|찌르지|커프)[^.!?\n]{0,6}(?:없이|않고|도\s?없)|조기\s?(?:발견|진단)|(?:병|질병)[을를]?\s?(?:진단|찾아)/u,
      ),
      exceptions: [
        /[^.!?\n]{0,24}(?:진단|치료)(?:에|용|을|이)?\s?(?:쓰지|사용하지|대신하지|아닙|아니)[^.!?\n]{0,12}/u,
        /(?:질병|병)[을를]?\s?(?:진단|치료)하거나[^.!?\n]{0,10}않[^.!?\n]{0,8}/u,
      ],
      explanation: {
        ko: '허가받지 않은 진단·예측·측정 성능을 알리는 표현입니다.',
        en: 'It claims a diagnosis, prediction or measurement for which a licence is needed.',
      },
      bad: ['심장마비를 미리 알려 주는 시계', '채혈 없이 재는 혈당', '치매를 조기 발견'],
      good: ['배터리가 부족하면 미리 알려 줍니다', '진단에 쓰지 마세요'],
    },
    {
      id: 'patients',
      productTypes: ['medical_device', 'general'],
      law: 'medical_devices_rule',
      article: 'annex 7',
      item: null,
      pattern:
        /(?:암|당뇨|고혈압|치매|디스크|관절염|투석|뇌졸중|파킨슨)\s?환[우자](?:들|분들|분)?[이가도께의]?\s?(?:[가-힣]{1,4}\s)?(?:찾|추천|선택|쓰[는던]|사랑|필수|특효|만족|애용|좋)|환자\s?(?:\d[\d,]*|수백|수천|수만|많은)\s?명?[^.!?\n]{0,16}(?:나았|완치|효과|추천|선택|만족|편지|경험)|(?:나았|완치됐|좋아졌)다는?\s?(?:편지|후기|사연|전화)|\b\d+ patients (?:cured|healed|recovered)/u,
      bad: [
        '환자 300명이 나았다는 편지가 도착했습니다',
        '환자 수천 명이 효과를 경험',
        '1000 patients healed',
      ],
      good: ['환자 이송용 손잡이', '환자 300명이 쓰는 병동'],
    },
    {
      id: 'in-a-time',
      severity: 'needs_evidence',
      evidenceThatAllows: testOf(
        '\\d\\s?(?:일|주|개월|분|회)',
        '사용 기간에 따른 효과',
        'the effect after that time',
      ),
      pattern:
        /(?:\d+|[한두세]|일)\s?(?:일|주|주일|개월|달|분|번|회)\s?(?:만에|이면|면(?!서)|후|뒤|안에)[^.!?\n]{0,14}(?:낫|나았|빠[지져진]|교정|효과|사라|펴[지져진]|섭니다|좋아|개선|달라|변화|완화|해결)|\bin (?:just )?\d+ (?:days|weeks|minutes)\b[^.!?\n]{0,20}(?:relief|gone|results)/u,
      bad: [
        '휘어진 척추가 2주면 바로 섭니다',
        '하루 10분이면 달라집니다? 10분이면 효과',
        '3일 만에 사라진 결림',
      ],
      good: ['10분 후 자동으로 꺼집니다', '2주 안에 무료 반품'],
    },
    {
      id: 'society',
      item: '2',
      severity: 'needs_evidence',
      evidenceThatAllows: paper(
        /학회[^.!?\n]{0,30}(?:인증서|번호|검증|validat)|certificate|검증\s?결과/u,
        '인증서와 검증 결과',
        'The certificate and what was validated',
      ),
      pattern:
        /(?:학회|협회|연구소|재단|위원회)[가이에서의도]{0,3}\s?(?:공식\s?)?(?:인증|인정|공인|추천|보증|선정)|\b(?:recommended|endorsed|certified|approved) by (?:the )?(?:\w+ ){0,3}(?:association|society|institute|foundation)/u,
      bad: [
        '유럽고혈압학회 인증 혈압계',
        '대한척추협회가 추천',
        'Certified by the Heart Association',
      ],
      good: ['연구소에서 다듬은 그립', '협회 전시장에서 만나요'],
    },
    {
      id: 'grave-disease',
      pattern: either(
        near(graveDiseases, `${cureVerbs}|억제|완화|개선|극복|prevent|treat|cure|protect`, 12),
        /\b(?:cur|treat|prevent|heal|revers|protect)[a-z]* (?:[a-z]+ ){0,4}(?:cancer|tumou?rs?|alzheimer'?s|dementia|parkinson'?s|covid(?:-?19)?|malaria|autism|diabetes)\b/u,
      ),
      bad: [
        '암을 치료하는 저주파',
        '치매를 예방하는 조명',
        '코로나를 막아 주는 비강 세척기',
        'Treats dementia at home',
      ],
      good: ['암을 치료하지 않습니다', '암막 커튼', '치매 가족을 위한 위치 알림'],
    },
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
  ],
)
