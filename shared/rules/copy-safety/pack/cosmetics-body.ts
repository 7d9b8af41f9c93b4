import { either, near, relief } from './claims.ts'
import { family } from './family.ts'

const shared = {
  productTypes: ['cosmetics'],
  law: 'cosmetics_act',
  article: '13(1)',
  item: '1',
} as const

const page11 = '안내서-0086-07 p. 11'

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
        /질염|방광염|요실금|냉대하|(?<![가-힣])질\s?(?:건조|건강|벽|입구|수축|탄력|이완|면역|유산균)|칸디다|\bvaginitis|\byeast infection|\bcandida/u,
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
        /(?<!구슬)땀(?:\s?분비)?[을이]?\s?(?:억제|차단|방지|멈[추춰춥]|줄[이어여]|안\s?[나납]|나지\s?않|뚝|멎|말라|뽀송|막[아는]|잡[아는]|없[애앤])|땀\s?분비|땀\s?배출|다한증|발한\s?억제|땀샘/u,
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
        /다이어트|살[이을]?\s?(?:쏙\s?)?(?:빠[지져졌진집]|빼[는기고주]|뺀다|빠짐)|(?:청바지|바지|허리|옷)[가이]?\s?헐렁|체중\s?(?:감[량소]|조절|관리)|감량|슬리밍|슬림\s?(?:크림|젤|패치|핏\s?크림)|(?:뱃|허벅지|팔뚝|옆구리|군|턱|종아리|팔)\s?살(?=[이을]?\s?(?:쏙|빠|빼|제거|감소|정리|타파|안녕|관리|케어|녹|사라|없|태우|고민|크림|슬림))/u,
        /\bslimming|\bweight[- ]loss|\blos(?:e|ing) weight|\bburns? calories|\bdiet\b/u,
      ),
      exceptions: [/다이어트\s?(?:콜라|코크)/u],
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
          '분해|감소|연소|제거|배로|태[우워웁]|파괴|녹[이아는여]|빠[지져진]|빼|배출|흡입|축적|타는|탄다|탑니|줄',
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
        /\bs\s?라인|11자\s?다리|(?:허리|허벅지|팔뚝|종아리|복부)\s?(?:둘레|사이즈)?[가이는를도]?\s?(?:[^.!?]{0,8}(?:감소|줄[었어여]|헐렁|쏙|얇아)|\d+(?:\.\d)?\s?(?:인치|cm|센티))|\b(?:shrink|slim|trim|reduc)[a-z]* (?:your )?(?:waist|thighs?|belly|arms?)|\bbody[- ](?:contour|sculpt|shap)/u,
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
          '확대|커[지져졌진집]|볼륨[을감]?\\s?(?:업|키[워우]|살[려아]|채[워우])|사이즈\\s?업|업(?=\\s?(?:크림|젤|효과))|풍만|탄력\\s?업|처짐',
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
          '축소|작아[지져졌진집]|줄[이어여]|교정|경락|슬림|소멸|갸름해|깎|반쪽|브이|타파|빠[지져진]|제거|없[애앤]',
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
