import { cureVerbs, graveDiseases } from './ailments.ts'
import { either, near, paper, testOf } from './claims.ts'
import { licence } from './device-licence.ts'
import { family } from './family.ts'
import { deviceConduct } from './medical-device-conduct.ts'

/** Annex 7 and art. 24: effects that are never allowed. */
export const medicalDevicePromiseRules = family(deviceConduct, [
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
])
