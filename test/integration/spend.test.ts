import { describe, expect, it } from 'vitest'
import { AssetEstimate } from '../../shared/contracts/http/asset-routes.ts'
import { UsageReport } from '../../shared/contracts/spend.ts'
import { nextDay } from '../../shared/rules/spend-caps.ts'
import { speech } from '../support/audio/recordings.ts'
import { transcript } from '../support/audio/transcribing.ts'
import { speak } from '../support/audio/voice-turns.ts'
import { byType, finishedRun } from '../support/media/asset-client.ts'
import { answers } from '../support/model-server/answers.ts'
import {
  type Answer,
  type Client,
  createClient,
  openSocket,
  readLog,
  startSession,
} from '../support/studio/client.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { completeUpdates, plannerAnswer } from '../support/studio/studio.ts'

/** A quarter of a dollar a day for each principal, at a micro-dollar for each token. */
const studio = useStudio('frugal')
const cap = 0.25

const usageOf = async (client: Client): Promise<UsageReport> => {
  const { status, body } = await client.get('/api/usage')
  expect(status).toBe(200)
  return UsageReport.parse(body)
}

const say = (client: Client, sessionId: string, message = '핸드크림이에요'): Promise<Answer> =>
  client.post(`/api/chat/session/${sessionId}/message`, { message })

/** A planner's answer for which its server counts so many tokens. */
const answerOf = (tokens: number, updates = [] as typeof completeUpdates) => ({
  ...plannerAnswer(updates, '네, 적어 두었어요.', updates.length > 0 ? null : '다음은요?'),
  usage: { input_tokens: tokens - 50, output_tokens: 50 },
})

/** A principal that has spent all of its day but so many micro-dollars, in one turn. */
const spentUpTo = async (left: number, updates = [] as typeof completeUpdates) => {
  const session = await startSession(studio.origin)
  studio.model.script('planner', answerOf(cap * 1e6 - left, updates))
  expect((await say(session.client, session.sessionId)).status).toBe(200)
  studio.model.calls.length = 0
  return session
}

/** The answer of a call that no money is left for. */
const expectRefused = ({ status, headers, body }: Answer): void => {
  expect(status).toBe(429)
  expect(body).toMatchObject({
    error: { code: 'BUDGET_EXCEEDED', retryable: false },
    cap: 'principal_day',
  })
  expect(body.error.message).toContain('00:00')
  const left = (nextDay(Date.now()) - Date.now()) / 1000
  const wait = Number(headers.get('retry-after'))
  expect(wait).toBeGreaterThan(left - 60)
  expect(wait).toBeLessThanOrEqual(left + 60)
}

describe('a day without money', () => {
  it('takes no turn: nothing is sent, nothing is begun, and another principal goes on', async () => {
    const { client, sessionId } = await spentUpTo(4_000)
    const before = await readLog(client, sessionId)
    expectRefused(await say(client, sessionId))
    const streamed = await client.post(`/api/chat/session/${sessionId}/message/stream`, {
      message: '다시요',
    })
    expectRefused(streamed)
    const socket = await openSocket(client, sessionId)
    socket.send({ action: 'message', message: '또요' })
    await socket.until(() => socket.frames.some(({ type }) => type === 'rejected'))
    expect(socket.frames.find(({ type }) => type === 'rejected')).toMatchObject({
      action: 'message',
      error: { code: 'BUDGET_EXCEEDED' },
      cap: 'principal_day',
    })
    await socket.close()
    expect(studio.model.calls).toEqual([])
    expect(await readLog(client, sessionId)).toEqual(before)

    const other = await startSession(studio.origin)
    studio.model.script('planner', plannerAnswer([]))
    expect((await say(other.client, other.sessionId)).status).toBe(200)
  })

  it('answers a message again that was answered before', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const path = `/api/chat/session/${sessionId}/message`
    const message = { message: '핸드크림', client_message_id: 'm-1' }
    studio.model.script('planner', answerOf(249_000))
    const first = await client.post(path, message)
    expect(await client.post(path, message)).toMatchObject({ status: 200, body: first.body })
    expectRefused(await say(client, sessionId))
  })

  it('starts no run and no launch', async () => {
    const { client, sessionId } = await spentUpTo(40_000, completeUpdates)
    expectRefused(await client.post(`/api/runs/${sessionId}/generate`))
    expectRefused(await client.post(`/api/runs/${sessionId}/generate/async`))
    expect((await client.get('/api/runs')).body.runs).toEqual([])
    const launched = await client.post('/api/launch/run', {
      brief: {
        product_name: '동백 핸드크림',
        product_category: '핸드크림',
        target_audience: '손을 자주 씻는 직장인',
        price_band: '1만 9천 원',
        core_kpi: '구매 전환율',
        channel_focus: ['인스타그램'],
      },
    })
    expectRefused(launched)
    expect(studio.model.calls).toEqual([])
  })

  it('sends no recording and speaks no text', async () => {
    const { client, sessionId } = await spentUpTo(4_000)
    const before = await readLog(client, sessionId)
    const jobs = studio.aws.transcribe.jobs.length
    expectRefused(await speak(client, sessionId, await speech(transcript, 'webm-recorded')))
    expect(studio.aws.transcribe.jobs).toHaveLength(jobs)
    expect(await readLog(client, sessionId)).toEqual(before)

    const { body } = await client.get(`/api/chat/session/${sessionId}/messages`)
    const voice = (text: string, preset: string) =>
      client.post(`/api/chat/session/${sessionId}/assistant-voice`, { text, voice_preset: preset })
    const [greeting] = body.messages
    const first = await voice(greeting.text, 'friendly_ko')
    expect(first.status).toBe(200)
    const { today } = await usageOf(client)
    const characters = [...greeting.text].length
    expect(today.services.speech).toMatchObject({
      calls: 1,
      characters,
      seconds: first.body.duration_ms / 1000,
      cost: { amount: (characters * 32) / 1e6 },
    })
    expect((await voice(greeting.text, 'calm_ko')).status).toBe(200)
    const calls = studio.aws.polly.calls.length
    expectRefused(await voice(greeting.text, 'neutral_ko'))
    expect(studio.aws.polly.calls).toHaveLength(calls)
    // What was made before is still there.
    expect((await voice(greeting.text, 'friendly_ko')).status).toBe(200)
  })

  it('ends a spoken turn whose transcript was still affordable, and typing is refused like before', async () => {
    const { client, sessionId } = await spentUpTo(10_000)
    studio.aws.transcribe.script({ transcript })
    expectRefused(await speak(client, sessionId, await speech(transcript, 'webm-recorded')))
    expect((await readLog(client, sessionId)).at(-1)).toMatchObject({
      type: 'error',
      data: { code: 'BUDGET_EXCEEDED', stage: 'turn', turn: 2 },
    })
    expect(studio.model.calls).toEqual([])
    expectRefused(await say(client, sessionId))
    const { transcription } = (await usageOf(client)).today.services
    expect(transcription).toMatchObject({ calls: 1, cost: { amount: 0.006 } })
    expect(transcription.seconds).toBeGreaterThan(0)
  })
})

