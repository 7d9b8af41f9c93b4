/** Words that the broad English rules share: what is claimed about, and the verbs that claim it. */

/** Illnesses and complaints, as sellers name them. */
export const complaintsEn = [
  'cancers?|tumou?rs?|diabet(?:es|ic)|hypertension|(?:high )?blood (?:pressure|sugar)|cholesterol|heart (?:disease|attacks?|problems)',
  'alzheimer|dementia|parkinson|arthritis|osteoporosis|gout|asthma|(?:seasonal )?allerg(?:y|ies)|hay fever|sinus(?:itis| pain| pressure)?',
  'the flu|flu season|influenza|covid(?:-?19)?|(?:the|a|common|winter) cold|colds|coughs?|sore throats?|infections?|pneumonia|bronchitis',
  'depression|anxiety|insomnia|sleepless nights|adhd|autism|panic attacks?|ptsd|phobias?|fear of [a-z]{3,12}|burnout|brain fog|the blues',
  'migraines?|(?<!tax |billing |legal |admin )headaches?|constipation|ibs|gastritis|(?:stomach )?ulcers?|acid reflux|heartburn|indigestion|nausea|diarrhea|bloating|hangovers?',
  'hepatitis|fatty liver|eczema|psoriasis|rosacea|dermatitis|(?:cystic |hormonal |adult )?acne|rash(?:es)?|cold sores?|an[a]?emia|infertility|menopause|hot flashes|pms|(?:period|menstrual|muscle|leg) cramps|utis?',
  'cataracts?|glaucoma|hair (?:loss|fall)|thinning hair|bald(?:ness|ing| spots?)|obesity|inflammation|tinnitus|vertigo|sciatica|scoliosis|plantar fasciitis|carpal tunnel|sleep apnea|snoring|hearing loss|myopia|near-?sightedness|bad eyesight|(?:gum|skin) disease|gingivitis|cavities|toothaches?|bleeding gums|hemorrhoids|varicose veins|warts|athlete.s foot|toenail fungus',
  '(?:back|knee|joint|neck|nerve|foot|heel|hip|shoulder|wrist|chronic|period|tooth|body|muscle) ?(?:pains?|aches?|soreness|stiffness)|(?:achy|aching|sore|stiff|creaky) (?:joints?|knees?|backs?|muscles?|necks?)|sore muscles|chronic fatigue|swollen (?:legs|feet|ankles)|motion sickness|parasites|viruses|disease|(?:[a-z]{3,8} )?surgery|(?:food |sugar )?cravings|(?:the )?(?:signs of )?ag(?:e)?ing|fatigue|tiredness|addiction|jet ?lag|stuttering|bed-?wetting|colic|teething pain|diaper rash|tantrums',
].join('|')

/** Verbs and idioms that make something go away. */
export const banishEn =
  '(?:cur|heal|treat|revers|reliev|eas|sooth|reduc|eliminat|eras|combat|conquer|defeat|destroy|dissolv|fight|beat|kick|zap|crush|tam|calm|quiet|silenc|banish|prevent|block|stop|halt|end|fix|lower|control|manag|regulat|stabiliz|stabilis|normaliz|balanc|correct|remov|clear|target|tackl|resolv|solv|overcom|melt|fad|slash|tackl|shrink|minimi[sz]|repair|outsmart|ditch|los|drop|vaporiz|obliterat|undo)(?:e|es|s|ed|t|ts|ing|ning|ping|ting|y|ies)?|(?:wip|knock|kick|driv|flush|keep|ward|shut|chas|tak|bring|fend|stav|send|wash|push|put|get|lock)(?:e|es|s|ing|ting|ed)?|fought|kept|got|gets|says? (?:so long|farewell|bye|goodbye|no|adieu)|(?:bye|bye-bye|goodbye|farewell|so long|adios|no more|never another|free(?:dom)? from|relief (?:from|for)|rid of|remed(?:y|ies) for|answer to|solution (?:for|to)|defen[cs]e against|shield against|weapon against|protect(?:s|ion)? (?:you )?(?:from|against)|works? (?:wonders )?(?:on|for)|good for|great for|helps?(?: with)?|immune to|live without|life without|get over|got over|(?:never|don.t) (?:catch|get|have|suffer|feel|need)|(?:wav|kiss)(?:e|es|ing)? (?:goodbye|farewell)|say(?:s)? no to|skip(?:s)?|avoid(?:s)?|cancel(?:s)?|forget(?: about)?)'
