import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import { holds, propertyLimit } from '../support/limits/properties.ts'
import { answers } from '../support/model-server/answers.ts'
import {
  type Client,
  openSocket,
  readLog,
  startSession,
  waitForEvent,
} from '../support/studio/client.ts'
import { openEvents, streamTurn } from '../support/studio/event-reader.ts'
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
const untilRun = '?until=run.completed'

const message = (client: Client, sessionId: string, text: string) =>
  client.post(`${sessionPath(sessionId)}/message`, { message: text })

const asText = (events: unknown[]): string[] => events.map((event) => JSON.stringify(event))

describe('the log as a stream', () => {
  it('is the same list as over socket, long-poll and history, byte for byte', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const stream = await openEvents(client, eventsPath(sessionId, untilRun))
    const socket = await openSocket(client, sessionId)
    const polled: StudioEvent[] = []
    const poll = async (): Promise<void> => {
      while (!polled.some(({ type }) => type === 'run.completed')) {
        const after = polled.at(-1)?.seq ?? 0
        const { body } = await client.get(eventsPath(sessionId, `?after=${after}&wait=20`))
        polled.push(...body.events)
      }
    }
    const polling = poll()
    studio.model.script('planner', plannerAnswer(completeUpdates.slice(0, 2)))
    const turn = await streamTurn(client, sessionId, '동백 핸드크림을 팔아요')
    await turn.ended
    studio.model.script('planner', plannerAnswer(completeUpdates, '다 됐어요!', null))
    await message(client, sessionId, '나머지도 다 알려 드릴게요')
    scriptRun(studio.model)
    await client.post(`/api/runs/${sessionId}/generate/async`)
    expect(await stream.ended).toBe(true)
    expect(stream.retry()).toBe(1000)
    await polling
    await socket.until(() => socket.events().some(({ type }) => type === 'run.completed'))
    socket.send({ action: 'resume', after_seq: 0 })
    await socket.until(() => socket.frames.at(-1)?.type === 'replay')

    const log = await readLog(client, sessionId)
    const list = asText(log)
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1))
    const read = stream.messages.length
    expect(stream.data()).toEqual(list.slice(0, read))
    expect(stream.messages.some(({ event }) => event === 'run.completed')).toBe(true)
    expect(turn.data()).toEqual(list.slice(1, 1 + turn.messages.length))
    expect(asText(polled)).toEqual(list.slice(0, polled.length))
    const replayed = socket.frames.at(-1)?.events as StudioEvent[]
    expect(asText(replayed)).toEqual(list)
    for (const event of socket.events()) {
      expect(JSON.stringify(event)).toBe(list[event.seq - 1])
    }
    const raw = await fetch(`${client.origin}${eventsPath(sessionId, '?limit=1000')}`, {
      headers: { authorization: `Bearer ${client.token}` },
    })
    const rest = await openEvents(client, eventsPath(sessionId, untilRun))
    await rest.ended
    expect(await raw.text()).toBe(
      `{"events":[${rest.data().join(',')}],"next_after":${rest.messages.length}}`,
    )
    await socket.close()
  })

  it('comes to a socket one event in a frame, or several to one that asked for it', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const sockets = await Promise.all([
      openSocket(client, sessionId),
      openSocket(client, sessionId, 'event'),
      openSocket(client, sessionId, 'events'),
    ])
    studio.model.script('planner', plannerAnswer(completeUpdates.slice(0, 2)))
    await message(client, sessionId, '동백 핸드크림을 팔아요')
    const pushed = (await readLog(client, sessionId)).slice(1)
    for (const socket of sockets) {
      await socket.until(() => socket.events().some(({ type }) => type === 'turn.completed'))
      expect(asText(socket.events())).toEqual(asText(pushed))
    }
    const [plain, single, several] = sockets.map(({ frames }) => frames)
    expect(plain).toEqual(pushed)
    expect(single).toEqual(pushed)
    // What ends a turn is appended at once: its change of the brief, and its end.
    expect(several?.at(-1)).toMatchObject({ type: 'events' })
    for (const socket of sockets) await socket.close()
  })

  it('shows what others append while it is still new', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const reader = await openEvents(client, eventsPath(sessionId, '?after=1'))
    studio.model.script('planner', answers.silence())
    const turn = message(client, sessionId, '안녕하세요')
    // The turn's own answer is not there before its end: what is read now comes from its middle.
    await reader.until(() => reader.saw('turn.started'))
    await client.post(`${sessionPath(sessionId)}/stop`)
    await reader.until(() => reader.saw('error'))
    expect((await turn).body.error.code).toBe('STOPPED')
    expect(reader.messages.map(({ id }) => id)).toEqual(['2', '3'])
    reader.cut()
  })

  it('is seen once each by a reader whose connection breaks anywhere, however often', {
    timeout: propertyLimit(),
  }, async () => {
    const { client, sessionId } = await readySession(studio)
    scriptRun(studio.model)
    await client.post(`/api/runs/${sessionId}/generate`)
    await waitForEvent(client, sessionId, ({ type }) => type === 'run.completed')
    const log = asText(await readLog(client, sessionId))
    const bytes = Buffer.byteLength(log.join('')) + 60 * log.length
    const path = eventsPath(sessionId, untilRun)

    await holds(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: bytes }), { maxLength: 6 }),
        async (breaks) => {
          const seen: string[] = []
          let lastEventId: string | undefined
          for (const breakAfter of [...breaks, Number.MAX_SAFE_INTEGER]) {
            const reader = await openEvents(client, path, { breakAfter, lastEventId })
            await reader.ended
            seen.push(...reader.data())
            lastEventId = reader.messages.at(-1)?.id ?? lastEventId
          }
          expect(seen).toEqual(log)
        },
      ),
      { short: 10, full: 40 },
    )
  })

  it('is seen once each by readers that break off and come back while it grows', async () => {
    const { client, sessionId } = await readySession(studio)
    scriptRun(studio.model, { pace: { first: 20, between: 5 } })
    const follow = async (pauses: number[]): Promise<string[]> => {
      const seen: string[] = []
      let lastEventId: string | undefined
      for (const pause of [...pauses, undefined]) {
        const path = eventsPath(sessionId, untilRun)
        const reader = await openEvents(client, path, { lastEventId })
        if (pause !== undefined) setTimeout(reader.cut, pause)
        await reader.ended
        seen.push(...reader.data())
        lastEventId = reader.messages.at(-1)?.id ?? lastEventId
      }
      return seen
    }
    const readers = fc
      .sample(fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 3 }), 4)
      .map(follow)
    await client.post(`/api/runs/${sessionId}/generate`)
    const all = await Promise.all(readers)
    const log = asText(await readLog(client, sessionId))
    for (const seen of all) expect(seen).toEqual(log)
  })

  it('prefers the id that the reader had last to the one it asks for', async () => {
    const { client, sessionId } = await readySession(studio)
    const log = await readLog(client, sessionId)
    const reader = await openEvents(client, eventsPath(sessionId, '?after=1'), { lastEventId: 2 })
    await reader.until(() => reader.messages.length === log.length - 2)
    expect(reader.messages[0]?.id).toBe('3')
    reader.cut()
  })

  it('answers JSON when no stream is asked for, and lets the request wait for news', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const waiting = client.get(eventsPath(sessionId, '?after=1&wait=20'))
    studio.model.script('planner', plannerAnswer([]))
    await message(client, sessionId, '안녕하세요')
    const { status, headers, body } = await waiting
    expect(status).toBe(200)
    expect(headers.get('content-type')).toContain('application/json')
    expect(body.events[0]).toMatchObject({ seq: 2, type: 'turn.started' })
    expect(body.next_after).toBe(body.events.at(-1).seq)
  })
})

