import type { Locator, Page } from 'playwright-core'

/** Presses Tab until something has the focus. @throws when it never comes */
export const tabTo = async (page: Page, wanted: Locator, most = 80): Promise<void> => {
  for (let press = 0; press < most; press += 1) {
    await page.keyboard.press('Tab')
    const found = await wanted.evaluateAll((elements) =>
      elements.some((element) => element === document.activeElement),
    )
    if (found) return
  }
  throw new Error(`Tab never came to ${wanted}.`)
}
