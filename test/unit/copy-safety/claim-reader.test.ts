import { describe, expect, test } from 'vitest'
import type { ProductType } from '../../../shared/contracts/copy-safety.ts'
import { judgeCopy } from '../../../shared/rules/copy-safety/judge.ts'
import { copyRules } from '../../../shared/rules/copy-safety/pack.ts'

const judge = (
  text: string,
  { evidence = [], types = ['general'] }: { evidence?: string[]; types?: ProductType[] } = {},
) =>
  judgeCopy(text, {
    productTypes: types,
    at: '2026-12-01T12:00:00+09:00',
    locale: 'ko-KR',
    evidence,
  })

/** Claims that no rule of the pack finds. */
const unknown = [
  '이 다이어리를 쓴 사람 중 80%가 목표를 이뤘어요',
  'Keeps you dry for 72 hours',
  'Lightens underarms in three days',
]

describe('a claim that no rule finds', () => {
  test('needs evidence, and names its own words and a law', () => {
    for (const text of unknown) {
      const { verdict, findings } = judge(text)
      expect(verdict, text).toBe('needs_evidence')
      expect(findings.map(({ rule }) => rule)).toEqual(['general.read-claim'])
      expect(text).toContain(findings[0]?.match)
      expect(findings[0]?.law).toContain('제5조')
    }
  })

  test('is cleared by a proof of what it says, and by no other', () => {
    for (const text of unknown) {
      expect(judge(text, { evidence: [text] }).verdict, text).toBe('ok')
      for (const proof of [
        '손으로 만든 비누입니다',
        'A list of unusual thermos dates is inside',
        '',
      ]) {
        expect(judge(text, { evidence: [proof] }).verdict, proof).toBe('needs_evidence')
      }
    }
  })

  test('is nothing that a word of a picture or a call to look could be', () => {
    for (const text of ['동백꽃', '지금 만나 보세요', 'soft light', '']) {
      expect(judge(text).verdict, text).toBe('ok')
    }
  })
})

test('what a rule blocks stays blocked, whatever innocent words stand around it', () => {
  const innocent = '비 오는 저녁, 창가에 앉아 책장을 천천히 넘겨요'
  const examples = copyRules
    .filter(({ severity, effectiveUntil }) => severity === 'block' && effectiveUntil === null)
    .flatMap(({ productTypes, examplesBad: [first] }) =>
      first === undefined
        ? []
        : [{ text: first, types: productTypes === 'all' ? [] : [...productTypes] }],
    )
  const through = examples.filter(
    ({ text, types }) =>
      judge(`${innocent}. ${text}`, { types }).verdict !== judge(text, { types }).verdict &&
      judge(`${innocent}. ${text}`, { types }).verdict !== 'blocked',
  )
  expect(through).toEqual([])
})
