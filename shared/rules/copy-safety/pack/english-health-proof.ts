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

/** Functions, proof, experts and approvals in English. */
export const englishHealthProofRules = family(
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
      id: 'health.food_function',
      productTypes: ['food'],
      yieldsTo: 'health_functional_food',
      law: 'food_labelling_act',
      article: '8(1)',
      item: '3',
      guidelinePage: '시행령 별표 1 제3호',
      pattern:
        /\b(?:boost(?:s|ing|er)?|strengthen(?:s|ing)?|support(?:s|ing)?|improv(?:e|es|ing)|enhanc(?:e|es|ing)|promot(?:e|es|ing)|help(?:s|ing)?|increas(?:e|es|ing)|sharpen(?:s|ing)?|lower(?:s|ing)?|reduc(?:e|es|ing)|regulat(?:e|es|ing)|balanc(?:e|es|ing)|good for|great for|restor(?:e|es|ing)|protect(?:s|ing)?|power(?:s)? up|supercharge(?:s)?)\b[^.!?\n]{0,22}?\b(?:immun(?:e|ity)(?: system| health| defen[cs]es?)?|digestion|digestive health|gut(?: health)?|metabolism|blood (?:sugar|pressure|flow|circulation)|circulation|cholesterol|heart(?: health)?|liver(?: health)?|joints?(?: health)?|bones?(?: health)?|brain(?: (?:power|health|function))?|memory|focus|eyesight|eye health|vision|skin(?: health| elasticity)?|collagen|sleep quality|better sleep|stress (?:relief|levels)|hormones?|testosterone|libido|energy levels|stamina|muscle (?:growth|mass)|longevity|prostate)\b|\b(?:wrinkles?|fine lines|dark circles|age spots|belly fat|hangovers?|fatigue)\b[^.!?\n]{0,14}?\b(?:vanish|disappear|fade|melt|gone|go away|erase)(?:s|ing)?\b|\b(?:immunity|immune)[- ](?:booster|boosting)\b|\b(?:anti-?ag(?:e)?ing|anti-?oxidants?|anti-?inflammatory|brain food|superfoods?|adaptogen(?:ic|s)?|nootropic(?:s)?|probiotic power)\b/u,
      exceptions: [
        /\b(?:may|can) help\b[^.!?\n]{0,40}\b(?:recognized|approved) function\b[^.!?\n]{0,20}/u,
        /[^!?\n]{0,20}\bas part of a diet\b[^.!?\n]{0,60}\bmay reduce the risk of [a-z ]{4,24}/u,
        /\b(?:support(?:s|ing)?|help(?:s|ing)?)\b[^.!?\n]{0,12}\b(?:local|farmers?|communit|charit)[a-z]*[^.!?\n]{0,20}/u,
      ],
      explanation: {
        ko: '일반식품에 기능성을 나타내는 영어 표현을 쓰면 건강기능식품으로 오인하게 합니다.',
        en: 'In Korea an ordinary food that claims a function passes itself off as a health-functional food.',
      },
      bad: [
        'Boosts your immune system',
        'Immunity-boosting ginger shot',
        'Great for gut health',
        'Improves memory and focus',
        'Antioxidant superfood bowl',
        'Lowers blood sugar',
      ],
      good: [
        'A warm bowl that feels like home',
        'Supporting local farmers with every cup',
        'Focus on flavor',
      ],
    },
    {
      id: 'health.food_appearance',
      productTypes: ['food', 'health_functional_food'],
      law: 'food_labelling_act',
      article: '8(1)',
      item: '4',
      guidelinePage: '시행령 별표 1 제4호라목',
      pattern:
        /\b(?:wrinkles?|fine lines|dark circles|age spots|grey hair|gray hair|cellulite|belly fat|love handles|acne|pimples)\b[^.!?\n]{0,14}?\b(?:vanish|disappear|fade|melt|gone|go away|erase|shrink)(?:s|es|ed|ing)?\b|\b(?:erase|remove|reduce|reverse|fade|melt|stop|halt|slow)(?:s|d|ping|ing)?\b[^.!?\n]{0,16}?\b(?:wrinkles?|fine lines|dark circles|age spots|ageing|aging)\b|\b(?:look|feel|skin) (?:\d{1,8}|ten|twenty) years younger\b|\bturn(?:s)? back (?:the clock|time)\b|\bdrink(?:able)? (?:botox|skincare|collagen for (?:younger|glowing))\b/u,
      explanation: {
        ko: '식품을 먹어 주름·기미 등이 없어진다는 영어 표현은 거짓·과장입니다.',
        en: 'A food that makes wrinkles, spots or fat vanish is a false claim about the body.',
      },
      bad: [
        'Drink it for a week and watch ten years of wrinkles vanish',
        'Look ten years younger with one sip a day',
        'Erases fine lines from within',
      ],
      good: ['A bowl that takes you back to summer', 'Wrinkle-cut fries'],
    },
    {
      id: 'health.structure_function',
      productTypes: ['health_functional_food'],
      law: 'cfr_21_101_93',
      article: '21 CFR 101.93',
      guidelinePage: null,
      severity: 'needs_evidence',
      pattern:
        /\b(?:boost(?:s|ing|er)?|strengthen(?:s|ing)?|support(?:s|ing)?|improv(?:e|es|ing)|enhanc(?:e|es|ing)|promot(?:e|es|ing)|help(?:s|ing)?|increas(?:e|es|ing)|maintain(?:s|ing)?|restor(?:e|es|ing)|lower(?:s|ing)?|reduc(?:e|es|ing)|regulat(?:e|es|ing)|balanc(?:e|es|ing)|good for|great for)\b[^.!?\n]{0,22}?\b(?:immun(?:e|ity)(?: system| health| function)?|digestion|digestive health|gut(?: health)?|metabolism|blood (?:sugar|pressure|flow|circulation)|circulation|cholesterol|heart(?: health)?|liver(?: health)?|joints?(?: health)?|bones?(?: health)?|brain(?: (?:power|health|function))?|memory|cognitive function|eyesight|eye health|vision|skin(?: health| elasticity)?|collagen|sleep quality|better sleep|you sleep|sleep better|fall asleep|stress levels|hormones?|energy levels|stamina|muscle (?:growth|mass|strength)|prostate(?: health)?)\b|\b(?:immunity|immune)[- ](?:booster|boosting)\b|\banti-?(?:ag(?:e)?ing|oxidants?|inflammatory)\b/u,
      exceptions: [
        /\bmay help\b[^.!?\n]{0,60}(?:\(?(?:recognized|approved) function|reviewed)[^.!?\n]{0,20}/u,
      ],
      evidenceThatAllows: {
        description: {
          ko: '인정된 기능성(심의번호) 또는 구조·기능 표시의 근거와 FDA 고지문',
          en: 'The recognised function with its review number, or substantiation with the FDA disclaimer',
        },
        pattern:
          /(?:not been evaluated by the food and drug administration|structure\/function|substantiation|clinical (?:study|trial)|기능성\s?인정|심의\s?번호)/u,
      },
      explanation: {
        ko: '구조·기능 표시는 근거와 고지문(미국) 또는 기능성 인정·심의(한국)가 있어야 합니다.',
        en: 'A structure/function claim needs substantiation and the disclaimer, in Korea the recognition.',
      },
      bad: [
        'Supports immune health',
        'Helps maintain healthy joints',
        'Boosts brain function',
        'Promotes better sleep',
        'Improves blood circulation',
      ],
      good: ['Take one tablet a day with water', '60 tablets, two-month supply'],
    },
    {
      id: 'health.no_side_effects',
      productTypes: 'all',
      law: 'ftc_act',
      article: 's. 5',
      pattern:
        /\b(?:no|zero|without(?: any)?|free (?:of|from)|never any) (?:known |harmful |nasty |negative )?side[- ]?effects?\b|\bside[- ]effect[- ]free\b|\b(?:100%|completely|totally|absolutely|perfectly|entirely) (?:safe|harmless|risk[- ]free|non[- ]?toxic)\b|\bsafe for (?:everyone|everybody|all ages|anyone)\b|\bnon-?addictive\b|\ball[- ]natural,? (?:so|therefore|and) (?:it['’]?s |completely |totally )?safe\b/u,
      exceptions: [/\b(?:safe|secure) (?:checkout|payment|delivery|packaging)\b/u],
      explanation: {
        ko: "'no side effects, 100% safe' 같은 절대적 안전 표현은 실증할 수 없습니다.",
        en: 'No side effects or 100% safe cannot be substantiated.',
      },
      bad: [
        'No side effects',
        'Works with zero side effects',
        '100% safe for your family',
        'Completely harmless formula',
        'Safe for everyone',
      ],
      good: [
        'Side effects may occur; stop use if irritation develops',
        'Safe checkout and fast delivery',
      ],
    },
    {
      id: 'health.clinically_proven',
      productTypes: 'all',
      law: 'ftc_act',
      article: 's. 5',
      severity: 'needs_evidence',
      pattern:
        /\b(?:clinically|scientifically|medically|laboratory|lab|dermatologically|research|science)[- ](?:proven|tested|backed|validated|shown|studied|verified|demonstrated|supported)\b|\b(?:clinical|scientific) (?:proof|evidence|studies|trials|research|results) (?:show|prove|proves|confirm|demonstrate)s?\b|\b(?:proven|backed|supported|validated) by (?:science|research|studies|doctors|clinical)\b|\bstud(?:y|ies) (?:show|prove|confirm|found)s?\b|\bproven (?:to|by|in|results?|effective|formula|efficacy)\b/u,
      evidenceThatAllows: {
        description: {
          ko: '제품에 대한 무작위 대조 임상 등 신뢰할 수 있는 과학적 근거',
          en: 'Competent and reliable scientific evidence on this product (controlled trial, report, paper)',
        },
        pattern:
          /(?:clinical|human|randomi[sz]ed|controlled|in vivo) (?:trial|study|test)[^\n]{0,80}(?:\d|report|institute|university|published)|(?:임상|인체\s?적용|시험)[^\n]{0,80}(?:결과|보고서|성적서|\d{1,8}\s?명|기관)/u,
      },
      explanation: {
        ko: "'clinically proven' 등은 제품에 대한 시험 자료가 있어야 합니다.",
        en: 'Clinically proven needs a study of this product.',
      },
      bad: [
        'Clinically proven to work',
        'Scientifically proven formula',
        'Studies show it works',
        'Backed by science',
        'Proven results in 14 days',
      ],
      good: ['Tested flavors, old and new, at our cafe', 'A study desk for small rooms'],
    },
    {
      id: 'health.experts',
      productTypes: 'all',
      law: 'cfr_16_255',
      article: '16 CFR 255.3',
      severity: 'needs_evidence',
      pattern:
        /\b(?:doctors?|physicians?|dermatologists?|pediatricians?|pharmacists?|dentists?|nutritionists?|vets?|veterinarians?|scientists?|experts?|professors?|surgeons?|nurses?|cardiologists?)[- ](?:recommend(?:s|ed)?|approved?|endorsed?|trusted?|developed?|formulated?|created?|designed?|swears? by|use(?:s|d)?|favorite|favourite|agree|love(?:s)?)\b|\b(?:recommended|approved|endorsed|trusted|developed|formulated|created|designed|used|loved) by (?:leading |top |real |our |\d{1,3}% of |\d{1,8} (?:out of|in) \d{1,8} |many |a |the |board[- ]certified |korean |harvard )*(?:doctors?|physicians?|dermatologists?|pediatricians?|pharmacists?|dentists?|nutritionists?|vets?|veterinarians?|scientists?|medical experts?|experts?|professors?|surgeons?|harvard)\b|\b\d{1,8} (?:out of|in) \d{1,8} (?:doctors|dentists|dermatologists|vets|experts|women|moms|users)\b/u,
      evidenceThatAllows: {
        description: {
          ko: '전문가의 자격·추천 사실과 이해관계 공개(화장품·식품은 추천 자체가 금지)',
          en: 'The expert’s qualification and endorsement, with any connection disclosed',
        },
        pattern:
          /(?:endorse|recommend|advisor|advisory|survey of)[^\n]{0,60}(?:md|dr\.|ph\.?d|board[- ]certified|n\s?=\s?\d|agreement|disclos)|(?:의사|전문의|교수)[^\n]{0,40}(?:추천서|자문\s?계약|확인서)/u,
      },
      explanation: {
        ko: '전문가 추천 영어 표현은 사실과 이해관계를 밝힐 수 있어야 합니다.',
        en: 'Expert endorsement has to be real, qualified and disclosed.',
      },
      bad: [
        'Doctor recommended',
        'Approved by dermatologists',
        '9 out of 10 dentists agree',
        'Formulated by leading doctors',
        'Vet-approved treats',
      ],
      good: ['Ask your doctor before use', 'Expert mode for power users'],
    },
    {
      id: 'health.food_cosmetic_experts',
      productTypes: ['food', 'health_functional_food', 'cosmetics'],
      law: 'food_labelling_act',
      article: '8(1)',
      item: '5',
      guidelinePage: '식품표시광고법 시행령 별표 1 제5호라목; 화장품법 시행규칙 별표 5',
      pattern:
        /\b(?:doctors?|physicians?|pediatricians?|pharmacists?|dermatologists?|surgeons?|md|hospital|clinic)[- ](?:recommend(?:s|ed)?|approved?|endorsed?|developed?|formulated?|created?|trusted|prescribed|swears? by|grade|use(?:s|d)?)\b|\b(?:recommended|approved|endorsed|prescribed|formulated|developed|created|trusted) by (?:leading |top |real |our |\d{1,3}% of |\d{1,8} (?:out of|in) \d{1,8} |many |a |the |board[- ]certified |korean )*(?:doctors?|physicians?|pediatricians?|pharmacists?|dermatologists?|surgeons?|hospitals?|clinics?)\b|\b\d{1,8} (?:out of|in) \d{1,8} (?:doctors|dermatologists|pediatricians|pharmacists)\b/u,
      explanation: {
        ko: '의사·약사 등의 추천·개발을 내세우는 식품·화장품 광고는 영어라도 금지됩니다.',
        en: 'In Korea foods and cosmetics may not be advertised with doctors or pharmacists, in any language.',
      },
      bad: [
        'Doctor-recommended vitamin serum',
        'Formulated by dermatologists',
        'Recommended by 9 out of 10 pharmacists',
        'Hospital-grade probiotic',
      ],
      good: ['Consult your doctor if you are pregnant', 'Dermatologist tested under supervision'],
    },
    {
      id: 'health.fda_approved',
      article: '301(a)',
      law: 'fdc_act',
      pattern:
        /\b(?:fda|mfds|kfda|food and drug administration)[- ](?:approved?|cleared?|certified|registered|endorsed|accepted|authorized|licensed|verified)\b|\b(?:approved|cleared|certified|endorsed|authorized) by (?:the )?(?:us |u\.s\. )?(?:fda|mfds|food and drug administration|government|ministry of food)\b|\bgovernment[- ](?:approved|certified|endorsed)\b/u,
      explanation: {
        ko: 'FDA·식약처는 식품·화장품을 승인하지 않으므로 승인받았다고 할 수 없습니다.',
        en: 'The FDA and the MFDS approve no foods or cosmetics; registration is no approval.',
      },
      bad: [
        'FDA approved skincare',
        'FDA-registered supplement',
        'Approved by the FDA',
        'Government-certified formula',
      ],
      good: [
        'This statement has not been evaluated by the FDA',
        'Registered trademark of our studio',
      ],
    },
    {
      id: 'food.free_from',
      productTypes: ['food', 'health_functional_food'],
      law: 'food_labelling_act',
      article: '8(1)',
      item: '5',
      severity: 'needs_evidence',
      guidelinePage: '식약처고시 제2025-79호',
      pattern:
        /\b(?:no|zero|free (?:of|from)|without(?: any)?) (?:added )?(?:preservatives?|msg|additives?|artificial (?:\w{1,20} )?(?:flavou?rs?|colou?rs?|ingredients?|sweeteners?|anything)|chemicals?|gmos?|antibiotics?|hormones?|pesticides?)\b|\b(?:preservative|msg|additive|gmo|pesticide|antibiotic|hormone)[- ]free\b|\b(?:all|100%|purely)[- ]natural\b|\b(?:certified )?organic\b|\bnon[- ]gmo\b|\b(?:zero|no|low|reduced)[- ](?:added )?(?:sugar|fat|carbs?|sodium|calories?)\b|\b(?:sugar|fat|gluten|lactose|dairy)[- ]free\b|\bhigh[- ](?:protein|fib(?:er|re))\b/u,
      evidenceThatAllows: {
        description: {
          ko: '원재료 명세·시험성적서 또는 인증서',
          en: 'Ingredient list with test report, or the certificate',
        },
        pattern:
          /(?:not detected|test report|certified organic|usda organic|certificate|인증|성적서|불검출)/u,
      },
      explanation: {
        ko: 'free-from·natural·organic 표현은 근거나 인증이 있어야 합니다.',
        en: 'Free-from, natural and organic need proof or a certificate.',
      },
      bad: [
        'No preservatives, no MSG',
        '100% natural juice',
        'Organic granola',
        'Additive-free noodles',
        'Non-GMO tofu',
      ],
      good: ['Ingredients: soybeans, water, salt', 'Organize your pantry'],
    },
  ],
)
