import { either, near, preparations, relief, testOf } from './claims.ts'
import { family } from './family.ts'

const shared = {
  productTypes: ['cosmetics'],
  law: 'cosmetics_act',
  article: '13(1)',
  item: '1',
} as const

const page10 = '안내서-0086-07 p. 10'
const page11 = '안내서-0086-07 p. 11'

/** Make-up hides, which is what it is for. */
const covered = (subject: string): RegExp =>
  new RegExp(
    `(?:${subject})[을를까지도은는이가와과,\\s]{0,4}(?:[가-힣]{1,5}[을를과와]?\\s?){0,2}(?:커버|가[리려]|감추|감춰|cover|conceal)[가-힣]{0,3}`,
    'u',
  )

/** Effects on skin and hair that only medicines have. */
export const cosmeticsSkinRules = family(
  {
    ...shared,
    id: 'cosmetics.skin',
    severity: 'block',
    guidelinePage: page10,
    explanation: {
      ko: '피부나 모발에 의약품과 같은 효과가 있다고 잘못 알게 하는 표현입니다.',
      en: 'It promises an effect on skin or hair that only a medicine may claim.',
    },
  },
  [
    {
      id: 'toxins',
      pattern: either(
        /(?<!디지털\s?|도파민\s?|소셜\s?)디톡스|(?<!digital )\bdetox/u,
        near('독소|톡신', '제거|배출|빼[내고주]|빠[지져진]|뽑|비우|비워|청소|없애|out|flush', 8),
        /\b(?:flush|remov|draw)[a-z]* (?:out )?toxins/u,
      ),
      bad: ['피부 독소를 배출하는 팩', '하룻밤 스킨 디톡스', '디 톡 스 마스크', 'Detox your skin'],
      good: ['주말엔 디지털 디톡스와 함께 입욕제', '묵은 각질을 부드럽게'],
    },
    {
      id: 'scar',
      pattern: either(
        near(
          '흉터|흉(?=[이을]\\s)|여드름\\s?자국|수술\\s?자국|튼살',
          `${relief}|재생|치료|${preparations}|전용|걱정|남지|희미`,
          10,
        ),
        /\bscars?\b|\bstretch marks?/u,
      ),
      exceptions: [covered('흉터|여드름 자국'), /\bscar(?:let|f|ves|ce)\b/u],
      bad: [
        '흉터가 옅어지는 크림',
        '수술 자국 케어 전용 겔',
        '튼살 제거 오일',
        'Fades scars in two weeks',
        '흉 터 완화',
      ],
      good: [
        '흉터까지 자연스럽게 가려 주는 컨실러',
        '흉터 제거 제품이 아닙니다',
        'Scarlet lip color',
      ],
    },
    {
      id: 'itch',
      pattern: either(
        near('가려움|가려운\\s?(?:피부|두피|부위)|간지러움|근질', `${relief}|에\\s?좋|멈|시원`, 10),
        /\b(?:anti-?itch|itch(?:ing|y)?[- ](?:relief|skin)|stops? itching)/u,
      ),
      exceptions: [
        /건조(?:함|해|하|로|에|성)?[^.!?]{0,14}가려움[^.!?]{0,16}일시적[^.!?]{0,6}완화|일시적(?:인|으로)?\s?(?:피부\s?)?가려움[^.!?]{0,8}완화|보습[^.!?]{0,14}가려움[^.!?]{0,10}일시적[^.!?]{0,6}완화/u,
      ],
      bad: [
        '가려움 완화 로션',
        '가려운 두피를 시원하게 잡아 주는 샴푸',
        '밤새 긁던 가려움이 사라졌어요',
        'Anti-itch lotion',
      ],
      good: [
        '보습으로 건조함에 의한 가려움의 일시적 완화에 도움',
        '가려움이 나타나면 사용을 중지하세요',
      ],
    },
    {
      id: 'redness',
      pattern: either(
        near('홍조|홍반|주사비|모세혈관', `${relief}|${preparations}|걱정|고민|피부|에\\s?좋`, 8),
        /\brosacea|\b(?:reduc|calm|soothe)[a-z]* (?:facial )?redness|\bredness (?:relief|reduction)/u,
      ),
      exceptions: [covered('홍조|홍반')],
      bad: [
        '안면 홍조 개선 크림',
        '홍조 고민 끝',
        '홍반을 가라앉히는 앰플',
        'Redness relief cream',
      ],
      good: ['홍조를 감쪽같이 커버하는 쿠션', '볼에 홍조를 더하는 블러셔'],
    },
    {
      id: 'pimple',
      pattern: near(
        '뾰루지|뾰두라지|화농성|좁쌀|등드름|가드름|턱드름|종기|부스럼|피부\\s?트러블|트러블(?=[이을]?\\s?(?:치료|완치|박멸|제거|삭제|개선))',
        '개선|완화|제거|없[애앤어]|사라|가라앉|잡아|잡는|치료|박멸|삭제|케어|싹|낫|쏙|안녕|끝',
        8,
      ),
      exceptions: [/피부\s?트러블[^.!?]{0,8}(?:케어|사라|끝|안녕|잡|싹|쏙)/u, covered('뾰루지')],
      bad: [
        '뾰루지 개선 스팟',
        '등드름이 싹 사라지는 바디워시',
        '올라온 뾰루지를 가라앉혀요',
        '좁쌀 여드름 제거',
      ],
      good: ['뾰루지가 난 날엔 메이크업을 가볍게', '뾰루지를 가려 주는 컨실러'],
    },
    {
      id: 'wound',
      pattern: either(
        near(
          '(?<![가-힣])상처(?!받|를\\s?(?:주|받)|뿐|\\s?입은\\s?마음)|손상된?\\s?(?:피부|조직|피부\\s?조직)|손상\\s?피부',
          '회복|재생|아[물무]|낫|나[아았]|치료|케어|복구|복원|개선|되돌|효과|연고|크림',
          10,
        ),
        /\bwounds?\b|\b(?:repair|restor|renew)[a-z]* damaged skin/u,
      ),
      exceptions: [/마음[^.!?]{0,8}상처|상처[^.!?]{0,4}마음/u],
      bad: [
        '상처 회복을 돕는 크림',
        '상처가 빨리 아물어요',
        '손상된 피부를 복구하는 앰플',
        'Speeds up wound healing',
      ],
      good: [
        '상처가 있는 부위 등에는 사용을 자제하세요',
        '마음의 상처에 향기로운 위로',
        '손상 모발을 위한 트리트먼트',
      ],
    },
    {
      id: 'hair-growth',
      pattern: either(
        /발모|육모|양모\s?(?:효과|촉진|제|토닉)|증모\s?효과|모근\s?(?:재생|활성|강화|자극)|모낭\s?(?:재생|활성|자극|강화|주기)|모발\s?(?:성장|재생|증가|생성|촉진)|두피\s?재생|휴지기|성장기\s?모발/u,
        near(
          '머리카락|머리숱|머리(?=[가이])|모발|잔머리|새\\s?머리',
          '자라[나난는납도서요지]|자란|자랍|새로\\s?(?:나|난|돋)|돋아|많아[지졌진집]|늘어[나났난납]|다시\\s?나',
          8,
        ),
        /\b(?:hair (?:re)?growth|regrow|grows? (?:new |your |back )?hair|thicker hair growth|hair restor)/u,
      ),
      bad: [
        '발모를 촉진하는 두피 토닉',
        '빈 곳에서 머리카락이 다시 자라요',
        '모근 강화 샴푸',
        '머리숱이 늘어나는 기적',
        'Clinically shown hair regrowth',
        '육 모 효과',
      ],
      good: [
        '머리숱이 풍성해 보이는 볼륨 샴푸',
        '발모제가 아닙니다',
        '머리카락을 부드럽게 빗어 주세요',
      ],
    },
    {
      id: 'growth',
      pattern: either(
        /(?<!매출\s?|기업\s?|경제\s?|자산\s?)성장\s?(?:촉진|호르몬|을\s?(?:촉진|돕|도와)|판|에\s?도움)|키\s?(?:가|를)?\s?(?:크는|커[지진집]|성장|키우)|발육\s?(?:촉진|을)|\bgrowth hormone|\bgrow taller/u,
      ),
      bad: ['우리 아이 성장 촉진 마사지 오일', '키 크는 로션', '성장판 자극 크림'],
      good: ['브랜드의 성장을 함께해 주세요', '성장하는 아이의 첫 로션'],
    },
    {
      id: 'eyelash',
      pattern: either(
        near(
          '속눈썹|눈썹',
          '자라[나난는납]?|자란|자랍|길어[졌진집]|길어지[는고]?|성장|발모|영양\\s?공급|증모|풍성해[지졌진집]|새로\\s?나|굵어',
          8,
        ),
        /\b(?:eye)?lash(?:es)? (?:growth|grow|regrow|lengthen(?:s|ing) naturally)|\bgrows? (?:longer )?(?:eye)?lashes|\blonger lashes in \d/u,
      ),
      exceptions: [/속눈썹[^.!?]{0,10}(?:길어|풍성해)\s?보/u],
      bad: [
        '속눈썹이 자란다',
        '바르면 속눈썹이 길어집니다',
        '눈썹 발모 에센스',
        'Lash growth serum',
      ],
      good: ['속눈썹이 길어 보이는 마스카라', '속눈썹을 또렷하게 올려 주는 컬링'],
    },
    {
      id: 'cell',
      guidelinePage: page11,
      pattern: either(
        near(
          '(?<!식물\\s?)세포',
          '재생|활성|증식|분열|성장|되살|깨[우워운]|회복|복구|부활|젊어|에너지',
          8,
        ),
        near(
          '\\bdna|디엔에이|유전자|텔로미어|미토콘드리아|염색체',
          '활성|복구|재생|손상|회복|발현|깨우|케어|수선|재설계|repair|activat|damage',
          10,
        ),
        /\bcell(?:s|ular)?[- ](?:regenerat|renewal|repair|activat|rejuvenat|turnover)|\b(?:regenerat|activat|repair|awaken|renew)[a-z]* (?:your |skin )?(?:cells?|dna)\b/u,
      ),
      bad: [
        '세포 재생을 돕는 앰플',
        '잠든 피부 세포를 깨우는 세럼',
        'DNA를 활성화하는 기술',
        '세포부터 젊어지는 크림',
        'Cell renewal night serum',
      ],
      good: ['식물 세포에서 얻은 수분 성분', '세포라 매장에서 만나요'],
    },
    {
      id: 'regeneration',
      guidelinePage: page11,
      pattern: either(
        /피부\s?(?:의\s?)?재생|재생\s?(?:크림|세럼|앰플|에센스|연고|밤|팩|마스크|케어|효과|력|관리|주기|능력|토너|로션)|(?:콜라겐|조직|진피|표피|장벽)\s?재생|재생(?=을\s?(?:돕|촉진|도와)|시[켜키킵]|되는\s?피부)/u,
        near('피부[가를는은]?', '재생(?!지|\\s?(?:버튼|용지|플라스틱|목록|펄프|종이))', 10),
        /리제너[레러]이?|리젠(?=\s?(?:크림|세럼|앰플|에센스|케어)|에라)|\bregenerat(?:e|es|ing|ion|ive)\b/u,
      ),
      exceptions: [/재생\s?(?:지|용지|플라스틱|펄프|버튼|목록|종이|에너지|원료|가능|유리|용기)/u],
      bad: [
        '피부 재생 크림',
        '무너진 피부가 재생됩니다',
        '밤사이 피부재생',
        '장벽 재생 앰플',
        '리제너레이팅 세럼',
        'Regenerates skin overnight',
      ],
      good: [
        '재생지로 만든 상자',
        '피부에 닿는 재생 플라스틱 용기',
        '영상 재생 버튼을 눌러 보세요',
      ],
    },
    {
      id: 'eye-mouth-disease',
      pattern: either(
        near(
          '안구\\s?건조|결막염|다래끼|구내염|구순염|구각염|잇몸|입병|각막|시력',
          `${relief}|났을|에\\s?좋|에\\s?바르`,
          8,
        ),
        /구순염|구각염|다래끼/u,
      ),
      guidelinePage: page10,
      bad: ['구순염에 좋은 립밤', '입병 났을 때 바르는 립 세럼', '다래끼 예방 아이 클렌저'],
      good: ['트는 입술을 촉촉하게', '눈가를 산뜻하게 닦아 내는 리무버'],
    },
  ],
)

