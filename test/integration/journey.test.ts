import { describe, expect, it } from 'vitest'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import { RunView } from '../../shared/contracts/runs.ts'
import { answers } from '../support/model-server/answers.ts'
import { sampleBrief } from '../support/model-server/samples.ts'
import {
  type Client,
  openSocket,
  readLog,
  type Socket,
  startSession,
  waitForEvent,
} from '../support/studio/client.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { completeUpdates, plannerAnswer, scriptRun } from '../support/studio/studio.ts'

const studio = useStudio()

const message = (client: Client, sessionId: string, text: string) =>
  client.post(`/api/chat/session/${sessionId}/message`, { message: text })

const asTexts = (events: unknown[]): string[] => events.map((event) => JSON.stringify(event))

/** Two messages, one over HTTP and one over the socket, fill the brief; before, no run can begin. */
const fillBrief = async (client: Client, sessionId: string, socket: Socket): Promise<void> => {
  studio.model.script('planner', plannerAnswer(completeUpdates.slice(0, 2)))
  const first = await message(client, sessionId, '동백 핸드크림을 팔아요')
  expect(first).toMatchObject({
    status: 200,
    body: {
      turn: 1,
      state: 'CHAT_COLLECTING',
      assistant_message: {
        author: 'planner',
        text: '네, 잘 적어 두었어요.\n\n다음은 무엇을 알려 주시겠어요?',
      },
      brief_slots: { 'product.name': { value: '동백 핸드크림', turn: 1 } },
    },
  })

  const tooEarly = await client.post(`/api/runs/${sessionId}/generate`)
  expect(tooEarly).toMatchObject({ status: 409, body: { error: { code: 'GATE_NOT_READY' } } })
  expect(tooEarly.body.missing_required).toContain('target.who')

  studio.model.script('planner', plannerAnswer(completeUpdates, '브리프가 완성됐어요!', null))
  socket.send({ action: 'message', message: '나머지도 다 알려 드릴게요' })
  await socket.until(() => socket.events().some(({ type }) => type === 'gate.ready'))
  const ready = await client.get(`/api/chat/session/${sessionId}`)
  expect(ready.body).toMatchObject({ state: 'BRIEF_READY', progress: 100, turn: 2 })
}

/** Runs to the end and answers with the run's id. */
const generate = async (client: Client, sessionId: string, socket: Socket): Promise<string> => {
  scriptRun(studio.model)
  const generated = await client.post(`/api/runs/${sessionId}/generate`)
  expect(generated).toMatchObject({
    status: 202,
    body: { session_id: sessionId, state: 'RUN_RESEARCH' },
  })
  await socket.until(() => socket.events().some(({ type }) => type === 'run.completed'))
  return generated.body.run_id
}

const expectStagesInOrder = (log: StudioEvent[]): void => {
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1))
  const firstOf = (type: string) => log.findIndex((event) => event.type === type)
  const order = ['research.delta', 'strategy.delta', 'creative.delta', 'voice.delta']
  const places = [...order, 'run.completed'].map(firstOf)
  expect(places).toEqual([...places].sort((a, b) => a - b))
  expect(places[0]).toBeGreaterThan(0)
  const states = log.flatMap((event) =>
    event.type === 'stage.changed' && event.run_id ? [event.data.state] : [],
  )
  expect([...new Set(states)]).toEqual(['RUN_RESEARCH', 'GEN_STRATEGY', 'GEN_CREATIVES', 'DONE'])
}

const expectPackage = async (client: Client, runId: string): Promise<void> => {
  const view = RunView.parse((await client.get(`/api/runs/${runId}`)).body)
  expect(view).toMatchObject({
    state: 'DONE',
    brief_summary: sampleBrief,
    resume_from: null,
    error: null,
  })
  for (const stage of ['research', 'strategy', 'creative', 'voice'] as const) {
    expect(view.provenance[stage]).toMatchObject({
      provider: 'scripted',
      prompt_version: expect.stringMatching(/\.v\d+$/),
    })
  }
  const { creative, ...whole } = view.provenance
  for (const { response_id } of [
    ...Object.values(whole),
    ...Object.values(creative?.parts ?? { none: { response_id: null } }),
  ]) {
    expect(response_id).toMatch(/^resp_/)
  }
  expect(view.research_snapshot?.evidence.length).toBeGreaterThan(0)
  expect(view.strategy_plan?.positioning_options.length).toBeGreaterThan(1)
  expect(view.creative_assets?.ad_copies.length).toBeGreaterThan(4)
  expect(view.voice_assets?.timing_map[0]?.start).toBe(0)
  expect(view.usage.total_tokens).toBeGreaterThan(0)
  const runs = await client.get('/api/runs')
  expect(runs.body.runs).toMatchObject([{ run_id: runId, state: 'DONE' }])
}

