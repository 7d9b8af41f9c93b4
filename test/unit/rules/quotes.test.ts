import { describe, expect, test } from 'vitest'
import { findQuote } from '../../../shared/rules/quotes.ts'

const page = [
  '서론입니다. 올해 핸드크림 매출은 “지난해”보다 1,200억 원(▲3.5%) 늘었다.',
  'Growth was -3% in Q4 2025, experts\u00a0said… The company’s co-founder [3] calls it “a re\u00adset”.',
  '응답자의 20~30대 가운데 62.5%가 향을 먼저 고른다고 답했다.',
].join('\n')

const found = (quote: string, text = page): string | null => {
  const passage = findQuote(quote, text)
  return passage && text.slice(passage.start, passage.end)
}

describe('a quote is found', () => {
  test.each([
    ['word for word', '올해 핸드크림 매출은 “지난해”보다 1,200억 원(▲3.5%) 늘었다.'],
    ['with other quotation marks', '올해 핸드크림 매출은 "지난해"보다 1,200억 원(▲3.5%) 늘었다.'],
    ['with other spaces', '올해  핸드크림매출은 “지난해” 보다 1,200억원 (▲3.5%)\n늘었다.'],
    [
      'without the separators of thousands',
      '올해 핸드크림 매출은 “지난해”보다 1200억 원(▲3.5%) 늘었다.',
    ],
    ['in full width', '올해 핸드크림 매출은 “지난해”보다 １，２００억 원（▲３．５％） 늘었다.'],
    ['decomposed', '올해 핸드크림 매출은 “지난해”보다 1,200억 원(▲3.5%) 늘었다.'.normalize('NFD')],
    [
      'with invisible characters',
      '올해 핸드\u200b크림 매출은\ufeff “지난해”보다 1,200억 원(▲3.5%) 늘\u2060었다.',
    ],
    [
      'with other blanks',
      '올해\u3164핸드크림 매출은\u2800“지난해”보다 1,200억\u{1d159}원(▲3.5%) 늘었다.',
    ],
  ])('%s', (_, quote) => {
    expect(found(quote)).toBe('올해 핸드크림 매출은 “지난해”보다 1,200억 원(▲3.5%) 늘었다.')
  })

  test.each([
    ['GROWTH WAS −3% IN Q4 2025, EXPERTS SAID...', 'Growth was -3% in Q4 2025, experts\u00a0said…'],
    [
      "The company's co–founder calls it 'a reset'",
      'The company’s co-founder [3] calls it “a re\u00adset”',
    ],
    ['20∼30대 가운데 62.5%가', '20~30대 가운데 62.5%가'],
    ['"향을 먼저 고른다고 답했다"', '향을 먼저 고른다고 답했다.'],
  ])('%s', (quote, passage) => {
    expect(found(quote)).toBe(passage)
  })

  test.each(['\n', '\u2800', '\u3164'])('with another blank between two figures: %j', (blank) => {
    const text = `올해 응답자의 나이는 20${blank}30대 순이었다.`
    expect(found('응답자의 나이는 20 30대 순', text)).toBe(`응답자의 나이는 20${blank}30대 순`)
    expect(found('응답자의 나이는 2030대 순', text)).toBeNull()
  })

  test('although an ellipsis leaves out its middle', () => {
    expect(found('올해 핸드크림 매출은 … 3.5%) 늘었다.')).toBeNull()
    expect(found('핸드크림 매출은 “지난해”보다 … Growth was -3% in Q4')).toBe(
      page.slice(page.indexOf('핸드크림 매출은'), page.indexOf(' 2025')),
    )
  })
})

