import { describe, expect, it } from 'vitest'
import { Problem } from '../../shared/contracts/problems.ts'
import { answers } from '../support/model-server/answers.ts'
import {
  type Client,
  createClient,
  readLog,
  startSession,
  waitForEvent,
} from '../support/studio/client.ts'
import { streamTurn } from '../support/studio/event-reader.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import {
  completeUpdates,
  plannerAnswer,
  readySession,
  scriptRun,
} from '../support/studio/studio.ts'

const studio = useStudio()

const sessionPath = (sessionId: string): string => `/api/chat/session/${sessionId}`
const eventsPath = (sessionId: string, query = ''): string =>
  `${sessionPath(sessionId)}/events${query}`

const message = (client: Client, sessionId: string, text: string) =>
  client.post(`${sessionPath(sessionId)}/message`, { message: text })

const asText = (events: unknown[]): string[] => events.map((event) => JSON.stringify(event))

describe('a turn as a stream', () => {
  it('is its part of the log, byte for byte, and ends with it', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.script('planner', {
      ...plannerAnswer(completeUpdates, '천천히 적고 있어요. 끝까지 다 적을게요.', null),
      pace: { first: 0, between: 10 },
    })
    const reader = await streamTurn(client, sessionId, '전부 알려 드려요')
    expect(reader.status).toBe(200)
    expect(reader.headers.get('content-type')).toContain('text/event-stream')
    expect(reader.headers.get('cache-control')).toContain('no-store')
    expect(reader.headers.get('x-request-id')).toMatch(/^req_/)
    expect(await reader.ended).toBe(true)

    const log = await readLog(client, sessionId)
    expect(reader.data()).toEqual(asText(log.slice(1)))
    expect(reader.messages.map(({ id, event }) => [id, event])).toEqual(
      log.slice(1).map(({ seq, type }) => [String(seq), type]),
    )
    expect(reader.messages[0]?.event).toBe('turn.started')
    expect(reader.messages.at(-1)?.event).toBe('turn.completed')
    expect(reader.messages.filter(({ event }) => event === 'planner.delta').length).toBeGreaterThan(
      1,
    )
  })

  it('holds what a run appends meanwhile, in its place', async () => {
    const { client, sessionId } = await readySession(studio)
    scriptRun(studio.model, { pace: { first: 0, between: 10 } })
    studio.model.script('planner', {
      ...plannerAnswer([], '지금 조사하고 있어요. 조금만 기다려 주세요. '.repeat(8), null),
      pace: { first: 300, between: 30 },
    })
    await client.post(`/api/runs/${sessionId}/generate`)
    await waitForEvent(client, sessionId, ({ type }) => type === 'research.delta')
    const reader = await streamTurn(client, sessionId, '어디까지 됐나요?')
    expect(await reader.ended).toBe(true)
    const first = reader.events()[0]?.seq ?? 0
    const log = await readLog(client, sessionId)
    expect(reader.data()).toEqual(asText(log.slice(first - 1, first - 1 + reader.messages.length)))
    expect(reader.saw('planner.delta')).toBe(true)
    expect(reader.events().some(({ run_id }) => run_id !== undefined)).toBe(true)
    await waitForEvent(client, sessionId, ({ type }) => type === 'run.completed')
  })

  it('goes on to its commit when the reader goes away', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.script('planner', {
      ...plannerAnswer(completeUpdates.slice(0, 1)),
      pace: { first: 200, between: 5 },
    })
    const reader = await streamTurn(client, sessionId, '안녕하세요')
    await reader.until(() => reader.saw('turn.started'))
    reader.cut()
    expect(await reader.ended).toBe(false)
    await waitForEvent(client, sessionId, ({ type }) => type === 'turn.completed')
    const { body } = await client.get(`${sessionPath(sessionId)}/messages`)
    expect(body.messages).toHaveLength(3)
  })

  it('reports a failure after its first byte as the event that the log has', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.script('planner', answers.refusal())
    const reader = await streamTurn(client, sessionId, '안녕하세요')
    expect(await reader.ended).toBe(true)
    expect(reader.status).toBe(200)
    expect(reader.events().at(-1)).toMatchObject({
      type: 'error',
      data: { code: 'MODEL_REFUSED', turn: 1 },
    })
    expect(reader.data()).toEqual(asText((await readLog(client, sessionId)).slice(1)))
  })

  it('ends when the turn is stopped', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.script('planner', answers.silence())
    const reader = await streamTurn(client, sessionId, '안녕하세요')
    await reader.until(() => reader.saw('turn.started'))
    await client.post(`${sessionPath(sessionId)}/stop`)
    expect(await reader.ended).toBe(true)
    expect(reader.events().at(-1)).toMatchObject({ type: 'error', data: { code: 'STOPPED' } })
  })

  it('is replayed, not taken again, when the same message is sent twice', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const more = { client_message_id: 'mine-1' }
    studio.model.script('planner', plannerAnswer([]))
    const first = await streamTurn(client, sessionId, '안녕하세요', more)
    await first.ended
    studio.model.script('planner', plannerAnswer([]))
    await message(client, sessionId, '또 있어요')
    const again = await streamTurn(client, sessionId, '안녕하세요', more)
    expect(await again.ended).toBe(true)
    expect(again.data()).toEqual(first.data())
    const log = await readLog(client, sessionId)
    expect(log.filter(({ type }) => type === 'turn.started')).toHaveLength(2)
  })
})