/** Effects on the body. */
export const cosmeticsBodyRules = family(
  {
    ...shared,
    id: 'cosmetics.body',
    severity: 'block',
    guidelinePage: page11,
    explanation: {
      ko: '화장품의 범위를 벗어나 신체의 기능이나 모양을 바꾼다고 하는 표현입니다.',
      en: 'It says that a cosmetic changes the functions or the shape of the body.',
    },
  },
  [
    {
      id: 'circulation',
      pattern: either(
        /혈액\s?순환|혈행|혈류|기혈|혈관\s?(?:건강|확장|강화|탄력|청소|개선)|피가\s?잘\s?돌|손발\s?저림|수족냉증|\b(?:blood )?circulation\b|\bblood flow/u,
        near('순환', '촉진|개선|원활|돕[는습]|도와|활성|부스팅|up', 6),
      ),
      exceptions: [/(?:자원|공기|물|경제|데이터)\s?순환[^.!?]{0,10}/u],
      bad: [
        '혈액 순환을 돕는 바디크림',
        '혈행 개선 마사지 오일',
        '순환 촉진으로 가벼운 다리',
        '혈액*순환',
        'Improves blood circulation',
      ],
      good: ['자원 순환을 돕는 리필 팩', '공기 순환 촉진 설계 매장'],
    },
    {
      id: 'hormone',
      pattern: either(
        near(
          '(?<!환경\\s?)호르몬|에스트로겐|테스토스테론|멜라토닌|엔도르핀|코르티솔|세로토닌',
          '분비|촉진|조절|밸런스|균형|생성|활성|증가|자극|감소|정상화|boost|balance',
          8,
        ),
        /\b(?:balanc|boost|stimulat)[a-z]* (?:your )?hormone|\bhormon(?:e|al) balanc/u,
      ),
      bad: ['여성 호르몬 분비를 촉진하는 오일', '호르몬 밸런스 케어', 'Balances hormones'],
      good: ['환경호르몬 걱정 없는 용기', '기분 좋아지는 시트러스 향'],
    },
    {
      id: 'vaginitis',
      pattern: either(
        /질염|방광염|요실금|냉대하|질\s?(?:건조증|수축|탄력|이완|면역|유산균)|칸디다|\bvaginitis|\byeast infection|\bcandida/u,
        near('생리통|생리\\s?불순|갱년기|불감증', relief, 8),
      ),
      bad: [
        '질염 예방 여성청결제',
        '질 수축 타이트닝 젤',
        '갱년기 증상 완화 오일',
        'Prevents yeast infection',
      ],
      good: ['Y존을 산뜻하게 씻는 여성청결제', '재질염색 표시가 아닙니다'],
      exceptions: [/재질염색/u],
    },
    {
      id: 'internal-use',
      guidelinePage: '안내서-0086-07 p. 14',
      pattern: either(
        /(?<![가-힣])질\s?(?:내부?|속|안)(?=에|을|의|까지|\s)|(?<![가-힣])질에\s?(?:넣|삽입|주입)|자궁|\bvagina(?:l|lly)?\b/u,
        /(?:피부|얼굴|두피)\s?(?:속|안|밑|아래)?에?\s?(?:직접\s?)?주[사입](?:하|해|한|할)|귓속에\s?(?:넣|사용)|코\s?안에\s?바르/u,
      ),
      bad: [
        '질 내에 사용하는 세정 젤',
        '질 속까지 깨끗하게',
        '피부에 직접 주입하는 앰플',
        'Safe for vaginal use',
      ],
      good: ['재질 안내를 확인하세요', '품질 내세우는 브랜드', '질 내부에 사용하지 마세요'],
    },
    {
      id: 'sweat',
      pattern: either(
        /(?<!구슬)땀(?:\s?분비)?[을이]?\s?(?:억제|차단|방지|멈[추춰춥]|줄[이어여]|안\s?나|나지\s?않|막[아는]|잡[아는]|없[애앤])|땀\s?분비|땀\s?배출|다한증|발한\s?억제|땀샘/u,
        /\banti-?perspirant|\b(?:stop|block|reduc|control|prevent)[a-z]* (?:excess(?:ive)? )?(?:sweat|perspir)|\bsweat (?:block|control|reduc)/u,
      ),
      bad: [
        '땀을 억제하는 데오 스틱',
        '겨드랑이 땀이 안 나요',
        '다한증 고민 해결',
        '땀 차단 48시간',
        'Stops sweat for 48 hours',
      ],
      good: ['땀에도 무너지지 않는 쿠션', '땀 냄새를 산뜻하게', '구슬땀 줄줄 여름엔 쿨링 미스트'],
    },
    {
      id: 'diet',
      pattern: either(
        /다이어트|살\s?(?:빠[지져진집]|빼[는기고주]|뺀다|빠짐)|체중\s?(?:감[량소]|조절|관리)|감량|슬리밍|슬림\s?(?:크림|젤|패치|핏\s?크림)|(?:뱃|허벅지|팔뚝|옆구리|군|턱|종아리|팔)\s?살(?=[이을]?\s?(?:쏙|빠|빼|제거|감소|정리|타파|안녕|관리|케어|녹|사라|없|태우|고민|크림|슬림))/u,
        /\bslimming|\bweight[- ]loss|\blos(?:e|ing) weight|\bburns? calories|\bdiet\b/u,
      ),
      exceptions: [/다이어트\s?(?:콜라|코크)|뾰루지살/u],
      bad: [
        '바르기만 해도 살 빠지는 크림',
        '슬리밍 젤로 여름 준비',
        '허벅지 살 쏙!',
        '체중 감량을 돕는 바디랩',
        '다 이 어 트 크림',
        'Slimming gel for your belly',
      ],
      good: ['살결이 부드러워지는 바디로션', '가벼운 제형의 바디로션'],
    },
    {
      id: 'fat',
      pattern: either(
        near(
          '(?<!저|고|무)지방(?!산|족|방|시|특|법|선|자치|정부)',
          '분해|감소|연소|제거|태[우워웁]|파괴|녹[이아는여]|빠[지져진]|빼|배출|흡입|축적|타는|줄',
          6,
        ),
        /\b(?:fat[- ](?:burn|dissolv|melt|reduc|blast)|burn[a-z]* fat|melt[a-z]* (?:away )?fat|lipoly)/u,
      ),
      bad: ['지방 분해 크림', '뱃속 지방을 태우는 핫젤', '지방이 녹는 느낌', 'Fat-burning cream'],
      good: ['지방산이 풍부한 오일', '지방 배송도 무료'],
    },
    {
      id: 'shape',
      pattern: either(
        near(
          '체형|몸매|바디\\s?라인|골격|안면\\s?(?:비대칭|골격)|휜\\s?다리|거북목',
          '변화|교정|개선|바뀌|바꿔|바꾸|보정|만들|완성|잡아|변신|리셋',
          8,
        ),
        /\bs\s?라인|11자\s?다리|(?:허리|허벅지|팔뚝|종아리|복부)\s?(?:둘레|사이즈)[^.!?]{0,8}(?:감소|줄|\d)|\bbody[- ](?:contour|sculpt|shap)/u,
      ),
      bad: [
        '체형 변화를 경험하세요',
        '바르면 완성되는 S라인',
        '허리 둘레 감소 크림',
        'Body contouring cream',
      ],
      good: ['체형에 상관없이 편하게 바르는 로션', '라인이 예쁜 용기'],
    },
    {
      id: 'breast',
      pattern: either(
        near(
          '가슴|바스트|유방|엉덩이|힙',
          '확대|커[지져졌진집]|볼륨\\s?업|사이즈\\s?업|업(?=\\s?(?:크림|젤|효과))|풍만|탄력\\s?업|처짐',
          6,
        ),
        /힙\s?업|가슴\s?크림|\b(?:breast|bust)[- ](?:enlarg|enhanc|firm|up|lift|growth)|\b(?:enlarg|lift|firm)[a-z]* (?:your )?(?:breast|bust)/u,
      ),
      bad: [
        '가슴 확대 크림',
        '바르면 바스트가 커지는 젤',
        '힙업 마사지 크림',
        'Breast enhancement cream',
      ],
      good: ['가슴이 뛰는 향', '가슴까지 시원한 민트 향'],
    },
    {
      id: 'face-size',
      pattern: either(
        near(
          '얼굴(?:\\s?(?:크기|형|라인|살|윤곽))?|안면|턱선|광대|사각턱|이중\\s?턱|볼살',
          '축소|작아[지져졌진집]|줄[이어여]|교정|경락|슬림|소멸|갸름해|깎|타파|빠[지져진]|제거|없[애앤]',
          8,
        ),
        /소두|안면\s?윤곽|윤곽\s?(?:주사|시술)|\b(?:face|facial|jaw|chin)[- ](?:slimming|slim|contouring serum|reduction)|\bslims? (?:your )?face|\bdouble chin/u,
      ),
      exceptions: [/(?:얼굴|턱선|윤곽)[^.!?]{0,12}(?:작아|갸름해)\s?보/u],
      bad: [
        '얼굴 축소 크림',
        '얼굴이 작아지는 마스크팩',
        '이중턱 제거 밴드 팩',
        '볼살이 빠지는 괄사 크림',
        'Slims your face in 7 days',
      ],
      good: ['얼굴이 작아 보이는 쉐딩', '얼굴 전체에 부드럽게 펴 바르세요'],
    },
    {
      id: 'v-line',
      pattern: /(?<![a-z])v\s?-?\s?라인|브이\s?라인|\bv-?\s?(?:line|shape)\b/u,
      exceptions: [
        /(?:(?<![a-z])v\s?-?\s?라인|브이\s?라인)[^.!?]{0,8}(?:연출|표현|메이크업|쉐딩|셰딩|처럼\s?보)|(?:연출|쉐딩|셰딩|음영|컨투어)[^.!?]{0,10}(?:(?<![a-z])v\s?-?\s?라인|브이\s?라인)/u,
      ],
      bad: ['V라인 리프팅 밴드', '바르면 브이라인 완성', 'v 라인 크림', 'Get a V-line face'],
      good: ['쉐딩으로 V라인 연출', '음영으로 브이라인처럼 보이게'],
    },
    {
      id: 'body-waste',
      guidelinePage: '안내서-0086-07 p. 13',
      pattern: either(
        near(
          '(?:체내|몸\\s?속|몸\\s?안|혈액|혈관|장\\s?속)[^.!?]{0,6}(?:노폐물|독|찌꺼기)',
          '배출|제거|빼|청소|비우|씻|녹|해소|정리',
          8,
        ),
        near('노폐물', '배출|빼|순환', 6),
      ),
      exceptions: [
        /(?:피부|모공|두피|각질|메이크업|피지|얼굴)[^.!?]{0,14}노폐물[^.!?]{0,8}(?:배출|제거|빼|청소|순환|씻)/u,
      ],
      bad: ['체내 노폐물을 배출하는 바디랩', '몸속 노폐물 제거', '노폐물 배출 마사지 크림'],
      good: ['모공 속 노폐물을 빼내는 클렌저', '피부 노폐물 제거'],
    },
  ],
)

