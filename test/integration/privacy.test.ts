import { BatchWriteItemCommand, DynamoDBClient, type WriteRequest } from '@aws-sdk/client-dynamodb'
import { describe, expect, it } from 'vitest'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import { SessionExport } from '../../shared/contracts/export.ts'
import { type RetentionKind, retention } from '../../shared/rules/retention.ts'
import { inspectAudio } from '../../shared/services/voice/audio-inspection.ts'
import { speech } from '../support/audio/recordings.ts'
import { createRecognizer, mediaOf, speak } from '../support/audio/voice-turns.ts'
import { eventually } from '../support/limits/eventually.ts'
import { answers } from '../support/model-server/answers.ts'
import { sampleFindings } from '../support/model-server/samples.ts'
import {
  type Client,
  createClient,
  openSocket,
  readLog,
  startSession,
  waitForEvent,
} from '../support/studio/client.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import {
  completeUpdates,
  plannerAnswer,
  readySession,
  scriptRun,
} from '../support/studio/studio.ts'

const studio = useStudio()

const launchBrief = {
  product_name: '동백 핸드크림',
  product_category: '화장품',
  target_audience: '손이 건조한 30대 직장인',
  price_band: '1만원대',
  core_kpi: '문의 20건',
  channel_focus: ['인스타그램'],
}

/** A launch that is done, requested with an idempotency key. */
const launch = async (client: Client): Promise<string> => {
  studio.model.script('planner', plannerAnswer(completeUpdates, '다 됐어요.', null))
  scriptRun(studio.model)
  const headers = { 'idempotency-key': 'launch-1' }
  const { status, body } = await client.post('/api/launch/run', { brief: launchBrief }, headers)
  expect(status).toBe(200)
  return body.package.request_id
}

/** A session with everything that one can have: turns, a recording, a spoken answer, a run with its job. */
const fullSession = async () => {
  const session = await readySession(studio)
  const { client, sessionId } = session
  const path = `/api/chat/session/${sessionId}`
  const recognizer = createRecognizer(studio.model)
  studio.model.script('planner', plannerAnswer([]))
  // On a slow machine its answer may come after the request.
  await speak(client, sessionId, await recognizer.say('곧 지워 주세요.'))
  await waitForEvent(
    client,
    sessionId,
    (event) => event.type === 'turn.completed' && event.data.turn === 2,
  )
  const text = '네, 잘 적어 두었어요.'
  const voice = { text, voice_preset: 'calm_ko', format: 'mp3' }
  expect(await client.post(`${path}/assistant-voice`, voice)).toMatchObject({ status: 200 })
  scriptRun(studio.model)
  const { body } = await client.post(`/api/runs/${sessionId}/generate/async`)
  await waitForEvent(client, sessionId, ({ type }) => type === 'run.completed')
  return { ...session, path, runId: body.run_id as string, jobId: body.job_id as string }
}

