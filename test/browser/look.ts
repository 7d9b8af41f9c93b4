/**
 * `node test/browser/look.ts <origin> <folder> [path…]`: pictures of pages of a running console, light and
 * dark, on a desktop and at the width of a small phone, for a look at them. CHROMIUM names the browser's file;
 * Debian's place when not given.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const [origin = 'http://127.0.0.1:8787', folder = '.launch-studio/pictures', ...given] =
  process.argv.slice(2)
const paths = given.length > 0 ? given : ['/', '/#/brief', '/components.html']
const sizes = { desktop: { width: 1280, height: 800 }, phone: { width: 360, height: 740 } }

const look = async (browser: Browser, path: string): Promise<void> => {
  for (const [name, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await browser.newPage({ viewport, colorScheme, locale: 'ko-KR' })
      page.on('console', (message) => {
        if (message.type() === 'error') console.error(`${path} (${name}): ${message.text()}`)
      })
      page.on('pageerror', (error) => console.error(`${path} (${name}): ${error.message}`))
      await page.goto(`${origin}${path}`)
      await page.locator('#app > *').waitFor()
      const file = `${path.replaceAll(/\W+/g, '-').replace(/^-|-$/g, '') || 'start'}-${name}-${colorScheme}.png`
      await page.screenshot({ path: join(folder, file), fullPage: path.includes('components') })
      await page.close()
    }
  }
}

await mkdir(folder, { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
})
try {
  for (const path of paths) await look(browser, path)
} finally {
  await browser.close()
}
