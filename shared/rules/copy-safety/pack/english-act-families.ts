import { complaintsEn } from './english-words.ts'
import { family } from './family.ts'

const any = (...parts: readonly string[]): RegExp => new RegExp(parts.join('|'), 'u')
const gap = (length: number): string => `[^.!?\\n]{0,${length}}?`

const debts =
  'debts?|loans?|credit cards?|bankruptc(?:y|ies)|late payments|collections|credit score|credit report|tax(?:es)?|liens?|foreclosures?|mortgage|balances?|negative items'

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
        '\\b(?:trade|swap|exchange)(?:s|ing)?\\b[^.!?\\n]{0,16}\\b(?:reviews?|ratings?|stars)\\b|\\byou rate (?:ours|us)\\b|\\b(?:won.t|never|don.t|hardly) (?:even )?notice\\b[^.!?\\n]{0,20}$|\\badd\\b[^.!?\\n]{0,40}\\b(?:cart|order|basket)\\b[^.!?\\n]{0,12}\\b(?:by default|automatically|silently|quietly|without asking)\\b',
        '\\b(?:fees?|prices?|charges?|terms|renewal|conditions|costs?)\\b[^.!?\\n]{0,16}\\b(?:hidden|buried|tucked(?: away)?|disguised|slipped) (?:in|into|under|behind|at)\\b',
        '\\b(?:fees?|prices?|charges?|terms|shipping|taxes|surcharge)\\b[^.!?\\n]{0,12}\\b(?:appear|show up|pop up|are added|is added|get added|revealed?|shown)\\b[^.!?\\n]{0,14}\\b(?:after|once|only|last|later)\\b|\\bso the price looks\\b',
        '\\b(?:decline|cancel|no thanks|opt-?out|unsubscribe|reject|skip) (?:button|link|option)\\b[^\\n]{0,60}\\b(?:shrink|hide|gr[ae]y|tiny|small|guilt|hate|make it say|invisible|buried?)\\b',
        '\\b(?:lookalike|look-alike|soundalike|sound-alike|deep-?fake|cloned?|voice clone|impersonator)\\b[^.!?\\n]{0,40}\\b(?:voice|say|saying|says|celebrity|star|endors\\w+|prais\\w+|recommend\\w*|takes?|uses?|loves?)\\b',
        '\\b(?:official|final|urgent|last) notice\\b[^\\n]{0,90}\\b(?:unless|call|reduced|suspended|cancel+ed|expire|lose)\\b|\\b(?:medicare|irs|social security|your bank|government)\\b[^.!?\\n]{0,40}\\b(?:will be (?:reduced|suspended|cancel+ed|closed)|unless you call)\\b',
        '\\b(?:splice|merge|combine|stitch|blend)\\b[^.!?\\n]{0,24}\\b(?:customers?|stories|testimonials?|reviews?|clips)\\b[^.!?\\n]{0,24}\\binto\\b|\\bcast an? (?:actor|actress|model|friend)\\b[^.!?\\n]{0,24}\\b(?:real|customer|patient|user|doctor|buyer)\\b|\\bwhatever they answer\\b',
        '\\bno need to (?:say|mention|tell|disclose)\\b[^.!?\\n]{0,20}\\b(?:free|paid|gift\\w*|sponsor\\w*|ad|us)\\b',
        '\\b(?:free|trial|just pay|only \\$|risk[- ]free|\\$0|no cost)\\b[^\\n]{0,80}\\([^)\\n]{0,60}(?:\\bthen\\b|billed|charged|auto-?renew|renews)[^)\\n]{0,60}(?:nowhere|page \\d|fine print|tiny|hidden|small|buried|not mention|no notice|automatically|footer|gr[ae]y|no warning|without)[^)\\n]{0,40}\\)',
        '\\([^)\\n]{0,80}(?:not shown|not mentioned|not listed|not disclosed|nowhere|only in person|notarized|by fax|by certified|certified letter)[^)\\n]{0,60}\\)|\\bdetails nowhere\\b|\\b(?:terms|price|fees?|charges?|renewal|disclosure|disclaimer|cancel(?:lation)? (?:link|button)|unsubscribe(?: link)?|opt-?out)\\b[^.!?\\n]{0,30}\\b(?:nowhere|on page \\d+|in the footer|in (?:light |pale )?gr[ae]y|tiny|in small|white on white|gr[ae]y on white|below the fold|hard to find|six clicks|buried|out of sight|hide|as small as)\\b|\\b(?:hide|bury|tuck|shrink|make)\\b[^.!?\\n]{0,16}\\b(?:terms|price|fees?|charges?|renewal|disclosure|disclaimer|cancel|unsubscribe|opt-?out)\\b[^.!?\\n]{0,40}',
        '\\b(?:do not|don.t|never|no need to|without|skip|avoid|leave out|forget to)\\b[^.!?\\n]{0,14}\\b(?:disclos|mention|reveal|label|tag|say|tell|admit|note|flag)\\w{0,4}\\b[^.!?\\n]{0,34}\\b(?:partnership|sponsor\\w*|paid|ad\\b|#ad|gifted|gift|deal|commission|affiliate|free (?:product|sample)|payment|money|compensat\\w+|ai\\b|side effects?|fees?|renewal)\\b|\\b(?:say|tell|claim|pretend|act like) (?:that )?(?:you|they|them|followers|people|everyone)\\b[^.!?\\n]{0,24}\\b(?:found|bought|discovered|stumbled|by chance|own money|paid for it|not paid|randomly)\\b|\\bmust pass as real\\b|\\bno (?:ai )?label\\b|\\bleave out the (?:ai )?label\\b',
        '\\bonly \\d+ left\\b[^\\n]{0,30}\\([^)\\n]{0,60}(?:always|regardless|doesn.t matter|every|any|script|random|fake|resets?)[^)\\n]{0,40}\\)|\\b(?:badge|banner|timer|counter|clock)\\b[^.!?\\n]{0,20}\\b(?:always|resets?|restarts?|loops?|never ends|regardless|forever)\\b',
      ),
      exceptions: [
        /\b(?:turn(?:ed)? down|decline|refuse|never|don.t|do not|won.t|not allowed|no)\b[^.!?\n]{0,24}\b(?:trade|swap|exchange)\b[^.!?\n]{0,24}/u,
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
        '\\bi (?:made|earned|cleared|pocketed|banked) \\$ ?\\d[\\d,.]*k?\\b|\\b(?:so will you|so can you|you can too)\\b',
        '\\b(?:haven.t|never|have not|not) (?:had |seen )?(?:a|one|a single) (?:losing|bad|down|red) (?:day|week|month|trade|year)\\b|\\bget paid\\b[^.!?\\n]{0,16}\\$ ?\\d[\\d,]*\\b|\\$ ?\\d[\\d,]*k? (?:a|per|every|each) (?:day|week|month|hour)\\b[^.!?\\n]{0,40}\\b(?:no experience|from home|stuffing|just|easy|anyone|you can too|guaranteed|surveys?|opinions?)\\b|\\bturns? \\$ ?\\d[\\d,]* into \\$ ?\\d',
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
        '\\b(?:straighten|correct|realign|fix|cure|heal)(?:s|ed|ing)?\\b[^.!?\\n]{0,14}\\b(?:spines?|scoliosis|slouch|hunchback|bow legs|flat feet|crooked teeth|bunions?)\\b|\\b(?:off switch|kill switch|antidote|fountain of youth|end|key) (?:for|to|of) (?:aging|ageing|cancer|diabetes|obesity|death|pain|alzheimer.s|disease)\\b',
        '\\b(?:grew|shot up|gained)\\b[^.!?\\n]{0,14}\\b(?:inch(?:es)?|cm|taller)\\b|\\b(?:brings?|takes?|drops?|lowers?)\\b[^.!?\\n]{0,14}\\b1\\d\\d\\b[^.!?\\n]{0,12}\\bto \\d{2,3}\\b|\\b(?:drink|party|eat) (?:all|as much as|whatever) you want\\b[^\\n]{0,40}\\b(?:hangover|feel (?:a thing|nothing|great)|won.t|never|tomorrow|thin|slim|lose)\\b',
        '\\b(?:ear|eye|yeast|sinus|urinary|kidney|skin|gum|tooth|throat|lung|toenail|bladder) (?:infections?|aches?|stones?|disease)\\b[^.!?\\n]{0,16}\\b(?:is|are|be) (?:history|gone|over|cured|toast)\\b',
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
        /\b(?:ask|tell|beg|nag|get|make|bug|convince|trick) (?:your |ur )?(?:mom|mum|mommy|dad|daddy|parents?|grandma|grandpa|folks|mother|father)\b[^.!?\n]{0,40}\b(?:password|card|phone|buy|get|unlock|pack|now|yes|until|pay|order|say yes)\b|\b(?:everyone|everybody|all (?:the|your) (?:kids|friends)|your friends|every kid|the other kids|the whole class)\b[^.!?\n]{0,20}\b(?:already|has|have|got|owns?|will (?:leave|laugh|be jealous|envy)|is playing|are playing)\b[^.!?\n]{0,40}\b(?:one|it|dragon|card|toy|pack|you|set|this|doll|sneakers?)\b|\bdon.t be the (?:one|only|last)\b[^.!?\n]{0,24}|\b(?:coolest|most popular) (?:kid|one|girl|boy)\b|\byour (?:pet|dragon|pony|puppy|kitty|unicorn|buddy|doll|monster|friend)\b[^.!?\n]{0,20}\b(?:cry|cries|be sad|is sad|die|dies|leave|miss|hungry|lonely|run away)\b|\b(?:buy|gems|coins|unlock|pay)\b[^.!?\n]{0,24}\b(?:or|before)\b[^.!?\n]{0,16}\b(?:starve|die|cry|disappear|be gone|run away|leave you|be sad)\w{0,2}\b|\bif (?:he|she|dad|mom|they) buys? it\b|\bonly (?:babies|losers|nerds|little kids|boring kids|dorks) (?:don.t|use|play|wear|have)\b|\b(?:collect|grab|buy|get|eat|drink)\b[^.!?\n]{0,24}\b(?:now|today|all|wrappers|packs)\b[^.!?\n]{0,14}\b(?:kids|boys and girls)\b|\b(?:eat|drink|buy|collect) (?:\d+|one|two|three|five|ten) [a-z]{3,10},? (?:and )?(?:win|get|unlock)\b|\b(?:don.t|no need to|needn.t|never) (?:have to |need to )?(?:watch|supervise|hover over|check on|keep an eye on) (?:her|him|them|your|the (?:baby|kids?))\b/u,
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
