import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { speech } from '../support/audio/recordings.ts'
import { speak } from '../support/audio/voice-turns.ts'
import { eventually } from '../support/limits/eventually.ts'
import { type Answer, answers } from '../support/model-server/answers.ts'
import {
  sampleCreative,
  sampleFindings,
  sampleResearch,
  sampleStrategy,
} from '../support/model-server/samples.ts'
import {
  type Client,
  openSocket,
  readLog,
  startSession,
  waitForEvent,
} from '../support/studio/client.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { plannerAnswer, readySession, scriptRun } from '../support/studio/studio.ts'

const studio = useStudio()

const scriptUpTo = (stage: 'research' | 'creative'): void => {
  const { text, citations, sources } = sampleFindings
  studio.model.script('search', answers.search(text, { citations, sources }))
  if (stage === 'research') return
  studio.model.script('research', answers.json(sampleResearch))
  studio.model.script('strategy', answers.json(sampleStrategy))
}

/** Of the creatives those for the copies. */
const callsOf = (asker: string) =>
  studio.model.calls.filter((call) => call.asker === asker && (call.part ?? 'copies') === 'copies')

/** Starts a run and waits for the one error with which it ends. */
const runToItsError = async (client: Client, sessionId: string) => {
  const { body } = await client.post(`/api/runs/${sessionId}/generate`)
  const error = await waitForEvent(client, sessionId, ({ type }) => type === 'error')
  const log = await readLog(client, sessionId)
  expect(log.filter(({ type }) => type === 'error')).toHaveLength(1)
  return { runId: body.run_id as string, error, log }
}

const copies = (count: number, characters: number) =>
  Array.from({ length: count }, (_, index) => ({
    ...(sampleCreative.ad_copies[0] as (typeof sampleCreative.ad_copies)[number]),
    id: `copy_${index}`,
    text: '가'.repeat(characters),
  }))

const large = (value: unknown): Answer => answers.json(value, { chunkCharacters: 4_000 })

describe('an answer of hostile size', () => {
  it('that no item holds ends the run with its reason, and the run can be resumed', async () => {
    const { client, sessionId } = await readySession(studio)
    scriptUpTo('creative')
    const huge = large({ ...sampleCreative, ad_copies: copies(160, 900) })
    studio.model.script('creative', huge, huge)
    // It begins beside the creatives, whose film is good.
    studio.model.script('voice', answers.silence())
    const { runId, error, log } = await runToItsError(client, sessionId)
    expect(error.data).toMatchObject({ code: 'SCHEMA_VALIDATION_FAILED', stage: 'creative' })
    const [, second] = callsOf('creative')
    expect(JSON.stringify(second?.body)).toContain('rejected_because')

    const shown = log.flatMap((event) => (event.type === 'creative.delta' ? [event.data.item] : []))
    await eventually(async () => {
      const { body } = await client.get(`/api/runs/${runId}`)
      expect(body).toMatchObject({
        state: 'FAILED',
        resume_from: 'creative',
        creative_assets: null,
      })
      const kept: { item: unknown }[] = body.partial?.elements ?? []
      if (shown.length > 0) expect(kept).not.toHaveLength(0)
      for (const { item } of kept) expect(shown).toContainEqual(item)
      expect(Buffer.byteLength(JSON.stringify(kept))).toBeLessThan(400 * 1024)
    })
    studio.model.reset()
    scriptRun(studio.model)
    expect((await client.post(`/api/runs/${runId}/resume`)).status).toBe(202)
    await waitForEvent(client, sessionId, ({ type }) => type === 'run.completed', error.seq)
  })

  it.each([
    ['is told to the model, whose second answer counts', true],
    ['ends the run when the model repeats it', false],
  ])('one element of which no event holds %s', async (_, learns) => {
    const { client, sessionId } = await readySession(studio)
    const huge = large({ ...sampleCreative, ad_copies: [...copies(1, 9_000), ...copies(9, 10)] })
    scriptUpTo('creative')
    studio.model.script('creative', huge, ...(learns ? [] : [huge]))
    if (learns) {
      scriptRun(studio.model)
      await client.post(`/api/runs/${sessionId}/generate`)
      await waitForEvent(client, sessionId, ({ type }) => type === 'run.completed')
    } else {
      // It begins beside the creatives, whose film is good.
      studio.model.script('voice', answers.silence())
      const { error } = await runToItsError(client, sessionId)
      expect(error.data).toMatchObject({ code: 'SCHEMA_VALIDATION_FAILED', stage: 'creative' })
    }
    const [first, second, ...more] = callsOf('creative')
    expect(more).toEqual([])
    expect(JSON.stringify(first?.body)).not.toContain('rejected_because')
    expect(JSON.stringify(second?.body)).toMatch(/rejected_because.*ad_copies/)
  })

  it('a title in research is no timeout', async () => {
    const { client, sessionId } = await readySession(studio)
    scriptUpTo('research')
    const evidence = sampleResearch.evidence.map((piece) => ({
      ...piece,
      title: 'a'.repeat(30_000),
    }))
    const huge = large({ ...sampleResearch, evidence })
    studio.model.script('research', huge, huge)
    const { error } = await runToItsError(client, sessionId)
    expect(error.data).toMatchObject({ code: 'SCHEMA_VALIDATION_FAILED', stage: 'research' })
    expect(callsOf('search').length + callsOf('research').length).toBeLessThanOrEqual(3)
  })
})

