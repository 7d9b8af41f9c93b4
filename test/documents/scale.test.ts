import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { journeys } from '../../bench/cost/journeys.ts'

const docs = join(import.meta.dirname, '..', '..', 'docs')
const figures = JSON.parse(readFileSync(join(docs, 'scale-figures.json'), 'utf8'))

test('every table request of the kept figures has a purpose', () => {
  for (const name of journeys) {
    const purposes = figures.parts[name].purposes.map(({ purpose }: { purpose: string }) => purpose)
    expect(purposes.length).toBeGreaterThan(0)
    expect(purposes).not.toContain('other')
  }
})
