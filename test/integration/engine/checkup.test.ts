import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { assetDirectories, parseTemplate, startEngine } from '../../../local/engine.ts'
import { startSearchServer } from '../../support/search-server/search-server.ts'
import { eventually } from './eventually.ts'

/** The template with the daily schedule as its only one, so that a day can pass in a second. */
const dailyAlone = (template: unknown) => {
  const parsed = parseTemplate(template)
  const kept = Object.entries(parsed.Resources).filter(
    ([id, { Type }]) => Type !== 'AWS::Events::Rule' || id.startsWith('CheckupCheckupEveryDay'),
  )
  return { ...parsed, Resources: Object.fromEntries(kept) }
}

test('a day after the start the function has looked, and written what it found', async () => {
  const { template, outdir } = inject('synthesis')
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'checkup-'))
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const server = await startSearchServer()
  stack.defer(() => server.stop())
  server.respond(() => ({
    body: { data: [{ id: 'gpt-6-luna', shutdown_date: '2020-01-01' }, { id: 'gpt-6.1-terra' }] },
  }))
  const engine = await startEngine({
    template: dailyAlone(template),
    codeDirectory: assetDirectories(outdir),
    dataDirectory: folder,
    speed: 86_400,
    environment: {
      OPENAI_BASE_URL: `${server.url}/v1`,
      OPENAI_API_KEY: 'sk-hidden-key',
      TOKEN_SIGNING_KEY: 'hidden-and-short',
      WEBHOOK_SIGNING_KEY: 'hidden-and-of-more-than-32-bytes-of-text',
    },
  })
  stack.defer(() => engine.close())
  const lines = await eventually(async () => {
    const text = await readFile(join(folder, 'functions.log'), 'utf8')
    expect(text).toContain('checkup ended')
    return text
  })
  expect(lines).not.toContain('hidden')
  expect(lines).toMatch(/"code":"SECRET_SHORT","severity":"failure","area":"secrets"/)
  expect(lines).toMatch(/"code":"MODEL_ENDED","severity":"failure","area":"models"/)
  expect(lines).toMatch(/"severity":"failure","CheckupFinding":1/)
  expect(lines).toMatch(/"ModelDaysLeft":-\d+/)
})
