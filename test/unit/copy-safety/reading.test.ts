import { beforeAll, describe, expect, test } from 'vitest'
import { productTypes } from '../../../shared/contracts/copy-safety.ts'
import { boundedPattern } from '../../../shared/rules/copy-safety/bounded-pattern.ts'
import { type JudgeOptions, judgeCopy } from '../../../shared/rules/copy-safety/judge.ts'

const judge = (text: string, options: Partial<JudgeOptions> = {}) =>
  judgeCopy(text, {
    productTypes: ['cosmetics'],
    at: '2026-12-01T12:00:00+09:00',
    locale: 'ko-KR',
    ...options,
  })
const matchesOf = (text: string): string[] => judge(text).findings.map(({ match }) => match)
/** Of the rules for cosmetics: those of general advertising may find other things in the same words. */
const rulesOf = (text: string, options: Partial<JudgeOptions> = {}): string[] =>
  judge(text, options)
    .findings.map(({ rule }) => rule)
    .filter((rule) => rule.startsWith('cosmetics.'))

describe('a word is found although it is', () => {
  test.each([
    ['spaced', '이 크림으로 완 치 하세요', '완 치'],
    ['dotted', '완.치 크림', '완.치'],
    ['starred', '완*치 크림', '완*치'],
    ['joined by a dash', '완-치 크림', '완-치'],
    ['split over a list of marks', '완 . 치', '완 . 치'],
    ['broken over two lines', '완\n치', '완\n치'],
    ['split by an emoji', '완💊치', '완💊치'],
    ['split by a zero-width space', '치\u200b료 크림', '치\u200b료'],
    ['split by a soft hyphen', '치\u00ad료 크림', '치\u00ad료'],
    ['split by a variation selector', '치\ufe0f료 크림', '치\ufe0f료'],
    ['turned around by bidi marks', '\u202e치료\u202c 크림', '치료'],
    ['written in single letters', 'ㅊㅣ료 크림', 'ㅊㅣ료'],
    ['written in spaced single letters', 'ㅇ ㅏ 토 피 크림', 'ㅇ ㅏ 토 피'],
    ['written with a loose final', '와ㄴ치 크림', '와ㄴ치'],
    ['written in half-width letters', '\uffba\uffdc료 크림', '\uffba\uffdc료'],
    ['decomposed', '치료 크림'.normalize('NFD'), '치료'.normalize('NFD')],
    ['struck out with combining marks', '치\u0336료\u0336 크림', '치\u0336료\u0336'],
    ['stretched', '치이이료 크림', '치이이료'],
    ['followed by laughter', '완치ㅋㅋ', '완치'],
    ['partly in Chinese characters', '完치 크림', '完치'],
    ['partly in kana', 'ア토피 크림', 'ア토피'],
    ['in full-width letters', 'ＣＵＲＥＳ eczema', 'ＣＵＲＥＳ'],
    ['spelled out', 'c.u.r.e for your skin', 'c.u.r.e'],
    ['written with Cyrillic letters', 'сurеs your skin', 'сurеs'],
    ['written with digits', 'A b0t0x cream', 'b0t0x'],
    ['written in boxes', '🅲🆄🆁🅴 for your skin', '🅲🆄🆁🅴'],
    ['a compound that is spaced', '혈액 순환 크림', '혈액 순환'],
  ])('%s', (_, text, match) => {
    expect(matchesOf(text)).toContain(match)
  })
})

describe('no word is made of syllables of two words in', () => {
  test.each([
    '최 고객님께 드리는 쿠폰',
    '그 가치 료리사가 알아봅니다',
    '이번 주 름름한 향',
    '무조건 선물 포장',
    '이건 선을 넘은 향기',
    '마감 치약 행사. 료',
    '한 방울로 촉촉하게',
    '배송 완. 치수 안내',
    '미 백화점 입점 기념',
    '언니들이 고른 색',
    '크림 주 문의는 채팅으로',
  ])('%s', (text) => {
    expect(rulesOf(text)).toEqual([])
  })
})

