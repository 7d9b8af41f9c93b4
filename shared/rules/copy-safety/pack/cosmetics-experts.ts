import { either, paper } from './claims.ts'
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

/** Annex 5 no. 2 da: experts and medical institutions that point to a product. */
export const cosmeticsExpertRules = family(
  {
    id: 'cosmetics.expert',
    productTypes: ['cosmetics'],
    law: 'cosmetics_rule',
    article: 'annex 5',
    item: '2.다',
    severity: 'block',
    guidelinePage: '안내서-0086-07 p. 13',
    exceptions: notClaims,
    explanation: {
      ko: '의사·약사·의료기관 등이 지정·공인·추천·지도·연구·개발 또는 사용한다고 하거나 암시하는 표현입니다.',
      en: 'It says or implies that doctors, pharmacists or medical institutions recommend, developed or use the product.',
    },
  },
  [
    {
      id: 'doctor',
      pattern: either(vouching(doctor), vouchingEn(doctorEn)),
      bad: [
        '피부과 전문의가 개발한 크림',
        '의사들이 추천하는 앰플',
        '의료진이 쓰는 핸드크림',
        '의 사 가 추천',
        'Dermatologist-recommended cream',
        'Recommended by doctors',
      ],
      good: [
        '이상이 있으면 전문의와 상담하세요',
        '고객과의 의사소통을 소중히',
        '의사 선생님께 드리는 감사 선물',
        '의사결정이 쉬운 세트 추천',
      ],
    },
    {
      id: 'dentist',
      pattern: either(vouching(dentist), vouchingEn(dentistEn)),
      bad: ['치과 의사가 추천하는 립밤', 'Dentist-approved lip care'],
      good: ['치과 의사와 상담하세요'],
    },
    {
      id: 'oriental-doctor',
      pattern: either(
        vouching(oriental),
        vouchingEn(orientalEn),
        /한의학(?:이|으로|의)?\s?(?:증명|처방|인정)/u,
      ),
      bad: ['한의사가 직접 만든 한방 크림', '한의학 박사의 처방을 담았습니다'],
      good: ['한의원 옆 향수 가게', '한방 성분의 향을 담은 비누'],
    },
    {
      id: 'pharmacist',
      pattern: either(vouching(pharmacist), vouchingEn(pharmacistEn)),
      bad: ['약사가 추천한 크림', '약사들이 먼저 찾는 앰플', 'Pharmacist-recommended'],
      good: ['증상이 있으면 약사와 상의하세요', '약사천 산책길의 향을 담은 바디워시'],
    },
    {
      id: 'professor',
      pattern: either(vouching(professor), vouchingEn(professorEn)),
      exceptions: [
        /(?:메이크업|뷰티|조향|향수|스타일링|헤어|네일|컬러|퍼스널)\s?(?:전문가|아티스트|박사)[^.!?\n]{0,26}/u,
        /전문가\s?(?:처럼|같은|못지|수준)[^.!?\n]{0,20}/u,
        /(?:makeup|make-up|beauty|hair|style|color|nail) (?:expert|artist|professional)s?[^.!?\n]{0,60}/u,
      ],
      bad: [
        '서울대 교수가 개발한 세럼',
        '피부 박사가 만든 앰플',
        '피부 전문가가 추천하는 토너',
        'A skin scientist recommends it',
      ],
      good: ['메이크업 전문가가 추천하는 브러시 사용법', '교수님께 드리는 스승의 날 선물'],
    },
    {
      id: 'hospital',
      pattern:
        /(?:병원|의원(?=에서|이|의|\s)|피부과|성형외과|클리닉|약국|의료\s?기관|한의원|대학\s?병원|종합\s?병원|에스테틱\s?병원)(?:들|급)?(?:에서|이|가|의|에|과|와|도)?\s?(?:[가-힣]{1,6}\s)?(?:추천|선택|입점|납품|사용|쓰[는던]|판매\s?1위|인정|개발|공동|지정|인기|처방|전용|관리\s?그대로|케어\s?그대로|협업|찾는|검증|1위|믿고|파는|구할)|\b(?:hospital|clinic|pharmacy)[- ](?:recommended|used|developed|grade|trusted|approved)|\b(?:used|recommended|trusted) (?:by|in|at) (?:\w+ )?(?:hospitals|clinics|pharmacies)/u,
      exceptions: [/피부과\s?(?:테스트|시험)[^.!?\n]{0,6}/u, /(?:동물|반려)\s?병원/u],
      bad: [
        '대학병원이 추천하는 크림',
        '피부과에서 쓰는 앰플',
        '전국 약국 판매 1위',
        '병원 납품 제품',
        'Hospital-grade serum',
      ],
      good: [
        '병원 가는 길에 챙기는 핸드크림',
        '약국 옆 카페의 향',
        '피부과 진료가 필요한 증상은 병원에 문의하세요',
      ],
    },
    {
      id: 'society',
      severity: 'needs_evidence',
      evidenceThatAllows: paper(
        /학회[^.!?\n]{0,30}(?:발표|논문|공인)|(?:할랄|천연|유기농|비건)\s?인증|society[^.!?\n]{0,30}(?:paper|published)/u,
        '학회에서 공인된 인체적용시험 자료, 또는 식약처장이 정한 인증기관의 인증',
        'A test on people that a learned society recognised, or a certificate of a body that the ministry names',
      ),
      pattern:
        /(?:학회|협회|연구소|연구원|기관|재단|위원회)[가이에서의도]{0,3}\s?(?:공식\s?)?(?:인증|인정|공인|추천|보증|선정)|\b(?:recommended|endorsed|certified|approved) by (?:the )?(?:\w+ ){0,3}(?:association|society|institute|foundation)/u,
      bad: ['독일 피부과학회 인증', '피부 협회가 추천한 크림', 'Endorsed by the skin association'],
      good: ['연구소에서 오래 다듬은 제형', '협회 회원 초대의 밤'],
    },
    {
      id: 'hospital-use',
      pattern:
        /(?:병원|약국|피부과|에스테틱\s?병원|의료|원내|병의원|클리닉)\s?(?:전용|용(?!품|기|지|담)|급\s?(?:화장품|케어|관리|앰플))|(?:시술|수술)\s?(?:직)?후\s?(?:케어|관리|진정|전용|크림|바르)|\b(?:professional|clinical|hospital|post-?procedure)[- ](?:only|use only|exclusive)|\bpost-?(?:procedure|laser) care/u,
      bad: [
        '병원용 고농축 앰플',
        '약국 전용 화장품',
        '피부과용 크림을 집에서',
        '시술 후 진정 크림',
      ],
      good: ['여행용 미니 크림', '병원 용품 전시회에서 만나요'],
    },
    {
      id: 'white-coat',
      pattern: either(
        /실험복|연구복|진료복|간호복|간호사복|의사복|스크럽(?:복|을\s?입)|(?:흰|하얀|백색|의사|약사|연구원)\s?가운(?!처럼|\s?같은)|가운을?\s?(?:입은|걸친|차림)|수술\s?(?:모자|장갑|마스크)|청진기|수술복|진료실(?!\s?앞\s?카페)/u,
        /\b(?:white|lab|doctor'?s) coat(?! of)|\bstethoscope|\bin (?:surgical )?scrubs\b/u,
      ),
      exceptions: [
        /(?:호텔|욕실|욕조|침실|침대|스파|커튼)[^.!?\n]{0,24}가운[^.!?\n]{0,8}|가운[^.!?\n]{0,24}(?:호텔|욕실|욕조|침실|침대|스파|커튼)|(?:목욕|샤워|실크|새틴|호텔|배스)\s?가운[^.!?\n]{0,10}|(?:bath|shower|silk) (?:robe|gown)/u,
        /no (?:white|lab) coats?/u,
        /(?:가운|청진기|수술복|진료실|의료\s?소품)[^.!?\n]{0,24}(?:쓰지|넣지|나오지|등장하지|등장시키지|금지|말\s?것|말\s?고|제외|빼[고기]|없이|않)[^.!?\n]{0,8}/u,
      ],
      bad: [
        '흰 가운을 입은 여성이 크림을 바르는 장면',
        '청진기를 멘 모델과 제품',
        'A woman in a white coat holding the serum',
      ],
      good: ['목욕 가운을 입은 모델', 'A model in a silk robe', '흰 니트를 입은 모델'],
    },
    {
      id: 'brand-of-doctors',
      pattern:
        /닥터(?:스|즈)?\s?(?:초이스|픽|추천|레시피|솔루션)|의사(?:의|들의)\s?(?:비밀|선택|화장대|레시피|노하우)|피부과(?:의|\s?전문의의)?\s?(?:비밀|노하우|레시피)|\bdoctor'?s (?:choice|secret|recipe|pick)/u,
      bad: [
        '닥터스 초이스 크림',
        '의사의 화장대에 있는 앰플',
        '피부과의 비밀 레시피',
        "The doctor's choice",
      ],
      good: ['셰프의 비밀 레시피', '나만의 화장대에 놓고 싶은 병'],
    },
  ],
)

const aiFrom = '2026-11-27'

/** AI words that a description of a made picture, film or voice uses. */
const made =
  '(?:(?<![a-z])ai(?![a-z])|인공지능|가상|버추얼|생성형?|딥페이크|아바타|디지털\\s?휴먼|virtual|generated|avatar|deep-?fake|synthetic|digital human)'

/** An expert made by AI, or one in a picture or film, which AI makes here. */
const aiExpert = (ko: string, en: string): RegExp =>
  either(
    new RegExp(
      `${made}[^.!?\\n]{0,30}(?:${ko})|(?:성우|나레이션|내레이션|장면|화면|카메라|컷|씬|프롬프트|인포그래픽|일러스트|영상|이미지|배우|모델)[^.!?\\n]{0,24}(?:${ko})(?!\\s?(?:없이|말고|대신|아닌|금지))|(?:${ko})[가-힣]{0,3}[^.!?\\n]{0,24}(?:아바타|딥페이크|가상|생성|합성|ai|인공지능|배우|모델|손님|환자|연구실|칠판|모니터|인터뷰|숏폼|릴스|영상|이미지|성우|목소리|음성|보이스|더빙|나레이션|내레이션|프롬프트|클로즈업|컷|장면|등장)|(?:${ko})(?:처럼|같이|풍|로\\s?(?:보이|꾸미|분장))`,
      'u',
    ),
    new RegExp(
      `${made}[^.!?\\n]{0,30}\\b(?:${en})s?\\b|\\b(?:${en})s?\\b[^.!?\\n]{0,20}\\b(?:avatar|deep-?fake)`,
      'u',
    ),
    vouching(ko),
    vouchingEn(en),
  )

/** Act 21709, from a secondary source: the clause and its number are to be checked against the law's text. */
export const aiExpertRules = family(
  {
    id: 'cosmetics.ai-expert',
    productTypes: ['cosmetics'],
    law: 'cosmetics_act_21709',
    article: '13(1)',
    item: '4',
    severity: 'block',
    effectiveFrom: aiFrom,
    exceptions: [
      ...notClaims,
      /(?:메이크업|뷰티|조향|향수|스타일링|헤어|네일|컬러)\s?전문가[^.!?\n]{0,26}/u,
    ],
    explanation: {
      ko: '인공지능으로 만든 음향·이미지·영상으로 전문가가 제품을 보증·추천·사용하는 것처럼 보이게 하는 광고입니다. 법률 제21709호의 이 조항은 2차 자료로 확인했으므로 원문을 확인해야 합니다.',
      en: 'AI-made sound, image or film would make it seem that an expert vouches for, recommends or uses the product (Act 21709, known from a secondary source: check the text).',
    },
  },
  [
    {
      id: 'doctor',
      pattern: aiExpert(doctor, doctorEn),
      bad: [
        'AI 의사가 추천하는 장면',
        '가상의 피부과 전문의 아바타',
        'A dermatologist in a white coat recommends the cream',
        'AI-generated doctor talking to camera',
      ],
      good: [
        'AI가 그린 수채화 배경',
        'AI 추천 알고리즘으로 고른 향',
        'A woman applies the cream by a window',
      ],
    },
    {
      id: 'dentist',
      pattern: aiExpert(dentist, dentistEn),
      bad: ['AI 치과 의사가 립밤을 소개', 'A virtual dentist smiles with the lip balm'],
      good: ['AI가 만든 배경 음악', 'A model smiles with the lip balm'],
    },
    {
      id: 'oriental-doctor',
      pattern: aiExpert(oriental, orientalEn),
      bad: ['가상 한의사가 한방 크림을 설명하는 영상', 'An avatar of a Korean-medicine doctor'],
      good: ['한옥 마당에 놓인 한방 크림'],
    },
    {
      id: 'vet',
      pattern: aiExpert(vet, vetEn),
      bad: ['수의사가 추천하는 장면', 'AI veterinarian holding the balm'],
      good: ['강아지와 산책하는 모델', '수의 향기'],
    },
    {
      id: 'pharmacist',
      pattern: aiExpert(pharmacist, pharmacistEn),
      bad: [
        '가운을 입은 약사가 제품을 들고 있는 이미지',
        'AI 약사 아바타',
        'A pharmacist holds the cream and smiles',
      ],
      good: ['약초가 놓인 나무 선반', 'A wooden shelf with herbs'],
    },
    {
      id: 'professor',
      pattern: aiExpert(professor, professorEn),
      bad: [
        'AI 교수가 성분을 설명하는 영상',
        '가상의 연구원이 앰플을 들고',
        'A virtual professor explains the formula',
      ],
      good: ['도서관 책상 위의 핸드크림', 'A hand cream on a library desk'],
    },
    {
      id: 'white-coat',
      pattern: either(
        /실험복|연구복|진료복|간호복|간호사복|의사복|스크럽(?:복|을\s?입)|(?:흰|하얀|백색|의사|약사|연구원)\s?가운(?!처럼|\s?같은)|가운을?\s?(?:입은|걸친|차림)|수술\s?(?:모자|장갑|마스크)|청진기|수술복/u,
        /\b(?:white|lab|doctor'?s) coat(?! of)|\bstethoscope|\bin (?:surgical )?scrubs\b/u,
      ),
      exceptions: [
        /(?:호텔|욕실|욕조|침실|침대|스파|커튼)[^.!?\n]{0,24}가운[^.!?\n]{0,8}|가운[^.!?\n]{0,24}(?:호텔|욕실|욕조|침실|침대|스파|커튼)|(?:목욕|샤워|실크|새틴|호텔|배스)\s?가운[^.!?\n]{0,10}/u,
        /no (?:white|lab) coats?/u,
        /(?:가운|청진기|수술복|진료실|의료\s?소품)[^.!?\n]{0,24}(?:쓰지|넣지|나오지|등장하지|등장시키지|금지|말\s?것|말\s?고|제외|빼[고기]|없이|않)[^.!?\n]{0,8}/u,
      ],
      bad: [
        '하얀 가운을 입은 인물이 크림을 보여 주는 포스터',
        'A person in a lab coat presents the serum',
      ],
      good: ['목욕 가운을 입은 인물', 'A person in a linen shirt presents the serum'],
    },
  ],
)
