import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { type Bounds, boundsOf } from '../../../shared/agents/answer-bounds.ts'
import { answerReader } from '../../../shared/agents/answer-reader.ts'
import { RuleBroken } from '../../../shared/agents/rule-broken.ts'
import { readerLimits } from '../../../shared/rules/model-limits.ts'

interface Read {
  whole: unknown
  complete: [path: string, value: unknown][]
  texts: string[]
}

const read = (pieces: readonly string[], bounds: Bounds = {}): Read => {
  const complete: Read['complete'] = []
  const texts: string[] = []
  const reader = answerReader(bounds, {
    onComplete: (path, value) => complete.push([path.join('.'), value]),
    onText: (field, text) => texts.push(`${field}: ${text}`),
  })
  for (const piece of pieces) reader.write(piece)
  return { whole: reader.end(), complete, texts }
}

/** The reasons for which an answer is refused; none when it is read. */
const reasonsOf = (pieces: readonly string[], bounds: Bounds = {}): string[] => {
  try {
    read(pieces, bounds)
    return []
  } catch (error) {
    if (error instanceof RuleBroken) return error.reasons
    throw error
  }
}

/** Numbers at which to cut a text, in pieces of any size. */
const cut = (text: string, sizes: readonly number[]): string[] => {
  const pieces: string[] = []
  let from = 0
  for (let turn = 0; from < text.length; turn += 1) {
    const size = sizes.length === 0 ? text.length : (sizes[turn % sizes.length] ?? 1)
    pieces.push(text.slice(from, from + size))
    from += size
  }
  return pieces
}

const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 8 })
const answer = fc.dictionary(
  fc.string({ maxLength: 12, unit: 'grapheme-ascii' }),
  fc.jsonValue({ maxDepth: 4, stringUnit: fc.constantFrom('가', 'a', '"', '\\', ' ', '😀', '\n') }),
  { maxKeys: 6 },
)

describe('one reading', () => {
  test('gives what JSON.parse gives, wherever the answer is cut', () => {
    fc.assert(
      fc.property(answer, sizes, fc.boolean(), (value, at, pretty) => {
        const json = JSON.stringify(value, null, pretty ? 2 : 0)
        expect(read(cut(json, at)).whole).toEqual(JSON.parse(json))
      }),
    )
  })

  test('completes the same values in the same order, wherever the answer is cut', () => {
    fc.assert(
      fc.property(answer, sizes, (value, at) => {
        const json = JSON.stringify(value)
        expect(read(cut(json, at)).complete).toEqual(read([json]).complete)
      }),
    )
  })

  test('refuses what JSON.parse refuses, wherever the answer is cut', () => {
    const broken = fc.tuple(answer, fc.nat(), fc.constantFrom('', '{', '"', ',', ']', '\\', 'x'))
    fc.assert(
      fc.property(broken, sizes, ([value, place, change], at) => {
        const json = JSON.stringify(value)
        const index = place % json.length
        const changed = json.slice(0, index) + change + json.slice(index + 1)
        let parsed: unknown
        try {
          parsed = JSON.parse(changed)
        } catch {
          expect(reasonsOf(cut(changed, at))).toHaveLength(1)
          return
        }
        // What JSON.parse takes is taken, but for a repeated key and what is no object.
        const reasons = reasonsOf(cut(changed, at))
        if (reasons.length === 0) expect(read([changed]).whole).toEqual(parsed)
        else expect(reasons).toEqual(reasonsOf([changed]))
      }),
    )
  })

  test('shows the growing text of a field, and its values as they are complete', () => {
    const { complete, texts } = read(['{"a":"동', '백', '","b":[{"c":1}', ',2]}'])
    expect(texts).toEqual(['a: 동', 'a: 동백'])
    expect(complete).toEqual([
      ['a', '동백'],
      ['b.0', { c: 1 }],
      ['b.1', 2],
      ['b', [{ c: 1 }, 2]],
    ])
  })

  test('keeps a key that objects have by themselves a key', () => {
    const { whole } = read(['{"__proto__":{"a":1},"constructor":2}'])
    expect(Object.keys(whole as object)).toEqual(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf(whole)).toBe(Object.prototype)
  })
})

