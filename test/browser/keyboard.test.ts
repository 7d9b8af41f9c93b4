import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { eventually } from '../support/limits/eventually.ts'
import { useConsole } from './support/console.ts'
import { composer, fillBrief, runEnded } from './support/doing.ts'
import { tabTo } from './support/in-view.ts'

const studio = useConsole()

/** What has the focus: its name and whether the page shows that it has it. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement
    if (!(element instanceof HTMLElement) || element === document.body) return null
    const style = getComputedStyle(element)
    const frame = getComputedStyle(element.closest('.composer') ?? element)
    const marked =
      (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2) ||
      frame.boxShadow !== 'none'
    const { width, height } = element.getBoundingClientRect()
    const { top, left } = element.getBoundingClientRect()
    const name = `${element.ariaLabel} ${element.textContent} ${top} ${left}`
    return { name, marked, small: width < 24 || height < 24 }
  })

const focusIs = (page: Page, name: RegExp | string, role: 'button' | 'tab' = 'button') =>
  eventually(async () =>
    expect(
      await page
        .getByRole(role, { name })
        .evaluateAll((found) => found.includes(document.activeElement as HTMLElement)),
    ).toBe(true),
  )

const focusIsIn = (field: Locator) =>
  eventually(async () =>
    expect(await field.evaluate((it) => it === document.activeElement)).toBe(true),
  )

describe('with the keyboard alone', () => {
  it('one talks, edits the brief, and starts and leaves a run', async () => {
    const { page } = await studio.visit()
    await tabTo(page, composer(page))
    await fillBrief(page, studio.model)
    const edit = page.getByRole('button', { name: '가격대 고치기' })
    await tabTo(page, edit)
    await page.keyboard.press('Enter')
    const field = page.getByRole('textbox', { name: '가격대' })
    await focusIsIn(field)
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type('10봉 14,500원')
    await page.keyboard.press('Enter')
    await field.waitFor({ state: 'detached' })
    await page.getByRole('region', { name: '브리프' }).getByText('10봉 14,500원').waitFor()
    await focusIs(page, '가격대 고치기')
    await page.keyboard.press('Enter')
    await focusIsIn(field)
    await page.keyboard.press('Escape')
    await focusIs(page, '가격대 고치기')
    await page.keyboard.press('Shift+Tab')
    await tabTo(page, page.getByRole('button', { name: '출시 패키지 만들기' }), 200)
    await page.keyboard.press('Enter')
    await runEnded(page)
    await tabTo(page, page.getByRole('tab', { selected: true }), 200)
    await page.keyboard.press('Home')
    await focusIs(page, /시장 조사/, 'tab')
    await page.keyboard.press('ArrowRight')
    await focusIs(page, /전략/, 'tab')
  })

  it('every stop is seen, large enough, and leads on to the next', async () => {
    const { page } = await studio.visit()
    await fillBrief(page, studio.model)
    for (const place of ['brief', 'run', 'package', 'library']) {
      await page.evaluate((to) => {
        location.hash = location.hash.replace(/\/\w+$/, `/${to}`)
      }, place)
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
      const names = new Set<string>()
      for (let press = 0; press < 60; press += 1) {
        await page.keyboard.press('Tab')
        const stop = await focused(page)
        if (!stop || names.has(stop.name)) break
        names.add(stop.name)
        expect.soft(stop, stop.name).toMatchObject({ marked: true, small: false })
      }
      expect(names.size).toBeGreaterThan(8)
    }
  })

  it('a dialog keeps the focus until it is left, and gives it back', async () => {
    const { page } = await studio.visit()
    await fillBrief(page, studio.model)
    const phone = page.getByRole('button', { name: '휴대폰에서 이어서' })
    await phone.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: '휴대폰에서 이어서' })
    await dialog.waitFor()
    for (let press = 0; press < 12; press += 1) {
      await page.keyboard.press('Tab')
      const inside = await dialog.evaluate(
        (it) => it.contains(document.activeElement) || document.activeElement === document.body,
      )
      expect(inside).toBe(true)
    }
    await page.keyboard.press('Escape')
    await focusIs(page, '휴대폰에서 이어서')
  })
})
