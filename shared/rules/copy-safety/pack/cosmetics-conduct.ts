import { either, paper } from './claims.ts'
import { family } from './family.ts'

const rivals =
  '타사|경쟁사|다른\\s?(?:브랜드|회사|제품|크림|화장품|세럼|앰플|로션|샴푸)|시중\\s?(?:의|에\\s?파는)?\\s?(?:제품|크림|화장품|샴푸)?|기존\\s?(?:제품|크림|화장품)|일반\\s?(?:크림|화장품|제품|세럼|샴푸|로션)|[a-c]사|명품\\s?(?:브랜드|크림|화장품)?|백화점\\s?(?:브랜드|크림|화장품)|(?:other|competing|rival|ordinary|leading) (?:brands?|creams?|products?|serums?)|competitors?'

/** Annex 5 no. 2: what an advertisement has to keep to. */
export const cosmeticsConductRules = family(
  {
    id: 'cosmetics.conduct',
    productTypes: ['cosmetics'],
    law: 'cosmetics_rule',
    article: 'annex 5',
    severity: 'block',
  },
  [
    {
      id: 'absolute',
      item: '2.바',
      pattern: either(
        /(?<![가-힣])최고(?=[의로!예라다,.~급]|$|\s?(?:의|효과|효능|크림|품질|성분|제품|화장품|앰플|세럼|보습|급(?!의\s?편)|수준의\s?(?:효|보))|입니다|예요)(?!의\s?(?:순간|하루|선물|날|시간|기분|친구|엄마|응원))|(?<![가-힣])최상(?=[의급]|\s?(?:품질|효과|성분|원료))|세계\s?(?:최고|최상|제일|1위)|국내\s?(?:최고|최상)|유일무이|(?:업계|국내|세계|전국)\s?유일/u,
        /\b(?:the )?(?:world'?s |korea'?s )?(?:best|finest|number one|no\.? ?1|#1) (?:cream|serum|skin ?care|cosmetic|moisturi[sz]er|shampoo|lotion|sunscreen|formula|brand)/u,
      ),
      exceptions: [
        /최고\s?(?:기온|령|참|봉|위|온도|높이|층|속도|점)|최고의\s?(?:순간|하루|선물|날|시간|기분)/u,
        /(?:최고|최상|1위)[^.!?\n]{0,8}(?:목표|향해|꿈|되고\s?싶|되겠)[^.!?\n]{0,6}/u,
      ],
      explanation: {
        ko: '"최고", "최상"처럼 배타성을 띤 절대적 표현은 화장품 광고에 쓸 수 없습니다.',
        en: 'Absolute words such as "the best" exclude all others and may not be used for cosmetics.',
      },
      bad: [
        '최고의 크림',
        '세계 최고 보습',
        '최상의 효과를 드립니다',
        '국내 유일 성분',
        '최.고.의 크림',
        "The world's best cream",
      ],
      good: [
        '오늘 최고기온은 31도, 산뜻한 미스트',
        '최고의 선물이 될 향수',
        '최 고객님께 드리는 쿠폰',
        '최고를 목표로 연구합니다',
      ],
    },
    {
      id: 'first',
      item: '2.바',
      severity: 'needs_evidence',
      pattern:
        /(?:국내|세계|업계|대한민국|아시아)\s?최초|(?<![가-힣])최초(?=[의로!]|\s?(?:성분|개발|기술|공개|출시))|세상에서\s?가장|세계에서\s?가장|지구상[^.!?\n]{0,6}(?:가장|유일)|가장\s?(?:강력|뛰어난|효과적|순한|좋은\s?(?:성분|크림|화장품))|유일(?:한|의|하게)\s?(?:성분|기술|크림|화장품|브랜드)|독보적|압도적|(?:판매|매출|인기|점유율|만족도)\s?(?:\d\s?년\s?연속\s?)?1위|1위\s?(?:크림|앰플|세럼|브랜드|제품|샴푸)|넘버\s?원|\b(?:world'?s|korea'?s) first|\bthe (?:only|first) (?:cream|serum)|(?:\bno\.? ?1|(?<![a-z0-9])#1|\bnumber one)\b/u,
      exceptions: [
        /1위[^.!?\n]{0,8}(?:목표|향해|꿈|되고\s?싶|되겠)[^.!?\n]{0,6}|최초\s?(?:개봉|사용|구매|가입|주문)/u,
      ],
      evidenceThatAllows: paper(
        /(?:1위|최초|점유율|판매량|매출)[^.!?\n]{0,60}(?:조사|기준|자료|집계|리서치|닐슨|칸타|유로모니터|\d{4}년)|(?:조사|집계|리서치|nielsen|kantar|euromonitor)[^.!?\n]{0,60}(?:1위|최초|점유율|no\.? ?1|first)/u,
        '대상·기간·조사기관을 밝힌 1위·최초의 객관적 자료',
        'Objective data for the rank or the first place, with period and source',
      ),
      explanation: {
        ko: '1위, 최초, 유일 같은 배타적 표현은 대상과 기준을 밝히고 객관적으로 확인될 수 있어야 합니다.',
        en: 'First, only and number one must name their basis and be objectively verifiable.',
      },
      bad: [
        '국내 최초 성분',
        '세상에서 가장 순한 크림',
        '올리브영 에센스 판매 1위',
        '1위 크림',
        'The #1 serum',
      ],
      good: ['1위를 목표로 달립니다', '최초 개봉 후 6개월', '처음 만나는 향'],
    },
    {
      id: 'comparison',
      item: '2.바',
      severity: 'needs_evidence',
      pattern: either(
        new RegExp(
          `(?:${rivals})[^.!?\\n]{0,8}(?:보다|대비|와\\s?(?:비교|달리|다른)|과\\s?(?:비교|달리|다른)|와는\\s?다|과는\\s?다|비해)|\\b(?:better|stronger|faster|more effective|gentler) than (?:\\w+ ){0,2}(?:${rivals})|\\bthan (?:any )?other (?:brands?|creams?|products?|serums?)|\\bunlike (?:${rivals})`,
          'u',
        ),
        new RegExp(
          `(?:${rivals})[^.!?\\n]{0,14}(?:뛰어넘|압도|능가|상대도|이기|제쳤|못지|부럽지)`,
          'u',
        ),
      ),
      evidenceThatAllows: paper(
        /(?:비교|대비)[^.!?\n]{0,40}(?:시험|실험|조사|자료|결과)|compar[a-z]* (?:test|study|trial)/u,
        '비교 대상과 기준을 밝힌 객관적 비교 자료',
        'An objective comparison that names its target and basis',
      ),
      explanation: {
        ko: '경쟁상품과의 비교는 대상과 기준을 밝히고 객관적으로 확인될 수 있어야 합니다.',
        en: 'A comparison must name its target and basis and be objectively verifiable.',
      },
      bad: [
        '타사 대비 2배 촉촉',
        '다른 크림보다 빠른 흡수',
        '명품 크림을 뛰어넘는 보습',
        'Better than other creams',
      ],
      good: ['지난겨울보다 촉촉한 올겨울', '다른 제품과 함께 사용할 때는 소량부터'],
    },
    {
      id: 'slander',
      item: '2.카',
      pattern: either(
        new RegExp(
          `(?:${rivals})[은는들의이가]{0,3}[^.!?\\n]{0,14}(?:독성|가짜|효과\\s?(?:가\\s?)?없|쓰레기|버리세요|버려|유해|해롭|망치|망가|속[이고았]|거짓|싸구려|화학\\s?덩어리|발암|물\\s?탄|엉터리|사기)`,
          'u',
        ),
        /싸구려\s?(?:화장품|크림|성분)|아직도\s?(?:독한|유해한|화학)[^.!?\n]{0,12}(?:쓰|바르)|\b(?:other|cheap) (?:brands?|creams?|products?) (?:are|is) (?:toxic|fake|useless|garbage|junk|harmful)/u,
      ),
      explanation: {
        ko: '사실 여부와 관계없이 다른 제품을 비방하거나 비방한다고 의심되는 표현입니다.',
        en: 'It disparages other products, or seems to, true or not.',
      },
      bad: [
        '시중 크림은 다 화학 덩어리',
        '타사 제품은 효과가 없습니다',
        '싸구려 화장품에 속지 마세요',
        'Other brands are toxic',
      ],
      good: ['취향에 맞는 향을 고르세요', '다른 제품도 함께 둘러보세요'],
    },
    {
      id: 'foreign-technology',
      item: '2.마',
      severity: 'needs_evidence',
      pattern:
        /(?:프랑스|독일|스위스|일본|미국|이탈리아|이태리|영국|외국|해외|유럽)[^.!?\n]{0,10}(?:기술\s?제휴|공동\s?개발|기술력|특허\s?기술|연구소와)|\b(?:french|german|swiss|japanese|american|italian) (?:technology|laborator)/u,
      evidenceThatAllows: paper(
        /기술\s?제휴|라이선스|공동\s?개발\s?(?:계약|협약)|licen[sc]e agreement|technology agreement/u,
        '외국과의 기술제휴 계약',
        'The agreement on foreign technology',
      ),
      explanation: {
        ko: '외국과 기술제휴를 하지 않고 기술제휴 등을 표현해서는 안 됩니다.',
        en: 'Foreign technology may be named only where there is an agreement on it.',
      },
      bad: ['스위스 기술 제휴 앰플', '독일 연구소와 공동 개발', 'Made with Swiss technology'],
      good: ['프랑스 남부의 라벤더 향', '독일 여행에서 떠올린 향'],
    },
    {
      id: 'foreign-origin',
      item: '2.라',
      severity: 'needs_evidence',
      pattern:
        /(?:프랑스|독일|스위스|일본|미국|이탈리아|이태리|영국|유럽)[^.!?\n]{0,6}(?:직수입|직구|정품|명품\s?(?:크림|화장품)|산\s?(?:크림|화장품|세럼)|본사|국민\s?(?:크림|화장품))|\b(?:made in|imported from) (?:france|germany|switzerland|japan|italy|the usa?)/u,
      evidenceThatAllows: paper(
        /수입\s?(?:신고|면장|필증)|원산지|제조국|제조원|import (?:declaration|permit)|country of origin|made in/u,
        '제조국이나 수입을 증명하는 자료',
        'A paper about where it was made',
      ),
      explanation: {
        ko: '국내제품을 외국제품으로, 외국제품을 국내제품으로 잘못 알게 해서는 안 됩니다.',
        en: 'A domestic product must not look foreign, nor a foreign one domestic.',
      },
      bad: ['프랑스 직수입 크림', '스위스 국민 크림', 'Made in France'],
      good: ['프랑스 자수 파우치 증정', '국내에서 만들었습니다'],
    },
    {
      id: 'endangered',
      item: '2.차',
      pattern:
        /웅담|사향\s?(?:노루|주머니|함유)|호랑이\s?(?:뼈|기름|연고)|코뿔소|바다거북\s?(?:오일|기름)|고래\s?(?:기름|오일|왁스)|상아\s?(?:가루|추출)|천산갑|곰\s?(?:쓸개|기름)|상어\s?(?:간유|연골)\s?희귀|\b(?:bear bile|rhino horn|tiger bone|whale oil|pangolin|ivory powder|turtle oil)/u,
      explanation: {
        ko: '국제적 멸종위기종의 가공품이 들어 있다고 하거나 암시하는 표현입니다.',
        en: 'It says or implies that the product holds parts of endangered species.',
      },
      bad: ['웅담 성분 크림', '바다거북 오일 함유', 'With real tiger bone extract'],
      good: ['고래가 그려진 비누', '곰돌이 모양 입욕제'],
    },
    {
      id: 'indecent',
      item: '2.자',
      pattern:
        /오르가[즘슴]|성욕|정력(?!적)|발기|섹스|야한\s?(?:밤|상상|크림)|음란|페로몬\s?(?:향수|효과|자극)|이성을?\s?(?:유혹|흥분)|성적\s?(?:흥분|매력\s?폭발)|\borgasm|\blibido|\baphrodisiac|\bsexual (?:pleasure|arous)/u,
      explanation: {
        ko: '저속하거나 혐오감을 주는 표현입니다.',
        en: 'It is indecent or repulsive.',
      },
      bad: ['정력에 좋은 바디오일', '이성을 유혹하는 페로몬 향수', 'Boosts your libido'],
      good: ['정력적인 하루를 여는 시트러스', '은은하게 남는 잔향'],
    },
    {
      id: 'out-of-scope',
      item: '2.아',
      pattern: either(
        /(?:마시|복용|섭취)[는하해할]{1,2}\s?(?:화장품|앰플|크림|세럼)|(?:물린|쏘인)\s?(?:데|곳|자국)[^.!?\n]{0,8}(?:바르|효과|진정|케어)|모기[^.!?\n]{0,8}(?:퇴치|기피|쫓|물린)|벌레\s?(?:기피|퇴치|쫓|물린)|해충|진드기\s?(?:기피|퇴치)|\b(?:insect|mosquito) (?:repell|bite)/u,
      ),
      explanation: {
        ko: '화장품의 범위를 벗어나는 표현입니다.',
        en: 'It goes beyond what a cosmetic is.',
      },
      bad: ['모기 기피 바디 미스트', '벌레 물린 데 바르는 밤', 'Mosquito repellent lotion'],
      good: ['모깃불 피우던 여름밤의 향', '캠핑에 챙기기 좋은 미니 로션'],
    },
    {
      id: 'spotless-results',
      item: '2.사',
      severity: 'block',
      pattern: either(
        /(?:누구나|무조건|반드시|100\s?%|확실(?:히|하게)|즉시|바르는\s?즉시|바르자마자)\s?[^.!?\n]{0,10}(?:효과|개선|좋아[지졌진집]|해결|달라[지져진집]|사라|성공)|효과\s?(?:100\s?%|보장|없으면)|\bguaranteed (?:results|to work)|\bresults guaranteed|\binstant(?:ly)? (?:erase|remov|cure|fix)/u,
        /(?:사용|시술)\s?전\s?[·\-/&]?\s?후\s?(?:비교|사진)|비포\s?(?:앤\s?)?애프터|\bbefore[- ]?(?:and|&|\/)[- ]?after\b/u,
      ),
      exceptions: [/(?:100\s?%|즉시)\s?(?:환불|할인|사용|적립)[^.!?\n]{0,10}/u],
      explanation: {
        ko: '전체적으로 보아 소비자가 효과를 잘못 인식할 우려가 있는 표현입니다.',
        en: 'As a whole it may mislead consumers about the effect.',
      },
      bad: [
        '누구나 효과를 봅니다',
        '바르는 즉시 달라집니다',
        '효과 보장 크림',
        '사용 전후 비교 사진',
        'Results guaranteed',
      ],
      good: ['100% 환불 보장 정책을 확인하세요', '사용감은 사람마다 다를 수 있습니다'],
    },
  ],
)
