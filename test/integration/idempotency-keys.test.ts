import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { answers } from '../support/model-server/answers.ts'
import { type Client, createClient, readLog, startSession } from '../support/studio/client.ts'
import { openEvents } from '../support/studio/event-reader.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { plannerAnswer, readySession } from '../support/studio/studio.ts'

const studio = useStudio()
const key = (value: string) => ({ 'idempotency-key': value })
const streamPath = (sessionId: string) => `/api/chat/session/${sessionId}/message/stream`

describe('an idempotency key', () => {
  it('is the same quoted, as the draft standard wants it, and bare', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const path = `/api/chat/session/${sessionId}/message`
    studio.model.script('planner', plannerAnswer([]))
    const first = await client.post(path, { message: '안녕하세요' }, key('"k-1"'))
    expect(first.status).toBe(200)
    for (const same of ['k-1', '"k-1"', '"k-1";v=1', '  "k-1" ']) {
      const again = await client.post(path, { message: '안녕하세요' }, key(same))
      expect([again.status, again.body]).toEqual([200, first.body])
    }
    expect(studio.model.calls).toHaveLength(1)
  })

  it.each([
    '',
    '"k-1',
    'k-1, k-1',
    '"k-1", "k-2"',
    '"k\\1"',
    '""',
    '"k-1"x',
    'k 1',
    'x'.repeat(201),
  ])('that is malformed is refused by name: %s', async (malformed) => {
    const { client, sessionId } = await startSession(studio.origin)
    const paths = [
      `/api/chat/session/${sessionId}/message`,
      streamPath(sessionId),
      '/api/chat/session',
    ]
    for (const path of paths) {
      const body = path === '/api/chat/session' ? {} : { message: '안녕' }
      expect(await client.post(path, body, key(malformed))).toMatchObject({
        status: 422,
        body: { errors: [{ path: 'Idempotency-Key' }] },
      })
    }
    expect(studio.model.calls).toHaveLength(0)
  })
})

describe('a key on a turn that is streamed', () => {
  const stream = (client: Client, sessionId: string, message: string, value = 'turn-1') =>
    openEvents(client, streamPath(sessionId), { post: { message }, headers: key(value) })

  it('replays the finished turn as a stream, without another call of the model', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.script('planner', plannerAnswer([]), plannerAnswer([]))
    const first = await stream(client, sessionId, '안녕하세요')
    expect(await first.ended).toBe(true)
    await client.post(`/api/chat/session/${sessionId}/message`, { message: '또 왔어요' })
    for (const value of ['turn-1', '"turn-1"']) {
      const again = await stream(client, sessionId, '안녕하세요', value)
      expect([again.status, await again.ended]).toEqual([200, true])
      expect(again.data()).toEqual(first.data())
    }
    expect(studio.model.calls).toHaveLength(2)
    const started = (await readLog(client, sessionId)).filter(({ type }) => type === 'turn.started')
    expect(started).toHaveLength(2)
  })

  it('is in flight while the turn runs, whether or not its reader is still there', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.script('planner', answers.silence())
    const first = await stream(client, sessionId, '안녕하세요')
    await first.until(() => first.saw('turn.started'))
    first.cut()
    const again = await client.post(streamPath(sessionId), { message: '안녕하세요' }, key('turn-1'))
    expect(again).toMatchObject({ status: 409, body: { error: { code: 'REQUEST_IN_FLIGHT' } } })
    studio.model.script('planner', plannerAnswer([]))
    studio.model.hangUp()
    const log = `/api/chat/session/${sessionId}/events`
    const rest = await openEvents(client, log)
    await rest.until(() => rest.saw('turn.completed'))
    rest.cut()
  })

  it('with another message, or on the route without a stream, is a conflict', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.script('planner', plannerAnswer([]))
    await (await stream(client, sessionId, '안녕하세요')).ended
    const conflict = { status: 422, body: { error: { code: 'IDEMPOTENCY_CONFLICT' } } }
    const message = '안녕하세요'
    expect(
      await client.post(streamPath(sessionId), { message: '다른 말' }, key('turn-1')),
    ).toMatchObject(conflict)
    expect(
      await client.post(`/api/chat/session/${sessionId}/message`, { message }, key('turn-1')),
    ).toMatchObject(conflict)
    expect(studio.model.calls).toHaveLength(1)
  })

  it('of a turn that failed may try again', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.script('planner', answers.refusal())
    const failed = await stream(client, sessionId, '안녕하세요')
    expect([await failed.ended, failed.saw('error')]).toEqual([true, true])
    studio.model.script('planner', plannerAnswer([]))
    const again = await stream(client, sessionId, '안녕하세요')
    expect([again.status, await again.ended, again.saw('turn.completed')]).toEqual([
      200,
      true,
      true,
    ])
  })
})

