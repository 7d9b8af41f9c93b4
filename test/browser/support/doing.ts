/** What a visitor of the Korean console does, found as a screen reader finds it. */
import type { Locator, Page } from 'playwright-core'
import type { SlotUpdate } from '../../../shared/contracts/brief.ts'
import { conversation } from '../../rehearsal/conversation.ts'
import { answers } from '../../support/model-server/answers.ts'
import type { ModelServer } from '../../support/model-server/model-server.ts'
import { plannerAnswer } from '../../support/studio/studio.ts'

export const composer = (page: Page): Locator => page.getByRole('textbox', { name: '메시지' })

export const transcript = (page: Page): Locator => page.getByRole('region', { name: '대화 내용' })

/** Types a message, and waits for the words of its answer and for its end: until then nothing more is sent. */
export const say = async (page: Page, text: string, answer: string): Promise<void> => {
  await composer(page).fill(text)
  await composer(page).press('Enter')
  await transcript(page).getByText(answer).last().waitFor()
  await page.getByRole('button', { name: '보내기' }).waitFor()
}

const placeNames = {
  talk: '대화',
  brief: '브리프',
  run: '실행',
  package: '패키지',
  library: '보관함',
} as const

/** Goes to a screen by its tab. */
export const goTo = (page: Page, place: keyof typeof placeNames): Promise<void> =>
  page
    .getByRole('navigation', { name: '화면' })
    .getByRole('link', { name: placeNames[place] })
    .click()

/** The rehearsed brief, all of it at once. */
export const wholeBrief = [
  ...new Map<string, SlotUpdate>(
    conversation.flatMap(({ slot_updates }) => slot_updates).map((update) => [update.path, update]),
  ).values(),
]

/** One message, after which the brief is complete. */
export const fillBrief = async (page: Page, model: ModelServer): Promise<void> => {
  model.script('planner', plannerAnswer(wholeBrief, '브리프가 다 찼어요.', null))
  await say(page, '전부 알려 드릴게요.', '브리프가 다 찼어요.')
}

export const startRun = async (page: Page): Promise<void> => {
  await goTo(page, 'brief')
  await page.getByRole('button', { name: '출시 패키지 만들기' }).click()
}

/** Makes the next call of an agent wait until it is let go. */
export const hold = (model: ModelServer, asker: 'research' | 'creative', value: unknown) => {
  const { promise, resolve } = Promise.withResolvers<void>()
  model.script(asker, async () => {
    await promise
    return answers.json(value)
  })
  return resolve
}

/** The session in the page's address. */
export const sessionIn = (page: Page): string => {
  const [id] = /sess_[0-9a-z]{26}/.exec(page.url()) ?? []
  if (!id) throw new Error(`${page.url()} names no session.`)
  return id
}

/** The one of several in the page that its width shows. */
export const visible = (locator: Locator): Locator => locator.filter({ visible: true }).first()

export const runEnded = (page: Page): Promise<void> =>
  page.getByRole('heading', { name: '패키지가 완성되었습니다' }).first().waitFor()

/** Fills the brief, has its run finish, and opens the package. */
export const openPackage = async (page: Page, model: ModelServer): Promise<void> => {
  await fillBrief(page, model)
  await startRun(page)
  await runEnded(page)
  await goTo(page, 'package')
}

/** Has the posters of one placement made. */
export const makePosters = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: '만들기', exact: true }).first().click()
  const dialog = page.getByRole('dialog', { name: '무엇을 만들까요?' })
  for (const kind of ['내레이션', '자막', '영상']) {
    await dialog.getByRole('checkbox', { name: kind, exact: true }).uncheck()
  }
  await dialog.getByRole('radio', { name: '직접 고르기' }).check()
  await dialog.getByRole('checkbox', { name: '인스타그램 피드 1:1' }).check()
  await dialog.getByRole('button', { name: /^\d+개 만들기$/ }).click()
  await dialog.waitFor({ state: 'hidden' })
}

/** Waits until posters are there and their pictures are loaded. */
export const readyPosters = async (page: Page): Promise<void> => {
  const pictures = page.getByRole('article').getByRole('img')
  await pictures.first().waitFor({ timeout: 120_000 })
  await pictures.first().scrollIntoViewIfNeeded()
  await page.waitForFunction(() =>
    [...document.querySelectorAll('article img')].some(
      (img) => img instanceof HTMLImageElement && img.naturalWidth > 500,
    ),
  )
}
