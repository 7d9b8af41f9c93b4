import { family } from './family.ts'

/** Whatever is no medicine or licensed device. */
const noMedicine = [
  'food',
  'health_functional_food',
  'cosmetics',
  'quasi_drug',
  'children',
  'general',
] as const

/**
 * Health claims in English: the FTC's Health Products Compliance Guidance and the FD&C Act. Korean law
 * judges foreign words of the same meaning alike.
 */
export const englishHealthRules = family(
  {
    id: 'english',
    productTypes: noMedicine,
    law: 'fdc_act',
    article: '201(g)(1)',
    item: null,
    severity: 'block',
    guidelinePage: 'FTC Health Products Compliance Guidance',
  },
  [
    {
      id: 'health.disease',
      pattern:
        /\b(?:cur(?:e|es|ed|ing)|treat(?:s|ed|ing|ment for)?|prevent(?:s|ed|ing|ion of)?|heal(?:s|ed|ing)?|revers(?:e|es|ed|ing)|fight(?:s|ing)?|eliminat(?:e|es|ing)|stop(?:s|ping)?|get(?:s)? rid of|kill(?:s|ing)?|beat(?:s|ing)?|remed(?:y|ies) for|manage(?:s)?|fix(?:es|ing)?|banish(?:es)?|no more|goodbye to|say goodbye to|relie(?:f from|ves?|ving)|protect(?:s)? (?:you )?(?:from|against)|eas(?:e|es|ing))\b[^.!?\n]{0,30}?\b(?:cancers?|tumou?rs?|diabet(?:es|ic)|hypertension|high blood pressure|heart disease|strokes?|alzheimer['’]?s?|dementia|parkinson['’]?s?|arthritis|osteoporosis|gout|asthma|allerg(?:y|ies)|(?:the common |common |a )cold|colds|flu|influenza|covid(?:-?19)?|coronavirus|virus(?:es)?|infections?|pneumonia|bronchitis|depression|anxiety|insomnia|adhd|autism|migraines?|constipation|ibs|gastritis|ulcers?|acid reflux|hepatitis|fatty liver|eczema|psoriasis|rosacea|dermatitis|acne|anemia|infertility|menopause|prostatitis|utis?|cataracts?|glaucoma|hair loss|baldness|obesity|hangovers?|bloating|malaria|dengue|sids|sciatica|plantar fasciitis|scoliosis|herniated discs?|slipped discs?|carpal tunnel|sleep apnea|snoring|hearing loss|myopia|nearsightedness|gum disease|gingivitis|cavities|toothaches?|hemorrhoids|varicose veins|athlete['’]?s foot|warts|moles|heart attacks?|panic attacks?|ptsd|lupus|lyme|leaky gut|candida|parasites|fibromyalgia|tinnitus|vertigo|gallstones|kidney stones|(?:back|knee|joint|neck|muscle|nerve|foot|shoulder) (?:pain|aches?)|headaches?|disease(?:s)?|illness(?:es)?|ailments?|chronic pain|inflammation)\b|\b(?:my|the|his|her) (?:tumou?r|cancer|diabetes|arthritis|eczema) (?:was |is |has |just )?(?:gone|disappeared|vanished|went away|cured|hates?)\b|\b(?:cancer|diabetes|tumou?rs?) (?:hates?|who\?)|\bcures (?!boredom|hunger|the blues|cravings|meat|ham|bacon)[a-z]|\b(?:cured|healed) my \w{1,20}\b|\b(?:stopped|quit|skip|cancel(?:s|led)?|avoid(?:s|ed)?) (?:my|your|the) (?:[\w-]{1,12} ){0,2}(?:medicine|medication|meds|pills|surgery|insulin|prescription)\b|\bregrows? (?:cartilage|hair|teeth|gums)\b|\bfat melts? away\b|\bfat melt away\b|\bwake up a size smaller\b|\b20\/20 vision\b|\b(?:lower|reduce|cut|slash)(?:s|ing)? (?:your |the )?(?:risk|chance)s? of (?:cancer|stroke|heart|diabetes|dementia|disease|infection)\w{0,10}|\bnever (?:get |be |feel )?(?:sick|ill) again\b|\b(?:magnetic|frequency|quantum|ionic|infrared|crystal) (?:healing|energy (?:that )?heal\w{0,4}|therapy)\b|\bheal(?:s|ing)? (?:every|all|any|your) (?:cells?|body|pain|organs?)\b|\b(?:lifts?|boosts?|improves?) your mood\b|\b(?:anti-?cancer|anti-?diabetic|anti-?viral|anti-?tumou?r)\b|\b(?:cancer|diabetes|arthritis|disease|covid)[- ](?:fighting|curing|busting|preventing|killing)\b/u,
      exceptions: [
        /[^.!?\n]{0,60}\b(?:before time runs out|the village|the kingdom|the dragon|in this game|players?|quest)\b[^.!?\n]{0,30}/u,
        /[^!?\n]{0,20}\bas part of a diet\b[^.!?\n]{0,60}\bmay reduce the risk of [a-z ]{4,24}/u,
        /\b(?:sweet|tasty|dog|cat|little|summer|holiday|crunchy|training) treats?\b[^.!?\n]{0,30}/u,
        /\bcures? (?:boredom|hunger|the blues|your cravings|meats?|hams?|bacon|salmon)\b[^.!?\n]{0,20}/u,
        /\b(?:cold|flu) (?:brew|press(?:ed)?|drinks?|days?|nights?|weather|mornings?|winters?)\b[^.!?\n]{0,10}/u,
        /\b(?:fight|beat|kill|manage|ease|stop)(?:s|ing)?\b[^.!?\n]{0,14}\b(?:cold (?:brew|days?|nights?|weather|mornings?|winters?))\b/u,
        /\b(?:donat|support|rais|fund)[a-z]*\b[^.!?\n]{0,40}\b(?:research|charity|foundation|patients|awareness)\b/u,
        /\b(?:consult|ask|talk to|see) (?:your |a )?(?:doctor|physician|pharmacist)\b[^.!?\n]{0,40}/u,
      ],
      explanation: {
        ko: '질병을 예방·치료·완화한다는 영어 표현도 의약품으로 오인하게 합니다.',
        en: 'Claims to cure, treat or prevent a disease make a product an unapproved drug.',
      },
      bad: [
        'Cures cancer naturally',
        'Helps treat diabetes in 30 days',
        'Fights the flu and colds',
        'Our cream heals eczema',
        'A remedy for arthritis',
        'Cancer-fighting superberry',
      ],
      good: [
        'Cold brew for hot days',
        'Not intended to diagnose, treat, cure, or prevent any disease',
        'We donate to cancer research',
        'A treat for the whole family',
      ],
    },
    {
      id: 'health.disease_named',
      productTypes: ['food', 'health_functional_food'],
      law: 'food_labelling_act',
      article: '8(1)',
      item: '1',
      guidelinePage: '시행령 별표 1 제1호라목',
      pattern:
        /\b(?:diabetes|diabetics?|cancers?|tumou?rs?|hypertension|high blood pressure|alzheimer['’]?s?|dementia|parkinson['’]?s?|arthritis|osteoporosis|gout|asthma|covid(?:-?19)?|eczema|psoriasis|ulcers?|fatty liver|hepatitis|insomnia|adhd|autism|glaucoma|cataracts?|infertility|pcos|ibs)\b/u,
      exceptions: [
        /[^.!?\n]{0,40}\b(?:consult|ask|see|talk to|speak (?:to|with))\b[^.!?\n]{0,30}\b(?:doctor|physician|pharmacist|professional)\b[^.!?\n]{0,40}/u,
        /[^.!?\n]{0,60}\b(?:donat|charit|foundation|awareness|research|survivors?|fundrais)[a-z]*[^.!?\n]{0,40}/u,
        /\bif you (?:have|are)\b[^.!?\n]{0,60}/u,
      ],
      explanation: {
        ko: '식품 광고에서 질병을 언급하는 것만으로도 질병과의 연관성을 암시합니다.',
        en: 'Naming a disease in an advertisement for food implies a connection with it.',
      },
      bad: [
        'The snack my diabetes loves',
        'What cancer does not want you to eat',
        'Goodbye arthritis, hello turmeric',
      ],
      good: ['If you have diabetes, check the label', 'A share goes to cancer research'],
    },
    {
      id: 'health.cure_words',
      pattern:
        /\b(?:miracle|magic|instant|natural|herbal|ancient|secret|total|complete|permanent|100%|proven) (?:cures?|remed(?:y|ies)|healing|healer|treatment)\b|\b(?:cure-?all|wonder drug|panacea|fountain of youth|medicinal (?:power|effects?|properties)|pharmaceutical[- ]grade|prescription[- ]strength|medical[- ]grade|works like (?:a )?(?:medicine|drug)|nature['’]?s (?:ozempic|viagra|botox|antibiotic|aspirin)|natural (?:ozempic|viagra|antibiotic|insulin|painkiller))\b|\b(?:throw away|ditch|quit|stop taking|replace(?:s)?|forget|no more|instead of|better than|alternative to|without) (?:your |the |taking )?(?:meds?|medications?|medicines?|pills|drugs|prescriptions?|insulin|surgery|statins|painkillers|antidepressants)\b/u,
      exceptions: [/\bprescription (?:glasses|lenses|sunglasses)\b/u],
      explanation: {
        ko: "'기적의 치료, 약 대신' 같은 영어 표현은 의약품으로 오인하게 합니다.",
        en: 'Miracle cure, instead of medication: such words make a product an unapproved drug.',
      },
      bad: [
        'The miracle cure you have been waiting for',
        "Nature's Ozempic",
        'Throw away your pills',
        'Works like medicine, without surgery',
        'Pharmaceutical-grade gummies',
      ],
      good: [
        'Hair treatment mask for soft hair',
        'A magic show for the family',
        'Do not stop: keep exploring',
      ],
    },
    {
      id: 'health.weight_loss',
      law: 'ftc_act',
      article: 's. 5',
      guidelinePage: 'FTC Gut Check',
      pattern:
        /\b(?:los(?:e|t|es|ing)|drop(?:s|ped)?|down) (?:a|two|three|four|\d) (?:dress|jean|pant|clothing) sizes?\b|\bgoodbye,? (?:to )?(?:[\w-]{1,20} (?:and )?){0,3}(?:fat|belly|weight|bloating|cellulite|wrinkles)\b|\b(?:los(?:e|es|ing|t)|drop(?:s|ped|ping)?|shed(?:s|ding)?|melt(?:s|ed|ing)?(?: away| off)?|burn(?:s|ed|ing)?)\b[^.!?\n]{0,16}?\b(?:\d{1,8}|ten|twenty|thirty|(?:a|two|three|four) dress sizes?|unwanted|stubborn|excess|up to \d{1,8})\s?(?:pounds?|lbs?|kgs?|kilos?|inches|dress sizes|fat|weight|pounds of fat|belly)\b|\b(?:lose weight|weight loss|slim(?:ming)?|burns? fat|fat[- ]burn(?:ing|er)|melts? (?:away )?fat|blocks? (?:fat|carbs|calories)|belly fat|appetite suppress(?:ant|ing)|skinny (?:tea|pill|coffee))\b|\b(?:without|no) (?:any )?(?:diet(?:ing)?|exercise|working out|effort|hunger|gym)\b[^.!?\n]{0,10}(?:or (?:diet|exercise|effort)(?:ing)?)?|\b(?:shrink|flatten|trim|slim)(?:s|ming)? your (?:waist|belly|thighs|tummy|stomach)\b|\bwithout lifting a finger\b|\beat (?:whatever|anything|all) you (?:want|like)\b[^.!?\n]{0,30}(?:weight|slim|lose|fat|pounds)/u,
      exceptions: [
        /\b(?:slim)(?: fit| frame| phone| laptop| jeans| design| profile| bezel| case| wallet| can| line)[a-z]*\b/u,
        /\b(?:no|without) (?:any )?(?:effort|gym)\b(?! (?:or|required to (?:lose|slim)))[^.!?\n]{0,10}/u,
      ],
      explanation: {
        ko: '노력 없이 살이 빠진다거나 감량 수치를 약속하는 영어 표현은 금지됩니다.',
        en: 'Effortless or quantified weight loss is one of the claims that the FTC calls never true.',
      },
      bad: [
        'Lose 10 lbs in a week',
        'Melt away stubborn fat overnight',
        'Lose weight without diet or exercise',
        'Eat whatever you want and still lose weight',
        'Fat burning coffee',
      ],
      good: [
        'A slim case for your phone',
        'Slim fit jeans',
        'Lose yourself in the music',
        'Weighs only 2 pounds',
      ],
    },
    {
      id: 'health.detox',
      pattern:
        /\b(?:detox(?:es|ify|ifies|ifying|ification|ing)?|flush(?:es|ing)? (?:out )?(?:the )?toxins?|(?:remove|eliminate|draw|pull|purge|expel|rid)s?(?: your body)?(?: of| out)? (?:the |all |body )?toxins?|colon cleanse|liver cleanse|(?:juice|body|full[- ]body|\d{1,8}[- ]day) cleanse|cleans(?:e|es|ing) (?:your )?(?:body|liver|colon|gut|blood|system)|purif(?:y|ies) (?:your )?(?:blood|body|liver))\b/u,
      exceptions: [
        /\b(?:digital|phone|screen|social[- ]media|sugar-free-week|closet|wardrobe|inbox) detox\b/u,
        /\bcleans(?:e|es|ing) (?:your )?(?:skin|face|pores|hair)\b/u,
      ],
      explanation: {
        ko: "'detox, cleanse' 등 독소 배출을 뜻하는 영어 표현도 금지됩니다.",
        en: 'Detox and cleansing the body of toxins are false health claims.',
      },
      bad: [
        '3-day detox juice',
        'Flushes out toxins overnight',
        'Cleanse your liver naturally',
        'Detoxifying foot patch',
        'A 7-day cleanse that resets you',
      ],
      good: ['A weekend of digital detox', 'Gently cleanses your face', 'Cleansing foam 150 ml'],
    },
    {
      id: 'health.virility_hormones',
      pattern:
        /\b(?:erectile|erections?|libido|virility|sex(?:ual)? (?:drive|performance|stamina|power)|male enhancement|penis|boosts? testosterone|testosterone[- ]boost(?:er|ing)|balance(?:s)? (?:your )?hormones?|hormone[- ]balancing|growth hormone|grow taller|get taller|increase(?:s)? height)\b/u,
      explanation: {
        ko: '성기능·호르몬·키 성장에 관한 영어 표현은 금지됩니다.',
        en: 'Claims of sexual function, hormones or height are banned.',
      },
      bad: [
        'Boosts testosterone naturally',
        'Grow taller in 3 months',
        'Male enhancement formula',
        'Hormone-balancing tea',
      ],
      good: ['A taller table for standing meetings', 'Performance running shoes'],
    },
  ],
)
