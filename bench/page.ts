import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { launchChromium, requireChromium } from '../test/browser/support/chromium.ts'
import { cuttable } from '../test/browser/support/network.ts'
import { desktop } from '../test/browser/support/viewports.ts'
import { bytesOfAll, consoleScripts } from '../test/support/console-scripts.ts'
import { now } from './clock.ts'
import { firstContentfulPaint, observe, observed, shownAt } from './page-probes.ts'
import type { ModelProcess } from './processes.ts'
import { instant, longTurn, natural, type Pace, shortTurn } from './scripts.ts'
import { atMost, below, type Row, rowOf } from './statistics.ts'

const starts = 5
const streams = 3
const returns = 3
/** Three characters each 10 ms: a hundred deltas of the model a second. */
const hundredDeltas: Pace = { ...natural, first: 100, between: 10, characters: 3 }
/** Some six seconds of them. */
const replyCharacters = 1800
/** Milliseconds that the network stays away: the client has been refused several times by then. */
const awayMs = 4_000

/** Bytes of the console's scripts. A start needs the first sum; the second has every screen in both languages. */
const measureScripts = (directory: string): Row[] => {
  const { atStart, later } = consoleScripts(directory)
  const start = bytesOfAll(atStart) / 1024
  return [
    rowOf('script that the page starts with, gzip', [start], 'KB', below(60, 'KB')),
    rowOf('  with the scripts of all screens', [start + bytesOfAll(later) / 1024], 'KB'),
  ]
}

const newVisitor = (browser: Browser): Promise<BrowserContext> =>
  browser.newContext({ locale: 'ko-KR', viewport: desktop })

const firstPaint = async (page: Page, origin: string): Promise<number> => {
  await page.goto('about:blank')
  await page.goto(origin)
  await composer(page).waitFor()
  return firstContentfulPaint(page)
}

const measureStarts = async (browser: Browser, origin: string): Promise<Row[]> => {
  const cold: number[] = []
  const warm: number[] = []
  for (let start = 0; start < starts; start += 1) {
    const visitor = await newVisitor(browser)
    const page = await visitor.newPage()
    cold.push(await firstPaint(page, origin))
    warm.push(await firstPaint(page, origin))
    await visitor.close()
  }
  return [
    rowOf('first contentful paint, nothing cached', cold, 'ms', below(1000, 'ms')),
    rowOf('first contentful paint, cached', warm, 'ms', below(1000, 'ms')),
  ]
}

const composer = (page: Page): Locator => page.getByRole('textbox', { name: '메시지' })

/** Sends a message by the page, and waits until the answer is over. */
const say = async (page: Page, text: string, meanwhile = async () => {}): Promise<void> => {
  await composer(page).fill(text)
  await composer(page).press('Enter')
  await page.getByText(text, { exact: true }).waitFor()
  await meanwhile()
  await page.getByRole('button', { name: '보내기' }).waitFor()
}

/** Opens the console as a new visitor, and has a first message answered at once. */
const beginTalk = async (page: Page, origin: string, model: ModelProcess): Promise<void> => {
  await page.goto(origin)
  await model.answer(shortTurn(instant))
  await say(page, '동백 핸드크림을 팔고 있어요.')
}

/** With typing while answers stream, and without: an input explains every shift of the half second after it. */
const measureStreams = async (
  browser: Browser,
  origin: string,
  model: ModelProcess,
): Promise<Row[]> => {
  const visitor = await newVisitor(browser)
  const page = await visitor.newPage()
  await observe(page)
  await beginTalk(page, origin, model)
  await model.answer(longTurn(replyCharacters, hundredDeltas))
  const worst: number[] = []
  let shift = 0
  for (let stream = 1; stream <= streams; stream += 1) {
    await observed(page)
    await say(page, `${stream}번째로 길게 말해 주세요.`)
    shift += (await observed(page)).shift
    await say(page, `${stream}번째로 또 길게 말해 주세요.`, () =>
      composer(page).pressSequentially('다음에 할 말을 미리 적어 둡니다', { delay: 120 }),
    )
    worst.push(Math.max(0, ...(await observed(page)).interactions))
  }
  await visitor.close()
  return [
    rowOf(
      'slowest of 20 key presses to the next paint, 100 deltas/s',
      worst,
      'ms',
      below(100, 'ms'),
    ),
    rowOf('layout shift while 100 deltas/s stream, sum', [shift], '', atMost(0, '')),
  ]
}

/** Sends a message past the page, as another device of the same visitor would. */
const sayElsewhere = async (page: Page, origin: string, message: string): Promise<void> => {
  const [id] = /sess_[0-9a-z]{26}/.exec(page.url()) ?? []
  const answer = await page.context().request.post(`${origin}/api/chat/session/${id}/message`, {
    headers: { 'x-launch-studio': 'console' },
    data: { message },
  })
  if (!answer.ok()) throw new Error(`The message was answered with ${answer.status()}.`)
}

const measureReturns = async (
  browser: Browser,
  origin: string,
  model: ModelProcess,
): Promise<Row[]> => {
  const visitor = await newVisitor(browser)
  const page = await visitor.newPage()
  const network = await cuttable(page)
  await beginTalk(page, origin, model)
  const back: number[] = []
  const cut: number[] = []
  for (let time = 1; time <= returns; time += 1) {
    await network.cut()
    await sayElsewhere(page, origin, `끊긴 동안의 ${time}번째 말`)
    await new Promise((resolve) => setTimeout(resolve, awayMs))
    const returned = shownAt(page, `끊긴 동안의 ${time}번째 말`)
    const mendedAt = now()
    await network.mend()
    back.push(((await returned) - mendedAt) / 1000)
    // Only the socket: what is said from now on has to come another way.
    const shown = shownAt(page, `소켓 없이 ${time}번째 말`)
    const cutAt = now()
    await network.closeSockets()
    await sayElsewhere(page, origin, `소켓 없이 ${time}번째 말`)
    cut.push(((await shown) - cutAt) / 1000)
  }
  await visitor.close()
  return [
    rowOf("first event after the network's return", back, 's', below(2, 's')),
    rowOf('first event after the server closed the socket', cut, 's', below(2, 's')),
  ]
}

/**
 * The console as a browser meets it. Without a browser there are no rows of times, and a line says why.
 * @param directory of the built console
 */
export const measurePage = async (
  origin: string,
  model: ModelProcess,
  directory: string,
): Promise<Row[]> => {
  const scripts = measureScripts(directory)
  try {
    requireChromium()
  } catch (error) {
    process.stderr.write(`      not measured: ${(error as Error).message}\n`)
    return scripts
  }
  const browser = await launchChromium()
  try {
    return [
      ...(await measureStarts(browser, origin)),
      ...(await measureStreams(browser, origin, model)),
      ...(await measureReturns(browser, origin, model)),
      ...scripts,
    ]
  } finally {
    await browser.close()
  }
}
