import { brandsEn, complaintsEn, expertsEn } from './english-words.ts'
import { family } from './family.ts'

const any = (...parts: readonly string[]): RegExp => new RegExp(parts.join('|'), 'u')
const gap = (length: number): string => `[^.!?\\n]{0,${length}}?`

const number =
  '(?:\\d[\\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|fifty|a hundred|hundreds|dozens)'
const percent = '\\d[\\d.]*(?: ?%| percent)'
const units =
  '(?:hours?|days?|weeks?|months?|years?|minutes?|seconds?|nights?|washes|miles|uses|loads)'
const better =
  'better|faster|cleaner|stronger|longer|quieter|lighter|cheaper|safer|softer|brighter|deeper|harder|smarter|fresher|smoother|cooler|warmer|thicker|tougher|more|less|fewer|healthier|sharper'
const everywhere =
  'money can buy|on earth|on the planet|in the world|on the market|out there|anywhere|you can buy|around|you.?ll ever|you will ever|you.?ve ever|of its kind|in (?:town|korea|america|the country|the business|the industry|its class|history|seoul)|on the shelf|ever (?:made|built|created|tested|sold|invented)|known to|available|of all time|by far|bar none|period'
const money =
  'bills?|costs?|taxes|rent|fees|premiums?|utilities|energy|electric(?:ity|al)|heating|gas|fuel|water|groceries|interest|payments?|insurance|mortgage|expenses'
const debts =
  'debts?|loans?|credit cards?|bankruptc(?:y|ies)|late payments|collections|credit score|credit report|tax(?:es)?|liens?|foreclosures?|mortgage|balances?|negative items'

const proof = {
  description: {
    ko: '표현한 내용을 뒷받침하는 시험·조사(기관, 시기, 결과)',
    en: 'A test or survey that supports the claim (institute, date, result)',
  },
  pattern:
    /(?:test|study|survey|trial|report|certif|source|data|measured|record|시험|조사|성적서|인증)[^\n]{0,80}\d|\d[^\n]{0,80}(?:test|study|survey|trial|report|certif|source|data|시험|조사|성적서)/u,
}

/** A basis beside the claim, a goal of a plan, advice. */
const based = [
  /[^!?\n]{0,80}\([^)\n]{0,40}(?:20\d\d|tested|survey|source|study|n ?=|lab|based on)[^)\n]{0,60}\)/u,
  /[^.!?\n]{0,60}\b(?:in our own test|measured in|in (?:our|a) \d{4} (?:survey|study|test)|according to (?:our|the) \d{4})\b[^.!?\n]{0,60}|\bin (?:our|a) \d{4} (?:survey|study|test)\b[^!?\n]{0,120}/u,
  /\b(?:goal|target|kpi|objective|okr)s?\b[^\n]{0,80}/u,
  /\b(?:how to|tips? (?:for|to)|ways to|learn (?:how|to)|guide to|please|may take|can take|might)\b[^.!?\n]{0,60}/u,
]

