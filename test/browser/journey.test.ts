import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { conversation } from '../rehearsal/conversation.ts'
import { creative } from '../rehearsal/script/creative.ts'
import { unzipped } from '../support/export/export-zip.ts'
import { limit } from '../support/limits/machine-speed.ts'
import { answers } from '../support/model-server/answers.ts'
import { useConsole } from './support/console.ts'
import { goTo, makePosters, readyPosters, runEnded, say, startRun } from './support/doing.ts'

const studio = useConsole()

/** Records, from now on, how many elements the shown stage has whenever that changes. */
const watchElements = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const seen: number[] = []
    Object.assign(window, { seen })
    const look = (): void => {
      const count = document.querySelectorAll('[role=tabpanel] li').length
      if (seen.at(-1) !== count) seen.push(count)
    }
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true })
  })

describe('the whole way, typed', () => {
  it(
    'leads from nothing to an export',
    async () => {
      const { page } = await studio.visit()
      await page.getByRole('heading', { name: '무엇을 팔고 계신가요?' }).waitFor()
      const brief = page.getByRole('region', { name: '브리프', exact: true })
      for (const { user, response_text } of conversation.slice(0, 5)) {
        await say(page, user, response_text)
      }
      await brief.getByText('준비됨').waitFor()
      await brief.getByRole('button', { name: '가격대 고치기' }).click()
      await brief.getByRole('textbox', { name: '가격대' }).fill('10봉 13,900원')
      await brief.getByRole('button', { name: '저장' }).click()
      await brief.getByText('10봉 13,900원').waitFor()

      studio.model.script(
        'creative',
        answers.json(creative, { chunkCharacters: 60, pace: { first: 200, between: 25 } }),
      )
      await watchElements(page)
      await startRun(page)
      await runEnded(page)
      const counts = await page.evaluate(() => (window as unknown as { seen: number[] }).seen)
      expect(new Set(counts).size).toBeGreaterThan(5)

      await page.getByRole('button', { name: '패키지 보기' }).click()
      for (const name of ['시장 조사', '포지셔닝', '주간 계획', '카피', '내레이션', '내보내기']) {
        await page.getByRole('heading', { name, exact: true, level: 2 }).waitFor()
      }
      await makePosters(page)
      await readyPosters(page)

      await page.getByRole('button', { name: 'ZIP으로 내보내기' }).click()
      const link = page.getByRole('link', { name: /^내려받기 ZIP/ })
      await link.waitFor({ timeout: limit(30_000) })
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
      expect(download.suggestedFilename()).toMatch(/\.zip$/)
      const names = [...unzipped(await readFile(await download.path())).keys()]
      expect(names.some((name) => name.endsWith('.html'))).toBe(true)
      expect(names.some((name) => /poster.*\.(png|jpe?g|webp)$/i.test(name))).toBe(true)

      await goTo(page, 'library')
      await page.getByRole('link', { name: '여섯시반 드립백' }).first().waitFor()
    },
    limit(120_000),
  )
})
