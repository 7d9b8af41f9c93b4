import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { productTypes } from '../../../shared/contracts/copy-safety.ts'
import { claimWeights } from '../../../shared/rules/copy-safety/claim-weights.ts'
import type { CopyRule } from '../../../shared/rules/copy-safety/copy-rule.ts'
import { judgeCopy } from '../../../shared/rules/copy-safety/judge.ts'
import { laws } from '../../../shared/rules/copy-safety/laws.ts'
import { copyRules } from '../../../shared/rules/copy-safety/pack.ts'
import { packVersions } from '../../../shared/rules/copy-safety/pack-version.ts'

/** A day on which the rule holds. */
const dayOf = ({ effectiveFrom, effectiveUntil }: CopyRule): string =>
  `${effectiveUntil ?? effectiveFrom ?? '2026-12-01'}T12:00:00+09:00`

const judged = (text: string, rule: CopyRule) =>
  judgeCopy(text, {
    productTypes: rule.productTypes === 'all' ? productTypes : rule.productTypes,
    at: dayOf(rule),
    locale: 'ko-KR',
  })
const rulesFoundIn = (text: string, rule: CopyRule): string[] =>
  judged(text, rule).findings.map((finding) => finding.rule)

/** Good examples that only their own rule lets pass: they hint at what another one blocks. */
const meantByAnother = new Set([
  '잠 못 드는 밤, 따뜻한 대추차 한 잔',
  '소화제가 필요 없을 만큼 가벼운 한 끼는 아니지만 담백합니다',
  '기술 하나로 피로를 풀어 주는 의자는 아닙니다',
  '엄마의 갱년기를 다룬 책을 읽는 북카페',
  '숙취가 있는 날에는 운전하지 마세요',
  '독감 유행 소식',
  '환자분들께 감사 편지를 받았다',
])

describe('the rule pack', () => {
  test.each(copyRules.map((rule) => [rule.id, rule] as const))(
    '%s finds its examples',
    (id, rule) => {
      const missed = rule.examplesBad.filter((text) => !rulesFoundIn(text, rule).includes(id))
      const alarms = rule.examplesGood.filter((text) => rulesFoundIn(text, rule).includes(id))
      expect({ missed, alarms }).toEqual({ missed: [], alarms: [] })
    },
  )

  /** Sold as one of the types that the rule is for: what a device may not say, a book may. */
  test('blocks no line that one of its rules is to let pass, but those that another one means', () => {
    const passes = (text: string, rule: CopyRule): boolean =>
      (rule.productTypes === 'all' ? productTypes : rule.productTypes).some(
        (type) => judged(text, { ...rule, productTypes: [type] }).verdict !== 'blocked',
      )
    const blocked = copyRules.flatMap((rule) =>
      rule.examplesGood.filter((text) => !meantByAnother.has(text) && !passes(text, rule)),
    )
    expect(blocked).toEqual([])
  })

  test('names each rule once, with a law, an explanation and examples', () => {
    expect(new Set(copyRules.map(({ id }) => id)).size).toBe(copyRules.length)
    for (const rule of copyRules) {
      expect(laws, rule.id).toHaveProperty(rule.law)
      expect(rule.explanation.ko, rule.id).toMatch(/[가-힣].*[다요)]\.$/u)
      expect(rule.explanation.en, rule.id).toMatch(/^[A-Z0-9“"].*\.$/u)
    }
  })

  test('has a version of its own for its rules', () => {
    const data = JSON.stringify(copyRules, (_, value: unknown) =>
      value instanceof RegExp ? String(value) : value,
    )
    const digest = createHash('sha256')
      .update(data)
      .update(JSON.stringify(claimWeights))
      .digest('hex')
      .slice(0, 16)
    expect(packVersions.at(-1)?.digest).toBe(digest)
    expect(new Set(packVersions.map(({ version }) => version)).size).toBe(packVersions.length)
  })
})
