import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { download, reply, spoken, talk } from '../support/audio/assistant-voice.ts'
import { type Client, createClient, openSocket, startSession } from '../support/studio/client.ts'
import { openEvents } from '../support/studio/event-reader.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { plannerAnswer } from '../support/studio/studio.ts'

const studio = useStudio()

/** A caller of its own, with its principal. */
const caller = async (): Promise<{ client: Client; principal: string }> => {
  const { client } = await startSession(studio.origin)
  const { body } = await client.get('/api/me')
  return { client, principal: body.principal }
}

/** A session with one reader. */
const sharedSession = async () => {
  const owner = await startSession(studio.origin)
  const reader = await caller()
  const path = `/api/chat/session/${owner.sessionId}`
  const readerPath = `${path}/readers/${reader.principal}`
  const added = await owner.client.put(readerPath)
  expect(added).toMatchObject({ status: 200, body: { readers: [reader.principal] } })
  return { owner: owner.client, sessionId: owner.sessionId, reader, path, readerPath }
}

/** The status with which a socket is refused. */
const refusalOf = async (url: string): Promise<number | undefined> => {
  const socket = new WebSocket(url)
  socket.on('error', () => {})
  const [, response] = await once(socket, 'unexpected-response')
  socket.terminate()
  return response.statusCode
}

const turn = (client: Client, path: string) => {
  studio.model.script('planner', plannerAnswer([]))
  return client.post(`${path}/message`, { message: '동백 핸드크림이에요.' })
}

describe('a reader of a session', () => {
  it('reads what the owner reads, and is told that it is a reader', async () => {
    const { owner, reader, path } = await sharedSession()
    await turn(owner, path)
    const { access: _, ...own } = (await owner.get(path)).body
    expect((await reader.client.get(path)).body).toEqual({ access: 'reader', ...own })
    for (const part of ['/messages', '/events']) {
      expect((await reader.client.get(path + part)).body).toEqual(
        (await owner.get(path + part)).body,
      )
    }
  })

  it('follows the log as the owner does', async () => {
    const { owner, reader, path } = await sharedSession()
    const events = await openEvents(reader.client, `${path}/events`)
    await turn(owner, path)
    await events.until(() => events.saw('turn.completed'))
    events.cut()
  })

  it('changes nothing, over HTTP and over a socket', async () => {
    const { owner, reader, path, sessionId } = await sharedSession()
    const before = (await owner.get(`${path}/events`)).body
    expect(await reader.client.post(`${path}/message`, { message: '안녕하세요' })).toMatchObject({
      status: 403,
      body: { error: { code: 'FORBIDDEN' } },
    })
    const socket = await openSocket(reader.client, sessionId)
    socket.send({ action: 'resume', after_seq: 0 })
    socket.send({ action: 'message', message: '안녕하세요' })
    socket.send({ action: 'stop' })
    await socket.until(() => socket.frames.length === 3)
    expect(socket.frames.find(({ type }) => type === 'replay')).toMatchObject({
      events: before.events,
    })
    expect(socket.frames.filter(({ type }) => type === 'rejected')).toEqual([
      expect.objectContaining({ error: expect.objectContaining({ code: 'FORBIDDEN' }) }),
      expect.objectContaining({ error: expect.objectContaining({ code: 'FORBIDDEN' }) }),
    ])
    await socket.close()
    expect((await owner.get(`${path}/events`)).body).toEqual(before)
  })

  it('names no readers and does not learn who the others are', async () => {
    const { reader, path } = await sharedSession()
    const { principal } = await caller()
    const answers = [
      await reader.client.get(`${path}/readers`),
      await reader.client.put(`${path}/readers/${principal}`),
      await reader.client.delete(`${path}/readers/${reader.principal}`),
    ]
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403])
    for (const { body } of answers) expect(body).not.toHaveProperty('readers')
  })
})

