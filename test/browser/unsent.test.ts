import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { eventually } from '../support/limits/eventually.ts'
import { answers } from '../support/model-server/answers.ts'
import { useConsole } from './support/console.ts'
import { composer, fillBrief, goTo, sessionIn, startRun, transcript } from './support/doing.ts'

const studio = useConsole()

const written = (page: Page): Promise<string> => composer(page).inputValue()

const writes = (page: Page, text: string): Promise<void> =>
  eventually(async () => expect(await written(page)).toBe(text))

const send = async (page: Page, text: string): Promise<void> => {
  await composer(page).fill(text)
  await composer(page).press('Enter')
}

/** Deletes the conversation as another page of this browser would. */
const remove = (page: Page, sessionId: string): Promise<number> =>
  page.evaluate(async (id) => {
    const headers = { 'x-launch-studio': 'console' }
    return (await fetch(`/api/chat/session/${id}`, { method: 'DELETE', headers })).status
  }, sessionId)

/** Holds messages on their way until they are let go. */
const holdMessages = async (page: Page): Promise<() => void> => {
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
  await page.route('**/message', async (route) => {
    await held
    await route.continue()
  })
  return letGo
}

const begin = (page: Page): Promise<void> => page.getByRole('button', { name: '새 대화' }).click()

describe('what is written while a message is on its way', () => {
  it('stands behind it when that is not sent and is edited', async () => {
    const { page } = await studio.visit()
    await fillBrief(page, studio.model)
    await page.route('**/message', (route) => route.abort())
    await send(page, '닿지 않는 말')
    await composer(page).fill('그사이 쓴 말')
    await page.getByRole('button', { name: '고쳐 쓰기' }).click({ timeout: 60_000 })
    expect(await written(page)).toBe('닿지 않는 말\n그사이 쓴 말')
  })

  it('stands behind it when that is stopped before its turn begins', async () => {
    const { page } = await studio.visit()
    await fillBrief(page, studio.model)
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
    await page.route('**/message', async (route) => {
      await held
      await route.abort().catch(() => {})
    })
    await send(page, '멈출 말')
    await composer(page).fill('그사이 쓴 말')
    await page.getByRole('button', { name: '답변 멈추기' }).click()
    await writes(page, '멈출 말\n그사이 쓴 말')
    letGo()
  })

  it('is left alone when its turn fails, and what was not answered is put back on demand', async () => {
    const { page } = await studio.visit()
    await fillBrief(page, studio.model)
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
    studio.model.script('planner', async () => {
      await held
      return answers.refusal()
    })
    await send(page, '답이 없을 말')
    await composer(page).fill('그사이 쓴 말')
    letGo()
    const edit = transcript(page).getByRole('button', { name: '고쳐 쓰기' })
    await edit.waitFor()
    expect(await written(page)).toBe('그사이 쓴 말')
    const said = transcript(page).getByText('쓰신 글은 입력란에 그대로 있으니')
    expect(await said.count()).toBe(0)
    await edit.click()
    expect(await written(page)).toBe('답이 없을 말\n그사이 쓴 말')
    await said.waitFor()
    expect(await edit.count()).toBe(0)
  })
})

describe('a message whose turn failed', () => {
  it('is said to be in the text box only while it is', async () => {
    const { page } = await studio.visit()
    await fillBrief(page, studio.model)
    studio.model.script('planner', answers.refusal())
    await send(page, '답이 없을 말')
    const said = transcript(page).getByText('쓰신 글은 입력란에 그대로 있으니')
    const edit = transcript(page).getByRole('button', { name: '고쳐 쓰기' })
    await said.waitFor()
    for (const text of ['', '다른 말']) {
      await composer(page).fill(text)
      await said.waitFor({ state: 'hidden' })
      expect(await edit.count()).toBe(1)
    }
    await edit.click()
    expect(await written(page)).toBe('답이 없을 말\n다른 말')
    await said.waitFor()
    expect(await edit.count()).toBe(0)
  })
})

