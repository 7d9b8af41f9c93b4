import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { copySafetyPage } from '../../docs/copy-safety/page.ts'

test('docs/copy-safety.md says what the rule pack says (if not: npm run docs)', () => {
  const kept = readFileSync(new URL('../../docs/copy-safety.md', import.meta.url), 'utf8')
  // No diff of a page this long.
  expect(kept === copySafetyPage(), 'docs/copy-safety.md is out of date: npm run docs').toBe(true)
})
