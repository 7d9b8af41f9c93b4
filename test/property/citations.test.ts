import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { readableText } from '../../shared/clients/pages/readable-text.ts'
import { textViolations } from '../../shared/contracts/text.ts'
import { findQuote, insertMarks } from '../../shared/rules/quotes.ts'
import { sentenceEnds } from '../../shared/rules/sentences.ts'
import { normalizedUrl, readableAddresses } from '../../shared/rules/web-address.ts'
import { holds, propertyLimit } from '../support/limits/properties.ts'

const runs = { short: 500, full: 20_000 }

const graphemesOf = (text: string): string[] =>
  Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment)

/** What is hard about text, between words of Korean and English. */
const piece = fc.oneof(
  fc.constantFrom(
    '핸드크림',
    '매출은',
    '늘었다',
    'Growth',
    'was',
    '12%',
    '3.5',
    '1,200',
    '-3%',
    '▲',
    '억 원',
  ),
  fc.constantFrom(' ', '. ', '.', '! ', '? ', '\n', '…', ', ', '“', '”', '(', ')', '。', '~', '-'),
  fc.constantFrom(
    '👩‍👩‍👧',
    '👍🏽',
    '😀',
    '🇰🇷',
    'e\u0301',
    '가\u11a8',
    'ᄒ',
    'ᅡ',
    'ᆫ',
    '\u200b',
    '\u00ad',
    '\ud83d',
    '\ud7ff',
  ),
  fc.constantFrom(
    '([a.kr](https://a.kr/x?y=1.2))',
    'https://a.kr/x.',
    '[3]',
    'Dr. ',
    'U.S. ',
    '1. ',
    '2026. 11. 3.',
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
)
const prose = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''))

it(
  'however a server counts, marks stand at ends of sentences and change nothing else',
  async () => {
    const citation = fc.record({
      number: fc.integer({ min: 1, max: 9 }),
      end: fc.option(fc.oneof(fc.integer({ min: -2, max: 400 }), fc.double()), { nil: null }),
    })
    const property = fc.asyncProperty(
      prose,
      fc.array(citation, { maxLength: 8 }),
      async (text, citations) => {
        // The marks of the text itself would be taken for ours.
        const plain = text.replaceAll('[', '(')
        const marked = insertMarks(plain, citations)
        expect(marked.replace(/ \[\d\]/g, '')).toBe(plain)
        const ends = sentenceEnds(plain)
        let before = 0
        let shift = 0
        for (const { 0: mark, index } of marked.matchAll(/ \[\d\]/g)) {
          const place = index - shift
          shift += mark.length
          if (place === before) continue
          before = place
          // At an end, or behind the grapheme that the end is inside of.
          const behind = ends.findLast((end) => end <= place) ?? -1
          expect(
            graphemesOf(plain.slice(0, place)).concat(graphemesOf(plain.slice(place))),
          ).toEqual(graphemesOf(plain))
          expect(plain.slice(behind, place).length).toBeLessThan(
            graphemesOf(plain.slice(behind))[0]?.length ?? 1,
          )
        }
        if (
          ends.length > 0 &&
          citations.some(({ end }) => Number.isSafeInteger(end) && Number(end) >= 0)
        ) {
          expect(marked).not.toBe(plain)
        }
      },
    )
    await holds(property, runs)
  },
  propertyLimit(),
)

it(
  'a sentence is found where it was taken, however it was copied',
  async () => {
    const word = fc.constantFrom(
      '핸드크림',
      '매출은',
      '지난해보다',
      '늘었다',
      'Growth',
      'slowed',
      'again',
      '12%',
      '3.5배',
      '1,200억',
      '-3%',
    )
    const words = fc.array(word, { minLength: 4, maxLength: 12 })
    const copies: ((text: string) => string)[] = [
      (text) => text.normalize('NFD'),
      (text) => text.replaceAll(' ', '\u00a0 '),
      (text) => text.replaceAll(' ', '\n'),
      (text) => text.toUpperCase(),
      (text) => `“${text}…”`,
      (text) => text.replaceAll(',', ''),
      (text) => text.replaceAll('-', '−'),
      (text) => Array.from(text).join('\u200b'),
      (text) =>
        text.replace(/[!-~]/g, (character) =>
          String.fromCodePoint((character.codePointAt(0) ?? 0) + 0xfee0),
        ),
    ]
    const property = fc.asyncProperty(
      words,
      words,
      words,
      fc.constantFrom(...copies),
      async (before, quoted, after, copy) => {
        const quote = quoted.join(' ')
        fc.pre(quote.replace(/[^\p{L}\p{N}]/gu, '').length >= 8)
        const text = `${before.join(' ')}. ${quote}. ${after.join(' ')}.`
        const found = findQuote(copy(quote), text)
        expect(found).not.toBeNull()
        const passage = text.slice(found?.start, found?.end)
        // The same words may stand earlier.
        expect(passage.replace(/[^\p{L}\p{N}]/gu, '')).toBe(quote.replace(/[^\p{L}\p{N}]/gu, ''))
        const wrong = quote.replace(/\d/, (digit) => String((Number(digit) + 1) % 10))
        if (wrong !== quote)
          expect(text.includes(wrong) || findQuote(copy(wrong), `${quote}. 끝.`) === null).toBe(
            true,
          )
      },
    )
    await holds(property, runs)
  },
  propertyLimit(),
)

