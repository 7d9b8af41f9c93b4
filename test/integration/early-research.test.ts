import { describe, expect, it } from 'vitest'
import { createRecognizer, speak } from '../support/audio/voice-turns.ts'
import { eventually } from '../support/limits/eventually.ts'
import { answers } from '../support/model-server/answers.ts'
import { sampleBrief } from '../support/model-server/samples.ts'
import { photo, samplePicture, seenBy, showPicture } from '../support/pictures/picture-turns.ts'
import { type Answer, readLog, startSession } from '../support/studio/client.ts'
import { earlyResearchOn, found, shaped, subject } from '../support/studio/early-research.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { completeUpdates, plannerAnswer } from '../support/studio/studio.ts'

const studio = useStudio()
const frugal = useStudio('frugal')

const { say, early, callsOf, scriptRest, generate, researching } = earlyResearchOn(studio)
const searches = () => callsOf('search')

describe('in fast mode', () => {
  it('research begins with the turn that makes the subject known', async () => {
    const session = await startSession(studio.origin, { mode: 'fast' })
    await say(session, subject.slice(0, 2))
    expect(await early(session)).toBeNull()
    studio.model.script('search', found())
    studio.model.script('research', shaped())
    await say(session, subject.slice(2))
    await eventually(async () => expect(await early(session)).toMatchObject({ status: 'found' }))
    expect(searches()[0]?.data('brief')).toEqual(
      Object.fromEntries(subject.map(({ path, value }) => [path, value])),
    )
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
    studio.model.script('research', shaped())
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
    studio.model.script('research', shaped())
    scriptRest()
    const running = generate(session)
    await eventually(async () => expect(await researching(session)).toBe(true))
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
    studio.model.script('research', shaped())
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
      early_research: { calls: 2 },
    })
    // What was cancelled is the session's alone.
    await eventually(async () =>
      expect((await early(session)).usage).toMatchObject({ calls: 3, calls_without_usage: 1 }),
    )
    const exported = (await client.get(`/api/chat/session/${sessionId}/export`)).body
    expect(exported.early_searches).toMatchObject([{ status: 'cancelled' }, { status: 'taken' }])
  })

  it('a search that fails is no error, and the run searches by itself', async () => {
    const session = await startSession(studio.origin, { mode: 'fast' })
    studio.model.script('search', answers.status(400), found())
    await say(session, completeUpdates)
    await eventually(async () => expect(await early(session)).toMatchObject({ status: 'failed' }))
    studio.model.script('research', shaped())
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
  const { say, early, callsOf, scriptRest, generate } = earlyResearchOn(frugal)

  it('is counted once for research that a run takes: in the run, in the session and in the day', async () => {
    const session = await startSession(frugal.origin, { mode: 'fast' })
    const { client } = session
    const usage = { input_tokens: 900, output_tokens: 100 }
    frugal.model.script('search', { ...found(), usage })
    frugal.model.script('research', { ...shaped(), usage })
    await say(session, completeUpdates)
    await eventually(async () => expect(await early(session)).toMatchObject({ status: 'found' }))
    const { today: before } = (await client.get('/api/usage')).body
    expect(before.services.model.agents.research).toMatchObject({ calls: 2, total_tokens: 2_000 })
    const cost = { amount: 0.002, currency: 'USD', price_table: 'MODEL_PRICES' }
    expect(await early(session)).toMatchObject({ usage: { total_tokens: 2_000, cost } })

    scriptRest()
    const { runId } = await generate(session)
    const { usage: used } = (await client.get(`/api/runs/${runId}`)).body
    expect(used.early_research).toMatchObject({ calls: 2, cost, total_tokens: 2_000 })
    const { today } = (await client.get('/api/usage')).body
    expect(today.services.model.agents.research).toMatchObject({ calls: 2, total_tokens: 2_000 })
    expect(used.agents.research).toMatchObject({ calls: 2, total_tokens: 2_000, cost })
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
    expect(callsOf('search')).toEqual([])
    const types = (await readLog(client, sessionId)).map(({ type }) => type)
    expect(types).not.toContain('error')
  })

  it('that is there for the search alone leaves the findings to the run, and is no error', async () => {
    const session = await startSession(frugal.origin, { mode: 'fast' })
    const usage = { input_tokens: 200_000, output_tokens: 100 }
    frugal.model.script('search', { ...found(), usage })
    await say(session, completeUpdates)
    await eventually(async () =>
      expect(await early(session)).toMatchObject({ status: 'found', usage: { calls: 1 } }),
    )
    expect(callsOf('research')).toEqual([])
    const types = (await readLog(session.client, session.sessionId)).map(({ type }) => type)
    expect(types).not.toContain('error')
  })
})

it('in standard mode the run alone searches', async () => {
  const session = await startSession(studio.origin)
  studio.model.script('search', found())
  await say(session, completeUpdates)
  studio.model.script('research', shaped())
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
