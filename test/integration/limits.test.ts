import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { problems } from '../../shared/contracts/problems.ts'
import { defaultLimits } from '../../shared/rules/limits.ts'
import type { Rate } from '../../shared/rules/token-bucket.ts'
import { eventually } from '../support/limits/eventually.ts'
import { limit } from '../support/limits/machine-speed.ts'
import { answers } from '../support/model-server/answers.ts'
import { sampleFindings } from '../support/model-server/samples.ts'
import { type Answer, createClient, openSocket } from '../support/studio/client.ts'
import { postFrom } from '../support/studio/from-address.ts'
import { itemsIn } from '../support/studio/shared-studio.ts'
import {
  completeUpdates,
  plannerAnswer,
  type Studio,
  startStudio,
} from '../support/studio/studio.ts'

// The limits as they deploy. Each test has an address of its own, so that none meets another's.
let studio: Studio
beforeAll(async () => {
  studio = await startStudio({ LIMITS: '' })
}, limit(60_000))
beforeEach(() => {
  studio.model.reset()
  studio.model.respond(({ asker }) => {
    if (asker === 'planner') return plannerAnswer([])
    // Runs stay in progress for as long as their test.
    return answers.search(sampleFindings.text, sampleFindings, {
      pace: { first: 60_000, between: 0 },
    })
  })
})
afterAll(() => studio.stop())

const rateOf = (rates: readonly Rate[] | undefined): Rate => {
  const [rate] = rates ?? []
  if (!rate) throw new Error('There is no such rate.')
  return rate
}
const { rates, runsAtOnce } = defaultLimits
const perCaller = {
  sessions: rateOf(rates.sessions.principal),
  turns: rateOf(rates.turns.principal),
}
const minted = rateOf(rates.principals.address)

const launchBrief = {
  product_name: '동백 핸드크림',
  product_category: '화장품',
  target_audience: '건조한 손으로 고생하는 직장인',
  price_band: '12,900원',
  total_budget_krw: 3_000_000,
  launch_date: '2026-12-01',
  core_kpi: '첫 달 500개',
  region: 'KR',
  channel_focus: ['인스타그램'],
  video_seconds: 8,
}

let addresses = 1
/** A network address that no test has used. */
const newAddress = (): string => {
  addresses += 1
  return `127.0.0.${addresses}`
}

const sessionUrl = () => `${studio.origin}/api/chat/session`

/** A caller with a token, at an address of its own. */
const newCaller = async (address = newAddress()) => {
  const answer = await postFrom(address, sessionUrl(), {})
  expect(answer.status).toBe(201)
  const client = createClient(studio.origin, answer.body.token)
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    postFrom(address, `${studio.origin}${path}`, body, {
      authorization: `Bearer ${client.token}`,
      ...headers,
    })
  return { address, client, sessionId: String(answer.body.session_id), post }
}

const messagePath = (sessionId: string) => `/api/chat/session/${sessionId}/message`

/** Asks until it is refused: a slow machine gives a turn back now and then. */
const refusalOf = async (ask: () => Promise<Answer>): Promise<Answer> => {
  for (let time = 0; time < perCaller.turns.max + 20; time += 1) {
    const answer = await ask()
    if (answer.status === 429) return answer
  }
  throw new Error('Nothing was refused.')
}

const parts = (answers: readonly Answer[], accepted: number) => ({
  accepted: answers.filter(({ status }) => status === accepted),
  refused: answers.filter(({ status }) => status === 429),
})

