import { expect, it } from 'vitest'
import { answers } from '../support/model-server/answers.ts'
import { openSocket, readLog, startSession, waitForEvent } from '../support/studio/client.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { plannerAnswer, readySession, scriptRun } from '../support/studio/studio.ts'

const studio = useStudio()

it('two parallel generates with one key make one run, and a lost answer is had again', async () => {
  const { client, sessionId } = await readySession(studio)
  scriptRun(studio.model)
  const path = `/api/runs/${sessionId}/generate`
  const generate = () => client.post(path, undefined, { 'idempotency-key': 'launch-1' })
  const both = await Promise.all([generate(), generate()])
  const codes = both.map(({ status, body }) => (status === 202 ? 202 : body.error.code))
  for (const code of codes) expect([202, 'REQUEST_IN_FLIGHT']).toContain(code)
  expect(codes).toContain(202)
  const again = await generate()
  const accepted = both.find(({ status }) => status === 202)
  expect(again).toMatchObject({ status: 202, body: accepted?.body })
  await waitForEvent(client, sessionId, ({ type }) => type === 'run.completed')
  expect((await client.get('/api/runs')).body.runs).toHaveLength(1)
  expect((await generate()).body).toEqual(accepted?.body)
})

it('one key with another body is a conflict', async () => {
  const { client } = await startSession(studio.origin)
  const create = (locale: string) =>
    client.post('/api/chat/session', { locale }, { 'idempotency-key': 'same' })
  const first = await create('ko-KR')
  expect((await create('ko-KR')).body).toEqual(first.body)
  expect(await create('en-US')).toMatchObject({
    status: 422,
    body: { error: { code: 'IDEMPOTENCY_CONFLICT' } },
  })
})

it("a key is its caller's own", async () => {
  const one = await startSession(studio.origin)
  const other = await startSession(studio.origin)
  const create = (client: typeof one.client) =>
    client.post('/api/chat/session', {}, { 'idempotency-key': 'mine' })
  const made = await Promise.all([create(one.client), create(other.client)])
  expect(made[0]?.body.session_id).not.toBe(made[1]?.body.session_id)
})

it('a message that names itself is answered once, and refused with another text', async () => {
  const { client, sessionId } = await startSession(studio.origin)
  const path = `/api/chat/session/${sessionId}/message`
  studio.model.script('planner', plannerAnswer([]))
  const send = (message: string) => client.post(path, { message, client_message_id: 'm1' })
  const first = await send('안녕하세요')
  expect(first.status).toBe(200)
  expect((await send('안녕하세요')).body).toEqual(first.body)
  expect((await send('다른 말')).body.error.code).toBe('IDEMPOTENCY_CONFLICT')
  expect(studio.model.calls).toHaveLength(1)
  const started = (await readLog(client, sessionId)).filter(({ type }) => type === 'turn.started')
  expect(started).toHaveLength(1)
})

it('a key of the caller is none of ours, whatever it is called', async () => {
  const { client, sessionId } = await startSession(studio.origin)
  const path = `/api/chat/session/${sessionId}/message`
  studio.model.script('planner', plannerAnswer([]))
  const named = { message: '안녕하세요', client_message_id: 'm1' }
  const send = () => client.post(path, named, { 'idempotency-key': 'message:m1' })
  const first = await send()
  expect(first.status).toBe(200)
  expect((await send()).body).toEqual(first.body)
  expect((await client.post(path, named)).body).toEqual(first.body)
})

it('a message that was answered before is replayed to the socket that sends it', async () => {
  const { client, sessionId } = await startSession(studio.origin)
  const first = { message: '안녕하세요', client_message_id: 'm1' }
  studio.model.script('planner', plannerAnswer([]), plannerAnswer([]))
  await client.post(`/api/chat/session/${sessionId}/message`, first)
  await client.post(`/api/chat/session/${sessionId}/message`, { message: '또 왔어요' })
  const socket = await openSocket(client, sessionId)
  socket.send({ action: 'message', ...first })
  await socket.until(() => socket.frames.length > 0)
  const log = await readLog(client, sessionId)
  expect(socket.frames).toEqual([{ type: 'replay', events: log.slice(1), next_after: null }])
  expect(studio.model.calls).toHaveLength(2)
  await socket.close()
})

it('a failed request is forgotten, so that the same key may try again', async () => {
  const { client, sessionId } = await startSession(studio.origin)
  const path = `/api/chat/session/${sessionId}/message`
  const send = () => client.post(path, { message: '안녕', client_message_id: 'm1' })
  studio.model.script('planner', answers.refusal())
  expect((await send()).status).toBe(502)
  studio.model.script('planner', plannerAnswer([]))
  expect((await send()).status).toBe(200)
})
