import { family } from './family.ts'

const ranking = {
  ko: '조사 기관·기간·대상이 있는 객관적 자료',
  en: 'Objective figures with institute, period and sample',
}
const rankingPattern =
  /(?:no\.?\s?1|#1|number one|best[- ]?selling|leading|market share|ranked|first|only|best|1위|점유율|판매량|최초|유일)[^\n]{0,80}(?:survey|source|nielsen|kantar|euromonitor|circana|gfk|by (?:units|value|sales)|data|report|patent|record|verified|\d{4}|조사|기준|출처)|(?:gfk|nielsen|kantar|euromonitor|circana|survey|조사)[^\n]{0,60}(?:no\.?\s?1|#1|number one|best|first|leading|1위)/u

/** Superlatives, guarantees and comparison in English: FTC Act s. 5 and the substantiation doctrine. */
export const englishGeneralRules = family(
  {
    id: 'english',
    productTypes: 'all',
    law: 'ftc_act',
    article: 's. 5',
    item: null,
    severity: 'needs_evidence',
    guidelinePage: 'FTC Policy Statement Regarding Advertising Substantiation',
  },
  [
    {
      id: 'superlative.number_one',
      pattern:
        /(?:\b(?:number one|no\.? ?1|#1|first|top) choice\b|\brated (?:number one|#1|no\.? ?1|best)\b|(?<![\w#])#\s?1(?!\d)|\bno\.?\s?1\b(?!\d)|\bno\. one\b|\bnumber[- ](?:one|1)\b|\brank(?:ed|ing)? (?:first|#?1|number one)\b|\b(?:world|nation|country|korea|america|market|industry|category)(?:['’]s)?[- ](?:leading|best[- ]?selling|top[- ]selling|favorite|favourite|most trusted)\b|\bbest[- ]?sell(?:er|ing)\b|\bmarket[- ]lead(?:er|ing)\b|\bindustry[- ]lead(?:er|ing)\b|\btop[- ]rated\b)/u,
      exceptions: [
        /\b(?:want|hope|aim|dream|striv(?:e|ing)|trying|working|plan)(?:s|ed)? (?:to be(?:come)?|of (?:being|becoming)) (?:the )?(?:number one|#1|no\.? ?1|market leader)[^.!?\n]{0,10}/u,
        /\b(?:best[- ]?selling|no\.? ?1|#1|number one|top[- ]rated)\b[^.!?\n]{0,40}\([^)\n]{0,60}\d{4}[^)\n]{0,30}\)/u,
        /\b(?:our|my|your) (?:number one|no\.? ?1|#1) (?:goal|priority|fan|job|rule|focus)\b/u,
        /\bbest[- ]?selling (?:author|novel|book)\b/u,
        /\bno\.? ?1,? [a-z-]{2,14}(?:-daero|-ro|-gil| street| road| avenue| st\b| rd\b| lane)[^.!?\n]{0,20}/u,
      ],
      evidenceThatAllows: { description: ranking, pattern: rankingPattern },
      explanation: {
        ko: "'#1, best-selling' 등은 객관적 순위 자료가 있어야 합니다.",
        en: 'No. 1, leading or best-selling needs figures.',
      },
      bad: [
        'The #1 vacuum in Korea',
        'No.1 skincare brand',
        "The world's best-selling mattress",
        'Industry-leading battery',
        'Ranked first by users',
      ],
      good: [
        'Your comfort is our number one priority',
        'Meet the best-selling author',
        'Step 1: open the lid',
      ],
    },
    {
      id: 'superlative.best',
      pattern:
        /\b(?:the )?(?:world|nation|country|universe|planet|industry|market|korea|asia|america)['’]?s (?:very )?(?:best|finest|greatest|fastest|strongest|lightest|safest|smallest|most \w{1,20})\b|\b(?:best|finest|greatest|fastest|strongest|most (?:powerful|effective|advanced|trusted|popular|accurate)) (?:\w{1,20} ){0,3}?(?:in the (?:world|market|industry|country|universe|business)|on (?:the market|earth|the planet)|in (?:korea|asia|america|history)|ever (?:made|created|built)|available anywhere|money can buy)\b|\b(?:the )?(?:best|most effective|most powerful|strongest|fastest|safest) (?:\w{1,20} )?(?:product|serum|cream|supplement|vacuum|laptop|mattress|brand|technology|solution|formula|app|course|service|detergent|headphones?|earbuds|blender)\b|\b(?:best|most|top)[- ]\w{1,20} (?:[\w-]{1,20} ){0,3}in the (?:world|country|industry)\b|\b(?:the )?most \w{1,20} (?:[\w-]{1,20} ){1,3}ever\b|\b(?:cleanest|quietest|safest|lightest|fastest|strongest|brightest|purest|softest|cheapest|smallest|thinnest|toughest|smartest|most \w{3,20}) (?:[\w-]{1,20} ){1,3}(?:on the (?:market|road)|you can (?:buy|get|find)|available|anywhere|around|in its class|money can buy)\b|\b(?:world|korea|america|nation|country)['’]s (?:purest|favou?rite|quietest|softest|lightest|most trusted|cheapest)\b|\bno better \w{1,20}\b|\bnothing (?:is )?better\b|\b(?:safest|best|fastest|strongest|lightest|greatest|smartest|smallest|finest) (?:[\w-]{1,20} ){1,3}ever\b|\b(?:unrival(?:l)?ed|unbeatable|unmatched|unparalleled|second to none|like no other|beyond compare|incomparable|nothing (?:else )?(?:comes close|compares)|in a class of its own|best[- ]in[- ]class|ultimate (?:solution|formula|cure))\b/u,
      exceptions: [
        /\b(?:world|galaxy|universe)['’]s (?:best|greatest|okayest) (?:dad|mom|mum|teacher|boss|grandma|grandpa|sister|brother|friend|cat|dog)[^.!?\n]{0,8}/u,
        /\bbest (?:friends?|wishes|day|regards|moments?|memories|gift|way to spend|before)\b[^.!?\n]{0,10}/u,
        /\bdo (?:our|my|your) best\b/u,
      ],
      evidenceThatAllows: { description: ranking, pattern: rankingPattern },
      explanation: {
        ko: "'best in the world, unrivaled' 같은 최상급 표현은 객관적 근거가 있어야 합니다.",
        en: 'Best in the world, unrivalled: such superiority needs grounds.',
      },
      bad: [
        "The world's best coffee maker",
        'The best serum on the market',
        'Unrivaled performance',
        'The most effective formula',
        'Second to none',
      ],
      good: [
        'Have the best day',
        'Best before: see the lid',
        'We do our best every morning',
        'A gift for your best friend',
      ],
    },
    {
      id: 'superlative.only_first',
      pattern:
        /\b(?:the )?only (?:\w{1,20} ){0,3}?(?:brand|product|company|serum|cream|technology|formula|solution|supplement|device|app|one) (?:that|to|in|with|proven|you)\b|\bthe only (?:\w{1,20} ){0,2}?(?:that works|you(?:['’]ll)? (?:ever )?need)\b|\b(?:world|industry|market|korea|nation)['’]?s (?:first|only)\b|\b(?:first|only)(?:[- ](?:ever|of its kind))\b|\b(?:first|only) (?:\w{1,20} ){0,2}?in the (?:world|industry|market|country)\b|\bone of a kind (?:technology|formula|product)\b|\bnobody else (?:has|makes|offers)\b|\bno other (?:brand|product|company) (?:has|can|offers|makes|does)\b/u,
      exceptions: [/\b(?:first|only) (?:time|step|day|name|aid|come)\b[^.!?\n]{0,10}/u],
      evidenceThatAllows: {
        description: {
          ko: '최초·유일을 보이는 시장 조사나 등록된 권리',
          en: 'A market survey or registered right that shows it',
        },
        pattern: rankingPattern,
      },
      explanation: {
        ko: "'first, only' 등은 최초·유일함을 실증해야 합니다.",
        en: 'First or only has to be substantiated.',
      },
      bad: [
        "The world's first smart pillow",
        'The only brand that works',
        'First of its kind',
        'No other product can do this',
        'The only supplement you need',
      ],
      good: [
        'Your first time? Start here',
        'Only 20 seats in the hall, first come, first served',
        'Read only what you like',
      ],
    },
    {
      id: 'guarantee.results',
      severity: 'block',
      pattern:
        /\bguarante(?:e(?:d|s)?|eing)\b[^.!?\n]{0,16}?\b(?:protection|cure|prevention|results?|success|to work|effective|effects?|improvement|satisfaction or|weight loss|growth|approval|win(?:s|ner)?|pass(?:ing)?|relief)\b|\b(?:results?|success|effects?) (?:are |is )?(?:100% )?guaranteed\b|\b100% (?:guaranteed|effective|success(?:ful)?(?: rate)?|results|cure|proven)\b|\b(?:you )?(?:cannot|can['’]t|will never) (?:lose|fail|go wrong)\b|\b(?:works|effective) (?:every (?:single )?time|for everyone|for everybody|100% of the time|without fail|instantly,? guaranteed)\b|\b(?:never|cannot|can['’]t|won['’]t) fail(?:s)?\b|\b(?:fool|fail)[- ]?proof\b|\bzero risk\b/u,
      exceptions: [
        /\bguaranteed (?:delivery|authentic|genuine|fresh|ticket)[a-z]*\b/u,
        /\bcan['’]t fail to\b[^.!?\n]{0,10}/u,
      ],
      explanation: {
        ko: "'guaranteed results, 100% effective'처럼 결과를 단정하는 표현은 기만적입니다.",
        en: 'Guaranteed results and 100% effective are promises that no seller can keep.',
      },
      bad: [
        'Guaranteed results in 7 days',
        'Results guaranteed',
        '100% effective',
        'Works every time',
        'Success guaranteed or nothing',
      ],
      good: ['Guaranteed delivery by Friday', '100% cotton', 'A one-year guarantee on parts'],
    },
    {
      id: 'guarantee.risk_free',
      law: 'cfr_16_239',
      article: '16 CFR 239',
      guidelinePage: null,
      pattern:
        /\brisk[- ]free\b|\b(?:no|nothing to) (?:risk|lose)\b[^.!?\n]{0,14}(?:trial|try|offer|guarantee|order)?|\b(?:full |100% |double (?:your )?)?money[- ]back\b|\b(?:your )?money back (?:guarantee)?\b|\b(?:satisfaction guaranteed|love it or your money back|full refund if)\b|\blifetime (?:guarantee|warranty)\b(?![^.!?\n]{0,50}(?:see|read|full) (?:the )?terms)|(?<!(?:within|in) (?:\d{1,3}|thirty|fourteen) days[^.!?\n]{0,30})\bno questions asked\b/u,
      evidenceThatAllows: {
        description: {
          ko: '환불·보증 조건과 기간, 절차를 밝힌 약관',
          en: 'The terms: condition, period, procedure',
        },
        pattern:
          /(?:refund|return|guarantee|warranty|trial)[^\n]{0,60}(?:terms|policy|within \d{1,8}|\d{1,8}[- ]day|conditions?)|(?:환불|보증)[^\n]{0,40}(?:약관|조건|기간)/u,
      },
      explanation: {
        ko: 'risk-free·money-back 등은 조건을 밝히고 이행할 수 있어야 합니다.',
        en: 'Risk-free or money-back: terms have to be disclosed and kept.',
      },
      bad: [
        'Try it risk-free',
        'Money-back guarantee, no questions asked',
        'Lifetime warranty',
        'Satisfaction guaranteed',
      ],
      good: ['Returns accepted within 14 days, see policy', 'Handle with care'],
    },
    {
      id: 'guarantee.miracle',
      severity: 'block',
      pattern:
        /\b(?:miracles?|miraculous(?:ly)?|magical (?:results|formula|cure|effects?))\b[^.!?\n]{0,14}?(?:cream|serum|product|pill|formula|ingredient|results?|effects?|solution|diet|berry|drink|work(?:s|er|ing)?|oil|in a (?:bottle|jar))|\b(?:instant|overnight|immediate) (?:results?|transformation|effects?|relief|success|cure)\b|\b(?:secret|trick) (?:that )?(?:the )?(?:doctors?|they|experts?|dermatologists?|industry) (?:don['’]?t|do not|won['’]?t|hates?)\b|\bdoctors? (?:hate|don['’]?t want you)\b|\btoo good to be true\b|\bworks like magic\b/u,
      exceptions: [/\bmiracle (?:on|at|of) (?:\w{1,20} )?(?:street|christmas|birth)\b/u],
      explanation: {
        ko: "'miracle, instant results' 같은 표현은 실증할 수 없는 과장입니다.",
        en: 'Miracles and instant results exaggerate beyond proof.',
      },
      bad: [
        'The miracle cream',
        'Instant results',
        'Works like magic',
        'The secret doctors don’t want you to know',
        'Overnight transformation',
      ],
      good: ['Overnight delivery', 'An instant coffee for camping', 'Magic of the first snow'],
    },
    {
      id: 'figures',
      pattern:
        /\b(?:rais|boost|improv|increas|lift)(?:e|es|s|ing)? (?:your |their )?(?:grades?|scores?|sales|marks|results|test scores)\b|\b100% (?:secure|private|untraceable|accurate|leakproof|waterproof)\b|\b(?:naturally )?(?:antibacterial|antimicrobial|germ-?proof|odou?r-?proof)\b|\brated \d\.\d\b|\btrusted by\b|\b(?:cut|slash|halve|reduce|lower)s?\b[^.!?\n]{0,20}\b(?:in half|by half|by \d{1,3}%)|\b(?:lasts?|works?|charges?|cleans?|dries|learns?|runs?|grows?|reads?) (?:two|three|four|five|ten|twice|\d{1,3}) ?(?:x|times)? ?(?:longer|faster|better|as (?:long|fast|well|much))\b|\b(?:twice|double|triple|\d{1,3}x) (?:as (?:fast|long|strong|much)|your (?:focus|productivity|speed|results))\b|\b(?:over|more than|up to|nearly|about)? ?\d{1,3}(?:\.\d{1,8})?%(?: of)? (?:our |the )?(?:students|graduates|clients|patients|members|buyers|testers|participants)\b|\b\d[\d,.]{0,12}(?:x|×| times) (?:more |less |as )?(?:\w{1,20}er|effective|powerful|stronger|faster|better|longer|hydrating|efficient|cleaner|brighter|absorption|results)\b|\b\d{1,3}(?:\.\d{1,8})?%(?: of)? (?:more |less |better |faster |improved |satisfied |customers?|users?|women|men|people|saw|say|agree|improvement|increase|reduction|effective|stronger|fewer)\b|\b(?:kills?|removes?|blocks?|eliminates?|reduces?|filters?) (?:up to )?\d{1,3}(?:\.\d{1,8})?%|\b(?:over|more than) [\d,.]{1,12} ?(?:million|thousand|k|m)? (?:sold|happy|satisfied|customers|users|people|reviews)\b|\bsave(?:s)? (?:up to )?\d{1,8}% (?:on|of) (?:energy|electricity|water|time|bills?)\b/u,
      exceptions: [/\b\d{1,3}% (?:off|cotton|wool|linen|cocoa|cashback|discount)\b/u],
      evidenceThatAllows: {
        description: {
          ko: '시험·조사 결과(조건, 표본, 시점)',
          en: 'The test or survey with conditions, sample and date',
        },
        pattern:
          /(?:test|study|survey|trial|measured|sales data|internal data|report)[^\n]{0,60}\d|\d[^\n]{0,40}(?:test|study|survey|trial)|(?:시험|조사|측정)[^\n]{0,40}(?:결과|\d)/u,
      },
      explanation: {
        ko: '배수·퍼센트·판매 수치는 시험이나 조사로 실증해야 합니다.',
        en: 'Multiples, percentages and sales figures need a test or survey.',
      },
      bad: [
        '3x more effective',
        '98% of users saw a difference',
        'Kills 99.9% of germs',
        'Over 1 million sold',
        '5 times faster charging, 5 times faster',
      ],
      good: ['20% off with this code', '100% cotton', 'Charge to 80% before travel'],
    },
    {
      id: 'comparison',
      law: 'ftc_act',
      article: '16 CFR 14.15',
      guidelinePage: null,
      pattern:
        /\b(?:better|stronger|faster|safer|cheaper|longer|more (?:effective|powerful|durable|reliable)|superior|outperforms?|beats?) (?:\w{1,20} )?(?:than|to)? ?(?:the )?(?:leading brands?|other brands?|others|the competition|competitors?|brand x|the rest|any other|all others|ordinary|regular|traditional|typical|big brands?|name brands?)\b|\b(?:twice|half|\d{1,8} times|three times|ten times) as \w{1,20} as (?:the )?(?:competition|competitors?|leading|other|others|ordinary|regular|rest)\b|\b(?:unlike|compared (?:to|with)|vs\.?|versus) (?:the )?(?:leading brands?|other brands?|others|competitors?|brand x|regular|ordinary|typical|big brands?|most (?:brands?|products?))\b/u,
      evidenceThatAllows: {
        description: {
          ko: '비교 대상·기준을 밝힌 비교 시험',
          en: 'A comparative test that names object and criterion',
        },
        pattern:
          /(?:comparative|head[- ]to[- ]head|side[- ]by[- ]side|benchmark)[^\n]{0,40}(?:test|study|data|result)?|비교\s?(?:시험|테스트)/u,
      },
      explanation: {
        ko: '불특정 경쟁 제품과의 비교는 대상과 근거를 밝혀야 합니다.',
        en: 'Comparison with unnamed rivals needs its object and grounds.',
      },
      bad: [
        'Better than the leading brand',
        'Outperforms the competition',
        'Unlike other brands, ours lasts',
        'Stronger than ordinary detergent',
      ],
      good: ['Compared with last year, our box is smaller', 'Better together'],
    },
    {
      id: 'slander',
      severity: 'block',
      law: 'fair_labelling_act',
      article: '3(1)',
      item: '4',
      guidelinePage: null,
      pattern:
        /\b(?:other|rival|cheap|ordinary) [\w-]{2,20}s? (?:are|is|will|just) [^.!?\n]{0,20}?\b(?:junk|trash|garbage|toxic|scams?|fakes?|poison|dangerous|useless|worthless)\b|\b(?:competitor|rival)s?['’]?s?['’]? (?:app|product|brand|cream|service)s?\b[^.!?\n]{0,24}?\b(?:steals?|lies?|cheats?|breaks?|fails?|harms?|poisons?)\b|\b(?:our |the )?(?:competitors?|rivals?)\b[^.!?\n]{0,20}?\b(?:junk|trash|garbage|fakes?|scams?|scammers|liars|rip[- ]?offs?|toxic|useless|cheat(?:s|ing)?)\b|\b(?:other|rival|competing|big|cheap|chinese|leading|those|drugstore|name) (?:brands?|companies|products?|creams?|serums?|supplements?|sellers)(?:['’]s?)?\b[^.!?\n]{0,24}?\b(?:junk|trash|garbage|fakes?|scams?|lies?|lying|rip[- ]?offs?|toxic|poison(?:ous)?|dangerous|useless|worthless|harmful|cheat(?:s|ing)?|full of (?:chemicals|fillers|toxins)|don['’]?t work|do not work|never work)\b|\bdon['’]?t (?:be|get) (?:fooled|scammed|ripped off) by\b|\b(?:stop|quit) (?:wasting|throwing) (?:your )?money on (?:\w{1,20} )?(?:brands?|products?|creams?)\b|\b(?:competitors?|the industry|they) (?:don['’]?t want you to know|hide|are hiding|lie)\b/u,
      explanation: {
        ko: '경쟁 제품을 깎아내리는 영어 표현도 비방 광고입니다.',
        en: 'Running down rivals is slander.',
      },
      bad: [
        'Other brands are full of toxins',
        'Cheap products are junk',
        'Don’t be fooled by big brands',
        'The secret competitors don’t want you to know',
      ],
      good: ['Works alongside other brands’ cases', 'Do not be late for the show'],
    },
    {
      id: 'authority',
      pattern:
        /\b(?:featured|seen|covered) (?:in|on|by) (?:vogue|forbes|the (?:new york times|news|press)|cnn|elle|allure|gq|bbc|tiktok|tv|wired|netflix|oprah)\b|\b(?:used|trusted|chosen|tested) by (?:nasa|the (?:army|navy|military|police|olympic team)|olympi\w{0,8}|pros|professionals|astronauts)\b|\bendorsed by\b|\baward[- ]winning\b|\bwinner of (?:the )?\w{1,20}|\b(?:nobel|nasa|harvard|mit|stanford)[- ](?:prize[- ]winning|developed|tested|approved|backed|technology|scientists?|grade|inspired|researchers?)\b|\bpatent(?:ed|[- ]pending)\b|\bas seen on (?:tv|cnn|the news|tiktok|shark tank)\b|\b(?:certified|accredited|endorsed) by\b|\b(?:iso|ce|ewg|usda)[- ](?:certified|approved|verified)\b|\bmade in (?:the )?(?:usa|america)\b/u,
      evidenceThatAllows: {
        description: {
          ko: '수상 내역·특허 번호·인증서·원산지 증빙',
          en: 'Award record, patent number, certificate, proof of origin',
        },
        pattern:
          /(?:award|winner|patent|certif|featured|aired|origin|licen[cs]e|수상|특허|인증|원산지)[^\n]{0,60}(?:\d{4}|no\.?|number|certificate|organizer|증명|번호|korea|usa)|certificate of origin/u,
      },
      explanation: {
        ko: '수상·특허·인증·방송·원산지 표현은 증빙이 있어야 합니다.',
        en: 'Awards, patents, certificates, media and origin need proof.',
      },
      bad: [
        'Award-winning design',
        'Patented technology',
        'As seen on TV',
        'NASA technology inside, NASA-developed foam',
        'Made in USA',
      ],
      good: ['Patience pays off', 'Vote for your favorite design'],
    },
  ],
)