describe('twenty turns of one principal at once', () => {
  it('send no more than the cap can pay for, and those that are stopped stay paid', async () => {
    const first = await startSession(studio.origin)
    const { client } = first
    const others = await Promise.all(
      Array.from({ length: 19 }, () => client.post('/api/chat/session', {})),
    )
    expect(others.map(({ status, body }) => body.error ?? status)).toEqual(Array(19).fill(201))
    const sessions = [first.sessionId, ...others.map(({ body }) => body.session_id as string)]
    studio.model.respond(() => answers.silence())
    const open = new Set(sessions)
    const threeAreOpen = Promise.withResolvers<void>()
    const turns = sessions.map(async (sessionId) => {
      const answer = await say(client, sessionId)
      open.delete(sessionId)
      if (open.size === 3) threeAreOpen.resolve()
      return answer
    })
    // Each reserves some 80,000 of 250,000: three are granted, and wait.
    await threeAreOpen.promise
    await studio.model.until(() => studio.model.calls.length === 3)
    const busy = await usageOf(client)
    expect(busy.today.reserved).toBeGreaterThan(0.24)
    expect(busy.today.reserved).toBeLessThanOrEqual(cap)

    await Promise.all(
      [...open].map((sessionId) => client.post(`/api/chat/session/${sessionId}/stop`)),
    )
    const statuses = (await Promise.all(turns)).map(({ status }) => status).sort()
    expect(statuses).toEqual([...Array(3).fill(409), ...Array(17).fill(429)])
    expect(studio.model.calls).toHaveLength(3)
    const { today, caps } = await usageOf(client)
    expect(today).toMatchObject({ reserved: 0 })
    expect(today.services.model).toMatchObject({ calls: 3, calls_without_usage: 3 })
    expect(today.services.model.estimated).toBe(today.spent)
    expect(today.services.model.cost?.amount).toBe(today.spent)
    expect(caps.principal_day.left).toBeCloseTo(cap - today.spent, 6)
  })
})

