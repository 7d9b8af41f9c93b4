/**
 * `npm run pictures -- <address>`: the README's pictures, taken of a demo that runs: the address is the one that
 * `npm run demo` prints. Plays the rehearsed conversation as a visitor would, which takes two minutes.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { conversation } from '../rehearsal/conversation.ts'
import { launchChromium } from './support/chromium.ts'
import {
  composer,
  goTo,
  makePosters,
  readyPosters,
  runEnded,
  say,
  startRun,
} from './support/doing.ts'
import { desktop, phone } from './support/viewports.ts'

const folder = join(import.meta.dirname, '..', '..', 'docs', 'pictures')
/** They come with every clone. */
const mostBytes = 200_000

const take = async (page: Page, name: string): Promise<void> => {
  const dismiss = page.getByRole('button', { name: '알림 닫기' })
  while ((await dismiss.count()) > 0) await dismiss.first().click()
  const picture = await page.screenshot({ animations: 'disabled' })
  if (picture.length > mostBytes) throw new Error(`${name} has ${picture.length} bytes.`)
  await writeFile(join(folder, `${name}.png`), picture)
  console.log(`docs/pictures/${name}.png ${Math.round(picture.length / 1000)} KB`)
}

const play = async (page: Page): Promise<void> => {
  const lines = conversation.slice(0, 5)
  for (const [index, { user, response_text }] of lines.entries()) {
    await say(page, user, response_text)
    if (index === 2) await take(page, 'talk')
  }
  await startRun(page)
  await page.getByRole('tab', { name: /콘텐츠 진행 중/ }).waitFor()
  await page.getByRole('tabpanel').getByRole('listitem').nth(3).waitFor()
  await take(page, 'run')
  await runEnded(page)
  await page.getByRole('button', { name: '패키지 보기' }).click()
  await makePosters(page)
  await readyPosters(page)
  await page.getByRole('heading', { name: '포스터와 영상' }).scrollIntoViewIfNeeded()
  await take(page, 'posters')
  await page.getByRole('navigation', { name: '패키지 목차' }).getByText('시장 조사').click()
  await take(page, 'package')
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize(phone)
  await goTo(page, 'talk')
  await composer(page).waitFor()
  await take(page, 'phone')
}

const [origin] = process.argv.slice(2)
if (!origin) throw new Error('Give the address that `npm run demo` prints.')
await mkdir(folder, { recursive: true })
const browser = await launchChromium()
try {
  const page = await browser.newPage({ locale: 'ko-KR', viewport: desktop, colorScheme: 'light' })
  page.setDefaultTimeout(120_000)
  await page.goto(origin)
  await play(page)
} finally {
  await browser.close()
}
