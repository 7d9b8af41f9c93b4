import { family } from './family.ts'

/**
 * Cosmetics that claim what only a drug does: FD&C Act 201(g) and (i), and the Korean Cosmetics Act, under
 * which foreign words of the same meaning count (guide 안내서-0086-07 p. 7).
 */
export const englishCosmeticRules = family(
  {
    id: 'english',
    productTypes: ['cosmetics'],
    law: 'cosmetics_act',
    article: '13(1)',
    item: '1',
    severity: 'block',
    guidelinePage: '안내서-0086-07; FD&C Act 201(g), 201(i)',
  },
  [
    {
      id: 'cosmetics.skin_disease',
      pattern:
        /\b(?:acne|eczema|psoriasis|rosacea|dermatitis|atop(?:y|ic)|fungal|athlete['’]?s foot|wounds?|burns?|scars?|rash(?:es)?|cold sores?|blemish(?:es)?|pimples?|breakouts?|redness|itch(?:ing|iness)?)\b[^.!?\n]{0,14}?\b(?:treatment|remedy|cure|healing|healer|medicine|relief|eraser|removal|remover|solution|killer|gone|vanish(?:es)?|disappears?)\b|\b(?:heal(?:s|ing)?|treat(?:s|ing)?|cur(?:e|es|ing)|clear(?:s|ing)? up|erase(?:s)?|remov(?:e|es|ing)|eliminat(?:e|es|ing)|get(?:s)? rid of|fight(?:s|ing)?|banish(?:es)?|sooth(?:e|es) (?:and heals? )?(?:eczema|psoriasis))\b[^.!?\n]{0,16}?\b(?:acne|eczema|psoriasis|rosacea|dermatitis|atop(?:y|ic)|wounds?|burns?|scars?|rash(?:es)?|pimples?|breakouts?|infections?|hyperpigmentation|melasma|moles?|warts?|skin tags?|fungus|stretch marks)\b|\banti-?(?:acne|inflammatory|bacterial|fungal|microbial|septic|itch|allerg(?:y|ic))\b|\bkills? (?:acne[- ]causing )?(?:bacteria|germs)\b|\b(?:disinfects?|steriliz(?:e|es|ing))\b/u,
      exceptions: [/\bacne[- ]prone\b[^.!?\n]{0,20}/u],
      explanation: {
        ko: '피부 질환 치료·항염·살균 등을 뜻하는 영어 표현도 의약품으로 오인하게 합니다.',
        en: 'Treating skin disease, anti-inflammatory or antibacterial action make a cosmetic a drug.',
      },
      bad: [
        'Eczema relief balm',
        'Heals acne scars',
        'Anti-inflammatory serum',
        'Kills bacteria on contact',
        'Clears up breakouts overnight',
      ],
      good: [
        'Suitable for acne-prone skin, tested',
        'A cleanser that rinses off easily',
        'Soft, dewy finish',
      ],
    },
    {
      id: 'cosmetics.body_function',
      guidelinePage: '안내서-0086-07 p. 11',
      pattern:
        /\b(?:activity of your )?genes? (?:for|activity|expression)|\byour genes\b|\b(?:regenerat(?:e|es|ing|ion|ive)|repair(?:s|ing)?|rebuild(?:s|ing)?|renew(?:s|ing)?|activat(?:e|es|ing)|stimulat(?:e|es|ing)|reviv(?:e|es|ing)|reactivat(?:e|es|ing))\b[^.!?\n]{0,20}?\b(?:cells?|cellular|dna|tissue|skin cells?|collagen(?: production| synthesis)?|elastin|stem cells?|blood (?:flow|circulation)|circulation|lymph(?:atic)?|genes?|hormones?)\b|\b(?:skin|cell|cellular|tissue|dna) (?:regeneration|repair|renewal|activation)\b|\b(?:boost(?:s|ing)?|increas(?:e|es|ing)|improv(?:e|es|ing)|promot(?:e|es|ing))\b[^.!?\n]{0,14}?\b(?:collagen(?: production| synthesis)?|blood (?:flow|circulation)|circulation|cell turnover|metabolism|estrogen)\b|\b(?:human|placental?) (?:stem cells?|exosomes?)\b|\bcosmeceuticals?\b|\bmedicated\b/u,
      exceptions: [
        /\b(?:plant|vegan|centella|green tea|apple) (?:stem cells?|exosomes?)\b[^.!?\n]{0,10}/u,
        /\brenew(?:s|ing)? your (?:routine|subscription|look|plan)\b/u,
      ],
      explanation: {
        ko: '세포 재생·콜라겐 생성·혈액순환 같은 인체 기능 표현은 화장품에 쓸 수 없습니다.',
        en: 'Regenerating cells, making collagen or moving blood are functions that only a drug may claim.',
      },
      bad: [
        'Regenerates skin cells while you sleep',
        'Stimulates collagen production',
        'Repairs DNA damage',
        'Improves blood circulation in the face',
        'A cosmeceutical for your shelf',
      ],
      good: [
        'Renew your routine this spring',
        'With hydrolyzed collagen for a moisturized feel',
        'Plant stem cell extract',
      ],
    },
    {
      id: 'cosmetics.hair_growth',
      guidelinePage: '안내서-0086-07 p. 10',
      pattern:
        /\b(?:re-?grow(?:s|th|ing)?|grow(?:s|ing)?|restor(?:e|es|ing))\b[^.!?\n]{0,12}?\b(?:hair|lashes|eyelashes|brows|eyebrows|beard)\b|\bhair (?:re)?growth\b|\b(?:hair loss|balding|baldness|thinning hair)\b[^.!?\n]{0,14}?\b(?:treatment|cure|remedy|stop(?:s|ped)?|reversed?|prevent(?:s|ion)?|solution|gone|end(?:s|ed)?)\b|\b(?:stop(?:s|ping)?|revers(?:e|es|ing)|prevent(?:s|ing)?|end(?:s|ing)?|cur(?:e|es|ing)) (?:your )?(?:hair loss|balding|baldness|hair fall|thinning)\b|\blonger lashes in\b|\blash growth\b/u,
      explanation: {
        ko: '발모·육모·속눈썹 성장을 뜻하는 영어 표현은 금지됩니다.',
        en: 'Growing hair or lashes is a claim of a drug.',
      },
      bad: [
        'Regrow your hair in 90 days',
        'Lash growth serum',
        'Stops hair loss',
        'Hair growth shampoo',
        'Reverse balding naturally',
      ],
      good: ['Volume mascara for a lifted look', 'Growing together with our customers'],
    },
    {
      id: 'cosmetics.body_shape',
      guidelinePage: '안내서-0086-07 p. 11',
      pattern:
        /\b(?:melt(?:s|ing)?|burn(?:s|ing)?|reduc(?:e|es|ing)|remov(?:e|es|ing)|eliminat(?:e|es|ing)|dissolv(?:e|es|ing)|break(?:s|ing)? down|blast(?:s|ing)?)\b[^.!?\n]{0,12}?\b(?:fat|cellulite|double chin|stretch marks|inches|varicose veins)\b|\b(?:cellulite|fat) (?:removal|remover|reduction|reducing|burning|burner|cream that works)\b|\b(?:breast|bust|buttocks?) (?:enlargement|enhancement|enlarging|lifting|firming)\b|\bslimming (?:cream|gel|patch|lotion|serum)\b|\b(?:face|jaw|body)[- ](?:slimming|sculpting|contouring surgery)\b|\bv-?line\b[^.!?\n]{0,10}(?:lift|shape|face|cream)/u,
      explanation: {
        ko: '지방 분해·셀룰라이트 제거·체형 변화를 뜻하는 영어 표현은 금지됩니다.',
        en: 'Removing fat or cellulite and changing the body’s shape are claims of a drug.',
      },
      bad: [
        'Melts fat where you rub it',
        'Cellulite removal cream',
        'Slimming gel for your waist',
        'Breast enhancement cream',
        'Reduces your double chin',
      ],
      good: ['Body lotion with a soft scent', 'A sculptural bottle'],
    },
    {
      id: 'cosmetics.injections',
      guidelinePage: '안내서-0086-07 p. 13',
      pattern:
        /\b(?:botox|fillers?|dermal fillers?|micro-?needl(?:e|es|ing)|mts|mesotherapy|laser|facelift|face-?lift|injections?|liposuction|surgery)[- ]?(?:in a (?:bottle|jar|tube)|effect|alternative|like|without|-like|results?|free|look|dupe)\b|\b(?:botox|filler|facelift|laser|surgery)\b[^.!?\n]{0,14}?\b(?:without (?:needles|surgery|a needle|downtime)|at home|alternative|in a (?:jar|bottle|tube))\b|\b(?:without|no|instead of|better than|like|skip the|alternative to) (?:the )?(?:botox|needles?|fillers?|injections?|facelift|surgery|laser)\b|\b(?:lift|tighten|sculpt)(?:s|ing)? your (?:face|jaw(?:line)?|neck)\b[^.!?\n]{0,14}(?:surgery|needles?|instantly|permanently)|\b(?:better|stronger) than (?:laser|botox|surgery|a facelift|a clinic)\b|\bspicules?\b|\bneedle[- ]?(?:shots?|serum|essence)\b/u,
      explanation: {
        ko: '보톡스·필러·니들 등 시술을 연상시키는 영어 표현은 금지됩니다.',
        en: 'Evoking botox, fillers, needles or surgery is banned for cosmetics.',
      },
      bad: [
        'Botox in a bottle',
        'A facelift without surgery',
        'Better than fillers',
        'Microneedle effect serum',
        'Skip the needles',
      ],
      good: ['A laser-cut lid', 'Refill and reuse the jar'],
    },
    {
      id: 'cosmetics.functional',
      item: '2',
      severity: 'needs_evidence',
      guidelinePage: '안내서-0086-07 p. 12',
      pattern:
        /\b(?:whiten(?:s|ing|er)?|brighten(?:s|ing) (?:your )?(?:dark spots|skin tone)|lighten(?:s|ing)?|fad(?:e|es|ing) (?:dark )?(?:spots?|freckles|melasma|pigmentation)|dark spot (?:corrector|remover|eraser)|depigment(?:ing|ation))\b|\b(?:anti-?wrinkle|wrinkle[- ](?:reducing|reducer|eraser|free|repair|care|improvement)|(?:erase|reduce|remove|smooth|fill|diminish|reverse|improve|minimize)(?:s|es|d|ing)? (?:fine lines|wrinkles|crow['’]?s feet)|anti-?ag(?:e)?ing|age[- ]defying|turn(?:s)? back (?:time|the clock)|(?:look|years?) (?:\d{1,8} years )?younger|reverse(?:s)? ag(?:e)?ing)\b|\b(?:uv protection|sun protection|broad[- ]spectrum)\b/u,
      exceptions: [/\bteeth whitening\b[^.!?\n]{0,14}/u, /\bscreen brighten[a-z]*\b/u],
      evidenceThatAllows: {
        description: {
          ko: '기능성화장품 심사(보고) 사실',
          en: 'Review or report as a functional cosmetic',
        },
        pattern:
          /기능성\s?화장품[^\n]{0,40}(?:심사|보고|인정|승인)|(?:심사|보고)[^\n]{0,30}기능성\s?화장품|(?:주름\s?개선|미백|자외선\s?차단)\s?(?:2중|3중|이중|삼중)?\s?기능성|functional cosmetic[^\n]{0,40}(?:review|report|approv|registered|certified)/u,
      },
      explanation: {
        ko: '미백·주름 개선·자외선 차단을 뜻하는 영어 표현은 기능성화장품 심사가 있어야 합니다.',
        en: 'Whitening, wrinkle or sun-protection claims need review as a functional cosmetic.',
      },
      bad: [
        'Whitening cream for your glow',
        'Anti-wrinkle night serum',
        'Erases fine lines',
        'Sun protection for the whole day',
        'Look 10 years younger',
        'Fades dark spots',
      ],
      good: ['A moisturizer for every day', 'Bright packaging, soft scent'],
    },
    {
      id: 'cosmetics.natural_organic',
      item: '5',
      severity: 'needs_evidence',
      guidelinePage: '안내서-0086-07 p. 14',
      pattern:
        /\b(?:(?:100%|all|purely|certified) (?:natural|organic|vegan|clean)|organic (?:\w{1,20} )?(?:skincare|serum|cream|oil|ingredients?|formula|cosmetics?|lotion|shampoo)|natural (?:skincare|cosmetics?|ingredients only)|chemical[- ]free|toxin[- ]free|no (?:harsh |nasty |toxic |harmful )?(?:chemicals|toxins)|(?:paraben|silicone|sulfate|fragrance|steroid|alcohol|cruelty)[- ]free|free (?:of|from) (?:parabens?|sulfates?|silicones?|steroids?|toxins?|chemicals?)|hypo-?allergenic|non-?comedogenic|dermatologist[- ]tested|ewg (?:green|verified))\b/u,
      evidenceThatAllows: {
        description: {
          ko: '천연·유기농·비건 인증, 시험 결과 또는 불검출 시험성적서',
          en: 'The certificate (natural, organic, vegan), the test, or a report of non-detection',
        },
        pattern:
          /(?:certif|cosmos|ecocert|vegan society|leaping bunny|test report|hript|patch test|not detected|인증|시험|성적서|불검출)/u,
      },
      explanation: {
        ko: '천연·유기농·무첨가·저자극 영어 표현은 인증이나 시험이 있어야 합니다.',
        en: 'Natural, organic, free-from and hypoallergenic need a certificate or test.',
      },
      bad: [
        '100% natural skincare',
        'Organic face oil',
        'Paraben-free and toxin-free',
        'Hypoallergenic formula',
        'No nasty chemicals',
      ],
      good: ['With green tea extract', 'A naturally calm mood'],
    },
    {
      id: 'cosmetics.puffiness_claims',
      item: '5',
      severity: 'needs_evidence',
      guidelinePage: '안내서-0086-07 pp. 15-16',
      pattern:
        /\b(?:depuff(?:s|ing)?|reduc(?:e|es|ing) (?:puffiness|dark circles|pores|redness|sebum)|(?:dark circles?|puffiness|pores?|redness) (?:gone|vanish(?:es)?|disappears?|reduction|eraser|minimi[sz](?:er|ing))|strengthen(?:s|ing)? (?:the |your )?skin barrier|skin barrier (?:repair|recovery|restoring)|firm(?:s|ing)? (?:and lift(?:s|ing)?|sagging)|lift(?:s|ing)? sagging|\d{1,8}% (?:more |improvement|improved|increase|firmer|brighter|smoother|less|reduction)|(?:visible )?results in (?:just )?\d{1,8} (?:days?|weeks?|hours?|minutes?)|\b(?:wrinkles?|pores?|dark spots?|lines|skin)\b[^.!?\n]{0,12}\b\d{1,3}% |\bfor \d{1,3} hours\b|\blasts? (?:up to )?\d{1,3} hours\b|\d{1,8}[- ](?:hour|day) (?:hydration|moisture|lasting|wear))\b/u,
      evidenceThatAllows: {
        description: { ko: '인체적용시험 자료', en: 'A human application test' },
        pattern:
          /(?:human (?:application )?(?:test|study|trial)|clinical (?:test|study|trial)|인체\s?적용\s?시험|시험\s?성적서)/u,
      },
      explanation: {
        ko: '붓기·다크서클·피부장벽·수치 표현은 인체적용시험 자료가 있어야 합니다.',
        en: 'Puffiness, dark circles, skin barrier and figures need a human application test.',
      },
      bad: [
        'Reduces dark circles',
        'Visible results in 7 days',
        '98% smoother skin',
        'Strengthens the skin barrier',
        '72-hour hydration',
      ],
      good: ['A light gel texture', '98% of our boxes are paper'],
    },
  ],
)
