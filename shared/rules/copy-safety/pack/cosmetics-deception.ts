import { either, near, paper } from './claims.ts'
import { provableClaims } from './cosmetics-proof.ts'
import { family, type MemberFields } from './family.ts'

const page13 = '안내서-0086-07 p. 13'
const page14 = '안내서-0086-07 p. 14'

const procedures =
  '보톡스|보툴리눔|필러|레이저|시술|수술|물광\\s?주사|주사|실\\s?리프팅|울쎄라|써마지|리쥬란|스킨\\s?부스터|지방\\s?흡입|성형'
const looksLike =
  /(?:보톡스|필러|물광|레이저|시술|botox|filler)[^.!?\n]{0,8}(?:같은|처럼|한\s?듯|받은\s?듯|like)[^.!?\n]{0,10}(?:연출|표현|메이크업|look|finish)|(?:연출|메이크업)[^.!?\n]{0,10}(?:보톡스|필러|물광)/u

/** Blocked whatever the seller holds. */
const deceptive: readonly MemberFields[] = [
  {
    id: 'side-effects',
    guidelinePage: page13,
    severity: 'block',
    pattern: either(
      /부작용(?:이|은|도|\s?걱정|\s?우려|\s?염려|\s?위험)?[^.!?\n]{0,8}(?:없[이는습어다음고]|제로|0(?!\d)|zero|프리|free|걱정\s?마|걱정\s?끝|전무)|무\s?부작용|\b(?:no|zero|without(?: any)?|free (?:of|from)) side[- ]?effects|\bside[- ]?effect[- ]free/u,
      near(
        '(?:인체|피부|몸)에?|100\\s?%|절대(?:적으로)?|완벽하게|완전히|무조건',
        '무해|안전(?!\\s?(?:배송|결제|거래|포장|망))',
        5,
      ),
      /\b(?:100\s?%|completely|absolutely|perfectly) (?:safe|harmless)/u,
    ),
    bad: [
      '부작용이 전혀 없다',
      '부작용 걱정 없는 크림',
      '부작용 제로',
      '100% 안전한 성분',
      'No side effects',
      '부작용 없이 완치',
    ],
    good: [
      '부작용이 있는 경우 전문의와 상담하세요',
      '100% 안전 결제',
      '부작용이 없다고 말하지 않습니다',
    ],
  },
  {
    id: 'edible',
    guidelinePage: page13,
    severity: 'block',
    pattern:
      /먹을\s?수\s?(?:도\s?)?있(?!으(?:니|므))|먹어도\s?(?:되|돼|될|안전|괜찮|무해|안심)|식용\s?(?:가능|등급|색소만|원료만)|떠먹|먹는\s?(?:화장품|앰플|세럼|크림)|\bedible\b|\bsafe (?:enough )?to eat|\bgood enough to eat/u,
    bad: [
      '먹을 수 있는 성분으로 만든 크림',
      '아이가 먹어도 안전한 로션',
      '식용 등급 오일',
      'Edible-grade balm',
    ],
    good: [
      '먹을 수 없습니다',
      '영유아가 먹을 수 있으니 손이 닿지 않게 보관하세요',
      '디저트처럼 달콤한 향',
    ],
  },
  {
    id: 'healing-crisis',
    guidelinePage: page13,
    severity: 'block',
    pattern:
      /명현|호전\s?(?:반응|현상)|독[이소가]{1,2}\s?(?:빠지는|나오는)\s?(?:과정|현상|증거)|\b(?:healing|purging) crisis|좋아지는\s?(?:과정|증거)[^.!?\n]{0,6}(?:붉|따가|뒤집|트러블)|(?:붉어|따가|뒤집|트러블)[^.!?\n]{0,16}좋아지는\s?(?:과정|증거|신호)/u,
    bad: [
      '붉어지는 것은 명현 현상입니다',
      '초기 트러블은 좋아지는 과정이에요',
      '일시적인 호전 반응',
    ],
    good: ['붉은 반점이 생기면 사용을 중지하세요', '명현동 공방에서 만든 비누'],
    exceptions: [/명현동/u],
  },
  {
    id: 'botox',
    guidelinePage: page13,
    severity: 'block',
    pattern: either(
      /보톡스|보툴리눔|보톡|\bbo-?tox|(?<!스토리\s?|감자\s?)필러(?!\s?(?:칼|게임|영상))|\bfillers?\b/u,
      new RegExp(
        `(?:${procedures})[을를의이가]?\\s?(?:없이|대신|효과|급|맞은|받은|하지\\s?않|안\\s?하|못지|부럽|수준|한\\s?번)`,
        'u',
      ),
      /피부과\s?(?:시술|레이저)|(?:레이저|시술|피부과|성형외과|에스테틱|클리닉|병원)[^.!?\n]{0,26}(?:집에서|홈\s?케어|셀프)|(?:칼|메스|바늘)[을]?\s?(?:안\s?)?(?:대지|대고|없이|안\s?대)|(?:지방\s?재배치|실\s?리프팅|슈링크|인모드|쌍꺼풀\s?수술|안면\s?거상)|(?:수술|시술)\s?(?:[가-힣]{1,3}\s)?(?:없이|말고|대신|부럽|못지|만큼)|(?:주사|시술)\s?(?:맞은|받은)\s?(?:듯|것)|집에서\s?(?:하는\s?)?(?:시술|피부과|레이저)|홈\s?시술|\b(?:without|instead of|alternative to) (?:surgery|injections?|lasers?|procedures?|a facelift)|\bbetter than (?:a )?(?:facelift|botox|surgery|laser)|\bsurgery in a/u,
    ),
    exceptions: [looksLike],
    bad: [
      '바르는 보톡스',
      '필러 효과 앰플',
      '시술 없이 집에서',
      '보-톡-스 크림',
      'b0tox in a bottle',
      'Lip filler effect without injections',
    ],
    good: ['필러처럼 도톰해 보이는 입술 연출', '물광 메이크업 연출', '감자 필러 증정'],
  },
  {
    id: 'human-stem-cell',
    guidelinePage: page13,
    severity: 'block',
    pattern: either(
      /(?:인체|사람|인간|제대혈|지방|태반|탯줄|인체\s?유래)[^.!?\n]{0,8}(?:줄기\s?세포|엑소좀|배양액)|(?:줄기\s?세포|스템\s?셀)(?!\s?(?:연구소\s?옆))|\b(?:human )?stem[- ]?cells?\b|\bhuman exosome/u,
    ),
    exceptions: [
      /(?:식물|병풀|장미|로즈|사과|인삼|에델바이스|당근|포도|아르간|연꽃|동백|쌀|토마토|plant|rose|apple|edelweiss|grape|ginseng|centella)[^.!?\n]{0,14}(?:줄기\s?세포|스템\s?셀|엑소좀|stem[- ]?cells?|exosomes?)/u,
    ],
    bad: [
      '인체 줄기세포 배양액 앰플',
      '줄기세포 크림',
      '인체 유래 엑소좀',
      'Human stem cell serum',
    ],
    good: ['식물 줄기세포 배양 추출물', '장미 줄기세포 성분', 'Apple stem cell extract'],
  },
  {
    id: 'exosome',
    guidelinePage: page13,
    severity: 'needs_evidence',
    pattern: /엑소좀|\bexosomes?\b/u,
    exceptions: [
      /(?:식물|병풀|시카|장미|로즈|사과|인삼|에델바이스|당근|포도|유산균|우유|락토|알로에|녹차|쑥|연꽃|동백|쌀|plant|rose|apple|grape|ginseng|centella|milk)[^.!?\n]{0,14}(?:엑소좀|exosomes?)/u,
    ],
    evidenceThatAllows: paper(
      /식물|병풀|장미|유산균|우유|plant|rose|centella|milk/u,
      '엑소좀이 인체가 아닌 식물 등에서 왔다는 자료',
      'A paper that the exosomes come from plants and not from people',
    ),
    bad: ['엑소좀 앰플', 'Exosome serum'],
    good: ['식물 엑소좀 앰플', '병풀에서 얻은 엑소좀', 'Rose exosome serum'],
  },
  {
    id: 'free-of-banned',
    guidelinePage: page13,
    severity: 'block',
    pattern:
      /무\s?(?:스테로이드|항생제|수은|하이드로퀴논|납)(?!지)|(?:스테로이드|항생제|수은|하이드로퀴논|중금속|석면|포름알데히드)(?:가|이|를|을|은|는|제제)?\s?(?:무첨가|없[이는음습어]|free|프리|제로|0\s?%|빼|뺀|안\s?(?:들|넣)|불검출|미첨가|무함유|배제)|\b(?:steroid|antibiotic|mercury|hydroquinone)[- ]free|\b(?:no|without|free (?:of|from)) (?:steroids?|antibiotics?|mercury|hydroquinone)/u,
    bad: [
      '무스테로이드 크림',
      '스테로이드 무첨가',
      '수은 없는 크림',
      '항생제 프리',
      'Steroid-free',
    ],
    good: ['파라벤 없이 만든 크림', '무향 로션', '향료를 넣지 않은 로션'],
  },
  {
    id: 'needle',
    guidelinePage: page14,
    severity: 'block',
    pattern:
      /(?<![가-힣])니들|마이크로\s?니들|마이크로\s?샷|미세\s?침|스피큘|더마\s?롤러|(?<![a-z])mts\b|바르는\s?(?:주사|침|mts)|바늘(?:로|을|처럼|같|\s?없이)|\b(?:micro-?)?needl(?:e|es|ing)\b|\bspicules?\b|\bderma-?roller/u,
    bad: ['마이크로니들 패치', 'MTS 앰플', '바르는 침, 스피큘 크림', 'Microneedle serum'],
    good: ['언니들이 고른 향', '어머니들께 드리는 선물', '바느질 공방의 파우치'],
  },
  {
    id: 'authority',
    guidelinePage: page14,
    severity: 'block',
    pattern:
      /(?:식약처|식품의약품안전처|식약청|보건복지부|정부|국가|fda|mfds|미국\s?식품의약국)[가이의에서로부터도]{0,4}\s?(?:정식\s?)?(?:허가|인증|승인|등록|검증|인정|공인|추천|선정|보증)|\b(?:fda|mfds|kfda)[- ]?(?:approved|certified|registered|cleared)|\bapproved by (?:the )?(?:fda|mfds|kfda|government)|\bgovernment[- ](?:certified|approved)/u,
    exceptions: [/(?:식약처|식품의약품안전처)[^.!?\n]{0,6}기능성[^.!?\n]{0,10}(?:심사|보고)/u],
    bad: ['식약처 인증 화장품', '식약처가 허가한 크림', 'FDA 승인 크림', 'FDA-approved skin care'],
    good: ['식약처 기능성화장품 심사 완료', '정부 지원금으로 만든 공장이 아닙니다'],
  },
  {
    id: 'skin-age',
    guidelinePage: page14,
    severity: 'block',
    pattern: either(
      near(
        '피부\\s?(?:나이|연령)',
        '감소|어려|젊|되돌|낮|줄|다운|거꾸로|-\\s?\\d|\\d+\\s?(?:세|살|년)|리셋|역행',
        10,
      ),
      /피부[가는도]\s?\d0대|\d0대\s?(?:피부|얼굴)(?:로|처럼|같)|\d+\s?(?:세|살|년)\s?(?:더\s?)?(?:젊어|어려[지진졌집]|전\s?피부|전으로|젊은\s?피부|되돌)|\b(?:\d+|five|ten|fifteen|twenty) years? younger|\byears? off your (?:skin|face)|\b(?:turn|roll)s? back (?:the clock|time)/u,
    ),
    bad: [
      '피부 나이 5세 감소',
      '10년 젊어지는 피부',
      '피부나이를 되돌리는 크림',
      'Look 10 years younger',
    ],
    good: ['10년 전통의 비누 공방', '나이에 상관없이 쓰는 크림'],
  },
  {
    id: 'miracle',
    guidelinePage: page13,
    severity: 'block',
    pattern: either(
      /(?:기적|마법|신비|불로초|만병통치)[의적인같은]{0,3}\s?(?:크림|앰플|세럼|성분|효과|화장품|결과|변화|물|피부|로션|토너|오일|비누)|만병통치|즉효|특효|신약|\bmiracle (?:cream|serum|cure|ingredient|results?)/u,
      /(?:영구|영원히|평생|반영구)[적으로]{0,3}\s?(?:개선|유지|제거|효과|해결|지속|젊|사라)/u,
    ),
    bad: ['기적의 크림', '특효 앰플', '한 번으로 영구적으로 개선', 'Miracle serum'],
    good: ['마법 같은 밤을 닮은 향수 이름', '평생 기억에 남을 선물'],
  },
]

const deceptiveFamily = {
  productTypes: ['cosmetics'],
  law: 'cosmetics_act',
  article: '13(1)',
  explanation: {
    ko: '사실과 다르게 소비자를 속이거나 소비자가 잘못 인식할 우려가 있는 표현입니다.',
    en: 'It deceives consumers or may be misunderstood by them.',
  },
} as const
const provableExplanation = {
  ko: '이 제품의 실증자료가 있어야 쓸 수 있는 표현입니다.',
  en: 'It may be said only with proof that is about this product.',
}

/** Act 21709 puts the AI clause in item 4: what was item 4 is item 5 from that day on. */
const renumbered = [
  { id: 'cosmetics.deceptive', item: '5', effectiveFrom: '2026-11-27' },
  { id: 'cosmetics.deceptive-item-4', item: '4', effectiveUntil: '2026-11-26' },
]

export const cosmeticsDeceptionRules = renumbered.flatMap((numbering) => [
  ...family({ ...deceptiveFamily, ...numbering, severity: 'block' }, deceptive),
  ...family(
    {
      ...deceptiveFamily,
      ...numbering,
      severity: 'needs_evidence',
      explanation: provableExplanation,
    },
    provableClaims,
  ),
])
