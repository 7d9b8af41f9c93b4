import { either, near, relief, reviewOf, testOf } from './claims.ts'
import { family } from './family.ts'

const functional = {
  productTypes: ['cosmetics'],
  law: 'cosmetics_act',
  article: '13(1)',
  item: '2',
} as const

/** `주름개선 기능성화장품`, `미백에 도움을 주는 기능성화장품`: what the law itself calls them. */
const approved = (subject: string): RegExp =>
  new RegExp(
    `(?:${subject})[^.!?\\n]{0,24}(?:기능성\\s?화장품|이중\\s?기능성|functional cosmetic)|기능성\\s?화장품\\s?\\(?[^.!?\\n]{0,12}(?:${subject})(?:\\s?(?:개선|차단|완화))?`,
    'u',
  )

/** What only a reviewed or reported functional cosmetic may claim. */
export const functionalCosmeticsRules = family(
  {
    ...functional,
    id: 'cosmetics.functional',
    severity: 'needs_evidence',
    guidelinePage: '안내서-0086-07 p. 12',
    explanation: {
      ko: '기능성화장품으로 심사받거나 보고한 제품만 쓸 수 있는 표현입니다.',
      en: 'Only a product that was reviewed or reported as a functional cosmetic may say it.',
    },
  },
  [
    {
      id: 'whitening',
      pattern: either(
        /미백(?!색)|화이트닝|브라이트닝|라이트닝\s?(?:크림|세럼|앰플|케어|효과)|멜라닌|뽀얘[지져]|하얘[지져졌진집]|(?:하얀|새하얀|흰|백옥|우윳빛)\s?피부|피부[가를]?\s?(?:하얗|희)게|\bwhiten(?:s|ing|er)?\b|\bbrighten(?:s|ing)? (?:serum|cream|effect|skin|your skin)|\bskin[- ](?:light|whit|bright)ening|\bmelanin/u,
      ),
      exceptions: [approved('미백'), /미백색|(?:치아|이)\s?미백/u],
      evidenceThatAllows: reviewOf('미백|화이트닝|whitening|brightening', '미백', 'whitening'),
      bad: [
        '미백 크림으로 환하게',
        '화이트닝 앰플',
        '멜라닌 생성을 억제',
        '바를수록 하얘지는 피부',
        'Whitening serum',
        'ㅁㅣ백 세럼',
      ],
      good: [
        '미백에 도움을 주는 기능성화장품',
        '화사한 톤업 메이크업 베이스',
        '환한 미소에 어울리는 립',
      ],
    },
    {
      id: 'wrinkle',
      pattern: either(
        near(
          '주름(?!\\s?(?:치마|스커트|진\\s?(?:옷|셔츠)|빨대|상자|종이))|링클|잔주름|팔자|미간',
          `${relief}|개선|펴[지져진집주]|팽팽|옅|흐려|감소|걱정|고민|에\\s?(?:좋|효)|크림|세럼|앰플|스틱|패치|밤|아이크림|에센스|제로|프리`,
          8,
        ),
        /(?:안티|노)\s?-?\s?링클|\banti-?\s?wrinkle|\bwrinkles?\b|\bfine lines?\b|\bcrow'?s feet/u,
      ),
      exceptions: [
        approved('주름'),
        /(?:세로|입술|눈가|얼굴)?\s?주름[^.!?]{0,6}(?:부각|끼임|끼지|없이\s?(?:밀착|발리|붙)|사이(?:사이)?에\s?끼)|주름\s?없이\s?(?:밀착|매끈하게\s?(?:발리|붙))|주름\s?(?:커버|가[려리])/u,
        /\bwrinkle-?free (?:fit|sheet|fabric)/u,
      ],
      evidenceThatAllows: reviewOf('주름|링클|wrinkle', '주름 개선', 'wrinkles'),
      bad: [
        '주름 개선 크림',
        '안티링클 앰플',
        '눈가 잔주름이 펴져요',
        '팔자 주름 고민 끝',
        '주 름 케어',
        'Anti-wrinkle eye cream',
        'Smooths fine lines',
      ],
      good: [
        '주름개선 기능성화장품',
        '입술 주름 부각 없이 매끈한 립',
        '시트가 주름 없이 밀착됩니다',
        '이번 주 름늠한 향',
      ],
    },
    {
      id: 'sun',
      pattern: either(
        near('자외선|uv[ab]?|햇[빛볕]', '차단(?!제)|보호|막[아는]|방어|철벽|지[켜키]|방패', 8),
        /\bspf\s?\d|\bpa\s?\+|\b(?:sun|uv) (?:protect|block|defen)|\bprotects? (?:your skin )?(?:from|against) (?:the )?(?:sun|uv)|\bbroad[- ]spectrum/u,
      ),
      exceptions: [
        approved('자외선|spf'),
        /자외선\s?차단제[를을와과]?|자외선[^.!?]{0,4}차단\s?(?:모자|양산|용기)/u,
      ],
      evidenceThatAllows: reviewOf('자외선|spf|sun|uv', '자외선 차단', 'protection from the sun'),
      bad: [
        '자외선을 완벽하게 막아 주는 로션',
        'SPF50+ PA++++',
        '강한 햇빛으로부터 피부를 지켜요',
        'Protects against UV rays',
      ],
      good: [
        '자외선 차단 기능성화장품',
        '낮에는 자외선 차단제를 함께 발라 주세요',
        '자외선을 차단하는 제품이 아닙니다',
      ],
    },
    {
      id: 'pigment',
      guidelinePage: '안내서-0086-07 p. 9',
      pattern: either(
        near(
          '(?<![가-힣])기미(?=\\s?(?:[,·와과]|주근깨|잡티|제거|완화|개선|케어|고민|앰플|크림|세럼|치료|예방|색소|걱정)|[가를는은도]?\\s?(?:옅|흐|사라|지[우워]|없|연|줄|고민|생|싹|안녕))|주근깨|검버섯|색소\\s?침착|잡티',
          `${relief}|옅|흐려|연해|고민|걱정|크림|앰플|세럼|에\\s?좋|안녕|지우개`,
          10,
        ),
        /(?<![가-힣])기미[,·와과]?\s?주근깨/u,
        /\bfreckles?\b|\bmelasma|\bdark spots?|\bage spots?|\bhyper-?pigment/u,
      ),
      exceptions: [
        /(?:기미|주근깨|잡티|검버섯)[을를까지도은는이가와과,·\s]{0,4}(?:[가-힣]{1,5}[을를과와]?\s?){0,2}(?:커버|가[리려]|감추|감춰)[가-힣]{0,3}/u,
        /(?:fake|faux|drawn)[- ]freckles?|freckle (?:pen|pencil)|(?:conceal|cover)[a-z]* (?:up )?(?:dark spots?|freckles?)/u,
        approved('미백|기미'),
      ],
      evidenceThatAllows: reviewOf(
        '미백|기미|주근깨|색소|whitening|brightening|pigment',
        '기미·주근깨 등 색소침착을 막거나 옅게 하는 미백',
        'whitening, for spots and freckles',
      ),
      bad: [
        '기미·주근깨가 옅어지는 크림',
        '잡티 제거 앰플',
        '색소침착 케어',
        '기미 고민, 이제 안녕',
        'Fades dark spots',
      ],
      good: [
        '기미를 자연스럽게 가려 주는 쿠션',
        '더위가 물러갈 기미가 없을 때',
        '잡티 커버 파운데이션',
      ],
    },
    {
      id: 'acne',
      guidelinePage: '안내서-0086-07 p. 9',
      pattern: /여드름|아크네|\bacne\b|\bpimples?\b|\bblemish(?:es)? (?:control|treat|clear)/u,
      exceptions: [
        approved('여드름성|여드름'),
        /여드름\s?(?:자국|흉터)|여드름성?\s?피부[^.!?]{0,8}(?:적합|사용\s?가능|테스트)/u,
      ],
      evidenceThatAllows: reviewOf(
        '여드름|acne',
        '여드름성 피부를 완화하는 데 도움(인체세정용)',
        'acne-prone skin, rinse-off products',
      ),
      bad: [
        '여드름 피부를 위한 토너',
        '아크네 케어 세럼',
        '여드름이 쏙 들어가요',
        '여_드_름 안녕',
        'Clears acne fast',
      ],
      good: ['여드름성 피부를 완화하는 데 도움을 주는 기능성화장품', '여드름 치료제가 아닙니다'],
    },
    {
      id: 'hair-loss',
      guidelinePage: '안내서-0086-07 p. 10',
      pattern: either(/(?<![가-힣])탈모|(?<=[ 성형원두])탈모|\bhair[- ]loss|\bbalding|\balopecia/u),
      exceptions: [approved('탈모'), /이탈모드/u],
      evidenceThatAllows: reviewOf(
        '탈모|hair loss',
        '탈모 증상의 완화에 도움',
        'relief of the symptoms of hair loss',
      ),
      bad: [
        '탈모 걱정 없는 샴푸',
        '탈모 방지 토닉',
        '탈모인의 필수템',
        'Prevents hair loss',
        '원형 탈모에 좋은 앰플',
      ],
      good: ['탈모 증상의 완화에 도움을 주는 기능성화장품', '두피를 개운하게 씻는 샴푸'],
    },
    {
      id: 'hair-colour',
      pattern:
        /새치\s?염색|모발\s?(?:염색|탈색|탈염)|염모(?!제)|체모\s?제거|제모\s?(?:크림|왁스|효과)|\bhair (?:dye|removal cream)|\bdepilat/u,
      exceptions: [approved('염색|염모|탈색|제모|체모|모발의 색상')],
      evidenceThatAllows: reviewOf(
        '염색|염모|탈색|색상|제모|체모|hair',
        '모발의 색상 변화 또는 체모 제거',
        'hair colour or hair removal',
      ),
      bad: ['5분 새치 염색 크림', '모발 탈색을 집에서', '제모 크림'],
      good: ['모발의 색상을 변화시키는 기능성화장품', '염색 모발을 위한 트리트먼트'],
    },
    {
      id: 'barrier-itch',
      pattern: /피부\s?장벽[^.!?]{0,20}(?:가려움|건조함)[^.!?]{0,10}(?:개선|완화)/u,
      exceptions: [approved('피부\\s?장벽')],
      evidenceThatAllows: reviewOf(
        '장벽',
        '피부장벽의 기능을 회복하여 가려움 등의 개선에 도움',
        'skin barrier and itching',
      ),
      bad: ['피부장벽을 회복해 가려움까지 개선'],
      good: ['피부장벽의 기능을 회복하여 가려움 등의 개선에 도움을 주는 기능성화장품'],
    },
    {
      id: 'stretch-marks',
      pattern: near('튼살|임신선', '붉은\\s?선|옅', 10),
      exceptions: [approved('튼살')],
      evidenceThatAllows: reviewOf(
        '튼살',
        '튼살로 인한 붉은 선을 엷게 하는 데 도움',
        'red lines of stretch marks',
      ),
      bad: ['튼살의 붉은 선이 옅어져요', '임신선이 옅어지는 크림'],
      good: ['튼살로 인한 붉은 선을 엷게 하는 데 도움을 주는 기능성화장품'],
    },
  ],
)

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
          '개선|강화|회복|복구|복원|튼튼|재건|케어|세[우워]|무너진|쌓|탄탄|보수|리페어|repair',
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
        /피부과\s?(?:테스트|시험|임상)|더마\s?테스트|(?:저|무|피부)\s?자극\s?(?:테스트|시험|인증|판정|검증|완료|지수)|무자극|하이포\s?알러?제닉|알[레러]르?[기지]\s?테스트|안자극\s?테스트|민감성\s?(?:피부\s?)?(?:테스트|적합)/u,
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
