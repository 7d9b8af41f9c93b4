import { family } from './family.ts'

/** Certificates, patents, prizes and institutions as proof: art. 3(1) no. 1. */
export const authorityRules = family(
  {
    id: 'general',
    productTypes: 'all',
    law: 'fair_labelling_act',
    article: '3(1)',
    item: '1',
    severity: 'needs_evidence',
    guidelinePage: '부당한 표시·광고행위의 유형 및 기준 지정고시',
  },
  [
    {
      id: 'authority.government',
      pattern:
        /(?:한국\s?)?소비자원(?:이|에서|의)?\s?[^.!?\n]{0,6}(?:추천|선정|인증|1위|우수|인정)|(?:식약처|식품의약품안전처|정부|국가|보건복지부|환경부|산업부|교육부|과기정통부|중기부|농림부|농식품부|질병관리청|국토부|행안부|서울시|공공\s?기관|공인\s?기관|국립|조달청|국방부|육군|경찰청|소방청|특허청|who|세계\s?보건\s?기구|유엔|un)(?:가|이|에서|의|로부터|도|에)?\s?[^.!?\n]{0,14}?(?:인증|허가|승인|인정|공인|보증|추천|지정|선정|검증|납품)(?!\s?(?:절차|기준|신청|방법|제도|문화재|공휴일|심사|센터|서\s?발급))/u,
      exceptions: [
        /(?:식약처|식품의약품안전처)\s?(?:개별\s?)?인정[^.!?\n]{0,8}제?\s?\d{4}-\d{1,4}호?/u,
        /(?:식약처|식품의약품안전처)[^.!?\n]{0,6}(?:기능성을?\s?인정(?:을?\s?받은|한|된)?|(?:인정|고시)\s?기능성)[^.!?\n]{0,12}/u,
        /(?:정부|국가|서울시)\s?(?:지원금|지원\s?사업|바우처|보조금)[^.!?\n]{0,14}/u,
      ],
      evidenceThatAllows: {
        description: {
          ko: '기관명과 인증·허가 번호가 있는 증서',
          en: 'The certificate with authority and number',
        },
        pattern:
          /(?:인증|허가|승인|지정|등록|신고|품목)\s?(?:번호|서|증)|제\s?\d[\d-]{0,12}\s?호|certificate (?:no|number)|(?:approval|licen[cs]e|registration) (?:no|number)/u,
      },
      explanation: {
        ko: '정부·공공기관의 인증·허가는 그 사실과 번호를 밝힐 수 있어야 합니다.',
        en: 'Certification or approval by an authority has to be real, with its number.',
      },
      bad: [
        '식약처 인증 마스크',
        '정부가 공인한 기술력',
        '국가 인증 안전 제품',
        '환경부 승인 세제',
        '육군 납품 업체',
      ],
      good: [
        '정부 지원금으로 저렴하게 구매하세요',
        '국가 대표 응원 세트',
        '관할 관청의 허가 절차를 안내합니다',
      ],
    },
    {
      id: 'authority.foreign',
      pattern:
        /(?:미국\s?)?(?:fda|cpnp|ewg|usda|ecocert|비건\s?소사이어티|더마\s?테스트|dermatest|cosmos|iso\s?\d*|ce|kc|rohs|oeko-?\s?tex|오코텍스|에코서트)(?:에서|의|로부터)?\s?[^.!?\na-z]{0,6}?(?:승인|인증|허가|등록|그린\s?등급|통과|획득|최고\s?등급|엑설런트|1등급)(?:을|를|받은|받|된|한|\s?완료|\s?제품|\s?원료|[!.]|$)?/u,
      exceptions: [/kc\s?(?:안전\s?)?(?:인증|확인)\s?번호\s?[:：]?\s?[a-z0-9-]{6,}/u],
      evidenceThatAllows: {
        description: {
          ko: '인증 기관이 발급한 증서와 번호, 제품명',
          en: 'The certificate of that body with number and product',
        },
        pattern:
          /(?:fda|cpnp|ewg|usda|ecocert|dermatest|cosmos|iso|kc|ce|oeko-?\s?tex|인증)[^\n]{0,60}(?:번호|증서|인증서|등록증|certificate|no\.?\s?\d|\d{4,})/u,
      },
      explanation: {
        ko: '해외 기관의 승인·인증은 증서로 실증해야 합니다(FDA 등록은 승인이 아닙니다).',
        en: 'Foreign approvals need the certificate; FDA registration is no approval.',
      },
      bad: [
        '미국 FDA 승인 제품',
        'EWG 그린 등급 성분',
        '독일 더마테스트 엑설런트 등급',
        'KC 인증 완료',
      ],
      good: ['FDA 규정을 소개하는 책', 'ISO 감도 조절 방법을 배워요'],
    },
    {
      id: 'authority.patent_as_proof',
      severity: 'block',
      pattern:
        /특허(?:로|가|받아|\s?기술(?:로|이)|\s?성분(?:이|으로)|\s?출원(?:으로)?)?\s?[^.!?\n]{0,8}?(?:효과|효능|안전성|성능)(?:를|을|가|이)?\s?[^.!?\n]{0,4}?(?:입증|증명|검증|인정|보증|보장|확인)|특허청(?:이|에서|도)?\s?[^.!?\n]{0,6}?(?:인정|입증|보증|검증|인증)한?\s?(?:효과|효능|기술|성능|제품)?/u,
      explanation: {
        ko: '특허는 효과를 보증하지 않으므로 특허를 효과의 증거로 내세울 수 없습니다.',
        en: 'A patent is no proof of effect and may not be advertised as one.',
      },
      bad: ['특허로 효과를 입증했습니다', '특허청이 인정한 효과', '특허 기술로 안전성 검증'],
      good: ['특허 등록 제10-1234567호', '특허법인 채용 공고'],
    },
    {
      id: 'authority.patent',
      pattern:
        /특허(?:를)?\s?(?:받은|받았|획득|등록(?:된|한)?|출원(?:된|한|중)?|보유|인증)|특허\s?(?:성분|기술|공법|원료|제품|소재|구조|균주|유산균|디자인|포뮬러|기반)|(?:국내외|글로벌|국제|미국)\s?특허|\d{1,8}\s?(?:개|건)의?\s?특허/u,
      exceptions: [
        /특허\s?출원을?\s?(?:준비|하려|방법|도와|돕)[^.!?\n]{0,10}/u,
        /특허\s?(?:법인|사무소|상담|출원\s?대행|분쟁|변리사)[^.!?\n]{0,8}/u,
      ],
      evidenceThatAllows: {
        description: {
          ko: '특허 등록번호와 명칭(출원은 출원 사실로만)',
          en: 'Registration number and title of the patent (an application only as such)',
        },
        pattern:
          /특허[^\n]{0,30}(?:제?\s?\d{2}-\d{4,}|번호|등록증|출원\s?번호)|(?:제\s?)?10-\d{4,}|patent (?:no|number)|us ?\d{1,2},?\d{3},?\d{3}/u,
      },
      explanation: {
        ko: '특허 표현은 등록번호로 확인되어야 하며 출원을 등록처럼 쓸 수 없습니다.',
        en: 'A patent has to be verifiable by its number; an application is no patent.',
      },
      bad: ['특허받은 쿠션 구조', '국내외 특허 기술', '12개의 특허를 보유', '특허 성분 함유'],
      good: ['특허법인 채용 공고', '특허 상담을 도와드립니다'],
    },
    {
      id: 'authority.nobel',
      pattern:
        /노벨(?:\s?(?:생리의학|화학|물리학|의학|평화|경제학))?상\s?(?:을\s?)?(?:수상|받은|성분|원리|기술|물질|이론|연구|후보|급)[^.!?\n]{0,14}?(?:성분|원리|기술|물질|이론|연구|효과|로\s?만든|적용|담|함유|크림|화장품|건강|제품)/u,
      exceptions: [/노벨(?:문학)?상\s?(?:수상\s?)?(?:작가|소설|작품|시인)[^.!?\n]{0,8}/u],
      evidenceThatAllows: {
        description: {
          ko: '수상 연구와 이 제품의 관련성을 보이는 자료',
          en: 'What connects this product to the research that won the prize',
        },
        pattern:
          /노벨[^\n]{0,60}(?:논문|연구자|라이선스|계약|수상\s?연도)|nobel[^\n]{0,60}(?:licen[cs]e|paper|laureate)/u,
      },
      explanation: {
        ko: '노벨상 연구를 제품의 효과와 연결하려면 관련성을 실증해야 합니다.',
        en: 'Linking a Nobel prize to the product needs proof of the link.',
      },
      bad: [
        '노벨상 수상 성분을 담은 크림',
        '노벨 생리의학상 원리 적용 기기',
        '노벨상 받은 기술로 만든 매트',
      ],
      good: ['노벨문학상 수상 작가 북토크', '노벨상 수상자를 소개하는 어린이 책'],
    },
    {
      id: 'authority.awards',
      pattern:
        /(?:브랜드|소비자\s?만족|고객\s?만족|디자인|품질|혁신|파워|퍼스트|프리미엄|올해의|대한민국|국가|한국|글로벌|레드닷|red\s?dot|if|ces|idea|몽드\s?셀렉션|itqi|굿\s?디자인)\s?[^.!?\n]{0,10}?(?:대상|어워드|어워즈|award|금상|은상|대통령상|장관상|혁신상)(?:을|를)?\s?[^.!?\n]{0,4}?(?:수상|선정|획득|받은|받았|빛나|에\s?빛|\d\s?년|연속|석권|$|[!.])|(?:대회|품평회|경연|박람회|콩쿠르|챔피언십|올림피아드|선발전)(?:에서|의)?\s?[^.!?\n]{0,8}?(?:대상|금상|은상|1위|우승|입상|최우수상|그랑프리)|(?:세계|국제|글로벌|국내)\s?[^.!?\n]{0,8}(?:디자인상|어워드|대회|상)(?:을|를)?\s?(?:석권|휩쓴|휩쓸|모두\s?받|싹쓸|수상)|\d{1,8}\s?관왕|(?:금상|대상|은상|최우수상|대통령상|장관상)(?:을|에)?\s?(?:수상|빛나|받은|받았)|수상\s?(?:경력|이력|제품|브랜드|에\s?빛나)|(?:올해의|히트|소비자\s?선정)\s?(?:브랜드|상품|제품|기업)(?:에|으로)?\s?(?:선정|1위|대상|수상|$|[!.])/u,
      exceptions: [
        /(?:공모전|백일장|콘테스트|대회)[^.!?\n]{0,14}(?:상금|참가|모집|접수)[^.!?\n]{0,10}/u,
        /수상\s?(?:스키|레저|안전|택시|보트)[^.!?\n]{0,8}/u,
      ],
      evidenceThatAllows: {
        description: {
          ko: '수상 내역(주최, 연도, 부문)을 보이는 상장·공고',
          en: 'The award’s organiser, year and category',
        },
        pattern:
          /(?:수상|선정|대상|어워드|award|winner)[^\n]{0,60}(?:\d{4}|주최|주관|상장|부문)|\d{4}[^\n]{0,40}(?:수상|선정|대상|어워드|award|winner)/u,
      },
      explanation: {
        ko: '수상 사실은 주최·연도·부문을 밝힐 수 있어야 합니다.',
        en: 'An award needs its organiser, year and category.',
      },
      bad: [
        '대한민국 브랜드 대상 수상',
        '3관왕의 디자인',
        '소비자 만족 대상 5년 연속',
        '레드닷 어워드에 빛나는 의자',
        '수상 경력으로 증명하는 품질, 금상 수상',
      ],
      good: ['수상스키 체험권', '공모전 대상 상금 500만원', '전 고객 대상 안내'],
    },
    {
      id: 'authority.institutions',
      pattern:
        /(?:하버드|서울대|연세대|카이스트|kaist|mit|스탠퍼드|옥스퍼드|nasa|나사(?=\s?(?:기술|가|에서|소재|우주))|우주\s?항공|대학\s?병원|종합\s?병원|의과\s?대학|국방과학연구소|삼성서울병원|아산병원)(?:의|이|가|에서|도|팀이|팀|\s?연구(?:팀|진|소)?(?:이|가|의|에서)?|\s?출신(?:이|의)?|\s?교수진?(?:이|의)?)*\s?[^.!?\n]{0,10}?(?:개발|연구|인정|기술|검증|추천|공동|입증|선택|만든|사용|소재|특허|납품)/u,
      evidenceThatAllows: {
        description: {
          ko: '해당 기관의 참여를 보이는 계약·논문·확인서',
          en: 'Contract, paper or confirmation of that institution',
        },
        pattern:
          /(?:하버드|서울대|카이스트|kaist|mit|nasa|대학|병원|연구소)[^\n]{0,60}(?:계약|협약|mou|논문|확인서|공동\s?연구|라이선스|산학)|(?:university|nasa|hospital|institute)[^\n]{0,60}(?:agreement|paper|licen[cs]e|study)/u,
      },
      explanation: {
        ko: '대학·병원·연구기관을 내세우려면 실제 참여를 보일 수 있어야 합니다.',
        en: 'Naming a university, hospital or institute needs proof of its part.',
      },
      bad: [
        '하버드 연구진이 개발한 암기법',
        'NASA 기술로 만든 담요',
        '서울대 출신 교수진이 만든 교재',
        '대학병원에서 사용하는 매트리스',
      ],
      good: ['하버드 대학교 여행 가이드북', '서울대입구역 3번 출구에서 만나요'],
    },
    {
      id: 'authority.media',
      pattern:
        /(?:tv|방송|뉴스|홈쇼핑|kbs|mbc|sbs|ebs|jtbc|tvn|유퀴즈|생생정보|언론|신문|매거진|예능|다큐)(?:에|에서|이|가|도|에도|\s?프로그램에)?\s?[^.!?\n]{0,8}?(?:나온|나왔|소개된|소개되|방영|출연|출연한|주목한|극찬|보도된|인정한|화제의?|선택한|완판|대박)/u,
      exceptions: [/(?:드라마|영화)에?\s?나온\s?(?:촬영지|장소)[^.!?\n]{0,8}/u],
      evidenceThatAllows: {
        description: {
          ko: '방송·보도의 매체명과 일자(간접광고·유료 협찬 여부 포함)',
          en: 'Medium and date of the coverage, and whether it was paid for',
        },
        pattern:
          /(?:방송|방영|보도|출연|게재|뉴스)[^\n]{0,60}(?:\d{4}|일자|회차|\d{1,8}\s?회|링크)|(?:featured|aired|broadcast)[^\n]{0,40}\d/u,
      },
      explanation: {
        ko: '방송·언론 소개를 내세우려면 매체와 일자, 대가 여부가 확인되어야 합니다.',
        en: 'Seen on television: medium, date and payment have to be shown.',
      },
      bad: [
        'TV에 나온 그 국자',
        '방송에서 극찬한 청소 도구',
        '뉴스에 소개된 화제의 앱',
        '홈쇼핑 완판 신화',
      ],
      good: ['방송 편성표를 확인하세요', 'TV 거치대 설치 안내'],
    },
  ],
)
