import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, openSocket, readLog, waitForEvent } from '../support/studio/client.ts'
import { openEvents } from '../support/studio/event-reader.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { readySession, scriptRun } from '../support/studio/studio.ts'

const studio = useStudio()
const sse = { accept: 'text/event-stream' }

let client: Client
let sessionId: string
let eventsPath: string
let jobPath: string
let last: number
let lastOfJob: number
beforeAll(async () => {
  ;({ client, sessionId } = await readySession(studio))
  scriptRun(studio.model)
  const { body } = await client.post(`/api/runs/${sessionId}/generate/async`)
  await waitForEvent(client, sessionId, ({ type }) => type === 'run.completed')
  const log = await readLog(client, sessionId)
  eventsPath = `/api/chat/session/${sessionId}/events`
  jobPath = `/api/jobs/${body.job_id}/stream`
  last = log.at(-1)?.seq ?? 0
  lastOfJob = log.findLast(({ type }) => type === 'job.updated')?.seq ?? 0
})

describe('a position beyond the end of the log', () => {
  const refused = (path: string) => ({
    status: 422,
    body: {
      error: { code: 'INVALID_INPUT' },
      errors: [{ path, message: `must be at most ${last}, the last seq of this log` }],
    },
  })

  it.each([1, 500, 999_000_000])('is refused by every HTTP transport, %d further', async (more) => {
    const beyond = last + more
    const header = { ...sse, 'last-event-id': String(beyond) }
    const asked = (path: string, headers: Record<string, string> = {}) => client.get(path, headers)
    expect(await asked(`${eventsPath}?after=${beyond}&wait=25`)).toMatchObject(refused('after'))
    expect(await asked(`${eventsPath}?after=${beyond}`, sse)).toMatchObject(refused('after'))
    expect(await asked(eventsPath, header)).toMatchObject(refused('Last-Event-ID'))
    expect(await asked(`${eventsPath}?until=run.completed`, header)).toMatchObject(
      refused('Last-Event-ID'),
    )
    expect(await asked(`${jobPath}?after=${beyond}`)).toMatchObject(refused('after'))
    expect(await asked(jobPath, header)).toMatchObject(refused('Last-Event-ID'))
  })

  it('is refused by the socket, which goes on with one inside the log', async () => {
    const socket = await openSocket(client, sessionId)
    socket.send({ action: 'resume', after_seq: last + 1 })
    socket.send({ action: 'resume', after_seq: Number.MAX_SAFE_INTEGER })
    await socket.until(() => socket.frames.length === 2)
    const rejected = {
      type: 'rejected',
      action: 'resume',
      error: { code: 'INVALID_INPUT' },
      errors: [{ path: 'after_seq', message: `must be at most ${last}, the last seq of this log` }],
    }
    expect(socket.frames).toMatchObject([rejected, rejected])
    socket.send({ action: 'resume', after_seq: last })
    await socket.until(() => socket.frames.length === 3)
    expect(socket.frames[2]).toEqual({ type: 'replay', events: [], next_after: null })
    await socket.close()
  })

  it('at the end itself is none', async () => {
    const page = await client.get(`${eventsPath}?after=${last}`)
    expect(page).toMatchObject({ status: 200, body: { events: [], next_after: last } })
  })
})

describe('an event stream of what has ended', () => {
  it.each(['run', 'job'])('gives a reader the rest, and sends it away for good: %s', async (of) => {
    const path = of === 'run' ? `${eventsPath}?until=run.completed` : jobPath
    const end = of === 'run' ? last : lastOfJob
    const rest = await openEvents(client, path, { lastEventId: end - 1 })
    expect([rest.status, await rest.ended]).toEqual([200, true])
    expect(rest.messages.map(({ id }) => id)).toEqual([String(end)])
    for (const lastEventId of [end, last]) {
      const done = await openEvents(client, path, { lastEventId })
      expect([done.status, await done.ended, done.messages]).toEqual([204, true, []])
    }
  })

  it('sends away a reader that names its position in the address', async () => {
    for (const path of [
      `${eventsPath}?until=run.completed&after=${last}`,
      `${jobPath}?after=${last}`,
    ]) {
      const { status, ended } = await openEvents(client, path)
      expect([status, await ended]).toEqual([204, true])
    }
  })

  it('keeps the reader of a conversation, which never ends', async () => {
    const reader = await openEvents(client, eventsPath, { lastEventId: last })
    expect(reader.status).toBe(200)
    reader.cut()
  })
})

const notNumbers = ['', '%20', '0x10', '1e3', '+5', '%2B5', '-0', '1.0', '%D9%A3', '5%20', '1_0']
const numbers = [...notNumbers, 'Infinity', 'null', '9'.repeat(400)]

describe('what is no number', () => {
  it.each(numbers)('is refused where a query wants one: %s', async (text) => {
    const fields: [path: string, name: string][] = [
      [eventsPath, 'after'],
      [eventsPath, 'limit'],
      [eventsPath, 'wait'],
      [`/api/chat/session/${sessionId}/messages`, 'after_turn'],
      [`/api/chat/session/${sessionId}/messages`, 'limit'],
      ['/api/jobs', 'offset'],
      ['/api/runs', 'limit'],
      ['/api/launch/history', 'offset'],
      [jobPath, 'after'],
    ]
    for (const [path, name] of fields) {
      const { status, body } = await client.get(`${path}?${name}=${text}`)
      expect([path, name, status, body.errors?.map((each: { path: string }) => each.path)]).toEqual(
        [path, name, 422, [name]],
      )
    }
  })

  it.each(['', '0x10', '1e3', '+5', '-0', '1.0', '1, 2', '9'.repeat(400)])(
    'is refused as Last-Event-ID: %s',
    async (id) => {
      for (const path of [eventsPath, jobPath]) {
        expect(await client.get(path, { ...sse, 'last-event-id': id })).toMatchObject({
          status: 422,
          body: { errors: [{ path: 'Last-Event-ID' }] },
        })
      }
    },
  )

  it.each(['after=1&after=2', 'after=1&after=1', 'limit=5&after=1&limit=5'])(
    'is refused when it is given twice: %s',
    async (query) => {
      const [name = ''] = query.split('=')
      for (const headers of [{}, sse]) {
        expect(await client.get(`${eventsPath}?${query}`, headers)).toMatchObject({
          status: 422,
          body: { errors: [{ path: name, message: 'must be given once' }] },
        })
      }
    },
  )

  it('a number of plain digits is taken', async () => {
    const page = await client.get(`${eventsPath}?after=0&limit=2`)
    expect(page.body.events.map(({ seq }: { seq: number }) => seq)).toEqual([1, 2])
    const messages = `/api/chat/session/${sessionId}/messages?after_turn=-1`
    expect((await client.get(messages)).status).toBe(200)
  })

  it('a cursor of a list is taken back as it was given, and not otherwise', async () => {
    const cursor = Buffer.from('run_00000000000000000000000000').toString('base64url')
    expect((await client.get(`/api/runs?cursor=${cursor}`)).status).toBe(200)
    for (const made of ['', 'abc', `${cursor}%3D`, `${cursor}A`, `${cursor}!`, `%20${cursor}`]) {
      expect(await client.get(`/api/runs?cursor=${made}`)).toMatchObject({
        status: 422,
        body: { errors: [{ path: 'cursor' }] },
      })
    }
  })
})
