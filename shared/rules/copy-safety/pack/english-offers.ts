import { family } from './family.ts'

/** Prices, reviews, the environment, earnings and children in English, by the FTC's own rules. */
export const englishOfferRules = family(
  {
    id: 'english',
    productTypes: 'all',
    law: 'cfr_16_233',
    article: '16 CFR 233',
    item: null,
    severity: 'needs_evidence',
    guidelinePage: null,
  },
  [
    {
      id: 'price.former',
      article: '16 CFR 233.1',
      pattern:
        /\b(?:was|were|reg(?:ular(?:ly)?)?\.?|originally|retail(?: value| price)?|list price|msrp|valued at|worth|usually|normally|compare at)\b:? ?(?:\$|₩|krw|usd|us\$)? ?\d[\d,.]{0,12}[^.!?\n]{0,24}?(?:now|only|today|just|yours for|for)\b|(?:\$|₩)\s?\d[\d,.]{0,12}\s?(?:→|->|>)\s?(?:\$|₩)\s?\d|\b(?:8\d|9\d)% off\b|\bhalf[- ]price\b|\b(?:wholesale|factory|below[- ]cost|at cost) prices?\b|\bbelow (?:cost|wholesale)\b|\b(?:lowest|cheapest) prices?\b[^.!?\n]{0,14}|\b(?:nobody|no one|none) (?:can )?beats? our (?:price|deal)s?\b|\bcheapest (?:anywhere|around|in (?:town|korea|the world))\b|\bunbeatable (?:price|deal)s?\b|\bprice match\b|\b(?:going out of business|everything must go|liquidation|clearance blowout|closing down) ?(?:sale)?\b/u,
      evidenceThatAllows: {
        description: {
          ko: '실제 종전 판매가격 또는 가격 조사 자료',
          en: 'The former price at which it was really sold, or a dated survey',
        },
        pattern:
          /(?:former|previous|regular|actual) (?:selling )?price[^\n]{0,60}(?:days|record|sold|\d)|sold (?:at|for) |price (?:survey|comparison)|종전\s?거래\s?가격|실제\s?판매/u,
      },
      explanation: {
        ko: '종전가·최저가·폐업 세일 등 영어 가격 표현은 실제 자료가 있어야 합니다.',
        en: 'Former, lowest and closing-down prices have to be genuine.',
      },
      bad: [
        'Was $99, now only $29',
        'Retail value $200, yours for $49',
        '90% off everything',
        'Lowest prices in town',
        'Going out of business sale',
      ],
      good: ['$29 per month', 'It was a long day; now relax'],
    },
    {
      id: 'price.urgency',
      law: 'ftc_act',
      article: 's. 5',
      guidelinePage: 'FTC staff report on dark patterns',
      pattern:
        /\b(?:last|final) (?:chance|day|hours?|call)\b|\b(?:today|tonight|this (?:hour|minute)) only\b|\bonly today\b|\b(?:ends|expires|closing|disappears?) (?:tonight|today|soon|at midnight|in \d{1,8})\b|\bonly \d{1,8} (?:left|remaining|spots?|seats? left|in stock|items?)\b|\b(?:almost|nearly) (?:gone|sold out)\b|\bselling (?:out )?fast\b|\bwhile (?:supplies|stocks?) lasts?\b|\b(?:hurry(?=[,!.]| (?:before|while|up|and (?:buy|order)))|act (?:now|fast)|don['’]?t miss out|before it['’]?s (?:too late|gone)|never again|once in a lifetime (?:offer|deal|price)|limited[- ]time (?:offer|deal|only)?|prices? (?:go|goes|going) up)\b|\b\d{1,8} people (?:are )?(?:viewing|looking|bought|watching)\b|\bcountdown (?:sale|deal|timer|offer|is on|has started)\b/u,
      exceptions: [
        /\bno (?:need to |)hurry\b[^.!?\n]{0,10}/u,
        /\b(?:new year['’]?s?|launch|holiday|christmas) (?:eve )?countdown\b/u,
        /\b(?:last|final) (?:day|call) (?:of (?:school|summer|the (?:festival|exhibition|show))|for (?:entries|papers|submissions|boarding))\b/u,
      ],
      evidenceThatAllows: {
        description: { ko: '실제 종료 일시·재고', en: 'The real end date or stock' },
        pattern:
          /(?:offer|sale|promotion|stock|units|seats|ends?|deadline)[^\n]{0,60}(?:\d{1,2}[/.-]\d|\d{4}|\d{1,8} (?:units|seats|pieces)|on \w{1,20} \d)|(?:행사|할인)\s?기간[^\n]{0,40}\d/u,
      },
      explanation: {
        ko: "'today only, almost gone' 같은 긴급성 표현은 사실이어야 합니다.",
        en: 'Today only or almost gone has to be true.',
      },
      bad: [
        'Last chance to save',
        'Today only',
        'Only 3 left in stock',
        'Hurry, selling out fast',
        'Offer ends tonight',
        '27 people are viewing this',
      ],
      good: [
        'No need to hurry',
        'The last day of summer in a bottle, last day of the festival',
        'Open today from nine',
      ],
    },
    {
      id: 'price.free',
      law: 'cfr_16_251',
      article: '16 CFR 251',
      pattern:
        /\b(?:absolutely|totally|completely|100%|forever|always) free\b|\bfree (?:gift|trial|bottle|iphone|money|product)\b|(?<!buy [^.!?\n]{0,10})\b(?:get|claim|grab|take) (?:it|yours|your \w{1,20}) (?:for )?free\b|\bfree!+|\bno (?:catch|strings(?: attached)?|obligation|cost)\b|\b\$0 (?:today|down|now|first month)\b|\b(?:you(?:['’]ve| have)? won|you(?:['’]re| are) (?:a|the) winner|claim your (?:prize|reward))\b/u,
      exceptions: [
        /\bfree (?:trial|gift|sample|month|shipping)[^.!?\n]{0,40}(?:then \$?\d|over \$?\d|orders? (?:over|above)|with (?:any |every |your )?(?:purchase|order)|cancel anytime|renews at|plus shipping)[^.!?\n]{0,20}/u,
        /\b(?:spend|orders? over|buy)\b[^.!?\n]{0,24}\bfree (?:gift|shipping|sample)\b/u,
      ],
      evidenceThatAllows: {
        description: {
          ko: '무료 제공의 조건(최소 구매, 배송비, 유료 전환)',
          en: 'The conditions of the free offer (minimum, shipping, renewal)',
        },
        pattern:
          /free[^\n]{0,80}(?:terms|conditions?|then \$|renew|cancel|shipping|minimum|with purchase)|(?:무료|무상)[^\n]{0,40}(?:조건|전환|기간)/u,
      },
      explanation: {
        ko: "'free'는 조건을 눈에 띄게 밝혀야 합니다.",
        en: 'Free has to state its conditions at the outset.',
      },
      bad: [
        'Absolutely free!',
        'Claim your free bottle',
        'Start your free trial',
        'No catch, no strings attached',
      ],
      good: [
        'Free shipping on orders over $30',
        'Free trial for 14 days, then $9 a month, cancel anytime',
        'Feel free to ask',
      ],
    },
    {
      id: 'reviews.fake',
      law: 'cfr_16_465',
      article: '16 CFR 465.2, 465.4, 465.7',
      severity: 'block',
      pattern:
        /\b(?:fake|paid|bought|purchased|bot|generated|incentivi[sz]ed 5[- ]star) (?:reviews?|testimonials?|followers|likes|ratings)\b|\b(?:buy|sell(?:ing)?|get) (?:5[- ]star |positive |instagram |google |amazon )+(?:reviews?|followers|likes|ratings)\b|\b(?:leave|write|post|give)(?: us)? (?:a )?(?:5[- ]star|five[- ]star|positive|good|great|glowing) (?:review|rating)s?\b[^.!?\n]{0,30}?\b(?:get|receive|earn|free|gift|coupon|discount|reward|refund)\b|\b(?:get|receive|earn|free|gift|coupon|discount|reward|refund)\b[^.!?\n]{0,30}?\bfor (?:a |your )?(?:5[- ]star|five[- ]star|positive|good|great) (?:review|rating)s?\b|\b(?:remove|delete|hide|suppress|bury)(?:s|d|ing)? (?:all |any |the )?(?:bad|negative|poor|(?:1|one|2|two)[- ]star|critical) (?:reviews?|ratings?|comments?)\b|\bai[- ](?:generated|written|made) (?:reviews?|testimonials?|customers?)\b/u,
      explanation: {
        ko: '가짜 후기, 칭찬을 조건으로 한 대가, 나쁜 후기 숨기기는 금지됩니다.',
        en: 'Fake reviews, rewards for praise and hiding bad reviews are banned.',
      },
      bad: [
        'Leave a 5-star review and get a free gift',
        'Buy Google reviews here, buy positive reviews',
        'We delete negative reviews for you',
        'AI-generated testimonials that convert',
      ],
      good: ['Share an honest review with us', 'Report fake-looking offers to our team'],
    },
    {
      id: 'reviews.hidden_sponsor',
      law: 'cfr_16_255',
      article: '16 CFR 255.5',
      severity: 'block',
      pattern:
        /\b(?:not (?:an? )?(?:ad|sponsored)|unsponsored|non-?sponsored|i (?:bought|paid for) (?:this|it) (?:with )?my own money|no (?:one )?paid me)\b[^.!?\n]{0,20}|\b(?:hide|without|no need for|skip|remove|omit)(?:s|ing)? (?:the )?(?:#?ad|sponsor(?:ship|ed)?|disclosures?|paid partnership)(?: (?:tag|label|disclosure|hashtag))?\b|\b(?:undisclosed|secret|hidden) (?:sponsor(?:ship)?s?|endorsements?|ads?|influencers?)\b|\bpos(?:e|ing) as (?:a )?(?:real )?(?:customers?|users?|buyers?)\b/u,
      explanation: {
        ko: '협찬을 숨기는 영어 표현은 기만입니다.',
        en: 'Hiding a material connection is deceptive.',
      },
      bad: [
        'Not sponsored, just love it',
        'I bought this with my own money',
        'Post without the #ad tag',
        'Hidden sponsorship packages',
        'Posing as real customers',
      ],
      good: ['#ad Sponsored by our studio', 'Paid partnership with the brand'],
    },
    {
      id: 'reviews.testimonials',
      law: 'cfr_16_255',
      article: '16 CFR 255.2',
      pattern:
        /\b(?:i|my (?:skin|hair|back|mom|husband|wife|kids?))\b[^.!?\n]{0,20}?\b(?:lost \d{1,8}|dropped \d{1,8}|cleared up|was cured|disappeared|grew back|changed my life|went away|made \$\d{1,8}|earned \$\d{1,8}|looks? \d{1,8} years younger|finally healed)\b|\b(?:changed|saved) my life\b|\bbefore[- ](?:and|&)[- ]after (?:photos?|pictures?|results?|shots?|transformation|proof)\b|\bbefore-and-after\b|\b(?:see|real|amazing|shocking) before (?:and|&) after\b|\breal results\b|\b(?:loved|trusted|chosen|used) by (?:over )?(?:[\d,.]{1,12} ?(?:million|thousand|k|m)?\+?|millions|thousands|celebrities|influencers|everyone)\b|\b[45]\.\d[- ]?(?:stars?|star rated|rating|out of 5)\b|\b(?:[\d,]{1,12}\+?) (?:5[- ]star|five[- ]star|reviews|happy customers)\b|\b(?:celebrit(?:y|ies)|hollywood|k-?pop idols?|influencers?|supermodels?)(?:['’]s?)? (?:favorite|favourite|secret|love|loves|use|uses|swear|approved|choice)\b/u,
      evidenceThatAllows: {
        description: {
          ko: '실제 사용자의 경험과 일반적 결과를 보이는 자료, 동의',
          en: 'The real user’s record, consent, and data on what users generally get',
        },
        pattern:
          /(?:testimonial|review|rating|customer|survey|orders?|buyers?|users?)[^\n]{0,60}(?:verified|consent|on file|source|as of|\d{4}|typical|data)|internal (?:sales )?data/u,
      },
      explanation: {
        ko: '경험담·별점·유명인 사용은 실제이고 전형적인 결과임을 보일 수 있어야 합니다.',
        en: 'Testimonials, stars and celebrities have to be real and typical.',
      },
      bad: [
        'I lost 20 lbs in a month',
        'This serum changed my life',
        'Before-and-after photos',
        'Trusted by millions',
        'A celebrity favorite',
        '4.9 stars from 12,000 reviews',
      ],
      good: ['Rated PG for families', 'Wash before and after meals', 'Tell us your story'],
    },
  ],
)
