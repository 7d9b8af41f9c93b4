import { cautions } from './cautions.ts'
import { appearance, approved, either, near, relief, reviewOf } from './claims.ts'
import { family } from './family.ts'

const functional = {
  productTypes: ['cosmetics'],
  law: 'cosmetics_act',
  article: '13(1)',
  item: '2',
} as const

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
        /미백(?!색)|화이트닝|브라이트닝|라이트닝\s?(?:크림|세럼|앰플|케어|효과)|멜라닌|뽀얘[지져졌진집]|(?:피부\s?톤|안색|얼굴\s?톤)[^.!?\n]{0,10}(?:\d|[한두세])\s?(?:단계|톤)[^.!?\n]{0,6}(?:개선|밝아[지졌진집]|업|환해)|(?:피부\s?톤|안색)[이을]?\s?(?:밝아[지졌진집]|환해[지졌진집]|하얘)|하얘[지져졌진집]|(?:[두세네]|\d)\s?톤[^.!?\n]{0,8}(?:밝아[지졌진집]|환해[지졌진집]|하얘)|(?:하얀|새하얀|흰|백옥|우윳빛)\s?피부|피부[가를]?\s?(?:하얗|희)게|\bwhiten(?:s|ing|er)?\b|\bbrighten(?:s|ing)? (?:serum|cream|effect|skin|your skin)|\bskin[- ](?:light|whit|bright)ening|\bmelanin/u,
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
        appearance,
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
        near(
          '자외선|uv[ab]?|햇[빛볕]',
          '차단(?!제)|보호|막[아는]|방어|철벽|지[켜키]|방패|걱정\\s?(?:끝|없|제로)|안심|끄떡|안\\s?타|타지\\s?않|그을|이[기겨긴]',
          8,
        ),
        /\bspf\s?\d|\bpa\s?\+|\b(?:sun|uv) (?:protect|block|defen)|\bprotects? (?:your skin )?(?:from|against) (?:the )?(?:sun|uv)|\bbroad[- ]spectrum/u,
      ),
      exceptions: [
        approved('자외선|spf'),
        /기능성\s?화장품\s?\((?:자외선\s?차단|주름\s?개선|미백)[^)]{0,20}\)/u,
        /자외선\s?차단[^.!?\n]{0,12}기능성\s?화장품[\s(·,/]{0,3}(?:spf\s?\d+\+?)?[\s/,·]{0,3}(?:pa\s?\+{1,4})?/u,
        /spf\s?\d+\+?[\s/,·]{0,3}(?:pa\s?\+{1,4})?[^.!?\n]{0,12}자외선\s?차단\s?기능성\s?화장품/u,
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
        ...cautions,
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
        /(?:새치|흰\s?머리|백발)[가를이은는]?[^.!?\n]{0,8}(?:검어|검은|까맣|까매|사라|예방|줄어|되돌|역전|염색|물들)|새치\s?염색|모발\s?(?:염색|탈색|탈염)|염모(?!제)|체모\s?제거|제모\s?(?:크림|왁스|효과)|\bhair (?:dye|removal cream)|\bdepilat/u,
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
