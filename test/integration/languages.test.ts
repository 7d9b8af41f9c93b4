import { beforeAll, describe, expect, it } from 'vitest'
import { Problem } from '../../shared/contracts/problems.ts'
import { answers } from '../support/model-server/answers.ts'
import { type Answer, type Client, openSocket, startSession } from '../support/studio/client.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { completeUpdates, plannerAnswer } from '../support/studio/studio.ts'

const studio = useStudio()

let client: Client
let sessionId: string
/** A run and its job of the session. */
let run: { run_id: string; job_id: string }
beforeAll(async () => {
  ;({ client, sessionId } = await startSession(studio.origin, { locale: 'en-US' }))
  studio.model.script('planner', plannerAnswer(completeUpdates, 'All noted.', null))
  await client.post(`/api/chat/session/${sessionId}/message`, { message: 'Everything.' })
  run = (await client.post(`/api/runs/${sessionId}/generate/async`)).body
  await client.post(`/api/runs/${run.run_id}/cancel`)
})

/** The language of a problem, which its title and its header agree on. */
const languageOf = ({ body, headers }: Answer): string => {
  expect(headers.get('content-type')).toContain('application/problem+json')
  const { title, error } = Problem.parse(body)
  const language = /[가-힣]/.test(title) ? 'ko-KR' : 'en-US'
  expect(headers.get('content-language')).toBe(language)
  expect(error.message).toBe(title)
  return language
}

/** Mistakes of every kind about one session, its run and its job. */
const mistakes = (of: Client, headers: Record<string, string> = {}) => {
  const session = `/api/chat/session/${sessionId}`
  return Promise.all([
    of.post(`${session}/message`, { message: '' }, headers),
    of.post(`${session}/message`, '{', headers),
    of.post(`${session}/message/stream`, { message: 7 }, headers),
    of.post(`${session}/message`, `"${'x'.repeat(70_000)}"`, headers),
    of.post(`${session}/assistant-voice`, { text: 'never said', voice_preset: 'nobody' }, headers),
    of.post(`${session}/voice-turn`, { upload_id: 'upload_none' }, headers),
    of.get(`${session}/events?after=99999`, headers),
    of.get(`${session}/events?after=99999`, { ...headers, accept: 'text/event-stream' }),
    of.post(`/api/runs/${run.run_id}/resume`, undefined, headers),
    of.get(`/api/jobs/${run.job_id}/stream?after=99999`, headers),
  ])
}

describe('a problem', () => {
  it('is in the language of the session that it is about', async () => {
    const told = await mistakes(client)
    expect(told.map(languageOf)).toEqual(told.map(() => 'en-US'))
    const statuses = told.map(({ status }) => status)
    expect(statuses).toEqual([422, 400, 422, 413, 422, 422, 422, 422, 409, 422])
  })

  it.each([
    ['ko', 'ko-KR'],
    ['ko-KR,ko;q=0.9,en;q=0.8', 'ko-KR'],
    ['en;q=0.2, ko;q=0.4', 'ko-KR'],
    ['fr-FR, ko;q=0.1', 'ko-KR'],
    ['ko;q=0', 'en-US'],
    ['fr-FR', 'en-US'],
    ['*', 'en-US'],
  ])('is in the language that the caller asks for: %s', async (asked, language) => {
    const told = await mistakes(client, { 'accept-language': asked })
    expect(told.map(languageOf)).toEqual(told.map(() => language))
  })

  it('of a turn that fails is in the language of its session', async () => {
    studio.model.script('planner', answers.refusal())
    const failed = await client.post(`/api/chat/session/${sessionId}/message`, { message: 'Hi' })
    expect([failed.status, languageOf(failed)]).toEqual([502, 'en-US'])
  })

  it('of a launch is in the language of the launch', async () => {
    const brief = {
      product_name: 'Hand cream',
      product_category: 'Cosmetics',
      target_audience: 'Gardeners',
      price_band: 'From 9 to 12 dollars',
      core_kpi: 'Orders',
      channel_focus: ['Instagram'],
    }
    for (const [locale, language] of [
      ['en-US', 'en-US'],
      ['ko-KR', 'ko-KR'],
    ]) {
      // The planner leaves the brief as open as it was.
      studio.model.script('planner', plannerAnswer([]))
      const refused = await client.post('/api/launch/run', { brief, locale })
      expect([refused.body.error?.code, languageOf(refused)]).toEqual(['GATE_NOT_READY', language])
    }
  })

  it('about a session or launch that is not created is in the language that it was to have', async () => {
    const english = { locale: 'en-US' }
    for (const path of ['/api/chat/session', '/api/launch/run']) {
      const refused = await client.post(path, { ...english, mode: 'none' })
      expect([refused.status, languageOf(refused)]).toEqual([422, 'en-US'])
      const asked = await client.post(
        path,
        { ...english, mode: 'none' },
        { 'accept-language': 'ko' },
      )
      expect(languageOf(asked)).toBe('ko-KR')
      const unknown = await client.post(path, { locale: ['en-US'] })
      expect([unknown.status, languageOf(unknown)]).toEqual([422, 'ko-KR'])
    }
  })

  it("does not give away the language of another owner's session, run or job", async () => {
    const other = await startSession(studio.origin)
    const told = await mistakes(other.client)
    expect(told.map(languageOf)).toEqual(told.map(() => 'ko-KR'))
  })

  it.each(['/api/nowhere', '/api/chat/session/nonsense', `/api/runs/${'x'.repeat(3000)}`])(
    'about nothing that is known is in Korean: %s',
    async (path) => {
      expect(languageOf(await client.get(path))).toBe('ko-KR')
    },
  )

  it('of the socket is in the language of its session', async () => {
    const socket = await openSocket(client, sessionId)
    socket.send({ action: 'resume', after_seq: 99_999 })
    await socket.until(() => socket.frames.length > 0)
    expect(JSON.stringify(socket.frames)).not.toMatch(/[가-힣]/)
    await socket.close()
  })
})

describe('an address that has another method', () => {
  it.each([
    ['PUT', '/api/chat/session', 'POST, GET'],
    ['PATCH', '/api/chat/session/sess_1', 'GET, DELETE'],
    ['GET', '/api/launch/run', 'POST'],
    ['DELETE', '/api/chat/session/sess_1/events', 'GET, HEAD'],
    ['POST', '/api/jobs/job_1/stream', 'GET, HEAD'],
    ['DELETE', '/openapi.json', 'GET, HEAD'],
  ])('answers %s %s with what it has', async (method, path, allow) => {
    const response = await fetch(`${studio.origin}${path}`, { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe(allow)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    const problem = Problem.parse(await response.json())
    expect(problem).toMatchObject({ status: 405, error: { code: 'METHOD_NOT_ALLOWED' } })
  })
})
