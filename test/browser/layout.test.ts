import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { eventually } from '../support/limits/eventually.ts'
import { limit } from '../support/limits/machine-speed.ts'
import { useConsole } from './support/console.ts'
import { fillBrief, goTo, openPackage, transcript, visible } from './support/doing.ts'
import { cuttable } from './support/network.ts'
import { desktop, phone } from './support/viewports.ts'

const studio = useConsole()

const narrowest = { width: 320, height: 640 }

const boxOf = async (locator: Locator) => {
  const box = await locator.boundingBox()
  if (!box) throw new Error(`${locator} is not in view.`)
  return box
}

const rightOf = async (locator: Locator): Promise<number> => {
  const { x, width } = await boxOf(locator)
  return x + width
}

/** Pixels of an element that its own box does not show. */
const hidden = (locator: Locator) =>
  locator.evaluate(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => ({
    across: scrollWidth - clientWidth,
    down: scrollHeight - clientHeight,
  }))

const none = { across: 0, down: 0 }

const tab = (page: Page, name: string): Locator =>
  page.getByRole('navigation', { name: '화면' }).getByRole('link', { name })

const openMake = async (page: Page): Promise<Locator> => {
  await page.getByRole('button', { name: '만들기', exact: true }).first().click()
  const dialog = page.getByRole('dialog', { name: '무엇을 만들까요?' })
  await dialog.getByRole('radio', { name: '직접 고르기' }).check()
  await dialog.getByRole('checkbox', { name: '인스타그램 피드 1:1' }).check()
  await dialog.locator('.estimate').getByText('2개', { exact: true }).waitFor()
  return dialog
}

/** Lines over which the text of each cell runs. */
const linesOf = (cells: Locator): Promise<number[]> =>
  cells.evaluateAll((elements) =>
    elements.map((element) => {
      const range = document.createRange()
      range.selectNodeContents(element)
      return new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom))).size
    }),
  )

describe('a dialog higher than the page', { timeout: limit(60_000) }, () => {
  it('scrolls in one place, and its estimate holds all its rows', async () => {
    const { page } = await studio.visit()
    await openPackage(page, studio.model)
    const dialog = await openMake(page)
    for (const viewport of [desktop, phone, narrowest]) {
      await page.setViewportSize(viewport)
      expect(await hidden(dialog)).toEqual(none)
      expect(await hidden(dialog.locator('.dialog-sheet'))).toEqual(none)
      expect((await hidden(dialog.locator('.dialog-body'))).down).toBeGreaterThan(0)
      expect(await hidden(dialog.locator('.estimate'))).toEqual(none)
    }
  })

  it('breaks neither a number from its unit nor a price', async () => {
    const { page } = await studio.visit()
    await openPackage(page, studio.model)
    const dialog = await openMake(page)
    for (const viewport of [desktop, phone, narrowest]) {
      await page.setViewportSize(viewport)
      const cells = dialog.locator('.estimate tbody').locator('th > span, td:last-child')
      const lines = await linesOf(cells)
      expect(lines.length).toBe(8)
      expect(lines).toEqual(lines.map(() => 1))
    }
  })
})