const kinds: [key: RegExp, kind: RetentionKind][] = [
  [/^ENDED#\S+ ENDED$/, 'end'],
  [/^WEBHOOKS#\S+ WEBHOOK#/, 'webhook'],
  [/^WEBHOOKS#\S+ DELIVERY#/, 'delivery'],
  [/^SESSION#\S+ SESSION$/, 'session'],
  [/^SESSION#\S+ MESSAGE#/, 'message'],
  [/^SESSION#\S+ EVENT#/, 'event'],
  [/^SESSION#\S+ SPEECH#/, 'voiceTurn'],
  [/^SESSION#\S+ CONNECTION#|^CONNECTION#/, 'connection'],
  [/^SESSION#\S+ KEY#|^KEY#user_/, 'answer'],
  [/^KEY#/, 'anonymousAnswer'],
  [/^TICKET#/, 'ticket'],
  [/^SESSION#\S+ HANDOFF#/, 'handoff'],
  [/^RUN#\S+ RUN$/, 'run'],
  [/^RUN#\S+ STAGE#/, 'stage'],
  [/^RUN#\S+ FINDINGS$/, 'findings'],
  [/^RUN#\S+ ASSET#/, 'asset'],
  [/^RUN#\S+ EXPORT#/, 'export'],
  [/^SESSION#\S+ BOUGHT#/, 'purchase'],
  [/^SESSION#\S+ EARLY#/, 'earlySearch'],
  [/^SESSION#\S+ EARLYFINDINGS#/, 'findings'],
  [/^JOB#/, 'job'],
  [/^DURATIONS /, 'durations'],
  [/^LIMIT#\S+ RATES$/, 'limit'],
  [/^LIMIT#\S+ OPEN$/, 'openRuns'],
  [/^SPEND#\S+ DAY#|^SPENDDAY#/, 'spendDay'],
  [/^RUN#\S+ SPEND$/, 'spendRun'],
]

it('every item in the table is kept as long as the table of retention says', async () => {
  const { client, sessionId, runId } = await fullSession()
  await launch(client)
  const fast = await startSession(studio.origin, { mode: 'fast' })
  studio.model.script('planner', plannerAnswer(completeUpdates))
  studio.model.script('search', answers.search(sampleFindings.text, sampleFindings))
  const early = `/api/chat/session/${fast.sessionId}`
  await fast.client.post(`${early}/message`, { message: '전부 알려 드려요' })
  await eventually(async () => {
    const { early_research } = (await fast.client.get(early)).body
    expect(early_research?.status).toBe('found')
  })
  await client.post(`/api/runs/${runId}/assets/generate/async`, { kinds: ['subtitles'] })
  await client.post(`/api/runs/${runId}/export`)
  await client.post(`/api/chat/session/${sessionId}/handoff`)
  await client.post(`/api/chat/session/${sessionId}/ticket`)
  await createClient(studio.origin).post(
    '/api/chat/session',
    {},
    {
      'idempotency-key': 'k-1',
      'idempotency-secret': 'a-secret-of-an-anonymous-caller-0123456789abcdef',
    },
  )
  const socket = await openSocket(client, sessionId)
  const items = await studio.items()
  await socket.close()
  const now = Date.now() / 1000
  const found = new Set<RetentionKind>()
  for (const { PK, SK, ttl } of items) {
    const key = `${PK?.S} ${SK?.S}`
    const kind = kinds.find(([pattern]) => pattern.test(key))?.[1]
    expect(kind, `${key} has no kind in rules/retention`).toBeDefined()
    if (!kind) continue
    found.add(kind)
    // Written by now, and not longer ago than this suite runs; sums of money count from their day on.
    const since = kind.startsWith('spend') ? 90_000 : 3_600
    const left = Number(ttl?.N) - now
    expect(left, key).toBeLessThanOrEqual(retention[kind].seconds + 1)
    expect(left, key).toBeGreaterThan(retention[kind].seconds - since)
  }
  const ofTable = Object.entries(retention).filter(([, { by }]) => by === 'ttl')
  // Purchases are looked at where they are made: `assets.test.ts`. Ends are there until they are announced, and
  // webhooks are made in `webhooks.test.ts`.
  const elsewhere = ['voiceTurn', 'purchase', 'end', 'webhook', 'delivery']
  const expected = ofTable.map(([kind]) => kind).filter((kind) => !elsewhere.includes(kind))
  expect([...found]).toEqual(expect.arrayContaining(expected))
})

describe('the export of a session', () => {
  it('holds all that is stored of it, byte for byte, and links to its recordings', async () => {
    const { client, sessionId, path, runId, jobId } = await fullSession()
    const response = await fetch(`${studio.origin}${path}/export`, {
      headers: { authorization: `Bearer ${client.token}` },
    })
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(response.headers.get('content-disposition')).toContain(`${sessionId}.json`)
    const text = await response.text()
    const document = SessionExport.parse(JSON.parse(text))

    const log = await readLog(client, sessionId)
    expect(JSON.stringify(JSON.parse(text).events)).toBe(JSON.stringify(log))
    const { messages } = (await client.get(`${path}/messages`)).body
    expect(JSON.parse(text).messages).toEqual(messages)
    const view = (await client.get(path)).body
    expect(document.session).toMatchObject({ state: 'DONE', brief_slots: view.brief_slots })
    const run = (await client.get(`/api/runs/${runId}`)).body
    const outputOf = (stage: string) =>
      document.runs[0]?.stages.find((one) => one.stage === stage)?.output
    expect(document.runs).toMatchObject([{ run_id: runId, state: 'DONE', launch: null }])
    expect(outputOf('strategy')).toEqual(run.strategy_plan)
    expect(outputOf('creative')).toEqual(run.creative_assets)
    expect(document.runs[0]?.usage.length).toBeGreaterThan(0)
    expect(document.runs[0]?.findings).not.toBeNull()
    expect(document.jobs).toMatchObject([{ job_id: jobId, run_id: runId }])

    expect(document.media.map(({ kind }) => kind).sort()).toEqual(
      expect.arrayContaining(['recording', 'speech']),
    )
    expect(document.media).toHaveLength((await mediaOf(studio.engine, sessionId)).length)
    const recording = document.media.find(({ kind }) => kind === 'recording')
    const fetched = await fetch(recording?.url ?? '')
    const { bare } = await inspectAudio(await speech('곧 지워 주세요.', 'webm-recorded'))
    expect(Buffer.from(await fetched.arrayBuffer())).toEqual(Buffer.from(bare))
    expect(Date.parse(recording?.expires_at ?? '')).toBeGreaterThan(Date.now())
    // What proves ownership and what workers hold is nobody's to read.
    expect(text).not.toMatch(/user_[0-9a-z]{26}|lease_|"token"/)
  })

  it('is for the owner alone', async () => {
    const { sessionId, client } = await startSession(studio.origin)
    const other = await startSession(studio.origin)
    const path = `/api/chat/session/${sessionId}/export`
    expect((await other.client.get(path)).status).toBe(404)
    expect((await createClient(studio.origin).get(path)).status).toBe(401)
    expect((await client.get(path)).status).toBe(200)
  })

  it('has no bound in size', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const [started] = await readLog(client, sessionId)
    await appendEvents(started as StudioEvent, 400)
    const response = await fetch(`${studio.origin}/api/chat/session/${sessionId}/export`, {
      headers: { authorization: `Bearer ${client.token}` },
    })
    const text = await response.text()
    expect(Buffer.byteLength(text)).toBeGreaterThan(6 * 1024 * 1024)
    expect(JSON.parse(text).events).toHaveLength(401)
  })
})

/** Puts long events into a log, as so many turns would. */
const appendEvents = async (like: StudioEvent, count: number): Promise<void> => {
  const { engine } = studio
  const table = new DynamoDBClient({
    endpoint: engine.endpoints.dynamodb,
    region: 'us-east-1',
    credentials: engine.credentials,
  })
  const data = JSON.stringify({ text: '가'.repeat(6_000), turn: 1 })
  const requests = Array.from({ length: count }, (_, index): WriteRequest => {
    const seq = index + 2
    const texts = {
      PK: `SESSION#${like.session_id}`,
      SK: `EVENT#${String(seq).padStart(9, '0')}`,
      event_id: `evt_${String(seq).padStart(5, '0')}`,
      session_id: like.session_id,
      type: 'planner.delta',
      created_at: like.created_at,
      data,
    }
    const numbers = { seq, ttl: Math.floor(Date.now() / 1000) + retention.event.seconds }
    return {
      PutRequest: {
        Item: {
          ...Object.fromEntries(Object.entries(texts).map(([key, S]) => [key, { S }])),
          ...Object.fromEntries(Object.entries(numbers).map(([key, N]) => [key, { N: `${N}` }])),
        },
      },
    }
  })
  const name = engine.resources.Table ?? ''
  for (let from = 0; from < requests.length; from += 25) {
    const batch = requests.slice(from, from + 25)
    await table.send(new BatchWriteItemCommand({ RequestItems: { [name]: batch } }))
  }
  table.destroy()
}

it('the erasure of a launch takes the stored answer to its request along, and no other', async () => {
  const { client } = await startSession(studio.origin)
  const runId = await launch(client)
  const records = async () =>
    (await studio.items()).filter(({ PK }) => PK?.S?.startsWith('KEY#user_'))
  const of = async (id: string) =>
    (await records()).filter((item) => JSON.stringify(item).includes(id)).length
  const other = await startSession(studio.origin)
  const otherRun = await launch(other.client)
  expect([await of(runId), await of(otherRun)]).toEqual([1, 1])
  expect((await client.delete(`/api/launch/history/${runId}`)).status).toBe(204)
  expect([await of(runId), await of(otherRun)]).toEqual([0, 1])
  // Nothing of it is anywhere, once its end is announced.
  await eventually(async () =>
    expect((await studio.items()).filter((item) => JSON.stringify(item).includes(runId))).toEqual(
      [],
    ),
  )
})
