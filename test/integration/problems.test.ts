import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { Problem } from '../../shared/contracts/problems.ts'
import { answers } from '../support/model-server/answers.ts'
import {
  type Client,
  createClient,
  openSocket,
  readLog,
  startSession,
} from '../support/studio/client.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { plannerAnswer } from '../support/studio/studio.ts'

const studio = useStudio()
let client: Client
let sessionId: string
beforeAll(async () => {
  ;({ client, sessionId } = await startSession(studio.origin))
})

const messagePath = '/api/chat/session/SESSION/message'
const at = (path: string): string => path.replace('SESSION', sessionId)

describe('a request that cannot be served', () => {
  it.each([
    ['an unknown route', 'GET', '/api/nowhere', undefined, 404, 'ROUTE_NOT_FOUND'],
    ['malformed JSON', 'POST', messagePath, '{"message": ', 400, 'MALFORMED_JSON'],
    ['a wrong type', 'POST', messagePath, { message: 7 }, 422, 'INVALID_INPUT'],
    ['white space alone', 'POST', messagePath, { message: '  \n' }, 422, 'INVALID_INPUT'],
    ['a text too long', 'POST', messagePath, { message: 'ㄱ'.repeat(3001) }, 422, 'INVALID_INPUT'],
    ['an unknown key', 'POST', messagePath, { message: 'a', extra: 1 }, 422, 'INVALID_INPUT'],
    ['a body too large', 'POST', messagePath, `"${'x'.repeat(70_000)}"`, 413, 'PAYLOAD_TOO_LARGE'],
    [
      'a missing session',
      'GET',
      '/api/chat/session/sess_00000000000000000000000000',
      undefined,
      404,
      'SESSION_NOT_FOUND',
    ],
    ['no id at all', 'GET', '/api/chat/session/nonsense', undefined, 404, 'SESSION_NOT_FOUND'],
    ['a missing run', 'GET', '/api/runs/run_nothing', undefined, 404, 'RUN_NOT_FOUND'],
    ['a limit out of range', 'GET', '/api/runs?limit=101', undefined, 422, 'INVALID_INPUT'],
    ['a made-up cursor', 'GET', '/api/runs?cursor=abc', undefined, 422, 'INVALID_INPUT'],
    ['an unknown locale', 'POST', '/api/chat/session', { locale: 'fr-FR' }, 422, 'INVALID_INPUT'],
  ] as const)(
    '%s is answered with a problem that names the rule',
    async (_, method, path, body, status, code) => {
      const answer =
        method === 'GET' ? await client.get(at(path)) : await client.post(at(path), body)
      expect(answer.status).toBe(status)
      expect(answer.headers.get('content-type')).toContain('application/problem+json')
      const problem = Problem.parse(answer.body)
      expect(problem).toMatchObject({ status, error: { code } })
      expect(answer.headers.get('x-request-id')).toBe(problem.request_id)
      if (code === 'INVALID_INPUT') expect(problem.errors?.length).toBeGreaterThan(0)
    },
  )

  it('names the field', async () => {
    const { body } = await client.post(at(messagePath), { message: 7 })
    expect(body.errors).toMatchObject([{ path: 'message' }])
  })

  it('is explained in the language of the caller', async () => {
    const english = await client.get('/api/nowhere', { 'accept-language': 'en-GB,en;q=0.9' })
    const korean = await client.get('/api/nowhere', { 'accept-language': 'ko' })
    expect(english.body.title).toMatch(/^[\x20-\x7e]+$/)
    expect(korean.body.title).toMatch(/[가-힣]/)
  })

  it('keeps the request id of the caller', async () => {
    const { headers } = await client.get('/health', { 'x-request-id': 'mine-1' })
    expect(headers.get('x-request-id')).toBe('mine-1')
  })

  it('repeats no character of its address that does not show', async () => {
    const { status, body } = await client.get('/api/nowhere%E2%80%AE%00gpj')
    expect(status).toBe(404)
    expect(body.detail).toContain('/api/nowhereU+202EU+0gpj')
    expect(body.instance).toBe('/api/nowhere%E2%80%AE%00gpj')
  })

  it('that is compressed, or names a key twice, is told so', async () => {
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    const body = gzipSync('{"message":"안녕"}')
    const url = `${studio.origin}${at(messagePath)}`
    const authorization = `Bearer ${client.token}`
    const zipped = await fetch(url, {
      ...{ method: 'POST', headers: { ...headers, authorization }, body },
    })
    expect(Problem.parse(await zipped.json())).toMatchObject({
      status: 415,
      error: { code: 'UNSUPPORTED_MEDIA' },
      errors: [{ path: 'Content-Encoding' }],
    })
    expect(await client.post(at(messagePath), '{"message":"a","message":"b"}')).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'message', message: 'must be given once' }] },
    })
  })

  it('may ask for the head of an answer alone', async () => {
    for (const path of ['/health', '/openapi.json', '/asyncapi.json', '/docs']) {
      const [get, head] = await Promise.all(
        ['GET', 'HEAD'].map((method) => fetch(`${studio.origin}${path}`, { method })),
      )
      expect([head?.status, await head?.text()]).toEqual([200, ''])
      expect(head?.headers.get('etag')).toBe(get?.headers.get('etag') ?? null)
      expect(head?.headers.get('content-type')).toBe(get?.headers.get('content-type'))
    }
  })

  it('answers the same to no token, and to a forged one', async () => {
    const path = `/api/chat/session/${sessionId}`
    const none = await createClient(studio.origin).get(path)
    const forged = await createClient(studio.origin, `${client.token}x`).get(path)
    const garbage = await createClient(studio.origin, 'garbage').get(path)
    for (const answer of [none, forged, garbage]) {
      expect(answer).toMatchObject({ status: 401, body: { error: { code: 'UNAUTHORIZED' } } })
    }
  })

  it("answers to another owner's id exactly as to a missing one", async () => {
    const other = await startSession(studio.origin)
    const missing = 'sess_00000000000000000000000000'
    const requests = (id: string) => [
      other.client.get(`/api/chat/session/${id}`),
      other.client.get(`/api/chat/session/${id}/messages`),
      other.client.get(`/api/chat/session/${id}/events`),
      other.client.post(`/api/chat/session/${id}/message`, { message: 'a' }),
      other.client.post(`/api/chat/session/${id}/ticket`),
      other.client.post(`/api/runs/${id}/generate`),
    ]
    const plain = (answers: Awaited<ReturnType<Client['get']>>[], id: string) =>
      answers.map(({ status, body: { request_id, instance, ...body } }) => ({
        status,
        body,
        instance: instance.replace(id, 'ID'),
      }))
    const foreign = plain(await Promise.all(requests(sessionId)), sessionId)
    expect(foreign).toEqual(plain(await Promise.all(requests(missing)), missing))
    expect(foreign.every(({ status }) => status === 404)).toBe(true)
  })

  it('a second message during a turn is refused, and loses nothing', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.script('planner', answers.silence())
    const path = `/api/chat/session/${sessionId}/message`
    const first = client.post(path, { message: '하나' })
    const socket = await openSocket(client, sessionId)
    socket.send({ action: 'resume', after_seq: 0 })
    await socket.until(() => socket.events().some(({ type }) => type === 'turn.started'))
    const second = await client.post(path, { message: '둘' })
    expect(second).toMatchObject({ status: 409, body: { error: { code: 'TURN_IN_PROGRESS' } } })
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0)
    studio.model.script('planner', plannerAnswer([]))
    studio.model.hangUp()
    expect(await first).toMatchObject({ status: 200, body: { turn: 1 } })
    const started = (await readLog(client, sessionId)).filter(({ type }) => type === 'turn.started')
    expect(started).toHaveLength(1)
    await socket.close()
  })
})

