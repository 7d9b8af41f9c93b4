import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { creative } from '../rehearsal/script/creative.ts'
import { eventually } from '../support/limits/eventually.ts'
import { limit } from '../support/limits/machine-speed.ts'
import { useConsole } from './support/console.ts'
import {
  composer,
  fillBrief,
  goTo,
  hold,
  runEnded,
  say,
  startRun,
  transcript,
  visible,
} from './support/doing.ts'
import { cuttable } from './support/network.ts'
import { shown } from './support/shown.ts'

const studio = useConsole()

const expectSame = (one: Page, other: Page): Promise<void> =>
  eventually(async () => expect(await shown(other)).toBe(await shown(one)))

const places = ['brief', 'run', 'package'] as const

/** Both pages show the same on every screen of the session. */
const expectSameEverywhere = async (one: Page, other: Page): Promise<void> => {
  for (const place of places) {
    await goTo(one, place)
    await goTo(other, place)
    await expectSame(one, other)
  }
}

const unscripted = '저는 AI가 아니라 리허설용 대본이에요.'

describe('a page', () => {
  it('that was reloaded in the middle of a run, and a second tab, end as one that never was', async () => {
    const { page, context } = await studio.visit()
    await fillBrief(page, studio.model)
    const letGo = hold(studio.model, 'creative', creative)
    await startRun(page)
    const isHeld = (it: Page) => it.getByRole('tab', { name: /콘텐츠 진행 중/ }).waitFor()
    await isHeld(page)
    const second = await context.newPage()
    await second.goto(page.url())
    await isHeld(second)
    await expectSame(page, second)
    await second.reload()
    await isHeld(second)
    await expectSame(page, second)
    letGo()
    await runEnded(page)
    await runEnded(second)
    await expectSameEverywhere(page, second)
    await page.reload()
    await expectSameEverywhere(second, page)
  })

  it('goes on within two seconds of the network, with all that came meanwhile', async () => {
    const { page, context } = await studio.visit()
    await fillBrief(page, studio.model)
    const network = await cuttable(page)
    await page.reload()
    await transcript(page).getByText('브리프가 다 찼어요.').waitFor()
    const elsewhere = await studio.visit(`/${new URL(page.url()).hash}`, {
      storageState: await context.storageState(),
    })
    await network.cut()
    await visible(page.getByText('인터넷에 연결되어 있지 않습니다')).waitFor()
    for (const [index, text] of ['첫째로 할 말', '둘째로 할 말'].entries()) {
      await composer(elsewhere.page).fill(text)
      await composer(elsewhere.page).press('Enter')
      await transcript(elsewhere.page).getByText(unscripted).nth(index).waitFor()
      await elsewhere.page.getByRole('button', { name: '보내기' }).waitFor()
    }
    expect(await transcript(page).getByText('첫째로 할 말').count()).toBe(0)
    const asked = page.waitForRequest(/\/ticket$/)
    const backAt = performance.now()
    await network.mend()
    await asked
    expect(performance.now() - backAt).toBeLessThan(limit(1000))
    await transcript(page).getByText('둘째로 할 말').waitFor()
    await expectSame(elsewhere.page, page)
    await say(page, '이제 다시 이어졌어요', unscripted)
  })

  it('of a second device, which a link was handed to, shows the same and may go on', async () => {
    const { page } = await studio.visit()
    await fillBrief(page, studio.model)
    await page.getByRole('button', { name: '휴대폰에서 이어서' }).click()
    const link = page.getByRole('textbox', { name: '이어받는 링크' })
    await eventually(async () => expect(await link.inputValue()).toContain('#join='))
    const address = new URL(await link.inputValue())
    await page.keyboard.press('Escape')
    const device = await studio.visit(`/${address.hash}`)
    await transcript(device.page).getByText('브리프가 다 찼어요.').waitFor()
    expect(device.page.url()).not.toContain('join=')
    await expectSame(page, device.page)
    await say(device.page, '휴대폰에서 이어서 말해요', unscripted)
    await transcript(page).getByText('휴대폰에서 이어서 말해요').waitFor()
    await expectSame(page, device.page)
    const third = await studio.visit(`/${address.hash}`)
    await third.page.getByText('쓸 수 없는 링크입니다').waitFor()
  })
})
