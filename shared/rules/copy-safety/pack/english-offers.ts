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
        /\b(?:i|my (?:skin|hair|back|mom|husband|wife|kids?))\b[^.!?\n]{0,20}?\b(?:lost \d{1,8}|dropped \d{1,8}|cleared up|was cured|disappeared|grew back|changed my life|went away|made \$\d{1,8}|earned \$\d{1,8}|looks? \d{1,8} years younger|finally healed)\b|\b(?:changed|saved) my life\b|\bbefore[- ](?:and|&)[- ]after (?:photos?|pictures?|results?|shots?|transformation|proof)\b|\bbefore-and-after\b|\b(?:see|real|amazing|shocking) before (?:and|&) after\b|\b(?:real|true) (?:results|stories|customers?|people)\b|\b(?:loved|trusted|chosen|used) by (?:over )?(?:[\d,.]{1,12} ?(?:million|thousand|k|m)?\+?|millions|thousands|celebrities|influencers|everyone)\b|\b[45]\.\d[- ]?(?:stars?|star rated|rating|out of 5)\b|\b(?:[\d,]{1,12}\+?) (?:5[- ]star|five[- ]star|reviews|happy customers)\b|\b(?:celebrit(?:y|ies)|hollywood|k-?pop idols?|influencers?|supermodels?)(?:['’]s?)? (?:favorite|favourite|secret|love|loves|use|uses|swear|approved|choice)\b/u,
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
    {
      id: 'green.general',
      law: 'cfr_16_260',
      article: '16 CFR 260.4',
      pattern:
        /\b(?:eco|environment(?:ally)?|earth|planet|ocean|reef|climate|nature)[- ](?:friendly|safe|conscious|positive|neutral|responsible)\b|\b(?:good|better|kind|great|best|safe) (?:for|to) (?:the )?(?:planet|earth|environment|ocean)\b|\b(?:sustainable|sustainably|green) (?:product|packag(?:e|ing)|material|choice|beauty|fashion|brand|made|sourced|formula)s?\b|\bsav(?:e|es|ing) the (?:planet|earth|ocean)s?\b|\b(?:guilt|zero)[- ](?:free|waste) (?:product|packaging|shopping|formula)\b/u,
      evidenceThatAllows: {
        description: {
          ko: '환경 인증 또는 속성·범위를 보이는 자료',
          en: 'An eco-label or data on the attribute and its scope',
        },
        pattern:
          /(?:eco-?label|fsc|life[- ]cycle|epd|cradle to cradle|certif|환경\s?표지|저탄소|인증)[^\n]{0,40}/u,
      },
      explanation: {
        ko: "'eco-friendly, sustainable' 같은 포괄적 환경 표현은 실증해야 합니다.",
        en: 'Sweeping environmental claims have to be qualified and substantiated.',
      },
      bad: [
        'Eco-friendly tumbler',
        'Good for the planet',
        'Sustainable packaging',
        'Save the ocean with every wash',
        'Environmentally friendly detergent',
      ],
      good: [
        'Made from 30% recycled paper; recycle the box',
        'A user-friendly menu',
        'Green tea latte',
      ],
    },
    {
      id: 'green.specific',
      law: 'cfr_16_260',
      article: '16 CFR 260.5-260.15',
      pattern:
        /\b(?:bio-?degrad(?:able|es|e)|compostable|non-?toxic|(?:zero|no|low) (?:carbon )?(?:footprint|emissions?)|(?:zero|no) carbon\b|made from 100% recycled|carbon[- ](?:neutral|negative|free|zero)|net[- ]zero|climate neutral|plastic[- ]free|zero[- ]waste|100% (?:recycl(?:ed|able)|renewable|plastic[- ]free)|chemical[- ]free|ozone[- ](?:safe|friendly)|zero emissions?|microplastic[- ]free|recyclable)\b/u,
      exceptions: [/\bplease recycle\b/u],
      evidenceThatAllows: {
        description: {
          ko: '인증·시험·검증된 산정 결과',
          en: 'A certificate, test or verified calculation',
        },
        pattern:
          /(?:certif|test report|verified|en ?13432|astm|tuv|offset|grs|lca|인증|시험|성적서|검증)[^\n]{0,40}/u,
      },
      explanation: {
        ko: '생분해·무독성·탄소중립 등은 인증이나 시험이 있어야 합니다.',
        en: 'Biodegradable, non-toxic or carbon-neutral needs competent evidence.',
      },
      bad: [
        'Biodegradable straws',
        'Non-toxic paint for kids',
        'Carbon-neutral sneakers',
        '100% recyclable bottle',
        'Plastic-free shampoo bar',
      ],
      good: ['Recycling day is Tuesday', 'A toxic plant: keep away from pets'],
    },
    {
      id: 'earnings',
      productTypes: ['general'],
      law: 'ftc_act',
      article: 's. 5',
      guidelinePage: 'FTC notice of penalty offenses on money-making opportunities',
      severity: 'block',
      pattern:
        /\b(?:make|earn|making|earning) (?:six|seven|five)[- ]figures?\b|\breturns? of \d{1,3}%|\b(?:make|earn|making|earning|pocket) (?:up to |over )?(?:\$|usd ?|us\$)\s?\d[\d,.]{0,12}k?\b[^.!?\n]{0,20}|\b(?:guaranteed|passive|effortless|unlimited|automatic|six[- ]figure|residual) (?:income|returns?|profits?|earnings?|yield)\b|\bget[- ]rich\b|\b(?:quit your (?:day )?job|be your own boss|financial freedom|work from home and (?:earn|make))\b[^.!?\n]{0,20}|\b(?:no risk|risk[- ]free|zero risk|can['’]?t lose) (?:investment|returns?|profits?|trading|opportunity)\b|\b(?:guaranteed|instant|no credit check) (?:loan )?approval\b|\b(?:double|triple|10x) your (?:money|investment|income)\b|\b\d{1,8}% (?:guaranteed|daily|monthly|weekly) (?:returns?|profits?|interest)\b/u,
      explanation: {
        ko: '수익 보장, 쉽게 돈 번다는 영어 표현은 거짓·과장입니다.',
        en: 'Promised earnings and guaranteed returns are false or deceptive.',
      },
      bad: [
        'Make $5,000 a month from home',
        'Guaranteed passive income',
        'Get rich with our course',
        'Risk-free investment',
        'Double your money in a week',
      ],
      good: ['$15 per hour, part-time position', 'A budget app for your household'],
    },
    {
      id: 'ai.fake_person',
      law: 'ai_basic_act',
      article: '31',
      guidelinePage: 'FTC 16 CFR 465.2',
      effectiveFrom: '2026-01-22',
      severity: 'block',
      pattern:
        /\bdeep-?fakes?\b[^.!?\n]{0,40}?\b(?:prais|endors|recommend|promot|sing|say|hold|thank)\w{0,6}\b|\b(?:ai(?:[- ]generated|[- ]made|[- ]created)?|deep-?fake[ds]?|virtual|synthetic|computer[- ]generated)\b[^.!?\n]{0,12}?\b(?:doctors?|dermatologists?|pharmacists?|professors?|physicians?|experts?|scientists?|nurses?|surgeons?|dentists?|vets?|veterinarians?|nutritionists?|anchors?|reporters?|journalists?|celebrit(?:y|ies)|singers?|actors?|actress(?:es)?|athletes?|customers?)\b[^.!?\n]{0,24}?\b(?:recommend(?:s|ing|ed)?|endors(?:e|es|ing|ed)|explain(?:s|ing)?|reports?|claims?|promot(?:es|ing)|vouch(?:es|ing)?|prais(?:e|es|ing)|present(?:s|ing)?|approv(?:e|es|ing)|in a white coat|talking|says?|review(?:s|ing)?|testimonial|holding)\b|\b(?:photo-?realistic|realistic|lifelike)\b[^.!?\n]{0,20}?\b(?:doctors?|pharmacists?|professors?|physicians?)\b[^.!?\n]{0,20}?\b(?:recommend|holding|endors|present|explain|vouch|smil|point)[a-z]*\b|\b(?:without|no|remove|hide)(?:s|ing)? (?:the |an |any )?(?:ai (?:label|disclosure|watermark|tag|notice))\b/u,
      explanation: {
        ko: 'AI로 만든 전문가·고객의 추천이나 AI 표시를 숨기는 것은 금지됩니다.',
        en: 'AI-made experts or customers who recommend, and hiding the AI label, are banned.',
      },
      bad: [
        'AI-generated doctor recommends our serum',
        'Photorealistic pharmacist holding the bottle',
        'Deepfake celebrity endorsing the brand',
        'Post it without the AI label',
      ],
      good: [
        'This image was made with AI',
        'AI helps you plan a trip',
        'A virtual tour of our bakery',
      ],
    },
    {
      id: 'ai.expert_scene',
      productTypes: ['food', 'health_functional_food', 'general', 'children', 'quasi_drug'],
      law: 'ai_basic_act',
      article: '31',
      guidelinePage: '식품표시광고법 시행령 별표 1 제5호라목',
      effectiveFrom: '2026-01-22',
      severity: 'block',
      pattern:
        /\b(?:doctors?|pharmacists?|physicians?|dermatologists?|professors?|scientists?|nurses?|veterinarians?|vets?|dentists?|nutritionists?)\b[^.!?\n]{0,50}?\b(?:recommend|hand|hold|point|vouch|endors|prais|explain|drink|offer|present|nod|say|smil)(?:s|es|ed|ing)?\b[^.!?\n]{0,60}?\b(?:photo-?realistic|hyper-?realistic|realistic|cinematic|8k|4k|lifelike|close-?up|prompt|render(?:ed)?)\b|\b(?:image|video|film|photo|poster) prompt\b[^.!?\n]{0,60}?\b(?:doctor|pharmacist|physician|dermatologist|professor|scientist|nurse|veterinarian|dentist)s?\b|\b(?:lab|white)[- ]coat(?:ed|s)?\b(?! of)[^.!?\n]{0,50}?\b(?:says?|recommend(?:s|ing)?|hold(?:s|ing)?|point(?:s|ing)?|scientist|doctor|ai|expert|explain(?:s|ing)?|hand(?:s|ing)?)\b|\bai (?:avatar|spokes\w{1,20}|presenter|model|character)\b[^.!?\n]{0,24}?\b(?:doctor|pharmacist|professor|dermatologist|physician|vet|scientist|expert)\b/u,
      explanation: {
        ko: '생성 이미지·영상에 의사·약사·교수 등이 제품을 권하는 장면을 만들 수 없습니다.',
        en: 'Generated images or film may not show doctors, pharmacists or professors who commend the product.',
      },
      bad: [
        'video prompt: a smiling pharmacist behind the counter hands over the drink',
        'Doctor holding the bottle, photorealistic, soft light',
        'Lab-coated scientist says everyone drinks it',
        'AI avatar of a professor explains the benefits',
      ],
      good: [
        'A close-up of steam over a bowl',
        'A cartoon doctor kit for pretend play',
        'White coat of snow on a pine branch',
      ],
    },
    {
      id: 'children.pressure',
      law: 'caru_guidelines',
      article: 'CARU',
      severity: 'block',
      pattern:
        /\b(?:ask|tell|beg|bug|get|nag|make) (?:your )?(?:mom(?:my)?|mum(?:my)?|dad(?:dy)?|parents?|grandma|grandpa)\b[^.!?\n]{0,16}?\b(?:buy|get|order|purchase|for (?:one|it|this))\b|\b(?:hey |hi )?kids?[,!]? [^.!?\n]{0,20}?\b(?:buy|collect them all|order|get yours|gotta have|must have|spend)\b|\bcollect them all\b|\b(?:all|everyone of) your friends (?:have|has|already|are)\b|\b(?:only|just) you don['’]?t have\b|\bdon['’]?t be the only (?:kid|one)\b|\bevery (?:kid|girl|boy|child) (?:in|at) [^.!?\n]{0,16}(?:has|have|owns)\b|\b(?:the )?one left out\b|\bbe the coolest kid\b|\b(?:use|grab|take|borrow) (?:your )?(?:mom|dad|mum|parents?|grandma)['’]?s?['’]? (?:phone|card|credit card|wallet|password)\b|\b(?:without|behind) (?:your )?parents['’]? (?:permission|knowing|back)\b|\b(?:kids|children)[^.!?\n]{0,20}?\b(?:enter|send|type|tell us) your (?:name|address|phone|school|email)\b/u,
      exceptions: [
        /\b(?:ask|get|with) (?:your |a )?(?:parents?|guardian)['’]?s?['’]? (?:permission|consent|help)\b[^.!?\n]{0,10}/u,
      ],
      explanation: {
        ko: '어린이에게 직접 사라고 하거나 부모를 조르게 하는 영어 표현은 금지됩니다.',
        en: 'Urging children to buy or to pester parents is banned.',
      },
      bad: [
        'Ask your mom to buy one today',
        'Hey kids, collect them all!',
        'All your friends already have it',
        'Be the coolest kid in class',
        'Order without your parents knowing',
      ],
      good: [
        'Get a parent’s permission first',
        'A kids’ menu for picky eaters',
        'Fun for children and parents',
      ],
    },
    {
      id: 'children.development',
      productTypes: ['children'],
      law: 'ftc_act',
      article: 's. 5',
      pattern:
        /\b(?:boost(?:s|ing)?|rais(?:e|es|ing)|increas(?:e|es|ing)|improv(?:e|es|ing)|develop(?:s|ing)?|sharpen(?:s)?|accelerat(?:e|es)|stimulat(?:e|es))\b[^.!?\n]{0,18}?\b(?:iq|intelligence|brain(?: development| power)?|cognitive (?:skills|development)|language (?:skills|development)|grades|test scores|attention span|focus|creativity)\b|\bmakes? (?:your )?(?:child|kids?|baby|children) (?:smarter|taller|a genius|gifted|read early)\b|\b(?:baby|little|tiny) (?:genius|einstein)\b|\b(?:really|actually|truly) (?:flies|fly|comes alive|talks back|transforms)\b|\bcompletely safe (?:to chew|for babies|if swallowed)\b|\bno (?:adult )?supervision (?:needed|required)\b/u,
      evidenceThatAllows: {
        description: {
          ko: '발달 효과·안전을 보이는 연구나 시험',
          en: 'A study or test of the effect or of safety',
        },
        pattern: /(?:study|trial|astm f963|en ?71|cpsia|test report|연구|시험|성적서)[^\n]{0,40}/u,
      },
      explanation: {
        ko: '지능·발달·안전에 관한 영어 표현은 연구나 시험이 있어야 합니다.',
        en: 'Effects on development and safety of children’s goods need a study or test.',
      },
      bad: [
        "Boosts your child's IQ",
        'Makes your baby smarter',
        'Improves brain development',
        'No supervision needed',
      ],
      good: ['Adult supervision required', 'Colors and shapes for little hands'],
    },
  ],
)
