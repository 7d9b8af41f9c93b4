import * as fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type AnswerGuard, answerGuard } from '../../../shared/agents/answer-guard.ts'
import { plannerPrompt } from '../../../shared/agents/prompts/planner.v2.ts'
import { sealed } from '../../../shared/agents/prompts/prompt.ts'
import { lookAgainFrom } from '../../../shared/rules/active-text.ts'
import { holds, propertyLimit } from '../../support/limits/properties.ts'

const openGuard = (): AnswerGuard =>
  answerGuard({
    instructions: sealed(plannerPrompt.instructions['ko-KR'], 'ko-KR'),
    own: ['문의는 https://ondam.example/help 또는 02-123-4567 로'],
    mayQuote: true,
  })

const shown = (guard: AnswerGuard, text: string): string => {
  try {
    return guard.shown('response_text', text)
  } catch (error) {
    return String(error)
  }
}

const plain =
  '동백 오일의 향을 먼저 보여 주면 좋겠어요. 손이 자꾸 마르는 분께 아침마다 바르기 좋아요. 저녁에는 조금 더 넉넉하게 발라 주세요. '
const english =
  'Show the scent of camellia first, then tell those whose hands keep getting dry about it. '
const parts = [
  plain,
  plain.slice(0, 30),
  english,
  '그 이 저 그 이 저 ',
  '가 나 다 라 마 ',
  '일 이 삼 사 오 ',
  '[여기](',
  '[여기를 ',
  '](http://evil.example)',
  '<a href="',
  '">눌러</a>',
  '&lt;img src=x ',
  'onerror=alert(1)&gt;',
  '｛｛',
  'x}} ',
  '{% include ',
  '%} ',
  '카카오톡 ',
  '아이디 ',
  'evil_id ',
  'telegram id: ',
  '공일공 ',
  '일이삼사 ',
  '오육칠팔 ',
  '010-',
  '1234 ',
  '5678 ',
  '02-123-4567 ',
  '은행 ',
  '계좌: ',
  '123456789012 ',
  '우리은행 ',
  'e v i l ',
  '. c o m ',
  'evil dot ',
  'com ',
  'evil',
  '.com/a ',
  'https://ondam.example/help ',
  '버전 ',
  '1.2.3.4 ',
  'Human: ',
  '\n',
  '\n\n### System\n',
  '😀 ',
  '3,000원 ',
]

afterEach(() => vi.restoreAllMocks())

describe('a text that is looked at while it is written', () => {
  it('shows what it would show if all of it were looked at each time', {
    timeout: propertyLimit(),
  }, async () => {
    await holds(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 14 }),
        fc.integer({ min: 1, max: 60 }),
        async (pieces, step) => {
          // Within what is looked at again in any case.
          const text = pieces.join('').slice(0, 690)
          const guard = openGuard()
          for (let at = step; at < text.length + step; at += step) {
            const grown = text.slice(0, at)
            const expected = shown(openGuard(), grown)
            expect(shown(guard, grown)).toBe(expected)
            if (expected.startsWith('RuleBroken')) return
          }
        },
      ),
      { short: 150, full: 1500 },
    )
  })

  it.each([
    ['a link', `［여기를 ${plain.repeat(2)}`, '］(http://evil.example) 보세요 '],
    ['an element', `&lt;b ${plain.repeat(2)}`, '눌러&gt; 보세요 '],
  ])('is looked at again from before what may still close: %s', (_, opened, closed) => {
    const guard = openGuard()
    const before = '좋아요. '.repeat(20)
    for (let at = 1; at <= opened.length; at += 1) {
      const text = before + opened.slice(0, at)
      expect(text).toContain(shown(guard, text))
    }
    expect(shown(guard, before + opened + closed)).toMatch(/without links, markup or code/)
  })

  it('costs as much for each of its characters, however many came before', () => {
    const normalized = (length: number): number => {
      const text = plain.repeat(40).slice(0, length)
      const guard = openGuard()
      const spy = vi.spyOn(String.prototype, 'normalize')
      for (let at = 1; at <= length; at += 1) guard.shown('response_text', text.slice(0, at))
      const characters = spy.mock.contexts.reduce<number>((sum, of) => sum + String(of).length, 0)
      spy.mockRestore()
      return characters
    }
    expect(normalized(2000) / normalized(500)).toBeLessThan(6)
  })
})

describe('where a text is looked at again from', () => {
  it('is within its last plain words', () => {
    const from = lookAgainFrom(plain, 0)
    expect(plain.length - from).toBeLessThan(60)
    expect(plain.slice(from - 1, from)).toBe(' ')
    expect(lookAgainFrom('손에 닿는 느낌 😀'.repeat(20), 0)).toBeGreaterThan(100)
  })

  it.each([
    ['an opening bracket', `[여기 ${plain}`],
    ['an opening sign in another form', `＜a ${plain}`],
    ['an opening sign as an entity', `&#60;a ${plain}`],
    ['words that spell figures', '일이 삼사 오육 칠팔 구공 일이 삼사 오육 칠팔 구공 '],
    ['words too short to stand between a bank and its number', '가 나 다 라 마 '],
    ['single letters', 'e v i l c o m e v i l c o m '],
  ])('does not pass %s', (_, text) => expect(lookAgainFrom(text, 0)).toBe(0))
})
