import type { Page, Route } from 'playwright-core'
import { afterAll, describe, expect, it } from 'vitest'
import { creative } from '../rehearsal/script/creative.ts'
import { limit } from '../support/limits/machine-speed.ts'
import { answers } from '../support/model-server/answers.ts'
import { useConsole } from './support/console.ts'
import {
  composer,
  fillBrief,
  goTo,
  hold,
  runEnded,
  startRun,
  transcript,
  visible,
} from './support/doing.ts'
import { look } from './support/looks.ts'
import { cuttable } from './support/network.ts'
import { picturesFolder } from './support/viewports.ts'

const studio = useConsole()

afterAll(() => console.log(`Pictures of every screen: ${picturesFolder}`))

/** A visitor whose page takes the checker's script, which the page's policy would refuse. */
const visit = (path?: string) => studio.visit(path, { bypassCSP: true })

const refuse =
  (code: string, status: number, message: string, more = {}) =>
  (route: Route) =>
    route.fulfill({
      status,
      contentType: 'application/problem+json',
      body: JSON.stringify({
        error: { code, message, retryable: false, ...more },
        request_id: 'req-0123456789',
      }),
    })

const expectGood = (found: readonly string[]): void => expect(found).toEqual([])

/** On a phone, one place at a time is shown: both halves of a desktop are looked at. */
const lookAt = async (page: Page, states: Record<string, () => Promise<unknown>>) => {
  const found: string[] = []
  for (const [state, arrange] of Object.entries(states)) {
    await arrange()
    found.push(...(await look(page, state)))
  }
  expectGood(found)
}

describe('every screen, in light and dark, on a desktop and a phone', {
  timeout: limit(120_000),
}, () => {
  it('before the first message', async () => {
    const { page } = await visit()
    await lookAt(page, {
      'talk-empty': () => page.getByRole('heading', { name: '무엇을 팔고 계신가요?' }).waitFor(),
      'brief-empty': () => goTo(page, 'brief'),
      'run-none': () => goTo(page, 'run'),
      'package-none': () => goTo(page, 'package'),
      'library-empty': () => goTo(page, 'library'),
    })
  })

  it('talking, speaking, and with a brief', async () => {
    const { page } = await visit()
    await fillBrief(page, studio.model)
    await lookAt(page, {
      talk: () => composer(page).focus(),
      'talk-answering': async () => {
        studio.model.script('planner', answers.silence())
        await composer(page).fill('이건 오래 걸리는 말이에요.')
        await composer(page).press('Enter')
        await page.getByRole('button', { name: '답변 멈추기' }).waitFor()
      },
      'talk-stopped': async () => {
        await page.getByRole('button', { name: '답변 멈추기' }).click()
        await page.getByText('답변을 멈췄습니다').first().waitFor({ state: 'attached' })
      },
      'talk-recording': async () => {
        await page.getByRole('button', { name: '말로 하기' }).click()
        await page.getByRole('timer').getByText('0:01').waitFor()
      },
      brief: async () => {
        await page.keyboard.press('Escape')
        await goTo(page, 'brief')
      },
      'brief-edit': () => page.getByRole('button', { name: '특징 고치기' }).click(),
      'run-ready': async () => {
        await page.keyboard.press('Escape')
        await goTo(page, 'run')
        await page.getByRole('heading', { name: '시작할 준비가 되었습니다' }).waitFor()
      },
      handoff: async () => {
        await page.getByRole('button', { name: '휴대폰에서 이어서' }).click()
        await page.getByRole('img', { name: /QR/ }).waitFor()
      },
    })
  })

  it('a run, a package and a library', async () => {
    const { page } = await visit()
    await fillBrief(page, studio.model)
    const letGo = hold(studio.model, 'creative', creative)
    await startRun(page)
    await lookAt(page, {
      'run-going': () => page.getByRole('tab', { name: /콘텐츠 진행 중/ }).waitFor(),
      'run-stage': () => page.getByRole('tab', { name: /시장 조사/ }).click(),
      'brief-locked': () => goTo(page, 'brief'),
      'package-going': () => goTo(page, 'package'),
      'run-done': async () => {
        letGo()
        await goTo(page, 'run')
        await runEnded(page)
      },
      package: async () => {
        await goTo(page, 'package')
        await page.getByRole('heading', { name: '시장 조사', level: 2 }).waitFor()
      },
      ...Object.fromEntries(
        ['포지셔닝', '주간 계획', '카피', '포스터와 영상', '내레이션', '내보내기'].map(
          (name, index) => [
            `package-${index + 2}`,
            () =>
              page
                .getByRole('navigation', { name: '패키지 목차' })
                .getByRole('button', { name })
                .click(),
          ],
        ),
      ),
      'package-make': async () => {
        await page.getByRole('button', { name: '만들기', exact: true }).first().click()
        await page.getByRole('button', { name: /^[1-9]\d*개 만들기$/ }).waitFor()
      },
      library: async () => {
        await page.keyboard.press('Escape')
        await goTo(page, 'library')
        await page.getByRole('link', { name: '여섯시반 드립백' }).first().waitFor()
      },
      'library-delete': () =>
        page.getByRole('button', { name: '여섯시반 드립백 삭제' }).first().click(),
    })
  })
})