describe('a conversation that is deleted elsewhere', () => {
  it('says so once, keeps what was written, and offers nothing that cannot be done', async () => {
    const { page } = await studio.visit()
    await fillBrief(page, studio.model)
    const letGo = await holdMessages(page)
    await send(page, '지운 뒤에 닿는 말')
    await composer(page).fill('그사이 쓴 말')
    await remove(page, sessionIn(page))
    letGo()
    await transcript(page).getByText('보내지 못했습니다').waitFor()
    await transcript(page).getByRole('heading', { name: '이 대화를 찾을 수 없습니다' }).waitFor()
    const newTalk = transcript(page).getByRole('button', { name: '새 대화 시작' })
    await eventually(async () => expect(await newTalk.count()).toBe(1))
    expect(await transcript(page).getByText('지운 뒤에 닿는 말').count()).toBe(1)
    expect(await written(page)).toBe('그사이 쓴 말')
    expect(await composer(page).isEditable()).toBe(false)
    const brief = page.getByRole('region', { name: '브리프' })
    for (const name of ['출시 패키지 만들기', '이름 고치기', '사진 올리기']) {
      expect(await brief.getByRole('button', { name }).isDisabled(), name).toBe(true)
    }
    expect(await page.getByRole('button', { name: '휴대폰에서 이어서' }).count()).toBe(0)
    await newTalk.click()
    await writes(page, '')
    expect(await composer(page).isEditable()).toBe(true)
  })

  it('offers its ended run no way on', async () => {
    const { page } = await studio.visit()
    await fillBrief(page, studio.model)
    studio.model.script('strategy', answers.refusal())
    await startRun(page)
    const goOn = page.getByRole('button', { name: '전략부터 이어서' })
    const again = page.getByRole('button', { name: '새 실행 시작' })
    await goOn.waitFor()
    expect(await again.isDisabled()).toBe(false)
    const letGo = await holdMessages(page)
    await send(page, '지운 뒤에 닿는 말')
    await remove(page, sessionIn(page))
    letGo()
    await transcript(page).getByRole('heading', { name: '이 대화를 찾을 수 없습니다' }).waitFor()
    await goOn.waitFor({ state: 'detached' })
    expect(await again.isDisabled()).toBe(true)
  })

  it('offers an address of no conversation nothing to fill', async () => {
    const { page } = await studio.visit()
    await fillBrief(page, studio.model)
    await page.goto(page.url().replace(sessionIn(page), 'sess_00000000000000000000000000'))
    await transcript(page).getByRole('heading', { name: '이 대화를 찾을 수 없습니다' }).waitFor()
    expect(await composer(page).isEditable()).toBe(false)
    expect(await page.getByRole('button', { name: '이름 고치기' }).isDisabled()).toBe(true)
  })
})

describe('what is written and recorded in a conversation', () => {
  it('stays there while the reader looks at another', async () => {
    const { page } = await studio.visit()
    await fillBrief(page, studio.model)
    await composer(page).fill('여기서 쓴 글')
    await begin(page)
    await writes(page, '')
    await composer(page).fill('새로 쓴 글')
    await page.goBack()
    await writes(page, '여기서 쓴 글')
    await page.goForward()
    await writes(page, '새로 쓴 글')

    await page.getByRole('button', { name: '말로 하기' }).click()
    const recorder = page.getByRole('group', { name: '음성 녹음' })
    await recorder.getByText('듣고 있습니다').waitFor()
    await page.goBack()
    await writes(page, '여기서 쓴 글')
    expect(await recorder.count()).toBe(0)
  })
})

/** Holds what begins a session until it is let go; tells how often one was asked for. */
const holdSessions = async (page: Page) => {
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
  const asked: string[] = []
  await page.route(/\/api\/chat\/session$/, async (route) => {
    asked.push(route.request().method())
    await held
    await route.continue()
  })
  return { asked, letGo }
}

describe('a new conversation whose session takes a while', () => {
  it('is given one, whatever begins it meanwhile', async () => {
    const { page } = await studio.visit()
    await goTo(page, 'brief')
    const { asked, letGo } = await holdSessions(page)
    const slots = { 이름: '아침 드립백', 가격대: '10봉 9,900원' }
    for (const [slot, text] of Object.entries(slots)) {
      await page.getByRole('button', { name: `${slot} 고치기` }).click()
      const field = page.getByRole('textbox', { name: slot, exact: true })
      await field.fill(text)
      await field.press('Enter')
    }
    letGo()
    const brief = page.getByRole('region', { name: '브리프' })
    for (const text of Object.values(slots)) await brief.getByText(text).waitFor()
    expect(asked).toEqual(['POST'])
  })

  it('does not call the reader back from another', async () => {
    const { page } = await studio.visit()
    await fillBrief(page, studio.model)
    const first = sessionIn(page)
    await begin(page)
    const { letGo } = await holdSessions(page)
    await send(page, '새 대화의 첫 말')
    await page.goBack()
    await transcript(page).getByText('브리프가 다 찼어요.').waitFor()
    const answered = page.waitForResponse(/\/message$/)
    letGo()
    await answered
    expect(sessionIn(page)).toBe(first)
  })
})
