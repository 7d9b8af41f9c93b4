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

const rulesFoundIn = (text: string, rule: CopyRule): string[] =>
  judgeCopy(text, {
    productTypes: rule.productTypes === 'all' ? productTypes : rule.productTypes,
    at: dayOf(rule),
    locale: 'ko-KR',
  }).findings.map((finding) => finding.rule)

describe('the rule pack', () => {
  test.each(copyRules.map((rule) => [rule.id, rule] as const))(
    '%s finds its examples',
    (id, rule) => {
      const missed = rule.examplesBad.filter((text) => !rulesFoundIn(text, rule).includes(id))
      const alarms = rule.examplesGood.filter((text) => rulesFoundIn(text, rule).includes(id))
      expect({ missed, alarms }).toEqual({ missed: [], alarms: [] })
    },
  )

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
