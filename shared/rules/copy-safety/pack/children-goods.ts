import { family } from './family.ts'

/** Goods and services for children: what they can, and how safe they are. */
export const childrenGoodsRules = family(
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
        /(?:iq|아이큐|지능|두뇌|뇌|창의력|집중력|사고력|언어\s?(?:능력|발달)|학습\s?능력|문해력|수학\s?머리|영재성?|천재성?|eq|감성\s?지수)(?:을|를|이|가|의|까지|도)?\s?[^.!?\n]{0,8}?(?:높|올|향상|발달|쑥쑥|키워|키우|자라|상승|up(?![a-z])|2배|두\s?배|폭발|좋아|깨우|개발|계발|길러)|(?:영재|천재|우등생|1등|서울대|의대|명문대)(?:로|가|를|이|에)?\s?(?:갑|가는|보내|만드는|만들|되는|됩|된다|돼요|키우는|자라|로\s?키)|(?:말이\s?(?:빨라|늦은)|말문이\s?트이)/u,
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
        /(?:자리를\s?비워도|한눈\s?팔아도|잠깐\s?둬도|맡기고\s?외출)[^.!?\n]{0,14}|(?:헬멧|안전벨트|보호대|구명조끼)(?:이|가|은|는)?\s?(?:필요\s?없|없어도|안\s?해도)|(?:혼자|아이\s?혼자|아이끼리|부모(?:님)?\s?없이|보호자\s?없이|엄마\s?없이|어른\s?없이)\s?[^.!?\n]{0,12}?(?:놀아도|둬도|두어도|목욕|수영|물놀이|타도|써도|자도|사용해도|요리해도|마음껏|안전|안심|걱정\s?(?:없|끝))|(?:눈을\s?떼도|안\s?봐도|지켜보지\s?않아도|신경\s?쓰지\s?않아도)\s?[^.!?\n]{0,8}?(?:안전|안심|괜찮|ok|걱정\s?없)/u,
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
        /(?<![가-힣])키\s?(?:크는|커지는|성장|가\s?(?:쑥쑥|크(?!고)|크고[^.!?\n]{0,10}(?:자라|튼튼|건강)|커|자라|\d{1,8}\s?cm))[^.!?\n]{0,10}?(?:운동|기구|매트|베개|신발|의자|점프|밴드|깔창|침대|기기|마사지|비결|스트레칭|프로그램|보장)?|(?:성장판|숨은\s?키)(?:을|를|이)?\s?(?:자극|열|깨우|찾|늘)|\d{1,8}\s?cm\s?(?:더\s?)?(?:컸|큰다|커지|클\s?수|성장)/u,
      exceptions: [
        /(?:매출|기업|회사|브랜드|함께|마음)[^.!?\n]{0,4}성장[^.!?\n]{0,8}/u,
        /키\s?(?:보드|링|오스크)[^.!?\n]{0,8}/u,
        /키가?\s?(?:크|커|자라)(?:면|도|더라도|고\s?나면|ㄴ\s?만큼|는\s?만큼|서\s?작아)/u,
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
        /(?:어린이|친구들|얘들아|초등학생|아이들|여러분의?\s?학교|너의?|꼬마)[^.!?\n]{0,30}?(?:이름|주소|전화번호|학교|사진|연락처|생년월일|엄마\s?(?:카드|번호|폰))(?:을|를|이랑|과|와)?\s?[^.!?\n]{0,12}?(?:적어|보내|알려|입력|올려|남겨)|(?:부모님|엄마|아빠)\s?(?:의\s?)?(?:카드|핸드폰|휴대폰|폰|지갑|비밀번호|통장)(?:로|를|만|의|을)?\s?[^.!?\n]{0,8}?(?:번호|알면|누르|결제|써|쓰|입력|꺼내|빌려|사)|(?:부모님|엄마|아빠)\s?(?:몰래|동의\s?없이|허락\s?없이|모르게)\s?[^.!?\n]{0,14}?(?:가입|신청|결제|구매|입력|주문|등록|충전)?/u,
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
