import { family } from './family.ts'

/** Reviews, endorsements and hidden sponsorship: art. 3(1) nos. 1 and 2, and the KFTC's endorsement guideline. */
export const testimonialRules = family(
  {
    id: 'general',
    productTypes: 'all',
    law: 'fair_labelling_act',
    article: '3(1)',
    item: '2',
    severity: 'needs_evidence',
    guidelinePage: '추천·보증 등에 관한 표시·광고 심사지침',
  },
  [
    {
      id: 'endorsement.own_money',
      pattern:
        /내\s?돈\s?내\s?산|내\s?돈\s?주고\s?(?:산|샀|사)|(?:직접|제|내)\s?돈(?:으로|\s?주고)\s?(?:사서|산|구매|샀)|(?:협찬|광고|뒷광고|대가)\s?(?:이|가|은|는)?\s?(?:아닌|아니(?:고|에요|라)|아님|전혀\s?없는|없는|x|노노|ㄴㄴ|받지\s?않은)\s?[^.!?\n]{0,8}?(?:찐|진짜|리얼|솔직|순수)?\s?(?:후기|리뷰|추천|사용기)/u,
      evidenceThatAllows: {
        description: {
          ko: '작성자가 대가 없이 구매해 썼다는 사실(구매 내역)',
          en: 'Proof that the author bought it without any consideration (order record)',
        },
        pattern:
          /(?:내돈내산|실구매|구매\s?내역|구매\s?확인|영수증)[^\n]{0,40}(?:확인|인증|보유|첨부|동의)|verified purchase/u,
      },
      explanation: {
        ko: "광고주가 만든 문구에 '내돈내산'을 쓰면 경제적 이해관계를 숨기는 기만 광고가 됩니다.",
        en: 'Bought with my own money in an advertiser’s copy hides the commercial interest.',
      },
      bad: [
        '내돈내산 찐후기',
        '제 돈 주고 산 솔직 리뷰',
        '광고 아닌 진짜 후기',
        '협찬 아니고 찐 추천',
      ],
      good: ['이 글은 협찬을 받아 작성했습니다', '돈 버는 습관, 직접 산 책 한 권'],
    },
    {
      id: 'endorsement.hidden_sponsorship',
      severity: 'block',
      pattern:
        /(?:협찬|광고|ppl|유료\s?광고|제공|스폰)(?:인|임을|라는|이라는|받은)?\s?[^.!?\n]{0,12}?(?:티\s?(?:안|나지\s?않|없)|(?:표시|문구|표기|태그)\s?(?:없이|빼고|생략|숨기|숨겨|안\s?하)|숨기|숨겨|감추|감춰|모르게|비밀로|언급\s?(?:없이|하지\s?말)|자연스럽게\s?녹)|(?:일반인|실사용자|소비자|지인|제3자)\s?(?:인\s?)?(?:척|처럼)\s?[^.!?\n]{0,8}?(?:후기|리뷰|추천|글|댓글|작성|홍보)|내돈내산[^.!?\n]{0,12}(?:협찬|체험단|제공\s?받|원고료)|(?:협찬|체험단|제공\s?받|원고료)[^.!?\n]{0,12}내돈내산|바이럴\s?(?:인\s?줄\s?모르|티\s?안)|뒷광고/u,
      exceptions: [/뒷광고\s?(?:금지|논란|근절|예방|아)[^.!?\n]{0,8}/u],
      explanation: {
        ko: '협찬·광고임을 숨기는 것은 기만적인 표시·광고입니다.',
        en: 'Hiding sponsorship is deceptive advertising.',
      },
      bad: [
        '광고 티 안 나는 자연스러운 후기',
        '협찬 문구 없이 올려 드립니다',
        '일반인인 척 리뷰 작성',
        '내돈내산처럼 써 주시는 체험단, 내돈내산 느낌의 협찬',
        '유료 광고 표시 빼고 홍보',
      ],
      good: [
        '유료 광고를 포함하고 있습니다',
        '협찬받은 제품임을 첫 줄에 밝힙니다',
        '광고 문구를 다듬는 카피라이터',
      ],
    },
    {
      id: 'endorsement.undisclosed_trial_group',
      pattern:
        /(?:체험단|서포터즈|인플루언서|앰배서더|블로거|유튜버|리뷰어|bj|틱톡커|셀럽)(?:들)?(?:의|이|가|도|님|들이)?\s?[^.!?\n]{0,10}?(?:후기|리뷰|추천|극찬|인정|검증|사용기|강추|픽|pick|반한|애정|인생템)/u,
      exceptions: [
        /(?:체험단|서포터즈|인플루언서|리뷰어|유튜버|블로거)\s?(?:을|를)?\s?(?:모집|선발|신청|지원|모십|발표)[^.!?\n]{0,12}/u,
        /(?:협찬|광고|유료|제공받|대가를?\s?받)[^.!?\n]{0,24}(?:후기|리뷰|추천)[^.!?\n]{0,6}/u,
      ],
      evidenceThatAllows: {
        description: {
          ko: '대가 제공 사실의 표시(협찬·광고)와 실제 사용 사실',
          en: 'Disclosure of the consideration, and that they really used it',
        },
        pattern:
          /(?:협찬|유료\s?광고|대가|경제적\s?이해관계|제공)[^\n]{0,40}(?:표시|표기|고지|공개|명시)|(?:sponsor|paid partnership|#ad)[^\n]{0,30}(?:disclos)?/u,
      },
      explanation: {
        ko: '체험단·인플루언서의 추천은 경제적 이해관계를 첫머리에 밝혀야 합니다.',
        en: 'A recommendation by trial groups or influencers has to disclose the interest at its beginning.',
      },
      bad: [
        '유튜버가 극찬한 립밤',
        '체험단 후기가 증명하는 흡수력',
        '인플루언서 강추 아이템',
        '블로거들이 인정한 맛집',
      ],
      good: [
        '체험단을 모집합니다',
        '유튜버를 위한 조명',
        '[광고] 협찬을 받은 인플루언서의 후기입니다',
      ],
    },
    {
      id: 'endorsement.fake_reviews',
      severity: 'block',
      item: '1',
      pattern:
        /(?:후기|리뷰|별점|평점|댓글|좋아요|팔로워|구매평|상품평)(?:를|을|가|이)?\s?(?:대신\s?)?(?:조작|대행|알바|작업|판매|구매해|사\s?드|사드|늘려\s?드|만들어\s?드|지어내|써\s?드|채워\s?드|도배)|(?:가짜|허위|조작된?)\s?(?:후기|리뷰|별점|구매평|팔로워)|(?:나쁜|악성|부정적인?|낮은|1점)\s?(?:후기|리뷰|평점|댓글)(?:는|은|를|을)?\s?(?:삭제|숨김|숨기|지워|블라인드|비공개|가려)|빈\s?박스\s?(?:마케팅|후기|리뷰)|리뷰\s?(?:알바|공장)/u,
      exceptions: [
        /(?:가짜|허위)\s?(?:후기|리뷰)(?:는|가|를|은)?\s?(?:없|쓰지|신고|단속|근절|걸러)[^.!?\n]{0,8}/u,
      ],
      explanation: {
        ko: '후기를 조작하거나 불리한 후기를 숨기는 것은 거짓·기만 광고입니다.',
        en: 'Making up reviews, or hiding bad ones, is false and deceptive.',
      },
      bad: [
        '리뷰 대행으로 별점을 올려 드립니다',
        '가짜 후기 100개 제공',
        '나쁜 후기는 삭제해 드려요',
        '팔로워 늘려 드립니다',
        '빈 박스 마케팅',
      ],
      good: [
        '허위 리뷰는 신고해 주세요',
        '솔직한 후기를 남겨 주세요',
        '실구매 후기만 보여 드립니다, 가짜 후기 없이',
      ],
    },
    {
      id: 'endorsement.conditional_praise',
      item: '2',
      severity: 'block',
      pattern:
        /(?:별\s?(?:5|다섯)\s?개|별점\s?5\s?점?|5점(?:\s?만점)?|만점|좋은|긍정적인?|칭찬|호평)\s?(?:의|짜리|을|를)?\s?(?:후기|리뷰|평점|구매평|상품평|평가|댓글)?(?:을|를)?\s?(?:남기|남겨|작성|써|달아|주시)[^.!?\n]{0,16}?(?:적립|증정|환급|쿠폰|사은품|페이백|캐시백|할인|드립|드려|지급|선물)/u,
      explanation: {
        ko: '좋은 평가를 조건으로 대가를 주는 것은 소비자를 기만하는 행위입니다.',
        en: 'Paying for praise deceives consumers.',
      },
      bad: [
        '별점 5점 남기면 쿠폰 증정',
        '좋은 리뷰 써 주시면 페이백',
        '5점 후기 작성 시 사은품을 드려요',
      ],
      good: ['솔직한 후기를 남기면 500원을 적립해 드립니다', '별 5개 호텔 같은 침구'],
    },
    {
      id: 'endorsement.review_figures',
      item: '1',
      pattern:
        /(?:후기|리뷰|구매평|상품평|별점|평점)(?:가|이|수|만|은|는)?\s?(?:무려\s?|누적\s?|평균\s?)?(?:\d[\d,.]*\s?(?:만|천|백)?\s?(?:개|건|\+|점|명)|[45]\.\d)|\d[\d,.]*\s?(?:만|천|백)?\s?(?:개|건)의?\s?(?:실제|진짜|리얼|찐|생생한|압도적인?)?\s?(?:후기|리뷰|구매평|상품평)|(?:후기|리뷰)(?:가|로|들이)?\s?(?:증명|입증|말해\s?주|폭발|쏟아|극찬|인증)(?:합니다|하는|된|했|지는|일색)?|(?:실제|실구매)\s?(?:고객|구매자|사용자)(?:들)?(?:의|이)?\s?[^.!?\n]{0,6}?(?:후기|극찬|증명|인정|만족|입증|추천)/u,
      exceptions: [/(?:후기|리뷰)를?\s?(?:남기|작성|써)[^.!?\n]{0,14}/u],
      evidenceThatAllows: {
        description: {
          ko: '실제 후기의 출처·집계 시점(쇼핑몰, 기간)과 원문',
          en: 'The source and date of the real reviews',
        },
        pattern:
          /(?:후기|리뷰|별점|평점|구매평)[^\n]{0,60}(?:\d[^\n]{0,20}(?:기준|집계|출처|스토어|쿠팡|네이버|올리브영)|\d{4}|원문|동의)|reviews?[^\n]{0,40}(?:as of|source|\d{4})/u,
      },
      explanation: {
        ko: '후기 수·별점·고객 평가를 내세우려면 실제 자료와 출처가 있어야 합니다.',
        en: 'Numbers of reviews, stars or customers’ praise need real data and a source.',
      },
      bad: [
        '리뷰 1만 건이 증명합니다',
        '별점 4.9의 비결',
        '실제 고객들의 극찬',
        '12,000개의 생생한 후기',
        '후기가 쏟아지는 그 제품',
      ],
      good: ['후기를 남기면 적립금을 드립니다', '첫 리뷰를 기다리고 있어요'],
    },
    {
      id: 'endorsement.personal_story',
      item: '2',
      pattern:
        /(?:저는|제가|저도|나는|나도|우리\s?(?:엄마|남편|아이|어머니|아버지|부모님)|\d{2}\s?대\s?(?:주부|직장인|여성|남성)|[가-힣]{1,2}[○*oㅇ]{1,2}\s?(?:님|씨))\s?[^.!?\n]{0,24}?(?:효과\s?(?:봤|를\s?봤|봄|봤어요)|인생(?:이)?\s?(?:달라|바뀌)|달라졌|좋아졌|사라졌|빠졌|성공했|벌었|합격했|나았|예뻐졌)|(?:생생|솔직)(?:한|후기|리뷰)\s?[^.!?\n]{0,6}?(?:체험담|체험기|사용\s?후기|경험담)|(?:체험담|체험기|성공\s?사례|고객\s?사례)(?:이|가|를|로|입니다|\s?공개|$)/u,
      exceptions: [/(?:도입|고객사)\s?성공\s?사례[^.!?\n]{0,10}/u],
      evidenceThatAllows: {
        description: {
          ko: '실제 사용자의 경험 기록과 게재 동의, 일반적 결과를 보이는 자료',
          en: 'The record of a real user, their consent, and data on what users generally get',
        },
        pattern:
          /(?:후기|체험|사례|인터뷰)[^\n]{0,60}(?:동의|실제|구매자|확인|원본|기록)|testimonial[^\n]{0,40}(?:consent|verified|on file)/u,
      },
      explanation: {
        ko: '경험담은 실제 사용자의 것이어야 하고 전형적인 결과인 것처럼 쓸 수 없습니다.',
        en: 'A personal story has to be a real user’s and may not pose as the typical result.',
      },
      bad: [
        '저는 이걸로 인생이 달라졌어요',
        '40대 주부가 효과 봤다는 그 기기',
        '제가 한 달 만에 5kg 빠졌어요',
        '생생한 체험담 공개',
      ],
      good: [
        '저희는 매일 새벽 빵을 굽습니다',
        '우리 아이의 첫 자전거',
        '제가 좋아하는 색으로 골랐어요',
      ],
    },
    {
      id: 'endorsement.celebrity',
      item: '1',
      pattern:
        /(?:연예인|아이돌|배우|가수|모델|셀럽|유명인|톱스타|스타|걸그룹|국가\s?대표|메이저리거|손흥민|bts|블랙핑크|아이유|뉴진스)(?:들|님|들도|도|이|가|의|들이|들의)?\s?[^.!?\n]{0,10}?(?:쓰는|사용하는|애용|먹는|바르는|입는|선택한|반한|추천|픽|pick|비결|관리템|착용|극찬|다니는|찾는|협찬템|필수템)/u,
      exceptions: [/(?:연예인|아이돌|모델|스타)\s?(?:굿즈|포스터|콘서트|지망생)[^.!?\n]{0,8}/u],
      evidenceThatAllows: {
        description: {
          ko: '유명인의 실제 사용 사실과 초상·성명 사용 계약',
          en: 'That the celebrity uses it, and the contract for name and likeness',
        },
        pattern:
          /(?:모델|연예인|배우|가수|초상|전속|광고)\s?(?:계약|사용\s?동의|모델\s?계약)|endorsement (?:contract|agreement)/u,
      },
      explanation: {
        ko: '유명인의 사용·추천은 실제 사용 사실과 계약이 있어야 합니다.',
        en: 'Use or endorsement by a celebrity has to be real and contracted.',
      },
      bad: [
        '연예인들이 애용하는 괄사',
        '아이돌 관리템',
        '여배우가 선택한 침구',
        '톱스타 피부 비결',
      ],
      good: ['배우 지망생을 위한 연기 수업', '모델명 확인 후 주문하세요', '스타 모양 쿠키 커터'],
    },
    {
      id: 'endorsement.experts',
      productTypes: ['general', 'children', 'quasi_drug'],
      item: '1',
      pattern:
        /(?:의사|한의사|치과의사|수의사|약사|한약사|간호사|교수|박사|전문의|전문가|의료진|닥터|물리\s?치료사|영양사|트레이너|소아과|정형외과|변호사|연구진|셰프)(?:님|들|도|가|이|께서|의|들이|들도)?\s?[^.!?\n]{0,10}?(?:추천|권장|강추|인정|보증|공인|개발|만든|설계|사용하는|쓰는|선택|감수|자문|극찬|픽|pick|권하|검증)/u,
      exceptions: [
        /(?:의사|약사|전문가|의료진)(?:와|에게|의)\s?상[담의][^.!?\n]{0,10}/u,
        /전문가용[^.!?\n]{0,8}/u,
        /의사\s?(?:소통|결정|표현|록)[^.!?\n]{0,8}/u,
      ],
      evidenceThatAllows: {
        description: {
          ko: '전문가의 실명·자격과 추천 또는 개발 참여를 보이는 자료',
          en: 'Name and qualification of the expert and proof of the recommendation or part taken',
        },
        pattern:
          /(?:의사|교수|박사|약사|수의사|전문의|변호사|전문가)[^\n]{0,60}(?:자문|감수|추천서|계약|위촉|확인서|참여)|(?:advis|endorse|review)[^\n]{0,40}(?:md|dr\.|ph\.?d|professor)/u,
      },
      explanation: {
        ko: '전문가의 추천·개발은 실명과 사실을 밝힐 수 있어야 합니다.',
        en: 'Recommended or developed by experts: who, and that they did, has to be shown.',
      },
      bad: [
        '정형외과 전문의가 추천하는 베개',
        '수의사가 만든 사료',
        '교수진이 개발한 학습법',
        '의사도 쓰는 의자',
      ],
      good: ['의사소통을 돕는 회의 앱', '의사와 상담 후 사용하세요', '전문가용 드릴'],
    },
    {
      id: 'ai.fake_expert',
      severity: 'block',
      item: '2',
      pattern:
        /(?:ai|인공\s?지능|가상(?:의)?|딥\s?페이크|합성(?:한|된)?|버추얼|디지털\s?휴먼)(?:로|으로|이)?\s?(?:만든|생성(?:한|된)?|제작한|합성한)?\s?[^.!?\n]{0,6}?(?:의사|약사|한의사|교수|박사|전문의|전문가|닥터|의료진|변호사|애널리스트|고객|후기|리뷰|체험담|인터뷰|연예인|유명인|앵커|기자)(?:가|이|의|도|를|로|들이|의)?\s?[^.!?\n]{0,12}?(?:추천|보증|설명|권하|극찬|등장|출연|말하|인증|소개|후기|홍보|광고|증언|사용|작성|$)/u,
      exceptions: [
        /(?:ai|인공\s?지능)\s?(?:전문가|박사|교수|연구자)\s?(?:의\s?)?(?:강의|과정|채용|양성|모집|되기|특강|칼럼|가\s?(?:만든|설계|강의))[^.!?\n]{0,8}/u,
        /[^.!?\n]{0,20}(?:ai로\s?(?:만든|생성한)\s?(?:가상|이미지|영상)[^.!?\n]{0,8}(?:표시|밝힙|고지|입니다))[^.!?\n]{0,8}/u,
      ],
      explanation: {
        ko: 'AI로 만든 가상의 전문가·고객이 추천하는 것처럼 하는 광고는 기만 광고입니다.',
        en: 'AI-made experts or customers who recommend a product deceive.',
      },
      bad: [
        'AI 의사가 추천하는 건강 기기',
        '딥페이크 유명인이 등장하는 광고',
        '가상 교수의 설명 영상',
        'AI로 만든 고객 후기',
        '인공지능으로 생성한 약사가 권하는 제품',
      ],
      good: [
        'AI 전문가 양성 과정 모집',
        'AI로 만든 이미지임을 표시합니다',
        'AI 스피커가 날씨를 알려 줘요',
      ],
    },
    {
      id: 'ai.unlabelled',
      law: 'ai_basic_act',
      article: '31',
      item: null,
      guidelinePage: null,
      effectiveFrom: '2026-01-22',
      severity: 'block',
      pattern:
        /(?:ai|인공\s?지능|생성형|딥\s?페이크)[^.!?\n]{0,16}?(?:(?:표시|워터\s?마크|라벨|고지|표기)(?:를|을|는|도)?\s?(?:없이|없는|제거|지우|지워|빼고|숨기|숨겨|안\s?해|생략)|(?:티|구분|구별)(?:가|이)?\s?(?:안|나지\s?않|할\s?수\s?없|불가|못)|실제(?:\s?사람|\s?인물)?(?:인|와|과)?\s?(?:척|처럼\s?속|똑같이\s?속|구분))|워터\s?마크\s?(?:제거|없는|지운)[^.!?\n]{0,6}(?:ai|인공\s?지능|영상|이미지)/u,
      exceptions: [
        /(?:구분|구별)(?:할\s?수\s?없|이\s?어려)[^.!?\n]{0,14}(?:표시|밝)[^.!?\n]{0,8}/u,
      ],
      explanation: {
        ko: 'AI 기본법에 따라 실제와 구분하기 어려운 생성물은 AI로 만들었음을 명확히 표시해야 합니다.',
        en: 'Generated output that is hard to tell from real has to be labelled (AI Basic Act).',
      },
      bad: [
        'AI 표시 없이 올리는 실사 영상',
        'AI인지 구분 안 되는 모델 사진',
        '딥페이크 워터마크 제거해 드립니다',
        'AI 티 안 나는 후기 영상',
      ],
      good: ['AI로 생성한 이미지입니다', '이 영상은 인공지능으로 만들었음을 표시합니다'],
    },
  ],
)