/** What stands behind the complaint. */
export const goneEn =
  '(?:is |are |was |were |just |be |will )?(?:gone|vanish\\w{0,3}|disappear\\w{0,3}|fad(?:e|es|ed|ing)|relief|reliever|remed(?:y|ies)|cures?|healer|fighter|killer|eraser|buster|melts? away|went away|goes? away|away|at bay|in check|under control|back to normal|a thing of the past|history|(?:are|is) history|in its tracks|begone|be gone|no more|healed|cured|cleared(?: up)?|stopped|hates? (?:this|it|him|her))'

export const functionsEn =
  'immun(?:e (?:system|defen[cs]es?|cells?)|ity)|gut|blood|brain|heart(?! (?:out|warm))|metabolism|gut(?: health| lining)?|digestion|digestive (?:system|health)|liver|kidneys?|lungs|arteries|joints?|cartilage|bone (?:density|health|strength)|bones|brain(?: power| health| cells)?|brainpower|memory|concentration|cognition|eyesight|vision|hearing|hormones?|testosterone|estrogen|thyroid|heart health|circulation|blood (?:flow|circulation|vessels)|lymph\\w{0,5}|nerves|nervous system|sleep (?:cycle|quality)|deep sleep|libido|stamina|longevity|fertility|prostate|posture|spine|collagen|skin elasticity|cells?'
export const improveEn =
  '(?:boost|strengthen|support|improv|enhanc|promot|increas|sharpen|restor|rebuild|reviv|rev|awaken|reset|fuel|heal|repair|detox\\w{0,5}|flush|cleans|unlock|turbocharg|supercharg|doubl|tripl|optimi[sz]|protect|regulat|balanc|stimulat|activat|regenerat|renew|reboot|recharg|rejuvenat|realign|straighten|unclog|nourish|lift|clean|purif|tighten)(?:e|es|s|ed|ing|y)?|(?:fire|fires|firing|rev|revs|wake|wakes|tune|tunes|power|powers|clear|clears|speed|speeds) (?:up )?|(?:kick|jump)-?starts?|good for|great for|(?:brings?|gives?) back|helps?'

/** People whose word carries weight. */
export const expertsEn =
  'doctors?|physicians?|dermatologists?|pa?ediatricians?|pharmacists?|dentists?|nutritionists?|dietitians?|vets?|veterinarians?|scientists?|professors?|surgeons?|nurses?|cardiologists?|chiropractors?|psychologists?|physiotherapists?|physical therapists?|trainers?|teachers?|chefs?|engineers?|lawyers?|experts?|midwives|audiologists?'
export const vouchEn =
  'recommend|call|say|swear|love|choose|pick|trust|approve|endorse|prefer|rave|turn to|insist|use|wear|buy|keep|want|agree|rely|stand behind|vouch|prescribe|admit|warn|give|tell|can.t (?:live|stop|do|cook|work)|won.t'

/** Well-known names: a comparison with one of them names a rival. */
export const brandsEn =
  'dyson|apple|iphones?|airpods|ipads?|macbooks?|samsung|galaxy|sony|bose|lg|tesla|nike|adidas|amazon|starbucks|google|tempur|casper|peloton|roomba|shark|nespresso|duolingo|chatgpt|notion|la mer|olay|lululemon|yeti|stanley|gopro|kindle|ikea|uber|netflix|spotify'
