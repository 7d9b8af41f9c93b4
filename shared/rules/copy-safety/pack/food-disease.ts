import { family } from './family.ts'
import { illnessCautions, illnessClaim } from './food-terms.ts'

/**
 * Food Labelling and Advertising Act art. 8(1) no. 1: no food, a health-functional food included, may be
 * advertised as preventing or treating an illness, its signs or symptoms (Decree, annex 1 no. 1).
 */
export const foodDiseaseRules = family(
  {
    id: 'food',
    productTypes: ['food', 'health_functional_food'],
    law: 'food_labelling_act',
    article: '8(1)',
    item: '1',
    severity: 'block',
    guidelinePage: '시행령 별표 1 제1호',
  },
  [
    {
      id: 'disease.cancer',
      pattern: illnessClaim(
        '(?:대장|위|폐|간|유방|췌장|전립선|갑상선|자궁|혈액)암|암\\s*(?:세포|환자|재발|수술)|종양|(?<![가-힣])암(?=[을에이도의은과엔까\\s(]|만(?:은|이|큼))',
        /항암(?!\s*(?:치료|제를?|중))|(?<![가-힣])암(?:을|도)?\s*(?:이기는|예방|치료|막[아는]|이[겨긴]|고치|낫)|(?<![가-힣])암(?:\([^)]{0,4}\))?\s*(?:걱정|재발)/u,
      ),
      exceptions: illnessCautions,
      explanation: {
        ko: '식품은 암을 예방하거나 치료한다고 광고할 수 없습니다.',
        en: 'A food may not be advertised as preventing or treating cancer.',
      },
      bad: [
        '항암 효과가 뛰어난 차가버섯',
        '매일 한 잔으로 대장암 예방하세요',
        '암세포를 잡는 브로콜리 새싹',
        '암을 이기는 밥상',
      ],
      good: [
        '암 예방의 날 캠페인에 수익금을 기부합니다',
        '암튼 맛있는 떡볶이',
        '이 제품은 암의 예방 및 치료를 위한 의약품이 아닙니다',
        '갑자기 생각나는 암염 초콜릿',
      ],
    },
    {
      id: 'disease.diabetes',
      pattern: illnessClaim(
        '당뇨(?:병|\\s*합병증)?|인슐린\\s*저항성|당\\s*수치|고혈당|혈당\\s*장애',
      ),
      exceptions: illnessCautions,
      explanation: {
        ko: '식품은 당뇨를 예방·치료·개선한다고 광고할 수 없습니다.',
        en: 'A food may not be advertised as preventing, treating or improving diabetes.',
      },
      bad: [
        '당뇨에 좋은 여주차',
        '당뇨병 걱정 끝, 돼지감자환',
        '마시기만 했는데 당뇨가 나았어요',
        '당뇨를 잡는 아침 한 포',
      ],
      good: [
        '당뇨 환자는 섭취 전 의사와 상담하세요',
        '당뇨를 치료하는 제품이 아닙니다',
        '당도 12브릭스 이상 선별 배송',
      ],
    },
    {
      id: 'disease.cardiovascular',
      pattern: illnessClaim(
        '고혈압|저혈압|동맥\\s*경화|심근\\s*경색|협심증|뇌졸중|뇌경색|뇌출혈|중풍|고지혈증|이상지질혈증|심장병|심혈관\\s*질환|혈전|혈압(?=\\s*강하)|부정맥|동맥|고지혈',
      ),
      exceptions: illnessCautions,
      explanation: {
        ko: '식품은 고혈압·뇌졸중 같은 순환기 질환을 예방·치료한다고 광고할 수 없습니다.',
        en: 'A food may not be advertised as preventing or treating diseases of the heart and blood vessels.',
      },
      bad: [
        '고혈압을 낮춰주는 양파즙',
        '동맥경화 예방에 탁월한 들기름',
        '뇌졸중 막는 하루 한 스푼',
        '중풍 예방의 명약',
      ],
      good: ['고혈압 환자는 나트륨 함량을 확인하고 주의해 드세요', '혈기 왕성한 청춘의 매운 라면'],
    },
    {
      id: 'disease.joints_bones',
      pattern: illnessClaim(
        '관절염|류마티스|류머티즘|골다공증|(?:목|허리)\\s*디스크|오십견|통풍|좌골\\s*신경통|인공\\s*관절|척추\\s*(?:질환|측만증)|족저근막염|근육통|담\\s*걸린|퇴행성\\s*(?:질환|관절)|신경통|요통|골절',
      ),
      exceptions: [
        ...illnessCautions,
        /(?:골다공증|충치)\s*발생\s*위험\s*감소에?\s*도움을?\s*(?:줌|줍니다|줄\s*수\s*있\S{0,3})/u,
        /통풍이?\s*잘\s*[되돼][^.!?\n]{0,24}/u,
      ],
      explanation: {
        ko: '식품은 관절염·골다공증 같은 질환을 예방·치료한다고 광고할 수 없습니다.',
        en: 'A food may not be advertised as preventing or treating diseases of joints and bones.',
      },
      bad: [
        '관절염에 특효인 우슬즙',
        '골다공증 예방하는 멸치칩',
        '통풍 잡는 체리즙',
        '신경통이 사라지는 홍화씨환',
      ],
      good: [
        '통풍이 잘되는 서늘한 곳에 보관하세요',
        '관절염을 치료하는 약이 아닙니다',
        '통풍 잘되는 창고에서 숙성해 좋은 향',
      ],
    },
    {
      id: 'disease.brain_mind',
      pattern: illnessClaim(
        '치매|알츠하이머|파킨슨|우울증|불면증|공황\\s*장애|불안\\s*장애|adhd|자폐|틱\\s*장애|간질|뇌전증',
      ),
      exceptions: illnessCautions,
      explanation: {
        ko: '식품은 치매·우울증·불면증 같은 질환을 예방·치료한다고 광고할 수 없습니다.',
        en: 'A food may not be advertised as preventing or treating dementia, depression, insomnia and the like.',
      },
      bad: [
        '치매 예방에 좋은 호두',
        '불면증이 싹 사라지는 대추차',
        '우울증 극복을 돕는 한 잔, 우울증에 좋아요',
        'ADHD 아이에게 효과 본 영양제, ADHD 개선',
      ],
      good: [
        '치매 예방의 날 성금으로 기부됩니다',
        '우울한 날엔 달콤한 초콜릿',
        '잠 못 드는 밤, 따뜻한 대추차 한 잔',
      ],
    },
    {
      id: 'disease.respiratory',
      pattern: illnessClaim(
        '감기|독감|인플루엔자|코로나\\s*(?:19|바이러스|감염)|코로나(?=를|\\s*예방|에\\s)|폐렴|기관지염|천식|비염|축농증|중이염|편도(?:염|결석)|인후염|구내염|후두염|결핵|메르스|노로\\s*바이러스|바이러스\\s*(?:감염)?|호흡기\\s*질환',
        /(?:감기|몸살)\s*(?:기운|기)?(?:이)?\s*(?:있을|올|들었을|걸렸을|걸릴)\s*때/u,
      ),
      exceptions: illnessCautions,
      explanation: {
        ko: '식품은 감기·비염·감염병을 예방·치료한다고 광고할 수 없습니다.',
        en: 'A food may not be advertised as preventing or treating colds, rhinitis or infections.',
      },
      bad: [
        '감기 예방엔 역시 생강청',
        '환절기 비염 잡는 작두콩차',
        '코로나 예방에 효과적인 김치',
        '천식이 좋아지는 도라지배즙',
      ],
      good: [
        '감기 조심하세요, 따뜻한 유자차',
        '감기 걸린 날 생각나는 죽 한 그릇',
        '코로나 맥주와 어울리는 나초',
      ],
    },
    {
      id: 'disease.digestive_liver',
      pattern: illnessClaim(
        '위염|위궤양|역류성\\s*식도염|장염|대장염|과민성\\s*(?:대장|장)|변비|설사|치질|간염|간경화|간경변|지방간|담석|헬리코박터|소화\\s*불량|위장병|식중독(?:균)?|대장균|장\\s*누수|췌장염|담낭염|맹장|충치|치은염|잇몸병|비만|소아\\s*비만',
      ),
      exceptions: illnessCautions,
      explanation: {
        ko: '식품은 위염·변비·지방간 같은 질환을 예방·치료한다고 광고할 수 없습니다.',
        en: 'A food may not be advertised as preventing or treating gastritis, constipation, fatty liver and the like.',
      },
      bad: [
        '변비 탈출! 아침 푸룬주스',
        '역류성 식도염에 좋은 양배추즙',
        '지방간 개선 밀크씨슬차',
        '위염이 낫는 마즙',
      ],
      good: [
        '과다 섭취 시 설사 증상이 있을 수 있으니 주의하세요',
        '변비약이 아닌 식이섬유 음료입니다',
      ],
    },
    {
      id: 'disease.skin_allergy',
      pattern: illnessClaim(
        '아토피|알레르기|알러지|건선|습진|두드러기|여드름|무좀|대상포진|탈모(?:증)?|피부염|사마귀|백반증|안면\\s*홍조|다한증|켈로이드|화상|흉터',
      ),
      exceptions: [...illnessCautions, /알레르기\s*(?:유발|반응|체질인|표시|물질)[^.!?\n]{0,24}/u],
      explanation: {
        ko: '식품은 아토피·알레르기·탈모 같은 질환을 개선한다고 광고할 수 없습니다.',
        en: 'A food may not be advertised as improving atopy, allergies, hair loss and the like.',
      },
      bad: [
        '아토피에 좋은 어성초차',
        '먹어서 고치는 여드름',
        '알레르기 체질 졸업, 알레르기 완화 유산균',
        '탈모 예방 검은콩 두유',
      ],
      good: [
        '알레르기 유발물질: 우유, 대두, 밀 함유',
        '알레르기 체질인 분은 원료를 확인해 주의하세요',
      ],
    },
    {
      id: 'disease.urinary_womens',
      pattern: illnessClaim(
        '전립선\\s*(?:염|비대증?|질환)|방광염|요실금|신부전|신장\\s*(?:병|질환)|요로\\s*결석|생리통|생리\\s*불순|자궁\\s*(?:근종|내막증)|다낭성|난임|불임|질염|갱년기\\s*(?:증상|장애|증후군)|빈혈|성조숙증|조산|유산(?=\\s*(?:예방|방지))|성\\s*장애|발기\\s*부전|조루|야뇨증|갑상선(?:염|\\s*질환|\\s*항진증)?',
      ),
      exceptions: illnessCautions,
      explanation: {
        ko: '식품은 비뇨기·부인과 질환이나 빈혈을 예방·치료한다고 광고할 수 없습니다.',
        en: 'A food may not be advertised as preventing or treating urinary or gynaecological conditions or anaemia.',
      },
      bad: [
        '방광염에 효과적인 크랜베리주스',
        '생리통이 사라지는 쑥차',
        '난임 극복을 돕는 한 포, 난임에 좋은 석류즙',
        '빈혈 예방 선지국',
      ],
      good: ['생리통이 있는 분은 의사와 상담하세요', '전립선암 환우회 후원 캠페인'],
    },
    {
      id: 'disease.eyes_ears',
      pattern: illnessClaim(
        '백내장|녹내장|황반\\s*변성|안구\\s*건조증?|노안|비문증|이명|난청|메니에르',
      ),
      exceptions: illnessCautions,
      explanation: {
        ko: '식품은 눈과 귀의 질환을 예방·치료한다고 광고할 수 없습니다.',
        en: 'A food may not be advertised as preventing or treating diseases of eyes and ears.',
      },
      bad: [
        '백내장 예방하는 블루베리',
        '황반변성에 좋은 케일즙',
        '이명이 사라졌어요, 산수유환',
        '노안 개선 결명자차',
      ],
      good: ['백내장 수술 후에는 의사와 상담 후 드세요', '지은이 이명희의 건강 밥상'],
    },
  ],
)
