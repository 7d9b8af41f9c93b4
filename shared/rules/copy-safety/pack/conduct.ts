import { noDeadline, nothingSecret, sharedVisit } from './deceit-words.ts'
import { family } from './family.ts'

/**
 * What a plan or a copy says that is to be done, and that deceives whatever the product: resetting
 * timers, invented stock, hidden charges, reviews of staff, disclosures out of sight.
 */
export const conductRules = family(
  {
    id: 'general.conduct',
    productTypes: 'all',
    law: 'ecommerce_act',
    article: '21(1)',
    item: '1',
    severity: 'block',
    guidelinePage: '온라인 다크패턴 자율관리 가이드라인; 기만적인 표시·광고 심사지침(2025-10-30)',
    exceptions: [nothingSecret],
  },
  [
    {
      id: 'resetting_deadline',
      pattern:
        /(?:카운트\s?다운|타이머|남은\s?시간|마감|오늘만|종료\s?시각|특가|세일|한정\s?행사)[^.?\n]{0,30}?(?:그대로\s?(?:둔|두|유지)|초기화|리셋|다시\s?(?:열리|시작|24시간|채워|돌아|뜨)|매일\s?(?:반복|자정|다시|새로|계속|이어|열)|항상\s?(?:표시|진행|유지|켜)|상시\s?(?:운영|진행|판매)|무한\s?반복|계속\s?(?:이어|연장|반복)|모레도|내일도|연장하되|끝나지\s?않)|(?:매일|항상|상시|1년\s?내내)\s?[^.!?\n]{0,10}?(?:오늘\s?마감|오늘만|마지막\s?(?:날|기회|하루)|금일\s?마감)|\b(?:timer|countdown|sale|deadline|offer)\b[^!?\n]{0,30}?\b(?:resets?|restarts?|renews|starts over|loops|never (?:really )?ends|every (?:day|night|visitor|midnight))\b/u,
      exceptions: [
        ...noDeadline,
        /(?:비밀번호|기기|설정|필터|배터리)[^.!?\n]{0,10}(?:초기화|리셋)[^.!?\n]{0,10}/u,
      ],
      explanation: {
        ko: '끝나지 않는 마감이나 다시 시작되는 타이머는 소비자를 기만합니다.',
        en: 'A deadline that never comes, or a timer that starts over, deceives consumers.',
      },
      bad: [
        '오늘 마감! (매일 자정마다 다시 열리는 특가)',
        '카운트다운은 0이 되면 다시 24시간으로 초기화',
        '상시 오늘 마감 배너를 띄웁니다',
        'The timer resets at midnight for every visitor',
      ],
      good: ['비밀번호 초기화 방법', '매일 자정에 새 글이 올라옵니다', '타이머를 10분에 맞추세요'],
    },
    {
      id: 'invented_stock',
      pattern:
        /(?:재고|품절|수량|잔여|남은\s?(?:자리|좌석|개수|수량)|마지막\s?\d{1,8}\s?개|\d{1,8}\s?개\s?남음|구매자\s?수|접속자\s?수|조회수)[^!?\n]{0,40}?(?:(?:와|과|에)?\s?상관\s?없이|무관하게|관계\s?없이|고정(?:해|한|하)|부풀|늘려\s?(?:보|표)|실제(?:와|보다|로는)\s?(?:다르|적게|많|충분)|임의로|허위로|거짓으로|가짜로|항상\s?(?:띄|표시|노출)|랜덤으로|무작위로)|\b(?:stock|units left|viewers?|buyers?)\b[^.!?\n]{0,40}?\b(?:regardless of|no matter (?:what|how)|at random|randomly|fake|made[- ]up|invented)\b|\balways (?:show|display|say)s?\b[^.!?\n]{0,30}\b(?:left|in stock|remaining|viewing|last one|ends)\b|\b(?:fake|random|made[- ]up|invented) (?:stock|scarcity|viewer|purchase|sold[- ]out)\b/u,
      explanation: {
        ko: '실제와 다른 재고·구매자 수를 보이는 것은 소비자를 기만합니다.',
        en: 'Showing stock or buyers that are not real deceives consumers.',
      },
      bad: [
        '재고 1개 남음! (실제 재고와 무관하게 표시)',
        '품절 임박 문구는 항상 띄워 둔다',
        '구매자 수는 임의로 늘려 보여 준다',
        'Show fake scarcity badges',
      ],
      good: ['실제 재고를 매시간 반영해 보여 드립니다', '재고가 없으면 환불해 드립니다'],
    },
    {
      id: 'invented_price',
      law: 'fair_labelling_act',
      article: '3(1)',
      pattern:
        /(?:값|가격)(?:을|를)?\s?[^!?\n]{0,10}?(?:(?:두|세|\d)\s?배로\s?)?(?:올리|올려|올린|올렸|인상|높여|높인)[^!?\n]{0,16}?(?:할인|세일|1\+1|깎|행사|특가)|(?:정가|원가|종전\s?가격|원래\s?가격|소비자가|할인\s?전\s?가격|할인율)[^\n]{0,40}?(?:(?:두|세|\d)\s?배로\s?(?:적|써|표시|올)|처럼\s?보이게|판\s?적(?:은|이|도)?\s?(?:한\s?번도\s?)?없|판매한\s?적(?:은|이)?\s?없|부풀[리려린]|높게\s?(?:잡|적|써|올려)|올려\s?(?:놓고|두고|적고)|임의로|지어\s?내|가상의|허위로|뻥튀기)|(?:가격|값)(?:을|를)?\s?(?:먼저\s?)?(?:올린|올려|인상한)\s?(?:뒤|다음|후)[^.!?\n]{0,10}?(?:할인|세일|깎)|\b(?:inflate|raise|make up|invent)(?:s|d|ing)?\b[^.!?\n]{0,16}?\b(?:original|list|regular|former|retail) price\b/u,
      explanation: {
        ko: '실제로 판 적 없는 가격을 종전 가격처럼 쓰는 것은 거짓 광고입니다.',
        en: 'A former price at which nothing was ever sold is false advertising.',
      },
      bad: [
        '정가 99만원→29만원! 한 번도 99만원에 판 적은 없지만요, 정가로 판 적이 없어요',
        '정가를 부풀려 할인율을 크게 보이게 한다',
        '가격을 먼저 올린 뒤 50% 할인',
        'Inflate the original price before the sale',
      ],
      good: ['정가는 오를 수 있습니다', '부풀린 소매가 귀여운 블라우스'],
    },
    {
      id: 'hidden_charges',
      pattern:
        /(?:자동\s?(?:결제|연장|갱신|과금|청구)|유료\s?전환|수수료|추가\s?(?:요금|비용)|위약금|해지|구독료|약정|월\s?요금)[^!?\n]{0,24}?(?:작게|작은\s?글씨|숨기|숨겨|숨긴|안\s?보이|눈에\s?(?:안\s?띄|띄지\s?않)|맨\s?(?:아래|뒤|끝)에만|알리지\s?않|안내하지\s?않|고지하지\s?않|안내\s?없이|고지\s?없이|몰래|말하지\s?않|감추|감춰|어렵게|복잡하게|찾기\s?어렵)|(?:무료|공짜|환급|0원)(?:이?라고|로|이라)\s?(?:써|적어|표시|광고|보이)[^.!?\n]{0,30}?(?:결제|청구|과금|유료|조건)|\b(?:hide|bury|conceal|disguise)(?:s|d|ing)?\b[^.!?\n]{0,40}?\b(?:charges?|fees?|renewal|subscription|terms|costs?|price)\b|\bcall(?:s|ing)? it free\b[^!?\n]{0,60}\b(?:pay|charge|cost)|\b(?:fees?|charges?|renewal|terms)\b[^.!?\n]{0,20}?\bin (?:the )?(?:fine|small) print\b/u,
      explanation: {
        ko: '추가 비용이나 자동 결제를 숨기는 것은 금지된 다크패턴입니다.',
        en: 'Hiding charges or automatic renewal is a banned dark pattern.',
      },
      bad: [
        '무료라고 써 두고 7일 뒤 자동 결제는 작게 표시',
        '해지 버튼은 찾기 어렵게 둔다',
        '추가 요금은 맨 아래에만 적는다',
        'Hide the $89 monthly charge in the fine print',
      ],
      good: [
        '자동 결제 3일 전에 알려 드립니다',
        '추가 비용이 없습니다',
        'Fees are listed at checkout',
      ],
    },
    {
      id: 'invented_reviews',
      law: 'fair_labelling_act',
      article: '3(1)',
      pattern:
        /(?:지인|직원|임직원|자체|가족|친구|알바|부계정|유령\s?계정|구매하지\s?않은|써\s?보지\s?않은|사용하지\s?않은|가상|가명)[^!?\n]{0,24}?(?:후기|리뷰|별점|평점|댓글|구매평|상품평|추천\s?글)[^!?\n]{0,16}?(?:쓴다|쓰게|올리|올린|채우|채웁|작성|올려|달게|달아|남기|쓰게|만들|등록|확보|심)|(?:후기|리뷰|별점|평점|구매평)(?:를|을)?\s?\d*\s?(?:개|건)?(?:를|을)?\s?[^.!?\n]{0,10}?(?:미리|먼저|직접)\s?[^.!?\n]{0,6}?(?:채우|채웁|올리|써\s?두|써\s?넣|만들|심)|\b(?:write|post|create|seed)(?:s|ing)? (?:[\w-]{1,20} ){0,3}(?:reviews?|ratings|testimonials) (?:ourselves|in-house|yourself|from our)\b|\b(?:staff|employees?|friends|family|team|burner accounts?|non-?buyers?)\b[^.!?\n]{0,60}?\b(?:post|write|leave|seed)(?:s|ing)?\b[^.!?\n]{0,20}?\b(?:reviews?|ratings?|testimonials?)\b|\bbuy (?:[\d,]{1,12} )?(?:five|5)[- ]star (?:ratings?|reviews?)\b/u,
      exceptions: [sharedVisit, /(?:후기|리뷰)를?\s?직접\s?(?:남기|써)\s?주[^.!?\n]{0,8}/u],
      explanation: {
        ko: '사지 않은 사람이나 직원이 쓴 후기를 올리는 것은 거짓 광고입니다.',
        en: 'Reviews by staff or by people who did not buy are false.',
      },
      bad: [
        '지인 계정으로 별점 5점 후기 100개를 먼저 채웁니다',
        '구매하지 않은 사람도 섭외해 포토 후기 50개를 올린다',
        '직원들이 리뷰를 작성해 올립니다',
        'Have staff post five-star reviews from personal accounts',
      ],
      good: ['친구에게 후기를 들려주세요', '구매하신 분만 후기를 남길 수 있습니다'],
    },
    {
      id: 'buried_disclosure',
      law: 'fair_labelling_act',
      article: '3(1)',
      item: '2',
      guidelinePage: '추천·보증 등에 관한 표시·광고 심사지침',
      pattern:
        /(?:대가|협찬|광고|원고료|제공|원고료|경제적\s?이해관계|업체에서\s?받은|무료로\s?받은)[^!?\n]{0,24}?(?:더\s?보기|끝부분|\d\.?\d?\s?초만|댓글에만|맨\s?(?:아래|끝|뒤)|해시태그\s?사이|안\s?보이|보이지\s?않|작은\s?글씨|작게|쉿|말하지\s?(?:마|말|않)|적지\s?(?:마|말|않)|밝히지\s?(?:마|말|않)|빼\s?(?:주|고)|언급하지)|(?:수수료|대가|돈|협찬)(?:를|을)?\s?받(?:지만|으면서|고도)[^.!?\n]{0,30}|(?:친구가|그냥|우연히|내가)\s?[^.!?\n]{0,10}?추천(?:해\s?줬다고|했다고|받았다고)\s?(?:해|말해|써)|\b(?:leave out|omit|skip|without|hide|drop|don'?t (?:mention|disclose|use)|not (?:to )?mention(?:ing)?|without mentioning)\b[^.!?\n]{0,24}?(?:#ad\b|\b(?:sponsor(?:ed|ship)?|paid|disclosure|free product|product was free|gifted|were paid|got paid|ad tag)\b)/u,
      exceptions: [/광고\s?(?:음악|소리|영상)[^.!?\n]{0,10}작게[^.!?\n]{0,6}/u],
      explanation: {
        ko: '경제적 이해관계를 잘 보이지 않는 곳에 적거나 빼는 것은 기만적 광고입니다.',
        en: 'Burying or leaving out a material connection is deceptive.',
      },
      bad: [
        '체험단에게 대가를 준 사실은 더보기 아래 댓글에만 적는다',
        '협찬 사실은 말하지 마세요, 협찬은 맨 끝에 작게',
        '그냥 친구가 추천해 줬다고 해 주세요',
        'Pay creators to praise it and leave out the #ad',
      ],
      good: ['게시물 첫머리에 협찬을 적고, 단점도 솔직히 써 주세요', '광고를 끄면 더 조용해요'],
    },
    {
      id: 'staged_comparison',
      law: 'fair_labelling_act',
      article: '3(1)',
      pattern:
        /(?:비포|전후|사용\s?전|애프터|사용\s?후|비교)\s?[^!?\n]{0,24}?(?:보정|포토샵|다른\s?(?:조명|렌즈|각도|화장|사람|모델)|조명을?\s?(?:다르|바꿔|어둡)|합성|조작|과장해|연출해\s?(?:더|크)|배를\s?내밀)|\b(?:before[- ]and[- ]after|before\/after|comparison)\b[^!?\n]{0,40}?\b(?:different (?:lens(?:es)?|lighting|angles?|models?|people|makeup)|retouch(?:ed|ing)?|photoshop(?:ped)?|edited|staged|look bigger|exaggerat)/u,
      explanation: {
        ko: '조건을 다르게 하거나 보정한 전후 비교는 거짓 광고입니다.',
        en: 'A before-and-after under different conditions, or retouched, is false.',
      },
      bad: [
        '사용 전은 어두운 조명, 사용 후는 다른 조명으로 촬영',
        '전후 사진은 포토샵으로 보정한다',
        'Show a before-and-after pair taken with different lenses so the change looks bigger',
      ],
      good: ['보정 속옷 사용 후기', '사용 전 조명을 끄고 충전하세요'],
    },
    {
      id: 'hidden_facts',
      law: 'fair_labelling_act',
      article: '3(1)',
      item: '2',
      guidelinePage: '기만적인 표시·광고 심사지침',
      pattern:
        /(?:이력|결함|하자|단점|사고|침수|리콜|조건|제한|한도|부작용|원산지|유통\s?기한|소비\s?기한|중고|리퍼|전시품|유해|위험|불만)[^!?\n]{0,30}?(?:(?:묻기|물어보기)\s?전(?:에는|까지)?[^.!?\n]{0,16}|숨기|숨긴|숨겨|감추|감춘|감춰|밝히지\s?않|빼고\s?(?:적|쓰|올)|적지\s?않(?:는다|고|기)|알리지\s?않|말하지\s?않(?:는다|고|기)|결제(?:한|하고|가)?\s?(?:다음|뒤|후|나서)(?:에)?|나중에\s?(?:알려|보여|공개)|안\s?보이게|작게\s?(?:적|쓰|표)|새것(?:처럼|이라고))|\b(?:hide|conceal|omit|leave out|bury|do not (?:mention|disclose)|don['’]t (?:mention|disclose))(?:s|ing)?\b[^.!?\n]{0,30}?\b(?:defects?|recall|accident|side effects?|conditions?|restrictions?|risks?|origin|expiry|complaints?|cancel(?:lation)?(?: link| button)?)\b/u,
      exceptions: [/(?:개인\s?정보|비밀번호|선물|알림)[^.!?\n]{0,16}(?:숨기|알리지)[^.!?\n]{0,8}/u],
      explanation: {
        ko: '구매에 중요한 사실을 숨기거나 늦게 알리는 것은 기만적 광고입니다.',
        en: 'Hiding what matters for a purchase, or telling it too late, is deceptive.',
      },
      bad: [
        '무사고라고 적되 교환 이력은 묻기 전에는 말하지 않는다',
        '환급 조건은 결제한 다음에 보여 준다',
        '전시품을 새것이라고 판다, 전시품인 사실은 감춘다',
        'Hide the defects until after the sale',
      ],
      good: [
        '조건과 제한을 상품명 옆에 적습니다',
        '숨겨진 단점까지 솔직한 리뷰, 단점도 적어 주세요',
      ],
    },
    {
      id: 'false_identity',
      law: 'fair_labelling_act',
      article: '3(1)',
      pattern:
        /(?:사진|영상|이미지|후기|리뷰)(?:은|는|을|를)?\s?[^!?\n]{0,12}?(?:다른\s?(?:곳|펜션|숙소|제품|매장|가게|사람|업체|브랜드)|남의|타사|경쟁사)[^!?\n]{0,14}?(?:쓰|써|가져|도용|퍼|올리|베)|(?:다녀온|써\s?본|먹어\s?본|사\s?본|산|방문한|이용한|직접\s?쓴|기자가\s?쓴|전문가가\s?쓴|고객이\s?쓴)\s?것처럼|(?:기사|뉴스|칼럼|취재|일반\s?글|정보\s?글)\s?(?:인\s?것)?처럼\s?[^.!?\n]{0,10}?(?:보이|꾸|쓰|써|올리|배치|내)|\bas (?:if|though) (?:an? )?(?:editor|journalist|reporter|customer|real|independent|neutral)\b|\b(?:disguise|dress)(?:s|d|ing)? (?:it |the ad |ads? )?(?:up )?as (?:news|editorial|an article|a review)\b/u,
      explanation: {
        ko: '남의 사진이나 겪지 않은 경험을 자기 것처럼 쓰거나 광고를 기사처럼 꾸미는 것은 거짓 광고입니다.',
        en: 'Using another’s pictures or an experience never made as one’s own, or an ad as news, is false.',
      },
      bad: [
        '사진은 다른 펜션 걸 쓰고 실제 객실이라고 적자',
        '안 가 본 식당도 다녀온 것처럼 글을 쓴다',
        '광고를 뉴스 기사처럼 꾸며 올린다',
        'Run the paid article as if an editor had written it',
      ],
      good: ['다른 곳에서 찍은 사진은 출처를 밝힙니다', '신문처럼 접는 포장지'],
    },
    {
      id: 'suppressed_reviews',
      law: 'fair_labelling_act',
      article: '3(1)',
      item: '2',
      pattern:
        /(?:불만|나쁜|부정적인?|악성|악평|낮은\s?(?:별점|평점)|1점|별\s?한\s?개|비판)[^!?\n]{0,10}?(?:후기|리뷰|평|댓글|글)[^!?\n]{0,16}?(?:안\s?보이|보이지\s?않|내린|내려|내리|숨|덮|밀어|가리|가려|삭제|지우|지워|뒤로|차단|신고)|(?:팔로워|좋아요|조회\s?수|방문자|구독자|찜|트래픽)[^!?\n]{0,16}?(?:사서|산다|구매(?:해|한)|구입(?:해|한)|늘려|부풀|조작|작업)|\b(?:buy|sell|purchase)(?:s|ing)? (?:fake )?(?:followers?|likes?|views|subscribers|traffic)\b/u,
      exceptions: [
        /(?:욕설|광고성|스팸|도배|혐오)[^.!?\n]{0,14}(?:삭제|차단|신고|가리)[^.!?\n]{0,8}/u,
      ],
      explanation: {
        ko: '불리한 후기를 가리거나 인기를 돈으로 사는 것은 소비자를 기만합니다.',
        en: 'Burying bad reviews or buying popularity deceives consumers.',
      },
      bad: [
        '좋은 후기를 고정하고 불만 후기는 안 보이게 내린다',
        '나쁜 리뷰는 신고로 밀어낸다',
        '팔로워 1만 명을 사서 인기 브랜드처럼 보이게 한다',
        'Sell followers and likes so that new brands look popular',
      ],
      good: ['욕설이 담긴 댓글은 삭제될 수 있습니다', '모든 후기를 작성 순서대로 보여 드립니다'],
    },
    {
      id: 'preselected',
      article: '21-2(1)',
      item: null,
      pattern:
        /(?:미리|기본(?:값)?으로|자동으로)\s?(?:담아|체크|선택(?:해|된|되)|켜\s?(?:두|둔)|동의(?:로|된|한))[^!?\n]{0,14}?(?:둔다|두고|놓|된|되어|상태|추가)|(?:해지|탈퇴|취소|환불)(?:는|은|를|을|하려면|\s?버튼(?:은|을)?)?\s?[^!?\n]{0,14}?(?:전화로만|어렵게|복잡하게|여러\s?단계|\d\s?단계|찾기\s?(?:어렵|힘들)|숨기|숨겨|안\s?보이|구석)|\bpre-?(?:tick|check|select)(?:s|ed|ing)?\b|\b(?:bury|hide)(?:s|ing)? the (?:cancel|unsubscribe|refund)\b|\bcancel(?:l?ing|lation)?\b[^.!?\n]{0,30}?\b(?:hard|difficult|(?:six|five|four|\d) (?:screens|steps|pages)|by phone only|a phone call)\b/u,
      explanation: {
        ko: '미리 선택해 두거나 해지를 어렵게 하는 것은 전자상거래법이 금지하는 다크패턴입니다.',
        en: 'Pre-ticked options and obstructed cancellation are banned dark patterns.',
      },
      bad: [
        '장바구니에 선물 포장(유료)을 미리 담아 둔다',
        '해지는 전화로만 받고 메뉴는 찾기 어렵게 한다',
        'Pre-tick the insurance box and bury the cancel link',
        'Make cancelling take six screens and a phone call',
      ],
      good: [
        '해지는 설정에서 한 번에 할 수 있습니다',
        '미리 주문해 두면 편해요',
        'Cancel any time in settings',
      ],
    },
    {
      id: 'deceit',
      law: 'fair_labelling_act',
      article: '3(1)',
      pattern:
        /(?:후기|리뷰|별점|가격|정가|성분|함량|원산지|유통\s?기한|소비\s?기한|인증|수상|자격|경력|이력|사진|영상|모델|고객|사용자|구매자|직원|전문가|기자|광고|협찬|판매량|순위|댓글|조건|배송비|수수료|위약금|재고|소재|원단|표기|회원|글|통계|그래프|시험\s?(?:결과|성적)|성적서|단점|부작용|상담|당첨자?|회원\s?수|확률|랭킹|검색\s?결과|노출)(?:를|을|은|는|이|가|도|로|의|인|에|에서)?\s?[^.!?\n]{0,20}?(?:인?\s?척\s?(?:한|하|쓰|올|댓)|처럼\s?(?:보이게|꾸미|꾸민|위장|속)|거짓으로|허위로|가짜로|지어\s?(?:내|낸|낼)|조작(?:해|한|하)|위조|위장|속(?:여|이고|인다)|몰래|바꿔\s?(?:적|붙|찍|달|쓰)|새로\s?찍|지우고|지운다|지워\s?(?:라|둔|서)|숨긴다|숨기고|숨기자|숨겨\s?(?:라|둔|서|놓)|감춘다|감추고|감추자|부풀(?:려|린|리)|과장해\s?(?:적|쓰|그)|상단에\s?고정|위로\s?올|임의로\s?(?:조정|바꾸|낮추|올리)|낮추고\s?알리지|알리지\s?않고|생략(?:하자|한다|하고)|지어서|결제\s?직전에|인\s?척|업체에서\s?사|마지막\s?(?:단계|화면)에(?:서)?만|나중에\s?더한)|(?:경쟁|옆)\s?(?:사|업체|가게|매장|집)[^.!?\n]{0,14}(?:악성|가짜|나쁜|거짓)\s?[^.!?\n]{0,6}(?:후기|리뷰|소문|댓글|글)|단점(?:은|을)\s?[^.!?\n]{0,8}(?:쓰지|말하지|적지)\s?(?:말|마|않게)/u,
      exceptions: [
        /[^.!?\n]{0,50}(?:금지|근절|신고|단속|예방|주의|방지|걸러|없앴|없애|불법)[^.!?\n]{0,14}/u,
        /몰래\s?(?:카메라|산타|준비|먹)[^.!?\n]{0,10}/u,
      ],
      explanation: {
        ko: '사실을 꾸미거나 숨기기로 하는 계획은 거짓·기만 광고에 해당합니다.',
        en: 'A plan to make up or hide facts is false or deceptive advertising.',
      },
      bad: [
        '원산지를 국산으로 바꿔 적는다',
        '수강 후기는 지어낸 것으로 채운다',
        '직원이 고객인 척 올린다',
        '배송비는 마지막 화면에만 더한다',
        '블로거에게 단점은 쓰지 말라고 한다',
      ],
      good: [
        '허위 후기는 신고해 주세요',
        '모델의 사진을 고객이 직접 찍었습니다',
        '가격을 숨기지 않습니다',
      ],
    },
    {
      id: 'deceit_english',
      law: 'ftc_act',
      article: 's. 5',
      item: null,
      guidelinePage: null,
      pattern:
        /\b(?:fake|fabricate|forge|invent|doctor|falsify|make up|pretend|pose|impersonate|mislead|trick|disguise|manufacture)(?:s|d|ing)?\b[^.!?\n]{0,40}?\b(?:reviews?|testimonials?|counters?|certificates?|awards?|ratings?|customers?|users?|experts?|photos?|numbers|statistics|results|stories|stock|timer|prices?|people|buyers?|badges?)\b|\bonly (?:publish|show|post)(?:s|ing)? [^.!?\n]{0,24}\breviews?\b|\bhold (?:the rest|the others|bad ones) back\b|\bwhatever that means\b|\b(?:count|list|use|show|pick)(?:s|ing)? only (?:the )?(?:good|best|happy|positive|successful)\b|\bas (?:if|though) (?:they|it|we|you|he|she) (?:were|was|had|is|are)\b[^.!?\n]{0,30}\b(?:real|independent|customer|editor|sold|used|bought|doctor|expert)\b|\b(?:may not|must not|agree not to|forbid(?:den)? to|not allowed to) (?:post|write|leave|publish)\b[^.!?\n]{0,16}\b(?:negative|bad|critical) (?:reviews?|comments?)\b|\bjust count the ones\b|\bwithout (?:their|the user['’]?s?|parental) (?:consent|permission|knowledge)\b/u,
      exceptions: [
        /\breport (?:any )?fake\b[^.!?\n]{0,30}/u,
        /\b(?:we|to) (?:never|don['’]t|do not|stop|report|spot|fight|remove)\b[^.!?\n]{0,50}/u,
        /\bpretend play\b[^.!?\n]{0,14}/u,
      ],
      explanation: {
        ko: '사실을 꾸미기로 하는 영어 계획도 기만 광고입니다.',
        en: 'A plan to fabricate or disguise is deceptive.',
      },
      bad: [
        'Show a fake "12 people are looking at this" counter',
        'Invent an award and put the badge on the box',
        'Show only the happy customers',
        'Collect emails without parental consent',
      ],
      good: ['We never fake reviews', 'Report fake certificates to us'],
    },
  ],
)