describe('an event stream that ends with the run', () => {
  it('ends at once for a reader that has the end, and with the next run when there is a new one', async () => {
    const { client, sessionId } = await readySession(studio)
    scriptRun(studio.model)
    await client.post(`/api/runs/${sessionId}/generate`)
    const first = await openEvents(client, eventsPath(sessionId, untilRun))
    expect(await first.ended).toBe(true)
    const end = first.messages.at(-1)?.id
    const none = await openEvents(client, eventsPath(sessionId, untilRun), { lastEventId: end })
    expect(none.status).toBe(204)
    expect(await none.ended).toBe(true)
    expect(none.messages).toEqual([])

    scriptRun(studio.model, { pace: { first: 20, between: 5 } })
    await client.post(`/api/runs/${sessionId}/generate`)
    const second = await openEvents(client, eventsPath(sessionId, untilRun))
    expect(await second.ended).toBe(true)
    expect(second.messages.filter(({ event }) => event === 'run.completed')).toHaveLength(2)
  })

  it('ends with a run that fails', async () => {
    const { client, sessionId } = await readySession(studio)
    studio.model.script('search', answers.refusal())
    await client.post(`/api/runs/${sessionId}/generate`)
    const reader = await openEvents(client, eventsPath(sessionId, untilRun))
    expect(await reader.ended).toBe(true)
    expect(reader.events().at(-1)).toMatchObject({ type: 'error', data: { stage: 'research' } })
  })

  it('ends with a run that is cancelled', async () => {
    const { client, sessionId } = await readySession(studio)
    studio.model.script('search', answers.silence())
    const { body } = await client.post(`/api/runs/${sessionId}/generate`)
    const reader = await openEvents(client, eventsPath(sessionId, untilRun))
    await reader.until(() => reader.saw('stage.changed'))
    await client.post(`/api/runs/${body.run_id}/cancel`)
    expect(await reader.ended).toBe(true)
    expect(reader.events().findLast(({ type }) => type === 'stage.changed')).toMatchObject({
      data: { from: 'RUN_RESEARCH', to: 'BRIEF_READY' },
    })
  })
})

describe("a job's stream", () => {
  it('has its updates and nothing else, and ends with it', async () => {
    const { client, sessionId } = await readySession(studio)
    scriptRun(studio.model)
    const { body } = await client.post(`/api/runs/${sessionId}/generate/async`)
    const path = `/api/jobs/${body.job_id}/stream`
    const reader = await openEvents(client, path)
    expect(await reader.ended).toBe(true)
    const log = await readLog(client, sessionId)
    expect(reader.data()).toEqual(asText(log.filter(({ type }) => type === 'job.updated')))
    expect(reader.events().at(-1)).toMatchObject({ data: { status: 'completed', progress: 100 } })

    const half = reader.messages[1]?.id
    const rest = await openEvents(client, path, { lastEventId: half })
    expect(await rest.ended).toBe(true)
    expect(rest.data()).toEqual(reader.data().slice(2))
  })
})
