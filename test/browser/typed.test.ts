import { describe, expect, it } from 'vitest'
import { conversation } from '../rehearsal/conversation.ts'
import { useConsole } from './support/console.ts'
import { composer, fillBrief, goTo, say, sessionIn, transcript } from './support/doing.ts'
import { phone } from './support/viewports.ts'

const studio = useConsole()

describe('a conversation that is typed', () => {
  it('fills the brief beside it', async () => {
    const { page } = await studio.visit()
    await page.getByRole('heading', { name: '무엇을 팔고 계신가요?' }).waitFor()
    const [first, second] = conversation
    if (!first || !second) throw new Error('The rehearsal has lines.')
    await say(page, first.user, first.response_text)
    const brief = page.getByRole('region', { name: '브리프' })
    await brief.getByText('여섯시반 드립백').waitFor()
    await brief.getByText('10봉 12,900원').waitFor()
    await say(page, second.user, second.response_text)
    await brief.getByText('한 봉 12g, 머그컵 한 잔이 진하게').waitFor()
    expect(await composer(page).inputValue()).toBe('')
    expect(await transcript(page).getByRole('heading', { name: '나', exact: true }).count()).toBe(2)
  })

  it('is one column with places at the bottom on a phone, and never wider than it', async () => {
    const { page } = await studio.visit('/', { viewport: phone, hasTouch: true, isMobile: true })
    await fillBrief(page, studio.model)
    for (const place of ['brief', 'run', 'package', 'library', 'talk'] as const) {
      await goTo(page, place)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(wide).toBeLessThanOrEqual(phone.width)
      const places = await page.getByRole('navigation', { name: '화면' }).boundingBox()
      expect(Math.round((places?.y ?? 0) + (places?.height ?? 0))).toBe(phone.height)
    }
    expect(sessionIn(page)).toMatch(/^sess_/)
  })

  it('says what the server says when a message is refused, and gives it back to be sent later', async () => {
    const { page } = await studio.visit()
    await fillBrief(page, studio.model)
    let refusals = 1
    await page.route('**/message', (route) =>
      refusals-- > 0
        ? route.fulfill({
            status: 429,
            contentType: 'application/problem+json',
            body: JSON.stringify({
              error: {
                code: 'BUDGET_EXCEEDED',
                message: '오늘 한도를 다 썼어요.',
                retryable: false,
              },
              request_id: 'req-of-a-test',
            }),
          })
        : route.continue(),
    )
    await composer(page).fill('하나 더 있어요.')
    await composer(page).press('Enter')
    await page.getByText('오늘 한도를 다 썼어요.').waitFor()
    // Nothing says that the same would be accepted now.
    expect(await page.getByRole('button', { name: '다시 보내기' }).count()).toBe(0)
    await page.getByRole('button', { name: '고쳐 쓰기' }).click()
    expect(await composer(page).inputValue()).toBe('하나 더 있어요.')
    await composer(page).press('Enter')
    await transcript(page).getByText('저는 AI가 아니라 리허설용 대본이에요.').waitFor()
    expect(await page.getByText('오늘 한도를 다 썼어요.').count()).toBe(0)
    expect(await transcript(page).getByText('하나 더 있어요.').count()).toBe(1)
  })
})

describe('a page that is not served securely', () => {
  it('sends what is typed, without the names that only secure pages can make', async () => {
    const { page } = await studio.visit()
    await page.evaluate(() => Object.defineProperty(crypto, 'randomUUID', { value: undefined }))
    await fillBrief(page, studio.model)
  })
})
