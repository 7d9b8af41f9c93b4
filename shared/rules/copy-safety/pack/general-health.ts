import { cautions, stories } from './cautions.ts'
import { family } from './family.ts'
import { illnessClaim } from './food-terms.ts'
import { cold, disc, headache } from './homonyms.ts'

/** Goods that no health law licenses, such as furniture, apps and toys, and that claim to act on the body. */
export const generalHealthRules = family(
  {
    id: 'general.health',
    productTypes: ['general', 'children'],
    law: 'medical_devices_act',
    article: '26(7)',
    item: null,
    severity: 'block',
    exceptions: [...cautions, ...stories],
    evidenceThatAllows: {
      description: {
        ko: '의료기기 허가·인증·신고 번호와 그 사용 목적',
        en: 'The licence number and the intended use as a medical device',
      },
      pattern:
        /(?:의료기기|품목)\s?(?:제조|수입)?\s?(?:허가|인증|신고)|(?:제|수)\s?[허인신]\s?\d|사용\s?목적|medical device (?:licen[cs]e|registration|approval)/u,
    },
  },
  [
    {
      id: 'cure_words',
      pattern:
        /완치|만병\s*통치|불치병|난치병|(?:질병|질환|(?<![가-힣])병|성인병|만성\s*질환)(?:을|를|이|의)?\s*(?:예방|치료|치유|완화|개선|낫|고치|없애)|(?:100|백)\s*(?:%|퍼센트|프로)?\s*치료(?!사)|병원\s*(?:갈\s*(?:일|필요)\s*없|안\s*가도)/u,
      exceptions: [
        /질병을?\s*예방하거나\s*치료하지\s*않\S{0,4}/u,
        /(?:완치|치료)(?:자|되신|\s*중인|받|를?\s*기원)[^.!?\n]{0,14}/u,
        /(?:병|질병)을?\s*(?:다룬|주제로|연구)[^.!?\n]{0,10}/u,
      ],
      explanation: {
        ko: '의료기기가 아닌 제품은 질병을 치료·예방한다고 광고할 수 없습니다.',
        en: 'Goods that are no medical devices may not be advertised as treating or preventing disease.',
      },
      bad: [
        '100% 완치! 세계 최고 1위',
        '만병통치 돌침대',
        '질병을 예방하는 팔찌',
        '병원 갈 필요 없는 매트',
      ],
      good: [
        '완치를 기원하며 수익금을 기부합니다',
        '물리치료사가 쓴 스트레칭 책',
        '병따개를 고치는 것처럼 쉬운 조립',
      ],
    },
    {
      id: 'illness',
      pattern: illnessClaim(
        `(?<![가-힣])암(?=[을이에도까은과엔])|사두증|사경|근시|난시|약시|성조숙증|틱|야뇨증|중이염|장염|감염|심장병|혈관\\s*질환|당뇨|고혈압|혈압|암\\s*세포|치매|관절염|${disc}|오십견|척추\\s*측만증|거북목|일자목|불면증|우울증|${headache}|편두통|비염|천식|아토피|알레르기|여드름|탈모|무좀|변비|수족\\s*냉증|냉증|생리통|요통|근육통|신경통|이명|난청|안구\\s*건조증?|축농증|족저근막염|전립선염?|치질|요실금|하지\\s*정맥류|adhd|자폐|중풍|코로나|${cold}|염증|통증|혈액\\s*순환\\s*장애`,
      ),
      exceptions: [
        /(?:통증|두통|알레르기)[^.!?\n]{0,10}(?:예방\s*수칙|안내서|도감|백과)[^.!?\n]{0,8}/u,
      ],
      explanation: {
        ko: '의료기기가 아닌 제품은 질환이나 증상에 효과가 있다고 광고할 수 없습니다.',
        en: 'Goods that are no medical devices may not claim an effect on an illness or symptom.',
      },
      bad: [
        '불면증이 사라지는 베개',
        '디스크에 좋은 의자',
        '착용 3일이면 수족냉증이 사라져요',
        '아토피를 잡는 공기청정기',
        '두통을 없애 주는 조명',
      ],
      good: [
        '두통이 있을 때는 사용을 중단하세요',
        '감기 조심하세요, 도톰한 기모 후드',
        '통증이 지속되면 의사와 상담하세요',
      ],
    },
    {
      id: 'body_function',
      pattern:
        /잇몸(?:이|을)?\s*[^.!?\n]{0,6}(?:차오|재생|되살|자라)|(?:병|질병|감염|바이러스)(?:에|이|을)?\s*(?:걸릴\s*일이?\s*없|안\s*걸|걱정\s*(?:끝|없|제로)|막아)|(?:몸|신체|마음과\s*몸)(?:을|를)\s*(?:치유|치료|재생)|혈액\s*순환(?:을|이|에)?\s*[^.!?\n]{0,6}?(?:촉진|개선|도움|돕|좋|원활|활발)|혈행\s*(?:개선|촉진)|면역력(?:을|이|에)?\s*[^.!?\n]{0,6}?(?:강화|높|올|증진|키|좋|up)|신진\s*대사(?:를|가)?\s*(?:촉진|활발)|(?:독소|노폐물)(?:을|를)?\s*(?:배출|제거|빼)|체지방(?:을|이)?\s*[^.!?\n]{0,6}?(?:분해|감소|태[우워운울]|연소|빠[지져졌진질집])|(?:셀룰라이트|(?:뱃|군|허벅지|팔뚝|옆구리|종아리|볼|턱|나잇|아랫배|엉덩이|똥배)\s?살|(?<![가-힣])(?<!(?:\d|한|두|세|네|[다여]섯|일곱|여덟|아홉|열|스무|몇)\s?)살)(?:을|이|를|도|만)?\s*[^.!?\n]{0,6}?(?:분해|빠[지져졌진질집]|빼|뺀|뺄|뺐|제거|녹[이여는아]|태[우워운울])|성장판|(?:(?<![가-힣])피|혈액)(?:를|가|이|을)?\s*(?:맑|정화)|세포(?:를|가)?\s*(?:재생|활성)|자율\s*신경(?:을|이)?\s*(?:조절|안정|균형)|시력(?:을|이)?\s*(?:회복|향상|좋아|교정)|휜\s*다리|(?:골반|척추|자세)(?:를|을|이|가)?\s*(?:완벽\s*)?교정(?:해|되|됩|하는|효과)|(?:원적외선|음이온|게르마늄|자기장|파동)(?:이|으로|의|가|에서)?\s*[^.!?\n]{0,12}?(?:건강|순환|치유|효과|개선|면역|해독|통증|피로)/u,
      exceptions: [/(?:교정기|교정\s*(?:부호|원고|작업|기관))[^.!?\n]{0,8}/u],
      explanation: {
        ko: '의료기기가 아닌 제품은 혈액순환·체형 교정 등 신체 기능에 효과가 있다고 광고할 수 없습니다.',
        en: 'Goods that are no medical devices may not claim effects on circulation, posture or other functions of the body.',
      },
      bad: [
        '혈액순환을 돕는 발 매트',
        '음이온이 나와 건강에 좋은 목걸이',
        '휜 다리를 교정해 주는 방석',
        '뱃살을 분해하는 진동 벨트',
        '시력이 회복되는 안경',
      ],
      good: ['순환 버스 시간표 앱', '체지방을 재 주는 체중계', '자세를 바꾸기 쉬운 높이 조절 책상'],
    },
    {
      id: 'english',
      guidelinePage: 'FTC Health Products Compliance Guidance',
      pattern:
        /\b(?:tone|strengthen|reshape|sculpt|detox|cleanse|heal|realign|straighten)(?:s|ing)? your (?:legs|heart|body|core|spine|posture|butt|thighs|organs|gut|muscles|bones|nerves)\b|\b(?:improv|boost|increas|stimulat|enhanc)(?:e|es|ing|s)? (?:your )?(?:blood )?(?:circulation|blood flow|metabolism|immunity|immune system|memory|eyesight|vision|hearing|lymph\w{0,8}|hormones?|fertility)\b|\b(?:burn|melt|blast)(?:s|ing)? (?:fat|calories while)\b|\b(?:lose|losing) weight\b|\b(?:negative ions?|far[- ]infrared|magnetic|tourmaline|germanium|orgone|scalar)\b[^.!?\n]{0,30}\b(?:heal|health|pain|circulation|immun|energy|detox|sleep)\w{0,6}/u,
      explanation: {
        ko: '의료기기가 아닌 제품이 신체 기능에 작용한다는 영어 표현도 금지됩니다.',
        en: 'Goods that are no medical devices may not claim to act on the body, in any language.',
      },
      bad: [
        'Walk in them and tone your legs',
        'Improves blood circulation while you sit',
        'Negative ions for better sleep and health',
        'A mat that realigns your spine',
      ],
      good: ['A mat that rolls up small', 'Improve your chess, one puzzle a day'],
    },
  ],
)