describe('a stream that cannot begin', () => {
  const missing = 'sess_00000000000000000000000000'
  const post = { post: { message: '안녕하세요' } }

  it.each([
    ['no such session', `${sessionPath(missing)}/message/stream`, post, 404, 'SESSION_NOT_FOUND'],
    ['no such log', eventsPath(missing), {}, 404, 'SESSION_NOT_FOUND'],
    ['no id at all', eventsPath('nonsense'), {}, 404, 'SESSION_NOT_FOUND'],
    ['no such job', '/api/jobs/job_00000000000000000000000000/stream', {}, 404, 'JOB_NOT_FOUND'],
    ['a wrong method', '/api/jobs/job_1/stream', post, 405, 'METHOD_NOT_ALLOWED'],
    [
      'a text too long',
      `${sessionPath('SESSION')}/message/stream`,
      { post: { message: 'ㄱ'.repeat(3001) } },
      422,
      'INVALID_INPUT',
    ],
    [
      'an id that is no seq',
      eventsPath('SESSION'),
      { lastEventId: 'evt_00002' },
      422,
      'INVALID_INPUT',
    ],
  ] as const)('for %s is a problem with its status', async (_, path, options, status, code) => {
    const { client, sessionId } = await startSession(studio.origin)
    const response = await fetch(`${client.origin}${path.replace('SESSION', sessionId)}`, {
      headers: {
        accept: 'text/event-stream',
        authorization: `Bearer ${client.token}`,
        ...('lastEventId' in options ? { 'last-event-id': options.lastEventId } : {}),
      },
      ...('post' in options ? { method: 'POST', body: JSON.stringify(options.post) } : {}),
    })
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    const problem = Problem.parse(await response.json())
    expect(problem).toMatchObject({ status, error: { code } })
    expect(response.headers.get('x-request-id')).toBe(problem.request_id)
  })

  it("without a token, and of another owner's session, is a problem as well", async () => {
    const { sessionId } = await startSession(studio.origin)
    const other = await startSession(studio.origin)
    const anonymous = createClient(studio.origin)
    const path = `${sessionPath(sessionId)}/message/stream`
    expect(await anonymous.post(path, post.post)).toMatchObject({ status: 401 })
    expect(await other.client.post(path, post.post)).toMatchObject({
      status: 404,
      body: { error: { code: 'SESSION_NOT_FOUND' } },
    })
  })

  it('because another turn is in progress, says when to come again', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.script('planner', answers.silence())
    const first = await streamTurn(client, sessionId, '하나')
    await first.until(() => first.saw('turn.started'))
    const second = await client.post(`${sessionPath(sessionId)}/message/stream`, {
      message: '둘',
    })
    expect(second).toMatchObject({ status: 409, body: { error: { code: 'TURN_IN_PROGRESS' } } })
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0)
    await client.post(`${sessionPath(sessionId)}/stop`)
    await first.ended
  })
})
