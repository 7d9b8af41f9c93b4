import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { graphemeCount, lastGraphemeAt } from '../../../shared/contracts/graphemes.ts'
import {
  bytesPerGrapheme,
  decodeUtf8,
  firstViolationAt,
  normalized,
  sameText,
  type TextRule,
  text,
  textViolations,
} from '../../../shared/contracts/text.ts'

const bounds = { min: 1, max: 300, multiline: true }
const rulesOf = (value: string, within = bounds): TextRule[] =>
  textViolations(value, within).map(({ rule }) => rule)

describe('what people really write passes', () => {
  test.each([
    ['Korean', '유기농 세럼, 3만 원대'],
    ['Korean in decomposed form', '유기농 세럼'.normalize('NFD')],
    ['jamo of older Korean', '\u1112\u119e\u11ab글'],
    ['a syllable with a filler', '\u115f\u1161'],
    ['joined emoji', '가족 \u{1F468}\u200d\u{1F469}\u200d\u{1F467}\u200d\u{1F466}'],
    ['skin tones', '\u{1F44D}\u{1F3FD}'],
    [
      'a kiss with skin tones',
      '\u{1F469}\u{1F3FB}\u200d\u2764\ufe0f\u200d\u{1F48B}\u200d\u{1F468}\u{1F3FE}',
    ],
    ['a flag', '\u{1F1F0}\u{1F1F7}'],
    ['the flag of Scotland', '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}'],
    ['a keycap', '1\ufe0f\u20e3'],
    ['emoji newer than this runtime', '\u{1FAFC}'],
    ['Arabic with an isolate', 'اسم \u2067عطر\u2069'],
    ['Hebrew with an embedding and marks', '\u202bשלום\u202c\u200f'],
    ['Thai and Hindi', 'น้ำหอม क्षत्रिय'],
    ['Vietnamese', 'Nước hoa'.normalize('NFD')],
    ['lines and tabs', 'one\n\ttwo\r\nthree'],
    ['a rare ideograph with a variation selector', '\u845b\u{E0100}'],
    ['one character', '가'],
    ['punctuation alone', '?'],
  ])('%s', (_, value) => {
    expect(textViolations(value, bounds)).toEqual([])
  })
})

describe('what is refused, and by which rule', () => {
  test.each<[string, string, TextRule]>([
    ['a high surrogate', '사진 \ud83d 보내요', 'UNPAIRED_SURROGATE'],
    ['a low surrogate', '사진 \udc4d', 'UNPAIRED_SURROGATE'],
    ['NUL', 'a\0b', 'CONTROL_CHARACTER'],
    ['an escape sequence', '\u001b[31m', 'CONTROL_CHARACTER'],
    ['a carriage return alone', 'a\rb', 'CONTROL_CHARACTER'],
    ['a C1 control', 'a\u0085b', 'CONTROL_CHARACTER'],
    [
      'a citation mark of a model',
      '시장 \ue200cite\ue202turn0search1\ue201',
      'PRIVATE_USE_CHARACTER',
    ],
    ['a private plane', '\u{F0000}', 'PRIVATE_USE_CHARACTER'],
    ['a replacement character', 'caf\ufffd', 'REPLACEMENT_CHARACTER'],
    ['an object that was not pasted', 'see \ufffc', 'REPLACEMENT_CHARACTER'],
    ['a noncharacter', 'a\ufffe', 'UNASSIGNED_CHARACTER'],
    ['an unassigned character', 'a\u0378', 'UNASSIGNED_CHARACTER'],
    ['tag characters that hide words', 'hi\u{E0068}\u{E0069}', 'TAG_CHARACTER'],
    ['a flag that does not end', '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}', 'TAG_CHARACTER'],
    ['an override that stays open', 'a\u202egpj.exe', 'UNPAIRED_DIRECTION_MARK'],
    ['an isolate that nothing opened', 'a\u2069', 'UNPAIRED_DIRECTION_MARK'],
    ['marks that cross', '\u2067a\u202bb\u2069c\u202c', 'UNPAIRED_DIRECTION_MARK'],
    ['an isolate over two lines', '\u2067a\nb\u2069', 'UNPAIRED_DIRECTION_MARK'],
    ['a character of 2,000 marks', `a${'\u0301\u0323'.repeat(1000)}`, 'STACKED_MARKS'],
    [
      'a character of 100 joined emoji',
      `${'\u{1F468}\u200d'.repeat(100)}\u{1F468}`,
      'STACKED_MARKS',
    ],
    ['nothing', '', 'TOO_SHORT'],
    ['white space', ' \n\u00a0\u3000 ', 'TOO_SHORT'],
    ['one grapheme too many', '가'.repeat(301), 'TOO_LONG'],
    ['many more', '가'.repeat(100_000), 'TOO_LONG'],
  ])('%s', (_, value, rule) => {
    expect(rulesOf(value)).toEqual([rule])
  })

  test.each([
    '\u3164',
    '\u200b',
    '\u2800',
    '\u115f',
    '\u1160',
    '\uffa0',
    '\u00ad',
    '\u0301',
    '\ufe0f',
    '\u200e\u200f',
    '\u2067\u2069',
    '\u3164 \u200b\n\u2800',
    '\u{E0100}',
    '\u200d',
  ])('nothing that shows (%j)', (value) => {
    expect(rulesOf(value)).toEqual(['NOTHING_VISIBLE'])
  })

  test('line feeds and tabs where a text is one line', () => {
    for (const value of ['a\nb', 'a\tb', 'a\r\nb', 'a\u2028b']) {
      expect(rulesOf(value, { ...bounds, multiline: false })).toEqual(['LINE_BREAK'])
    }
  })

  test('more bytes than its graphemes could need', () => {
    const family = '\u{1F468}\u200d\u{1F469}\u200d\u{1F467}\u200d\u{1F466}'
    expect(rulesOf(family.repeat(48))).toEqual([])
    expect(rulesOf(family.repeat(49))).toEqual(['TOO_LONG'])
  })

  test('each rule once, and no character of the text in the message', () => {
    const broken = textViolations('\ud83d\0\ue200\0\ud83d', bounds)
    expect(broken.map(({ message }) => message)).toEqual([
      expect.stringContaining('U+D83D'),
      expect.stringContaining('U+0000'),
      expect.stringContaining('U+E200'),
    ])
    for (const { message } of broken) expect(message).toMatch(/^[\x20-\x7e]+$/)
  })
})