it('a reader hears what was spoken, and has nothing more spoken', async () => {
  const { client, sessionId, voice } = await talk(studio)
  const reader = await caller()
  const path = `/api/chat/session/${sessionId}`
  await client.put(`${path}/readers/${reader.principal}`)
  const wanted = { text: reply, voice_preset: 'friendly_ko', format: 'mp3' }
  const ask = () => reader.client.post(`${path}/assistant-voice`, wanted)
  expect((await ask()).body.error.code).toBe('FORBIDDEN')
  expect(studio.aws.polly.calls).toEqual([])
  const { duration_ms } = spoken(await voice(wanted))
  const heard = spoken(await ask())
  expect(heard.duration_ms).toBe(duration_ms)
  expect((await download(heard.audio_url)).length).toBe(heard.bytes_size)
})

describe('a reader that is removed', () => {
  it('finds what a stranger finds, and its sockets, streams and tickets end', async () => {
    const { owner, reader, path, readerPath, sessionId } = await sharedSession()
    const socket = await openSocket(reader.client, sessionId)
    const events = await openEvents(reader.client, `${path}/events?until=run.completed`)
    const polled = reader.client.get(`${path}/events?after=1&wait=4`)
    const ticket = await reader.client.post(`${path}/ticket`)
    expect(await owner.delete(readerPath)).toMatchObject({ status: 200, body: { readers: [] } })

    await expect(socket.until(() => false)).rejects.toThrow('The socket closed')
    expect(await events.ended).toBe(true)
    expect((await polled).status).toBe(404)
    const { socket_url, ticket: unused } = ticket.body
    expect(await refusalOf(`${socket_url}?ticket=${unused}`)).toBe(401)
    const stranger = await caller()
    for (const { client } of [reader, stranger]) {
      const { instance: _, request_id: __, ...answer } = (await client.get(path)).body
      expect(answer).toMatchObject({ status: 404, error: { code: 'SESSION_NOT_FOUND' } })
    }
    expect((await owner.delete(readerPath)).status).toBe(200)
  })

  it('is gone with the session', async () => {
    const { owner, reader, path, sessionId } = await sharedSession()
    expect((await owner.delete(path)).status).toBe(204)
    expect((await reader.client.get(path)).status).toBe(404)
    const left = (await studio.items()).filter(({ PK }) => PK?.S === `SESSION#${sessionId}`)
    expect(left).toEqual([])
  })
})

describe('the readers of a session', () => {
  it('are another principal each, twenty at most, and each once', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const path = `/api/chat/session/${sessionId}/readers`
    const own = (await client.get('/api/me')).body.principal
    for (const wrong of [own, 'someone@team.example', 'user_1', '%20']) {
      expect((await client.put(`${path}/${wrong}`)).body.error.code).toBe('INVALID_INPUT')
    }
    const names = Array.from({ length: 20 }, (_, n) => `oidc_${String(n).padStart(40, '0')}`)
    // All at once: none of them is lost.
    const added = await Promise.all(names.slice(0, 5).map((name) => client.put(`${path}/${name}`)))
    expect(added.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    for (const name of names) expect((await client.put(`${path}/${name}`)).status).toBe(200)
    const more = await client.put(`${path}/oidc_${'f'.repeat(40)}`)
    expect(more).toMatchObject({ status: 422, body: { errors: [{ path: 'principal' }] } })
    expect((await client.get(path)).body.readers.toSorted()).toEqual(names)
  })

  it('of a session of somebody else are as unknown as the session', async () => {
    const { path, readerPath } = await sharedSession()
    const stranger = await startSession(studio.origin)
    const answers = [
      await stranger.client.get(`${path}/readers`),
      await stranger.client.put(readerPath),
      await stranger.client.delete(readerPath),
    ]
    expect(answers.map(({ body }) => body.error.code)).toEqual(
      answers.map(() => 'SESSION_NOT_FOUND'),
    )
  })
})

it('a token is needed to know who one is', async () => {
  expect((await createClient(studio.origin).get('/api/me')).status).toBe(401)
})