describe('the right pane', { timeout: limit(60_000) }, () => {
  const top = (page: Page) => page.locator('.pane-side').evaluate(({ scrollTop }) => scrollTop)
  const scrollTo = (page: Page, to: number) =>
    page.locator('.pane-side').evaluate((pane, top) => pane.scrollTo({ top }), to)

  it('opens a place at its beginning, and finds again where another one was left', async () => {
    const { page } = await studio.visit('/', { viewport: { width: 1280, height: 420 } })
    await openPackage(page, studio.model)
    await page.getByRole('heading', { name: '시장 조사', level: 2 }).waitFor()
    await scrollTo(page, 900)
    await goTo(page, 'brief')
    await page.getByRole('heading', { name: '브리프', level: 2 }).waitFor()
    expect(await top(page)).toBe(0)
    await scrollTo(page, 140)
    await goTo(page, 'package')
    await eventually(async () => expect(await top(page)).toBe(900))
    await goTo(page, 'brief')
    await eventually(async () => expect(await top(page)).toBe(140))
    await page.getByRole('button', { name: '새 대화' }).click()
    await eventually(async () => expect(await top(page)).toBe(0))
  })

  it('leaves its tabs under the pointer, and widens for a package only', async () => {
    const { page } = await studio.visit()
    const names = ['브리프', '실행', '패키지', '보관함']
    const tabs = () => Promise.all(names.map((name) => boxOf(tab(page, name))))
    const before = { tabs: await tabs(), talk: await boxOf(page.locator('.pane-talk')) }
    await goTo(page, 'package')
    await page.locator('.empty-state').waitFor()
    expect(await boxOf(page.locator('.pane-talk'))).toEqual(before.talk)
    expect(await tabs()).toEqual(before.tabs)
    await openPackage(page, studio.model)
    await page.getByRole('heading', { name: '시장 조사', level: 2 }).waitFor()
    const { width } = await boxOf(page.locator('.pane-talk'))
    expect(width).toBeLessThan(before.talk.width)
    expect(await tabs()).toEqual(before.tabs)
  })

  it('tells on a phone of a lost connection at its foot, in the column of what is read', async () => {
    const { page } = await studio.visit('/', { viewport: phone })
    await fillBrief(page, studio.model)
    const network = await cuttable(page)
    await page.reload()
    await transcript(page).getByText('브리프가 다 찼어요.').waitFor()
    await network.cut()
    await visible(page.getByText('인터넷에 연결되어 있지 않습니다')).waitFor()
    await goTo(page, 'run')
    const notice = await boxOf(page.locator('.pane-link > .notice'))
    const pane = await boxOf(page.locator('.pane-side'))
    const column = await boxOf(page.locator('.pane-sheet > *').first())
    expect(pane.y + pane.height - notice.y - notice.height).toBeLessThan(24)
    expect([notice.x, notice.width]).toEqual([column.x, column.width])
  })
})

describe('the conversation', () => {
  it('ends where its composer ends', async () => {
    const { page } = await studio.visit()
    await fillBrief(page, studio.model)
    const said = transcript(page).locator('.said[data-by="user"]').last()
    const field = page.locator('.composer')
    for (const viewport of [desktop, { width: 1920, height: 800 }, phone]) {
      await page.setViewportSize(viewport)
      expect(await rightOf(said)).toBeCloseTo(await rightOf(field), 1)
    }
  })
})

describe('the head of the page', () => {
  it('keeps its words whole on the narrowest phone', async () => {
    const { page } = await studio.visit('/', { viewport: narrowest })
    const head = page.getByRole('banner')
    expect(await linesOf(head.getByRole('button', { name: 'English' }))).toEqual([1])
    expect(await hidden(head)).toEqual(none)
    expect((await hidden(head.getByRole('heading'))).across).toBe(0)
    expect(await rightOf(head.getByRole('button').last())).toBeLessThanOrEqual(320)
  })
})

describe('the contents of a package', { timeout: limit(60_000) }, () => {
  it('fade where the phone cuts them, and show their last entry whole', async () => {
    const { page } = await studio.visit('/', { viewport: phone })
    await openPackage(page, studio.model)
    const row = page.getByRole('navigation', { name: '패키지 목차' })
    const fade = () =>
      row.evaluate((nav) => {
        const style = getComputedStyle(nav, '::after')
        return { position: style.position, inset: style.right, image: style.backgroundImage }
      })
    expect(await fade()).toMatchObject({ position: 'sticky', inset: '0px' })
    expect((await fade()).image).toContain('gradient')
    await row.evaluate((nav) => nav.scrollTo({ left: nav.scrollWidth }))
    const last = row.getByRole('button', { name: '내보내기' })
    const width = await row.evaluate((nav) =>
      Number.parseFloat(getComputedStyle(nav, '::after').width),
    )
    expect(await rightOf(last)).toBeLessThanOrEqual((await rightOf(row)) - width + 1)
  })
})
