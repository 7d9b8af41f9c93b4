import { ends } from './betterment.ts'
import { cautions } from './cautions.ts'
import { either, near, relief, testOf } from './claims.ts'
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
import { licence, namedLicence } from './quasi-licence.ts'

const quasi = { productTypes: ['quasi_drug'], law: 'pharmaceutical_act' } as const

/** Effects beyond the licence; a licence names many of them. */
export const quasiDrugEffectRules = family(
  {
    ...quasi,
    id: 'quasi-drug.effect',
    article: '68(5)',
    severity: 'needs_evidence',
    exceptions: [namedLicence, ...cautions],
    explanation: {
      ko: '허가받거나 신고한 효능·효과가 아니면 광고할 수 없습니다.',
      en: 'Only an effect that the licence states may be advertised.',
    },
  },
  [
    {
      id: 'germs',
      pattern: either(
        /(?:병원|수술실|의료)\s?(?:수준|급)|살균(?!\s?소독제\s?사용)|소독(?!제|용|\s?(?:후|하기\s?전|한\s?뒤|전에)|\s?(?:티슈|젤|약))|멸균|제균|항균|\bantibacterial|\bdisinfect|\bsteriliz|\bsanitiz/u,
        near(
          '세균|[가-힣]{1,5}균(?=[을이까은도,\\s]|\\d)|바이러스|박테리아|곰팡이|미생물|병원체|식중독|(?<![가-힣])균(?=[을이까은도])|germs?|virus',
          `${relief}|99|죽[이여인]|녹여|녹이|씻어|닦아|살아남지|전부|모두|우수수|통과|한\\s?마리|생존|\\d\\s?%|무력|지켜`,
          20,
        ),
        /\bkills? (?:\d[\d.]*% of )?(?:germs|bacteria|viruses)/u,
      ),
      evidenceThatAllows: licence('살균|소독|세균|바이러스|항균|균|germ|bacteria|virus'),
      bad: ['99.9% 살균 손소독제', '유해균을 싹 제거', 'Kills 99.9% of germs'],
      good: ['상쾌한 민트 향', '살균 효과를 주장하지 않습니다'],
    },
    {
      id: 'teeth-whitening',
      pattern:
        /(?:치아|치과)\s?미백(?!제)|(?:치아|이)[가를]?\s?(?:하얗|하얘|희게|환해)|화이트닝\s?(?:치약|스트립)|누[런렇랬]\s?(?:이(?![런번])|앞니|치아|덧니)|(?:누렇|누레)[^.!?\n]{0,8}(?:이(?=[\s가])|치아|앞니)|(?:치아|앞니|이)[가는을의]?\s?(?:[가-힣]{1,6}\s)?(?:환하|환해|밝아|하얀|새하|톤\s?(?:업|up)|반짝|착색|변색)|하얀\s?(?:이|치아|앞니)(?=[\s가를은])[^.!?\n]{0,16}(?:만에|톤|되|드러|만들|변|완성|비결|원한|주)|(?:진주|우윳빛|연예인|백옥|거울)[^.!?\n]{0,10}(?:치아|이빨|앞니|미소)|(?:커피|와인|담배|니코틴|홍차)\s?(?:얼룩|착색|때)|치아\s?(?:톤|얼룩|색)|\b(?:teeth|tooth) whiten|\bwhitens? (?:your )?teeth|\bwhiter teeth/u,
      evidenceThatAllows: licence('미백|whiten'),
      bad: ['치아 미백 치약', '치아가 하얘지는 스트립', 'Teeth whitening gel'],
      good: ['하얀 튜브에 담은 치약', '아침을 여는 양치'],
    },
    {
      id: 'gum-disease',
      pattern: either(
        near(
          '잇몸|치은염|치주|풍치|시린|시[려리린큰]|찌릿|이가\\s?시|찬물|얼음물|아이스크림|충치|치석|치태|[플프]라[그크]|구취|입\\s?냄새|향기로운\\s?(?:키스|숨|입)|입[에속안]*서\\s?(?:나는|풍기)|하수구|(?:마늘|담배|술)\\s?냄새|어금니|흔들리[는던]|법랑질|에나멜|불소',
          `${relief}|튼튼|단단|강화|강해|건강|시큰|붓기|피[를가]?\\s?(?:나|안|멎|멈|보)|출혈|빠[지져]|차[오올]|탱탱|탄탄|붙|채[우워]|되살|분홍|(?<![\\d,])0(?![.\\d])|제로|떨어[져졌지]|안\\s?(?:받|가|생|썩)|아이로|키스|숨`,
          18,
        ),
        /(?:부은\s?잇몸|잇몸(?![^.!?\n]{0,10}(?:닦|문지|쓸|누르|찌르|상하|다치|사이|부드)|까지|에\s?(?:닿|맞|자극)|\s?(?:수술|치료)|에서\s?피|이\s?(?:아프|붓|부었))|백태|치태|치석|풍치|[플프]라[그크]|충치)(?!\s?(?:가|이)?\s?있)|(?:잇몸|이\s?닦을\s?때|양치[^.!?\n]{0,6}|칫솔[^.!?\n]{0,6})[^.!?\n]{0,10}피[를가]?\s?(?:나|보|안|멎|멈|묻|비)|피가\s?(?:멎|멈|안\s?나)|치아[가를]?\s?(?:다시\s?)?(?:단단|튼튼|강화|재생)/u,
        /\b(?:gum disease|gingivitis|cavit(?:y|ies)|plaque|tartar|sensitive teeth)\b/u,
      ),
      evidenceThatAllows: licence(
        '잇몸|치은염|치주|시린|충치|치석|플라그|구취|gum|gingivitis|cavity|plaque|tartar',
      ),
      bad: [
        '잇몸 질환 예방 치약',
        '시린 이 완화',
        '충치를 막아 주는 가글',
        'Fights plaque and gingivitis',
      ],
      good: ['잇몸까지 부드럽게 닿는 칫솔모', '양치 후 개운한 향'],
    },
    {
      id: 'insects',
      pattern: either(
        near(
          '모기|진드기|해충|벌레|바퀴|개미|파리|빈대|나방|개미굴|좀벌레|깔따구|하루살이|날벌레|러브버그|벼룩',
          `${ends}|기피|퇴치|차단|박멸|쫓|죽[이는]|방어|막[아는]|싹|없[애앤이는음다]|얼씬|못\\s?[오살]|살아남|접근|물리지|물릴|안\\s?물|한\\s?마리도|못\\s?[붙들다]|씨를|싫어|안녕|제로|zero|free|해방|초토|몰살|비켜|피해\\s?(?:가|다)|도망|강력|통째|근처|repel|kill`,
          16,
        ),
        /물릴\s?(?:걱정|일)|물리지\s?않|안\s?물[려리]/u,
      ),
      evidenceThatAllows: licence('모기|진드기|해충|바퀴|벌레|insect|mosquito'),
      bad: ['모기 기피 효과 8시간', '바퀴벌레 박멸', '진드기를 막아 주는 스프레이'],
      good: ['캠핑장 여름밤의 향', '나비 무늬 패키지'],
    },
    {
      id: 'filter',
      pattern: either(
        near(
          '먼지|입자|황사|비말|침방울|꽃가루|매연|바이러스|유해\\s?(?:물질|가스)|감염원?|오염\\s?(?:물질|공기)',
          `${ends}|차단|막[아는]|방어|여과|보호|거[르를른]|걸러|필터|지[켜키]|안심|걸릴|\\d[겹중]|겹`,
          16,
        ),
        /kf\s?(?:80|94|99)|\d[겹중]\s?(?:필터|구조|차단|여과)/u,
      ),
      exceptions: [
        /kf\s?(?:80|94|99)(?![^.!?\n]{0,40}(?:차단|막|방어|보호|여과|안심|필터|걸러))[^.!?\n]{0,30}(?:\d+\s?(?:매|장|개입)|포장)/u,
      ],
      evidenceThatAllows: licence('kf|차단|분진|포집|비말|황사|미세\\s?먼지'),
      bad: ['KF94 미세먼지 차단 마스크', '비말을 막아 주는 마스크', '황사 차단'],
      good: ['귀가 편한 마스크 끈', '다섯 가지 색 마스크'],
    },
    {
      id: 'skin-comfort',
      pattern: either(
        near(
          '가려움|가려[운워]|근질|발진|트러블|짓무[름르]|땀띠|따[가갑]움?|쓰라[림린리]|쓸림|(?:피부\\s?)?자극|붉어|물집|알[레러]르[기지]',
          relief,
          16,
        ),
        /(?:전혀|하나도|조금도|절대)\s?(?:[가-힣]{1,3}\s)?(?:안\s)?(?:따갑|따가|가렵|가려|쓰라|아프|자극)|안\s?(?:따가|가려|쓰라|아[프파])|(?:예민|민감)한?\s?(?:[가-힣]{1,4}\s)?(?:피부|두피|잇몸)[가도에는]{0,2}\s?[^.!?\n]{0,14}(?:빨개|붉|괜찮|순한|안심|ok|안전|편안|따가|자극)|(?:흉|흉터|자국)[이가]?\s?(?:안|없|남지)|새살|(?:따갑|가렵|쓰라리|아프|덧나)지\s?(?:않|도)/u,
      ),
      evidenceThatAllows: testOf(
        '가려움|발진|트러블|짓무름|피부',
        '피부 자극',
        'comfort for the skin',
      ),
      bad: ['발진 걱정을 줄인 생리대', '가려움 없애는 순면 커버', '피부 트러블 예방 패드'],
      good: ['생리 기간에도 산뜻하게', '가려움이 나타나면 사용을 중지하세요'],
    },
    {
      id: 'multiple',
      pattern:
        /(?:흡수|지속|보호|차단|세정|효과)[가-힣]{0,2}\s?\d+\s?(?:배|%)|\d+\s?배\s?(?:더\s?)?(?:강력|빠른|오래|흡수|높은|깨끗|뛰어)|\d+\s?시간[^.!?\n]{0,8}(?:지속|유지|보호|차단)|\d+\s?%[^.!?\n]{0,8}(?:감소|개선|제거|억제|만족|향상)|(?:\d+|[두세네]|다섯|여섯|열두)\s?시간\s?(?:뒤에도|후에도|지나도|연속|내내|이상|동안|까지|도|을|착용|롱)[^.!?\n]{0,14}(?:거뜬|상쾌|보송|뽀송|뽀드득|개운|물릴|착용|안심|유지|편안|끄떡|그대로|새지|모기|든든|효과|가능)|(?:반나절|하루\s?종일|온종일|밤새(?:도록)?|아침까지|저녁까지|한나절|24시간)[^.!?\n]{0,16}(?:뽀송|새[요지는]|샘|보송|상쾌|모기|안심|냄새|향|유지|지속|프리|한\s?방울|끄떡|든든)|흡수[력량율]?[이]?\s?(?:최[대고강상]|압도|뛰어|월등|두\s?배|[한두세]\s?배|다르)|(?:한\s?방울|단\s?한\s?번|절대|전혀)[도]?\s?(?:[가-힣]{1,4}\s)?(?:안\s?새|새지|샘)|\d+톤\s?(?:up|업|밝|환)|\d+\s?(?:일|주|분|초|회|번)\s?(?:만에|이면|면(?!서)|안에|컷|완성|만)[^.!?\n]{0,16}(?:끝|상쾌|밝|하[얀얘]|환|톤|달라|변화|효과|싹|뚝|개선|느껴|ok)|\b\d+x (?:more|longer|stronger|faster)/u,
      evidenceThatAllows: testOf(
        '흡수|지속|시간|배|%|hour|absor',
        '배수·시간·비율',
        'the multiple, the hours or the rate',
      ),
      bad: ['흡수력 3배 생리대', '12시간 지속 기피제', '구취 90% 감소'],
      good: ['하루 세 번 양치', '20% 할인'],
    },
  ],
)

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
