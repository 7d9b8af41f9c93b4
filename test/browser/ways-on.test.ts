import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { eventually } from '../support/limits/eventually.ts'
import { limit } from '../support/limits/machine-speed.ts'
import { answers } from '../support/model-server/answers.ts'
import type { ModelServer } from '../support/model-server/model-server.ts'
import { useConsole } from './support/console.ts'
import { composer, fillBrief, goTo, runEnded, startRun, transcript } from './support/doing.ts'

const studio = useConsole()

const callsOf = (model: ModelServer, asker: string): number =>
  model.calls.filter((call) => call.asker === asker).length

const unscripted = '저는 AI가 아니라 리허설용 대본이에요.'

describe('a run whose stage failed', () => {
  it(
    'goes on from that stage to its end, and writes no earlier stage again',
    async () => {
      const { page } = await studio.visit()
      await fillBrief(page, studio.model)
      studio.model.script('strategy', answers.refusal())
      await startRun(page)
      const goOn = page.getByRole('button', { name: '전략부터 이어서' })
      await goOn.waitFor()
      const researched = callsOf(studio.model, 'research')
      await goOn.click()
      await runEnded(page)
      expect(callsOf(studio.model, 'research')).toBe(researched)
      await page.getByRole('tab', { name: /시장 조사 완료/ }).waitFor()
      await page.getByRole('button', { name: '패키지 보기' }).click()
      await page.getByRole('heading', { name: '내보내기', level: 2 }).waitFor()
    },
    limit(60_000),
  )
})

const signOut = async (page: Page): Promise<void> => {
  await goTo(page, 'library')
  await page.getByRole('button', { name: '이 기기에서 로그아웃' }).click()
  const dialog = page.getByRole('dialog', { name: '이 기기에서 로그아웃할까요?' })
  await dialog.getByRole('button', { name: '이 기기에서 로그아웃' }).click()
  await dialog.waitFor({ state: 'hidden' })
}

describe('a device that signs out', () => {
  it('shows nothing of what it could open, and begins anew', async () => {
    const { page } = await studio.visit()
    await fillBrief(page, studio.model)
    const { hash } = new URL(page.url())
    await signOut(page)
    await page.getByRole('heading', { name: '무엇을 팔고 계신가요?' }).waitFor()
    expect(await page.getByText('여섯시반 드립백').count()).toBe(0)
    await goTo(page, 'library')
    await page.getByRole('heading', { name: '아직 대화가 없습니다' }).waitFor()
    await page.goto(`${studio.origin}/${hash}`)
    await page.reload()
    await page.getByText('로그인이 만료되었습니다').filter({ visible: true }).first().waitFor()
    expect(await transcript(page).getByText('브리프가 다 찼어요.').count()).toBe(0)
    await page.getByRole('button', { name: '새 대화 시작' }).filter({ visible: true }).click()
    await composer(page).fill('새로 시작해요')
    await composer(page).press('Enter')
    await transcript(page).getByText(unscripted).waitFor()
  })
})

/** Begins conversations as another page of this browser would. */
const beginMany = (page: Page, count: number): Promise<number[]> =>
  page.evaluate(async (wanted) => {
    const statuses: number[] = []
    for (let at = 0; at < wanted; at += 1) {
      const { status } = await fetch('/api/chat/session', {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-launch-studio': 'console',
          'idempotency-key': `"many-${at}-${crypto.randomUUID()}"`,
        },
        body: '{}',
      })
      statuses.push(status)
    }
    return statuses
  }, count)

describe('a library of more than one page', () => {
  it(
    'shows each conversation once, page by page, and goes on after a failed page',
    async () => {
      const { page } = await studio.visit()
      await fillBrief(page, studio.model)
      expect(await beginMany(page, 44)).toEqual(Array(44).fill(201))
      await goTo(page, 'library')
      const rows = page.locator('.sessions > li')
      const more = page.getByRole('button', { name: '더 보기' })
      await eventually(async () => expect(await rows.count()).toBe(20))
      await page.route('**/api/chat/session?**cursor=**', (route) => route.abort(), { times: 5 })
      await more.click()
      await page.getByRole('button', { name: '다시 시도' }).click()
      await eventually(async () => expect(await rows.count()).toBe(40))
      await more.click()
      await eventually(async () => expect(await rows.count()).toBe(45))
      expect(await more.count()).toBe(0)
      const addresses = await rows
        .getByRole('heading')
        .getByRole('link')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href')))
      expect(new Set(addresses).size).toBe(45)
      await rows.getByRole('link', { name: '여섯시반 드립백' }).click()
      await transcript(page).getByText('브리프가 다 찼어요.').waitFor()
    },
    limit(60_000),
  )
})

describe('a device at a conversation that is not its own', () => {
  it('shows it as soon as it has taken it over', async () => {
    const { page } = await studio.visit()
    await fillBrief(page, studio.model)
    const { hash } = new URL(page.url())
    await page.getByRole('button', { name: '휴대폰에서 이어서' }).click()
    const link = page.getByRole('textbox', { name: '이어받는 링크' })
    await eventually(async () => expect(await link.inputValue()).toContain('#join='))
    const device = (await studio.visit()).page
    await composer(device).fill('다른 주인이에요')
    await composer(device).press('Enter')
    await transcript(device).getByText(unscripted).waitFor()
    await device.goto(`${studio.origin}/${hash}`)
    const missing = transcript(device).getByText('이 대화를 찾을 수 없습니다')
    await missing.waitFor()
    await goTo(device, 'library')
    await device.getByRole('button', { name: '다른 기기에서 이어받기' }).click()
    const dialog = device.getByRole('dialog', { name: '다른 기기에서 이어받기' })
    await dialog.getByRole('textbox').fill(await link.inputValue())
    await dialog.getByRole('button', { name: '이어받기', exact: true }).click()
    await dialog.getByRole('button', { name: '바꾸고 이어받기' }).click()
    await transcript(device).getByText('브리프가 다 찼어요.').waitFor()
    expect(await missing.count()).toBe(0)
  })
})

describe('the figures of a run', () => {
  it(
    'are written as the language of the page has them, whatever the browser’s is',
    async () => {
      const { page } = await studio.visit('/', { locale: 'de-DE' })
      await page.evaluate(() => localStorage.setItem('launch-studio.locale', 'ko-KR'))
      await page.reload()
      await fillBrief(page, studio.model)
      await startRun(page)
      await runEnded(page)
      const tokens = page.locator('.run-facts dd').nth(1)
      await eventually(async () => expect(await tokens.textContent()).toMatch(/^\d{1,3}(,\d{3})+$/))
    },
    limit(60_000),
  )
})