describe('when things go wrong', { timeout: limit(120_000) }, () => {
  it('offline, a shut gate, a refused file, a limit, and what is not configured', async () => {
    const { page } = await visit()
    await fillBrief(page, studio.model)
    const network = await cuttable(page)
    await page.reload()
    await transcript(page).getByText('브리프가 다 찼어요.').waitFor()
    await lookAt(page, {
      'trouble-offline': async () => {
        await network.cut()
        await visible(page.getByText('인터넷에 연결되어 있지 않습니다')).waitFor()
      },
      'trouble-file': async () => {
        await network.mend()
        await page
          .locator('input[type=file]')
          .first()
          .setInputFiles({ name: '메모.txt', mimeType: 'text/plain', buffer: Buffer.from('글') })
        await page.getByText('PNG, JPEG, WebP, HEIC 사진만 올릴 수 있습니다').first().waitFor()
      },
      'trouble-limit': async () => {
        await page.route(
          '**/message',
          refuse('BUDGET_EXCEEDED', 429, '오늘 쓸 수 있는 금액을 다 썼어요.'),
        )
        await composer(page).fill('하나 더요')
        await composer(page).press('Enter')
        await page.getByText('오늘 쓸 수 있는 금액을 다 썼어요.').waitFor()
      },
      'trouble-not-configured': async () => {
        const message = '이 기능은 아직 설정되지 않았어요.'
        await page.route('**/generate/async', refuse('CAPABILITY_NOT_CONFIGURED', 503, message))
        await startRun(page)
        await page.getByText(message).waitFor()
      },
    })
  })

  it('a shut gate', async () => {
    const { page } = await visit()
    studio.model.script('planner', answers.refusal())
    await composer(page).fill('안녕하세요')
    await composer(page).press('Enter')
    await lookAt(page, {
      'trouble-answer': () => transcript(page).getByText('답변하지 못했습니다').waitFor(),
      'trouble-gate': async () => {
        await startRun(page)
        await page.getByText('아직 시작할 수 없습니다').first().waitFor()
      },
    })
  })

  it('a failed stage, and an access that has expired', async () => {
    const { page, context } = await visit()
    await fillBrief(page, studio.model)
    studio.model.script('creative', answers.refusal())
    await startRun(page)
    await lookAt(page, {
      'trouble-stage': () => page.getByRole('button', { name: '콘텐츠부터 이어서' }).waitFor(),
      'trouble-resumed': async () => {
        await page.getByRole('button', { name: '콘텐츠부터 이어서' }).click()
        await runEnded(page)
      },
      'trouble-expired': async () => {
        await context.clearCookies()
        await page.reload()
        await visible(page.getByRole('button', { name: '다른 기기에서 이어받기' })).waitFor()
      },
      'trouble-unknown': async () => {
        await page.goto(`${studio.origin}/#/sess_00000000000000000000000000/talk`)
        await page.reload()
        await visible(page.getByRole('button', { name: '새 대화 시작' })).waitFor()
      },
    })
  })

  it('the components, in every state that they have', async () => {
    const { page } = await visit()
    await page.goto(`${studio.origin}/components.html`)
    await page.getByRole('heading').first().waitFor()
    expectGood(await look(page, 'components'))
  })
})
