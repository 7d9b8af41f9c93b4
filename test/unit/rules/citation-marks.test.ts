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

  test.each([
    ['in the middle of a word', 1],
    ['between the halves of an emoji', 3],
    ['inside a grapheme', 2],
    ['before the full stop', 10],
    ['in the space behind', 12],
  ])('stand behind the sentence when the index is %s', (_, end) => {
    expect(insertMarks('👍🏽 첫 문장이다. 둘째다.', [{ number: 7, end }])).toBe(
      '👍🏽 첫 문장이다. [7] 둘째다.',
    )
  })

  test.each([
    ['beyond the end', [{ number: 1, end: 999 }], '가다. 나다. [1]'],
    ['at the beginning', [{ number: 1, end: 0 }], '가다. [1] 나다.'],
    ['missing', [{ number: 1, end: null }], '가다. 나다.'],
    ['negative', [{ number: 1, end: -43 }], '가다. 나다.'],
    ['no whole number', [{ number: 1, end: 2.5 }], '가다. 나다.'],
    [
      'the same twice',
      [
        { number: 1, end: 3 },
        { number: 1, end: 2 },
      ],
      '가다. [1] 나다.',
    ],
    [
      'of several sources',
      [
        { number: 2, end: 3 },
        { number: 1, end: 3 },
      ],
      '가다. [1] [2] 나다.',
    ],
  ])('are placed when an index is %s', (_, citations, expected) => {
    expect(insertMarks('가다. 나다.', citations)).toBe(expected)
  })

  test.each([
    ['a decimal point', '매출은 3.5% 늘었다. 그리고'],
    ['an abbreviation', 'Dr. Kim of U.S. Steel vs. Korea said so. Then'],
    ['a date', '2026. 11. 3. 발표했다. 그리고'],
    ['a number of a list', '1. 핸드크림이 는다. 그리고'],
    ['an address', '출처는 https://a.kr/b?c.d 이다. 그리고'],
    ['a word in lower case behind it', 'The so-called no. one brand won. Then'],
  ])('pass over %s', (_, prose) => {
    const end = prose.lastIndexOf('. ') + 1
    expect(insertMarks(prose, [{ number: 1, end: 2 }])).toBe(
      `${prose.slice(0, end)} [1]${prose.slice(end)}`,
    )
  })

  test.each([
    ['with a closing quotation mark', '그는 “늘었다.” 그리고', '그는 “늘었다.” [1] 그리고'],
    ['without a space', '매출이 늘었다.그러나 줄었다.', '매출이 늘었다. [1]그러나 줄었다.'],
    ['in Japanese', '売上が増えた。そして', '売上が増えた。 [1]そして'],
    ['with the line', '- 핸드크림 12% 증가\n- 그리고', '- 핸드크림 12% 증가 [1]\n- 그리고'],
    [
      'with its link',
      '늘었다. ([a.kr](https://a.kr/?b=c.d)) 그리고',
      '늘었다. ([a.kr](https://a.kr/?b=c.d)) [1] 그리고',
    ],
    ['with the text', '끝이 없는 문장  ', '끝이 없는 문장 [1]  '],
  ])('know a sentence that ends %s', (_, prose, expected) => {
    expect(insertMarks(prose, [{ number: 1, end: 2 }])).toBe(expected)
  })

  test('do not stand between what is quoted and who said it', () => {
    const text = '협회는 “늘었다.” 라고 밝혔다. 라면도 늘었다.'
    expect(insertMarks(text, [{ number: 1, end: 9 }])).toBe(
      '협회는 “늘었다.” 라고 밝혔다. [1] 라면도 늘었다.',
    )
  })

  test('leave a blank text alone', () => {
    expect(insertMarks(' \n', [{ number: 1, end: 1 }])).toBe(' \n')
  })
})