const claimOf = { severity: 'needs_evidence', guidelinePage: page10 } as const

/** Effects that may be claimed with proof. */
export const cosmeticsProvableRules = family(
  {
    ...shared,
    ...claimOf,
    id: 'cosmetics.provable',
    explanation: {
      ko: '이 제품의 인체적용시험 등 실증자료가 있어야 쓸 수 있는 표현입니다.',
      en: 'It may be said only with a test of this product that proves it.',
    },
  },
  [
    {
      id: 'ageing',
      pattern: either(
        near(
          '(?<!저속\\s?)(?:피부\\s?)?노화',
          '방지|예방|억제|지연|개선|완화|늦[추춰춥]|막|되돌|역전|멈|케어|관리|거[스슬]|고민|끝|정복|잡',
          8,
        ),
        /안티\s?-?\s?에이징|항\s?노화|저속\s?노화|슬로우?\s?에이징|웰\s?에이징|역노화|에이지\s?(?:리스|리버스|디파잉)|\banti-?\s?ag(?:e|e?ing)|\bage[- ](?:defying|reversing|less)|\bslow[- ]?ag(?:e?ing)/u,
        /(?:젊음|동안)[을를]?\s?(?:되찾|되돌|돌려)|회춘/u,
      ),
      evidenceThatAllows: testOf('노화|에이징|주름|탄력|ag(?:e?ing)', '피부 노화', 'skin ageing'),
      bad: [
        '피부 노화를 늦추는 세럼',
        '안티에이징 크림',
        '저속노화 스킨케어',
        'Anti-aging night cream',
      ],
      good: ['노화학회 포스터와 무관한 향수', '나이에 어울리는 향'],
    },
    {
      id: 'cellulite',
      pattern: /셀룰[라레]이[트드]|오렌지\s?껍질\s?피부|\bcellulite/u,
      evidenceThatAllows: testOf('셀룰|cellulite', '셀룰라이트 일시적 감소', 'cellulite'),
      bad: ['셀룰라이트 감소 바디크림', '울퉁불퉁 셀룰라이트 안녕', 'Anti-cellulite oil'],
      good: ['셀룰로오스 시트 마스크', '매끈하게 발리는 바디크림'],
    },
    {
      id: 'puffiness',
      pattern:
        /(?<![가-힣])붓기|(?<=[ 굴눈침밤리])붓기|(?<![가-힣])부기(?=[가를\s])|부종|다크\s?서클|\bpuff(?:y|iness)|\bdark circles?|\bde-?puff/u,
      exceptions: [covered('다크\\s?서클'), /(?:conceal|cover)[a-z]* (?:your |up )?dark circles?/u],
      evidenceThatAllows: testOf(
        '붓기|부기|부종|다크\\s?서클|dark circle|puff',
        '붓기·다크서클 완화',
        'puffiness or dark circles',
      ),
      bad: [
        '아침 붓기 쏙 빼는 아이패치',
        '다크서클 완화 아이크림',
        '다리 부종 케어 젤',
        'Reduces puffiness and dark circles',
      ],
      good: ['다크서클을 가려 주는 컨실러', '쏟아붓기 좋은 입욕제'],
    },
    {
      id: 'collagen',
      pattern: either(
        near(
          '콜라겐|엘라스틴|히알루론산|효소|필라그린|세라마이드',
          '증가|생성|합성|촉진|늘[어려리]|차오르|부스팅|생산|활성|채[워우]|재건|복원',
          8,
        ),
        /\b(?:boost|stimulat|increas|build|promot|support)[a-z]* (?:your |skin'?s? |natural )?(?:collagen|elastin)|\b(?:collagen|elastin) (?:boost|production|synthesis|stimul)/u,
      ),
      exceptions: [
        /(?:콜라겐|히알루론산|세라마이드)[을를]?\s?(?:가득\s?)?채[워우][^.!?]{0,4}(?:용기|병|담)/u,
      ],
      evidenceThatAllows: testOf(
        '콜라겐|엘라스틴|효소|히알루론|세라마이드|필라그린|collagen|elastin',
        '콜라겐·효소 증가',
        'the increase of collagen or enzymes',
      ),
      bad: [
        '콜라겐 생성을 촉진하는 세럼',
        '콜라겐이 차오르는 피부',
        '효소 활성 크림',
        'Boosts collagen production',
      ],
      good: ['콜라겐을 담은 수분 세럼', '가수분해 콜라겐 함유'],
    },
    {
      id: 'hair-thickness',
      pattern: either(
        near('모발|머리카락|머릿결', '굵어[지져졌진집]|굵기|두께\\s?증가|두꺼워', 8),
        near('빠지는\\s?(?:모발|머리)|모발\\s?(?:빠짐|탈락)', '감소|줄|완화|개선|방지', 8),
        /\bthick(?:er|ens?) hair\b|\bless hair fall|\bhair[- ]fall/u,
      ),
      evidenceThatAllows: testOf(
        '모발|머리카락|hair',
        '모발의 굵기나 빠짐',
        'the thickness or fall of hair',
      ),
      bad: ['가는 모발이 굵어지는 샴푸', '빠지는 모발 감소', 'Thicker hair in a month'],
      good: ['굵은 웨이브를 오래 잡아 주는 스프레이', '모발을 부드럽게 코팅'],
    },
    {
      id: 'lifting',
      pattern: either(
        /리프팅|\blifting\b|\bfirm(?:s|ing) (?:and lift|sagging)|\bsagging/u,
        near(
          '피부\\s?처짐|처진\\s?(?:피부|턱|볼|눈가)|늘어진\\s?(?:피부|모공|턱)',
          `${relief}|끌어\\s?올|당겨|탱탱|올려`,
          8,
        ),
      ),
      exceptions: [/(?:카드|커피|컬)\s?리프팅|속눈썹\s?리프팅|웨이트\s?리프팅/u],
      evidenceThatAllows: testOf(
        '리프팅|처짐|탄력|lifting|sagging|firm',
        '피부 처짐 개선',
        'sagging skin',
      ),
      bad: ['리프팅 크림', '처진 턱을 끌어올려 주는 앰플', 'Lifting and firming serum'],
      good: ['뚜껑을 들어 올리면 퍼지는 향', '피부결을 매끈하게'],
    },
    {
      id: 'moisture-depth',
      pattern: either(
        near(
          '피부\\s?(?:속\\s?)?(?:깊은\\s?곳|깊숙이|깊숙한|깊이|진피|속\\s?층)|진피층?|기저층|각질층\\s?(?:\\d+|열)\\s?층',
          '흡수|침투|도달|전달|스며|채[워우]|까지',
          8,
        ),
        /\bpenetrates? (?:deep|the dermis|into)|\bdeep into (?:the )?(?:skin|dermis)/u,
      ),
      evidenceThatAllows: testOf(
        '흡수|침투|전달|진피|각질층|penetrat|absor',
        '피부 흡수',
        'absorption into the skin',
      ),
      bad: [
        '진피까지 침투하는 앰플',
        '피부 깊숙이 전달되는 영양',
        'Penetrates deep into the dermis',
      ],
      good: ['끈적임 없이 스며드는 로션', '산뜻하게 흡수되는 제형'],
    },
    {
      id: 'pores',
      pattern: either(
        near(
          '모공',
          '축소|수축|작아[지져진집]|조[여이]|줄[어이여]|사라|없[애앤어]|삭제|타이트닝|실종|개선',
          8,
        ),
        /\b(?:shrink|minimi[sz]|tighten|reduc)[a-z]* (?:the appearance of )?(?:your )?pores/u,
      ),
      exceptions: [/모공[^.!?]{0,8}(?:커버|가려|메[워우]|블러)/u],
      evidenceThatAllows: testOf('모공|pore', '모공 개선', 'pores'),
      bad: ['모공 축소 세럼', '늘어진 모공을 꽉 조여요', 'Shrinks pores'],
      good: ['모공을 매끈하게 커버하는 프라이머', '모공 속 메이크업까지 말끔하게'],
    },
  ],
)
