import { family } from './family.ts'

/** Statements about a food that are lawful with a certificate, an analysis or a record. */
export const foodFactRules = family(
  {
    id: 'food.facts',
    productTypes: ['food', 'health_functional_food'],
    law: 'food_labelling_act',
    article: '8(1)',
    item: '4',
    severity: 'needs_evidence',
  },
  [
    {
      id: 'haccp',
      guidelinePage: '시행령 별표 1 제4호',
      pattern:
        /(?:haccp|해썹|gmp|iso\s?22000|할랄|코셔|비건|동물\s*복지|전통\s*식품|지리적\s*표시|gap)\s*(?:품질\s*)?(?:인증|지정|마크|적용|획득|시설|업소)/u,
      evidenceThatAllows: {
        description: {
          ko: '인증서(인증번호, 대상 품목·시설)',
          en: 'The certificate with its number and scope',
        },
        pattern:
          /(?:haccp|해썹|gmp|iso\s?22000|할랄|halal|코셔|kosher|비건|vegan|동물\s*복지|전통\s*식품|지리적\s*표시|gap)[^\n]{0,40}(?:인증서|번호|지정서|제\s?\d|확인서|certif|no\.)/u,
      },
      explanation: {
        ko: '식품 인증은 실제 인증서와 번호로 확인되어야 합니다.',
        en: 'A certification of a food has to be verifiable by its certificate and number.',
      },
      bad: ['HACCP 인증 김치', '해썹 인증을 받은 반찬', '할랄 인증 라면', '동물복지 인증 달걀'],
      good: ['위생적인 주방에서 조리합니다', '비건 손님을 위한 메뉴판'],
    },
    {
      id: 'nutrition_claims',
      guidelinePage: '식품등의 표시기준 별지 1 영양강조표시',
      pattern:
        /(?:칼슘|비타민\s?[a-z]?\d{0,2}|단백질|식이섬유|철분|아연|dha|오메가\s?3|엽산|영양(?:소|분)?)(?:이|을|를|도)?\s*(?:풍부|가득|듬뿍|강화|만점|최대|\d{1,3}\s?배)|성장기\s*[^.!?\n]{0,8}(?:필요|필수|영양|좋은|위한)|(?:무설탕|무가당|무당|저당|무지방|저지방|저염|저나트륨|저칼로리|무칼로리|고단백|고칼슘|고식이섬유|고함량\s*단백질|무염|무콜레스테롤|저콜레스테롤)(?![가-힣]*는\s*아)|(?:설탕|당류|당|나트륨|칼로리|지방|글루텐|락토스|유당|밀가루|콜레스테롤|트랜스\s*지방)(?:이|을|은)?\s*(?:무첨가|제로|zero|프리|free|없는|없이|0(?:%|g|kcal|칼로리)|줄인|줄였|\d{1,8}%\s*(?:줄|낮|감소|저감))|제로\s*(?:슈거|슈가|칼로리|당|콜라|설탕)|(?:슈거|슈가|글루텐|락토|디카페인|sugar|gluten|lactose)\s*(?:프리|제로|free|zero)/u,
      exceptions: [/(?:당류|나트륨|지방|칼로리|단백질)\s*[:：]?\s*\d[^.!?\n]{0,10}/u],
      evidenceThatAllows: {
        description: {
          ko: '영양강조표시 기준을 충족하는 영양성분 분석 결과(시험성적서)',
          en: 'A nutrition analysis that meets the criterion of the claim',
        },
        pattern:
          /(?:영양\s*성분|당류|나트륨|지방|열량|글루텐|유당|카페인|단백질|설탕)[^\n]{0,50}(?:분석|시험|성적서|불검출|\d\s*(?:g|mg|kcal|ppm)|미만|이하|무첨가)|(?:분석|시험|성적서)[^\n]{0,40}(?:당류|나트륨|지방|글루텐|유당|단백질)|nutrition (?:facts|analysis)/u,
      },
      explanation: {
        ko: '무설탕·저당·글루텐 프리 등 영양강조표시는 기준을 충족하는 분석 결과가 있어야 합니다.',
        en: 'Sugar-free, low-sodium, gluten-free and the like need an analysis that meets the criterion.',
      },
      bad: [
        '무설탕 요거트',
        '설탕 무첨가, 글루텐 프리 그래놀라',
        '고단백 저지방 간식',
        '제로 슈거 탄산',
        '나트륨을 30% 줄인 라면',
        '칼슘이 풍부한 어린이 치즈',
      ],
      good: ['단백질 20g, 당류 3g', '설탕 한 스푼을 더하면 더 달콤해요', '당도 선별 귤'],
    },
    {
      id: 'origin_purity',
      guidelinePage: '시행령 별표 1 제4호; 원산지표시법 제6조',
      pattern:
        /100\s*%\s*(?:국내산|국산|한우|수작업)|(?:국내산|국산)\s*[^.!?\n]{0,6}100\s*%|(?:식품\s*)?명인(?:이|의)?\s*(?:만든|빚은|담근|비법|손맛)|(?:100\s*%|순수?)\s*(?:착즙|원액|과즙)|(?:과즙|착즙|원액|꿀|우유|한우|메밀|통밀)\s*100\s*%|순수\s*(?:꿀|한우|메밀)|물\s*한\s*방울\s*(?:도\s*)?(?:안|넣지\s*않|없이|섞지)/u,
      evidenceThatAllows: {
        description: {
          ko: '원산지 증명과 원재료 배합비, 제조 공정 자료',
          en: 'Proof of origin, the recipe and the process',
        },
        pattern:
          /(?:원산지|국내산|국산|한우|원재료|배합비|착즙|과즙|수제|수작업)[^\n]{0,50}(?:증명|확인서|이력|성적서|\d{1,8}\s*%|공정|거래\s*명세|번호)|certificate of origin/u,
      },
      explanation: {
        ko: "'100% 과즙, 순수 원액'는 배합비·공정 자료가 있어야 합니다.",
        en: '100% juice or pure needs proof of recipe and process.',
      },
      bad: [
        '물 한 방울 섞지 않은 배즙',
        '순수 원액 100% 주스',
        '과즙 100% 사과즙',
        '한우 100% 육포',
      ],
      good: ['국산 콩을 씁니다', '손으로 빚은 수제 만두', '면 100% 주방 행주를 사은품으로 드려요'],
    },
  ],
)