describe('a socket', () => {
  it('does not open without a ticket, nor twice with one', async () => {
    const { body } = await client.post(`/api/chat/session/${sessionId}/ticket`)
    const open = (ticket: string) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(`${body.socket_url}?ticket=${ticket}`)
        socket.onopen = () => {
          resolve('open')
          socket.close()
        }
        socket.onerror = () => resolve('refused')
      })
    expect(await open('nothing')).toBe('refused')
    expect(await open(body.ticket)).toBe('open')
    expect(await open(body.ticket)).toBe('refused')
  })

  it('says to its sender what it refuses', async () => {
    const socket = await openSocket(client, sessionId)
    const frames = ['not json', '{"action":"dance"}', '{"action":"message","message":""}']
    for (const frame of frames) {
      const before = socket.frames.length
      socket.send(frame)
      await socket.until(() => socket.frames.length > before)
    }
    expect(socket.frames).toMatchObject([
      { type: 'rejected', action: null, error: { code: 'MALFORMED_JSON' } },
      { type: 'rejected', action: 'dance', error: { code: 'INVALID_INPUT' } },
      { type: 'rejected', action: 'message', error: { code: 'INVALID_INPUT' } },
    ])
    socket.send({ action: 'ping' })
    await socket.until(() => socket.frames.at(-1)?.type === 'pong')
    await socket.close()
  })
})