/** A refusal by a limit of ours says which, in all the ways that there are. */
const expectRefused = (
  answer: Answer,
  wanted: { name: string; scope: string; max: number; window_seconds: number | null },
) => {
  expect(answer.status).toBe(429)
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  expect(answer.body).toMatchObject({
    status: 429,
    error: { code: 'RATE_LIMITED', retryable: true },
    limit: wanted,
  })
  const seconds = Number(answer.headers.get('retry-after'))
  expect(seconds).toBeGreaterThanOrEqual(1)
  if (wanted.window_seconds === null) {
    const policy = `"${wanted.name}.${wanted.scope}"`
    expect(answer.headers.get('ratelimit')).toContain(`${policy};r=0;t=${seconds}`)
    expect(answer.headers.get('ratelimit-policy')).toContain(
      `${policy};q=${wanted.max};qu="concurrent-requests"`,
    )
    return
  }
  expect(seconds).toBeLessThanOrEqual(wanted.window_seconds)
  const policy = `"${wanted.name}.${wanted.scope}.${wanted.window_seconds}"`
  // Before it stands what else the request was counted by.
  const refusal = `${policy};q=${wanted.max};w=${wanted.window_seconds}`
  expect(answer.headers.get('ratelimit-policy')?.endsWith(refusal)).toBe(true)
  expect(answer.headers.get('ratelimit')?.endsWith(`${policy};r=0;t=${seconds}`)).toBe(true)
}

describe('a burst of one caller', () => {
  it('200 sessions in a row: the first are made, the rest refused with what was reached (G6)', {
    timeout: limit(60_000),
  }, async () => {
    const { post, client } = await newCaller()
    const made: Answer[] = []
    while (made.length < 200) {
      const some = Array.from({ length: 10 }, () => post('/api/chat/session', {}))
      made.push(...(await Promise.all(some)))
    }
    const { accepted, refused } = parts(made, 201)
    expect(accepted.length + refused.length).toBe(200)
    // Its first session was counted for its address: it had no principal yet.
    expect(accepted.length).toBeGreaterThanOrEqual(perCaller.sessions.max)
    expect(accepted.length).toBeLessThan(perCaller.sessions.max + 20)
    const [one] = refused
    expectRefused(one as Answer, {
      name: 'sessions',
      scope: 'principal',
      max: perCaller.sessions.max,
      window_seconds: perCaller.sessions.seconds,
    })
    // Reading goes on.
    expect((await client.get('/api/runs')).status).toBe(200)
  })

  it('50 turns within seconds: what is refused costs no call of the model (G6)', {
    timeout: limit(60_000),
  }, async () => {
    const caller = await newCaller()
    const others = await Promise.all(
      Array.from({ length: 9 }, () => caller.post('/api/chat/session', {})),
    )
    const sessions = [caller.sessionId, ...others.map(({ body }) => String(body.session_id))]
    const all = await Promise.all(
      sessions.map(async (sessionId) => {
        const said: Answer[] = []
        for (let turn = 0; turn < 5; turn += 1) {
          said.push(await caller.post(messagePath(sessionId), { message: '안녕하세요' }))
        }
        return said
      }),
    )
    const { accepted, refused } = parts(all.flat(), 200)
    expect(accepted.length + refused.length).toBe(50)
    expect(refused.length).toBeGreaterThan(0)
    expect(accepted.length).toBeGreaterThanOrEqual(perCaller.turns.max)
    expect(studio.model.calls).toHaveLength(accepted.length)
    expectRefused(refused[0] as Answer, {
      name: 'turns',
      scope: 'principal',
      max: perCaller.turns.max,
      window_seconds: perCaller.turns.seconds,
    })
  })

  it('20 parallel runs: as many go on at once as may, and nothing of the others remains (G6)', {
    timeout: limit(90_000),
  }, async () => {
    const caller = await newCaller()
    const others = await Promise.all(
      Array.from({ length: 19 }, () => caller.post('/api/chat/session', {})),
    )
    const sessions = [caller.sessionId, ...others.map(({ body }) => String(body.session_id))]
    studio.model.script(
      'planner',
      ...sessions.map(() => plannerAnswer(completeUpdates, '다 됐어요.', null)),
    )
    const said = await Promise.all(
      sessions.map((id) => caller.post(messagePath(id), { message: '전부 알려 드려요' })),
    )
    expect(said.map(({ status }) => status)).toEqual(sessions.map(() => 200))
    const generate = (id: string) => caller.post(`/api/runs/${id}/generate`, {})
    const started = await Promise.all(sessions.map(generate))
    const { accepted, refused } = parts(started, 202)
    expect(accepted).toHaveLength(runsAtOnce.principal ?? 0)
    expect(refused).toHaveLength(20 - accepted.length)
    const atOnce = refused.find(({ body }) => body.limit.name === 'runs_at_once')
    expectRefused(atOnce as Answer, {
      name: 'runs_at_once',
      scope: 'principal',
      max: runsAtOnce.principal ?? 0,
      window_seconds: null,
    })
    expect(atOnce?.body.error.message).toContain('동시 생성 실행')
    const { body } = await caller.client.get('/api/runs?limit=50')
    expect(body.runs).toHaveLength(accepted.length)

    // One that ends makes room for another.
    const cancelled = await caller.post(`/api/runs/${accepted[0]?.body.run_id}/cancel`, {})
    expect(cancelled.status).toBe(202)
    const idle = sessions[started.indexOf(atOnce as Answer)] ?? ''
    // A process remembers a refusal for some seconds.
    await eventually(async () => expect((await generate(idle)).status).toBe(202))
    const running = (await caller.client.get('/api/runs?limit=50')).body.runs
    await Promise.all(
      running.map((run: { run_id: string }) => caller.post(`/api/runs/${run.run_id}/cancel`, {})),
    )
  })
})