describe('length', () => {
  test('is counted in graphemes at both ends, whatever the form', () => {
    const decomposed = '한'.repeat(300).normalize('NFD')
    expect(rulesOf(decomposed)).toEqual([])
    expect(rulesOf(`${decomposed}한`)).toEqual(['TOO_LONG'])
    expect(rulesOf('\u{1F1F0}\u{1F1F7}'.repeat(150))).toEqual([])
    expect(rulesOf('가나', { ...bounds, min: 3 })).toEqual(['TOO_SHORT'])
  })

  test('of blanks around a text is not counted', () => {
    expect(rulesOf(`${' '.repeat(50_000)}a${'\n'.repeat(50_000)}`)).toEqual([])
  })
})

describe('a schema of text', () => {
  const schema = text(10)

  test('normalizes what it parses, and nothing else', () => {
    expect(schema.parse(` ${'유기농'.normalize('NFD')} `)).toBe('유기농')
    expect(text(10, { multiline: true }).parse('a\r\nb ')).toBe('a\nb')
    expect(schema.parse('A\u00a0ﬁ①')).toBe('A\u00a0ﬁ①')
  })

  test.each([
    ['blanks', ' '],
    ['line feeds', '\n'],
    ['ideographic spaces', '\u3000'],
    ['byte order marks', '\ufeff'],
  ])('keeps none of any number of %s around a text', (_, blank) => {
    const around = blank.repeat(60_000)
    expect(schema.parse(`${around}${'유기농'.normalize('NFD')}${around}`)).toBe('유기농')
  })

  test('names the rule in its issues', () => {
    const { error } = schema.safeParse('a\ud83d')
    expect(error?.issues).toMatchObject([{ params: { rule: 'UNPAIRED_SURROGATE' }, path: [] }])
  })

  test('says its lengths in its JSON schema', () => {
    expect(z.toJSONSchema(text(10, { min: 2 }))).toMatchObject({
      type: 'string',
      minLength: 2,
      maxLength: 10,
    })
  })

  test('that may be empty still admits nothing invisible', () => {
    const optional = text(10, { min: 0 })
    expect(optional.parse('  ')).toBe('')
    expect(optional.safeParse('\u200b').success).toBe(false)
  })
})