describe('what is denied is no claim', () => {
  test.each([
    '치료가 아닙니다',
    '치료 효과를 주장하지 않아요',
    '질병의 예방 및 치료를 위한 것이 아닙니다',
    '완치라는 말은 하지 않습니다',
    '저희는 완치를 약속하지 않습니다',
    '완치, 재생, 치료 같은 표현은 화장품 광고에 쓸 수 없습니다',
    '아토피를 치료하는 크림이 아닙니다',
    '‘완치’라는 광고에 속지 마세요',
    '치료가 되나요? 아니요.',
    '“아토피가 낫나요?”라는 질문에는 “아니요, 화장품은 약이 아닙니다”라고 답합니다',
    '상처가 있는 부위에는 사용하지 마세요',
    '습진이 있는 경우 전문의와 상담하세요',
    'Not intended to diagnose, treat, cure or prevent any disease.',
    'We never promise to cure eczema.',
    'It does not heal anything; it smells nice.',
  ])('%s', (text) => {
    expect(rulesOf(text)).toEqual([])
  })
})

describe('what only looks denied is a claim', () => {
  test.each([
    '치료 아닌 치료',
    '완치가 안 될 리 없다',
    '부작용 없이 완치',
    '완치되지 않으면 전액 환불',
    '단순한 치료가 아닙니다, 그 이상입니다',
    '완치는 더 이상 꿈이 아닙니다',
    '치료라고 하지 않을 수 없다',
    '완치되지 않는 피부는 없습니다',
    '완치, 어렵지 않습니다',
    '치료됩니다. 부작용은 없지 않습니다',
    '치료뿐만이 아닙니다',
    '왜 치료라고 말하지 않을까요?',
    '저희는 의약품이 아닙니다. 하지만 완치됩니다',
    'Why not cure your eczema?',
    'It not only soothes but cures eczema.',
    'Nothing cures eczema faster.',
  ])('%s', (text) => {
    expect(judge(text).verdict).toBe('blocked')
  })
})

test('an allowed phrase clears itself and nothing else', () => {
  const allowed = '주름개선 기능성화장품입니다'
  expect(judge(allowed).verdict).toBe('ok')
  expect(rulesOf(`${allowed}. 아토피도 낫습니다`)).toContain('cosmetics.medicine.atopy')
  expect(rulesOf(`${allowed}. 아토피도 낫습니다`)).not.toContain('cosmetics.functional.wrinkle')
  expect(rulesOf(`${allowed}. 주름 제거 앰플`)).toContain('cosmetics.functional.wrinkle')
})

describe('evidence', () => {
  const review = '식약처 미백 기능성화장품 심사를 받았습니다(보고번호 2026-12)'

  test('clears what it proves', () => {
    expect(judge('미백 크림').verdict).toBe('needs_evidence')
    expect(judge('미백 크림').findings[0]?.allowed_by).toMatch(/기능성화장품/)
    expect(judge('미백 크림', { evidence: [review] }).verdict).toBe('ok')
  })

  test('clears nothing else', () => {
    expect(judge('주름 개선 크림', { evidence: [review] }).verdict).toBe('needs_evidence')
    expect(judge('아토피 완치 크림', { evidence: [review] }).verdict).toBe('blocked')
  })

  test('that is missing, planned or denied clears nothing', () => {
    for (const evidence of [
      '미백 기능성화장품 심사 예정입니다',
      '미백 기능성화장품이 아닙니다',
      '미백을 원하는 고객이 많습니다',
    ])
      expect(judge('미백 크림', { evidence: [evidence] }).verdict, evidence).toBe('needs_evidence')
  })
})

