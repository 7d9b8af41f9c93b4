import { family } from './family.ts'

/** Advertising to children and for their goods. */
export const childrenRules = family(
  {
    id: 'children',
    productTypes: ['children'],
    law: 'broadcast_ad_review_rule',
    article: '23',
    item: null,
    severity: 'block',
    guidelinePage: '방송광고심의에 관한 규정 제23조(어린이·청소년)',
  },
  [
    {
      id: 'exhortation',
      productTypes: 'all',
      pattern:
        /(?:엄마|아빠|부모님|할머니|할아버지|어른|이모|삼촌)(?:한테|에게|께|를|을|보고|도|께\s?꼭|한테\s?꼭)\s?[^.!?\n]{0,8}?(?:사\s?달라|사달라|조르|졸라|조를|떼를?\s?(?:써|쓰)|부탁해|말해\s?(?:봐|줘|보)|보여\s?(?:줘|주고)\s?(?:사|졸)|사\s?주세요\s?(?:해|라고))|(?:얘들아|친구들|어린이\s?(?:여러분|친구들)|꼬마\s?친구들|애들아)[^.!?\n]{0,20}?(?:사(?:자|렴|봐|세요|러\s?(?:가|와)|야\s?해)|사\s?달라|졸라|구매해|주문해|모두\s?모아|모아\s?(?:봐|보자)|가지고\s?싶|갖고\s?싶|빨리\s?(?:가|와|사))|용돈(?:을|으로|만)?\s?[^.!?\n]{0,8}?(?:모아(?:서)?\s?(?:사|구매)|사(?:자|세요|봐)|털어|충전)/u,
      exceptions: [/(?:부모님|엄마|아빠)께?\s?(?:안부|사랑|감사|선물)[^.!?\n]{0,14}/u],
      explanation: {
        ko: '어린이에게 직접 사라고 하거나 부모를 조르게 하는 광고는 금지됩니다.',
        en: 'Urging children to buy, or to pester their parents, is banned.',
      },
      bad: [
        '엄마한테 사 달라고 해!',
        '얘들아, 지금 사러 가자',
        '부모님을 졸라 봐',
        '친구들, 모두 모아 보자! 빨리 사야 해',
        '용돈 모아서 사자',
      ],
      good: [
        '부모님께 사랑을 전하세요',
        '엄마와 함께 만드는 종이접기',
        '어린이 친구들의 그림을 전시합니다',
      ],
    },
    {
      id: 'peer_pressure',
      productTypes: 'all',
      pattern:
        /(?:나만|너만|우리\s?아이만|내\s?아이만)\s?[^.!?\n]{0,8}?(?:없(?:어|으면|다면|는|니|나요)|뒤처|소외|못\s?가진)|(?:없으면|안\s?사면|안\s?가지면|못\s?가지면|안\s?입으면)\s?[^.!?\n]{0,8}?(?:왕따|따돌림|놀림|찐따|아싸|창피|부끄|인기\s?없|친구(?:가|들이)?\s?(?:없|놀려|안\s?놀))|(?:친구들|반\s?친구|짝꿍)(?:은|이|도)?\s?[^.!?\n]{0,6}?(?:다\s?(?:있는데|갖고|가졌|샀는데)|모두\s?(?:가진|갖고|샀)|부러워(?:할|하)|부러움)|인싸\s?(?:되|필수|템\s?없으면)|반에서\s?(?:제일|가장)\s?(?:인기|멋)/u,
      exceptions: [/나만\s?없어\s?고양이[^.!?\n]{0,8}/u],
      explanation: {
        ko: '없으면 놀림을 받거나 뒤처진다고 하는 광고는 어린이의 정서를 해칩니다.',
        en: 'Suggesting that a child without it is mocked or left behind is banned.',
      },
      bad: [
        '친구들은 다 있는데 나만 없어?',
        '없으면 왕따 되는 카드',
        '반 친구가 부러워할 신발',
        '우리 아이만 뒤처지게 두시겠어요',
      ],
      good: ['친구들과 함께 노는 보드게임', '친구에게 양보하는 마음'],
    },
    {
      id: 'food_premium',
      productTypes: ['food', 'children'],
      law: 'childrens_diet_act',
      article: '10(1)',
      guidelinePage: null,
      pattern:
        /(?:장난감|피규어|스티커|띠부씰|딱지|카드|캐릭터\s?(?:굿즈|인형|카드|스티커)?|인형|굿즈|포토카드|완구|키링|연예인\s?사진)(?:을|를|이|도|까지|가)?\s?(?:\d+\s?종\s?)?(?:랜덤\s?)?[^.!?\n]{0,6}?(?:증정|무료|공짜|드려|드립|선물|덤|끼워|받(?:자|아|으)|들어\s?있|따라\s?(?:와|온)|쏙|동봉|함께\s?드)|(?:사면|먹으면|구매하면|주문하면|세트에)\s?[^.!?\n]{0,8}?(?:장난감|피규어|스티커|띠부씰|딱지|인형|포토카드|완구|키링)/u,
      exceptions: [
        /(?:건전지|설명서|파츠)[^.!?\n]{0,12}/u,
        /(?:장난감|인형|완구|피규어)\s?(?:구매|주문|세트|정리|세척|대여)[^.!?\n]{0,16}(?:무료|증정|선물|함께)[^.!?\n]{0,8}/u,
      ],
      explanation: {
        ko: '어린이 기호식품 광고에서 장난감 등을 무료로 준다고 할 수 없습니다(어린이식생활법 제10조).',
        en: 'Ads for children’s favourite foods may not offer toys for nothing.',
      },
      bad: [
        '햄버거 세트 사면 장난감 증정',
        '띠부씰이 들어 있는 빵, 띠부씰 무료',
        '과자 속 캐릭터 스티커를 모아 보자, 캐릭터 스티커 증정',
        '먹으면 피규어를 드려요',
      ],
      good: ['견과류를 곁들인 어린이 도시락', '인형 정리함 무료 배송', '놀이방을 갖춘 가족 식당'],
    },
    {
      id: 'food_unbalanced',
      productTypes: ['food', 'children'],
      law: 'childrens_diet_act',
      article: '10(2)',
      guidelinePage: null,
      pattern:
        /(?:과자|사탕|초콜릿|젤리|탄산\s?음료|콜라|아이스크림|햄버거|라면|피자|도넛|쿠키|음료수?)(?:를|을|로|만|으로|이면|만으로|면)?\s?[^.!?\n]{0,10}?(?:밥\s?대신|식사\s?(?:대신|대용|끝|해결)|한\s?끼(?:\s?(?:해결|끝|대용))|매일\s?(?:먹|마시)|튼튼해|키가|건강해|쑥쑥|머리가\s?좋|힘이\s?(?:세|솟)|영양\s?만점|배\s?터지게|마음껏\s?먹)|(?:밥|식사)\s?대신\s?[^.!?\n]{0,8}?(?:과자|사탕|초콜릿|젤리|콜라|아이스크림|라면|쿠키|도넛)/u,
      explanation: {
        ko: '고열량·저영양 식품을 식사를 대신하거나 몸에 좋은 것처럼 어린이에게 광고할 수 없습니다.',
        en: 'High-calorie, low-nutrition food may not be advertised to children as a meal or as healthy.',
      },
      bad: [
        '밥 대신 초콜릿',
        '매일 먹는 젤리로 튼튼해져요, 젤리 매일 먹고 쑥쑥',
        '콜라 마시면 힘이 솟아',
        '과자만으로 한 끼 해결',
      ],
      good: ['간식은 적당히, 밥을 먼저 먹어요', '과일 한 조각의 달콤함'],
    },
    {
      id: 'caffeine',
      productTypes: ['food', 'children', 'health_functional_food'],
      law: 'childrens_diet_act',
      article: '10(2)',
      guidelinePage: null,
      pattern:
        /(?:어린이|초등학생|중학생|고등학생|청소년|수험생|학생|아이)(?:들|도|을\s?위한|의|에게|용|이)?\s?[^.!?\n]{0,12}?(?:고카페인|카페인|에너지\s?(?:드링크|음료)|각성)(?:를|을|으로|로)?|(?:고카페인|에너지\s?(?:드링크|음료)|카페인)[^.!?\n]{0,14}?(?:수험생|청소년|학생|어린이|아이)(?:도|들|의|에게|에)?[^.!?\n]{0,8}?(?:추천|필수|좋|집중|밤새|밤샘|각성|응원)|(?:밤샘|밤새)\s?(?:공부|벼락치기)[^.!?\n]{0,8}?(?:카페인|에너지|음료|젤리|드링크)/u,
      exceptions: [
        /(?:어린이|청소년|임산부|학생)[^.!?\n]{0,20}(?:섭취에?\s?주의|주의|피하|금지|삼가|마시지)[^.!?\n]{0,8}/u,
        /[^.!?\n]{0,14}(?:무카페인|디카페인|카페인\s?(?:없|프리|0))[^.!?\n]{0,14}/u,
      ],
      explanation: {
        ko: '고카페인 음료를 어린이·청소년에게 권하는 광고는 제한됩니다.',
        en: 'High-caffeine drinks may not be recommended to children and adolescents.',
      },
      bad: ['수험생 필수 고카페인 음료', '청소년을 위한 에너지드링크', '밤샘 공부엔 카페인 젤리'],
      good: ['어린이, 임산부, 카페인 민감자는 섭취에 주의하세요', '아이도 마시는 무카페인 보리차'],
    },
    {
      id: 'toy_reality',
      law: 'fair_labelling_act',
      article: '3(1)',
      item: '1',
      guidelinePage: null,
      severity: 'needs_evidence',
      pattern:
        /(?:진짜(?:로)?|실제(?:로)?|정말(?:로)?|스스로)\s?[^.!?\n]{0,6}?(?:하늘을?\s?(?:날|나는)|날아(?:다니|가|올)|날\s?수|살아\s?(?:움직|있)|변신(?:해|하는|이\s?되)|말을?\s?(?:알아듣|하는)|투명해|불을?\s?(?:뿜|쏘)|번개|마법을?\s?(?:부리|쓰))|(?:입기만|차기만|신기만|가지기만|들기만)\s?하면\s?[^.!?\n]{0,14}?(?:날|변신|영웅|무적|초능력|슈퍼|강해|빨라|힘이)|(?:무적|천하무적|최강)의?\s?(?:로봇|파워|변신|장난감|팽이|카드|검|히어로)|초능력(?:이|을)?\s?(?:생|얻|갖)/u,
      evidenceThatAllows: {
        description: {
          ko: '실제 작동 모습·성능을 보이는 자료(연출임을 밝힌 영상 포함)',
          en: 'Proof of what the toy really does, staging disclosed',
        },
        pattern:
          /(?:연출|실제\s?작동|시연|성능)[^\n]{0,40}(?:영상|시험|확인|고지|표시)|actual (?:operation|performance)/u,
      },
      explanation: {
        ko: '장난감을 실제보다 크게 움직이거나 힘이 생기는 것처럼 보이게 할 수 없습니다.',
        en: 'A toy may not be shown as more than it is, or as giving powers.',
      },
      bad: [
        '진짜로 하늘을 나는 망토',
        '입기만 하면 슈퍼 영웅',
        '스스로 살아 움직이는 공룡',
        '천하무적 로봇 팽이, 무적의 팽이',
      ],
      good: ['태엽을 감으면 걷는 로봇', '상상력을 펼치는 블록 놀이'],
    },
    {
      id: 'development',
      law: 'fair_labelling_act',
      article: '3(1)',
      item: '1',
      guidelinePage: null,
      severity: 'needs_evidence',
      pattern:
        /(?:iq|아이큐|지능|두뇌|뇌|창의력|집중력|사고력|언어\s?(?:능력|발달)|학습\s?능력|문해력|수학\s?머리|영재성?|천재성?|eq|감성\s?지수)(?:을|를|이|가|의|까지|도)?\s?[^.!?\n]{0,8}?(?:높|올|향상|발달|쑥쑥|키워|키우|자라|상승|up(?![a-z])|2배|두\s?배|폭발|좋아|깨우|개발|계발|길러)|(?:영재|천재|우등생|1등|서울대)(?:로|가|를|이)?\s?(?:만드는|만들|되는|키우는|자라|로\s?키)|(?:말이\s?(?:빨라|늦은)|말문이\s?트이)/u,
      evidenceThatAllows: {
        description: {
          ko: '발달·학습 효과를 보인 연구나 시험',
          en: 'A study or test of the effect on development or learning',
        },
        pattern:
          /(?:연구|시험|논문|효과\s?검증|평가)[^\n]{0,60}(?:발달|창의력|집중력|언어|학습|아동|유아)|(?:발달|창의력|집중력|언어|학습)[^\n]{0,60}(?:연구|시험|논문|검증)|(?:study|trial)[^\n]{0,40}(?:child|learning)/u,
      },
      explanation: {
        ko: '지능·두뇌 발달 효과를 내세우려면 실증 자료가 있어야 합니다.',
        en: 'Effects on intelligence or development need a study.',
      },
      bad: [
        '아이큐가 쑥쑥 올라가는 블록',
        '두뇌 발달에 좋은 모빌, 두뇌를 깨우는 교구',
        '영재로 키우는 한글 카드',
        '창의력을 두 배로 키워 주는 퍼즐',
      ],
      good: ['온 가족이 즐기는 퍼즐', '색깔 이름을 배우는 그림책'],
    },
    {
      id: 'safety_claims',
      law: 'childrens_products_act',
      article: '17',
      guidelinePage: null,
      severity: 'needs_evidence',
      pattern:
        /(?:입에\s?(?:넣어도|물어도|물고)|빨아도|삼켜도|물고\s?빨아도|먹어도)\s?[^.!?\n]{0,8}?(?:안전|안심|괜찮|무해|ok)|(?:kc|안전)\s?(?:인증|확인|마크)(?:을|를)?\s?(?:완료|받은|획득|통과|필|제품|마친|$|[!.])|(?:질식|끼임|삼킴|사고|낙상|화상)\s?(?:위험|걱정)(?:이|도|은)?\s?(?:없|제로|0|끝)|(?:신생아|아기|아이|유아)(?:에게|도|가|한테)?\s?[^.!?\n]{0,6}?(?:100\s?%|절대|가장|제일|무조건)\s?안전/u,
      evidenceThatAllows: {
        description: {
          ko: 'KC 안전인증·안전확인 번호와 시험성적서',
          en: 'The KC safety certificate or confirmation number and test report',
        },
        pattern:
          /(?:kc|안전\s?(?:인증|확인)|공급자\s?적합성)[^\n]{0,40}(?:번호|[a-z]{1,2}\d{2,}|\d{4,}|성적서|신고)|(?:astm f963|en ?71|cpsia)[^\n]{0,40}/u,
      },
      explanation: {
        ko: '어린이제품의 안전 표현은 KC 인증·확인과 시험 결과로 뒷받침되어야 합니다.',
        en: 'Safety of children’s products has to rest on the KC certificate and tests.',
      },
      bad: [
        '입에 넣어도 안전한 치발기',
        'KC 인증 완료 장난감',
        '질식 위험 없는 베개',
        '아기에게 100% 안전',
      ],
      good: [
        '보호자의 감독 아래 사용하세요',
        '36개월 미만은 사용하지 마세요',
        '작은 부품이 있어 삼킴 위험이 있습니다',
      ],
    },
    {
      id: 'unsupervised',
      law: 'childrens_products_act',
      article: '31',
      guidelinePage: null,
      pattern:
        /(?:혼자|아이\s?혼자|아이끼리|부모(?:님)?\s?없이|보호자\s?없이|엄마\s?없이|어른\s?없이)\s?[^.!?\n]{0,12}?(?:놀아도|둬도|두어도|목욕|수영|물놀이|타도|써도|자도|사용해도|요리해도|마음껏|안전|안심|걱정\s?(?:없|끝))|(?:눈을\s?떼도|안\s?봐도|지켜보지\s?않아도|신경\s?쓰지\s?않아도)\s?[^.!?\n]{0,8}?(?:안전|안심|괜찮|ok|걱정\s?없)/u,
      exceptions: [
        /(?:혼자|보호자\s?없이)[^.!?\n]{0,16}(?:마세요|금지|않도록|위험|주의)[^.!?\n]{0,6}/u,
      ],
      explanation: {
        ko: '보호자의 감독 없이 써도 안전하다는 광고는 어린이를 위험하게 합니다.',
        en: 'Safe without an adult’s supervision endangers children.',
      },
      bad: [
        '아이 혼자 목욕해도 안심',
        '눈을 떼도 안전한 욕조',
        '보호자 없이 마음껏 물놀이',
        '혼자 둬도 걱정 없는 바운서',
      ],
      good: ['보호자 없이 사용하지 않도록 주의하세요', '혼자서도 신을 수 있는 벨크로 운동화'],
    },
    {
      id: 'height',
      productTypes: ['children', 'general'],
      law: 'fair_labelling_act',
      article: '3(1)',
      item: '1',
      guidelinePage: null,
      pattern:
        /키\s?(?:크는|커지는|성장|가\s?(?:쑥쑥|크|커|자라|\d+\s?cm))[^.!?\n]{0,10}?(?:운동|기구|매트|베개|신발|의자|점프|밴드|깔창|침대|기기|마사지|비결|스트레칭|프로그램|보장)?|(?:성장판|숨은\s?키)(?:을|를|이)?\s?(?:자극|열|깨우|찾|늘)|\d+\s?cm\s?(?:더\s?)?(?:컸|큰다|커지|클\s?수|성장)/u,
      exceptions: [
        /(?:매출|기업|회사|브랜드|함께|마음)[^.!?\n]{0,4}성장[^.!?\n]{0,8}/u,
        /키\s?(?:보드|링|오스크)[^.!?\n]{0,8}/u,
        /키\s?크는\s?(?:나무|화분|식물)[^.!?\n]{0,6}/u,
      ],
      explanation: {
        ko: '키가 큰다고 하는 기구·프로그램 광고는 거짓·과장으로 금지됩니다.',
        en: 'Devices or programmes that make children taller are falsely advertised.',
      },
      bad: [
        '키 크는 점프 매트',
        '성장판을 자극하는 깔창',
        '3개월에 5cm 컸어요',
        '숨은 키를 찾아 주는 의자',
      ],
      good: ['키링 만들기 체험', '키 재기 스티커로 추억을 남겨요'],
    },
    {
      id: 'personal_data',
      productTypes: 'all',
      law: 'personal_information_act',
      article: '22-2',
      guidelinePage: null,
      pattern:
        /(?:어린이|친구들|얘들아|초등학생|아이들|여러분의?\s?학교|너의?|꼬마)[^.!?\n]{0,30}?(?:이름|주소|전화번호|학교|사진|연락처|생년월일|엄마\s?(?:카드|번호|폰))(?:을|를|이랑|과|와)?\s?[^.!?\n]{0,12}?(?:적어|보내|알려|입력|올려|남겨)|(?:부모님|엄마|아빠)\s?(?:몰래|동의\s?없이|허락\s?없이|모르게)\s?[^.!?\n]{0,14}?(?:가입|신청|결제|구매|입력|주문|등록|충전)?/u,
      exceptions: [
        /(?:법정\s?대리인|보호자|부모님)의?\s?동의(?:를|가|\s?후|\s?하에)[^.!?\n]{0,20}/u,
      ],
      explanation: {
        ko: '14세 미만 아동의 개인정보는 법정대리인의 동의 없이 받을 수 없습니다.',
        en: 'Personal data of children under 14 may not be collected without a guardian’s consent.',
      },
      bad: [
        '친구들, 이름과 전화번호를 보내면 선물을 줄게',
        '부모님 몰래 가입하세요',
        '얘들아 학교랑 주소를 적어 줘',
        '엄마 허락 없이 충전',
      ],
      good: ['보호자의 동의를 받은 어린이만 응모할 수 있습니다', '아이 이름을 새긴 도시락통'],
    },
    {
      id: 'random_box',
      productTypes: 'all',
      law: 'ecommerce_act',
      article: '21(1)',
      item: '1',
      guidelinePage: null,
      severity: 'needs_evidence',
      pattern:
        /(?:랜덤|미스터리|럭키|시크릿)\s?(?:박스|백|뽑기|캡슐|카드팩|팩)(?:에서|로|을|를|이|의|\s?(?:오픈|이벤트|한정|출시|구매|대박|당첨|$|[!.]))?|확률형\s?(?:아이템|상품|뽑기)|(?:뽑기|가챠)(?:로|에서|만\s?하면)?\s?[^.!?\n]{0,10}?(?:대박|레어|전설|희귀|한정|당첨|도전|득템)/u,
      evidenceThatAllows: {
        description: {
          ko: '구성품과 나올 확률의 표시',
          en: 'Disclosure of the contents and the odds',
        },
        pattern: /(?:확률|구성품|당첨률)[^\n]{0,60}(?:\d|공개|표시|고지|동일)|odds[^\n]{0,30}\d/u,
      },
      explanation: {
        ko: '확률형 상품은 구성품과 확률을 밝혀야 합니다.',
        en: 'Chance-based goods have to disclose contents and odds.',
      },
      bad: [
        '럭키박스 대박 당첨!',
        '랜덤박스 오픈',
        '뽑기로 전설 카드 득템',
        '미스터리 박스 한정 출시',
      ],
      good: ['랜덤 재생 기능을 갖춘 스피커', '뽑기 쉬운 티슈 케이스'],
    },
  ],
)