describe('a quote is not found', () => {
  test.each([
    ['with another figure', '올해 핸드크림 매출은 “지난해”보다 1,300억 원(▲3.5%) 늘었다.'],
    ['with a figure that lost its point', '매출은 “지난해”보다 1,200억 원(▲35%) 늘었다.'],
    ['with another sign', 'Growth was 3% in Q4 2025'],
    ['with another direction', '매출은 “지난해”보다 1,200억 원(▼3.5%) 늘었다.'],
    ['with two figures run together', '응답자의 2030대 가운데 62.5%가'],
    ['with a figure cut short', '올해 핸드크림 매출은 “지난해”보다 1,2'],
    ['without the figure’s unit', '올해 핸드크림 매출은 “지난해”보다 1,200'],
    ['with only the end of a figure', '0대 가운데 62.5%가 향을'],
    ['with part of a word', 'rowth was -3% in Q4 2025'],
    [
      'with the parts in another order',
      '향을 먼저 고른다고 답했다 … 올해 핸드크림 매출은 “지난해”보다',
    ],
  ])('%s', (_, quote) => {
    expect(found(quote)).toBeNull()
  })

  test.each([
    ['올해 시장 규모는 1조', '올해 시장 규모는 1조 2천억 원이다.'],
    ['2천억 원이라고 협회가 밝혔다', '규모는 1조 2천억 원이라고 협회가 밝혔다'],
    ['평일 아침 응답은 지난해보다 6%', '평일 아침 응답은 지난해보다 6%p 늘었다.'],
    ['지난해 이용자 수는 모두 12', '지난해 이용자 수는 모두 12퍼센트 늘었다'],
    ['지난해 이용자 수는 모두 12', '지난해 이용자 수는 모두 12 만 명이다'],
    ['revenue of the market reached $15', 'revenue of the market reached $15 million in 2025'],
  ])('with a figure that goes on: %s', (quote, text) => {
    expect(found(quote, text)).toBeNull()
  })

  test.each([
    ['2천억 원이라고 협회가 밝혔다', '서울시 전체 2천억 원이라고 협회가 밝혔다'],
    ['올해 시장 규모는 약 3만', '올해 시장 규모는 약 3만, 5천 개는 남았다'],
    ['지난해 조사에서 모두 12', '지난해 조사에서 모두 12 만족한다고 답했다'],
  ])('although a figure stands beside %s, it is', (quote, text) => {
    expect(found(quote, text)).toBe(quote)
  })

  test.each([
    ['매출은 지난해보다 12%↑', '매출은 지난해보다 12%↓ 이익은 그대로다'],
    ['매출은 지난해보다 12%▲ 이익은', '매출은 지난해보다 12%▼ 이익은 그대로다'],
    ['매출은 지난해보다 12%p🔺 이익은', '매출은 지난해보다 12%p🔻 이익은 그대로다'],
    ['매출은 지난해보다 3만원↑ 이익은', '매출은 지난해보다 3만원↓ 이익은 그대로다'],
    ['매출은 지난해보다 12% ↑ 이익은', '매출은 지난해보다 12% ↓ 이익은 그대로다'],
    ['매출은 지난해보다 1200 (▲3%)', '매출은 지난해보다 1200 (▼3%)'],
    ['매출은 지난해보다 12%', '매출은 지난해보다 12%↓ 이익은 그대로다'],
    ['매출은 지난해보다 3만원', '매출은 지난해보다 3만원⬇️ 이익은 그대로다'],
    ['매출은 지난해보다 12% 변했다', '매출은 지난해보다 –12% 변했다'],
    ['매출은 지난해보다 12% 변했다', '매출은 지난해보다 ↓12% 변했다'],
    ['12% 변했다고 협회가 밝혔다', '매출은 (–12% 변했다고 협회가 밝혔다)'],
    ['The result in 2025, 3% overall', 'The result in 2025, –3% overall'],
    ['The result was a $12 million loss', 'The result was a –$12 million loss'],
    ['$12 million was the result', 'In 2025 –$12 million was the result'],
    ['The result was a ₩-12 million loss', 'The result was a ₩12 million loss'],
    ['매출은 지난해보다 5% 늘었다', '매출은 지난해보다 .5% 늘었다'],
    ['5% 늘었다고 협회가 밝혔다', '.5% 늘었다고 협회가 밝혔다'],
    ['매출은 지난해보다 .5% 늘었다', '매출은 지난해보다 –.5% 늘었다'],
    ['매출은 지난해보다 $5 늘었다', '매출은 지난해보다 $.5 늘었다'],
    ['매출은 지난해보다 5% 이하로', '매출은 지난해보다 ≦5% 이하로'],
  ])('without what changes its figure: %s, where the page says %s', (quote, text) => {
    expect(found(quote, text)).toBeNull()
  })

  test.each([
    ['매출은 지난해보다 12%↓', '매출은 지난해보다 12%↓ 이익은 38% 늘었다'],
    ['이익은 38% 늘었다고 한다', '매출은 지난해보다 12%↓ 이익은 38% 늘었다고 한다'],
    ['38%가 늘었다고 협회가', '매출은 12%↓ 38%가 늘었다고 협회가'],
    ['서울 매장에서는 모두 12명', '▲서울 매장에서는 모두 12명▲부산 8명'],
    ['지난해 조사에서 모두 12%', '지난해 조사에서 모두 12% ▲부산 8명'],
    ['지난해 이용자는 1,200억 원', '지난해 이용자는 1,200억 원▲3.5%'],
    ['매출은 늘었다. 5월에도 늘었다', '매출은 늘었다.5월에도 늘었다'],
    ['응답자의 10-20%가 답했다고', '응답자의 10–20%가 답했다고'],
    ['응답자의 10%~20%가 답했다고', '응답자의 10% ~ 20%가 답했다고'],
    ['응답자의 12%가 답했다고 한다', '응답자의 – 12%가 답했다고 한다'],
    ['지난해 코로나19 확산 뒤에', '지난해 코로나–19 확산 뒤에'],
    ['Growth was −.5% in the fourth', 'Growth was -.5% in the fourth'],
    ['in 2025, and 3% of them said', 'in 2025 – and 3% of them said'],
  ])('although marks stand beside %s, it is in %s', (quote, text) => {
    expect(found(quote, text)).not.toBeNull()
  })

  test.each([
    '',
    '…',
    '   ',
    '3.5%',
    '늘었다.',
    '올해 매출은',
    'experts',
    'experts said'.slice(0, 7),
    '!!!!!!!!!!!!',
  ])('when it is too little to prove anything: %j', (quote) => {
    expect(found(quote)).toBeNull()
  })

  test('in half a syllable', () => {
    expect(found('핸드크림 매출이 늘어나', '핸드크림 매출이 늘어난다')).toBeNull()
    expect(found('핸드크림 매출이 늘어', '핸드크림 매출이 늘어난다')).toBe('핸드크림 매출이 늘어')
  })
})
