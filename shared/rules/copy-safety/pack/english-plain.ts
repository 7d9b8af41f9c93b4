import { complaintsEn, expertsEn } from './english-words.ts'
import { family } from './family.ts'

const words = (source: string): RegExp => new RegExp(source, 'u')

/** What boasts or hides in English without the words that other rules look for. */
export const englishPlainRules = family(
  {
    id: 'english.plain',
    productTypes: 'all',
    law: 'ftc_act',
    article: 's. 5',
    severity: 'needs_evidence',
    guidelinePage: 'FTC Policy Statement Regarding Advertising Substantiation',
    evidenceThatAllows: {
      description: {
        ko: '표현한 내용을 뒷받침하는 시험·조사',
        en: 'A test or survey that supports the claim',
      },
      pattern:
        /(?:test|study|survey|trial|report|certif|source|data|measured|시험|조사|성적서|인증)[^\n]{0,80}\d|\d[^\n]{0,80}(?:test|study|survey|trial|report|certif|source|data|시험|조사|성적서)/u,
    },
  },
  [
    {
      id: 'body_named',
      productTypes: ['food', 'health_functional_food'],
      law: 'food_labelling_act',
      article: '8(1)',
      item: '1',
      guidelinePage: null,
      pattern: words(
        `\\b(?:thyroid|prostate|testosterone|estrogen|menopaus\\w{1,3}|arter(?:y|ies)|insulin|immune system|immunity|hormon(?:es?|al)|libido|metabolism|big pharma|parasites?|candida|leaky gut|liver|kidneys?|arthritic|diabetics?)\\b|\\b(?:swap|trade|replace|instead of|better than|no need for|without)\\b[^.!?\\n]{0,12}\\b(?:insulin|pills?|meds|medicine|prescription|injections?)\\b|\\b(?:${complaintsEn})[- ](?:loving|friendly|fuel|food|tea|blend|formula|gummies|support)\\b`,
      ),
      exceptions: [
        /[^.!?\n]{0,50}\b(?:doctor|physician|pharmacist|allerg|caution|warning|not (?:suitable|recommended|for)|if you|disclaimer|charity|donat|research)[a-z]*\b[^.!?\n]{0,60}/u,
        /\byour liver (?:has|does|already|is|can|knows|handles)\b[^.!?\n]{0,24}/u,
        /\bliver (?:p[aâ]t[eé]|sausage|with onions)\b/u,
        /\b(?:chicken|beef|cod|goose|duck|pork) (?:liver|kidneys?)\b/u,
      ],
      explanation: {
        ko: '식품 광고에서 장기·호르몬·질환을 내세우려면 인정된 기능성이어야 합니다.',
        en: 'Organs, hormones and illnesses in an ad for food need a recognised function.',
      },
      bad: [
        'Your thyroid’s best friend',
        'Swap your insulin for our bread',
        'The pill Big Pharma fears',
      ],
      good: ['Chicken liver on toast', 'Ask your doctor about thyroid medicine'],
    },
    {
      id: 'cosmetic_medicine',
      productTypes: ['cosmetics'],
      law: 'cosmetics_act',
      article: '13(1)',
      item: '1',
      severity: 'block',
      guidelinePage: '안내서-0086-07',
      evidenceThatAllows: null,
      pattern: words(
        `\\b(?:as (?:effective|strong|good|powerful) as|rivals?|replaces?|instead of|like|mimics?|alternative to|forget|cancel|skip|beats?|without) (?:a |an |the |your |any )?(?:[a-z]{3,12} )?(?:lasers?(?: \\w{3,12})?|botox|fillers?|surgery|surgeon|facelift|peels?|injections?|dermatolog(?:y|ist)|clinic|steroids?|hydrocortisone|prescription|retin-a)\\b|\\b(?:by|from|with|of) (?:[a-z]{2,12} ){0,5}(?:dermatologists?|doctors?|physicians?|surgeons?|pharmacists?)\\b|\\byour (?:doctor|dermatologist|surgeon)\\b[^.!?\\n]{0,20}\\b(?:ask|amazed|jealous|notice|shocked|need|fired?|hate)\\w{0,3}\\b|\\b(?:collagen|elastin|stem cells?|cells?)\\b[^.!?\\n]{0,16}\\b(?:back|bounce|alive|young|new|rebuilt|reborn)\\b|\\b(?:bounce|life|youth)\\b[^.!?\\n]{0,10}\\b(?:back )?(?:in)?to\\b[^.!?\\n]{0,14}\\b(?:collagen|cells?|skin)\\b|\\b(?:eras|tak|los|shav|subtract)(?:e|es|ing)\\b[^.!?\\n]{0,8}\\b(?:birthdays?|years?|decades?)\\b|\\bsend(?:s|ing)?\\b[^.!?\\n]{0,30}\\bpacking\\b`,
      ),
      exceptions: [
        /\b(?:consult|ask|see|talk to|check with|tested (?:under|by)|under the supervision)\b[^.!?\n]{0,60}/u,
      ],
      explanation: {
        ko: '시술·의사·피부 세포를 내세우는 화장품 표현은 금지됩니다.',
        en: 'A cosmetic may not stand for a treatment, a doctor or the renewal of cells.',
      },
      bad: [
        'As effective as laser resurfacing',
        'Made by a team of Korean dermatologists',
        'Puts the bounce back into collagen',
      ],
      good: ['Ask your dermatologist before use', 'A bottle of frosted glass'],
    },
    {
      id: 'peerless',
      pattern: words(
        `\\b(?:world|nation|country|korea|america|asia|europe|industry)['’]s (?!old|deep|cold|dri|tall|long)[a-z]{3,10}est\\b|\\b(?:no|never a|nothing) (?:other|finer|better|safer|stronger|faster|softer|smarter|quieter|purer|greater|cheaper|easier|[a-z]{4,8}ier) [a-z]{3,14}\\b|\\b(?:undisputed|unbeaten|unchallenged|peerless|world[- ]beating|world[- ]class|next[- ]level|game[- ]changing|revolutionary|legendary|unmatched)\\b|\\b(?:king|queen|champion|godfather|rolls[- ]royce|ferrari) of\\b|\\b(?:if it isn['’]t ours|the rest|everything else|all others|theirs)(?: is|['’]s|,? it['’]s)? [^.!?\\n]{0,10}\\b(?:junk|garbage|trash|fake|copies|a copy|cheap|toys?)\\b|\\b(?:everyone|everybody|all|every (?:student|member|customer|user|graduate|client|owner)) who (?:[a-z]{3,10}) (?:it|us|in|our)?[^.!?\\n]{0,30}|\\bnever (?:had|seen) a (?:losing|bad|single|failed|unhappy|disappointed)\\b|\\b(?:debt|pain|worry|stress)[- ]free\\b|\\b(?:purif|clean|detox|protect|heal|sav|restor|cool)(?:y|ies|s|es|e|ing)? (?:your |the )(?:air|ocean|oceans|sea|planet|earth|rivers?|water|climate|forests?)\\b|\\b(?:used|found|installed|served|sold|chosen|trusted|stocked) (?:in|by|at) (?:[a-z-]{2,12} ){0,3}(?:hospitals|hotels|clinics|spas|airlines|restaurants|labs|salons|professionals|schools|chefs|studios)\\b|\\b(?:by|from) (?:[a-z-]{2,12} ){0,3}(?:${expertsEn})\\b|\\b(?:sav|chang|transform|rescu|fix)(?:e|es|ing)? your (?:marriage|life|relationship|career|family|future|credit)\\b|\\blife-changing\\b|\\bno (?:talent|practice|study|studying|effort|skill|work|sweat|willpower) (?:needed|required|involved)\\b|\\b(?:learn|master|play|speak|code|draw|become)\\b[^.!?\\n]{0,20}\\bin (?:just )?(?:a|one|two|three|five|seven|ten|\\d{1,2}) (?:single )?(?:weekend|days?|nights?|weeks?|hours?|minutes?|months?)\\b|\\bsix[- ]figure\\b`,
      ),
      exceptions: [
        /\bno other (?:place|reason|choice|way|option|news|cost|fee|charge)s?\b/u,
        /\b(?:king|queen) of (?:the (?:jungle|forest)|hearts|spades|england|diamonds|clubs)\b/u,
        /\b(?:thank|for|to) (?:everyone|everybody|all) who\b[^.!?\n]{0,40}/u,
        /\b(?:ask|interview|questions?|letter|note|book|novel|talk|lecture|written|story|stories|advice|lesson|class|taught|concert)\b[^.!?\n]{0,20}\b(?:by|from)\b[^.!?\n]{0,40}/u,
        /\b(?:please|let['’]s|help|how to)\b[^.!?\n]{0,20}\b(?:clean|protect|save)\b[^.!?\n]{0,20}/u,
        /[^.!?\n]{0,20}\b(?:game|book|story|film|puzzle)s? (?:about|on)\b[^.!?\n]{0,40}/u,
      ],
      explanation: {
        ko: '비할 데 없음이나 예외 없음을 뜻하는 표현은 실증할 수 있어야 합니다.',
        en: 'To be without equal or exception has to be substantiated.',
      },
      bad: [
        'There is simply no finer sofa',
        'The undisputed king of pressure cookers',
        'Used in five-star hospitals worldwide',
        'Learn piano in a weekend, no talent needed',
      ],
      good: [
        'The lion is the king of the jungle',
        'Thanks to everyone who came in',
        'A letter from our teacher',
      ],
    },
    {
      id: 'staged',
      severity: 'block',
      guidelinePage: 'FTC staff report on dark patterns; 16 CFR 465',
      evidenceThatAllows: null,
      pattern:
        /\b(?:cart|coupon|code|reservation|discount|spot|seat|bonus|invite|offer) (?:expires?|runs out|is released|times out|closes) (?:in|at|after|soon|tonight)\b|\bai[- ](?:generated|made|created|written)? ?(?:grandmother|grandma|grandpa|mother|mom|dad|man|woman|couple|patient|teen|family|student|farmer|veteran|person|people|fans?|face|voice)s?\b[^.!?\n]{0,30}\b(?:tell|says?|story|testi\w{0,10}|recover\w{0,3}|review|prais\w{0,3}|recommend\w{0,3}|thank|cry|lost|claims?)\b|\bnever (?:charged|sold (?:it )?at|asked) (?:it|that|this|anyone)?\b|\b(?:phone call|call|fax|letter|visit|form by post)s?\b[^.!?\n]{0,10}\bto cancel\b|\bkeep the line busy\b|\b(?:tell|say|claim|insist|swear)\w{0,3}\b[^.!?\n]{0,24}\b(?:never pa(?:id|ys)|nobody paid|no one paid|wasn['’]t paid|not paid|unpaid|not sponsored)\b|\bas if you (?:were|are|had|bought)\b|\b(?:odd one out|left out|uncool|the only kid|be a loser|laugh at you|make fun of you)\b|\b(?:beg|nag|pester|bug|badger) (?:your )?(?:parents?|mom|mum|dad|grandma|grandpa|folks)\b|\bno (?:adults?|grown-?ups?|parents?|supervision) (?:needed|required|necessary|around)\b|\bleave (?:them|him|her|it|your (?:baby|child|kids?|toddler|little one)) (?:alone|unattended|unsupervised)\b(?! or)/u,
      exceptions: [
        /\b(?:never|do not|don['’]t) leave\b[^.!?\n]{0,40}/u,
        /\b(?:cart|basket) (?:is|stays|expires) [^.!?\n]{0,10}\d{1,2} (?:days|weeks)\b/u,
      ],
      explanation: {
        ko: '꾸민 사람, 막힌 해지, 어린이를 조르게 하는 표현은 금지됩니다.',
        en: 'Invented people, blocked exits and pressure on children are banned.',
      },
      bad: [
        'Your cart expires in ten minutes',
        'Use an AI-generated grandmother to tell her recovery story',
        'Require a phone call to cancel',
        'Beg your parents for the golden edition',
      ],
      good: ['Never leave a child alone in the tub', 'Cancel online at any time'],
    },
  ],
)