describe('a rule holds on its days, in Korea:', () => {
  const text = 'AI 의사가 추천하는 장면'
  const clause = 'cosmetics.ai-expert.doctor'

  test.each([
    ['2026-11-26T14:59:59Z', false],
    ['2026-11-26T15:00:00Z', true],
    ['2026-11-26T23:59:59+09:00', false],
    ['2026-11-27T00:00:00+09:00', true],
    ['no time', true],
    ['+275760-09-13T00:00:00Z', true],
  ])('%s: %s', (at, holds) => {
    expect(rulesOf(text, { at }).includes(clause)).toBe(holds)
  })

  test('what was item 4 is item 5 from the day of the new clause on', () => {
    const lawOn = (at: string) =>
      judge('부작용이 전혀 없다', { at })
        .findings.filter(({ rule }) => rule.startsWith('cosmetics.deceptive'))
        .map(({ law }) => law)
    expect(lawOn('2026-11-26T12:00:00+09:00')).toEqual(['화장품법 제13조제1항제4호'])
    expect(lawOn('2026-11-27T12:00:00+09:00')).toEqual(['화장품법 제13조제1항제5호'])
    expect(
      judge('부작용 제로', { locale: 'en-US' }).findings.find(({ rule }) =>
        rule.endsWith('deceptive.side-effects'),
      )?.law,
    ).toBe('Cosmetics Act art. 13(1), item 5')
  })
})

describe('unjudged is', () => {
  test.each([
    ['Japanese', '肌がよみがえる奇跡のクリーム'],
    ['Chinese', '三天祛斑的神奇面霜'],
    ['Russian', 'Крем лечит экзему навсегда'],
    ['Spanish', 'La crema que elimina para siempre las manchas de tu piel con una sola aplicación'],
    ['a text that is longer than what is read', `${'좋은 향. '.repeat(4000)}`],
  ])('%s', (_, text) => {
    expect(judge(text).verdict).toBe('unjudged')
  })

  test('never a text that is blocked anyway', () => {
    expect(judge(`완치! ${'좋은 향. '.repeat(4000)}`).verdict).toBe('blocked')
    expect(judge('完治 完治 完治').verdict).toBe('blocked')
  })

  test('no text without letters', () => {
    for (const text of ['', '  ', '💧💧', '!!!', '20,000']) expect(judge(text).verdict).toBe('ok')
  })
})

test('types that nothing is said of are all types', () => {
  expect(judge('완치', { productTypes: [] }).product_types).toEqual([...productTypes])
})

describe('a hostile text of 20,000 units costs about what an ordinary one does:', () => {
  const size = 20_000
  const filled = (text: string): string => text.repeat(Math.ceil(size / text.length)).slice(0, size)
  /** Microseconds of processor time, all product types. */
  const costOf = (text: string): number => {
    const before = process.cpuUsage()
    judge(filled(text), { productTypes })
    const { user, system } = process.cpuUsage(before)
    return user + system
  }
  let ordinary = 0
  beforeAll(() => {
    const copy = '아침마다 가볍게 바르는 촉촉한 크림이에요. A light cream for every morning. '
    costOf(copy)
    ordinary = costOf(copy)
  })

  test.each([
    '1',
    '1%',
    'a',
    ' ',
    '*',
    '완.치.',
    'c.u.r.e.',
    '치료가 아닙니다 ',
    '치료 예방 완치 ',
    'ㅊㅣㄹㅛ',
    '치\u200b',
    'a\u0301',
    'с',
    '의사 ',
    '주름',
    '“완치”라는 광고 ',
    'not treat cure ',
    '\ud800',
  ])('%j', (text) => {
    expect(costOf(text) / ordinary).toBeLessThan(8)
  })
})

test('quantifiers are limited wherever they stand in a pattern', () => {
  expect(boundedPattern(/\d+a*[+*]\+\*(?:b){2,}c{1,3}/u).source).toBe(
    '\\d{1,40}a{0,40}[+*]\\+\\*(?:b){2,42}c{1,3}',
  )
})
