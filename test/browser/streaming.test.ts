import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import { pause } from '../../shared/platform/pause.ts'
import { eventually } from '../support/limits/eventually.ts'
import { slowness } from '../support/limits/machine-speed.ts'
import { answers } from '../support/model-server/answers.ts'
import { samplePlanner } from '../support/model-server/samples.ts'
import { useConsole } from './support/console.ts'
import {
  composer,
  fillBrief,
  runEnded,
  say,
  sessionIn,
  startRun,
  transcript,
} from './support/doing.ts'

const studio = useConsole()

interface Counts {
  /** Layout shifts that no input of the reader explains: how far, and what. */
  shifts: string[]
  longTasks: number
  frames: number
}

/** Counts in the page, from its first moment. */
const count = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const counts = { shifts: [] as string[], longTasks: 0, frames: 0 }
    Object.assign(window, { counts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const shift = entry as PerformanceEntry & {
          value: number
          hadRecentInput: boolean
          sources: { node?: Node; previousRect: DOMRect; currentRect: DOMRect }[]
        }
        if (shift.hadRecentInput) continue
        const what = shift.sources.map(({ node, previousRect, currentRect }) => {
          const element = node instanceof Element ? node : node?.parentElement
          const name = element?.className || element?.tagName
          return `${name}: y ${previousRect.y} to ${currentRect.y}, x ${previousRect.x} to ${currentRect.x}`
        })
        // What counts as none, as scores are told: a number beside a gauge may get a digit more.
        if (shift.value >= 0.001) counts.shifts.push(`${shift.value}: ${what.join('; ')}`)
      }
    }).observe({ type: 'layout-shift', buffered: true })
    new PerformanceObserver((list) => {
      counts.longTasks += list.getEntries().length
    }).observe({ type: 'longtask', buffered: true })
    const frame = (): void => {
      counts.frames += 1
      requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
}

const counted = (page: Page): Promise<Counts> =>
  page.evaluate(() => (window as unknown as { counts: Counts }).counts)

const sentences = Array.from({ length: 60 }, (_, at) => `${at + 1}번째 문장을 적고 있어요.`)
const longReply = (ending: string, chunkCharacters: number) => {
  const response_text = [...sentences, ending].join(' ')
  return answers.json(
    { ...samplePlanner, slot_updates: [], response_text, next_question: null },
    { chunkCharacters, pace: { first: 100, between: 10 } },
  )
}

describe('while an answer streams at a hundred deltas a second', () => {
  it('nothing that is read moves, and the page is laid out no more often than it is drawn', async () => {
    const { page, context } = await studio.visit('/', { reducedMotion: 'no-preference' })
    await count(page)
    await page.reload()
    await fillBrief(page, studio.model)
    const devtools = await context.newCDPSession(page)
    await devtools.send('Performance.enable')
    const layouts = async (): Promise<number> => {
      const { metrics } = await devtools.send('Performance.getMetrics')
      return metrics.find(({ name }) => name === 'LayoutCount')?.value ?? 0
    }
    studio.model.script('planner', longReply('끝.', 4))
    const before = { layouts: await layouts(), ...(await counted(page)) }
    await composer(page).fill('길게 말해 주세요')
    await composer(page).press('Enter')
    // Typing goes on meanwhile.
    await composer(page).pressSequentially('다음에 할 말을 미리 적어 둡니다', { delay: 60 })
    await transcript(page).getByText('60번째 문장을 적고 있어요.').waitFor()
    const after = { layouts: await layouts(), ...(await counted(page)) }
    expect(await composer(page).inputValue()).toBe('다음에 할 말을 미리 적어 둡니다')
    expect(after.shifts).toEqual([])
    const frames = after.frames - before.frames
    // Following the end of the conversation reads its height once more.
    expect(after.layouts - before.layouts).toBeLessThan(3 * frames + 50)
    expect(after.longTasks - before.longTasks).toBeLessThanOrEqual(Math.ceil(2 * slowness()))
  })

  it('nothing moves either when rows far above have left the page', async () => {
    const { page } = await studio.visit('/', { reducedMotion: 'no-preference' })
    await count(page)
    await page.reload()
    await fillBrief(page, studio.model)
    const before = (await counted(page)).shifts.length
    for (const number of ['하나', '둘', '셋', '넷']) {
      studio.model.script('planner', longReply(`끝, ${number}.`, 200))
      await say(page, `길게 ${number}`, `끝, ${number}.`)
    }
    studio.model.script('planner', longReply('끝, 다섯.', 4))
    // No typing: an input explains every shift of the half second after it.
    await say(page, '길게 다섯', '끝, 다섯.')
    expect(await transcript(page).getByText('길게 하나').count()).toBe(0)
    expect((await counted(page)).shifts.slice(before)).toEqual([])
  })

  it('a run appears element by element, without a shift, however long its session took to begin', async () => {
    const { page } = await studio.visit('/', { reducedMotion: 'no-preference' })
    await count(page)
    await page.reload()
    await page.route(/\/api\/chat\/session$/, async (route) => {
      // Longer than an input explains a shift.
      await pause(800)
      await route.continue()
    })
    await fillBrief(page, studio.model)
    await startRun(page)
    await runEnded(page)
    expect((await counted(page)).shifts).toEqual([])
  })
})

