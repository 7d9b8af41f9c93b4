import { appearance } from './claims.ts'
import {
  banishEn,
  brandsEn,
  complaintsEn,
  expertsEn,
  functionsEn,
  goneEn,
  improveEn,
  vouchEn,
} from './english-words.ts'
import { family } from './family.ts'

const words = (source: string): RegExp => new RegExp(source, 'u')
const gap = (length: number): string => `[^.!?\\n]{0,${length}}?`

const illnessPattern = words(
  `\\b(?:${banishEn})\\b${gap(26)}\\b(?:${complaintsEn})\\b|\\b(?:${complaintsEn})\\b[ ,]{0,2}(?:${gap(10)})(?:${goneEn})\\b|\\b(?:${complaintsEn})[- ](?:free|fighting|busting|proof)\\b|\\bpain[- ]?(?:free|reliever|relief|killer)\\b`,
)
const illnessExceptions = [
  /[^!?\n]{0,20}\bas part of a diet\b[^.!?\n]{0,60}\bmay reduce the risk of [a-z ]{4,24}/u,
  /\b(?:consult|ask|talk to|see|visit|tell|speak (?:to|with))\b[^.!?\n]{0,30}\b(?:doctor|physician|pharmacist|dentist|vet|professional|clinic)\b[^.!?\n]{0,60}/u,
  /\b(?:if|when|while) you(?:r [a-z]{2,12})? (?:have|are|get|feel|suffer|had)\b[^.!?\n]{0,60}/u,
  /\b(?:donat|support|rais|fund|charit|research|book|novel|memoir|film|poster|museum)[a-z]*\b[^.!?\n]{0,60}/u,
  /[^.!?\n]{0,60}\b(?:in this game|players?|quest|the dragon|the village|storybook|novel|boredom|playlist)\b[^.!?\n]{0,30}/u,
  /\b(?:track|monitor|measur|log|record|check)[a-z]{0,4}\b[^.!?\n]{0,60}/u,
  /\b(?:get|take|put|keep|bring|send|help)s?\b[^.!?\n]{0,26}\b(?:disease|the blues|coughs?)\b(?! away)/u,
]
const functionPattern = words(
  `\\b(?:${improveEn})\\b${gap(16)}\\b(?:${functionsEn})\\b|\\b(?:giv|keep|mak)(?:e|es|s|ing) your (?:${functionsEn})\\b|\\b(?:${functionsEn})[- ](?:boost|enhanc|support|strengthen|protect|heal|cleans|detox)\\w{0,5}\\b|\\b(?:feel|look|hear|see|move|walk|run|sleep|skin|knees?|joints?|back|body)s?\\b${gap(16)}(?:\\b(?:like )?(?:you (?:did|were) )?(?:at|in your) (?:twent|thirt|fort|\\d\\d)\\w{0,4}|\\b(?:twenty|thirty|forty|\\d\\d|young) again\\b|\\byears younger\\b)`,
)
const functionExceptions = [
  /\b(?:support|help|balanc)[a-z]{0,3}\b[^.!?\n]{0,16}\b(?:cells? (?:phone|battery)|local|farmers?|vision of)\b[^.!?\n]{0,20}/u,
  /\b(?:power|speed|clear|wake|lift|reset|recharg)[a-z]{0,3}\b[^.!?\n]{0,16}\b(?:phone|laptop|memory (?:card|foam)|pc|battery)\b[^.!?\n]{0,10}/u,
  /\b(?:skin (?:feel|look)|memory foam|memory card|solar cells?|fuel cells?|liver p[aâ]t[eé])\b/u,
]

