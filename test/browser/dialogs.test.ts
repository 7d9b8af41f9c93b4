import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { eventually } from '../support/limits/eventually.ts'
import { useConsole } from './support/console.ts'
import { fillBrief, goTo } from './support/doing.ts'

const studio = useConsole()

const openHandoff = async (page: Page) => {
  await fillBrief(page, studio.model)
  await page.getByRole('button', { name: '휴대폰에서 이어서' }).click()
  const dialog = page.getByRole('dialog', { name: '휴대폰에서 이어서' })
  const link = dialog.getByRole('textbox', { name: '이어받는 링크' })
  await eventually(async () => expect(await link.inputValue()).toContain('#join='))
  return dialog
}

/** On the veil, outside of every dialog. */
const veil = { x: 8, y: 400 }

describe('a dialog', () => {
  it('stays when a text in it is marked beyond its edge, and closes when the veil is pressed', async () => {
    const { page } = await studio.visit()
    const dialog = await openHandoff(page)
    const text = await dialog.getByText('한 번만, 5분 안에 쓸 수 있습니다.').boundingBox()
    if (!text) throw new Error('The text is not in view.')
    await page.mouse.move(text.x + 40, text.y + 8)
    await page.mouse.down()
    await page.mouse.move(veil.x, veil.y, { steps: 4 })
    await page.mouse.up()
    expect(await dialog.isVisible()).toBe(true)
    await page.mouse.click(veil.x, veil.y)
    await dialog.waitFor({ state: 'hidden' })
  })

  it('says of a link that no clipboard takes that it is selected', async () => {
    const { page } = await studio.visit()
    const dialog = await openHandoff(page)
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
    await dialog.getByRole('button', { name: '복사' }).click()
    await page.locator('.toast').getByText('링크를 선택했습니다').waitFor()
    expect(await page.getByText('링크를 복사했습니다').count()).toBe(0)
    expect(await page.evaluate(() => String(getSelection()))).toContain('#join=')
  })

  it('says what happens in it where it is heard, with a toast that can be closed', async () => {
    const { page } = await studio.visit()
    const dialog = await openHandoff(page)
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
    await dialog.getByRole('button', { name: '복사' }).click()
    // What is outside of the dialog is inert, and has no roles.
    await dialog.getByRole('status').getByText('링크를 선택했습니다').waitFor()
    await dialog.getByRole('button', { name: '알림 닫기' }).click()
    await eventually(async () => expect(await page.locator('.toast').count()).toBe(0))
    expect(await dialog.isVisible()).toBe(true)
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    expect(await page.getByRole('status').getByText('링크를 선택했습니다').count()).toBe(0)
  })

  it('that asks for a code has the focus in its field, and is sent from its end', async () => {
    const { page } = await studio.visit()
    await goTo(page, 'library')
    await page.getByRole('button', { name: '다른 기기에서 이어받기' }).click()
    const dialog = page.getByRole('dialog', { name: '다른 기기에서 이어받기' })
    await page.keyboard.type('없는 코드')
    expect(await dialog.getByRole('textbox').inputValue()).toBe('없는 코드')
    await dialog.locator('footer').getByRole('button', { name: '이어받기' }).click()
    await dialog.getByText('링크나 코드를 끝까지 붙여 넣어 주세요.').waitFor()
  })
})
