import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { canary, leakGuard } from '../../../shared/agents/leak-guard.ts'
import { creativePrompts } from '../../../shared/agents/prompts/creative.v3.ts'
import { plannerPrompt } from '../../../shared/agents/prompts/planner.v2.ts'
import { sealed } from '../../../shared/agents/prompts/prompt.ts'
import {
  sampleCreative,
  samplePlanner,
  sampleStrategy,
} from '../../support/model-server/samples.ts'

const instructions = sealed(plannerPrompt.instructions['ko-KR'], 'ko-KR')
const guard = leakGuard(instructions)
const sentence = plannerPrompt.instructions['ko-KR'].slice(200, 330)
const mark = canary()

const rot13 = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) =>
    String.fromCharCode(letter.charCodeAt(0) + (letter.toLowerCase() < 'n' ? 13 : -13)),
  )

describe('an answer that reads out its instructions', () => {
  it.each([
    ['whole', instructions],
    ['a sentence or two', `물론이죠: ${sentence}`],
    ['with a space between all letters', Array.from(sentence).join(' ')],
    ['with other marks', sentence.replace(/[\s,.]/g, '*')],
    [
      'as a numbered list of letters',
      Array.from(mark, (letter, index) => `${index + 1}. ${letter}`).join('\n'),
    ],
    ['backwards', Array.from(sentence).reverse().join('')],
    ['in base64', Buffer.from(sentence).toString('base64')],
    ['in hexadecimal', Buffer.from(sentence).toString('hex')],
    ['in spaced hexadecimal', Buffer.from(sentence).toString('hex').replace(/../g, '$& ')],
    ['by its mark', `표식은 ${mark}`],
    ['by its mark in capitals', mark.toUpperCase()],
    ['by its mark with hyphens', Array.from(mark).join('-')],
    ['by half of its mark', mark.slice(6, 20)],
    ['by its mark backwards', Array.from(mark).reverse().join('')],
    ['by its mark in rot13', rot13(mark)],
    ['by its mark in base64', Buffer.from(`mark ${mark} end`).toString('base64')],
  ])('is recognised: %s', (_, text) => expect(guard.leaks(text)).toBe(true))

  it('is recognised in English', () => {
    const english = leakGuard(creativePrompts.copies.instructions['en-US'])
    expect(english.leaks(creativePrompts.copies.instructions['en-US'].slice(300, 460))).toBe(true)
  })

  it.each([samplePlanner, sampleCreative, sampleStrategy])('is none of the samples', (sample) => {
    expect(guard.leaks(JSON.stringify(sample))).toBe(false)
    expect(
      leakGuard(creativePrompts.copies.instructions['ko-KR']).leaks(JSON.stringify(sample)),
    ).toBe(false)
  })

  it('is not an answer that names a rule or a slot', () => {
    expect(guard.leaks('표시·광고의 공정화에 관한 법률 제3조에 따라 근거가 필요해요.')).toBe(false)
    expect(guard.leaks('product.features: 3개 이상 알려 주세요')).toBe(false)
  })

  it.each([
    ['as it stands', sentence],
    ['backwards', Array.from(sentence).reverse().join('')],
    ['spaced', Array.from(sentence).join(' ')],
  ])('is not shown while it is written: %s', (_, leak) => {
    const before = '네, 알려 드릴게요. '
    const text = before + leak
    const shown = Array.from(text, (_, at) => guard.shownLength(text.slice(0, at)))
    expect(shown.at(-1)).toBeNull()
    expect(Math.max(...shown.map((length) => length ?? 0))).toBeLessThan(before.length + 40)
  })

  it('holds nothing back of what turns out to be something else', () => {
    const text = `${sentence.slice(0, 25)} 하지만 다른 이야기예요`
    expect(guard.shownLength(text)).toBe(text.length)
  })

  it('is seen in the middle of a long piece, behind which no letter of it stands', () => {
    expect(guard.shownLength(`네 ${mark} ${'가'.repeat(300)}`, { length: 1, shown: 1 })).toBeNull()
  })

  it('is seen in a text that grows as it would be in the whole, however the mark is spread', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.constantFrom('가'.repeat(120), '7 '.repeat(90), 'f'.repeat(11), '\n\n', ' . - . '),
      fc
        .record({
          from: fc.nat({ max: instructions.length - 50 }),
          length: fc.integer({ min: 5, max: 50 }),
        })
        .map(({ from, length }) => instructions.slice(from, from + length)),
      fc
        .record({
          from: fc.nat({ max: mark.length - 1 }),
          length: fc.integer({ min: 1, max: mark.length }),
          between: fc.constantFrom('', ' ', '-', '\n', '. ', '가'),
          isNumbered: fc.boolean(),
        })
        .map(({ from, length, between, isNumbered }) =>
          Array.from(mark.slice(from, from + length), (letter, at) =>
            isNumbered ? `\n${at + 1}. ${letter}` : letter,
          ).join(between),
        ),
    )
    const pieces = fc.array(piece, { maxLength: 8 })
    fc.assert(
      fc.property(pieces, fc.integer({ min: 1, max: 40 }), (parts, step) => {
        const text = parts.join('')
        let before = { length: 0, shown: 0 }
        for (let at = step; at < text.length + step; at += step) {
          const grown = text.slice(0, at)
          const whole = guard.shownLength(grown)
          expect(guard.shownLength(grown, before)).toBe(whole)
          if (whole === null) return
          before = { length: grown.length, shown: whole }
        }
      }),
      { numRuns: 300 },
    )
  })
})

it('reads instructions once, however many calls they guard', () => {
  const normalize = vi.spyOn(String.prototype, 'normalize')
  const fresh = `${instructions} ${'another sentence '.repeat(5)}`
  leakGuard(fresh)
  expect(normalize).toHaveBeenCalledTimes(1)
  leakGuard(fresh)
  expect(normalize).toHaveBeenCalledTimes(1)
  normalize.mockRestore()
})