describe('a key on the first session of a caller without a token', () => {
  const path = '/api/chat/session'
  const secret = (value = randomBytes(24).toString('base64url')) => ({
    'idempotency-secret': value,
  })
  const create = (headers: Record<string, string>, body = {}) =>
    createClient(studio.origin).post(path, body, headers)

  it('with its secret answers the same session and a token for it, to many at once', async () => {
    const headers = { ...key('first'), ...secret() }
    const made = await create(headers)
    expect(made.status).toBe(201)
    const repeated = await Promise.all([create(headers), create({ ...headers, ...key('"first"') })])
    for (const again of repeated) expect([again.status, again.body]).toEqual([201, made.body])
    const client = createClient(studio.origin, repeated[0]?.body.token)
    expect((await client.get(`${path}/${made.body.session_id}`)).status).toBe(200)
  })

  it('makes one session however many come at once', async () => {
    const headers = { ...key('race'), ...secret() }
    const all = await Promise.all([1, 2, 3, 4].map(() => create(headers)))
    const made = all.filter(({ status }) => status === 201)
    const others = all.filter(({ status }) => status !== 201)
    expect(new Set(made.map(({ body }) => body.session_id)).size).toBe(1)
    for (const other of others) expect(other.body.error.code).toBe('REQUEST_IN_FLIGHT')
  })

  it('without the secret, or with another one, gets nothing of it', async () => {
    const headers = { ...key('guessed'), ...secret() }
    const made = await create(headers)
    const other = await create({ ...key('guessed'), ...secret() })
    expect(other.status).toBe(201)
    expect(other.body.session_id).not.toBe(made.body.session_id)
    expect(other.body.token).not.toBe(made.body.token)
    for (const bad of [key('guessed'), { ...key('guessed'), ...secret('short') }]) {
      expect(await create(bad)).toMatchObject({
        status: 422,
        body: { errors: [{ path: 'Idempotency-Secret' }] },
      })
    }
    const { client } = await startSession(studio.origin)
    const owned = await client.post(path, {}, headers)
    expect(owned.body.session_id).not.toBe(made.body.session_id)
    expect(owned.body.token).toBeUndefined()
  })

  it('with another body is a conflict', async () => {
    const headers = { ...key('body'), ...secret() }
    await create(headers)
    expect(await create(headers, { locale: 'en-US' })).toMatchObject({
      status: 422,
      body: { error: { code: 'IDEMPOTENCY_CONFLICT' } },
    })
  })

  it('is remembered for minutes, with neither the secret nor the token', async () => {
    const headers = { ...key('stored'), ...secret() }
    const { body } = await create(headers)
    const items = await studio.items()
    const stored = items.filter((item) => JSON.stringify(item).includes(body.session_id))
    const record = stored.find(({ PK }) => PK?.S?.startsWith('KEY#'))
    const secondsLeft = Number(record?.ttl?.N) - Date.now() / 1000
    expect(secondsLeft).toBeGreaterThan(0)
    expect(secondsLeft).toBeLessThanOrEqual(601)
    const text = JSON.stringify(items)
    for (const unsaid of [body.token, headers['idempotency-secret']]) {
      expect(text).not.toContain(unsaid)
    }
  })
})

it('a key on a run that was started is quoted or bare, too', async () => {
  const { client, sessionId } = await readySession(studio)
  const path = `/api/runs/${sessionId}/generate`
  const first = await client.post(path, undefined, key('"run"'))
  const again = await client.post(path, undefined, key('run'))
  expect([again.status, again.body]).toEqual([202, first.body])
  await client.post(`/api/runs/${first.body.run_id}/cancel`)
})
