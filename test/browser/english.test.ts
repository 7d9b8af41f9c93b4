import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { creative } from '../rehearsal/script/creative.ts'
import { limit } from '../support/limits/machine-speed.ts'
import { answers } from '../support/model-server/answers.ts'
import { plannerAnswer } from '../support/studio/studio.ts'
import { useConsole } from './support/console.ts'
import { fillBrief as fillKoreanBrief, hold, visible, wholeBrief } from './support/doing.ts'
import { cuttable } from './support/network.ts'
import { desktop, phone, picturesFolder } from './support/viewports.ts'

const studio = useConsole()

const visit = (path?: string) => studio.visit(path, { locale: 'en-US' })

/** What is wider than its place: the page, or a text that its element cuts off. */
const tooWide = (): string[] => {
  const found: string[] = []
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth > clientWidth) found.push(`the page: ${scrollWidth} of ${clientWidth}`)
  for (const element of document.querySelectorAll<HTMLElement>('#app *')) {
    if (element.closest('.visually-hidden') || element.offsetParent === null) continue
    const mayScroll = /auto|scroll/.test(getComputedStyle(element).overflowX)
    const isText = [...element.childNodes].some(
      ({ nodeType, textContent }) => nodeType === Node.TEXT_NODE && textContent?.trim(),
    )
    const { right, left } = element.getBoundingClientRect()
    const isScrolled = element.closest(
      '.places, nav, .stage-rail, .week, .gallery-row, [data-scrolls]',
    )
    const isOut = !isScrolled && (right > clientWidth + 1 || left < -1)
    if (isText && ((!mayScroll && element.scrollWidth > element.clientWidth + 1) || isOut)) {
      if (getComputedStyle(element).display === 'inline' && !isOut) continue
      found.push(`${element.className || element.tagName}: ${element.textContent?.slice(0, 60)}`)
    }
  }
  return found
}

/** Names and texts of controls, headings and labels that are not in English. What a model wrote is in its own language. */
const inKorean = (): string[] =>
  [
    ...document.querySelectorAll<HTMLElement>(
      'button, h2, [role=tab], label, legend, input, textarea, [aria-label]',
    ),
  ]
    .filter((element) => !element.closest('[lang=ko]') && !element.matches('[lang=ko]'))
    .flatMap((element) => [
      element.getAttribute('aria-label') ?? '',
      element.getAttribute('placeholder') ?? '',
      element.matches('h2, button, legend') ? (element.textContent ?? '') : '',
    ])
    .filter((text) => /[가-힣]/.test(text))

const lookAt = async (page: Page, states: Record<string, () => Promise<unknown>>) => {
  mkdirSync(picturesFolder, { recursive: true })
  const found: string[] = []
  for (const [state, arrange] of Object.entries(states)) {
    await arrange()
    for (const viewport of [desktop, phone]) {
      await page.setViewportSize(viewport)
      await page.evaluate(
        () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
      )
      const path = join(picturesFolder, `en-${state}-${viewport.width}.png`)
      await page.screenshot({ path, animations: 'disabled' })
      const problems = [...(await page.evaluate(tooWide)), ...(await page.evaluate(inKorean))]
      found.push(...problems.map((problem) => `${state}, ${viewport.width}: ${problem}`))
    }
    await page.setViewportSize(desktop)
  }
  // Content of the rehearsal, which is Korean, names some of the controls.
  expect(
    found.filter((line) => !/여섯시반|드립백|출근|: Rewrite for this positioning/.test(line)),
  ).toEqual([])
}

const goTo = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name }).click()

const fillBrief = async (page: Page): Promise<void> => {
  studio.model.script('planner', plannerAnswer(wholeBrief, 'The brief is complete.', null))
  await page.getByRole('textbox', { name: 'Message' }).fill('Here is all of it.')
  await page.keyboard.press('Enter')
  await page.getByText('The brief is complete.').first().waitFor()
  await page.getByRole('button', { name: 'Send', exact: true }).waitFor()
}

const closeDialog = (page: Page): Promise<void> => page.keyboard.press('Escape')

