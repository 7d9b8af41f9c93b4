import { brandsEn, expertsEn } from './english-words.ts'
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
        '\\b(?:america|korea|the world|asia|europe|the nation|the country|the industry|japan|britain).s (?!oldest|tallest|deepest|coldest|longest river)[a-z]{3,12}est\\b',
        '\\b(?:better|cleaner|faster|stronger|smoother|fresher) (?:[a-z-]{2,12} ){0,3}than (?:your|a|an|the|any|most) (?!nothing|never)[a-z]{3,14}',
        '\\b(?:covers?|fix(?:es)?|cleans?|works? on|sticks? to|cuts?|fits?|removes?|opens?|repairs?|kills?|solves?|beats?|survives?|handles?|lifts?) (?:anything|everything|any [a-z]{3,14}|every (?:inch|stain|surface|corner|germ|bug|spot|[a-z]{4,12}))\\b',
        '\\b(?:waterproof|sharp|yours|good|guaranteed|fresh|strong|stainless|warm|covered|looking) for life\\b|\\bnever (?:have to )?(?:buy|replace|need) (?:[a-z]{2,10} ){0,3}again\\b|\\bdoes the (?:work|job) of\\b',
        '\\b(?:run|drive) (?:it )?over\\b[^\\n]{0,40}\\b(?:fine|survives?|okay|keeps?|still|works)\\b|\\b(?:drop|throw|stomp|hit|kick|soak|freeze|boil|crush) (?:it|them)\\b[^\\n]{0,40}\\b(?:fine|survives?|okay|keeps? (?:going|working)|still (?:works?|fine|going)|nothing happens)\\b',
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
        '\\d[\\d.]*(?: ?%| percent) of (?:our |the |all )?[a-z]{3,12} (?:get|got|found|find|saw|see|are|said|say|report|would|who|land|pass|agree|improve|lost|feel|felt|come|stay|recommend|keep|noticed|switch|sleep)\\w{0,3}\\b|\\b(?:now |up to )?\\d[\\d.]*(?: ?%| percent) (?:more|less|better|faster|stronger) [a-z]+',
        '\\b(?:turns?|transforms?) (?:reluctant|shy|picky|slow|struggling|any|your|average|ordinary|every|lazy)\\b[^.!?\\n]{0,24}\\binto\\b|\\b(?:brings?|takes?|drops?|lowers?) [^.!?\\n]{0,14}\\d{2,3}[^.!?\\n]{0,12}\\bto \\d{2,3}\\b',
        '\\b(?:speak|learn|master|play|read|code|draw|sing|swim|type)\\b[^.!?\\n]{0,24}\\bin (?:just |only |under )?(?:\\d+|one|two|three|four|six|seven|ten|thirty|a) (?:days?|weeks?|hours?|months?|minutes?|lessons?|weekends?)\\b',
        `\\b(?:remov|clean|kill|block|filter|eliminat|captur|cut|reduc|sav|lower|slash|boost|increas|rais|improv|lift|trap|repel|absorb|score)(?:e|es|s|ed|ing|ting)?\\b${gap(30)}(?:${percent}|\\$ ?\\d[\\d,]*|\\b\\d+ ?(?:x|times)\\b|\\bby (?:half|${number})\\b|\\bin half\\b)`,
        `(?:${percent})\\s?(?:${better}|of (?:users|customers|people|women|men|students|parents|germs|bacteria|dust|stains|buyers|allerg\\w+|airborne))\\b|\\b(?:${number} ?(?:x|times)|twice|double|triple) (?:as |more |the )?(?:${better}|power|strength|speed|fast|strong|clean|clear|long|much|good|storage|suction|battery|results)\\b|\\b\\d+x (?:${better}|the)\\b|\\b(?:${number}) to one\\b|\\bhalf the (?:price|cost|time|weight|size|calories)\\b`,
        `\\b(?:keep|stay|last|run|hold|work|protect|good|charge|play|burn)(?:s|es|ed|ing)?\\b${gap(26)}\\b(?:for |up to |over |a full |in |within )?(?:${number}|all) ?(?:full |straight |whole )?(?:more )?(?:${units}|day|night|week|season|winter|summer)\\b(?! (?:old|warranty|ago))`,
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
        '\\b[a-z]{3,12}(?:ologists?|iatrists?|icians?|opaths?|hygienists?|therapists?) (?:all |everywhere )?(?:agree|recommend|say|swear|choose|trust|use|prefer|love|approve|call|pick)s?\\b',
        '\\b(?:doctor|dermatologist|dentist|vet|chef|pediatrician|nutritionist|trainer|plumber|mechanic|barber|stylist|nurse|teacher|pilot|runner|baker|editor|mom|parent|insider|celebrit(?:y|ie)|pro|expert|scientist|surgeon|barista)(?:.s|s.|s)? (?:go-?to|favou?rite|first choice|top choice|choice|pick|secret(?: weapon)?|darling|number one|best-kept)\\b|\\b(?:surgeons?|doctors?|scientists?|experts?|dentists?|dermatologists?|engineers?|vets|trainers?|therapists?) are (?:stunned|amazed|shocked|baffled|speechless|jealous|begging|furious|raving|switching|obsessed)\\b|\\b(?:harvard|stanford|mit|oxford|yale|ivy league)[- ](?:trained|educated|designed|backed|tested|grade)\\b',
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