/** Illnesses and functions of the body, whatever the verb. */
export const englishBroadHealthRules = family(
  {
    id: 'english.broad',
    productTypes: [
      'food',
      'health_functional_food',
      'cosmetics',
      'quasi_drug',
      'children',
      'general',
    ],
    law: 'fdc_act',
    article: '201(g)(1)',
    severity: 'block',
    guidelinePage: 'FTC Health Products Compliance Guidance',
  },
  [
    {
      id: 'illness',
      pattern: illnessPattern,
      exceptions: illnessExceptions,
      explanation: {
        ko: '질병이나 증상을 없애거나 줄인다는 영어 표현은 의약품으로 오인하게 합니다.',
        en: 'To make an illness or a complaint go away is the claim of a drug.',
      },
      bad: [
        'Kick joint aches to the curb',
        'Our honey knocks out seasonal allergies',
        'Brings cholesterol back to normal',
        'Say so long to cystic acne',
      ],
      good: [
        'See a doctor about high blood pressure',
        'Tracks your blood pressure readings in one app',
        'A novel about a doctor who beats the plague',
      ],
    },
    {
      id: 'function',
      productTypes: ['food', 'cosmetics', 'quasi_drug', 'children', 'general'],
      yieldsTo: 'health_functional_food',
      pattern: functionPattern,
      exceptions: functionExceptions,
      explanation: {
        ko: '신체 기능에 작용한다는 영어 표현은 허가·인정 없이 쓸 수 없습니다.',
        en: 'To act on a function of the body is no claim for these goods.',
      },
      bad: ['Kombucha that heals your gut', 'Fires up your metabolism', 'Wakes up tired cells'],
      good: ['A pillow of memory foam', 'Recharge your cell phone on the train'],
    },
    {
      id: 'function_reviewed',
      productTypes: ['health_functional_food', 'medical_device'],
      severity: 'needs_evidence',
      law: 'ftc_act',
      article: 's. 5',
      pattern: words(
        `${functionPattern.source}|\\b(?:fall|drift)(?:s|ing)? asleep (?:in|within|faster)`,
      ),
      exceptions: functionExceptions,
      evidenceThatAllows: {
        description: {
          ko: '인정된 기능성 또는 의료기기 허가 사항',
          en: 'The recognised function, or the licensed use of the device',
        },
        pattern:
          /(?:기능성\s?(?:인정|원료)|심의\s?번호|개별\s?인정|의료기기|허가|인증)[^\n]{0,40}(?:\d|번호|내용)|clinical (?:study|trial)|substantiation|licen[cs]e|510\(k\)/u,
      },
      explanation: {
        ko: '신체 기능에 관한 영어 표현은 인정된 기능성이나 허가 사항이 있어야 합니다.',
        en: 'A function of the body may be claimed only as recognised or licensed.',
      },
      bad: ['Rebuilds your cartilage', 'Supercharges your immune system'],
      good: ['Sixty capsules in a glass jar'],
    },
    {
      id: 'device_effect',
      productTypes: ['medical_device'],
      severity: 'needs_evidence',
      law: 'medical_devices_act',
      article: '26(7)',
      guidelinePage: null,
      pattern: words(
        `${illnessPattern.source}|\\b(?:restor|correct|bring|giv)(?:e|es|s|ing)? (?:back )?your (?:hearing|sight|eyesight|vision|hair|posture|smile)\\b`,
      ),
      exceptions: illnessExceptions,
      evidenceThatAllows: {
        description: {
          ko: '의료기기 허가·인증·신고 번호와 사용 목적',
          en: 'The licence of the device with its intended use',
        },
        pattern:
          /(?:의료기기|품목)[^\n]{0,20}(?:허가|인증|신고)|제[허인신]\s?\d|수[허인신]\s?\d|사용\s?목적|licen[cs]e|510\(k\)|intended use/u,
      },
      explanation: {
        ko: '의료기기의 효과는 허가받은 사용 목적 안에서만 말할 수 있습니다.',
        en: 'A device may claim only the purpose for which it is licensed.',
      },
      bad: ['Zap back pain for good', 'This wristband lowers your blood pressure'],
      good: ['See a doctor if back pain persists', 'Comes with a washable cover'],
    },
    {
      id: 'shape',
      law: 'ftc_act',
      article: 's. 5',
      guidelinePage: 'FTC Gut Check',
      pattern:
        /\b(?:drop|los|shed|melt|torch|trim|blast|burn|shrink|slim|shav|incinerat|zap|dissolv|kiss|smooth|flatten|say)(?:e|es|s|ed|t|ing|ping|ming)?\b[^.!?\n]{0,22}\b(?:(?:dress |jean |pant |two |three )?sizes|\d{1,3} ?(?:pounds|lbs|kgs?|kilos?|inches)|body fat|belly fat|fat|waistline|love handles|muffin top|saddlebags|double chin|(?:dimples|orange peel)(?: on (?:your )?(?:thighs|legs))?|cellulite|extra weight|the weight|inches off|inches)\b|\b(?:eat|snack|nap|sit)\b[^.!?\n]{0,20}\bthin(?:ner)?\b|\bcalorie[- ]burning\b|\bbikini[- ]ready\b|\bflat(?:ter|tens?)? (?:your )?(?:stomach|tummy|belly|abs|waist)\b|\b(?:flush|block|trap|target|attack|eat|fight)(?:s|es|ing)?\b[^.!?\n]{0,10}\b(?:fat|calories|carbs)\b|\b(?:burn|torch)s? [\d,]{2,6} calories\b|\bweigh(?:s|ing)? less\b[^.!?\n]{0,6}$|\bslimmer (?:waist|thighs|face|you)\b/u,
      exceptions: [
        /\b(?:shoe|file|picture|portion|ring|screen) sizes?\b/u,
        /\b(?:burn|trim|melt)[a-z]{0,3}\b[^.!?\n]{0,14}\b(?:the fat (?:off|from) the|fat and serve|duck fat|fat into)\b[^.!?\n]{0,10}/u,
        /\b(?:tv|monitor|screen|laptop|bag|case)\b[^.!?\n]{0,40}\binches\b/u,
      ],
      explanation: {
        ko: '감량·체형 변화를 약속하는 영어 표현은 금지됩니다.',
        en: 'Promised weight loss or a change of shape is false.',
      },
      bad: ['Drop two sizes before the wedding', 'Melts the dimples on your thighs'],
      good: ['Trim the hedge in minutes', 'A 32-inch screen in a slim frame'],
    },
    {
      id: 'looks',
      productTypes: ['cosmetics'],
      severity: 'needs_evidence',
      law: 'cosmetics_act',
      article: '13(1)',
      item: '2',
      guidelinePage: '안내서-0086-07 p. 12',
      pattern: words(
        `\\b(?:${banishEn})\\b${gap(24)}\\b(?:wrinkles?|fine lines|crow.s feet|laugh lines|jowls|sagging|dark spots?|age spots?|sun spots?|freckles|melasma|melanin|pigmentation|pores|blackheads|whiteheads|dark circles|eye bags|puff(?:y|iness)|breakouts?|blemish(?:es)?|pimples?|zits?|spots|stretch marks|scars?|redness|dandruff|frizz for good|gr[ae]y hair|signs of (?:age|aging|ageing))\\b|\\b(?:wrinkles?|fine lines|pores|dark (?:spots?|circles)|scars?|blemish(?:es)?|pimples?|puffiness|redness|dandruff|stretch marks)\\b${gap(14)}\\b(?:disappear|vanish|gone|fade|melt|shrink|smooth|dissolve)(?:s|ed|ing)?\\b|\\b(?:follicles?|hair roots?)\\b${gap(20)}\\b(?:wak|awak|reviv|grow|activ|stimulat|back to life)\\w{0,5}|\\b(?:wak|awaken|reviv|activat|stimulat|feed|restart|nourish)\\w{0,3}\\b${gap(20)}\\bfollicles?\\b|\\b(?:thicker|fuller|longer|denser) (?:hair|lashes|brows) in\\b|\\b(?:tak|shav|eras)(?:e|es|ing) (?:years|a decade|ten years|\\d{1,2} years) off\\b|\\b(?:tightens?|lifts?|plumps?|firms?|sculpts?)\\b${gap(16)}\\b(?:skin|face|jaw(?:line)?|neck|lips|cheeks)\\b|\\bgr[ae]y hair\\b${gap(14)}\\b(?:dark|black|brown|colou?r|back|gone)\\b|\\b(?:stop|halt|freez|paus|slow|rewind|defy|cheat)(?:s|e|es|ing|ping)?\\b${gap(10)}\\b(?:time|aging|ageing|age|the clock)\\b|\\bwrinkles? (?:stand )?no chance\\b`,
      ),
      exceptions: [
        appearance,
        /\b(?:cover|conceal|hid|blur|camouflag)[a-z]{0,3}\b[^.!?\n]{0,40}/u,
        /\b(?:wash|rins|wip|tak|get)[a-z]{0,4}\b[^.!?\n]{0,20}\b(?:makeup|dirt|spots? of|oil)\b[^.!?\n]{0,16}/u,
      ],
      evidenceThatAllows: {
        description: {
          ko: '기능성화장품 심사·보고 또는 인체적용시험',
          en: 'The review as a functional cosmetic, or a test on people',
        },
        pattern:
          /기능성\s?화장품|인체\s?적용\s?시험|functional cosmetic|human application|clinical (?:test|study|trial)/u,
      },
      explanation: {
        ko: '주름·잡티·모공 등을 없앤다는 영어 표현은 심사나 시험이 있어야 합니다.',
        en: 'Wrinkles, spots or pores that go away need the review or a test.',
      },
      bad: ['This balm wipes out fine lines for good', 'Wakes up dormant follicles'],
      good: ['Blurs the look of pores', 'Conceals dark circles in one stroke'],
    },
  ],
)

