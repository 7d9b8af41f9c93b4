import { describe, expect, it } from 'vitest'
import { conversation } from '../rehearsal/conversation.ts'
import { rehearsedPicture } from '../rehearsal/script/picture.ts'
import { limit } from '../support/limits/machine-speed.ts'
import { audioAnswers } from '../support/model-server/audio.ts'
import { useConsole } from './support/console.ts'
import { composer, fillBrief, transcript } from './support/doing.ts'

const studio = useConsole()
const [line] = conversation
if (!line) throw new Error('The rehearsal has lines.')

describe('a conversation that is spoken', () => {
  it('records what the microphone hears, and answers, aloud too', async () => {
    const { page } = await studio.visit()
    studio.model.transcription.script(audioAnswers.transcript(line.user))
    await page.getByRole('button', { name: '말로 하기' }).click()
    const recorder = page.getByRole('group', { name: '음성 녹음' })
    await recorder.getByText('듣고 있습니다').waitFor()
    await recorder.getByRole('timer').getByText('0:02').waitFor()
    await recorder.getByRole('button', { name: '녹음 보내기' }).click()
    await transcript(page).getByText(line.user).waitFor()
    await transcript(page).getByText(line.response_text).waitFor()
    const file = studio.model.transcription.calls.at(-1)?.file
    expect(file?.bytes.length).toBeGreaterThan(4000)
    await page.getByRole('region', { name: '브리프' }).getByText('여섯시반 드립백').waitFor()
    await transcript(page).getByRole('button', { name: '듣기' }).last().click()
    await transcript(page).getByRole('button', { name: '멈추기' }).waitFor()
  })

  it('sends nothing of a recording that is discarded', async () => {
    const { page } = await studio.visit()
    const before = studio.model.transcription.calls.length
    await page.getByRole('button', { name: '말로 하기' }).click()
    const recorder = page.getByRole('group', { name: '음성 녹음' })
    await recorder.getByRole('timer').getByText('0:01').waitFor()
    await page.keyboard.press('Escape')
    await composer(page).waitFor()
    expect(await recorder.count()).toBe(0)
    expect(studio.model.transcription.calls.length).toBe(before)
  })

  it('holds a recording at a minute, and sends that minute', async () => {
    const { page } = await studio.visit()
    await page.clock.install()
    await page.reload()
    studio.model.transcription.script(audioAnswers.transcript(line.user))
    await page.getByRole('button', { name: '말로 하기' }).click()
    const recorder = page.getByRole('group', { name: '음성 녹음' })
    // What is recorded takes its time, whatever the page's clock says.
    await recorder.getByRole('timer').getByText('0:02').waitFor()
    await page.clock.fastForward(61_000)
    await recorder.getByText('1분까지 녹음했습니다').waitFor()
    await recorder.getByRole('timer').getByText('1:00').first().waitFor()
    await recorder.getByRole('button', { name: '녹음 보내기' }).click()
    await transcript(page).getByText(line.user).waitFor()
  })

  it('is not shown as unsent when the answer to it was lost', async () => {
    const { page } = await studio.visit()
    await fillBrief(page, studio.model)
    await page.evaluate(() => {
      const reach = fetch
      window.fetch = async (...call) => {
        const response = await reach(...call)
        if (!String(call[0]).includes('/voice-turn')) return response
        const { dataset } = document.body
        dataset.lost = String(Number(dataset.lost ?? 0) + 1)
        throw new TypeError('Failed to fetch')
      }
    })
    studio.model.transcription.script(audioAnswers.transcript('첫 주문이 목표예요.'))
    const record = page.getByRole('button', { name: '말로 하기' })
    await record.click()
    const recorder = page.getByRole('group', { name: '음성 녹음' })
    await recorder.getByRole('timer').getByText('0:01').waitFor()
    await recorder.getByRole('button', { name: '녹음 보내기' }).click()
    await transcript(page).getByText('첫 주문이 목표예요.').waitFor()
    // Until the page has given up on an answer, and one frame more.
    await page.waitForFunction(() => document.body.dataset.lost === '5', undefined, {
      timeout: limit(60_000),
    })
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)))
    expect(await page.getByText('보내지 못했습니다').count()).toBe(0)
    expect(await transcript(page).getByRole('heading', { name: '나', exact: true }).count()).toBe(2)
  })

  it('says that an answer is being prepared while another one is stopped for it', async () => {
    const { page } = await studio.visit()
    await fillBrief(page, studio.model)
    const listen = transcript(page).getByRole('button', { name: '듣기', exact: true })
    await listen.first().click()
    await transcript(page).getByRole('button', { name: '멈추기' }).waitFor()
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
    await page.route('**/assistant-voice', async (route) => {
      await held
      await route.continue()
    })
    await listen.last().click()
    // Two frames, in which the sound that was stopped has told of it.
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    )
    expect(await transcript(page).getByRole('button', { name: '준비하는 중' }).count()).toBe(1)
    expect(await transcript(page).getByRole('button', { name: '이어 듣기' }).count()).toBe(0)
    letGo()
    await transcript(page).getByRole('button', { name: '멈추기' }).waitFor()
  })

  it('says how to go on without a microphone', async () => {
    const { page, context } = await studio.visit()
    await context.clearPermissions()
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () =>
        Promise.reject(new DOMException('no', 'NotAllowedError'))
    })
    await page.getByRole('button', { name: '말로 하기' }).click()
    await page.getByText('마이크를 쓸 수 없습니다').waitFor()
    await page.getByRole('button', { name: '글로 쓰기' }).click()
    await composer(page).waitFor()
  })
})

describe('a picture of the product', () => {
  it('goes with a message and into the brief', async () => {
    const { page } = await studio.visit()
    await fillBrief(page, studio.model)
    const buffer = Buffer.from(await rehearsedPicture())
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: '제품.png', mimeType: 'image/png', buffer })
    await page.getByRole('button', { name: '사진 빼기' }).first().waitFor()
    await page.getByRole('button', { name: '보내기' }).click()
    await transcript(page).getByRole('img').first().waitFor()
    await page.getByRole('region', { name: '브리프' }).getByRole('img').first().waitFor()
  })

  it('leaves the brief and stays in the conversation', async () => {
    const { page } = await studio.visit()
    await fillBrief(page, studio.model)
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({
        name: '제품.png',
        mimeType: 'image/png',
        buffer: Buffer.from(await rehearsedPicture()),
      })
    await page.getByRole('button', { name: '보내기' }).click()
    const brief = page.getByRole('region', { name: '브리프' })
    await brief.getByRole('img').first().waitFor()
    await page.getByRole('button', { name: '보내기' }).waitFor()
    await brief.getByRole('button', { name: '사진 빼기' }).click()
    const dialog = page.getByRole('dialog', { name: '사진을 브리프에서 뺄까요?' })
    await dialog.getByRole('button', { name: '사진 빼기' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await brief.getByText('사진이 있으면 포스터에 그대로 쓰입니다').waitFor()
    expect(await transcript(page).getByRole('img').count()).toBe(1)
    await page.reload()
    await transcript(page).getByRole('img').first().waitFor()
    await brief.getByText('사진이 있으면 포스터에 그대로 쓰입니다').waitFor()
  })

  it('is refused before it is sent when it is none', async () => {
    const { page } = await studio.visit()
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: '메모.txt', mimeType: 'text/plain', buffer: Buffer.from('글') })
    await page.getByText('PNG, JPEG, WebP, HEIC 사진만 올릴 수 있습니다').first().waitFor()
  })
})
