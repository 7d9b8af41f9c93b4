import { describe, expect, it } from 'vitest'
import { createStudio, type Session, type TransportName } from '../../shared/client/index.ts'
import { fold, progressOf, type SessionLogState } from '../../shared/client/reduce/index.ts'
import type { StageName } from '../../shared/contracts/agents.ts'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import type { RunView } from '../../shared/contracts/runs.ts'
import { answers } from '../support/model-server/answers.ts'
import {
  sampleFindings,
  samplePlanner,
  sampleResearch,
  sampleStrategy,
} from '../support/model-server/samples.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { completeUpdates, plannerAnswer, scriptRun } from '../support/studio/studio.ts'

const studio = useStudio()

const begin = async () => {
  const client = createStudio({ origin: studio.origin })
  return { client, session: await client.createSession({ locale: 'ko-KR' }) }
}

const wholeLog = async (session: Session): Promise<StudioEvent[]> => {
  const { last_seq } = await session.view()
  const events: StudioEvent[] = []
  for await (const event of session.events({ until: ({ seq }) => seq === last_seq })) {
    events.push(event)
  }
  return events
}

const outputsOf = (view: RunView) => ({
  research: view.research_snapshot,
  strategy: view.strategy_plan,
  creative: view.creative_assets,
  voice: view.voice_assets,
})

/** What elements say that came one by one, as the output that they became: lists by kind, and single fields. */
const asOutput = (elements: readonly { kind: string; item: unknown }[], output: object) =>
  Object.fromEntries(
    Object.entries(output)
      .filter(([kind]) => elements.some((element) => element.kind === kind))
      .map(([kind, value]) => {
        const items = elements.filter((element) => element.kind === kind).map(({ item }) => item)
        return [kind, Array.isArray(value) ? items : items[0]]
      }),
  )

const comparesRun = (state: SessionLogState, view: RunView): void => {
  const run = state.runs[view.run_id]
  expect(run).toMatchObject({
    state: view.state,
    attempt: view.attempt,
    resume_from: view.resume_from,
  })
  expect(run?.problem?.code).toBe(view.error?.code)
  for (const [name, output] of Object.entries(outputsOf(view))) {
    const stage = run?.stages[name as StageName]
    expect(stage?.status === 'completed' || stage?.status === 'reused', name).toBe(output !== null)
    if (output === null || stage?.status === 'reused') continue
    const shown = asOutput(stage?.elements ?? [], output)
    expect(Object.keys(shown).length, name).toBeGreaterThan(0)
    if (name !== 'research') expect(output).toMatchObject(shown)
  }
}

const scriptUpToCreative = (): void => {
  const { text, citations, sources } = sampleFindings
  studio.model.script('search', answers.search(text, { citations, sources }))
  studio.model.script('research', answers.json(sampleResearch))
  studio.model.script('strategy', answers.json(sampleStrategy))
}

/** The fold of the log against everything that the server says of the session itself. */
const comparesViews = async (session: Session, client: ReturnType<typeof createStudio>) => {
  const state = fold(await wholeLog(session))
  const view = await session.view()
  expect(state).toMatchObject({
    session_id: view.session_id,
    seq: view.last_seq,
    state: view.state,
    mode: view.mode,
    locale: view.locale,
    gate: view.gate,
  })
  expect(state.slots).toEqual(view.brief_slots)
  expect(state.run_ids.at(-1) ?? null).toBe(view.run_id)
  expect(progressOf(state)).toBe(view.progress)
  const { messages } = await session.messages()
  const said = messages.filter(({ role }) => role === 'user').map(({ turn, text }) => [turn, text])
  expect(state.turns.map(({ turn, message }) => [turn, message])).toEqual(said)
  const replies = messages.filter(({ author }) => author === 'planner')
  const completed = state.turns.filter(({ status }) => status === 'completed')
  expect(completed.map(({ turn, reply }) => [turn, reply])).toEqual(
    replies.map(({ turn, text }) => [turn, text]),
  )
  for (const run_id of state.run_ids) comparesRun(state, await client.run(run_id).view())
  for (const job_id of state.job_ids) {
    const { status, progress, run_id } = await client.job(job_id).view()
    expect(state.jobs[job_id]).toMatchObject({ status, progress, run_id })
  }
  return state
}

