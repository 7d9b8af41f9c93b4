import { cautions } from './cautions.ts'
import { either, near, testOf } from './claims.ts'
import {
  dentist,
  dentistEn,
  doctor,
  doctorEn,
  notClaims,
  oriental,
  orientalEn,
  pharmacist,
  pharmacistEn,
  professor,
  professorEn,
  vet,
  vetEn,
  vouching,
  vouchingEn,
} from './experts.ts'
import { family } from './family.ts'
import { quasi } from './quasi-drug-effects.ts'

/** Never allowed for quasi-drugs. */
export const quasiDrugConductRules = family(
  {
    ...quasi,
    id: 'quasi-drug.conduct',
    article: '68(1)',
    severity: 'block',
    exceptions: cautions,
    explanation: {
      ko: '의약외품의 효능이나 안전성을 거짓으로 또는 과장해 광고하는 표현입니다.',
      en: 'It advertises the effect or safety of a quasi-drug falsely or with exaggeration.',
    },
  },
  [
    {
      id: 'cure',
      pattern: either(
        /완치|완쾌|근치|치료(?!사|비|실)|치과\s?(?:안|갈\s?(?:일|필요)|가지\s?않)|만병통치|특효|\bcur(?:e|es|ed|ing)\b/u,
      ),
      exceptions: [/(?:물리|심리|미술|음악|치과|병원)\s?치료/u],
      bad: ['잇몸병 완치 치약', '무좀을 치료하는 스프레이', 'Cures gum disease'],
      good: ['치과 치료 중에도 부드럽게', '치료제가 아닙니다'],
    },
    {
      id: 'serious-disease',
      pattern: either(
        near(
          '(?<![가-힣])암(?=[을이도\\s])|당뇨|고혈압|코로나(?:19)?|독감|폐렴|감기|아토피|습진|비염|축농증|천식|알레르기|말라리아|뎅기열|지카|간염|편도\\s?결석|편도염|인후염|중이염|방광염|자궁|질염|냉대하|생리통|생리\\s?불순|무좀|구내염|전신\\s?건강|탈모|면역(?:력)?|위장병|위염|장염|피부염|변비|치질|관절염?|통증|두통|불면|기관지|헤르페스|covid|influenza|malaria|dengue|bladder infection',
          '예방|치료|차단|억제|개선|퇴치|막[아는]|완화|고[쳐치]|낫[게는]|나[아았]|없[애앤]|해결|걱정\\s?(?:끝|없)|사라|안심|줄[여이]|다스|되살|높[이여]|강화|강해|잡아|챙기|지키|prevent|treat|cure|protect|kill',
          12,
        ),
        /\b(?:cur|treat|prevent|kill|protect|stop|eliminat)[a-z]* (?:[a-z%0-9]+ ){0,4}(?:covid(?:-?19)?|influenza|the flu|malaria|dengue|cancer|yeast infections?|uti)\b|\bprotection from (?:malaria|dengue|covid|the flu)/u,
        /(?:잇몸|치아|이)[이가]\s?(?:다시\s?)?(?:자라|돋|붙)|자궁(?!\s?(?:모양|경부))|난소|모근|모낭|음이온|원적외선|게르마늄|토르말린|임플란트(?:보다|\s?필요\s?없)|모발[이]?\s?(?:다시\s?)?자라|발모|육모|흰\s?머리[가를]?[^.!?\n]{0,8}검[게은]|흔들리던\s?(?:이|어금니|앞니|치아)|(?:다시는?|평생|영원히|영구(?:적으로)?|두\s?번\s?다시)\s?(?:[가-힣]{1,5}\s)?(?:안\s?(?:나|자라)|나지|자라지|제모|제거|없)|잇몸[이을]?\s?(?:다시\s?)?(?:차오|채워|자라|재생|되살|내려앉)|머리(?:숱|카락)[이가]?\s?(?:[가-힣]{1,4}\s)?(?:늘|자라|나[고는요]|굵|풍성)|(?:꿰매|깊은|찢어진|베인|벌어진)[가-힣]{0,2}\s?(?:[가-힣]{1,2}\s)?상처[^.!?\n]{0,12}(?:아물|붙|낫|나[아았]|회복|재생)|상처[가도를]?\s?(?:[가-힣]{1,4}\s)?(?:[가-힣]{1,4}\s)?(?:아물|아문|아무는|덧나지|재생|빨리\s?낫)|(?:정수리|이마|m자|빈\s?곳)[^.!?\n]{0,14}(?:채[워웠우]|자라|메[워웠]|풍성|빽빽)|(?:누구나|무조건|반드시|\d+일이면|사흘이면|단번에)[^.!?\n]{0,10}(?:담배|금연)|(?:벌레|삔|신경)[^.!?\n]{0,14}만능|(?:위장|심장|혈관|두뇌|전신|온몸)(?:이|까지|을|도|의)?\s?(?:편[해안]|건강|튼튼|좋아)|전립선|키[가를]\s?(?:크|커)/u,
      ),
      bad: [
        '코로나19 예방 가글',
        '독감을 막아 주는 마스크',
        '아토피 완화 생리대',
        'Covid prevention spray',
      ],
      good: ['독감 유행 소식', '알레르기 유발 성분 표시'],
    },
    {
      id: 'side-effects',
      pattern: either(
        /부작용[^.!?\n]{0,8}(?:없[이는습어다음고]|제로|0(?!\d)|프리)|무\s?부작용|\b(?:no|zero|without) side[- ]?effects/u,
        near(
          '인체에?|100\\s?%|절대(?:적으로)?|완벽하게|완전히',
          '무해|안전(?!\\s?(?:배송|결제|거래|포장))|해가?\\s?없|해롭지\\s?않',
          6,
        ),
        near(
          '핥아도|먹어도|삼켜도|마셔도|들이마셔도|들어가도|빨아도|닿아도|뿌려도|발라도|써도|갓난아[기이]|신생아|임[산신]부|아기(?:도|가|에게)|반려동물|강아지|고양이',
          '안전|안심|무해|괜찮|문제\\s?(?:가\\s?)?(?:없|0|제로)|걱정\\s?(?:이\\s?)?(?:없|마|뚝|끝|제로)|무독|끄떡|탈\\s?없|영향[이을은]?\\s?(?:없|0|제로)|순[한하]',
          14,
        ),
      ),
      bad: ['부작용 없는 손소독제', '인체에 무해한 살충제', 'No side effects'],
      good: ['부작용이 있으면 의사와 상담하세요', '안전 결제 지원'],
    },
    {
      id: 'absolute',
      law: 'medicine_safety_rule',
      article: 'annex 7',
      pattern: either(
        /(?<![가-힣])최고(?=[의로!]|$|\s?(?:효과|효능|품질|성분|제품))(?!의\s?(?:순간|하루|선물))|(?<![가-힣])최상의|(?:세계|국내|업계|대한민국|전국)\s?(?:최고|최초|유일|최강|1[위등]|일등|넘버\s?원)|끝판왕|독보적|따라올|확실(?:히|하게|한)\s?(?:보증|보장|효과|제거|차단|예방)|효과\s?보장|100\s?%\s?(?:[가-힣]{1,3}\s)?(?:예방|박멸|제거|차단|사멸|살균|효과|보호|protect|effective)|완벽(?:하게|한)?\s?(?:차단|제거|예방|보호|박멸|살균)|기적의|\bguaranteed\b|\b(?:the )?(?:world'?s )?best (?:toothpaste|sanitizer|repellent|mouthwash|mask)/u,
      ),
      bad: [
        '최고의 치약',
        '확실하게 보장하는 효과',
        '세계 최고 마스크',
        "The world's best toothpaste",
      ],
      good: ['최고기온 35도에도 산뜻하게', '오늘 최고의 하루 되세요'],
    },
    {
      id: 'experts',
      article: '68(2)',
      pattern: either(
        ...[
          doctor,
          dentist,
          oriental,
          pharmacist,
          vet,
          professor,
          '치과(?=에서\\s?(?:쓰|추|사|파|판|인|권)|가|도\\s)|병원|약국|산부인과|소아과|의료\\s?기관|수간호사|조산사|치위생사',
        ].map(vouching),
        ...[
          doctorEn,
          dentistEn,
          orientalEn,
          pharmacistEn,
          vetEn,
          professorEn,
          'hospital|clinic',
        ].map(vouchingEn),
        /\b(?:doctor|dentist|pharmacist|dermatologist|hospital|expert)s?[- ](?:recommended|approved|developed|trusted)/u,
      ),
      exceptions: notClaims,
      bad: [
        '치과의사가 추천하는 치약',
        '약사가 추천한 기피제',
        '병원에서 쓰는 손소독제',
        'Dentist-recommended',
      ],
      good: ['의사와 상담 후 사용하세요', '의사소통이 편한 투명 마스크'],
    },
    {
      id: 'testimonials',
      law: 'medicine_safety_rule',
      article: 'annex 7',
      pattern: either(
        /(?:체험|사용)\s?(?:수기|담|기)[^.!?\n]{0,10}|감사장|감사\s?편지|주문\s?(?:쇄도|폭주)|구매\s?쇄도|단체\s?(?:추천|구매\s?쇄도)|\bthank-?you letters?/u,
      ),
      bad: ['생생한 체험담이 증명합니다', '주문 쇄도! 품절 임박', '고객 감사장 공개'],
      good: ['사용 방법을 확인하세요', '체험 부스에서 만나요'],
    },
    {
      id: 'medicine-like',
      article: '61(2)',
      pattern:
        /의약품(?!\s?(?:이\s?아|외))\s?(?:급|수준|성분|같은)|처방전|연고\s?(?:대신|처럼)|바르는\s?약|먹는\s?약\s?대신|약국\s?전용|\bmedicine[- ]grade|\bprescription[- ]strength/u,
      bad: ['의약품 수준의 치약', '연고 대신 뿌리는 스프레이', 'Prescription-strength'],
      good: ['의약품이 아닙니다', '의약외품입니다'],
    },
    {
      id: 'natural-safe',
      severity: 'needs_evidence',
      pattern: either(
        /(?:화학|유해|독성|인공|합성)\s?(?:성분|물질|향료?|색소)[가이을를은는도]?[^.!?\n]{0,14}(?:쓰지\s?않|넣지\s?않|없|안\s[쓰넣]|뺐|뺀|하나도|0(?!\d))|발암\s?물질|(?:다이옥신|형광\s?(?:증백제|물질)|환경호르몬|유해\s?(?:물질|성분)|화학\s?성분|독성)[이가은는을를]?[^.!?\n]{0,6}(?:없|제로|free|프리|0(?!\d)|안\s?들|뺀|빼|안\s?넣|배제|무첨가)|(?:무|저|안)\s?자극|자극[이은]?\s?(?:가장|제일|전혀)|가장\s?(?:순한|안전한|강력한|효과적)|유기농|오가닉|천연\s?(?:성분|유래|원료|살균|치약|생리대)|유기농\s?(?:순면|원료|생리대|커버|면)|무\s?(?:독성|형광|화학|불소|파라벤)|무첨가|무검출|불검출|미검출|\borganic|\ball[- ]natural|\b(?:fluoride|paraben|chemical)-free/u,
      ),
      evidenceThatAllows: testOf(
        '천연|유기농|형광|무첨가|독성|검출|발암|organic|natural|free',
        '천연·유기농·무첨가',
        'being natural, organic or free of it',
      ),
      bad: ['천연 성분 치약', '유기농 순면 생리대', '무형광 마스크', 'All-natural toothpaste'],
      good: ['부드러운 순면 커버', '자연스러운 미소'],
    },
    {
      id: 'slander',
      law: 'medicine_safety_rule',
      article: 'annex 7',
      pattern:
        /(?:타사|다른|시중|기존|일반)\s?(?:제품|치약|생리대|마스크|소독제|기피제)?[은는이의들]{0,2}[^.!?\n]{0,14}(?:독성|가짜|효과\s?(?:가\s?)?없|유해|해롭|발암|속[이고았]|엉터리)|\bother (?:brands?|toothpastes?|pads?) are (?:toxic|useless|fake)/u,
      bad: [
        '시중 생리대는 발암 물질 덩어리',
        '타사 제품은 효과가 없어요',
        'Other brands are toxic',
      ],
      good: ['다른 제품과 함께 쓰지 마세요', '취향에 맞는 향을 고르세요'],
    },
    {
      id: 'authority',
      pattern:
        /(?:식약처|식품의약품안전처|정부|국가|fda)[가이의에서]{0,3}\s?(?:추천|보증|공인|선정|인정)|\bfda[- ]approved/u,
      bad: ['식약처가 추천한 손소독제', '정부 공인 마스크', 'FDA-approved wipes'],
      good: ['식약처 의약외품 허가 제품', '국가대표의 하루'],
    },
  ],
)
