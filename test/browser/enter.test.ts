import type { Page, Request } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { useConsole } from './support/console.ts'
import { composer, transcript } from './support/doing.ts'

const studio = useConsole()

/** An event of a composition, of the text, or of the Enter key, as a browser would tell it. */
type Told =
  | { on: 'compositionstart' | 'compositionupdate' | 'compositionend'; data: string }
  | { on: 'text'; value: string }
  | { on: 'keydown' | 'keyup'; key: string; keyCode: number; isComposing: boolean }

const enter = (on: 'keydown' | 'keyup', keyCode: number, isComposing: boolean): Told => ({
  ...{ on, key: keyCode === 229 ? 'Process' : 'Enter', keyCode, isComposing },
})

/** Tells the composer these events; what a browser does by itself for a key that is not prevented, too. */
const tell = (page: Page, events: readonly Told[]): Promise<void> =>
  composer(page).evaluate((element, told) => {
    const area = element as HTMLTextAreaElement
    const write = (value: string): void => {
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(
        area,
        value,
      )
      area.dispatchEvent(new InputEvent('input', { bubbles: true }))
    }
    for (const event of told) {
      const common = { bubbles: true, cancelable: true }
      if ('value' in event) write(event.value)
      else if ('key' in event) {
        const { key, keyCode, isComposing } = event
        const init = { ...common, key, code: 'Enter', keyCode, isComposing }
        const goesOn = area.dispatchEvent(new KeyboardEvent(event.on, init))
        if (goesOn && event.on === 'keydown' && keyCode === 13) write(`${area.value}\n`)
      } else {
        area.dispatchEvent(new CompositionEvent(event.on, { ...common, data: event.data }))
      }
    }
  }, events)

const composing = (text: string, whole = text): Told[] => [
  { on: 'compositionstart', data: '' },
  { on: 'compositionupdate', data: text },
  { on: 'text', value: whole },
]

const orders: Record<string, Told[]> = {
  'of Chromium': [
    ...composing('요', '안녕하세요'),
    enter('keydown', 229, true),
    { on: 'compositionend', data: '요' },
    enter('keyup', 13, false),
  ],
  'of Chromium on Windows, which tells of the key once more': [
    ...composing('요', '안녕하세요'),
    enter('keydown', 229, true),
    { on: 'compositionend', data: '요' },
    enter('keydown', 13, false),
    enter('keyup', 13, false),
  ],
  'of Safari': [
    ...composing('요', '안녕하세요'),
    { on: 'compositionend', data: '요' },
    enter('keydown', 229, false),
    enter('keyup', 229, false),
  ],
}

const isMessage = (request: Request): boolean =>
  request.method() === 'POST' && request.url().endsWith('/message')

describe('one press of Enter', () => {
  for (const [name, events] of Object.entries(orders)) {
    it(`sends Hangul once, in the order ${name}`, async () => {
      const { page } = await studio.visit()
      const sent: string[] = []
      page.on('request', (request) => {
        if (isMessage(request)) sent.push(request.postDataJSON().message)
      })
      await composer(page).focus()
      await tell(page, events)
      await transcript(page).getByText('저는 AI가 아니라 리허설용 대본이에요.').waitFor()
      expect(sent).toEqual(['안녕하세요'])
      expect(await composer(page).inputValue()).toBe('')
    })
  }

  it('sends what Chromium itself composes', async () => {
    const { page, context } = await studio.visit()
    const sent: string[] = []
    page.on('request', (request) => {
      if (isMessage(request)) sent.push(request.postDataJSON().message)
    })
    await composer(page).focus()
    const devtools = await context.newCDPSession(page)
    for (const text of ['ㅇ', '아', '안']) {
      const ends = { selectionStart: text.length, selectionEnd: text.length }
      await devtools.send('Input.imeSetComposition', { text, ...ends })
    }
    const key = { key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229 }
    await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key })
    await devtools.send('Input.insertText', { text: '안' })
    await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })
    await transcript(page).getByText('저는 AI가 아니라 리허설용 대본이에요.').waitFor()
    expect(sent).toEqual(['안'])
  })

  it.each([
    ['kana', 'にほん', '日本'],
    ['pinyin', 'ni hao', '你好'],
  ])(
    'chooses a candidate in %s and sends nothing; the next one sends',
    async (_, typed, chosen) => {
      const { page } = await studio.visit()
      const sent: string[] = []
      page.on('request', (request) => {
        if (isMessage(request)) sent.push(request.postDataJSON().message)
      })
      await composer(page).focus()
      await tell(page, [
        ...composing(typed),
        enter('keydown', 229, true),
        { on: 'text', value: chosen },
        { on: 'compositionend', data: chosen },
        enter('keyup', 13, false),
      ])
      // In the order of Safari.
      await tell(page, [
        ...composing(typed, chosen + typed),
        { on: 'text', value: chosen + chosen },
        { on: 'compositionend', data: chosen },
        enter('keydown', 229, false),
        enter('keyup', 229, false),
      ])
      expect(await composer(page).inputValue()).toBe(chosen + chosen)
      expect(sent).toEqual([])
      await composer(page).press('Enter')
      await transcript(page).getByText('저는 AI가 아니라 리허설용 대본이에요.').waitFor()
      expect(sent).toEqual([chosen + chosen])
    },
  )

  it('breaks the line with Shift', async () => {
    const { page } = await studio.visit()
    await composer(page).pressSequentially('가')
    await composer(page).press('Shift+Enter')
    await composer(page).pressSequentially('나')
    expect(await composer(page).inputValue()).toBe('가\n나')
  })
})