it(
  'a passage begins and ends between graphemes',
  async () => {
    const property = fc.asyncProperty(prose, fc.nat(), fc.nat(), async (text, one, other) => {
      const [from = 0, to = 0] = [one % (text.length + 1), other % (text.length + 1)].sort(
        (a, b) => a - b,
      )
      const found = findQuote(text.slice(from, to), text)
      if (found === null) return
      expect(found.start).toBeLessThan(found.end)
      const boundaries = new Set([0])
      for (const grapheme of graphemesOf(text))
        boundaries.add(([...boundaries].at(-1) ?? 0) + grapheme.length)
      expect(boundaries).toContain(found.start)
      expect(boundaries).toContain(found.end)
    })
    await holds(property, runs)
  },
  propertyLimit(),
)

it(
  'the normal form of an address is its own, and is an address',
  async () => {
    const part = fc.oneof(
      fc.constantFrom(
        'https://',
        'http://',
        '//',
        'a.kr',
        'www.',
        'm.',
        '한글.kr',
        '/',
        '?',
        '&',
        '&amp;',
        '&#38;',
        '=',
        '#',
        ';',
      ),
      fc.constantFrom(
        '%ed%95%9c',
        '%28',
        '(',
        ')',
        '[',
        ']',
        '%',
        '%2',
        '%25',
        '%2e',
        '%2E.',
        '..',
        '.',
        '%b0%a1',
        '%CC%81',
        '+',
        '%2B',
        '|',
        '\\',
        '"',
        "'",
      ),
      fc.constantFrom(
        'utm_source=x',
        'b=1',
        'a=2',
        'fbclid',
        ':443',
        ':80',
        ':8443',
        '@',
        'blog.naver.com/PostView.naver?blogId=a&logNo=1',
        ';jsessionid=1',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    )
    const tail = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''))
    const address = fc.oneof(
      tail,
      tail.map((text) => `https://a.kr/${text}`),
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
    )
    const property = fc.asyncProperty(address, async (text) => {
      const normal = normalizedUrl(text)
      if (normal === null) return
      expect(normalizedUrl(normal)).toBe(normal)
      const readable = readableAddresses(text)
      expect(new Set(readable.map(normalizedUrl))).toEqual(new Set([normal]))
      expect(readableAddresses(readable[0] ?? '')[0]).toBe(readable[0])
      expect(normal).toMatch(/^https:\/\/[!-~]+$/)
      expect(URL.canParse(normal)).toBe(true)
      // An opening bracket of its own would be closed by the one behind it.
      if (!normal.includes('(')) expect(normalizedUrl(`(${normal}).`)).toBe(normal)
      expect(normalizedUrl(`${normal}#part`)).toBe(normal)
    })
    await holds(property, { short: 2_000, full: 50_000 })
  },
  propertyLimit(),
)

it(
  'whatever a page says, the text that is kept of it keeps the rule for text',
  async () => {
    const any = fc.oneof(
      prose,
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constant('e\u0301\u0316'.repeat(50)),
    )
    const property = fc.asyncProperty(any, fc.nat({ max: 300 }), async (text, max) => {
      const kept = readableText(text, max)
      expect(kept.length).toBeLessThanOrEqual(max)
      const broken = textViolations(kept, { min: 0, max: 300, multiline: true })
      expect(broken.filter(({ rule }) => rule !== 'NOTHING_VISIBLE')).toEqual([])
      expect(readableText(kept, max)).toBe(kept)
    })
    await holds(property, runs)
  },
  propertyLimit(),
)