test('bytes become text only as UTF-8, a byte order mark passed over', () => {
  const bytes = (...values: number[]) => decodeUtf8(Uint8Array.from(values))
  expect(decodeUtf8(Buffer.from('\ufeff안녕'))).toBe('안녕')
  expect(bytes(0xbe, 0xc8, 0xb3, 0xe7)).toBeNull() // CP949
  expect(bytes(0xc0, 0xaf)).toBeNull() // overlong
  expect(bytes(0xed, 0xa0, 0xbd)).toBeNull() // half a surrogate pair
  expect(bytes(0xec, 0x95)).toBeNull() // truncated
  expect(bytes(0xff, 0xfe, 0x61, 0)).toBeNull() // UTF-16
})

test('texts are the same by their normalized form', () => {
  expect(sameText('인스타그램', '인스타그램 '.normalize('NFD'))).toBe(true)
  expect(sameText('a\r\nb', 'a\nb')).toBe(true)
  expect(sameText('가', '나')).toBe(false)
})

describe('a text that is still being written', () => {
  const within = { max: 10, multiline: true }

  test.each([
    ['half of what becomes an emoji', '사진 \ud83d'],
    ['a flag that grows', '\u{1F3F4}\u{E0067}\u{E0062}'],
    ['an isolate that may be closed', '\u2067עט'],
    ['blanks that may be at the end', `a${' '.repeat(20)}`],
    ['the longest text', '가'.repeat(10)],
    ['nothing', ''],
  ])('breaks nothing with %s', (_, prefix) => {
    expect(firstViolationAt(prefix, within)).toBeNull()
  })

  test.each<[string, string, number, TextRule]>([
    ['the first grapheme beyond the bound', '가'.repeat(11), 10, 'TOO_LONG'],
    [
      'a forbidden character, wherever it stands',
      `가\ue200${'가'.repeat(20)}`,
      1,
      'PRIVATE_USE_CHARACTER',
    ],
    ['half a pair that something follows', 'a\ud83d b', 1, 'UNPAIRED_SURROGATE'],
    ['a mark that closes nothing', 'ab\u2069', 2, 'UNPAIRED_DIRECTION_MARK'],
    ['a flood of marks', `a${'\u0301'.repeat(40)}`, 0, 'STACKED_MARKS'],
  ])('breaks the rule at %s', (_, prefix, at, rule) => {
    expect(firstViolationAt(prefix, within)).toMatchObject({ at, violation: { rule } })
  })

  test('breaks no rule in a prefix of what breaks none', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 12 }), (value) => {
        fc.pre(textViolations(value, { min: 1, ...within }).length === 0)
        for (let end = 0; end <= value.length; end += 1) {
          expect(firstViolationAt(value.slice(0, end), within)).toBeNull()
        }
      }),
    )
  })
})

describe('any text', () => {
  const any = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
      .map((units) => String.fromCharCode(...units)),
  )

  test('is refused, or normalized, well-formed and within its bounds', () => {
    const schema = text(20)
    fc.assert(
      fc.property(any, (value) => {
        const { data, error } = schema.safeParse(value)
        if (data === undefined) {
          expect(error?.issues.length).toBeGreaterThan(0)
          return
        }
        expect(data).toBe(value.trim().normalize('NFC').trim())
        expect(data.isWellFormed()).toBe(true)
        expect(schema.parse(data)).toBe(data)
        expect(graphemeCount(data)).toBeLessThanOrEqual(20)
        expect(Buffer.byteLength(data)).toBeLessThanOrEqual(20 * bytesPerGrapheme)
        expect(decodeUtf8(Buffer.from(data))).toBe(data)
      }),
    )
  })

  test('normalizes to itself once normalized', () => {
    fc.assert(fc.property(any, (value) => normalized(normalized(value)) === normalized(value)))
  })

  test('is counted the same, plain or not', () => {
    const mixed = fc.string({
      unit: fc.constantFrom('a', '가', '\n', '漢', '\u3099', '\u11a8', ' '),
    })
    fc.assert(
      fc.property(mixed, (value) => {
        expect(graphemeCount(value)).toBe([...new Intl.Segmenter().segment(value)].length)
      }),
    )
  })

  test('keeps what stands before its last grapheme, whatever follows', () => {
    fc.assert(
      fc.property(any, any, (value, more) => {
        fc.pre(value.isWellFormed() && textViolations(value, { min: 0, max: 40 }).length === 0)
        const settled = normalized(value).slice(0, lastGraphemeAt(normalized(value)))
        expect(normalized(value + more).startsWith(settled.trimEnd())).toBe(true)
      }),
    )
  })
})
