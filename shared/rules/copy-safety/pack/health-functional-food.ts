import { everydayTopic } from './everyday-topic.ts'
import { family } from './family.ts'
import { functionalLabelling, illnessCautions } from './food-terms.ts'
import type { FunctionalTopic } from './functional-topic.ts'
import { functionalTopics } from './functional-topics.ts'

/** «… 에 도움을 줄 수 있음» or «… 에 필요»: the wording of the recognition, in a list or alone. */
const recognisedForm = (recognised: string): RegExp =>
  new RegExp(
    `(?:${recognised})[가-힣\\s,·ㆍ()]{0,30}?(?:에|데)?\\s*(?:도움을?\\s*(?:줄\\s*수\\s*있(?:음|습니다|어요|는|다)?|줌|줍니다)|필요(?:함|합니다|한)?)`,
    'u',
  )

/** The same for any function: a sentence that is nothing but functions and that ending. */
const recognisedSentence =
  /(?:(?!강화|폭발|특효|확실|탁월|최고|즉각|빠른|놀라|완벽|치료|완치|다이어트|살[이을]?\s)[가-힣\s,·ㆍ()-]){2,80}?(?:에|데|위해|위하여)\s*(?:도움을?\s*(?:줄\s*수\s*있(?:음|습니다|어요|는|다)?|줌|줍니다)|필요(?:함|합니다|한)?)/u

const patternOf = ({ pattern, mention }: FunctionalTopic): RegExp =>
  mention === undefined ? pattern : new RegExp(`${pattern.source}|${mention}`, 'u')

/** Art. 8(1) no. 3: an ordinary food that claims a function passes itself off as a health-functional food. */
export const foodFunctionRules = family(
  {
    id: 'food.function',
    productTypes: ['food'],
    yieldsTo: 'health_functional_food',
    law: 'food_labelling_act',
    article: '8(1)',
    item: '3',
    severity: 'block',
    guidelinePage: '시행령 별표 1 제3호',
  },
  [...functionalTopics, everydayTopic].map((topic) => ({
    id: topic.key,
    pattern: patternOf(topic),
    exceptions: [...functionalLabelling, ...illnessCautions, ...(topic.except ?? [])],
    explanation: {
      ko: `일반식품에 ${topic.ko} 기능성을 표방하면 건강기능식품으로 오인하게 합니다.`,
      en: `An ordinary food that claims a function for ${topic.en} passes itself off as a health-functional food.`,
    },
    bad: topic.bad,
    good: topic.goodFood,
  })),
)

/** Art. 8(1) nos. 4 and 9: a health-functional food may claim what was recognised, in the reviewed wording. */
export const healthFunctionRules = family(
  {
    id: 'health_functional_food.function',
    productTypes: ['health_functional_food'],
    law: 'food_labelling_act',
    article: '8(1)',
    item: '9',
    severity: 'needs_evidence',
    guidelinePage: '법 제10조 자율심의',
  },
  [...functionalTopics, everydayTopic].map((topic) => ({
    id: topic.key,
    pattern: patternOf(topic),
    exceptions: [
      recognisedForm(topic.recognised),
      recognisedSentence,
      ...illnessCautions,
      ...(topic.except ?? []),
    ],
    evidenceThatAllows: {
      description: {
        ko: `${topic.ko}에 관한 기능성 인정 내용과 광고 자율심의 번호`,
        en: `The recognition of the function for ${topic.en} and the number of the advertisement's review`,
      },
      pattern: new RegExp(
        `(?:${topic.recognised})[^\\n]{0,60}(?:인정|심의|고시형|신고|recogni[sz]ed)|심의\\s*(?:필|번호|결과)[^\\n]{0,10}\\d{2}|(?:인정|신고|기능성|개별인정형|심의\\s*(?:번호|필))[^\\n]{0,60}(?:${topic.recognised})`,
        'u',
      ),
    },
    explanation: {
      ko: `건강기능식품은 인정받은 ${topic.ko} 기능성을 심의받은 문구("…에 도움을 줄 수 있음")로만 광고할 수 있습니다.`,
      en: `A health-functional food may speak of ${topic.en} only in the recognised and reviewed wording ("may help …").`,
    },
    bad: topic.bad,
    good: topic.goodFunctional,
  })),
)