/** Ranks, experts, rivals and what lasts for ever. */
export const englishBroadClaimRules = family(
  {
    id: 'english.broad',
    productTypes: 'all',
    law: 'ftc_act',
    article: 's. 5',
    severity: 'needs_evidence',
    guidelinePage: 'FTC Policy Statement Regarding Advertising Substantiation',
    evidenceThatAllows: {
      description: {
        ko: '표현한 내용을 뒷받침하는 시험·조사·계약',
        en: 'A test, survey or contract that supports the claim',
      },
      pattern:
        /(?:test|study|survey|trial|report|certif|source|data|measured|award|contract|agreement|시험|조사|성적서|인증|측정|계약)[^\n]{0,80}\d|\d[^\n]{0,80}(?:test|study|survey|trial|report|certif|source|data|시험|조사|성적서|측정)/u,
    },
    exceptions: [/[^!?\n]{0,80}\([^)\n]{0,60}(?:20\d\d|test|survey|study|source)[^)\n]{0,40}\)/u],
  },
  [
    {
      id: 'expert_voice',
      pattern: words(
        `\\b(?:${expertsEn}) (?:(?:everywhere|all|actually|really|secretly|themselves|around the world|in korea|and (?:${expertsEn})) ){0,2}(?:${vouchEn})s?\\b|\\b(?:${expertsEn})(?: (?:character|figure|avatar|actor|type|look-?alike))? (?:holds?|nods?|points?|smiles?|winks?|gives? a thumbs|hands?|pats?|pours?|sips?|applies) |\\b(?:harvard|stanford|yale|oxford|cambridge|mit|nasa|nobel|pentagon|white house)\\b(?! (?:station|street|avenue|bridge|square|shoes))|\\b(?:nasa|harvard|mit|stanford|oxford|navy seal|fbi|olympic|government|hollywood|michelin|military|army|yale|samsung|google)s? (?:engineers?|scientists?|researchers?|doctors?|athletes?|teams?|chefs?|pilots?|agents?|stylists?|stars?|lab|trainers?|professors?|designers?)\\b`,
      ),
      exceptions: [
        /\b(?:ask|consult|see|tell|thank|follow|until|unless|if|whatever|what) (?:a|your|the|our|what )?[^.!?\n]{0,12}\b(?:doctors?|physicians?|vets?|pharmacists?|dentists?|experts?|teachers?|trainers?|chefs?)\b[^.!?\n]{0,30}/u,
        /\b(?:teachers?|chefs?|nurses?|engineers?|trainers?) (?:use|wear|keep|buy|give|tell|say|want|love) (?:their|the class|us|you|stories|to)\b[^.!?\n]{0,20}/u,
      ],
      explanation: {
        ko: '전문가나 유명 기관을 내세우려면 그 사실을 보일 수 있어야 합니다.',
        en: 'Experts and institutions that stand behind a product have to be real and disclosed.',
      },
      bad: ['Dermatologists call it essential', 'NASA engineers designed this mattress'],
      good: ['Follow what your doctor says', 'Ask your vet before changing food'],
    },
    {
      id: 'crowd',
      pattern:
        /\b(?:millions?|thousands|hundreds of thousands|(?:over |more than |nearly )?(?:half a|one|two|three|four|five|six|seven|eight|nine|ten|[\d.,]{1,9}) ?(?:million|thousand|k|m)|[\d,]{5,12})\+? (?:of )?(?:[a-z-]{2,12} ){0,2}?(?:people|users|customers|members|families|parents|moms|sleepers|drivers|students|homes|households|buyers|readers|fans|women|men|pets|owners|downloads|units|sold|five[- ]star|bottles|jars|cups)\b|\b(?:everyone|everybody|the whole (?:internet|world|country|town)|all of (?:korea|tiktok|instagram)|the internet|tiktok) (?:is |has |['’]s )?(?:talking|raving|obsessed|gone crazy|going crazy|switched|switching|swears|can['’]t stop)\b|\b(?:outsells?|outsold)\b|\bmore (?:people|families|pros|homes|parents|drivers|customers) (?:choose|trust|pick|use|buy)\b|\bsells? (?:one |out )?every \w{1,8} (?:seconds|minutes|hours?)\b|\b(?:two|three|four|nine|\d) (?:out of|in) (?:every )?(?:three|four|five|ten|\d{1,2})\b|\b(?:the )?(?:people|nation|public|crowd|fan)['’]s? (?:choice|favou?rite)\b|\b(?:a |the )?(?:cult|fan|household|local|editor['’]?s?) (?:favou?rite|pick|must-have)\b|\bgold standard\b|\b(?:rated|ranked|scored?|performs?) (?:higher|better|best|highest|top|first)\b|\bvoted\b|\bmust-have (?:of|for) (?:20\d\d|every)\b/u,
      exceptions: [
        /\bvoted\b[^.!?\n]{0,50}\bby our (?:own )?(?:staff|team|cat|dog|kids)\b/u,
        /\b(?:goal|target|aim|kpi|reach|plan|hope|if we|get to)\b[^.!?\n]{0,50}/u,
        /[^.!?\n]{0,40}\b(?:by (?:january|february|march|april|may|june|july|august|september|october|november|december|q[1-4]|the end of)|in the first (?:month|week|quarter))\b[^.!?\n]{0,20}/u,
      ],
      explanation: {
        ko: '많은 사람이 선택했다는 표현은 자료가 있어야 합니다.',
        en: 'The number of people who chose it needs figures.',
      },
      bad: ['Over two million happy sleepers', 'Everyone is raving about it'],
      good: ['Our goal: reach 10,000 users by June', 'A chair for two people'],
    },
    {
      id: 'rival',
      pattern: words(
        `\\b(?:unlike|than|beats?|outperforms?|outlasts?|outshines?|crush(?:es)?|destroys?|vs\\.?|versus|puts?|leaves?|makes?|alternative to|forget|ditch|goodbye|rivals?|dupe (?:of|for)|cheaper|compared (?:to|with)) (?:your |an? |the |old )?(?:${brandsEn})\\b|\\b(?:outperforms?|outlasts?|outshines?|outclasses|beats?|tops?|surpass(?:es)?|crush(?:es)?|than|like no) (?:every|any|all|most)?(?: the)? ?others? [a-z]{3,14}\\b|\\b(?:better|faster|stronger|safer|quieter|cheaper|lighter|longer|tougher|smarter|cleaner|brighter|softer) than (?:any(?:thing|one)?|all|every|most|the rest|what|those|other|store-bought|big-name)\\b|\\b(?:put|leave)s? (?:the |all )?(?:others|rest|competition|big brands) (?:to shame|behind|in the dust)\\b|\\bsame (?:[a-z]{3,12} ){1,2}as (?:an? |the )?(?:${brandsEn})\\b|\\bthan (?:any|every|all|our|the) (?:rivals?|competitors?|competition|alternatives?|others?)\\b|\\b(?:our |the |other )?(?:rivals|competitors|other (?:brands|stores|shops|companies|apps|sellers)|big brands)(?:['’])? (?:use|sell|hide|steal|charge|put|cut|fill|copy|copied|lie|overcharge|can|don|won|never|still|only|just|fall|trick|spy|leak)\\b|\\bthe competition (?:can['’]t|cannot|doesn['’]t|wishes|hates|is)\\b`,
      ),
      exceptions: [
        /\b(?:better|faster|smarter|stronger) than (?:anything|any|all)? ?(?:yesterday|you think|before)\b/u,
      ],
      explanation: {
        ko: '경쟁 제품보다 낫다는 비교는 같은 조건의 시험이 있어야 합니다.',
        en: 'To be better than a rival needs a test under equal conditions.',
      },
      bad: ['Unlike Dyson, ours never loses suction', 'Outperforms every other blender'],
      good: ['Works with your iPhone and iPad', 'Better than yesterday'],
    },
    {
      id: 'forever',
      pattern:
        /\b(?:last|only|final) (?:[a-z-]{2,14} ){1,2}you(?:['’]ll| will)? ever (?:need|buy|own|want|use)\b|\b(?:last|works?|stays?|guaranteed|good|yours)s? (?:forever|for life|a lifetime|for a lifetime)\b|\b(?:lasts|lasting) (?:forever|a lifetime)\b|\bnever (?:have to )?(?:buy|need|pay for|replace|repair|clean|scrub|iron|vacuum|charge|worry about|lose|struggle with|suffer)\b[^.!?\n]{0,24}\bagain\b|\bnever (?:breaks?|fails?|rusts?|leaks?|fades?|scratch(?:es)?|wears? out|tangles?|slips?|dies|loses|overheats?|cracks?|stains?|shrinks?|dulls?|misses)\b|\b(?:unbreakable|indestructible|maintenance[- ]free|stain[- ]?proof|bullet-?proof|shatter-?proof|scratch-?proof)\b|\b(?:once and )?for good\b(?! measure)|\bonce and for all\b|\bworks for (?:everyone|anyone|any)\b|\bno matter (?:what|how) (?:your|bad|old|hard)\b|\bevery single time\b|\bperiod[.!]?$|\bso (?:safe|pure|gentle|clean|natural|mild)\b[^.!?\n]{0,10}\b(?:you|your|bab(?:y|ies)|kids|even|it)\b|\bsafe (?:even if|to (?:swallow|eat|drink|chew)|enough to)\b|\b(?:remov|eras|kill|block|fix|solv|handl|clean|stop|cur|filter|detect|catch|lift|eliminat)(?:e|es|s)? (?:absolutely |virtually )?(?:everything|anything|all(?! of us)|every|any)\b|\bno more [a-z ]{3,20},? ever\b|\bto (?:absolutely )?(?:zero|nothing)\b|\b(?:sharp|fresh|clean|new|shiny|warm|cold|dry|white|straight|smooth) for (?:life|years|decades|ever)\b|\bleaves? no (?:trace|footprint|mark) on\b|\b(?:zero|no) (?:impact|guilt|waste)\b|\babsolutely (?:everything|nothing|no|never|safe|pure)\b|\b(?:everyone|anyone|anybody|everybody) (?:can|will) (?:retire|get|become|win|earn|lose|learn|pass|succeed|make)\b/u,
      exceptions: [
        /\b(?:never (?:miss|lose) (?:a|your|the) (?:beat|moment|way|sense)|gone for good|for good (?:or|cause|reason|luck|friends|food|dogs?|boys?|girls?|kids|people|neighbou?rs|times|measure))\b/u,
      ],
      explanation: {
        ko: '영원히, 절대라는 표현은 시험이나 보증 조건이 있어야 합니다.',
        en: 'For ever and never need a test or the terms of a warranty.',
      },
      bad: [
        'The last charger you’ll ever need',
        'Never buy batteries again',
        'The blade never dulls',
      ],
      good: ['Never lose your way home', 'Add a pinch more for good measure'],
    },
    {
      id: 'learning',
      pattern:
        /\b(?:turn|mak|rais|help|giv|get|teach)(?:e|es|s|ing)?\b[^.!?\n]{0,20}\b(?:toddlers?|child(?:ren)?|bab(?:y|ies)|kids?|sons?|daughters?|little ones?|students?|preschoolers?)\b[^.!?\n]{0,24}\b(?:genius(?:es)?|smart(?:er)?|gifted|straight[- ]as?|bilingual|ahead of|top of (?:the|her|his|their) class|read(?:ing)? (?:by|before|early|in)|fluent|prodigy|einstein|head start|focus(?:ed)?|calm(?:er)?|sleep through|taller)\b|\b(?:ace|pass|crush)(?:es)? (?:the|your|any|every) (?:[a-z]{2,12} )?(?:exam|test|interview|sat|bar|toeic|toefl|ielts)\b|\b(?:fluent|fluency|native[- ]level|like a native)\b[^.!?\n]{0,20}\b(?:in|within|after|by|without) (?:\d|a|one|two|three|just|study|week|month)|\b(?:speak|learn|master)\b[^.!?\n]{0,16}\b(?:like a native|while you sleep|without (?:studying|effort|trying)|effortlessly)\b|\b(?:kids?|students?|children|toddlers|babies)\b[^.!?\n]{0,24}\b(?:scor(?:e|es|ed)|ivy league|top (?:university|college|school)|sleep through|learn faster|outperform|excel)\b|\b(?:ivy league|medical school|med school|top university)\b|\b(?:from )?[a-f]s? to [a-f](?:'s|s)?\b|\b(?:higher|better) (?:grades|scores)\b|\bland(?:s)? (?:you )?(?:a|your|any) (?:dream )?(?:job|offer|six-figure)\b/u,
      explanation: {
        ko: '학습·합격 효과는 실적 자료가 있어야 합니다.',
        en: 'Effects on learning and exams need records.',
      },
      bad: ['This tablet makes your toddler a genius', 'Speak Korean like a native'],
      good: ['Learn basic Korean phrases at your own pace', 'Read a story before bed'],
    },
  ],
)
