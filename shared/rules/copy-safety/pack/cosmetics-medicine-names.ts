import { either, preparations } from './claims.ts'
import { family } from './family.ts'

const medicineLike = {
  productTypes: ['cosmetics'],
  law: 'cosmetics_act',
  article: '13(1)',
  item: '1',
  severity: 'block',
} as const

/** Names and looks that belong to medicines. */
export const cosmeticsMedicineNameRules = family(
  {
    ...medicineLike,
    id: 'cosmetics.medicine-name',
    guidelinePage: '안내서-0086-07 p. 11',
    explanation: {
      ko: '의약품을 떠올리게 하는 이름이나 말이어서 화장품에 쓸 수 없습니다.',
      en: 'The name or word belongs to medicines and may not stand on a cosmetic.',
    },
  },
  [
    {
      id: 'medicine-words',
      pattern: either(
        /메디슨|메디신|드럭(?!\s?스토어)|드러그(?!\s?스토어)|\bdrugs?\b(?! ?store)|\bmedicines?\b/u,
        /약용\s?(?:화장품|크림|비누|샴푸|로션)|메디[컬칼]\s?(?:크림|세럼|로션|스킨\s?케어|화장품|코스메틱|그레이드|급)|\bmedical[- ](?:grade|strength|skin ?care|cream)/u,
        /의약품\s?(?:과\s?같은|수준|급|등급|원료|성분)|제약\s?등급|(?:바르는|피부)\s?(?:약|명약|특효약)(?![가-힣]{0,2}속)/u,
      ),
      exceptions: [/(?:약|medicine|drug)[가이은는]?\s?아/u],
      bad: [
        '바르는 약, 스킨 메디슨',
        '드럭 코스메틱의 기준',
        '의약품 등급 성분의 크림',
        'Medical-grade skin care',
      ],
      good: ['드럭스토어 인기 선물', 'Available at your drugstore', '의약품이 아닙니다'],
    },
    {
      id: 'cosmeceutical',
      pattern: /코스메[슈수]티[컬칼]|\bcosmeceutical/u,
      bad: ['코스메슈티컬 브랜드의 앰플', 'Korean cosmeceutical serum'],
      good: ['코스메틱 브랜드의 앰플', 'Korean cosmetic serum'],
    },
    {
      id: 'ointment',
      pattern: new RegExp(
        `연고(?=\\s?(?:처럼|같|대신|급|크림|효과|기술|성분|수준)|를\\s?(?:대신|담))|바르는\\s?(?:치료제|연고)|처방\\s?(?:${preparations})|피부\\s?처방|피부과\\s?처방`,
        'u',
      ),
      bad: ['연고 대신 매일 바르는 밤', '피부과 처방을 담은 크림', '바르는 치료제 같은 앰플'],
      good: ['연고지에서 만나는 향', '처방이 필요한 증상은 병원에서 진료를 받으세요'],
    },
  ],
)