describe('a burst from one address', () => {
  it('20 fresh callers within seconds: the first get tokens, and callers elsewhere still do (G6)', async () => {
    const address = newAddress()
    const asked: Answer[] = []
    // A slow machine gives some back meanwhile: one round is enough on any other.
    for (let round = 0; round < 5 && parts(asked, 201).refused.length === 0; round += 1) {
      const more = Array.from({ length: 20 }, () =>
        postFrom(address, sessionUrl(), { locale: 'en-US' }),
      )
      asked.push(...(await Promise.all(more)))
    }
    const { accepted, refused } = parts(asked, 201)
    expect(accepted.length).toBeGreaterThanOrEqual(minted.max)
    expect(refused.length).toBeGreaterThan(0)
    const [one] = refused
    expectRefused(one as Answer, {
      name: 'principals',
      scope: 'address',
      max: minted.max,
      window_seconds: minted.seconds,
    })
    expect(one?.body.error.message).toMatch(
      new RegExp(
        `^The limit on new users is reached \\(${minted.max} in 1 minute for your network\\)\\. Try again in \\d+ seconds?\\.$`,
      ),
    )
    expect((await postFrom(newAddress(), sessionUrl(), {})).status).toBe(201)
    // Who has a token needs none.
    const token = `Bearer ${accepted[0]?.body.token}`
    expect((await postFrom(address, sessionUrl(), {}, { authorization: token })).status).toBe(201)
  })

  it.each([
    [
      'X-Forwarded-For',
      () => ({ 'x-forwarded-for': `203.0.113.${Math.floor(Math.random() * 256)}` }),
    ],
    [
      'CloudFront-Viewer-Address',
      () => ({ 'cloudfront-viewer-address': `203.0.113.${Math.floor(Math.random() * 256)}:4711` }),
    ],
    [
      'the proof of the front door',
      () => ({
        'x-front-door': 'local',
        'cloudfront-viewer-address': `203.0.113.${Math.floor(Math.random() * 256)}:4711`,
      }),
    ],
    ['Forwarded', () => ({ forwarded: 'for=203.0.113.9', 'x-real-ip': '203.0.113.9' })],
  ])('is one from one address whatever it writes into %s', async (_, forged) => {
    const address = newAddress()
    const asked = await Promise.all(
      Array.from({ length: minted.max + 5 }, () => postFrom(address, sessionUrl(), {}, forged())),
    )
    expect(parts(asked, 201).accepted).toHaveLength(minted.max)
  })

  it('is one from one address over the function URL too, which no distribution stands before', async () => {
    const { client, sessionId } = await newCaller()
    const url = String(studio.engine.resources.StreamUrl).replace(/\/$/, '')
    const counted = async () =>
      new Set(
        (await itemsIn(studio)).flatMap(({ PK }) =>
          PK?.S?.startsWith('LIMIT#turns#address#') ? [PK.S] : [],
        ),
      )
    const before = await counted()
    for (const address of ['203.0.113.7:1', '203.0.113.8:1', '203.0.113.9:1']) {
      const response = await fetch(`${url}${messagePath(sessionId)}/stream`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${client.token}`,
          'x-front-door': 'local',
          'cloudfront-viewer-address': address,
          'x-forwarded-for': address,
        },
        body: JSON.stringify({ message: '안녕하세요' }),
      })
      expect(response.status).toBe(200)
      await response.text()
    }
    expect((await counted()).size).toBeLessThanOrEqual(before.size + 1)
  })
})

describe('a caller that has used up its turns', () => {
  let caller: Awaited<ReturnType<typeof newCaller>>
  let first: { answer: Answer; keyed: Answer }
  const wanted = {
    name: 'turns',
    scope: 'principal',
    max: perCaller.turns.max,
    window_seconds: perCaller.turns.seconds,
  }
  const say = () => caller.post(messagePath(caller.sessionId), { message: '또' })
  const named = { message: '한 번만', client_message_id: 'once' }
  const key = { 'idempotency-key': '"k-1"' }
  beforeAll(async () => {
    studio.model.reset()
    studio.model.respond(() => plannerAnswer([]))
    caller = await newCaller()
    first = {
      answer: await caller.post(messagePath(caller.sessionId), named),
      keyed: await caller.post(messagePath(caller.sessionId), { message: '열쇠' }, key),
    }
    expectRefused(await refusalOf(say), wanted)
  }, limit(60_000))

  it('was told with each answer what is left', () => {
    const seconds = perCaller.turns.seconds
    expect(first.answer.headers.get('ratelimit-policy')).toContain(
      `"turns.principal.${seconds}";q=${perCaller.turns.max};w=${seconds}, "turns.principal.86400"`,
    )
    expect(first.answer.headers.get('ratelimit')).toMatch(
      new RegExp(`^"turns\\.principal\\.${seconds}";r=${perCaller.turns.max - 1};t=\\d+, `),
    )
    // How busy everybody together is concerns no caller.
    expect(first.answer.headers.get('ratelimit')).not.toContain('deployment')
  })

  it('is refused in its session’s language, or in the one that it asks for, with the time', async () => {
    const post = (headers = {}) =>
      caller.post(messagePath(caller.sessionId), { message: '또' }, headers)
    const korean = await refusalOf(() => post())
    expect(korean.body.error.message).toMatch(
      /^메시지 한도에 도달했습니다\(이 이용자, 2분에 30\)\. \d+초 뒤에 다시 시도해 주세요\.$/,
    )
    const english = await refusalOf(() => post({ 'accept-language': 'en' }))
    expect(english.body.error.message).toMatch(
      /^The limit on messages is reached \(30 in 2 minutes for you\)\. Try again in \d+ seconds?\.$/,
    )
  })

  it('gets the stored answer of what it sends again, which is not counted', async () => {
    const resent = await caller.post(messagePath(caller.sessionId), named)
    expect(resent).toMatchObject({ status: 200, body: first.answer.body })
    const replayed = await caller.post(messagePath(caller.sessionId), { message: '열쇠' }, key)
    expect(replayed).toMatchObject({ status: 200, body: first.keyed.body })
    expect(replayed.headers.get('ratelimit')).toBeNull()
  })

  it('is refused before a stream begins', async () => {
    await refusalOf(say)
    const path = `${messagePath(caller.sessionId)}/stream`
    expectRefused(await caller.post(path, { message: '또' }), wanted)
    // Following the log is no turn.
    const events = `/api/chat/session/${caller.sessionId}/events`
    expect((await caller.client.get(events)).status).toBe(200)
  })

  it('gets a rejected frame over a socket, which goes on', async () => {
    const socket = await openSocket(caller.client, caller.sessionId)
    const rejected = (action: string) =>
      socket.frames.filter((frame) => frame.type === 'rejected' && frame.action === action)
    const limited = (action: string) => rejected(action).find(({ limit }) => limit !== undefined)
    // On a slow machine a turn comes back between two frames: then the next one has to wait for it again.
    const sendUntilLimited = async (frame: { action: string; [field: string]: string }) => {
      const answered = () =>
        socket.events().filter(({ type }) => type === 'turn.completed').length +
        rejected(frame.action).length
      while (!limited(frame.action)) {
        const before = answered()
        socket.send(frame)
        await socket.until(() => answered() > before)
      }
      return limited(frame.action)
    }
    await refusalOf(say)
    expect(await sendUntilLimited({ action: 'message', message: '소켓으로' })).toEqual({
      type: 'rejected',
      action: 'message',
      error: {
        code: 'RATE_LIMITED',
        message: expect.stringContaining('메시지 한도'),
        retryable: true,
      },
      limit: wanted,
      retry_after: expect.any(Number),
    })
    const upload_id = `upload_${'0'.repeat(26)}`
    expect(await sendUntilLimited({ action: 'voice', upload_id })).toMatchObject({ limit: wanted })
    socket.send({ action: 'ping' })
    await socket.until(() => socket.frames.some(({ type }) => type === 'pong'))
    await socket.close()
  })

  it('can launch nothing through the older API either', async () => {
    await refusalOf(say)
    expectRefused(await caller.post('/api/launch/run', { brief: launchBrief }), wanted)
  })

  it('leaves no mark in the log, and no address anywhere in the table', async () => {
    const { body } = await caller.client.get(
      `/api/chat/session/${caller.sessionId}/events?limit=1000`,
    )
    const began = body.events.filter(({ type }: { type: string }) => type === 'turn.started')
    const { turn } = (await caller.client.get(`/api/chat/session/${caller.sessionId}`)).body
    expect(began).toHaveLength(turn)
    const written = JSON.stringify(await itemsIn(studio))
    expect(written).toContain('LIMIT#turns#address#')
    expect(written).not.toContain(caller.address)
  })
})

it('a model server’s own limit has none of ours in its problem', async () => {
  const caller = await newCaller()
  const busy = answers.rateLimited('30')
  studio.model.script('planner', busy, busy)
  const answer = await caller.post(messagePath(caller.sessionId), { message: '안녕하세요' })
  expect(answer).toMatchObject({
    status: problems.RATE_LIMITED.status,
    body: { error: { code: 'RATE_LIMITED' } },
  })
  expect(answer.body).not.toHaveProperty('limit')
})

it('a message that finds another turn in progress is not counted', async () => {
  const caller = await newCaller()
  studio.model.script('planner', answers.silence())
  const slow = caller.post(messagePath(caller.sessionId), { message: '천천히' })
  await studio.model.until(() => studio.model.calls.length > 0)
  for (let time = 0; time < 6; time += 1) {
    const { body } = await caller.post(messagePath(caller.sessionId), { message: '아직인가요' })
    expect(body.error.code).toBe('TURN_IN_PROGRESS')
  }
  await caller.post(`/api/chat/session/${caller.sessionId}/stop`, {})
  expect((await slow).body.error.code).toBe('STOPPED')
  studio.model.script('planner', plannerAnswer([]))
  const after = await caller.post(messagePath(caller.sessionId), { message: '이제요' })
  expect(after.status).toBe(200)
  const policy = new RegExp(`"turns\\.principal\\.${perCaller.turns.seconds}";r=(\\d+)`)
  const [, left] = policy.exec(after.headers.get('ratelimit') ?? '') ?? []
  expect(Number(left)).toBeGreaterThanOrEqual(perCaller.turns.max - 2)
})
