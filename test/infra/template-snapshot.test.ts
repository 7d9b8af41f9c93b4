import { expect, test } from 'vitest'
import { synthesizeTemplate } from './synthesize-template.ts'
import { template as dev } from './synthesized.ts'
import { templateLines } from './template-lines.ts'

/** What is deployed, for reviewers: `vitest -u` writes these files anew, and the difference shows in a commit. */

const devLines = templateLines(dev)

test('the template of dev is the one that was reviewed', async () => {
  await expect(`${devLines.join('\n')}\n`).toMatchFileSnapshot('snapshots/dev.txt')
})

/** Lines with the name of their resource, and without what the stage's name does to the CDK's own names. */
const named = (lines: readonly string[]): string[] => {
  let resource = ''
  return lines.map((line) => {
    if (!line.startsWith(' ')) resource = line.split(' ')[0] ?? ''
    const whole = line.startsWith(' ') ? `${resource}: ${line.trim()}` : line
    return whole
      .replaceAll(/LaunchStudio(?:dev|prod)(\w*?)[0-9A-F]{8,9}\b/g, 'LaunchStudio<stage>$1')
      .replaceAll(/\w+SqsEventSourceLaunchStudio(?:dev|prod)\w+/g, 'EventSource')
      .replaceAll(/\b(?:dev|prod)\b/g, '<stage>')
  })
}

test('prod differs from it as reviewed', async () => {
  const prod = await synthesizeTemplate({ stage: 'prod', environment: {}, checks: false })
  const [inDev, inProd] = [named(devLines), named(templateLines(prod))]
  const missingIn = (lines: readonly string[], from: readonly string[]) =>
    from.filter((line) => !lines.includes(line) && !line.startsWith('=='))
  const lines = [
    ...missingIn(inProd, inDev).map((line) => `- ${line}`),
    ...missingIn(inDev, inProd).map((line) => `+ ${line}`),
  ]
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('snapshots/prod.txt')
})

test('nothing in it depends on the machine or on what was built', () => {
  const written = devLines.join('\n')
  expect(written).not.toMatch(/[0-9a-f]{32}\b/)
  expect(written).not.toContain(import.meta.dirname.split('/').slice(0, 3).join('/'))
})
