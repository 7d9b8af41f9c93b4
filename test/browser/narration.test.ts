import { join } from 'node:path'
import type { Locator } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { eventually } from '../support/limits/eventually.ts'
import { limit } from '../support/limits/machine-speed.ts'
import { useConsole } from './support/console.ts'
import { openPackage } from './support/doing.ts'

const studio = useConsole()

const ownVoice = join(
  import.meta.dirname,
  '..',
  'support',
  'audio',
  'recordings',
  'narration-m4a.m4a',
)

const isFocused = (button: Locator): Promise<boolean> =>
  button.evaluate((element) => element === document.activeElement)

describe('the narration of a package', () => {
  it(
    'is spoken in the voice and at the pace that were chosen, or in one of the own',
    async () => {
      const { page } = await studio.visit()
      await openPackage(page, studio.model)
      const section = page.getByRole('region', { name: '내레이션' })
      await section.getByRole('button', { name: '만들기' }).click()
      const dialog = page.getByRole('dialog', { name: '내레이션 만들기' })
      await dialog.getByRole('radio', { name: '차분하게' }).check()
      await dialog.getByRole('radio', { name: '천천히' }).check()
      const asked = page.waitForRequest(
        (request) =>
          request.method() === 'POST' && request.url().endsWith('/assets/generate/async'),
      )
      await dialog.getByRole('button', { name: '만들기', exact: true }).click()
      const request = (await asked).postData() ?? ''
      expect(request).toContain('calm_ko')
      await dialog.waitFor({ state: 'hidden' })
      await section.locator('audio').waitFor({ timeout: limit(30_000) })

      await section.getByRole('button', { name: '목소리 바꾸기' }).click()
      const change = page.getByRole('dialog', { name: '목소리 바꾸기' })
      const choose = change.getByRole('button', { name: '녹음 파일 고르기' })
      const chooser = page.waitForEvent('filechooser')
      await choose.focus()
      await page.keyboard.press('Enter')
      await (await chooser).setFiles(ownVoice)
      await change.getByText('narration-m4a.m4a 올림').waitFor()
      expect(await change.getByRole('radio').count()).toBe(0)
      // Who uses the keyboard goes on where they were.
      const remove = change.getByRole('button', { name: '삭제' })
      await eventually(async () => expect(await isFocused(remove)).toBe(true))
      await page.keyboard.press('Enter')
      await change.getByRole('radio', { name: '차분하게' }).waitFor()
      await eventually(async () => expect(await isFocused(choose)).toBe(true))
    },
    limit(120_000),
  )
})
