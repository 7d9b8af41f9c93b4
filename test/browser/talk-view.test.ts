import type { Locator, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { eventually } from '../support/limits/eventually.ts'
import { useConsole } from './support/console.ts'
import { composer, fillBrief, goTo, say, transcript, visible } from './support/doing.ts'
import { cuttable } from './support/network.ts'
import { phone } from './support/viewports.ts'

const studio = useConsole()

const unscripted = '저는 AI가 아니라 리허설용 대본이에요.'

const boxOf = async (locator: Locator) => {
  const box = await locator.boundingBox()
  if (!box) throw new Error(`${locator} is not in view.`)
  return box
}

const toEnd = (page: Page): Promise<number> =>
  transcript(page).evaluate(
    ({ scrollTop, scrollHeight, clientHeight }) => scrollHeight - scrollTop - clientHeight,
  )

describe('a notice about the connection', () => {
  it('moves neither the composer nor what is read, and covers no last word', async () => {
    const { page } = await studio.visit('/', { viewport: phone })
    await fillBrief(page, studio.model)
    for (const text of ['첫째 말', '둘째 말', '셋째 말']) await say(page, text, unscripted)
    const network = await cuttable(page)
    await page.reload()
    await transcript(page).getByText('셋째 말').waitFor()
    const before = [await boxOf(composer(page)), await boxOf(transcript(page))]
    await network.cut()
    const notice = transcript(page).getByText('인터넷에 연결되어 있지 않습니다')
    await notice.waitFor()
    expect([await boxOf(composer(page)), await boxOf(transcript(page))]).toEqual(before)
    await eventually(async () => expect(await toEnd(page)).toBeLessThan(2))
    const last = await boxOf(transcript(page).getByText(unscripted).last())
    const { y } = await boxOf(transcript(page).locator('.talk-notice > .notice'))
    expect(last.y + last.height).toBeLessThanOrEqual(y)
    await network.mend()
    await notice.waitFor({ state: 'detached' })

    await transcript(page).focus()
    await page.keyboard.press('Home')
    const read = transcript(page).getByText('브리프가 다 찼어요.')
    const readAt = await boxOf(read)
    await network.cut()
    await notice.waitFor()
    expect(await boxOf(read)).toEqual(readAt)
  })
})

describe('a toast on a phone', () => {
  it('leaves the composer and the places to the finger, and can be put away', async () => {
    const { page } = await studio.visit('/', { viewport: phone, hasTouch: true, isMobile: true })
    await fillBrief(page, studio.model)
    await goTo(page, 'library')
    await page.getByRole('button', { name: '이 기기에서 로그아웃' }).tap()
    await page.getByRole('dialog').getByRole('button', { name: '이 기기에서 로그아웃' }).tap()
    const toast = page.locator('.toast')
    await toast.getByText('로그아웃했습니다').waitFor()
    const { y, height } = await boxOf(toast)
    expect(y + height).toBeLessThan((await boxOf(transcript(page))).y + 24)
    await composer(page).tap()
    await toast.getByRole('button').tap()
    await toast.waitFor({ state: 'detached' })
  })
})

describe('a message that does not reach the server', () => {
  it('says so in the language of the page, and is sent once more or edited, not lost', async () => {
    const { page } = await studio.visit()
    await fillBrief(page, studio.model)
    await page.route('**/message', (route) => route.abort())
    await composer(page).fill('닿지 않는 말')
    await composer(page).press('Enter')
    await visible(page.getByText('보내지 못했습니다')).waitFor({ timeout: 60_000 })
    await page.getByText('인터넷 연결을 확인한 뒤 다시 시도해 주세요.').waitFor()
    await page.getByRole('button', { name: '고쳐 쓰기' }).click()
    expect(await composer(page).inputValue()).toBe('닿지 않는 말')
    await page.unrouteAll()
    await page.route('**/message', (route) => route.fulfill({ status: 200, body: '<html>' }))
    await composer(page).press('Enter')
    await page.getByText('잠시 뒤 다시 시도해 주세요.').waitFor({ timeout: 60_000 })
    await page.unrouteAll()
    await page.getByRole('button', { name: '다시 보내기' }).click()
    await transcript(page).getByText(unscripted).waitFor()
    expect(await transcript(page).getByText('닿지 않는 말').count()).toBe(1)
  })
})

describe('the stored messages', () => {
  it('are read for a page that is opened, and not after a turn that this page was answered', async () => {
    const { page } = await studio.visit()
    const reads: string[] = []
    page.on('request', (request) => {
      if (/\/messages\?/.test(request.url())) reads.push(request.url())
    })
    await fillBrief(page, studio.model)
    await say(page, '하나 더요', unscripted)
    expect(reads).toEqual([])
    await page.reload()
    await transcript(page).getByText(unscripted).waitFor()
    await transcript(page).getByRole('button', { name: '듣기' }).nth(2).waitFor()
    expect(reads.length).toBe(1)
  })
})

describe('the line under the composer', () => {
  it('says that a script answers, without moving what is above', async () => {
    const { page } = await studio.visit('/', { viewport: phone })
    let answer = (): void => {}
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    await page.route('**/health', async (route) => {
      await held
      await route.continue()
    })
    await page.reload()
    await composer(page).waitFor()
    const before = await boxOf(composer(page))
    answer()
    await page.getByText('연습 모드').waitFor()
    expect(await boxOf(composer(page))).toEqual(before)
  })

  it('says that AI answers where a model does', async () => {
    const { page } = await studio.visit('/', { viewport: phone })
    const health = { status: 'ok', rehearsal: false }
    await page.route('**/health', (route) => route.fulfill({ json: health }))
    await page.reload()
    await page.getByText('AI의 답은 틀릴 수 있습니다').waitFor()
  })
})

describe('the transcript', () => {
  it('leaves the reader where a scroll bar took them, and opens another conversation at its end', async () => {
    const { page } = await studio.visit('/', { viewport: phone })
    await fillBrief(page, studio.model)
    for (const text of ['첫째 말', '둘째 말', '셋째 말', '넷째 말'])
      await say(page, text, unscripted)
    await transcript(page).evaluate((view) => {
      view.scrollTop = 0
    })
    await say(page, '다섯째 말', unscripted)
    expect(await transcript(page).evaluate(({ scrollTop }) => scrollTop)).toBe(0)
    await transcript(page).getByRole('button', { name: '새 메시지' }).waitFor()

    await page.getByRole('button', { name: '새 대화' }).click()
    await page.getByRole('heading', { name: '무엇을 팔고 계신가요?' }).waitFor()
    await page.goBack()
    await transcript(page).getByText('다섯째 말').waitFor()
    await eventually(async () => expect(await toEnd(page)).toBeLessThan(2))
  })
})
