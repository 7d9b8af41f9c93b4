import { describe, expect, it } from 'vitest'
import type { SlotUpdate } from '../../shared/contracts/brief.ts'
import { subjectPaths } from '../../shared/rules/early-research.ts'
import { createRecognizer, speak } from '../support/audio/voice-turns.ts'
import { eventually } from '../support/limits/eventually.ts'
import { answers } from '../support/model-server/answers.ts'
import {
  sampleBrief,
  sampleCreative,
  sampleFindings,
  sampleResearch,
  sampleStrategy,
  sampleVoice,
} from '../support/model-server/samples.ts'
import { photo, samplePicture, seenBy, showPicture } from '../support/pictures/picture-turns.ts'
import {
  type Answer,
  type Client,
  readLog,
  startSession,
  waitForEvent,
} from '../support/studio/client.ts'
import { type SharedStudio, useStudio } from '../support/studio/shared-studio.ts'
import { completeUpdates, plannerAnswer } from '../support/studio/studio.ts'

const studio = useStudio()
const frugal = useStudio('frugal')

const isSubject = ({ path }: SlotUpdate): boolean =>
  (subjectPaths as readonly string[]).includes(path)
const subject = completeUpdates.filter(isSubject)
const others = completeUpdates.filter((update) => !isSubject(update))

const { text, citations, sources } = sampleFindings
const found = () => answers.search(text, { citations, sources })

const say = async (
  { client, sessionId }: { client: Client; sessionId: string },
  updates: SlotUpdate[],
  on: SharedStudio = studio,
): Promise<void> => {
  on.model.script('planner', plannerAnswer(updates))
  const path = `/api/chat/session/${sessionId}/message`
  expect((await client.post(path, { message: '알려 드릴게요' })).status).toBe(200)
}

const early = async ({ client, sessionId }: { client: Client; sessionId: string }) =>
  (await client.get(`/api/chat/session/${sessionId}`)).body.early_research

const searches = (on: SharedStudio = studio) =>
  on.model.calls.filter(({ asker }) => asker === 'search')

/** What follows the search of a run. */
const scriptRest = (on: SharedStudio = studio): void => {
  on.model.script('research', answers.json(sampleResearch))
  on.model.script('strategy', answers.json(sampleStrategy))
  on.model.script('creative', answers.json(sampleCreative))
  on.model.script('voice', answers.json(sampleVoice))
}

const generate = async (
  { client, sessionId }: { client: Client; sessionId: string },
  after = 0,
): Promise<{ runId: string; seq: number }> => {
  const { status, body } = await client.post(`/api/runs/${sessionId}/generate`)
  expect(status).toBe(202)
  const isEnd = ({ type }: { type: string }) => type === 'run.completed' || type === 'error'
  const { type, seq } = await waitForEvent(client, sessionId, isEnd, after)
  expect(type).toBe('run.completed')
  return { runId: String(body.run_id), seq }
}