/** English claims by their parts: how much, better than what, by whom. */
export const englishFamilyRules = family(
  {
    id: 'english.family',
    productTypes: 'all',
    law: 'ftc_act',
    article: 's. 5',
    severity: 'needs_evidence',
    guidelinePage: 'FTC Policy Statement Regarding Advertising Substantiation',
    exceptions: based,
    evidenceThatAllows: proof,
  },
  [
    {
      id: 'most',
      pattern: any(
        `\\b(?:the|korea.s|america.s|our) (?!rest|west|east|test|guest|forest|chest|quest|nest|latest|oldest|nearest|next|lowest setting|highest setting|best (?:part|time|way|of|before))[a-z]{2,12}est\\b[^.!?\\n]{0,34}\\b(?:${everywhere})\\b`,
        `\\b(?:the )?most [a-z-]{3,16} [^.!?\\n]{0,30}\\b(?:${everywhere})\\b`,
        '\\b(?:more|less|fewer|better|[a-z]{3,10}er) [^.!?\\n]{0,24}\\bthan (?:any|all|every|anyone|anything|any other|most)\\b|\\bnothing (?:sticks|gets through|leaks|stains|beats|compares|comes close|works like|cleans like|tastes like)\\b|\\bother [a-z]{3,12} (?:miss|can.t|cannot|don.t|won.t|leave behind|only dream|wish)\\b',
        '\\b(?:number one|no\\. ?1|#1) (?:choice|pick|brand|rated|selling|in|for|with|app|recommended)\\b|\\brank(?:s|ed)? (?:us|it|first|top|highest|best|no\\. ?1|#1)\\b|\\bvoted\\b[^.!?\\n]{0,24}\\b(?:best|favou?rite|top|most|of the year|number one)\\b|\\b(?:best|product|app|brand|trainer|tool|toy|gadget|shoe)[a-z ]{0,14} of the year\\b',
        '\\b(?:healthiest|safest|purest|cleanest|strongest|fastest|toughest|smartest|gentlest|greenest|cheapest|lightest|quietest|finest|tastiest|freshest|sturdiest|softest)\\b(?! (?:setting|way|route|part|time|speed|day|hour|month|water))',
        '\\b(?:unbreakable|indestructible|bulletproof|fail-?proof|foolproof|unbeatable|second to none|like no other|one of a kind formula|never (?:breaks?|fails?|leaks?|rusts?|fades?|dulls?|wears? out|stains?|clogs?|dies|crashes|tears?|shrinks?|peels?|chips?))\\b',
      ),
      exceptions: [
        /\b(?:is it|are we|are they|was it)\b[^.!?\n]{0,60}\?/u,
        /\bvoted\b[^.!?\n]{0,50}\bby (?:our|the) (?:own )?(?:staff|team|cat|dog|kids|mom)\b[^.!?\n]{0,10}/u,
        /[^.!?\n]{0,30}\b(?:isn.t|not|never|hardly|aren.t|probably not)\b (?:the )?[a-z]{3,14}est\b[^.!?\n]{0,40}/u,
      ],
      explanation: {
        ko: '가장 낫다는 영어 표현은 실증할 수 있어야 합니다.',
        en: 'To be the most of anything has to be substantiated.',
      },
      bad: [
        'The sturdiest desk money can buy',
        'The most private VPN on earth',
        'More marriages than any other app',
        'The number one choice of parents',
      ],
      good: [
        'Wash at the lowest setting',
        'Is it the best chair ever? Tell us.',
        'The west side of town',
      ],
    },
    {
      id: 'performance',
      pattern: any(
        `\\b(?:remov|clean|kill|block|filter|eliminat|captur|cut|reduc|sav|lower|slash|boost|increas|rais|improv|lift|trap|repel|absorb|score)(?:e|es|s|ed|ing|ting)?\\b${gap(30)}(?:${percent}|\\$ ?\\d[\\d,]*|\\b\\d+ ?(?:x|times)\\b|\\bby (?:half|${number})\\b|\\bin half\\b)`,
        `(?:${percent})\\s?(?:${better}|of (?:users|customers|people|women|men|students|parents|germs|bacteria|dust|stains|buyers|allerg\\w+|airborne))\\b|\\b(?:${number} ?(?:x|times)|twice|double|triple) (?:as |more |the )?(?:${better}|power|strength|speed|fast|strong|clean|clear|long|much|good|storage|suction|battery|results)\\b|\\b\\d+x (?:${better}|the)\\b|\\b(?:${number}) to one\\b|\\bhalf the (?:price|cost|time|weight|size|calories)\\b`,
        `\\b(?:keep|stay|last|run|hold|work|protect|good|charge|play|burn|dri)(?:s|es|ed|ing)?\\b${gap(26)}\\b(?:for |up to |over |a full |in |within )?(?:${number}|all) ?(?:full |straight |whole )?(?:more )?(?:${units}|day|night|week|season|winter|summer)\\b(?! (?:old|warranty|ago))`,
        `\\b(?:lasts?|holds up|stays? (?:sharp|fresh|cool|cold|hot|white|dry|put)|good) (?:for )?(?:a lifetime|forever|all (?:day|night|winter|summer|week|season)|years)\\b|\\bpays? for (?:itself|themselves)\\b`,
        `\\b(?:save|cut|slash|lower|halve|shrink|trim|shave)(?:s|d|ing)?\\b${gap(16)}\\b(?:${money})\\b|\\bsav(?:e|es|ing) (?:you )?(?:hours|thousands|hundreds|time and money|a fortune|more)\\b`,
        `\\b(?:students?|kids?|children|users?|members?|clients?|customers?|learners?|players?|readers?|graduates?|owners?|toddlers?|scores?|grades?|reading levels?|gpa|iq|vocabulary|memory|marks)\\b${gap(18)}\\b(?:rais|scor|gain|earn|sav|improv|jump|land|doubl|tripl|learn|read|lost|los|went|get|report|sleep|boost|increas|climb|rise|rose|up)(?:e|es|s|ed|ing)?\\b${gap(22)}(?:\\d|\\bdouble|\\btwo\\b|\\bthree\\b|\\bhalf\\b|\\bweeks?\\b|\\bgrades?\\b)|\\b(?:rais|boost|improv|lift|increas|jump)(?:e|es|s|ed|ing)?\\b${gap(16)}\\b(?:scores?|reading levels?|grades?|gpa|iq|vocabulary|marks|attention span|focus)\\b`,
        `\\bout(?:last|perform|clean|run|sell|shine|charge|work|smart|play|cook)(?:s|ed|ing)?\\b|\\b(?:${better}) than (?:a |an |the )?(?:${brandsEn}|teflon|tide|dawn|clorox|lysol|windex|febreze|swiffer|heinz|folgers|red bull|gatorade|crocs|birkenstocks?|levi.?s|rolex|visa|paypal|zoom|slack|leading|big|other|ordinary|regular|typical|average|manual|store-bought|drugstore|conventional|traditional|most|name|anything|anyone)\\b`,
        '\\b(?:one|a single|just one|a) (?:drop|spray|wipe|pass|swipe|scoop|tablet|dose|capful|cup|bottle|session|use|wash)\\b[^.!?\\n]{0,10}\\b(?:cuts?|cleans?|removes?|does|is all|kills?|melts?|lifts?|erases?|replaces?|equals?)\\b|\\bcuts? through\\b[^.!?\\n]{0,20}\\b(?:grease|grime|dirt|mess|stains?|noise|scale)\\b|\\b(?:takes?|filters?|strips?|pulls?|picks?|catch(?:es)?|traps?|removes?) (?:out |up )?(?:over |more than )?\\d[\\d,]*\\b',
        '\\b(?:made|built|sewn|crafted|manufactured|produced|assembled)\\b[^.!?\\n]{0,20}\\bin (?:the )?(?:usa|u\\.s\\.a?\\.?|us|united states|america)\\b|\\ball[- ]american\\b|\\bamerican[- ]made\\b',
      ),
      exceptions: [
        /\b(?:cook|bake|boil|simmer|steep|roast|rest|soak|wait|chill|dry|store|keep|charge|leave|rinse|run|stir|sleep)s?\b (?:it |them |the [a-z]+ |this |for |in |at |covered |dry |cool )*[^.!?\n]{0,24}\b(?:minutes?|hours?|days?|seconds?|weeks?|overnight)\b(?=[^.!?\n]{0,30}(?:[.,;]|$| then| before| until| after| and | in the| at ))/u,
        /\b(?:burn time|run ?time|battery life|warranty|trial|course|class|stay|shipping|delivery|check-?out|refunds?|returns?|cooking time)\b[^.!?\n]{0,50}/u,
        /\b(?:we are|we.re|shop is|store is|open|closed|available|on sale|sale|runs? (?:from|until|through)|doors)\b[^.!?\n]{0,50}/u,
        /(?:\d{1,2} ?%|\$ ?\d+) off\b[^.!?\n]{0,40}|\bsave (?:\d{1,2} ?%|\$ ?\d+)[^.!?\n]{0,20}\b(?:through|until|till|with code|by|this week|today|at checkout|before)\b[^.!?\n]{0,30}/u,
        /\babout (?:\d+|twelve|ten|forty|sixty) (?:hours?|minutes?|seconds?|days?)\b[^.!?\n]{0,20}/u,
      ],
      explanation: {
        ko: '성능과 절약의 수치는 시험으로 뒷받침되어야 합니다.',
        en: 'Figures of performance or savings need a test.',
      },
      bad: [
        'Cut your heating bill by $400 a year',
        'Keeps mosquitoes off for a full 8 hours',
        'Users score 31% higher on memory tests',
        'Cleans better than Tide',
        'Nonstick that outlasts Teflon ten to one',
      ],
      good: [
        '20% off through Sunday',
        'Burn time is about 40 hours',
        'Bake for 20 minutes, then rest',
      ],
    },
    {
      id: 'vouched',
      guidelinePage: '16 CFR 255.3',
      pattern: any(
        `\\b(?:${expertsEn}|hygienists?|athletes?|olympians?|pilots?|barbers?|plumbers?|mechanics?|farmers?|bakers?|baristas?|moms?|mothers|parents|celebrities|astronauts|navy seals|marines|firefighters|runners|gamers|editors|critics|insiders|stylists|pros|professionals|groomers|breeders) (?:everywhere |around the world |nationwide |all over |who know |actually |themselves |really |secretly |always |also )?(?:sleep|feed|eat|drink|cook|drive|run|train|brush|shave|bring|serve|stock|pack|take|give|put|keep|own|carry|rely|reach|bet|wear|use|buy|pick|choose|trust|rate|rank|love|swear|prefer|order|call|say|agree|recommend|won.t)s?\\b(?! (?:us|me|him|her) (?:know|if|at|when)\\b)`,
        `\\b(?:according to|says?|said|according|trusted by|preferred by|favou?rite of|choice of|pick of|approved by|endorsed by|rated by|ranked by|loved by) (?:the |our |top |leading |independent |most |many )?(?:dr\\.?|${expertsEn}|moms|parents|athletes|pilots|pros|professionals|critics|editors)\\b`,
        `\\bdr\\.? [a-z]{1,12}\\b[^.!?\\n]{0,30}\\b(?:recommend|invent|create|say|said|formulat|swear|use|develop|approve|trust|love|call)\\w{0,4}\\b`,
      ),
      exceptions: [
        /\b(?:ask|let|tell|call|see|consult|thank|help|for|to|with|invite|teach|dear|write to|talk to|check with)\b (?:the |your |our |a |an |all |some )?[a-z]{0,12} ?(?:doctors?|vets?|teachers?|parents?|moms?|chefs?|engineers?|pharmacists?|experts?|runners|farmers|bakers|baristas?|nurses?)\b[^.!?\n]{0,40}/u,
        /\bour (?:own )?(?:chefs?|baristas?|bakers?|trainers?|teachers?|engineers?|stylists|team|farmers?|mechanics?)\b[^.!?\n]{0,40}/u,
        /\bparents?\b,? [^.!?\n]{0,20}\b(?:set|please|must|should|can|may|need)\b[^.!?\n]{0,40}/u,
      ],
      explanation: {
        ko: '전문가나 유명인이 쓴다는 영어 표현은 사실과 이해관계를 보일 수 있어야 합니다.',
        en: 'That experts or insiders use it has to be real, with connections disclosed.',
      },
      bad: [
        'Chiropractors sleep on it',
        'The food vets feed their own dogs',
        'The healthiest bar, according to nutritionists',
      ],
      good: [
        'Ask your vet about portions',
        'Our bakers arrive at four',
        'Parents, please set a budget',
      ],
    },
    {
      id: 'child_safe',
      productTypes: ['children'],
      pattern:
        /\bhands[- ]free\b[^.!?\n]{0,24}\b(?:bath|feeding|nap|play|sleep|parenting)|\b(?:can.t|cannot|won.t|will never|never) (?:ever )?(?:tip|fall|choke|drown|slip|roll|climb out|get hurt|swallow|pinch|burn|break)\b|\b(?:walk|look|step|go) away\b[^.!?\n]{0,24}\b(?:baby|toddler|he|she|they|kids?|nap|worry)\b|\b(?:non-?toxic|bpa[- ]free|chemical[- ]free|hypoallergenic|choke[- ]proof|tip[- ]proof|tear[- ]free|gentle enough)\b|\b(?:grow|sleep|read|talk|walk|learn|eat)s?\b[^.!?\n]{0,12}\b(?:taller|sooner|earlier|faster|through the night|by age|years ahead|ahead of)\b/u,
      explanation: {
        ko: '아이에게 안전하거나 발달에 좋다는 영어 표현은 시험으로 뒷받침되어야 합니다.',
        en: 'Safety and progress of children have to rest on tests.',
      },
      bad: [
        'Hands-free bath time',
        'He can’t tip over',
        'Non-toxic crayons',
        'Sleeps through the night',
      ],
      good: ['Walk the puppet across the stage', 'Never leave a child in the bath'],
    },
    {
      id: 'green',
      law: 'cfr_16_260',
      article: '16 CFR 260.4',
      guidelinePage: 'FTC Green Guides',
      pattern:
        /\b(?:100%|fully|completely|totally|truly|entirely|more|most) (?:sustainable|recyclable|compostable|green|circular|ethical|plastic[- ]?free|biodegradable)\b|\bsustainabl[ey]\b(?! (?:pace|habit))|\b(?:gives? back to|good for|kind to|gentle on|better for|saves?|love|loves|helps?|heals?|protects?|healing|saving) (?:the |our |mother )?(?:planet|earth|ocean|oceans|environment|nature|climate|bees|rainforest)\b|\b(?:zero|no|low|net[- ]zero|negative)[- ](?:waste|carbon|emissions?|impact|footprint|plastic|toxins?)\b|\b(?:planet|earth|ocean|climate|nature)[- ](?:friendly|positive|safe|neutral|conscious)\b|\bguilt[- ]free (?:fashion|shopping|cleaning|plastic)\b|\bcarbon footprint\b/u,
      exceptions: [
        /\b(?:calculat|measur|report|publish|reduce your|class|workshop|talk|book|film|documentary)[a-z]*\b[^.!?\n]{0,40}/u,
        /[^.!?\n]{0,30}\b(?:don.t|do not|can.t|won.t|never|not) (?:call|say|claim)\b[^.!?\n]{0,40}/u,
      ],
      explanation: {
        ko: '포괄적인 영어 환경 표현은 범위를 한정하고 실증해야 합니다.',
        en: 'Sweeping environmental claims have to be qualified and substantiated.',
      },
      bad: [
        'A 100% sustainable tote',
        'Gives back to the planet',
        'Zero waste, zero carbon footprint',
      ],
      good: ['A film about the ocean', 'Workshop: reduce your carbon footprint'],
    },
  ],
)