describe('a transcript with half a character', () => {
  it('ends the turn at once with one event, is paid once, and typing works', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.transcription.respond(() => ({
      kind: 'made',
      contentType: 'application/json',
      content: '{"text":"안녕 \\ud83d 하세요"}',
    }))
    const answer = await speak(client, sessionId, await speech('들리세요?', 'webm-recorded'))
    expect(answer).toMatchObject({ status: 502, body: { error: { code: 'TRANSCRIPTION_FAILED' } } })
    const error = { type: 'error', data: { code: 'TRANSCRIPTION_FAILED', stage: 'turn', turn: 1 } }
    expect((await readLog(client, sessionId)).slice(1)).toMatchObject([error])
    studio.model.script('planner', plannerAnswer([]))
    const typed = await client.post(`/api/chat/session/${sessionId}/message`, {
      message: '그럼 글로 쓸게요.',
    })
    expect(typed).toMatchObject({ status: 200, body: { turn: 2 } })
    await studio.runSchedule()
    expect(studio.model.transcription.calls).toHaveLength(1)
    expect((await client.get(`/api/chat/session/${sessionId}`)).body.state).toBe('CHAT_COLLECTING')
  })
})

/** The status with which the gateway refuses a socket. */
const refusal = async (url: string, headers: Record<string, string> = {}): Promise<number> => {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const socket = new WebSocket(url, { headers })
  socket.on('unexpected-response', (_, response) => {
    response.resume()
    resolve(response.statusCode ?? 0)
  })
  socket.on('open', () => {
    socket.close()
    reject(new Error('The socket was opened.'))
  })
  socket.on('error', () => {})
  return promise
}

describe('a socket that is asked for with anything', () => {
  it('is refused with 422 for a form of frames that there is not, and its ticket stays good', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const { body } = await client.post(`/api/chat/session/${sessionId}/ticket`)
    const base = `${body.socket_url}?ticket=${body.ticket}`
    for (const form of ['', 'EVENTS', 'several', 'toString', '%00']) {
      expect(await refusal(`${base}&frames=${form}`), form).toBe(422)
    }
    const socket = new WebSocket(`${base}&frames=events`)
    await once(socket, 'open')
    socket.close()
  })

  it('is refused with 401, and one with a good ticket still opens', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const { body } = await client.post(`/api/chat/session/${sessionId}/ticket`)
    const base: string = body.socket_url
    const queries = [
      '',
      '?ticket=',
      '?ticket',
      `?ticket=${'a'.repeat(2_048)}`,
      `?ticket=${'가'.repeat(1_000)}`,
      '?ticket=%00',
      '?ticket=%',
      '?ticket=%ed%a0%bd',
      `?ticket=${body.ticket}%20`,
      `?ticket=${body.ticket.toUpperCase()}x`,
      '?ticket=a&ticket=b',
      '?ticket[]=a&__proto__=b&constructor=c',
      '?TICKET=a',
    ]
    for (const query of queries) expect(await refusal(`${base}${query}`), query).toBe(401)
    const headers = { 'x-anything': 'ÿ\u0080', cookie: 'a'.repeat(4_000), authorization: 'Bearer' }
    expect(await refusal(`${base}?ticket=x`, headers)).toBe(401)

    const socket = await openSocket(client, sessionId)
    const frames = [
      '',
      '\u0000',
      '[]',
      'null',
      '"a"',
      '{"action":{}}',
      `{"action":"${'가'.repeat(9_000)}"}`,
      JSON.stringify({ action: 'ping', ['x'.repeat(30_000)]: 1 }),
      '{"action":"\\ud83d"}',
    ]
    for (const frame of frames) socket.send(frame)
    socket.send({ action: 'ping' })
    await socket.until(() => socket.frames.some(({ type }) => type === 'pong'))
    const expected = frames.length + 1
    await socket.until(() => socket.frames.length >= expected)
    for (const frame of socket.frames) expect(['rejected', 'pong']).toContain(frame.type)
    await socket.close()
  })
})
