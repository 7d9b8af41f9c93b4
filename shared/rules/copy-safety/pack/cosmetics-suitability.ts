import { approved, either, near, testOf } from './claims.ts'
import { family } from './family.ts'

const functional = {
  productTypes: ['cosmetics'],
  law: 'cosmetics_act',
  article: '13(1)',
  item: '2',
} as const

/** Beyond what any review allows. */
export const functionalBeyondRules = family(
  {
    ...functional,
    id: 'cosmetics.beyond-review',
    severity: 'block',
    guidelinePage: '안내서-0086-07 p. 12',
    explanation: {
      ko: '기능성화장품이라도 심사받은 범위(도움을 줌)를 넘어서는 표현입니다.',
      en: 'It goes beyond what even a reviewed functional cosmetic may say, which is that it helps.',
    },
  },
  [
    {
      id: 'wrinkle-removal',
      pattern: either(
        near(
          '주름(?:이|을|까지|도)?|링클',
          '사라[지져졌진집]|없어[지져졌진집]|없[애앤앨]|지워[지져졌진집]|지우|삭제|완전히|영구|싹|제거|0으로|소멸',
          6,
        ),
        /\b(?:eras|remov|eliminat|banish)[a-z]* (?:all )?(?:your )?wrinkles|\bwrinkles? (?:disappear|vanish|gone)/u,
      ),
      bad: ['주름이 사라지는 크림', '주름 제거 앰플', '깊은 주름까지 싹', 'Erases wrinkles'],
      good: ['주름개선에 도움을 주는 기능성화장품', '다림질로 셔츠 주름 없이'],
    },
    {
      id: 'acne-removal',
      guidelinePage: '안내서-0086-07 p. 9',
      pattern: either(
        near(
          '여드름(?:이|을|균|균을|까지)?|아크네',
          '사라|없어[지져졌진집]|없[애앤앨]|제거|박멸|싹|뿌리|살균|퇴치|정복|완전|재발|안\\s?나|종결',
          6,
        ),
        /\b(?:eliminat|banish|kill|cur|eras)[a-z]* (?:acne|pimples)/u,
      ),
      bad: [
        '여드름 박멸 스팟',
        '여드름이 싹 사라졌어요',
        '여드름균을 없애는 폼',
        'Banish acne for good',
      ],
      good: ['여드름성 피부를 완화하는 데 도움을 주는 기능성화장품'],
    },
    {
      id: 'spot-removal',
      pattern: either(
        near(
          '(?<![가-힣])기미(?:가|를|까지)?|주근깨(?:가|를)?|검버섯(?:이|을)?|색소(?:가|를)',
          '사라|없어[지져졌진집]|없[애앤앨]|제거|지워|지우|박멸|싹|뿌리|영구|삭제',
          5,
        ),
        /\b(?:eras|remov|eliminat)[a-z]* (?:freckles|melasma|dark spots)/u,
      ),
      bad: ['기미가 사라지는 앰플', '주근깨 제거 크림', '검버섯을 지워 드려요'],
      good: ['기미를 가려 주는 컨실러', '미백에 도움을 주는 기능성화장품'],
    },
    {
      id: 'hair-loss-beyond',
      guidelinePage: '안내서-0086-07 p. 10',
      pattern: near(
        '탈모',
        '치료|완치|정복|탈출|해결|멈[추춰췄춥]|끝|종결|없[애앤앨어]|막[아는]|stop|걱정\\s?(?:끝|없)|재발',
        6,
      ),
      bad: ['탈모 탈출 샴푸', '탈모를 멈추는 토닉', '탈모, 이걸로 해결'],
      good: ['탈모 증상의 완화에 도움을 주는 기능성화장품', '탈모 치료제가 아닙니다'],
    },
    {
      id: 'sun-absolute',
      pattern: near('자외선(?:을)?|uv', '100\\s?%|완벽|완전|모두|전부|철벽', 6),
      bad: ['자외선 100% 차단', '자외선을 완벽하게 막아 줘요', 'UV 완전 차단'],
      good: ['자외선 차단 기능성화장품', '자외선이 강한 날에도 산뜻한 사용감'],
    },
    {
      id: 'ingredient-effect',
      pattern: near(
        '추출물|원료|성분|엑기스|비타민\\s?[a-e]?|레티놀|나이아신아마이드|병풀|시카|알로에|어성초|티트리|마데카소사이드|프로폴리스|글루타치온|판테놀|바쿠치올',
        '(?:미백|주름|재생|항산화|항염|탄력|진정|노화|여드름|보습)[^.!?]{0,6}(?:효과|효능|작용)[가이을를은는도]?\\s?(?:그대로|입증|검증|탁월|뛰어|고스란히|있)|효[능과](?:을|를|이|가)?\\s?(?:그대로|고스란히)',
        24,
      ),
      exceptions: [/원료[^.!?]{0,6}(?:특성|한함|에\s?한)/u],
      bad: [
        '병풀 추출물의 재생 효과를 그대로',
        '나이아신아마이드의 미백 효능을 고스란히 담은 세럼',
        '레티놀의 주름 개선 효과가 입증된 성분',
      ],
      good: ['병풀 추출물을 담은 수분 크림', '나이아신아마이드 5% 함유'],
    },
  ],
)