/** English plans and promises that no proof makes lawful, by their parts. */
export const englishActRules = family(
  {
    id: 'english.acts',
    productTypes: 'all',
    law: 'ftc_act',
    article: 's. 5',
    severity: 'block',
    guidelinePage: 'FTC Endorsement Guides; FTC staff report on dark patterns',
  },
  [
    {
      id: 'paid_praise',
      law: 'cfr_16_465',
      article: '16 CFR 465.4',
      pattern:
        /\b(?:refund|discount|gift|coupon|cash|credit|free|reward|rebate|pay|paid|voucher|\$ ?\d+|entry|points|bonus|prize)\w{0,3}\b[^.!?\n]{0,50}\b(?:5|five)[- ]?stars?\b[^.!?\n]{0,20}\b(?:review|rating|feedback)?|\b(?:5|five)[- ]?stars?\b[^.!?\n]{0,60}(?:\b(?:refund|discount|gift|coupon|cash|credit|get (?:a|your) free|reward|rebate|voucher|bonus|prize|on us|venmo|paypal)\w{0,3}\b|\$ ?\d+)|\b(?:round|bump|inflate|edit|change|pad|boost|raise|fudge|adjust)\b[^!?\n]{0,24}\b(?:rating|average|stars?|score|review count)s?\b[^.!?\n]{0,14}\b(?:up|to)\b|\b(?:positive|good|glowing|great|nice|perfect) (?:review|rating|feedback|testimonial)s?\b[^.!?\n]{0,40}\b(?:refund|discount|gift|coupon|cash|credit|free|reward|rebate|voucher|\$ ?\d+|bonus)\b|\b(?:make up|invent|write|generate|create|buy|order|fake|fabricate|seed|plant)\b[^.!?\n]{0,24}\b(?:happy customers|reviews?|testimonials?|quotes from|success stories|buyers|five[- ]star)\b[^.!?\n]{0,30}|\b(?:delete|remove|hide|bury|filter|block|suppress)(?:s|ing)?\b[^.!?\n]{0,24}\b(?:under|below|less than|1|2|3|one|two|three|bad|negative|critical|low)[- ](?:\d )?(?:stars?|reviews?|ratings?|comments?)\b/u,
      exceptions: [
        /\b(?:never|don.t|do not|won.t|can.t|no|not|without|nor)\b[^.!?\n]{0,60}/u,
        /\bwrite (?:a|an|us a|your|an honest) (?:honest )?review\b[^.!?\n]{0,30}/u,
        /\b(?:how|why|where|when|once) (?:to|you|we) (?:write|create|order)\b[^.!?\n]{0,40}/u,
      ],
      explanation: {
        ko: '칭찬에 대가를 걸거나 후기를 꾸미고 지우는 것은 금지됩니다.',
        en: 'Rewards for praise, invented reviews and deleting bad ones are banned.',
      },
      bad: [
        'We refund your order once your 5-star review is live',
        'Make up ten happy customers from Texas',
        'Delete anything under 4 stars before it goes live',
      ],
      good: ['We never delete bad reviews', 'Write an honest review and tell us more'],
    },
    {
      id: 'hidden_terms',
      pattern: any(
        '\\b(?:free|trial|just pay|only \\$|risk[- ]free|\\$0|no cost)\\b[^\\n]{0,80}\\([^)\\n]{0,60}(?:\\bthen\\b|billed|charged|auto-?renew|renews)[^)\\n]{0,60}(?:nowhere|page \\d|fine print|tiny|hidden|small|buried|not mention|no notice|automatically|footer|gr[ae]y|no warning|without)[^)\\n]{0,40}\\)',
        '\\([^)\\n]{0,80}(?:not shown|not mentioned|not listed|not disclosed|nowhere|only in person|notarized|by fax|by certified|certified letter)[^)\\n]{0,60}\\)|\\bdetails nowhere\\b|\\b(?:terms|price|fees?|charges?|renewal|disclosure|disclaimer|cancel(?:lation)? (?:link|button)|unsubscribe(?: link)?|opt-?out)\\b[^.!?\\n]{0,30}\\b(?:nowhere|on page \\d+|in the footer|in (?:light |pale )?gr[ae]y|tiny|in small|white on white|gr[ae]y on white|below the fold|hard to find|six clicks|buried|out of sight|hide|as small as)\\b|\\b(?:hide|bury|tuck|shrink|make)\\b[^.!?\\n]{0,16}\\b(?:terms|price|fees?|charges?|renewal|disclosure|disclaimer|cancel|unsubscribe|opt-?out)\\b[^.!?\\n]{0,40}',
        '\\b(?:do not|don.t|never|no need to|without|skip|avoid|leave out|forget to)\\b[^.!?\\n]{0,14}\\b(?:disclos|mention|reveal|label|tag|say|tell|admit|note|flag)\\w{0,4}\\b[^.!?\\n]{0,34}\\b(?:partnership|sponsor\\w*|paid|ad\\b|#ad|gifted|gift|deal|commission|affiliate|free (?:product|sample)|payment|money|compensat\\w+|ai\\b|side effects?|fees?|renewal)\\b|\\b(?:say|tell|claim|pretend|act like) (?:that )?(?:you|they|them|followers|people|everyone)\\b[^.!?\\n]{0,24}\\b(?:found|bought|discovered|stumbled|by chance|own money|paid for it|not paid|randomly)\\b|\\bmust pass as real\\b|\\bno (?:ai )?label\\b|\\bleave out the (?:ai )?label\\b',
        '\\bonly \\d+ left\\b[^\\n]{0,30}\\([^)\\n]{0,60}(?:always|regardless|doesn.t matter|every|any|script|random|fake|resets?)[^)\\n]{0,40}\\)|\\b(?:badge|banner|timer|counter|clock)\\b[^.!?\\n]{0,20}\\b(?:always|resets?|restarts?|loops?|never ends|regardless|forever)\\b',
      ),
      exceptions: [
        /\b(?:never|don.t|do not|won.t|we) (?:hide|bury)\b[^.!?\n]{0,40}/u,
        /\b(?:timer|clock|counter)\b[^.!?\n]{0,20}\b(?:reset|restart)s?\b[^.!?\n]{0,20}\b(?:button|by pressing|when you|if you)\b[^.!?\n]{0,20}/u,
      ],
      explanation: {
        ko: '조건·광고 사실·실제 재고를 숨기는 영어 표현이나 계획은 기만입니다.',
        en: 'Hiding terms, connections or the real stock deceives consumers.',
      },
      bad: [
        'Just pay shipping! (then $79.99 every month, billed automatically, terms on page 9)',
        'Do not disclose the partnership',
        'ONLY 2 LEFT (the badge always says 2)',
      ],
      good: ['Free for 7 days, then $9 a month. We email you first.', 'We never hide fees'],
    },
    {
      id: 'debt_relief',
      pattern: any(
        `\\b(?:wip|eras|delet|eliminat|forgiv|cancel|remov|clear|settl|vanish|kill|end|dissolv|slash|legally)(?:e|es|s|ed|ing|ling|en)?\\b${gap(26)}\\b(?:${debts})\\b|\\b(?:${debts})\\b${gap(20)}\\b(?:forgiven|erased|gone|deleted|wiped|disappear|vanish|cancel+ed|removed|cleared)\\b`,
        '\\b(?:owe|irs|debts?|tax(?:es)?|loans?)\\b[^\\n]{0,40}\\b(?:disappear|vanish|go away|wiped)\\b|\\bpennies on the dollar\\b',
        '\\b(?:banks?|insurers?|insurance companies|dealers?|lenders?|casinos?|big (?:pharma|oil|tech|banks?)|landlords?|lawyers|wall street|the irs|hospitals|gyms|dentists|doctors|they) (?:hate|hates|don.t want|doesn.t want|won.t tell|will not tell|are hiding|fear|fears|can.t stand)\\b',
        '\\b(?:with|from|partnered with|approved by|part of|we are|we.re) the (?:department of|irs|government|federal|social security|va\\b|fda|treasury)\\b',
        '\\b(?:quit|ditch|fire|leave|escape)\\b[^.!?\\n]{0,12}\\b(?:job|boss|9[- ]to[- ]5|day job|nine to five)\\b|\\b(?:earn|make|clear|pull in|bank|rake in|net|pocket)s?\\b[^.!?\\n]{0,12}\\$ ?\\d[\\d,]*k?\\b[^.!?\\n]{0,20}\\b(?:a|per|every|each) (?:day|week|month|year|hour)\\b|\\bon autopilot\\b|\\bpassive income\\b|\\bfinancial freedom\\b|\\bget rich\\b|\\bwhile you sleep\\b[^.!?\\n]{0,20}\\b(?:earn|income|money|cash|profit)\\b',
      ),
      exceptions: [
        /[^.!?\n]{0,20}\b(?:can.t|cannot|won.t|don.t|do not|no one can|not) (?:promise|guarantee|erase|delete|remove|forgive)\b[^.!?\n]{0,50}/u,
        /\b(?:clear|delete|remove|cancel)\b[^.!?\n]{0,12}\b(?:your (?:card|order|credit card (?:number|details|from))|saved cards?)\b[^.!?\n]{0,20}/u,
        /\bsettle (?:your |the )?(?:balance|bill)s?\b[^.!?\n]{0,20}/u,
      ],
      explanation: {
        ko: '빚이 없어지거나 큰돈을 쉽게 번다는 영어 약속은 기만입니다.',
        en: 'Promises that debts vanish or money comes by itself deceive.',
      },
      bad: [
        'Wipe out your credit card debt legally',
        'We delete bankruptcies from your report',
        'Banks don’t want you to know',
        'Clear $10k a month on autopilot',
      ],
      good: ['We can’t delete accurate debts from a report', 'Settle the balance at checkout'],
    },
    {
      id: 'kept_well',
      law: 'fdc_act',
      article: '201(g)(1)',
      productTypes: [
        'food',
        'health_functional_food',
        'cosmetics',
        'quasi_drug',
        'children',
        'general',
      ],
      guidelinePage: 'FTC Health Products Compliance Guidance',
      pattern: any(
        `\\b(?:keep|stop|sav|protect|prevent|guard|shield)(?:e|es|s|ping|ing)?\\b[^.!?\\n]{0,30}\\bfrom (?:catching|getting|having|developing|coming down|brain|${complaintsEn})\\b`,
        '\\b(?:took|takes?|got|get|came|come|weaned|wean|off|quit|stop|stopped|instead of|no more|drop(?:ped)?)\\b[^.!?\\n]{0,16}\\b(?:metformin|insulin|statins?|lipitor|lisinopril|xanax|prozac|zoloft|ozempic|adderall|ritalin|prednisone|ibuprofen|advil|antidepressants?|blood thinners?|(?:my|his|her|your|their|the) (?:meds|medications?|pills|prescriptions?))\\b|\\bnature.s (?:antibiotic|viagra|ozempic|botox|prozac|insulin|aspirin|painkiller|xanax|steroid)\\b',
        '\\bfit(?:s|ting)? (?:back )?into (?:your|that|those|the|my) (?:[a-z-]{2,12} ){0,3}(?:dress|jeans|suit|bikini|swimsuit|pants|gown|tux)\\b',
        '\\b(?:throw|toss|ditch|burn|bin|put|hang up|lose|forget|retire|ditching)\\b[^.!?\\n]{0,14}\\b(?:cane|walker|crutches|glasses|hearing aids?|inhaler|pills|meds|prescriptions?|wheelchair|insulin|braces|cpap)\\b',
        '\\b(?:bald (?:spots?|patch(?:es)?|men|head)|hairline|thinning (?:hair|crown)|(?:full )?head of hair|eyelash(?:es)?|lashes|brows)\\b[^.!?\\n]{0,22}\\b(?:filled?(?: in)?|fills in|back|return(?:ed|s)?|thick(?:er)?|regrown|regrow|grow(?:n|s)?|restored|included|covered)\\b|\\bre-?grows?\\b|\\bor (?:we.re lying|you.re holding it wrong)\\b',
        '\\b(?:heavy metals?|toxins?|parasites?|poisons?|sludge|gunk|impurities|waste|radiation|5g|emf)\\b[^.!?\\n]{0,16}\\b(?:drain|flush|leave|pour|pull|out of|drawn|draw|exit|escape|gone|blocked|neutrali[sz]ed|away|from your)\\w{0,3}\\b|\\b(?:drain|flush|pull|draw|suck|sweat|block|neutrali[sz]e|filter)(?:s|es|ing)?\\b[^.!?\\n]{0,20}\\b(?:heavy metals?|toxins?|parasites?|poisons?|radiation|5g|emf)\\b',
        '\\bshrink(?:s|ing)? (?:fibroids?|tumou?rs?|cysts?|nodules?|prostates?|polyps?)\\b|\\b(?:fibroids?|endometriosis|pcos|lupus|cysts?|polyps?|thyroid|ms|lyme|fibromyalgia|crohn.?s|celiac|epilepsy|stroke|herpes|shingles|kidney stones?|gallstones?|macular degeneration|neuropathy|sciatica)\\b[^.!?\\n]{0,20}\\b(?:gone|cured|shrink|shrank|vanish|disappear|healed|reversed|relief|no more)\\w{0,3}\\b|\\b(?:got|get|getting|gets|is|was) (?:rid|cured|healed|free) of (?:her|his|my|their|your)? ?[a-z]{3,16}\\b',
        '\\btotal sun ?block\\b|\\b(?:waterproof|sweatproof|sunblock)\\b[^.!?\\n]{0,30}\\b(?:all day|waterproof|sweatproof|sunscreen|spf|sun)\\b',
      ),
      exceptions: [
        /\b(?:get|got|getting) rid of (?:the |your |my |old |that |his |her )?(?:clutter|junk|boxes?|furniture|smell|stains?|mess|weeds|paper|password|ads?|couch|dust|spam)\b[^.!?\n]{0,20}/u,
        /\b(?:find|found|lost|lose|clean|case for|store) (?:your |my |the )?glasses\b[^.!?\n]{0,20}/u,
        /\b(?:never|do not|don.t) (?:stop|throw|toss|ditch|skip)\b[^.!?\n]{0,40}/u,
        /\b(?:wait|sit|walk|come|put it|put them|welcome|right|way|call) back\b[^.!?\n]{0,10}/u,
      ],
      explanation: {
        ko: '병을 막거나 몸에서 무엇을 빼낸다는 영어 표현은 의약품으로 오인하게 합니다.',
        en: 'To keep illness away, or draw it out of the body, is the claim of a drug.',
      },
      bad: [
        'Keep the whole family from catching the flu',
        'Bald spots filled in after three weeks',
        'Heavy metals drain from your organs',
        'Pads that shrink fibroids',
      ],
      good: ['Get rid of the clutter', 'Never stop your insulin without a doctor'],
    },
    {
      id: 'to_children',
      law: 'caru_guidelines',
      article: 'CARU',
      guidelinePage: null,
      pattern:
        /\b(?:ask|tell|beg|nag|get|make|bug|convince|trick) (?:your |ur )?(?:mom|mum|mommy|dad|daddy|parents?|grandma|grandpa|folks|mother|father)\b[^.!?\n]{0,40}\b(?:password|card|phone|buy|get|unlock|pack|now|yes|until|pay|order|say yes)\b|\b(?:everyone|everybody|all (?:the|your) (?:kids|friends)|your friends|every kid|the other kids|the whole class)\b[^.!?\n]{0,20}\b(?:already|has|have|got|owns?|will (?:leave|laugh|be jealous|envy)|is playing|are playing)\b[^.!?\n]{0,40}\b(?:one|it|dragon|card|toy|pack|you|set|this|doll|sneakers?)\b|\bdon.t be the (?:one|only|last)\b[^.!?\n]{0,24}|\b(?:coolest|most popular) (?:kid|one|girl|boy)\b|\byour (?:pet|dragon|pony|puppy|kitty|unicorn|buddy|doll|monster|friend)\b[^.!?\n]{0,20}\b(?:cry|cries|be sad|is sad|die|dies|leave|miss|hungry|lonely|run away)\b|\b(?:buy|gems|coins|unlock|pay)\b[^.!?\n]{0,24}\b(?:or|before)\b[^.!?\n]{0,16}\b(?:starve|die|cry|disappear|be gone|run away|leave you|be sad)\w{0,2}\b|\bif (?:he|she|dad|mom|they) buys? it\b/u,
      exceptions: [
        /\b(?:ask|get) (?:your |a )?(?:mom|dad|parents?|grandma|grandpa)[^.!?\n]{0,12}\b(?:first|permission|to help|for help|if|about|to read|before)\b[^.!?\n]{0,30}/u,
      ],
      explanation: {
        ko: '어린이를 조르게 하거나 소외를 느끼게 하는 영어 광고는 금지됩니다.',
        en: 'Pressing children, or making them feel left out, is banned.',
      },
      bad: [
        'Ask mom for her password',
        'Everyone at school already has the dragon',
        'Don’t be the one without it',
      ],
      good: ['Ask a parent for help with the scissors', 'Get your dad’s permission first'],
    },
  ],
)