describe('in fast mode', () => {
  it('research begins with the turn that makes the subject known, is kept as the brief grows, and taken by the run', async () => {
    const session = await startSession(studio.origin, { mode: 'fast' })
    const { client } = session
    await say(session, subject.slice(0, 2))
    expect(await early(session)).toBeNull()
    studio.model.script('search', found())
    await say(session, subject.slice(2))
    await eventually(async () => expect(await early(session)).toMatchObject({ status: 'found' }))
    expect(searches()[0]?.data('brief')).toEqual(
      Object.fromEntries(subject.map(({ path, value }) => [path, value])),
    )

    await say(session, others)
    scriptRest()
    const { runId, seq } = await generate(session)
    expect(searches()).toHaveLength(1)
    const shaping = studio.model.calls.find(({ asker }) => asker === 'research')
    expect(shaping?.data('brief')).toEqual(sampleBrief)

    const { body: run } = await client.get(`/api/runs/${runId}`)
    expect(run.research_snapshot.market_signals).toHaveLength(1)
    expect(run.provenance.research.based_on).toHaveLength(1)
    expect(run.usage).toMatchObject({
      search: { calls: 1 },
      agents: { research: { calls: 2, calls_without_usage: 0 } },
      early_research: { calls: 1, counted_in: runId, search: { calls: 1 } },
    })
    expect(run.usage.calls).toBe(
      studio.model.calls.filter(({ asker }) => asker !== 'planner').length,
    )
    expect(await early(session)).toMatchObject({ status: 'taken', searches: 1, run_id: runId })

    // Another run of the session rests on it as well, and does not count it again.
    scriptRest()
    const second = await generate(session, seq)
    expect(searches()).toHaveLength(1)
    const { usage } = (await client.get(`/api/runs/${second.runId}`)).body
    expect(usage).toMatchObject({
      search: { calls: 0 },
      agents: { research: { calls: 1 } },
      early_research: { calls: 1, counted_in: runId },
    })
    const exported = (await client.get(`/api/chat/session/${session.sessionId}/export`)).body
    expect(exported.early_searches).toMatchObject([{ status: 'taken', run_id: runId }])
    expect(JSON.stringify(exported.early_searches)).toContain('stats.example')
  })

  it.each<[string, (session: Awaited<ReturnType<typeof startSession>>) => Promise<Answer>]>([
    [
      'that is spoken',
      async ({ client, sessionId }) => {
        studio.model.script('planner', plannerAnswer(subject))
        const recording = createRecognizer(studio.model).say(
          '동백 핸드크림을 팔아요.',
          'webm-recorded',
        )
        return speak(client, sessionId, await recording)
      },
    ],
    [
      'with a picture',
      async (session) => {
        await say(
          session,
          subject.filter(({ path }) => path === 'target.who'),
        )
        studio.model.script('picture', (call) => {
          const slot_updates = samplePicture.slot_updates.map((each) => ({
            ...each,
            confidence: 0.95,
          }))
          return seenBy(call, { slot_updates })
        })
        return showPicture(session.client, session.sessionId, await photo())
      },
    ],
    [
      'that is none: the brief is corrected by hand',
      ({ client, sessionId }) => {
        const slots = Object.fromEntries(subject.map(({ path, value }) => [path, value]))
        return client.patch(`/api/chat/session/${sessionId}/brief`, { slots })
      },
    ],
  ])('research begins with a turn %s', async (_, turn) => {
    const session = await startSession(studio.origin, { mode: 'fast' })
    studio.model.script('search', found())
    expect(await turn(session)).toMatchObject({ status: 200 })
    await eventually(async () => expect(await early(session)).toMatchObject({ status: 'found' }))
    expect(searches()).toHaveLength(1)
  })

  it('a run waits for a search that is still on its way', async () => {
    const session = await startSession(studio.origin, { mode: 'fast' })
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    studio.model.script('search', async () => {
      await released
      return found()
    })
    await say(session, completeUpdates)
    await studio.model.until(() => searches().length === 1)
    scriptRest()
    const running = generate(session)
    await eventually(async () => {
      const items = await studio.items()
      const run = items.find(
        (item) => item.SK?.S === 'RUN' && item.session_id?.S === session.sessionId,
      )
      const held = items.find(({ PK, SK }) => PK?.S === run?.PK?.S && SK?.S === 'STAGE#research')
      expect(held?.status?.S).toBe('working')
    })
    expect(studio.model.calls.map(({ asker }) => asker)).toEqual(['planner', 'search'])
    release()
    const { runId } = await running
    expect(searches()).toHaveLength(1)
    const { usage } = (await session.client.get(`/api/runs/${runId}`)).body
    expect(usage.early_research).toMatchObject({ counted_in: runId })
  })

  it('another category ends the search, and begins the one that the run takes', async () => {
    const session = await startSession(studio.origin, { mode: 'fast' })
    const { client, sessionId } = session
    studio.model.script('search', answers.silence(), found())
    await say(session, completeUpdates)
    await studio.model.until(() => searches().length === 1)
    const slots = { 'product.category': '비누' }
    expect((await client.patch(`/api/chat/session/${sessionId}/brief`, { slots })).status).toBe(200)
    await eventually(async () =>
      expect(await early(session)).toMatchObject({ status: 'found', searches: 2 }),
    )
    await studio.model.until(() => studio.model.open() === 0)
    expect(searches()[1]?.data('brief')).toEqual({ ...sampleBrief, ...slots })

    scriptRest()
    const { runId } = await generate(session)
    expect(searches()).toHaveLength(2)
    const { usage } = (await client.get(`/api/runs/${runId}`)).body
    expect(usage).toMatchObject({
      agents: { research: { calls: 2, calls_without_usage: 0 } },
      early_research: { calls: 1 },
    })
    // What was cancelled is the session's alone.
    await eventually(async () =>
      expect((await early(session)).usage).toMatchObject({ calls: 2, calls_without_usage: 1 }),
    )
    const exported = (await client.get(`/api/chat/session/${sessionId}/export`)).body
    expect(exported.early_searches).toMatchObject([{ status: 'cancelled' }, { status: 'taken' }])
  })

  it('a search that fails is no error, and the run searches by itself', async () => {
    const session = await startSession(studio.origin, { mode: 'fast' })
    studio.model.script('search', answers.status(400), found())
    await say(session, completeUpdates)
    await eventually(async () => expect(await early(session)).toMatchObject({ status: 'failed' }))
    scriptRest()
    const { runId } = await generate(session)
    expect(searches()).toHaveLength(2)
    const { usage } = (await session.client.get(`/api/runs/${runId}`)).body
    expect(usage).toMatchObject({ early_research: null, agents: { research: { calls: 2 } } })
    const types = (await readLog(session.client, session.sessionId)).map(({ type }) => type)
    expect(types).not.toContain('error')
  })

  it('an erasure ends the search and leaves nothing of it', async () => {
    const session = await startSession(studio.origin, { mode: 'fast' })
    studio.model.script('search', answers.silence())
    await say(session, completeUpdates)
    await studio.model.until(() => searches().length === 1)
    const { client, sessionId } = session
    expect((await client.delete(`/api/chat/session/${sessionId}`)).status).toBe(204)
    await studio.model.until(() => studio.model.open() === 0)
    const left = await eventually(async () => {
      const { today } = (await client.get('/api/usage')).body
      // What the call may have cost stays: the principal's day is not the session's.
      expect(today.services.model.agents.research).toMatchObject({
        calls: 1,
        calls_without_usage: 1,
      })
      return studio.items()
    })
    expect(left.filter(({ PK }) => PK?.S === `SESSION#${sessionId}`)).toEqual([])
  })
})

