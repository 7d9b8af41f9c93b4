import { family } from './family.ts'

/** Statements of fact in English that need competent substantiation before they are made. */
export const englishClaimRules = family(
  {
    id: 'english.claim',
    productTypes: 'all',
    law: 'ftc_act',
    article: 's. 5',
    severity: 'needs_evidence',
    guidelinePage: 'FTC Policy Statement Regarding Advertising Substantiation',
    evidenceThatAllows: {
      description: {
        ko: '표현한 내용을 뒷받침하는 시험·조사·증서',
        en: 'A test, survey or certificate that supports the claim',
      },
      pattern:
        /(?:test|study|survey|trial|report|certif|source|data|measured|award|시험|조사|성적서|인증|측정)[^\n]{0,80}\d|\d[^\n]{0,80}(?:test|study|survey|trial|report|certif|source|data|시험|조사|성적서|측정)/u,
    },
    exceptions: [
      /[^!?\n]{0,80}\([^)\n]{0,60}(?:20\d\d|test|survey|study|source)[^)\n]{0,40}\)/u,
      /[^!?\n]{0,60}\b(?:measured|tested|per our|as of|according to)\b[^!?\n]{0,60}/u,
    ],
  },
  [
    {
      id: 'other_facts',
      pattern:
        /\bvoted (?:the )?best\b|\brated the best|\bsaves? \d{1,3}%|\bup to [789]\d% off\b|\b(?:two|three|four|five|ten) times (?:better|more|faster)\b|\bby (?:nearly |up to |over |about |more than )?\d{1,3}(?:\.\d)?%|\bpre-?approved\b|\bno hidden (?:fees?|costs?|charges?)\b|\b(?:voc|bpa|lead|phthalate|pfas|formaldehyde)[- ]free\b|\b(?:babies|baby|toddlers?|infants?)\b[^.!?\n]{0,20}\b(?:read|talk|count|speak)\b|\b(?:drivers|members|students|sellers|agents|graduates|affiliates) (?:make|earn|take home|are making)\b|\bmilitary[- ]grade\b|\bhospital[- ]grade\b|\bmedical[- ]grade\b|\bin the (?:country|world|industry|market|universe|nation)\b(?=[.!]|$)/u,
      exceptions: [/\b(?:anywhere|somewhere|else|happiest|luckiest|all) in the world\b/u],
      explanation: {
        ko: '수치, 무첨가, 사전 승인 등의 표현은 근거가 있어야 합니다.',
        en: 'Figures, free-of claims, pre-approval and the like need grounds.',
      },
      bad: [
        'Improves attention by nearly 20%',
        'VOC-free paint',
        'You are pre-approved',
        'Drivers make $90,000 a year',
        'Medical-grade accuracy',
      ],
      good: ['Ships anywhere in the world', 'A book to read to your cat'],
    },
    {
      id: 'most_of_all',
      pattern:
        /\b(?:the|our|your|korea['’]s|america['’]s|asia['’]s|europe['’]s) (?:very )?(?:fastest|safest|strongest|lightest|quietest|brightest|purest|softest|toughest|smartest|cleanest|coolest|warmest|thinnest|cheapest|finest|healthiest|freshest|tastiest|greenest|most (?:accurate|powerful|effective|advanced|trusted|popular|comfortable|durable|reliable|efficient|affordable|secure|natural|potent|hydrating|loved|awarded|nutritious)) (?!way|route|day|time|part|moment|seat|of |setting|water|spot|room|month|corner)[a-z-]{3,20}/u,
      explanation: {
        ko: '최상급 비교는 실증할 수 있어야 합니다.',
        en: 'A superlative about a quality has to be substantiated.',
      },
      bad: [
        'The quietest dishwasher',
        'Our most accurate watch',
        'The most durable backpack',
        "Asia's fastest charger",
      ],
      good: ['The fastest way home', 'The softest part of the evening', 'Choose your favourite'],
    },
    {
      id: 'percent',
      pattern:
        /(?<![\d.])\d{1,3}(?:\.\d{1,2})?% ?(?:[a-z]{2,12} ){0,2}?(?:more|less|fewer|better|faster|smaller|larger|bigger|stronger|smoother|cleaner|of (?:users|people|women|men|customers|parents|dentists|doctors|clients|our|the time)|effective|improvement|reduction|increase|protection|success|satisfaction|hired|approved|agree|said|saw|noticed|would|pure|safe|clean|guaranteed)/u,
      exceptions: [/\b\d{1,3}% (?:off|discount|cashback)\b/u],
      explanation: {
        ko: '비율로 나타낸 효과는 시험·조사 자료가 있어야 합니다.',
        en: 'A percentage needs a test or survey.',
      },
      bad: [
        'Up to 60% less dust',
        '96% of parents noticed calmer nights',
        '99% pure',
        'Pores look 41% smaller',
      ],
      good: ['20% off until Sunday', '8 hours of playback, measured at 50% volume', '100% wool'],
    },
    {
      id: 'multiple',
      pattern:
        /\b(?:\d{1,3}x|twice|thrice|double|triple|two times|three times|five times|ten times|\d{1,3} times) (?:the (?:power|speed|life|strength|protection|results?|protein|moisture|cleaning|battery|performance)|as (?!many people)[a-z]{3,12}|more|less|faster|stronger|longer|better|cleaner|brighter|your)\b|\bhalf (?:the (?:time|calories|noise|energy|fat|sugar)|as much)\b/u,
      exceptions: [
        /\b(?:double|triple|twice) (?:the (?:fun|joy|love)|your points|as (?:fun|nice))\b/u,
      ],
      explanation: {
        ko: '몇 배라는 표현은 비교 기준과 측정 결과가 있어야 합니다.',
        en: 'A multiple needs its basis and a measurement.',
      },
      bad: [
        'Twice the power',
        'Three times longer battery',
        '10x more hydration, 10x more',
        'Half the noise',
      ],
      good: ['Double the fun', 'Fold it twice'],
    },
    {
      id: 'in_days',
      pattern:
        /\b(?:results?|see|feel|look|learn|speak|fluent|gain|grow|change|difference|transform(?:s|ed)?|fix(?:es|ed)?|master|improve(?:s|d)?|younger|thinner|stronger)\b[^.!?\n]{0,40}?\b(?:in|within|after) (?:just |only |as little as )?(?:\d{1,3}|one|two|three|four|five|seven|ten|a|a few) (?:days?|weeks?|months?|hours?|minutes?|uses?|nights?|sessions?)\b|\b(?:instantly|overnight|immediately) (?:removes?|fixes|improves?|changes?|transforms?|works|better|younger|lighter|clears?)\b/u,
      exceptions: [
        /\b(?:ship|deliver|refund|return|reply|ready|exchange|replace|cancel)[a-z]{0,5}\b[^.!?\n]{0,30}\b(?:in|within|after) [^.!?\n]{0,14}/u,
      ],
      explanation: {
        ko: '며칠 만에 효과가 난다는 표현은 시험 자료가 있어야 합니다.',
        en: 'An effect within days needs a test.',
      },
      bad: [
        'See the difference in two weeks',
        'Speak fluent Korean in 30 days',
        'Instantly improves your sleep',
        'Feel stronger after one session',
      ],
      good: ['Returned items are refunded within 14 days', 'Back in two weeks'],
    },
    {
      id: 'proof_words',
      pattern:
        /\b(?:proven|certified|approved|endorsed|verified|validated|accredited|award[- ]?winning|patented|recommended by|trusted by|backed by|loved by|as featured|guaranteed)\b/u,
      exceptions: [
        /\bguaranteed (?:by the|for (?:one|two|three|five|ten|\d{1,2}) (?:years?|months?))\b/u,
        /\bguaranteed\b[^.!?\n]{0,30}\bor (?:we|your|you)\b[^.!?\n]{0,40}/u,
        /\bguaranteed (?:delivery|authentic|genuine|slot|seat)[a-z]{0,8}\b/u,
        /\b(?:pre-?|un|not )(?:approved|certified|proven|guaranteed)\b/u,
        /\b(?:results|outcomes|returns|prices?) (?:are |is )?(?:not|never) guaranteed\b/u,
      ],
      explanation: {
        ko: '입증·인증·추천·보장을 뜻하는 말은 근거를 보일 수 있어야 합니다.',
        en: 'Proven, certified, recommended or guaranteed: the grounds have to be shown.',
      },
      bad: [
        'A proven method',
        'Certified comfort',
        'Loved by mechanics',
        'Guaranteed fresh or not, guaranteed taste',
      ],
      good: [
        'Results are not guaranteed',
        'Guaranteed to lie flat, or we exchange it within 14 days',
      ],
    },
  ],
)
