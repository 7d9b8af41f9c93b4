import { expect, test } from 'vitest'
import { synthesizeTemplate } from './synthesize-template.ts'
import { template as dev } from './synthesized.ts'
import { templateLines } from './template-lines.ts'

/** What is deployed, for reviewers: `vitest -u` writes these files anew, and the difference shows in a commit. */

const devLines = templateLines(dev)

test('the template of dev is the one that was reviewed', async () => {
  await expect(`${devLines.join('\n')}\n`).toMatchFileSnapshot('snapshots/dev.txt')
})

test('prod differs from it as reviewed', async () => {
  const prod = await synthesizeTemplate({ stage: 'prod', environment: {}, checks: false })
  // Names hold the stage, which is no difference.
  const plain = (line: string) => line.replaceAll(/\b(dev|prod)\b/g, '<stage>')
  const prodLines = templateLines(prod).map(plain)
  const others = (lines: string[], than: string[]) => {
    const known = new Set(than)
    return lines.filter((line) => !known.has(line))
  }
  const lines = [
    ...others(devLines.map(plain), prodLines).map((line) => `- ${line}`),
    ...others(prodLines, devLines.map(plain)).map((line) => `+ ${line}`),
  ]
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('snapshots/prod.txt')
})

test('nothing in it depends on the machine or on what was built', () => {
  const written = devLines.join('\n')
  expect(written).not.toMatch(/[0-9a-f]{32}\b/)
  expect(written).not.toContain(import.meta.dirname.split('/').slice(0, 3).join('/'))
})
