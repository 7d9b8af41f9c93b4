import { family } from './family.ts'

/** Fair Labelling and Advertising Act art. 3(1) nos. 3 and 4: comparison and slander. */
export const rivalRules = family(
  {
    id: 'general',
    productTypes: 'all',
    law: 'fair_labelling_act',
    article: '3(1)',
    item: '3',
    severity: 'needs_evidence',
    guidelinePage: '비교표시·광고에 관한 심사지침',
  },
  [
    {
      id: 'comparison.unnamed',
      pattern:
        /(?:타사\s?(?:제품|상품|모델|브랜드)?|타\s?(?:제품|브랜드|업체)|경쟁(?:사\s?(?:제품|상품|모델)?|\s?제품|\s?업체|\s?브랜드)|시중(?!\s?(?:가|가격|판매가)(?![가-힣]))(?:의|에\s?나온)?\s?(?:제품|브랜드)?|다른\s?(?:제품|브랜드|회사|업체|곳)|일반\s?(?:제품|상품)|여느\s?(?:제품|브랜드)|기존(?:의)?\s?(?:제품|상품|브랜드))(?:들)?(?:보다|에\s?비해|\s?대비|와는|과는|과|와|하고는|은|는|이|가)\s?[^.!?\n]{0,18}?(?:\d[\d,.]{0,12}\s?(?:배|%)|뛰어|우수|좋|강력|강하|빠르|빠른|저렴|싸|싼|오래|튼튼|가볍|가벼운|달리|다릅니다|다른|차원|비교가\s?안|안\s?되|못\s?따라|앞서|높|낮|많|적|조용|월등|탁월)/u,
      exceptions: [
        /다른\s?(?:제품|곳|브랜드)(?:과|와)\s?(?:함께|같이|호환|중복|교차)[^.!?\n]{0,10}/u,
      ],
      evidenceThatAllows: {
        description: {
          ko: '비교 대상·기준·시점을 밝힌 공정한 비교 시험 결과',
          en: 'A fair comparison that names object, criterion and date',
        },
        pattern:
          /(?:비교|대비)[^\n]{0,60}(?:시험|테스트|조사|성적서|측정|벤치마크)|(?:시험|테스트|조사|측정|벤치마크)[^\n]{0,60}(?:비교|대비)|comparative (?:test|study)|benchmark/u,
      },
      explanation: {
        ko: '비교 대상과 기준을 밝히지 않은 우위 비교는 부당한 비교 광고입니다.',
        en: 'Superiority over unnamed others, or without a stated basis, is unfair comparison.',
      },
      bad: [
        '타사 대비 2배 강력한 흡입력',
        '시중 제품보다 오래갑니다',
        '다른 브랜드와는 차원이 다릅니다',
        '경쟁 제품에 비해 월등한 성능',
        '여느 제품보다 튼튼해요',
      ],
      good: [
        '다른 제품과 함께 구매하시면 합배송됩니다',
        '타사 제품과 호환됩니다',
        '작년보다 가벼워진 신제품, 지난해 모델과 나란히 두고 보세요',
      ],
    },
    {
      id: 'comparison.lettered_rival',
      pattern:
        /(?<![a-z])[a-z](?:사|사의|브랜드|제품|업체)(?:\s?제품)?(?:보다|에\s?비해|\s?대비|와\s?비교)[^.!?\n]{0,18}|[○oㅇ●*x]{1,3}사(?:\s?제품)?(?:보다|에\s?비해|\s?대비)[^.!?\n]{0,18}|(?:대기업|명품|백화점|호텔|수입)\s?(?:제품|브랜드|침구|급)?\s?(?:보다|에\s?비해|\s?대비|못지\s?않|뺨치|부럽지)[^.!?\n]{0,14}/u,
      evidenceThatAllows: {
        description: {
          ko: '비교 대상 제품명과 동일 조건의 비교 시험 결과',
          en: 'The name of the product compared and a test under equal conditions',
        },
        pattern: /(?:비교|대비)[^\n]{0,60}(?:시험|테스트|성적서|측정)|comparative (?:test|study)/u,
      },
      explanation: {
        ko: '이니셜로 부른 경쟁 제품과 비교하려면 동일한 조건의 객관적 자료가 있어야 합니다.',
        en: 'Comparison with a rival by its initial needs objective data under equal conditions.',
      },
      bad: [
        'A사 제품보다 30% 저렴',
        'B사 대비 배터리 2배',
        '○○사보다 조용합니다',
        '명품 못지않은 품질',
      ],
      good: ['A사이즈와 B사이즈 중 고르세요', '호텔 조식 쿠폰을 드립니다'],
    },
    {
      id: 'slander.products',
      item: '4',
      severity: 'block',
      guidelinePage: '비방적인 표시·광고',
      pattern:
        /(?:타사\s?(?:제품|상품|모델|브랜드)?|타\s?(?:제품|브랜드|업체)|경쟁(?:사\s?(?:제품|상품|모델)?|\s?제품|\s?업체)|다른\s?(?:제품|브랜드|회사|업체|곳|크림|화장품|청소기|학원|앱)|시중\s?(?:제품|브랜드)|[a-z](?:사|브랜드|업체)|옆집|앞집|이웃\s?가게|다른\s?건|다른\s?데|나머지(?:는)?|중국산|대기업|유명\s?브랜드)(?:들|의|은|는|이|가|에서|에는|\s?제품(?:은|는|의|들은)?)*\s?[^!?\n]{0,26}?(?:쓰레기|가짜|짝퉁|엉터리|사기|속이|속여|속지|눈속임|바가지|폭리|싸구려|저질|불량|유해|독성|발암|위험|최악|형편없|효과\s?(?:없|0|제로|가\s?없)|쓸모없|허접|거짓|과대\s?광고|믿을\s?수\s?없|불법|부작용|후회|엉망|망가|망쳐|깨집|고장|곰팡이|벌레|썩은|유통\s?기한|재탕|사기꾼|도둑|베낀|금방\s?(?:고장|망가))/u,
      exceptions: [/(?:사기|피싱|스미싱)\s?(?:예방|주의|피해)[^.!?\n]{0,10}/u],
      explanation: {
        ko: '경쟁사나 그 제품을 근거 없이 깎아내리는 것은 비방 광고입니다.',
        en: 'Running down rivals or their products is slander.',
      },
      bad: [
        '타사 제품은 다 가짜입니다',
        '다른 회사는 바가지 요금을 씌웁니다',
        '시중 제품은 유해 물질 덩어리',
        'A사 크림은 효과 없음',
        '중국산은 싸구려, 중국산은 금방 고장',
      ],
      good: [
        '스미싱 사기 예방 수칙을 안내합니다',
        '불량 제품은 무상 교환해 드립니다',
        '타사 제품과 호환됩니다',
      ],
    },
    {
      id: 'slander.deceived_buyers',
      item: '4',
      severity: 'block',
      guidelinePage: '비방적인 표시·광고',
      pattern:
        /(?:아직도|여태|이제)\s?[^.!?\n]{0,14}?(?:비싼\s?돈|호구|속고|바가지|가짜|쓰레기|싸구려)[^.!?\n]{0,14}|(?:업계|업체|학원|회사|브랜드|그들)(?:들)?(?:이|가|의)?\s?(?:절대로?\s?|끝까지\s?)?(?:숨기|숨긴|감추|감춘|쉬쉬|말해\s?주지\s?않|알려\s?주지\s?않|말하지\s?않)[^.!?\n]{0,14}|(?:호구|속지)\s?(?:되지|당하지|마)[^.!?\n]{0,8}(?:세요|말고|마라)/u,
      exceptions: [/(?:보이스\s?피싱|스미싱|사기|해킹)[^.!?\n]{0,10}속지[^.!?\n]{0,10}/u],
      explanation: {
        ko: '다른 업체가 소비자를 속인다는 식의 암시는 비방 광고입니다.',
        en: 'Insinuating that others deceive or hide something is slander.',
      },
      bad: [
        '아직도 비싼 돈 주고 속고 계세요',
        '업체들이 숨기는 충격적인 진실',
        '학원이 절대 말해 주지 않는 비밀',
        '호구 되지 마세요',
      ],
      good: ['보이스피싱에 속지 마세요', '아직도 고민 중이라면 무료 상담을 받아 보세요'],
    },
  ],
)
