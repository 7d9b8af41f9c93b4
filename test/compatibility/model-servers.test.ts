import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { deviationCases } from '../support/model-servers/cases.ts'
import { isGood, reportOf, type TriedCase, tryAllCases } from '../support/model-servers/report.ts'

const page = join(import.meta.dirname, '..', '..', 'docs', 'model-servers.md')

describe('a turn of the planner', () => {
  let tried: TriedCase[]
  beforeAll(async () => {
    tried = await tryAllCases()
  })

  test.each(
    deviationCases.map(({ server, deviation }, index) => [server, deviation, index] as const),
  )('on %s: %s', (_server, _deviation, index) => {
    const found = tried[index]
    expect(found && isGood(found), JSON.stringify(found?.outcome)).toBe(true)
  })

  test('does not repeat the key of the server, whatever the server says', () => {
    expect(JSON.stringify(tried.map(({ outcome }) => outcome))).not.toContain('sk-test-secret')
  })

  test('is told in docs/model-servers.md as it came out (if not: npm run docs)', () => {
    expect(readFileSync(page, 'utf8')).toBe(reportOf(tried))
  })
})