/** What a socket gets that resumes from the first event on. */
const replayOver = async (socket: Socket): Promise<StudioEvent[]> => {
  for (let after: number | null = 0; after !== null; ) {
    const before = socket.frames.length
    socket.send({ action: 'resume', after_seq: after })
    await socket.until(() => socket.frames.length > before)
    after = socket.frames.at(-1)?.next_after as number | null
  }
  return socket.events()
}

describe('a typed conversation', () => {
  it('becomes a launch package, the whole way, and every reader has the same log', async () => {
    const { client, sessionId, answer } = await startSession(studio.origin)
    expect(answer).toMatchObject({
      status: 201,
      body: {
        state: 'CHAT_COLLECTING',
        locale: 'ko-KR',
        brief_slots: {},
        gate: { ready: false, completeness: 0 },
        assistant_message: { author: 'system' },
      },
    })
    const early = await openSocket(client, sessionId)
    await fillBrief(client, sessionId, early)
    const runId = await generate(client, sessionId, early)
    const log = await readLog(client, sessionId)
    expectStagesInOrder(log)
    await expectPackage(client, runId)

    const late = await openSocket(client, sessionId)
    expect(asTexts(await replayOver(late))).toEqual(asTexts(log))
    // The early socket saw all of it live, but for what was there before it opened.
    const pushed = new Map(early.events().map((event) => [event.seq, JSON.stringify(event)]))
    const missed = log.filter(({ seq }) => !pushed.has(seq)).map(({ type }) => type)
    expect(missed).toEqual(['session.started'])
    for (const event of log) {
      if (pushed.has(event.seq)) expect(pushed.get(event.seq)).toBe(JSON.stringify(event))
    }
    await Promise.all([early.close(), late.close()])
  })

  it('is kept as messages, each with its author', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.script('planner', plannerAnswer(completeUpdates.slice(0, 1)))
    await message(client, sessionId, '안녕하세요')
    const { body } = await client.get(`/api/chat/session/${sessionId}/messages`)
    expect(body.messages).toMatchObject([
      { turn: 0, role: 'assistant', author: 'system' },
      { turn: 1, role: 'user', author: 'user', text: '안녕하세요' },
      { turn: 1, role: 'assistant', author: 'planner', provenance: { provider: 'scripted' } },
    ])
    expect(body.next_after_turn).toBeNull()
    const page = await client.get(`/api/chat/session/${sessionId}/messages?limit=2`)
    expect(page.body.messages).toMatchObject([{ turn: 0 }])
    const rest = await client.get(
      `/api/chat/session/${sessionId}/messages?limit=2&after_turn=${page.body.next_after_turn}`,
    )
    expect(rest.body.messages).toMatchObject([{ turn: 1 }, { turn: 1 }])
  })

  it('streams the reply while the model writes it, and what went out is what is stored', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const text = '한 글자씩 천천히 적고 있어요. 그래도 끝까지 다 갑니다.'
    studio.model.script('planner', {
      ...plannerAnswer([], text),
      pace: { first: 0, between: 15 },
    })
    const reply = await message(client, sessionId, '천천히 말해 주세요')
    const log = await readLog(client, sessionId)
    const deltas = log.flatMap((event) => (event.type === 'planner.delta' ? [event.data.text] : []))
    expect(deltas.length).toBeGreaterThan(1)
    expect(deltas.join('')).toBe(reply.body.assistant_message.text)
    expect(log.map(({ type }) => type).filter((type) => type !== 'planner.delta')).toEqual([
      'session.started',
      'turn.started',
      'turn.completed',
    ])
  })

  it('is answered during a run too, without touching the brief', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.script('planner', plannerAnswer(completeUpdates, '좋아요.', null))
    await message(client, sessionId, '전부 알려 드려요')
    studio.model.script('search', answers.silence())
    const run = await client.post(`/api/runs/${sessionId}/generate`)
    studio.model.script('planner', plannerAnswer([], '지금 조사하고 있어요.', null))
    const during = await message(client, sessionId, '어디까지 됐나요?')
    expect(during).toMatchObject({ status: 200, body: { state: 'RUN_RESEARCH', slot_updates: [] } })
    const second = await client.post(`/api/runs/${sessionId}/generate`)
    expect(second).toMatchObject({ status: 409, body: { error: { code: 'RUN_IN_PROGRESS' } } })
    expect(second.headers.get('retry-after')).not.toBeNull()
    await client.post(`/api/runs/${run.body.run_id}/cancel`)
  })

  it('lets a long-poll wait for what comes', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const waiting = waitForEvent(client, sessionId, ({ type }) => type === 'turn.completed', 1)
    studio.model.script('planner', plannerAnswer([]))
    await message(client, sessionId, '안녕하세요')
    expect(await waiting).toMatchObject({ data: { turn: 1 } })
  })
})
