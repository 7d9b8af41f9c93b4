import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { speech } from '../support/audio/recordings.ts'
import { recordingForm, voicePath } from '../support/audio/voice-turns.ts'
import { eventually } from '../support/limits/eventually.ts'
import { answers } from '../support/model-server/answers.ts'
import { sampleQueries, sampleResearch, sampleStrategy } from '../support/model-server/samples.ts'
import { type PageServer, startPageServer } from '../support/pages/page-server.ts'
import { type SearchServer, startSearchServer } from '../support/search-server/search-server.ts'
import {
  type Client,
  createClient,
  openSocket,
  startSession,
  waitForEvent,
} from '../support/studio/client.ts'
import { openEvents } from '../support/studio/event-reader.ts'
import { canary, createLogScan } from '../support/studio/log-scan.ts'
import { plannerAnswer, readySession, type Studio, startStudio } from '../support/studio/studio.ts'

/** Personal data and a secret, as they may stand in any text. */
const planted = [
  `${canary} is the secret ingredient of our cream`,
  '홍길동 과장님께만 알려 드리는 비밀 처방',
  'call 010-1234-5678 or ０１０－１２３４－５６７８ or 010\u200b1234\u200b5678',
  'id 900101-1234567, card 4111 1111 1111 1111',
  'hong.gildong@example.com',
].join('; ')
const header = `${canary} 010-1234-5678 hong.gildong@example.com`

let search: SearchServer
let web: PageServer
let studio: Studio
beforeAll(async () => {
  ;[search, web] = await Promise.all([startSearchServer(), startPageServer()])
  studio = await startStudio({
    SEARCH_PROVIDERS: 'naver,kakao',
    NAVER_CLIENT_ID: `id-${canary}`,
    NAVER_CLIENT_SECRET: `secret-${canary}`,
    NAVER_URL: search.url,
    KAKAO_REST_API_KEY: `key-${canary}`,
    KAKAO_URL: search.url,
    PAGES_ALLOW_LOOPBACK: 'true',
    STT_PROVIDER: 'openai',
    TTS_PROVIDER: 'openai',
    TTS_MODEL: 'a-voice',
  })
})
// Stopping the studio reads the last lines, too.
afterAll(async () => {
  await studio.stop()
  await Promise.all([search.stop(), web.stop()])
})

/** What a server says that repeats what it was sent, and more. */
const echoing = (status: number) =>
  answers.status(status, {
    message: `Your request "${planted}" with key test-key-${canary} was refused: ${planted}`,
    type: 'bad_010_1234_5678',
    code: 'bad_010_1234_5678',
    param: planted,
  })

const message = (client: Client, sessionId: string, text = planted) =>
  client.post(`/api/chat/session/${sessionId}/message`, { message: text })