describe('the public client', () => {
  it('sees a conversation, a failed run and its rest as the server’s own views tell them', async () => {
    const { client, session } = await begin()
    expect(await session.view()).toMatchObject({ access: 'owner', state: 'CHAT_COLLECTING' })
    await comparesViews(session, client)

    // A first try that breaks a rule, and its second.
    studio.model.script('planner', answers.text('{"schema_version":"v1"'))
    studio.model.script('planner', plannerAnswer([completeUpdates[0] as never], '네.', '특징은요?'))
    await session.send('비누를 팔아요')
    studio.model.script('planner', answers.refusal())
    await expect(session.send('이건 거절돼요')).rejects.toMatchObject({ code: 'MODEL_REFUSED' })
    const failed = await comparesViews(session, client)
    expect(failed.turns).toMatchObject([{ try: 2 }, { status: 'failed' }])
    expect(failed.problem).toMatchObject({ code: 'MODEL_REFUSED', stage: 'turn' })

    studio.model.script('planner', plannerAnswer(completeUpdates, '다 됐어요.', null))
    const turn: StudioEvent[] = []
    for await (const event of session.stream('전부 알려 드려요')) turn.push(event)
    expect(turn.at(-1)).toMatchObject({ type: 'turn.completed', data: { turn: 3 } })
    await comparesViews(session, client)

    scriptUpToCreative()
    studio.model.script('creative', answers.refusal())
    const { run_id } = await session.generate()
    for await (const _ of session.events({ until: 'run.completed' }));
    const stuck = await comparesViews(session, client)
    expect(stuck.runs[run_id]).toMatchObject({ state: 'FAILED', resume_from: 'creative' })

    studio.model.reset()
    scriptRun(studio.model)
    await client.run(run_id).resume()
    for await (const _ of session.events({ after: stuck.seq, until: 'run.completed' }));
    const done = await comparesViews(session, client)
    expect(done).toMatchObject({ state: 'DONE', runs: { [run_id]: { attempt: 2 } } })
    studio.model.reset()
  })

  it.each<TransportName>(['socket', 'sse', 'poll'])(
    'follows a turn over %s, and is told by its events alone',
    async (transport) => {
      const { client, session } = await begin()
      const stream = session.events({ transports: [transport] })
      const seen: number[] = []
      const transports = new Set<TransportName | null>()
      stream.status.subscribe(({ state, transport: by }) => state === 'live' && transports.add(by))
      const ended = Promise.withResolvers<void>()
      stream.on((event) => {
        seen.push(event.seq)
        if (event.type === 'turn.completed') ended.resolve()
      })
      studio.model.script('planner', plannerAnswer([]))
      await session.send('안녕하세요')
      await ended.promise
      expect(seen).toEqual(seen.map((_, index) => index + 1))
      expect([...transports]).toEqual([transport])
      stream.close()
      expect(await stream.ended).toBeUndefined()
      await comparesViews(session, client)
    },
  )

  it('stops a turn by saying so, and by leaving it not', async () => {
    const { session } = await begin()
    const words = JSON.stringify({ ...samplePlanner, slot_updates: [], next_question: null })
    studio.model.script('planner', answers.text(words, { ending: 'stall', endAfter: 5 }))
    const abort = new AbortController()
    const sending = session.send('긴 이야기를 해 주세요', { signal: abort.signal })
    sending.catch(() => {})
    for await (const { type } of session.events()) if (type === 'planner.delta') break
    abort.abort(new Error('left'))
    await expect(sending).rejects.toThrow('left')
    expect(await session.stop()).toEqual({ stopped: true, turn: 1 })
    for await (const event of session.events()) {
      if (event.type !== 'error') continue
      expect(event.data).toMatchObject({ code: 'STOPPED', turn: 1 })
      break
    }
  })

  it('sends one message once, however often it is sent under one key', async () => {
    const { session } = await begin()
    studio.model.script('planner', plannerAnswer([], '한 번만요.', '이름은요?'))
    const first = await session.send('안녕하세요', { key: 'k-1' })
    expect(await session.send('안녕하세요', { key: 'k-1' })).toEqual(first)
    const { messages } = await session.messages()
    expect(messages).toHaveLength(3)
    await session.delete()
    await expect(session.view()).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND', status: 404 })
  })
})
