import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { drawSvg } from '../../../shared/platform/lettering/draw-svg.ts'
import { placeText } from '../../../shared/platform/lettering/draw-text.ts'
import { fitText, type TextStyle } from '../../../shared/platform/lettering/fit-text.ts'
import { type Fonts, openFonts } from '../../../shared/platform/lettering/fonts.ts'
import { LetteringError } from '../../../shared/platform/lettering/lettering-error.ts'
import { missingGlyphs, shapeText } from '../../../shared/platform/lettering/shape-text.ts'

let fonts: Fonts
beforeAll(async () => {
  fonts = await openFonts()
})

const style: TextStyle = { weight: 'bold', maxSize: 60, minSize: 20, leading: 1.3 }
const room = { width: 600, height: 400 }
const linesOf = (text: string, within = room, as = style): string[] =>
  fitText(fonts, text, as, within).lines.map((line) => line.text)

describe('the fonts', () => {
  test('have every syllable of modern Hangul, and what advertisements use besides', () => {
    const syllables = Array.from({ length: 11_172 }, (_, index) =>
      String.fromCodePoint(0xac00 + index),
    )
    expect(missingGlyphs(fonts, syllables.join(''))).toEqual([])
    const ascii = Array.from({ length: 95 }, (_, index) => String.fromCodePoint(0x20 + index))
    expect(missingGlyphs(fonts, ascii.join(''))).toEqual([])
    expect(missingGlyphs(fonts, 'ㄱㅋㅎㅏㅣ₩€£¥℃㎖㎎%‰·…“”‘’「」『』《》–—→★☆♥①②③™®©½×÷')).toEqual(
      [],
    )
    expect(missingGlyphs(fonts, '안녕'.normalize('NFD'))).toEqual([])
  })

  test.each(['a --> b', '<-> => <=', '9x16', '2x2=4', '10:30', '=== != ...', '(c) fi ffl 1/2'])(
    'draw every sign of a text by its own glyph: %s',
    (text) => {
      for (const font of [fonts.regular, fonts.bold]) {
        const single = [...text].flatMap((sign) => font.shape(sign).map(({ id }) => id))
        expect(font.shape(text).map(({ id }) => id)).toEqual(single)
      }
    },
  )

  test.each(['👨‍👩‍👧‍👦', '🏳️‍🌈', '👍🏽', '🇰🇷', '1️⃣', '❤️', '🧴', '🌺', '👩🏻‍🔬'])(
    'draw an emoji of several code points as one sign: %s',
    (emoji) => {
      expect(shapeText(fonts, emoji, { weight: 'bold' }).glyphs).toHaveLength(1)
    },
  )

  test('name every code point that they lack, and nothing is drawn then', () => {
    expect(missingGlyphs(fonts, '순백 美白 ไทย')).toEqual([
      'U+7F8E',
      'U+767D',
      'U+0E44',
      'U+0E17',
      'U+0E22',
    ])
    expect(() => shapeText(fonts, '美', { weight: 'bold' })).toThrow(/U\+7F8E/)
    expect(() => linesOf('순백 美')).toThrow(LetteringError)
  })
})

describe('a text', () => {
  test('is broken between 어절, evenly, and without a single word on the last line', () => {
    expect(linesOf('건조한 계절에도 하루 종일 손끝까지 촉촉하게')).toEqual([
      '건조한 계절에도 하루',
      '종일 손끝까지 촉촉하게',
    ])
    expect(linesOf('Hydration that lasts from the first drop to the last hour')).toEqual([
      'Hydration that lasts',
      'from the first drop',
      'to the last hour',
    ])
  })

  test('keeps the line breaks that it was written with', () => {
    expect(linesOf('손끝까지\n촉촉하게')).toEqual(['손끝까지', '촉촉하게'])
  })

  test('shrinks until it fits, and fails with the cause where it cannot', () => {
    const text = '가나다라 마바사아 자차카타 '.repeat(10).trim()
    const block = fitText(fonts, text, style, room)
    expect(block.size).toBeLessThan(style.maxSize)
    expect(block.height).toBeLessThanOrEqual(room.height)
    expect(() => fitText(fonts, text, style, { width: 200, height: 100 })).toThrow(
      /A text of 149 characters does not fit 200 x 100 pixels at 20 pixels/,
    )
  })

  test('parts a word only where a line could not hold it at the smallest size', () => {
    const parted = fitText(fonts, `좋아요${'ㅋ'.repeat(80)}`, style, room)
    expect(parted.wordParted).toBe(true)
    expect(parted.lines.map(({ text }) => text).join('')).toBe(`좋아요${'ㅋ'.repeat(80)}`)
    expect(fitText(fonts, 'ㅋ'.repeat(20), style, room).wordParted).toBe(false)
  })

  test('of any words stands whole, inside its room, with its words unparted', () => {
    const word = fc.stringMatching(/^[가-힣]{1,8}$/)
    const other = fc.constantFrom('"100%"', '<b>', 'C\\D', '👨‍👩‍👧', '1234567', "it's", '&amp;')
    fc.assert(
      fc.property(
        fc.array(fc.oneof(word, other), { minLength: 1, maxLength: 18 }),
        fc.integer({ min: 220, max: 900 }),
        (words, width) => {
          const block = fitText(fonts, words.join(' '), style, { width, height: 2_000 })
          expect(block.lines.map(({ text }) => text).join(' ')).toBe(words.join(' '))
          expect(block.width).toBeLessThanOrEqual(width)
          const { lines } = placeText(block, { x: 0, y: 0, colour: '#000' })
          for (const { box } of lines) {
            expect(box.x).toBeGreaterThanOrEqual(-block.size * 0.12)
            expect(box.x + box.width).toBeLessThanOrEqual(width + block.size * 0.12)
            expect(box.y).toBeGreaterThanOrEqual(0)
            expect(box.y + box.height).toBeLessThanOrEqual(block.height)
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  test('is drawn as shapes: nothing of it is read as markup or looked up in a font', async () => {
    const block = fitText(fonts, '</svg><script>"&\\%s 👍🏽', style, room)
    const { svg, lines } = placeText(block, { x: 10, y: 10, colour: '#c00000' })
    expect(
      svg.replaceAll(/<path transform="matrix\([-0-9. e]+\)" d="[-MLQCZ0-9., ]*"\/>/g, ''),
    ).toBe('<g fill="#c00000"></g>')
    const drawn = await drawSvg(
      `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="200">${svg}</svg>`,
    )
    const [line] = lines
    let inked = 0
    for (let at = 0; at < drawn.pixels.length; at += 4) {
      if ((drawn.pixels[at + 3] ?? 0) < 255) continue
      inked += 1
      expect([...drawn.pixels.subarray(at, at + 3)]).toEqual([192, 0, 0])
    }
    expect(inked).toBeGreaterThan((line?.box.width ?? 0) * 5)
  })
})
