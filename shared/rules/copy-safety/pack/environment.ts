import { family } from './family.ts'

/** Environmental Technology and Industry Support Act art. 16-10: claims about the environment. */
export const environmentRules = family(
  {
    id: 'general',
    productTypes: 'all',
    law: 'environmental_technology_act',
    article: '16-10(1)',
    item: '1',
    severity: 'needs_evidence',
    guidelinePage: '환경성 표시·광고 관리제도에 관한 고시; 환경 관련 표시·광고에 관한 심사지침',
  },
  [
    {
      id: 'environment.general_claim',
      pattern:
        /친환경(?:적(?:인|으로)?)?(?!\s?(?:농산물|재배|쌀|채소|과일|인증\s?농))|에코\s?(?:프렌들리|제품|소재|패키지|백이?라|라이프를\s?위한)|eco-?\s?friendly|환경(?:을|에)?\s?(?:보호하는|살리는|지키는|해치지\s?않는|생각한\s?(?:제품|소재)|좋은|이로운)|지구(?:를|에게|를\s?위한|에)?\s?(?:살리는|지키는|구하는|좋은|이로운|미안하지\s?않은|무해한|건강하게\s?하는|위한\s?(?:제품|소재|소비|선택))|그린\s?(?:제품|소재|테크|뷰티|워싱\s?없는)|클린\s?디젤|배출\s?가스\s?(?:제로|없|0)|\bclean(?:er|est)? diesel|착한\s?(?:소재|성분의\s?지구)|지속\s?가능한\s?(?:제품|소재|패키지|포장|원료|생산|선택)|환경\s?(?:오염|부담)(?:을|이)?\s?(?:없|줄이|줄인|최소)/u,
      exceptions: [
        /(?:친환경|지속\s?가능)[^.!?\n]{0,8}(?:목표|노력|고민|캠페인|주제|포럼|세미나|강연)[^.!?\n]{0,10}/u,
      ],
      evidenceThatAllows: {
        description: {
          ko: '환경표지 등 인증서 또는 어떤 속성이 얼마나 개선되었는지 보이는 전 과정 자료',
          en: 'An eco-label or life-cycle data that show which attribute improved, and by how much',
        },
        pattern:
          /(?:환경\s?표지|환경\s?마크|녹색\s?(?:제품|인증)|저탄소|gr\s?인증|epd|fsc|전\s?과정\s?평가|lca|탄소\s?발자국)[^\n]{0,60}(?:인증|번호|평가|결과|획득|받)?|eco-?label|life[- ]cycle assessment|fsc[- ]certified/u,
      },
      explanation: {
        ko: "'친환경' 같은 포괄적 표현은 속성과 범위를 밝히고 실증해야 합니다.",
        en: 'Sweeping claims such as eco-friendly have to name the attribute and be substantiated.',
      },
      bad: [
        '친환경 소재로 만든 텀블러',
        '지구를 지키는 칫솔',
        '환경에 좋은 세제',
        '에코 프렌들리 패키지',
        '지속 가능한 포장',
      ],
      good: [
        '지구본을 선물하세요',
        '친환경을 주제로 한 포럼',
        '환경 설정 메뉴를 확인하세요',
        '재활용 종이 30%를 쓴 상자는 분리배출하세요',
      ],
    },
    {
      id: 'environment.non_toxic',
      pattern:
        /무\s?독성|무해(?:한|합니다|해요|성분|\s?소재|\s?제품)|(?:독성|유해\s?(?:물질|성분)|화학\s?(?:물질|성분)|발암\s?물질|환경\s?호르몬|미세\s?플라스틱)(?:이|을|은|도|가)?\s?(?:전혀\s?|하나도\s?|1도\s?)?(?:없|제로|zero|프리|free|0\s?%|무첨가|빼고|뺀|들어\s?있지\s?않|나오지\s?않|검출되지\s?않|걱정\s?(?:없|끝|제로))|(?:인체|피부|아이|아기|반려동물|강아지|고양이)(?:에|에게|에도)\s?(?:무해|안전한\s?(?:성분|세제|소재|화학|제품)|해롭지\s?않)|노\s?케미(?:칼|컬)?|케미컬\s?프리|chemical-?\s?free|(?:물고\s?빨아도|빨아도|입에\s?넣어도|핥아도)\s?[^.!?\n]{0,6}(?:되는|안전|안심|괜찮)|먹어도\s?(?:되는|안전한|괜찮은)\s?(?:세제|크레파스|점토|비누|성분|물감)|안심\s?(?:성분|소재|물질)(?:만|으로)/u,
      exceptions: [/유해\s?(?:사이트|콘텐츠|매체)[^.!?\n]{0,12}/u],
      evidenceThatAllows: {
        description: {
          ko: '공인 시험기관의 불검출·안전성 시험성적서(시험 항목을 한정해 표시)',
          en: 'An accredited report of non-detection or safety, with the claim limited to what was tested',
        },
        pattern:
          /(?:불검출|유해\s?물질|안전\s?(?:기준|확인)|독성|자극)[^\n]{0,60}(?:시험|성적서|적합|신고\s?번호|확인)|(?:시험|성적서|신고\s?번호)[^\n]{0,60}(?:불검출|유해\s?물질|독성|적합)|not detected|toxicity test/u,
      },
      explanation: {
        ko: "'무독성·인체 무해'는 실증해야 하고 생활화학제품에는 쓸 수 없습니다(화학제품안전법 제34조).",
        en: 'Non-toxic or harmless has to be substantiated, and is banned for household chemicals.',
      },
      bad: [
        '인체에 무해한 성분',
        '무독성 매트',
        '화학 성분 제로 세제',
        '유해 물질 걱정 없는 벽지',
        '아이가 먹어도 되는 크레파스, 먹어도 안전한 물감',
      ],
      good: [
        '유해 사이트를 차단하는 공유기',
        '화학 수업 교재',
        '독성이 있는 식물이니 만지지 마세요',
      ],
    },
    {
      id: 'environment.household_chemicals',
      productTypes: ['general'],
      law: 'household_chemicals_act',
      article: '34',
      item: null,
      guidelinePage: '생활화학제품 등의 표시·광고에 관한 규정',
      severity: 'block',
      pattern:
        /(?:세제|세정제|섬유\s?유연제|탈취제|방향제|살균제|소독제|살충제|표백제|코팅제|접착제|디퓨저|캔들|곰팡이\s?제거제|주방\s?세제|세탁\s?세제|모기\s?기피제|워셔액)[^.!?\n]{0,24}?(?:무\s?독성|무해|인체에\s?(?:안전|무해)|안전한\s?성분|유해\s?(?:물질|성분)\s?(?:없|제로|0|프리)|환경\s?친화|친환경|자연\s?친화|천연\s?(?:성분|원료|100)|화학\s?(?:성분|물질)?\s?(?:없|제로|무|프리))|(?:무\s?독성|인체\s?무해|인체에\s?무해한|환경\s?친화적인?|친환경|유해\s?물질\s?(?:없는|제로|프리)|(?:물고\s?빨아도|빨아도|입에\s?넣어도|핥아도)\s?[^.!?\n]{0,6}(?:되는|안전|안심|괜찮)|먹어도\s?(?:되는|안전한))\s?[^.!?\n]{0,10}?(?:세제|세정제|섬유\s?유연제|탈취제|방향제|살균제|소독제|살충제|표백제|접착제|디퓨저|캔들|곰팡이\s?제거제|모기\s?기피제|워셔액)/u,
      explanation: {
        ko: '생활화학제품에 무독성·무해·친환경 등 안전하다고 오해하게 하는 문구는 금지됩니다.',
        en: 'Words that make a household chemical look harmless, such as non-toxic or eco-friendly, are banned.',
      },
      bad: [
        '무독성 주방세제',
        '인체에 무해한 탈취제',
        '친환경 섬유유연제',
        '우리 집 살균제는 인체에 안전합니다',
      ],
      good: ['세제는 어린이 손이 닿지 않게 보관하세요', '디퓨저 향을 골라 보세요'],
    },
    {
      id: 'environment.absolute',
      severity: 'block',
      pattern:
        /(?:환경|지구|자연|생태계|바다)(?:에|을|를)?\s?(?:전혀|절대|조금도|100\s?%|아무런|아무)\s?[^.!?\n]{0,8}?(?:해롭지\s?않\S{0,4}|해(?:가|를)?\s?(?:없|(?:끼치|주)지\s?않\S{0,4})|오염(?:이\s?없|(?:시키|을\s?일으키)지\s?않\S{0,4})|영향(?:이|을|도)?\s?(?:없|(?:주|미치|끼치)지\s?않\S{0,4}))|(?:환경\s?오염|오염|배출|쓰레기|폐기물)\s?(?:0\s?%|제로화?\s?(?:달성|제품|실현)|zero\s?(?:달성|제품))|100\s?%\s?(?:친환경|무공해|청정|에코)|무공해/u,
      exceptions: [/무공해\s?(?:차|자동차|차량)\s?(?:보조금|충전|등록)[^.!?\n]{0,8}/u],
      explanation: {
        ko: '환경에 전혀 해가 없다는 단정은 어떤 제품도 실증할 수 없는 과장입니다.',
        en: 'No product can prove that it does no harm at all to the environment.',
      },
      bad: [
        '환경에 전혀 해가 없는 플라스틱',
        '100% 친환경',
        '지구에 아무런 영향을 주지 않습니다',
        '무공해 세탁 볼',
      ],
      good: ['환경에 미치는 영향을 줄이려 노력합니다', '무공해차 보조금 안내'],
    },
    {
      id: 'environment.biodegradable',
      pattern:
        /생\s?분해(?:성|되는|됩니다|가\s?되는|\s?(?:플라스틱|비닐|소재|수지|제품|봉투|빨대|용기))?|(?:자연|흙|땅|바다)(?:에서|으로|속에서)?\s?(?:100\s?%\s?)?(?:분해(?:되는|됩니다|돼)|돌아가는\s?(?:소재|포장|용기|제품|비닐)|썩는)|썩는\s?(?:플라스틱|비닐|봉투|빨대|소재|용기)|퇴비화|biodegradable|compostable/u,
      exceptions: [/인증\s?제?\s?\d{3,}호?\s?\([^)\n]{0,60}\)/u],
      evidenceThatAllows: {
        description: {
          ko: '생분해성 인증(환경표지 EL724 등) 또는 조건이 있는 시험성적서',
          en: 'A certificate of biodegradability or a test with its conditions',
        },
        pattern:
          /(?:생분해|퇴비화|el\s?724|en\s?13432|tuv|ok compost|astm d6400)[^\n]{0,60}(?:인증|시험|성적서|certified|번호)?/u,
      },
      explanation: {
        ko: '생분해 표현은 분해 조건과 기간을 보이는 인증·시험이 있어야 합니다.',
        en: 'Biodegradable needs a certificate or test with conditions and time.',
      },
      bad: [
        '생분해 플라스틱 빨대',
        '흙에서 썩는 비닐',
        '100% 자연 분해되는 용기',
        '바다에서 분해되는 포장',
      ],
      good: ['분해 조립이 쉬운 선풍기', '자연으로 돌아가는 주말 캠핑'],
    },
    {
      id: 'environment.carbon',
      pattern:
        /탄소\s?(?:중립|제로|네거티브|배출(?:이|을|량)?\s?(?:0|제로|없|줄|감축|저감|\d)|발자국(?:을|이)?\s?(?:없|줄|제로))|넷\s?제로|net\s?zero|carbon\s?(?:neutral|free|zero)|온실가스(?:를|가|\s?배출)?\s?[^.!?\n]{0,6}?(?:줄|감축|저감|없|제로|0)|re100\s?(?:달성|제품)|기후\s?(?:위기를?\s?막는|중립)/u,
      exceptions: [/탄소\s?중립\s?(?:포럼|세미나|기본법|정책|교육|포인트)[^.!?\n]{0,8}/u],
      evidenceThatAllows: {
        description: {
          ko: '탄소발자국·저탄소제품 인증 또는 제3자 검증 산정 결과',
          en: 'A carbon-footprint certificate or a verified calculation',
        },
        pattern:
          /(?:탄소\s?(?:발자국|중립|배출)|저탄소|온실가스|carbon)[^\n]{0,60}(?:인증|검증|산정|보고서|lca|번호|verified|certified|offset)/u,
      },
      explanation: {
        ko: '탄소중립·감축 표현은 산정 범위와 제3자 검증이 있어야 합니다.',
        en: 'Carbon-neutral or reduced needs a verified calculation and its scope.',
      },
      bad: [
        '탄소중립 운동화',
        '탄소 배출 제로 커피',
        '온실가스를 줄이는 티셔츠',
        '넷제로 달성 제품',
      ],
      good: ['탄소중립 포럼에 초대합니다', '탄소 섬유 낚싯대'],
    },
    {
      id: 'environment.recycled',
      pattern:
        /(?:100\s?%|전부|모두|완전(?:히)?)\s?(?:재활용|재생|업사이클|리사이클)(?:\s?(?:가능|소재|플라스틱|원료|섬유|된))?|(?:재활용|재생|리사이클|업사이클)\s?(?:플라스틱|소재|원료|섬유|폴리에스터|페트|pet|원단|알루미늄)(?:을|를|로|으로)?\s?(?:만\s?|만을\s?)?(?:사용|만든|만들|제작|\d)|플라스틱\s?(?:프리|제로|없는|free|zero)|제로\s?웨이스트\s?(?:제품|포장|소재|샴푸|실현)|미세\s?플라스틱(?:이|을)?\s?(?:없|제로|0|불검출)/u,
      evidenceThatAllows: {
        description: {
          ko: '재활용 원료 함량 인증(GRS, GR 등)이나 재질·함량 시험',
          en: 'A certificate of recycled content (GRS, GR) or a test of material and content',
        },
        pattern:
          /(?:grs|rcs|gr\s?인증|재활용|재생\s?원료|함량|미세\s?플라스틱)[^\n]{0,60}(?:인증|번호|시험|성적서|함량\s?\d|불검출|certified)/u,
      },
      explanation: {
        ko: '재활용·플라스틱 프리 표현은 대상(제품·포장)과 함량을 실증해야 합니다.',
        en: 'Recycled or plastic-free needs its object (product, packaging) and content proven.',
      },
      bad: [
        '100% 재활용 소재',
        '재생 플라스틱으로 만든 가방',
        '플라스틱 프리 제품',
        '미세플라스틱 없는 수세미',
      ],
      good: ['재활용품은 분리배출해 주세요', '플라스틱 용기는 헹궈서 버려 주세요'],
    },
    {
      id: 'environment.marks',
      severity: 'needs_evidence',
      pattern:
        /(?:환경\s?(?:표지|마크)|친환경|녹색|에코\s?라벨|저탄소|탄소\s?발자국|gr|비건|크루얼티\s?프리|동물\s?복지)\s?(?:제품\s?)?(?:마크\s?)?(?:인증|획득|공인|등급)(?:을|를|받은|받|된|한|\s?제품|\s?완료|$|[!.])|(?:100\s?%\s?)?비건\s?(?:화장품|뷰티|제품|가죽|소재|포뮬러|인증)|동물\s?실험(?:을)?\s?(?:하지\s?않|안\s?하|없)/u,
      evidenceThatAllows: {
        description: {
          ko: '인증 기관과 번호가 있는 인증서',
          en: 'The certificate with body and number',
        },
        pattern:
          /(?:환경\s?표지|친환경|녹색|저탄소|gr|비건|vegan|크루얼티|leaping bunny|동물\s?복지|동물\s?실험)[^\n]{0,60}(?:번호|인증서|인증\s?기관|certif|협회|확인서|원|society)/u,
      },
      explanation: {
        ko: '환경·비건 인증 표현은 인증서와 번호로 확인되어야 합니다.',
        en: 'Environmental or vegan marks need the certificate and its number.',
      },
      bad: [
        '친환경 인증 완료 매트',
        '비건 인증 화장품',
        '녹색 인증 제품',
        '동물실험을 하지 않는 브랜드',
      ],
      good: ['비건 메뉴판을 요청하세요', '인증 샷을 올려 주세요'],
    },
  ],
)
