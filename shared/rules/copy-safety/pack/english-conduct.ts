import { family } from './family.ts'

/** The environment, earnings, generated people and children in English. */
export const englishConductRules = family(
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
      id: 'green.general',
      exceptions: [
        /\b(?:game|book|story|stories|film|movie|documentary|song|puzzle|talk|lesson)s? (?:about|on)\b[^.!?\n]{0,40}/u,
      ],
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
        /\b(?:ask|tell|beg|bug|get|nag|make) (?:your )?(?:mom(?:my)?|mum(?:my)?|dad(?:dy)?|parents?|grandma|grandpa)\b[^.!?\n]{0,16}?\b(?:buy|get|order|purchase|for (?:one|it|this))\b|\b(?:hey |hi )?kids?[,!]? [^.!?\n]{0,20}?\b(?:buy|collect them all|order|get yours|gotta have|must have|spend)\b|\b(?:ask|get) (?:your )?(?:mom|dad|mum|parents?) for (?:their|the) (?:password|card|pin|phone)\b|\b(?:tell|show|remind|convince) (?:your )?(?:mom(?:my)?|mum(?:my)?|dad(?:dy)?|parents|grandma|grandpa) (?:you|to|that|it|what|how)\b|\bcollect them all\b|\b(?:all|everyone of) your friends (?:have|has|already|are)\b|\b(?:only|just) you don['’]?t have\b|\bdon['’]?t be the only (?:kid|one)\b|\bevery (?:kid|girl|boy|child) (?:in|at) [^.!?\n]{0,16}(?:has|have|owns)\b|\b(?:the )?one left out\b|\bbe the coolest kid\b|\b(?:use|grab|take|borrow) (?:your )?(?:mom|dad|mum|parents?|grandma)['’]?s?['’]? (?:phone|card|credit card|wallet|password)\b|\b(?:without|behind) (?:your )?parents['’]? (?:permission|knowing|back)\b|\b(?:kids|children)[^.!?\n]{0,20}?\b(?:enter|send|type|tell us) your (?:name|address|phone|school|email)\b/u,
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
