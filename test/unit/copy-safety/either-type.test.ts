import { describe, expect, test } from 'vitest'
import { type ProductType, productTypes } from '../../../shared/contracts/copy-safety.ts'
import { judgeCopy } from '../../../shared/rules/copy-safety/judge.ts'

const verdictOf = (text: string, types: readonly ProductType[], evidence: string[] = []) =>
  judgeCopy(text, {
    productTypes: types,
    at: '2026-12-01T12:00:00+09:00',
    locale: 'ko-KR',
    evidence,
  }).verdict

const recognised = '면역력 증진에 도움을 줄 수 있음'
const claimed = '면역력 UP 홍삼'

describe('a function that a product claims', () => {
  test('is blocked for an ordinary food, in the recognised wording too', () => {
    expect(verdictOf(claimed, ['food'])).toBe('blocked')
    expect(verdictOf(recognised, ['food'])).toBe('blocked')
  })

  test('needs the recognition when the product may be a health-functional food', () => {
    const either: readonly ProductType[] = ['food', 'health_functional_food']
    expect(verdictOf(claimed, either)).toBe('needs_evidence')
    expect(verdictOf(recognised, either)).toBe('ok')
    expect(verdictOf(claimed, either, [`${recognised}(고시형), 심의번호 2026-0001`])).toBe('ok')
  })

  test('is blocked when nothing is known of the product', () => {
    expect(verdictOf(claimed, productTypes)).toBe('blocked')
    expect(verdictOf(recognised, productTypes)).toBe('blocked')
  })
})
