import { family } from './family.ts'

/** Prices, deadlines, earnings and what a plan says that is to be hidden, in English. */
export const englishBroadConductRules = family(
  {
    id: 'english.broad',
    productTypes: 'all',
    law: 'ftc_act',
    article: 's. 5',
    severity: 'needs_evidence',
    guidelinePage: null,
  },
  [
    {
      id: 'cheapest',
      pattern:
        /\b(?:nobody|no one|no (?:store|shop|other (?:store|shop))|none)\b[^.!?\n]{0,20}\b(?:cheaper|for less|lower|beat(?:s)?)\b|\byou (?:won['’]t|will not|can['’]t|cannot|will never)\b[^.!?\n]{0,20}\b(?:cheaper|for less|lower price|better (?:price|deal))\b|\b(?:cheaper|for less|lower) (?:than )?(?:anywhere|everywhere|elsewhere)\b|\b(?:prices?|deals?) (?:so low|you won['’]t (?:find|believe|see)|like this)\b|\b(?:rock[- ]bottom|insane|crazy|giveaway|jaw-dropping|steal of a) (?:price|deal|discount)s?\b|\b(?:practically|almost|basically) (?:free|giving it away)\b|\bour loss\b|\bwe(?:['’]re| are) losing money\b|\b(?:save|savings of) (?:up to )?\$\d[\d,.]{0,8}\b/u,
      evidenceThatAllows: {
        description: { ko: '날짜가 있는 가격 조사', en: 'A dated survey of prices' },
        pattern: /price (?:survey|comparison)|가격\s?(?:비교|조사)|sold (?:at|for)/u,
      },
      explanation: {
        ko: '가장 싸다는 영어 표현은 가격 조사가 있어야 합니다.',
        en: 'To be the cheapest needs a survey of prices.',
      },
      bad: ['Nobody sells it cheaper', 'You won’t find a better deal'],
      good: ['Prices differ by store', 'It costs less in winter'],
    },
    {
      id: 'running_out',
      pattern:
        /\b(?:deals?|offers?|prices?|sales?|discounts?|coupons?|bundles?|bonus(?:es)?|this link|spots?|stock)\b[^.!?\n]{0,24}\b(?:vanish(?:es)?|disappears?|dies|expires?|gone|(?:won['’]t|will not|not|never) (?:be |come |go )?(?:back|last|return|repeated?)|never again|ends? (?:tonight|today|soon|in)|doubles?|jumps?|go(?:es|ing)? (?:back )?up|shoots? up|returns? to)\b|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|a few|a handful|just a few|the last (?:few|one|two|three|\d{1,3})|\d{1,3}) (?:[a-z]{3,10} )?(?:left|remaining|remain)\b|\bbefore (?:they|it|we|someone|somebody|the price|prices?)(?:['’]re|['’]s| are| is)? (?:all )?(?:gone|sold out|sell out|run out|disappears?|grabs?|else|too late|goes?)\b|\b(?:going|selling|flying|disappearing) (?:off the shelves|fast|quick(?:ly)?)\b|\b(?:only|just) (?:a )?(?:handful|few|couple)(?: of)?\b[^.!?\n]{0,20}|\bwon['’]t last\b|\bclock(?:['’]s| is) ticking\b|\bblink and\b|\bnow or never\b|\b(?:your )?last shot\b|\btonight(?:['’]s)? (?:the )?(?:last|final|only)\b|\b(?:minutes|hours) (?:left|to go)\b|\bafter (?:tonight|midnight|today)\b[^.!?\n]{0,30}\b(?:price|gone|never|full)\b|\b(?:snooze|wait) and you (?:lose|miss)\b|\b(?:someone|somebody|\w{1,8} (?:people|shoppers|others)) (?:in \w{1,12} )?(?:just bought|just booked|are (?:viewing|looking)|have this in)\b/u,
      exceptions: [
        /\b(?:no need to|don['’]t|never)\b[^.!?\n]{0,6}\b(?:rush|hurry|worry)\b[^.!?\n]{0,40}/u,
        /\b(?:battery|shutter|page|chapters?|steps?|miles?|minutes? of)\b[^.!?\n]{0,24}\b(?:left|remaining|to go)\b/u,
        /\b(?:prices?|offer|sale)\b[^.!?\n]{0,30}\b(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}[^.!?\n]{0,20}/u,
      ],
      evidenceThatAllows: {
        description: { ko: '실제 종료 일시·재고', en: 'The real end date or stock' },
        pattern:
          /(?:offer|sale|promotion|stock|units|seats|ends?|deadline)[^\n]{0,60}\d|(?:행사|할인|재고|수량)[^\n]{0,40}\d/u,
      },
      explanation: {
        ko: '마감이나 재고를 내세우는 영어 표현은 사실이어야 합니다.',
        en: 'A deadline or scarce stock has to be real.',
      },
      bad: ['This deal vanishes at midnight', 'Two units left', 'Prices double after tonight'],
      good: ['Turn left at the station', 'The sale ends on December 10'],
    },
    {
      id: 'money',
      productTypes: ['general'],
      severity: 'block',
      guidelinePage: 'FTC notice of penalty offenses on money-making opportunities',
      pattern:
        /\b(?:mak|earn|pull|bank|rak|bring|clear|net|pocket|cash|withdraw|collect|generat|scor|profit)(?:e|es|s|ed|ing|ting)?(?: in| home| out)?\b[^.!?\n]{0,16}(?:\$ ?\d[\d,.]{0,9}k?\b|\b\d{1,3}k\b|\b(?:six|seven|five)[- ]figures?)|\b(?:replac|doubl|tripl|quit)(?:e|es|ed|ing|s)? (?:your|my|their) (?:salary|income|paycheck|9-to-5|nine-to-five|day job|job|savings|money|deposit)\b|\b(?:money|income|cash|profits?)\b[^.!?\n]{0,14}\bwhile you sleep\b|\b(?:earn|paid|income|profit)\b[^.!?\n]{0,6}\bwhile (?:you|they)\b|\bturn(?:s|ed|ing)? \$\d[\d,.]{0,9}k? into\b|\bretire (?:rich|wealthy|early|young|by|at|in|next)\b|\bprint(?:s|ing)? money\b|\bmoney machine\b|\b(?:guaranteed|steady|fixed|safe) (?:\d{1,3}% )?(?:returns?|yields?|profits?|gains?)\b|\b(?:returns?|profits?|gains?|yields?) (?:of )?(?:up to )?\d{1,4}%|\bearn (?:from home|daily|every day|passive|big)\b|\bpays? for itself\b|\bnever (?:work|worry about money) again\b|\b(?:can['’]t|cannot|never) lose (?:money|a trade)\b|\bno (?:experience|skills?) (?:needed|required)\b[^.!?\n]{0,30}\$|\bmillionaires?\b[^.!?\n]{0,20}\b(?:secret|method|system|in|by|use)\b|\bbecome a millionaire\b/u,
      exceptions: [
        /\b(?:rais|donat|charit|fundrais|cost|sav)[a-z]{0,6}\b[^.!?\n]{0,40}\$[^.!?\n]{0,20}/u,
      ],
      explanation: {
        ko: '수입·수익을 약속하는 영어 표현은 거짓·과장입니다.',
        en: 'Promised income or returns are false or deceptive.',
      },
      bad: [
        'Our students pull in $10k a month',
        'Money that grows while you sleep, cash while you sleep',
      ],
      good: ['The plan costs $9 a month', 'We raised $2,000 for the shelter'],
    },
    {
      id: 'false_voice',
      law: 'cfr_16_465',
      article: '16 CFR 465.2',
      severity: 'block',
      pattern:
        /\b(?:five[- ]star|5[- ]star|positive|glowing|fake|great)? ?(?:reviews?|ratings?|testimonials?|comments?)\b[^.!?\n]{0,30}\b(?:staff|employees?|intern|interns|team|friends|family|burner|fake|secondary|sock ?puppet|our own|company) (?:accounts?|profiles?|as (?:if|though))\b|\b(?:creator|influencer|blogger|youtuber|host|reviewer|actor|actress|model|she|he|they|him|her|them)\b[^.!?\n]{0,20}\b(?:say|says|saying|pretend|pretends|claim|claims|act|acts|mention|tell)\b[^.!?\n]{0,20}\b(?:bought|paid|found|discovered|purchased)\b[^.!?\n]{0,16}\b(?:herself|himself|themselves|own money|by (?:accident|chance)|her own|his own|organically)\b|\bwithout (?:tagging|labell?ing|saying|mentioning|disclosing|marking|calling)\b[^.!?\n]{0,16}\b(?:ads?|sponsor\w{0,6}|paid|gift\w{0,3}|partner\w{0,6})\b|\b(?:invent|make up|fabricat|fak|dream up|ghostwrit)(?:e|es|s|ing)?\b[^.!?\n]{0,20}\b(?:customers?|users?|patients?|clients?|buyers?|parents?|stor(?:y|ies)|quotes|testimonials?|reviews?|counter|timer|studies|study|survey|numbers|awards?)\b|\b(?:delet|remov|hid|tak)(?:e|es|ing)?(?: down)? (?:any|all|every|the) [^.!?\n]{0,12}(?:reviews?|ratings?|comments?)\b|\b(?:actors?|actress(?:es)?|models?|staff|employees?|paid extras?)\b[^.!?\n]{0,16}\b(?:pretend|pose|posing|play|playing|act as|as)\b[^.!?\n]{0,16}\b(?:real |happy |satisfied )?(?:customers?|users?|patients?|buyers?|moms?|shoppers?)\b|\b(?:make|look|feel|seem)s? (?:it )?(?:look |feel |seem )?(?:organic|unsponsored|like (?:a |an )?(?:organic|real|genuine|honest|unpaid|news|friend['’]s))\b[^.!?\n]{0,24}|\b(?:gate|filter|screen|bury|reject|hold back|don['’]t publish|only publish|only show|approve only)\b[^.!?\n]{0,20}\b(?:bad|negative|low|one[- ]star|1[- ]star|critical|positive|good|five[- ]star)\b[^.!?\n]{0,10}\b(?:reviews?|ratings?|comments?)\b|\b(?:lab|white) coat\b[^.!?\n]{0,40}(?:says?|tells?|recommends?|"|“)/u,
      exceptions: [
        /\b(?:lab|white) coat\b[^.!?\n]{0,20}\b(?:costume|size|pockets|laundry)\b[^.!?\n]{0,20}/u,
      ],
      explanation: {
        ko: '꾸민 후기나 대가를 숨긴 추천은 금지됩니다.',
        en: 'Made-up reviews, and endorsements that hide the pay, are banned.',
      },
      bad: [
        'Post five-star reviews from staff accounts',
        'Have the creator say she bought it herself',
        'Only publish positive reviews',
      ],
      good: ['Reviews are checked by our team for spam links', 'Meet our staff'],
    },
    {
      id: 'traps',
      severity: 'block',
      pattern:
        /\b(?:make|keep|put|set|place|bury|hide|tuck|style|shrink|render)(?:s|ing)?\b[^.!?\n]{0,30}\b(?:cancel(?:lation)?|unsubscribe|opt[- ]out|refund|renewal|fees?|decline|reject|price|terms|charges?)\b[^.!?\n]{0,30}\b(?:tiny|smaller?|hard|harder|hidden|gr[ae]y|out of sight|buried|difficult|invisible|last screen|bottom|fine print|deep)\b|\b(?:make|making) it (?:hard|harder|difficult|confusing|painful) to (?:cancel|unsubscribe|leave|return|opt)\b|\b(?:pre-?check|pre-?tick|pre-?select)(?:s|ed|ing)?\b[^.!?\n]{0,40}|\b(?:auto-?(?:enroll?|renew|charge|bill)|charge|bill|renew)(?:s|ed|ing)?\b[^.!?\n]{0,30}\b(?:without (?:notice|telling|asking|warning)|silently|quietly|before they notice)\b|\b(?:add|reveal|show)(?:s|ed|ing)?\b[^.!?\n]{0,24}\b(?:fees?|charges?|shipping|the real price)\b[^.!?\n]{0,16}\b(?:only )?(?:at (?:the )?(?:last|final|checkout|very end)|after (?:they|payment|sign)|on the last)\b|\b(?:don['’]t|do not|never|without) tell(?:ing)? (?:users|customers|buyers|them|people|subscribers|shoppers)\b[^.!?\n]{0,40}|\bguilt[- ]?trip|\bconfirm-?sham/u,
      exceptions: [/\b(?:do not|don['’]t|never|we never) (?!tell)[^.!?\n]{0,60}/u],
      explanation: {
        ko: '해지를 어렵게 하거나 비용을 숨기는 것은 다크패턴입니다.',
        en: 'Making it hard to leave, or hiding costs, is a dark pattern.',
      },
      bad: [
        'Make the cancel link tiny',
        'Pre-check the add-on box',
        'Charge the card without notice',
      ],
      good: ['Cancel with one click in the settings', 'We never charge without notice'],
    },
  ],
)