describe('money', () => {
  it('is counted once for a search that a run takes: in the run, in the session and in the day', async () => {
    const session = await startSession(frugal.origin, { mode: 'fast' })
    const { client } = session
    const usage = { input_tokens: 900, output_tokens: 100 }
    frugal.model.script('search', { ...found(), usage })
    await say(session, completeUpdates, frugal)
    await eventually(async () => expect(await early(session)).toMatchObject({ status: 'found' }))
    const { today: before } = (await client.get('/api/usage')).body
    expect(before.services.model.agents.research).toMatchObject({ calls: 1, total_tokens: 1_000 })
    const searched = { amount: 0.001, currency: 'USD', price_table: 'MODEL_PRICES' }
    expect(await early(session)).toMatchObject({ usage: { total_tokens: 1_000, cost: searched } })

    scriptRest(frugal)
    const { runId } = await generate(session)
    const { usage: used } = (await client.get(`/api/runs/${runId}`)).body
    expect(used.early_research).toMatchObject({ cost: searched, total_tokens: 1_000 })
    const { research } = used.agents
    const { today } = (await client.get('/api/usage')).body
    expect(today.services.model.agents.research).toMatchObject({
      calls: 2,
      total_tokens: research.total_tokens,
    })
    expect(research.cost.amount).toBeCloseTo(research.total_tokens / 1e6, 9)
    const [spent] = (await frugal.items()).filter(
      ({ PK, SK }) => PK?.S === `RUN#${runId}` && SK?.S === 'SPEND',
    )
    expect(Number(spent?.held?.N)).toBe(used.total_tokens)
  })

  it('that is not there makes no search, and no error', async () => {
    const session = await startSession(frugal.origin, { mode: 'fast' })
    const { client, sessionId } = session
    frugal.model.script('planner', {
      ...plannerAnswer(completeUpdates),
      usage: { input_tokens: 100_000, output_tokens: 1 },
    })
    const path = `/api/chat/session/${sessionId}/message`
    expect((await client.post(path, { message: '전부요' })).status).toBe(200)
    await eventually(async () =>
      expect(await early(session)).toMatchObject({ status: 'failed', usage: { calls: 0 } }),
    )
    expect(searches(frugal)).toEqual([])
    const types = (await readLog(client, sessionId)).map(({ type }) => type)
    expect(types).not.toContain('error')
  })
})

it('in standard mode the run alone searches', async () => {
  const session = await startSession(studio.origin)
  studio.model.script('search', found())
  await say(session, completeUpdates)
  scriptRest()
  const { runId } = await generate(session)
  const [, next] = studio.model.calls
  expect(next?.asker).toBe('search')
  expect(next?.data('brief')).toEqual(sampleBrief)
  expect(searches()).toHaveLength(1)
  expect(await early(session)).toBeNull()
  expect((await session.client.get(`/api/runs/${runId}`)).body.usage.early_research).toBeNull()
  const items = await studio.items()
  const own = items.filter(({ PK }) => PK?.S === `SESSION#${session.sessionId}`)
  expect(own.filter(({ SK }) => SK?.S?.startsWith('EARLY'))).toEqual([])
})
