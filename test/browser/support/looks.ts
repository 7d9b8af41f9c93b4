import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { desktop, phone, picturesFolder } from './viewports.ts'

const looks = [
  { look: 'light', viewport: desktop, colorScheme: 'light' },
  { look: 'dark', viewport: desktop, colorScheme: 'dark' },
  { look: 'phone', viewport: phone, colorScheme: 'light' },
  { look: 'phone-dark', viewport: phone, colorScheme: 'dark' },
] as const

/** Success criteria of WCAG 2.2 on levels A and AA. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What breaks a success criterion on the page as it is. The page's context goes without its policy for it. */
const violationsOn = async (page: Page): Promise<string[]> => {
  if (!(await page.evaluate(() => 'axe' in window)))
    await page.addScriptTag({ content: axe.source })
  return page.evaluate(async (values) => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') }
    const { violations } = await axe.run(document, {
      runOnly: { type: 'tag', values },
      resultTypes: ['violations'],
    })
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary = '' }) =>
        [id, target.join(' '), failureSummary.split('\n')[1]?.trim()].join(': '),
      ),
    )
  }, tags)
}

/** Takes pictures of a state in every look. @returns what axe has against any of them */
export const look = async (page: Page, state: string): Promise<string[]> => {
  mkdirSync(picturesFolder, { recursive: true })
  const found: string[] = []
  for (const { look, viewport, colorScheme } of looks) {
    await page.setViewportSize(viewport)
    await page.emulateMedia({ colorScheme })
    // Two frames, in which what is measured settles.
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    )
    const path = join(picturesFolder, `${state}-${look}.png`)
    await page.screenshot({ path, animations: 'disabled' })
    const violations = await violationsOn(page)
    found.push(...violations.map((violation) => `${state}, ${look}: ${violation}`))
  }
  await page.setViewportSize(desktop)
  return found
}