describe('no line of any function, of the engine or its engines holds what was planted', () => {
  it('in requests: addresses, headers, queries and bodies of every form', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const path = `/api/chat/session/${sessionId}`
    const url = (text: string) => encodeURIComponent(text)
    const headers = {
      'x-request-id': '010-1234-5678',
      'user-agent': header,
      cookie: `c=${header}`,
      'accept-language': header,
      'idempotency-key': `${canary}-010-1234-5678`,
    }
    studio.model.respond(() => plannerAnswer([], planted, planted))
    expect((await message(client, sessionId)).status).toBe(200)
    await client.post(`${path}/message`, { message: planted, [planted]: planted }, headers)
    await client.post(`${path}/message`, `{"message": "${planted}`)
    await client.post(`${path}/message`, `{"message": "${planted}"`, { 'content-type': header })
    await fetch(`${studio.origin}${path}/message`, {
      method: 'POST',
      headers: { authorization: `Bearer ${client.token}`, 'content-type': 'application/json' },
      body: Buffer.concat([
        Buffer.from(`{"message":"${canary} `),
        Buffer.from([0xc0, 0xff]),
        Buffer.from('"}'),
      ]),
    })
    await client.get(`/api/chat/session/${url(planted)}`)
    await client.get(`/api/${url(planted)}?${url(planted)}=${url(planted)}`)
    await client.get(`${path}/events?after=${url(planted)}&${canary}=${url(planted)}`)
    await client.get(`/api/runs?cursor=${url(planted)}`)
    await client.get(`/api/launch/history?q=${url(planted)}`)
    await client.post('/api/chat/session', { locale: planted, mode: planted })
    for (const token of [`Bearer ${canary}.${canary}.${canary}`, header, `Basic ${canary}`]) {
      await createClient(studio.origin).get(path, { authorization: token })
    }
    await openEvents(client, `${path}/events`, { lastEventId: header, headers })
  })

  it('in forms and recordings: names, types, bytes and transcripts', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const bytes = await speech('곧 지워 주세요.', 'webm-recorded')
    const named = recordingForm(
      bytes,
      { locale: planted, format: planted },
      `${canary} 홍길동.webm`,
    )
    await client.post(voicePath(sessionId), named)
    await client.post(voicePath(sessionId), recordingForm(Buffer.from(planted)))
    studio.model.transcription.script(echoing(500), echoing(400))
    await client.post(voicePath(sessionId), recordingForm(bytes))
    studio.model.transcription.respond(() => ({
      kind: 'made',
      contentType: 'application/json',
      content: JSON.stringify({ text: planted }),
    }))
    studio.model.respond(() => echoing(500))
    await client.post(voicePath(sessionId), recordingForm(bytes))
    studio.model.respond(() => plannerAnswer([], '네, 알겠어요.', planted))
    await client.post(voicePath(sessionId), recordingForm(bytes))
    studio.model.speech.script(echoing(400))
    const text = '네, 알겠어요.'
    await client.post(`/api/chat/session/${sessionId}/assistant-voice`, {
      text,
      voice_preset: 'calm_ko',
      format: 'mp3',
    })
  })

  it('in frames, and in tickets', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.respond(() => plannerAnswer([], planted, planted))
    const socket = await openSocket(client, sessionId)
    const rejected = (count: number) =>
      socket.until(() => socket.frames.filter(({ type }) => type === 'rejected').length >= count)
    socket.send(`{"action": "${planted}`)
    socket.send({ action: planted, [planted]: planted })
    socket.send({ action: 'resume', after_seq: planted })
    socket.send({ action: 'voice', upload_id: planted })
    await rejected(4)
    socket.send({ action: 'message', message: planted, client_message_id: `${canary}-1` })
    await socket.until(() => socket.events().some(({ type }) => type === 'turn.completed'))
    await socket.close()
    const { body } = await client.post(`/api/chat/session/${sessionId}/ticket`)
    const refused = new WebSocket(`${body.socket_url}?ticket=${encodeURIComponent(planted)}`)
    refused.on('error', () => {})
    await new Promise((resolve) => refused.once('close', resolve))
  })

  it('in what the model’s server answers instead of an answer', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const answer = JSON.stringify({ slot_updates: [], [planted]: planted, response_text: planted })
    const broken = [
      echoing(400),
      echoing(401),
      echoing(500),
      answers.rateLimited('0'),
      answers.refusal({ refusal: planted }),
      answers.text(planted),
      answers.text(answer),
      answers.text(`${answer.slice(0, -2)}, "${planted}`),
      answers.text(answer, { ending: 'failed', code: 'bad_010_1234_5678' }),
      answers.text(answer, { ending: 'error', code: '010-1234-5678' }),
    ]
    for (const answered of broken) {
      studio.model.respond(() => answered)
      expect((await message(client, sessionId)).status).toBeGreaterThanOrEqual(400)
    }
  })

  it('in searches, pages and what agents make of them', async () => {
    const { client, sessionId } = await readySession(studio)
    const page = web.publish(
      `/${encodeURIComponent(planted)}?tel=010-1234-5678&token=${canary}`,
      `<html><head><title>${planted}</title></head><body><article><p>${planted}</p></article></body></html>`,
    )
    const gone = web.publish(`/${canary}`, { status: 500, body: planted })
    search.respond(({ path }) =>
      path.includes('webkr')
        ? {
            body: {
              items: [page, gone].map((link) => ({ title: planted, link, description: planted })),
            },
          }
        : {
            status: 401,
            body: { errorMessage: `${planted} key-${canary}`, errorCode: '010-1234-5678' },
          },
    )
    studio.model.respond(({ asker }) => {
      if (asker === 'research_queries') return answers.json(sampleQueries)
      if (asker === 'research') return answers.json({ ...sampleResearch, [planted]: planted })
      return answers.json({ ...sampleStrategy, weekly_plan: [{ day: planted }] })
    })
    for (const fault of ['breaks its contract', 'is refused', 'is refused']) {
      if (fault === 'is refused') studio.model.respond(() => echoing(400))
      const { body } = await client.post(`/api/runs/${sessionId}/generate`)
      await waitForEvent(
        client,
        sessionId,
        (event) => event.type === 'error' && event.run_id === body.run_id,
      )
    }
  })

  it('and there were lines of every kind in which it could have stood', async () => {
    const kinds = async () =>
      new Set((await studio.log.lines()).flatMap((line) => /"kind":"(\w+)"/.exec(line)?.[1] ?? []))
    await eventually(async () =>
      expect([...(await kinds())]).toEqual(
        expect.arrayContaining(['request', 'frame', 'message', 'stage']),
      ),
    )
    const written = await studio.log.lines()
    expect(written.filter((line) => line.includes('"error":')).length).toBeGreaterThan(5)
    await studio.log.scan()
  })
})

it.each([
  `an error of ${canary}`,
  'C 4 N 4 R Y',
  '{"message":"홍길동"}',
  'eyJhbGciOiJIUzI1NiJ9.e30.x',
  'https://b/?X-Amz-Signature=1',
  'a@example.com',
  'tel 01012345678',
  '+82-10-1234-5678입니다',
  '900101-1234567',
])('the scan finds %s', async (planted) => {
  const folder = await mkdtemp(join(tmpdir(), 'launch-studio-scan-'))
  const path = join(folder, 'functions.log')
  const scan = createLogScan(path)
  await writeFile(path, '2026-11-26T04:56:48.331Z HttpChat | {"duration_ms":1}\n')
  await scan.scan()
  await writeFile(path, `2026-11-26T04:56:48.331Z HttpChat | fine\n${planted}\n`)
  await expect(scan.scan()).rejects.toThrow(planted)
  await writeFile(path, '')
  scan.takeEngineLine(planted)
  await expect(scan.scan()).rejects.toThrow('engine |')
  await rm(folder, { recursive: true })
})

it.each([
  '{"principal":"0173456769b6"}',
  '{"principal":"019345676012"}',
  '{"gateway_request_id":"01012345-6789-4aaa-8bbb-010123456789"}',
])('the scan takes no digest and no id for a telephone number: %s', async (line) => {
  const scan = createLogScan('/dev/null')
  scan.takeEngineLine(line)
  await scan.scan()
})