describe('what a turn used', () => {
  it.each([
    ['a server that fails', [answers.status(500), answers.status(500)], 502],
    [
      'a stream that is torn down',
      [0, 1].map(() => ({ ...plannerAnswer([]), ending: 'cut' as const, endAfter: 2 })),
      502,
    ],
    ['an answer without usage', [{ ...plannerAnswer([]), leavesOut: 'summary' as const }], 200],
  ])('counts what was reserved for %s, and says so', async (_, script, status) => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.script('planner', ...script)
    expect((await say(client, sessionId)).status).toBe(status)
    const { today } = await usageOf(client)
    const calls = script.length
    expect(today.services.model).toMatchObject({
      calls,
      calls_without_usage: calls,
      total_tokens: 0,
      agents: { planner: { calls, calls_without_usage: calls } },
    })
    expect(today.spent).toBeGreaterThan(0.016 * calls)
    expect(today.services.model.estimated).toBe(today.spent)
    expect(today.reserved).toBe(0)
  })

  it('costs nothing where the server refused the request', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.script('planner', answers.status(400, { message: 'No.', code: 'no' }))
    expect((await say(client, sessionId)).status).toBe(502)
    const { today } = await usageOf(client)
    expect(today).toMatchObject({ spent: 0, reserved: 0 })
    expect(today.services.model).toMatchObject({ calls: 1, calls_without_usage: 1 })
  })

  it('is told of failed tries as well, to its principal alone, and stays when the session is erased', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const broken = {
      ...answers.text('{"schema_version":"v0"}'),
      usage: { input_tokens: 7, output_tokens: 3 },
    }
    studio.model.script('planner', broken, answerOf(1_000))
    expect((await say(client, sessionId)).status).toBe(200)
    const report = await usageOf(client)
    expect(report.today).toMatchObject({ spent: 0.00101, reserved: 0 })
    expect(report.today.services.model).toMatchObject({
      calls: 2,
      calls_without_usage: 0,
      input_tokens: 957,
      output_tokens: 53,
      total_tokens: 1_010,
      cost: { amount: 0.00101, currency: 'USD', price_table: 'MODEL_PRICES' },
    })
    expect(report.days).toEqual([report.today])
    expect(report.caps.principal_day).toMatchObject({ limit: cap, left: cap - 0.00101 })

    const answer = await client.get('/api/usage')
    const etag = { 'if-none-match': answer.headers.get('etag') ?? '' }
    expect((await client.get('/api/usage', etag)).status).toBe(304)
    const other = await startSession(studio.origin)
    expect((await usageOf(other.client)).days).toEqual([])
    expect((await createClient(studio.origin).get('/api/usage')).status).toBe(401)

    expect((await client.delete(`/api/chat/session/${sessionId}`)).status).toBe(204)
    expect(await usageOf(client)).toEqual(report)
  })
})

describe('assets', () => {
  it('that may not be bought or have no vendor are told of beforehand, and the others are made', async () => {
    const { client, assetsOf } = await finishedRun(studio)
    const wish = {
      kinds: ['poster', 'subtitles', 'video'],
      placements: ['instagram_reels_9x16'],
      voice: { recording: 'none' },
    }
    const estimate = AssetEstimate.parse((await assetsOf.estimate(wish)).body)
    const planned = new Map(estimate.assets.map((asset) => [asset.asset_type, asset]))
    expect(planned.get('video')?.over_cap).toMatch(/SPEND_CAP_RUN_USD.*SPEND_CAP_PRINCIPAL_DAY_USD/)
    expect(planned.get('poster')?.not_configured).toContain('IMAGE_MODEL')

    const alone = await assetsOf.request({ ...wish, kinds: ['video'] })
    expect(alone).toMatchObject({
      status: 429,
      body: { error: { code: 'BUDGET_EXCEEDED', retryable: false }, cap: 'run' },
    })
    expect(alone.body.detail).toMatch(/SPEND_CAP_PRINCIPAL_DAY_USD.*VIDEO_PROVIDER/)
    expect(await assetsOf.list()).toEqual([])

    const { body } = await assetsOf.request(wish)
    await assetsOf.ended(body.job_id)
    const { poster, subtitles, video } = byType(await assetsOf.list())
    expect(video).toMatchObject({ status: 'failed', error: { code: 'BUDGET_EXCEEDED' } })
    expect(poster?.error).toMatchObject({ code: 'CAPABILITY_NOT_CONFIGURED' })
    expect(poster?.error?.detail).toContain('IMAGE_MODEL')
    expect(subtitles?.status).toBe('completed')
    const job = (await client.get(`/api/jobs/${body.job_id}`)).body
    expect(job).toMatchObject({ status: 'completed', note: 'partly_failed' })
  })

  it('are not bought on a day without money, and nothing of them is kept', async () => {
    const { client, sessionId, assetsOf } = await finishedRun(studio)
    const { left } = (await usageOf(client)).caps.principal_day
    studio.model.script('planner', answerOf(Math.round(left * 1e6) - 100))
    expect((await say(client, sessionId)).status).toBe(200)
    studio.aws.polly.calls.length = 0
    const { body } = await assetsOf.request({ kinds: ['narration'] })
    await assetsOf.ended(body.job_id)
    const [narration] = await assetsOf.list()
    expect(narration).toMatchObject({ status: 'failed', stage: 'buying', files: [] })
    expect(narration?.error).toMatchObject({ code: 'BUDGET_EXCEEDED', retryable: false })
    expect(studio.aws.polly.calls).toEqual([])
    const items = (await studio.items()).filter(({ PK }) => PK?.S === `SESSION#${sessionId}`)
    expect(
      items.filter(({ status, SK }) => SK?.S?.startsWith('BOUGHT#') && status?.S === 'done'),
    ).toEqual([])
  })
})
