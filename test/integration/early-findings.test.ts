import { expect, it } from 'vitest'
import { eventually } from '../support/limits/eventually.ts'
import { answers } from '../support/model-server/answers.ts'
import { sampleBrief, sampleResearch } from '../support/model-server/samples.ts'
import { readLog, startSession } from '../support/studio/client.ts'
import {
  earlyResearchOn,
  found,
  others,
  shaped,
  subject,
} from '../support/studio/early-research.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { completeUpdates } from '../support/studio/studio.ts'

const studio = useStudio()

const { say, early, callsOf, scriptRest, generate, researching } = earlyResearchOn(studio)
const shapes = () => callsOf('research')

/** What the log says of a run up to the end of its research. */
const toldOf = async (session: Awaited<ReturnType<typeof startSession>>) => {
  const log = await readLog(session.client, session.sessionId)
  const told = log
    .filter(({ type }) => type === 'stage.changed' || type === 'research.delta')
    .map(({ type, data }) => ({ type, data }))
  return told.slice(
    0,
    1 + told.findIndex(({ data }) => 'stage' in data && data.stage === 'strategy'),
  )
}

/** Without what tells when a source was looked at. */
const timeless = (told: unknown): unknown =>
  JSON.parse(JSON.stringify(told).replaceAll(/"observed_at":"[^"]*"/g, '"observed_at":""'))

it('findings of before the run are its research as they are: shown, stored and counted, without a call', async () => {
  const session = await startSession(studio.origin, { mode: 'fast' })
  const { client, sessionId } = session
  studio.model.script('search', found())
  studio.model.script('research', shaped())
  await say(session, subject)
  await eventually(async () => expect(await early(session)).toMatchObject({ status: 'found' }))
  expect(await early(session)).toMatchObject({ usage: { calls: 2, calls_without_usage: 0 } })
  await say(session, others)
  scriptRest()
  const { runId, seq } = await generate(session)
  expect(callsOf('search')).toHaveLength(1)
  expect(shapes()).toHaveLength(1)
  expect(callsOf('strategy')[0]?.data('brief')).toEqual(sampleBrief)

  const { body: run } = await client.get(`/api/runs/${runId}`)
  const { market_signals, channel_observations, evidence } = run.research_snapshot
  expect({ market_signals, channel_observations }).toEqual({
    market_signals: sampleResearch.market_signals,
    channel_observations: sampleResearch.channel_observations,
  })
  expect(evidence).toHaveLength(sampleResearch.evidence.length)
  const { based_on, usage, created_at } = run.provenance.research
  expect(based_on).toHaveLength(1)
  expect(usage).toMatchObject({ calls: 2, calls_without_usage: 0 })
  expect(Date.parse(created_at)).toBeLessThan(Date.parse(run.created_at))
  expect(run.usage).toMatchObject({
    search: { calls: 1 },
    agents: { research: { calls: 2, calls_without_usage: 0 } },
    early_research: { calls: 2, shaped_at: created_at, counted_in: runId, search: { calls: 1 } },
  })
  expect(run.usage.calls).toBe(studio.model.calls.filter(({ asker }) => asker !== 'planner').length)
  expect(await early(session)).toMatchObject({ status: 'taken', searches: 1, run_id: runId })
  const told = await toldOf(session)

  // Another run of the session rests on them as well, and does not count them again.
  scriptRest()
  const second = await generate(session, seq)
  expect(shapes()).toHaveLength(1)
  const { body: later } = await client.get(`/api/runs/${second.runId}`)
  expect(later.research_snapshot).toEqual(run.research_snapshot)
  expect(later.usage).toMatchObject({
    search: { calls: 0 },
    agents: { research: { calls: 0, calls_without_usage: 0, cost: null } },
    early_research: { calls: 2, counted_in: runId },
  })
  const exported = (await client.get(`/api/chat/session/${sessionId}/export`)).body
  expect(exported.early_searches).toMatchObject([
    { status: 'taken', run_id: runId, output: run.research_snapshot, provenance: { based_on } },
  ])
  expect(JSON.stringify(exported.early_searches[0].findings)).toContain('stats.example')

  // The log says what it says of a run that shapes its findings itself.
  const standard = await startSession(studio.origin)
  await say(standard, completeUpdates)
  studio.model.script('search', found())
  studio.model.script('research', shaped())
  scriptRest()
  await generate(standard)
  expect(timeless(told)).toEqual(timeless(await toldOf(standard)))
})

it('findings are shaped with what the brief holds by then', async () => {
  const session = await startSession(studio.origin, { mode: 'fast' })
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  studio.model.script('search', async () => {
    await released
    return found()
  })
  studio.model.script('research', shaped())
  await say(session, subject)
  await studio.model.until(() => callsOf('search').length === 1)
  await say(session, others)
  // The worker looks at the log every second.
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  release()
  await eventually(async () => expect(await early(session)).toMatchObject({ status: 'found' }))
  expect(callsOf('search')[0]?.data('brief')).not.toEqual(sampleBrief)
  expect(shapes()[0]?.data('brief')).toEqual(sampleBrief)
})

it('a run waits for findings that are still being shaped', async () => {
  const session = await startSession(studio.origin, { mode: 'fast' })
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  studio.model.script('search', found())
  studio.model.script('research', async () => {
    await released
    return shaped()
  })
  await say(session, completeUpdates)
  await studio.model.until(() => shapes().length === 1)
  scriptRest()
  const running = generate(session)
  await eventually(async () => expect(await researching(session)).toBe(true))
  release()
  const { runId } = await running
  expect(shapes()).toHaveLength(1)
  const { usage } = (await session.client.get(`/api/runs/${runId}`)).body
  expect(usage.early_research).toMatchObject({ calls: 2, counted_in: runId })
})

it('findings that break a rule twice leave the search to the run, which shapes it with the whole brief', async () => {
  const session = await startSession(studio.origin, { mode: 'fast' })
  const unfounded = answers.json({ ...sampleResearch, evidence: [] })
  studio.model.script('search', found())
  studio.model.script('research', unfounded, unfounded)
  await say(session, subject)
  await eventually(async () => expect(await early(session)).toMatchObject({ status: 'found' }))
  expect(shapes()).toHaveLength(2)
  await say(session, others)
  studio.model.script('research', shaped())
  scriptRest()
  const { runId } = await generate(session)
  expect(callsOf('search')).toHaveLength(1)
  expect(shapes()[2]?.data('brief')).toEqual(sampleBrief)
  const { body: run } = await session.client.get(`/api/runs/${runId}`)
  expect(run.research_snapshot.market_signals).toHaveLength(1)
  expect(run.usage).toMatchObject({
    agents: { research: { calls: 4, calls_without_usage: 0 } },
    early_research: { calls: 3, shaped_at: null, counted_in: runId },
  })
  const types = (await readLog(session.client, session.sessionId)).map(({ type }) => type)
  expect(types).not.toContain('error')
})

it('another category ends the shaping, and what was found for the one before is not taken', async () => {
  const session = await startSession(studio.origin, { mode: 'fast' })
  const { client, sessionId } = session
  studio.model.script('search', found(), found())
  studio.model.script('research', answers.silence(), shaped())
  await say(session, completeUpdates)
  await studio.model.until(() => shapes().length === 1)
  const slots = { 'product.category': '비누' }
  expect((await client.patch(`/api/chat/session/${sessionId}/brief`, { slots })).status).toBe(200)
  await eventually(async () =>
    expect(await early(session)).toMatchObject({ status: 'found', searches: 2 }),
  )
  await studio.model.until(() => studio.model.open() === 0)
  expect(shapes()[1]?.data('brief')).toEqual({ ...sampleBrief, ...slots })
  const exported = (await client.get(`/api/chat/session/${sessionId}/export`)).body
  expect(exported.early_searches).toMatchObject([
    { status: 'found', output: null },
    { status: 'found', output: { agent: 'research' } },
  ])
})

it('an erasure ends the shaping and leaves nothing of what was found', async () => {
  const session = await startSession(studio.origin, { mode: 'fast' })
  const { client, sessionId } = session
  studio.model.script('search', found())
  studio.model.script('research', answers.silence())
  await say(session, completeUpdates)
  await studio.model.until(() => shapes().length === 1)
  const ofSession = async () =>
    (await studio.items()).filter(({ PK }) => PK?.S === `SESSION#${sessionId}`)
  await eventually(async () =>
    expect((await ofSession()).some(({ SK }) => SK?.S?.startsWith('EARLYFINDINGS#'))).toBe(true),
  )
  expect((await client.delete(`/api/chat/session/${sessionId}`)).status).toBe(204)
  await studio.model.until(() => studio.model.open() === 0)
  await eventually(async () => {
    const { today } = (await client.get('/api/usage')).body
    expect(today.services.model.agents.research).toMatchObject({ calls: 2, calls_without_usage: 1 })
  })
  expect(await ofSession()).toEqual([])
})