const turns = 560
const deltas = 16

/** More than ten thousand events of one conversation. */
const longLog = (session_id: string): StudioEvent[] => {
  const gate = { ready: false, missing_required: [], completeness: 0, confidence: 0 }
  const events: StudioEvent[] = []
  const append = (event: object): void => {
    const seq = events.length + 1
    const event_id = `evt_${String(seq).padStart(26, '0')}`
    const created_at = new Date(1_790_000_000_000 + seq * 1000).toISOString()
    events.push({ event_id, seq, session_id, created_at, ...event } as StudioEvent)
  }
  append({
    type: 'session.started',
    data: { locale: 'ko-KR', mode: 'standard', state: 'CHAT_COLLECTING' },
  })
  for (let turn = 1; turn <= turns; turn += 1) {
    append({ type: 'turn.started', data: { turn, message: `${turn}번째 말`, input: 'text' } })
    for (let part = 1; part <= deltas; part += 1) {
      append({ type: 'planner.delta', data: { turn, try: 1, text: `${turn}-${part} 답 ` } })
    }
    append({ type: 'turn.completed', data: { turn, state: 'CHAT_COLLECTING', gate } })
  }
  return events
}

describe('a conversation of ten thousand events', () => {
  it('keeps few of its messages in the page, wherever one reads', async () => {
    const { page } = await studio.visit()
    await fillBrief(page, studio.model)
    const log = longLog(sessionIn(page))
    expect(log.length).toBeGreaterThan(10_000)
    await page.routeWebSocket(/ticket=/, (socket) => {
      socket.onMessage(() =>
        socket.send(JSON.stringify({ type: 'replay', events: [], next_after: null })),
      )
    })
    await page.route(/\/events\?/, (route) => {
      const query = new URL(route.request().url()).searchParams
      const after = Number(query.get('after'))
      const events = log.slice(after, after + Number(query.get('limit') ?? 100))
      return route.fulfill({ json: { events, next_after: events.at(-1)?.seq ?? after } })
    })
    await page.reload()
    const nodes = (): Promise<number> =>
      page.evaluate(() => document.querySelectorAll('#app *').length)
    const said = transcript(page)
    await said.getByText(`${turns}번째 말`, { exact: true }).waitFor()
    expect(await nodes()).toBeLessThan(1000)
    await said.focus()
    await page.keyboard.press('Home')
    await said.getByText('1번째 말', { exact: true }).waitFor()
    expect(await said.evaluate(({ scrollTop }) => scrollTop)).toBe(0)
    expect(await nodes()).toBeLessThan(1000)
    await page.keyboard.press('PageDown')
    await page.keyboard.press('End')
    await said.getByText(`${turns}번째 말`, { exact: true }).waitFor()
    await eventually(async () =>
      expect(
        await said.evaluate(
          ({ scrollTop, scrollHeight, clientHeight }) => scrollHeight - scrollTop - clientHeight,
        ),
      ).toBeLessThan(2),
    )
    expect(await nodes()).toBeLessThan(1000)
  })
})