describe('the console in English, on a desktop and a phone', { timeout: limit(120_000) }, () => {
  it('before the first message', async () => {
    const { page } = await visit()
    await lookAt(page, {
      talk: () => page.getByRole('heading', { name: 'What are you selling?' }).waitFor(),
      'brief-empty': () => goTo(page, 'Brief'),
      'run-none': () => goTo(page, 'Run'),
      'package-none': () => goTo(page, 'Package'),
      library: () => goTo(page, 'Library'),
      'sign-out': () => page.getByRole('button', { name: 'Sign out on this device' }).click(),
      join: async () => {
        await closeDialog(page)
        await page.getByRole('button', { name: 'Continue from another device' }).click()
      },
    })
  })

  it('with a conversation and a brief', async () => {
    const { page } = await visit()
    await fillBrief(page)
    const network = await cuttable(page)
    await page.reload()
    await page.getByText('The brief is complete.').first().waitFor()
    await lookAt(page, {
      'talk-said': () => page.getByRole('textbox', { name: 'Message' }).focus(),
      'talk-recording': async () => {
        await page.getByRole('button', { name: 'Speak' }).click()
        await page.getByRole('timer').getByText('0:01').waitFor()
      },
      'talk-offline': async () => {
        await page.keyboard.press('Escape')
        await network.cut()
        await visible(page.getByText('You are offline')).waitFor()
      },
      'talk-unsent': async () => {
        await network.mend()
        await page.route('**/message', (route) => route.abort())
        await page.getByRole('textbox', { name: 'Message' }).fill('This does not arrive.')
        await page.keyboard.press('Enter')
        await page.getByRole('button', { name: 'Send again' }).waitFor({ timeout: 60_000 })
      },
      'brief-filled': async () => {
        await page.getByRole('button', { name: 'Edit', exact: true }).click()
        await goTo(page, 'Brief')
      },
      'brief-edit': () => page.getByRole('button', { name: 'Edit: Features' }).click(),
      handoff: async () => {
        await page.keyboard.press('Escape')
        await page.getByRole('button', { name: 'Continue on your phone' }).click()
        await page.getByRole('img', { name: /QR/ }).waitFor()
      },
    })
  })

  it('with a run and a package', async () => {
    // The rehearsal's narration is Korean, and so is its session.
    const { page } = await studio.visit()
    await fillKoreanBrief(page, studio.model)
    await page.getByRole('button', { name: 'English' }).click()
    studio.model.script('strategy', answers.refusal())
    const letGo = hold(studio.model, 'creative', creative)
    await goTo(page, 'Brief')
    await page.getByRole('button', { name: 'Make the launch package' }).click()
    const contents = page.getByRole('navigation', { name: 'Contents of the package' })
    await lookAt(page, {
      'run-failed': () => page.getByRole('button', { name: 'Resume at Strategy' }).waitFor(),
      'run-going': async () => {
        await page.getByRole('button', { name: 'Resume at Strategy' }).click()
        await page.getByRole('tab', { name: /Content Running/ }).waitFor()
      },
      'run-stop': () => page.getByRole('button', { name: 'Stop', exact: true }).first().click(),
      'run-done': async () => {
        await page.getByRole('button', { name: 'Keep it running' }).click()
        letGo()
        await page.getByRole('heading', { name: 'The package is complete' }).first().waitFor()
      },
      package: async () => {
        await goTo(page, 'Package')
        await page.getByRole('heading', { name: 'Market research', level: 2 }).waitFor()
      },
      ...Object.fromEntries(
        ['Positioning', 'Weekly plan', 'Ad copy', 'Posters and films', 'Narration', 'Export'].map(
          (name) => [
            `package-${name.split(' ')[0]?.toLowerCase()}`,
            () => contents.getByRole('button', { name }).click(),
          ],
        ),
      ),
      'package-make': async () => {
        await page.getByRole('button', { name: 'Make', exact: true }).first().click()
        await page.getByRole('button', { name: /^Make [1-9]/ }).waitFor()
      },
      'package-voice': async () => {
        await closeDialog(page)
        await page.getByRole('button', { name: 'Make', exact: true }).last().click()
        await page.getByRole('radio', { name: 'Slow' }).check()
        await page.getByText('Total').waitFor()
      },
      'package-revise': async () => {
        await closeDialog(page)
        await page
          .getByRole('button', { name: /^Rewrite/ })
          .first()
          .click()
      },
      'library-full': async () => {
        await closeDialog(page)
        await goTo(page, 'Library')
        await page.getByRole('link', { name: '여섯시반 드립백' }).first().waitFor()
      },
      'library-delete': () =>
        page
          .getByRole('button', { name: /^Delete / })
          .first()
          .click(),
    })
  })
})
