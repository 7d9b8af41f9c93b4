import { covered, either, near, preparations, relief } from './claims.ts'
import { family } from './family.ts'

const shared = {
  productTypes: ['cosmetics'],
  law: 'cosmetics_act',
  article: '13(1)',
  item: '1',
} as const

const page10 = '안내서-0086-07 p. 10'
const page11 = '안내서-0086-07 p. 11'

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
        /흉터(?!\s?(?:진|커버|가[리려]))|켈로이드|\bscars?\b|\bstretch marks?/u,
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
        /긁느라|긁지\s?않|밤새\s?긁|\b(?:anti-?itch|itch(?:ing|y)?[- ](?:relief|skin)|stops? itching)/u,
      ),
      exceptions: [
        /피부\s?장벽[^.!?\n]{0,20}가려움[^.!?\n]{0,24}기능성\s?화장품/u,
        /(?:건조|보습)[^.!?\n]{0,10}가려[^.!?\n]{0,20}|가려[^.!?\n]{0,12}보습[^.!?\n]{0,12}/u,
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
          '회복|재생|아[물무]|새살|낫|나[아았]|치료|케어|복구|복원|개선|되돌|효과|연고|크림',
          10,
        ),
        /새살|\bwounds?\b|\b(?:repair|restor|renew)[a-z]* damaged skin/u,
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
        /발모|육모|양모\s?(?:효과|촉진|제|토닉)|증모\s?효과|모근[이을]?\s?(?:살아|깨|되살|재생|활성|강화|자극)|모낭\s?(?:재생|활성|자극|강화|주기)|모발\s?(?:성장|재생|증가|생성|촉진)|두피\s?재생|휴지기|성장기\s?모발/u,
        near(
          '머리카락|머리숱|머리(?=[가이])|모발|잔머리|새\\s?머리|머리털',
          '자라[나난는납도서요지]|자란|자랍|새로\\s?(?:나|난|돋)|돋아|많아[지졌진집]|늘어[나났난납]|다시\\s?나|되찾|올라[오옵온와]|굵어|늘[었고어]|솟|나는\\s?(?:샴푸|토닉|앰플|세럼|크림|약)|납니다|났[어습]|풍성해[졌진집]',
          8,
        ),
        /(?:정수리|m자|헤어\s?라인|가르마|이마\s?라인|원형)[^.!?\n]{0,22}(?:올라[오옵온와]|수북|풍성|잔디|메꾼|메운|빼곡|새싹|빽빽|채워[졌지집]|차오르|까매|까맣|메워[졌지집]|솜털|자라|났어|나기\s?시작|돋)|\b(?:hair (?:re)?growth|hair follicles?|regrow|grows? (?:new |your |back )?hair|thicker hair growth|hair restor)/u,
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
      exceptions: [/세포\s?(?:분열)?\s?(?:처럼|무늬|모양|같은\s?무늬)/u],
      guidelinePage: page11,
      pattern: either(
        near(
          '(?<!식물\\s?)세포',
          '재생|활성|증식|분열|성장|되살|살아나|깨[우워운]|회복|복구|부활|젊[어게은]|에너지|건강하|튼튼|채[워우]',
          8,
        ),
        near(
          '\\bdna|디엔에이|유전자|텔로미어|미토콘드리아|염색체',
          '활성|복구|재생|손상|회복|발현|깨우|케어|수선|재설계|repair|activat|damage',
          10,
        ),
        /\b(?:boost|activat|switch|turn|awaken|repair|target)[a-z]* (?:[a-z]+ ){0,4}genes?\b|\bcell(?:s|ular)?[- ](?:regenerat|renewal|repair|activat|rejuvenat|turnover)|\b(?:regenerat|activat|repair|awaken|renew)[a-z]* (?:your |skin )?(?:cells?|dna)\b/u,
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
        /리제너[레러]이?|\bre\s?-?생|리젠(?=\s?(?:크림|세럼|앰플|에센스|케어)|에라)|\bregenerat(?:e|es|ing|ion|ive)\b/u,
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
