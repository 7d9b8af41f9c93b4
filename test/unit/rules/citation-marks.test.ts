import { describe, expect, test } from 'vitest'
import { insertMarks } from '../../../shared/rules/quotes.ts'

const text =
  '👍🏽 첫 문장입니다. 둘째 😀 문장은 3.5% 늘었다. ([a.kr](https://a.kr/x?y=1)) 셋째 문장이다!\n- 넷째 줄'
const marked =
  '👍🏽 첫 문장입니다. [1] 둘째 😀 문장은 3.5% 늘었다. ([a.kr](https://a.kr/x?y=1)) [2] 셋째 문장이다! [3]\n- 넷째 줄 [4]'

const places = ['입니다.', 'y=1))', '문장이다!', '넷째 줄'].map(
  (end) => text.indexOf(end) + end.length,
)
const units = {
  'UTF-16 units': (place: number) => place,
  'code points': (place: number) => Array.from(text.slice(0, place)).length,
  bytes: (place: number) => Buffer.byteLength(text.slice(0, place)),
}

describe('marks of citations', () => {
  test.each(Object.entries(units))(
    'stand behind their sentences when a server counts in %s',
    (_, count) => {
      const citations = places.map((place, index) => ({ number: index + 1, end: count(place) }))
      expect(insertMarks(text, citations)).toBe(marked)
    },
  )
})