/** Fitness for a kind of skin, which a test shows. */
export const suitabilityRules = family(
  {
    ...functional,
    id: 'cosmetics.suitability',
    item: '1',
    severity: 'needs_evidence',
    guidelinePage: '안내서-0086-07 p. 15',
    explanation: {
      ko: '인체적용시험 자료로 실증해야 쓸 수 있는 표현입니다.',
      en: 'It may be said only with a test on people that proves it.',
    },
  },
  [
    {
      id: 'acne-prone',
      pattern: either(
        /여드름성?\s?피부[^.!?]{0,8}(?:적합|사용\s?가능|테스트|ok)|논\s?-?\s?코메도|\bnon-?\s?comedogenic|\bsuitable for acne/u,
      ),
      evidenceThatAllows: testOf(
        '여드름|코메도|acne|comedogenic',
        '여드름성 피부 적합',
        'fitness for acne-prone skin',
      ),
      bad: ['여드름성 피부 적합', '논코메도제닉 테스트 완료 크림', 'Non-comedogenic moisturizer'],
      good: ['건성 피부를 위한 크림'],
    },
    {
      id: 'antibacterial',
      pattern: either(
        /항균(?!\s?(?:포장|필름|용기|캡|펌프))|\banti-?\s?(?:bacterial|microbial)/u,
        near(
          '세균|유해균|박테리아|균(?=[을이])',
          '제거|없[애앤앨]|억제|99|잡아|씻|사멸|감소|차단',
          8,
        ),
      ),
      exceptions: [/(?:유산균|효모균|효모)[^.!?]{0,8}/u],
      evidenceThatAllows: testOf(
        '항균|세균|균|bacteri|microbi',
        '항균(인체세정용)',
        'the antibacterial effect, rinse-off products',
      ),
      bad: ['항균 핸드워시', '세균을 99% 제거하는 비누', 'Antibacterial body wash'],
      good: ['유산균 발효 성분의 워시', '균형 잡힌 수분'],
    },
    {
      id: 'barrier',
      pattern: either(
        near(
          '장벽',
          '개선|강화|회복|복구|복원|튼튼|재건|케어|세[우워]|무너진|쌓|탄탄|되살|살[리려아]|지[켜키]|단단|보수|리페어|repair',
          8,
        ),
        /무너진\s?(?:피부\s?)?장벽|\b(?:skin )?barrier[- ](?:repair|restor|strengthen|support|care)|\b(?:repair|restor|strengthen|rebuild)[a-z]* (?:the |your )?(?:skin |moisture )*barrier/u,
      ),
      exceptions: [
        /(?:언어|진입|무역|가격|소음|심리적?)\s?장벽[^.!?]{0,10}/u,
        approved('피부\\s?장벽'),
      ],
      evidenceThatAllows: testOf('장벽|barrier', '피부장벽 개선', 'the skin barrier'),
      bad: ['피부 장벽 강화 크림', '무너진 장벽을 튼튼하게', 'Repairs your skin barrier'],
      good: ['진입 장벽 없는 뷰티 입문 세트', '피부를 감싸는 보습막'],
    },
    {
      id: 'sebum',
      pattern: either(
        near(
          '피지|유분|블랙헤드|기름(?=[기을])',
          '조절|컨트롤|감소|억제|분비|줄[어이여]|밸런스|케어|개선|잡[아는]|차단|제로',
          8,
        ),
        /\b(?:sebum|oil)[- ](?:control|regulat|reduc|balanc)|\b(?:control|regulat|reduc)[a-z]* (?:excess )?(?:sebum|oil|shine)/u,
      ),
      evidenceThatAllows: testOf('피지|유분|블랙헤드|sebum|oil', '피지 조절', 'sebum'),
      bad: [
        '과잉 피지 조절 토너',
        '피지 분비를 줄여 주는 세럼',
        '번들거리는 유분을 잡아 주는 로션',
        'Oil-control toner',
      ],
      good: ['피지까지 말끔히 씻어 내는 클렌저', '유분감이 적은 산뜻한 로션'],
    },
    {
      id: 'fine-dust',
      pattern: either(
        near(
          '미세\\s?먼지|초미세|황사|대기\\s?오염|유해\\s?환경|블루\\s?라이트|전자파',
          '차단|방어|막[아는]|흡착|철벽|보호|지[켜키]|제거|세정|씻|싹',
          10,
        ),
        /안티\s?-?\s?폴루션|\banti-?\s?pollution|\bblue[- ]light (?:protect|block|defen)/u,
      ),
      evidenceThatAllows: testOf(
        '미세\\s?먼지|황사|폴루션|블루|pollution|dust|blue light',
        '미세먼지 차단',
        'fine dust',
      ),
      bad: [
        '미세먼지 차단 크림',
        '초미세먼지를 99% 씻어 내는 폼',
        '안티폴루션 미스트',
        'Anti-pollution shield',
      ],
      good: ['미세먼지 많은 날엔 꼼꼼한 세안을', '산뜻하게 감싸는 보습'],
    },
    {
      id: 'tested',
      guidelinePage: '안내서-0086-07 p. 16',
      pattern: either(
        /(?:두피|피부)[가는에도]{0,2}\s?(?:[가-힣]{1,3}\s)?(?:따갑|따가|쓰라리|화끈거리|편안|붉어지)[가-힣]{0,2}\s?(?:않|없|제로|0(?!\d)|$|[!,.])|따가움\s?(?:제로|없|0)|피부과\s?(?:테스트|시험|임상)|더마\s?테스트|(?:저|무|피부)\s?자극\s?(?:테스트|시험|인증|판정|검증|완료|지수)|무자극|하이포\s?알러?제닉|알[레러]르?[기지]\s?테스트|자극\s?(?:지수\s?)?0(?:\.0+)?(?!\d)|민감(?:성)?\s?(?:피부\s?)?(?:테스트|적합)|(?:안전성|피부|첩포)\s?테스트\s?(?:완료|통과|마친)/u,
        /(?:임상|인체\s?적용)\s?(?:시험|테스트|실험|연구)?[^.!?]{0,6}(?:완료|통과|입증|증명|검증|확인|결과)/u,
        /\b(?:dermatolog(?:ist|ically)|clinically|allergy)[- ](?:tested|proven|approved)|\bhypo-?allergenic/u,
      ),
      evidenceThatAllows: testOf(
        '피부과|자극|알[레러]|민감|임상|인체|dermatolog|irritat|allerg|clinical|hypoallergenic',
        '피부 자극',
        'skin irritation',
      ),
      bad: [
        '피부과 테스트 완료',
        '저자극 테스트를 마친 크림',
        '무자극 판정 0.00',
        '인체적용시험으로 입증된 보습',
        'Dermatologist-tested',
        'Clinically proven hydration',
      ],
      good: ['자극적인 향을 덜어 냈습니다', '테스트 중인 신제품 소식'],
    },
  ],
)