describe('an answer is refused', () => {
  const bounds = boundsOf(
    z.strictObject({
      name: z.string().max(3),
      tags: z.array(z.string().max(2)).max(2),
      either: z.union([
        z.strictObject({ kind: z.literal('x'), text: z.string().max(4) }),
        z.strictObject({ kind: z.literal('yy'), text: z.string().max(6) }),
      ]),
      size: z.enum(['low', 'high']),
      maybe: z.string().max(2).nullable(),
      people: z.string().max(9),
      a: z.unknown(),
      open: z.unknown(),
    }),
  )

  test.each([
    ['a repeated key', '{"name":"a","name":"b"}', 'answer: the key name is repeated'],
    ['a repeated key of an entry', '{"open":[{"b":1,"b":2}]}', 'open.0: a key is repeated'],
    [
      'a repeated key, escaped',
      '{"name":"a","n\\u0061me":"b"}',
      'answer: the key name is repeated',
    ],
    ['a long text', '{"name":"abcd', 'name: must have at most 3 characters'],
    ['a long entry', '{"tags":["a","abc', 'tags.1: must have at most 2 characters'],
    ['too many entries', '{"tags":["a","b","', 'tags: must have at most 2 entries'],
    ['what no variant allows', '{"either":{"text":"1234567', 'either.text: must have at most 6'],
    ['a long choice', '{"size":"lower', 'size: must have at most 4 characters'],
    ['a long nullable', '{"maybe":"abc', 'maybe: must have at most 2 characters'],
    [
      'heavy characters',
      '{"people":"👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧',
      'people: must have at most 36 bytes of UTF-8',
    ],
    [
      'plain text behind heavy characters',
      '{"people":"👩‍👩‍👧👩‍👩‍👧가나',
      'people: must have at most 36 bytes',
    ],
    ['a replacement character', '{"either":{"text":"a\ufffdb', 'replacement character'],
    ['half a surrogate pair', '{"either":{"text":"\\ud83da', 'half a surrogate pair'],
    ['a NUL', '{"either":{"text":"\\u0000a', 'a control character'],
    ['a key beyond the schema', '{"name":"a","mood"', 'answer: has a key beyond name, tags'],
    ['prose', '물론이죠!', 'not one JSON object'],
    ['a list', '[1]', 'not one JSON object'],
    ['nothing', '', 'not one JSON object'],
    ['something behind it', '{"a":1} Done!', 'goes on after'],
    ['a second object', '{"a":1}{"a":1}', 'goes on after'],
    ['half of it', '{"a":[1,{"b":"c', 'was cut off'],
    ['a comma too many', '{"a":1,}', 'not valid JSON'],
    ['a raw line break in a text', '{"a":"b\nc"}', 'control character'],
    ['a number that is none', '{"a":01}', 'neither a JSON number'],
    ['an infinite number', '{"a":1e999}', 'neither a JSON number'],
  ])('for %s, at that character, however it is cut', (_, text, reason) => {
    for (const pieces of [[text], [...text], cut(text, [3, 1, 7])]) {
      expect(reasonsOf(pieces, bounds)).toEqual([expect.stringContaining(reason)])
    }
  })

  test('never for what its bounds allow', () => {
    const fits = {
      name: '가😀e\u0301',
      tags: ['  ab  ', '🇰🇷'],
      either: { kind: 'yy', text: '🇰🇷🇰🇷1234' },
      size: 'high',
      maybe: null,
      people: '👩‍👩‍👧가e\u0301123456',
    }
    const json = JSON.stringify(fits)
    for (const pieces of [[json], [...json], json.split('')]) {
      expect(read(pieces, bounds).whole).toEqual(fits)
    }
  })

  test('before anything of the piece that broke a bound is shown', () => {
    const texts: string[] = []
    const reader = answerReader(bounds, { onText: (_, text) => texts.push(text) })
    reader.write('{"name":"ab')
    expect(() => reader.write('cdefghij')).toThrow(RuleBroken)
    expect(texts).toEqual(['ab'])
  })
})

describe('a flood ends at its limit', () => {
  const { blanks, scalarCharacters, depth, bytes, textUnits, keyUnits } = readerLimits
  test.each([
    ['blanks', '{', ' \n', blanks, 'blanks in a row'],
    ['line breaks within a text', '{"a":"b', '\\n', blanks * 2, 'blanks in a row'],
    ['digits', '{"a":', '7', scalarCharacters, 'a number of more than'],
    ['lists', '{"a":', '[', depth, 'too deeply'],
    ['objects', '', '{"a":', depth * 5, 'too deeply'],
    ['a text without bounds', '{"a":"', '가', textUnits, 'must have at most'],
    ['a key', '{"', '가', keyUnits, 'A key: must have at most'],
    ['entries', '{"a":[', '1,', bytes, 'longer than'],
    ['marks on one letter', '{"a":"e', '\u0301', 100, 'into one character'],
  ])('of %s', (_, begin, more, most, reason) => {
    const reader = answerReader({}, {})
    reader.write(begin)
    let written = 0
    const flood = (): void => {
      for (; written < 400_000; written += more.length) reader.write(more)
    }
    expect(flood).toThrow(reason)
    expect(written).toBeLessThanOrEqual(most + more.length)
  })
})
