import { family } from './family.ts'

export const cosmeticsMedicineRules = family(
  {
    id: 'cosmetics.medicine',
    productTypes: ['cosmetics'],
    law: 'cosmetics_act',
    article: '13(1)',
    item: '1',
    severity: 'block',
    explanation: {
      ko: '화장품을 질병의 진단·치료·예방에 쓰는 의약품으로 잘못 알게 하는 표현입니다.',
      en: 'It makes a cosmetic look like a medicine that diagnoses, treats or prevents disease.',
    },
  },
  [
    {
      id: 'cure',
      pattern: /완치|치료(?!사|비|실|법사|감호)|치유/u,
      exceptions: [/(?:물리|심리|미술|음악|언어|놀이)치료/u],
      guidelinePage: '안내서-0086-07 p. 9',
      bad: ['100% 완치! 세계 최고 1위', '여드름 완 치', '트러블을 치료해 드립니다', 'ㅊㅣ료 크림'],
      good: ['이 제품은 치료가 아닙니다', '물리치료사의 하루', '완치라는 말은 하지 않습니다'],
    },
  ],
)
