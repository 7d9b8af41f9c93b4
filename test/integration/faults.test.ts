import { describe, expect, it } from 'vitest'
import { eventually } from '../support/limits/eventually.ts'
import { type Answer, answers } from '../support/model-server/answers.ts'
import { sampleFindings, sampleResearch, sampleStrategy } from '../support/model-server/samples.ts'
import { readLog, startSession, waitForEvent } from '../support/studio/client.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import {
  completeUpdates,
  plannerAnswer,
  readySession,
  scriptRun,
} from '../support/studio/studio.ts'

const studio = useStudio('impatient')

const { strategy, broken } = {
  strategy: JSON.stringify(sampleStrategy),
  broken: { ...sampleStrategy, weekly_plan: [] },
}

/** Those among them that break after the model has shown elements. */
const showing = ['is cut off', 'hangs in the middle', 'breaks the schema']

/** Every way in which a model breaks, with the code that the user sees. */
const faults: [string, Answer, string][] = [
  ['refuses', answers.refusal(), 'MODEL_REFUSED'],
  ['is cut off', answers.text(strategy, { ending: 'cut', endAfter: 20 }), 'UPSTREAM_ERROR'],
  [
    'ends without an end',
    answers.text(strategy, { ending: 'closed', endAfter: 3 }),
    'UPSTREAM_ERROR',
  ],
  ['is rate limited', answers.rateLimited('0'), 'RATE_LIMITED'],
  ['fails with 500', answers.status(500), 'UPSTREAM_ERROR'],
  ['hangs before a word', answers.silence(), 'STAGE_TIMEOUT'],
  [
    'hangs in the middle',
    answers.text(strategy, { ending: 'stall', endAfter: 20 }),
    'STAGE_TIMEOUT',
  ],
  ['breaks the schema', answers.json(broken), 'SCHEMA_VALIDATION_FAILED'],
  ['writes half a JSON', answers.text(strategy.slice(0, 200)), 'SCHEMA_VALIDATION_FAILED'],
]

describe('a run whose model fails', () => {
  it.each(faults)('ends FAILED with one error when the model %s', async (how, fault, code) => {
    const { client, sessionId } = await readySession(studio)
    const { text, citations, sources } = sampleFindings
    studio.model.script('search', answers.search(text, { citations, sources }))
    studio.model.script('research', answers.json(sampleResearch))
    studio.model.script('strategy', fault, fault)
    const { body } = await client.post(`/api/runs/${sessionId}/generate`)
    const error = await waitForEvent(client, sessionId, ({ type }) => type === 'error')
    expect(error).toMatchObject({
      run_id: body.run_id,
      data: { code, stage: 'strategy', resume_from: 'strategy' },
    })

    const run = await client.get(`/api/runs/${body.run_id}`)
    expect(run.body).toMatchObject({
      state: 'FAILED',
      error: { code, stage: 'strategy' },
      resume_from: 'strategy',
      research_snapshot: sampleResearch.market_signals ? { agent: 'research' } : null,
      strategy_plan: null,
      creative_assets: null,
      voice_assets: null,
    })
    const session = await client.get(`/api/chat/session/${sessionId}`)
    expect(session.body.state).toBe('FAILED')
    const log = await readLog(client, sessionId)
    expect(log.filter(({ type }) => type === 'error')).toHaveLength(1)
    // Not one sentence that the model did not write: what was shown of this stage is a piece of it.
    const shown = log.flatMap((event) => (event.type === 'strategy.delta' ? [event.data.item] : []))
    for (const item of shown) expect(strategy).toContain(JSON.stringify(item))
    // The run ends first; what its stage had shown is kept a moment after that.
    await eventually(async () => {
      const { body: failed } = await client.get(`/api/runs/${body.run_id}`)
      const partial: { item: unknown }[] = failed.partial?.elements ?? []
      for (const { item } of partial) expect(shown).toContainEqual(item)
      if (showing.includes(how)) expect(partial).not.toHaveLength(0)
    })
    expect(studio.model.calls.filter(({ asker }) => asker === 'strategy').length).toBeLessThan(3)
  })

  it('goes on to DONE when the second answer is good', async () => {
    const { client, sessionId } = await readySession(studio)
    studio.model.script('strategy', answers.json(broken))
    scriptRun(studio.model)
    await client.post(`/api/runs/${sessionId}/generate`)
    await waitForEvent(client, sessionId, ({ type }) => type === 'run.completed')
    const asked = studio.model.calls.filter(({ asker }) => asker === 'strategy')
    expect(asked).toHaveLength(2)
    expect(JSON.stringify(asked[1]?.body)).toContain('weekly_plan')
  })
})

describe('a turn whose model fails', () => {
  it.each([
    ['refuses', answers.refusal(), 502, 'MODEL_REFUSED'],
    ['fails with 500', answers.status(500), 502, 'UPSTREAM_ERROR'],
    ['hangs', answers.silence(), 504, 'TURN_TIMEOUT'],
    ['answers nonsense', answers.text('{"agent":"planner"'), 502, 'SCHEMA_VALIDATION_FAILED'],
  ] as const)(
    'says why when it %s, keeps the message, and goes on',
    async (_, fault, status, code) => {
      const { client, sessionId } = await startSession(studio.origin)
      const path = `/api/chat/session/${sessionId}/message`
      studio.model.script('planner', fault, fault)
      const failed = await client.post(path, { message: '제 말 들리세요?' })
      expect(failed).toMatchObject({ status, body: { error: { code } } })
      const log = await readLog(client, sessionId)
      expect(log.filter(({ type }) => type === 'error')).toMatchObject([
        { data: { code, stage: 'turn', turn: 1 } },
      ])
      const { body } = await client.get(`/api/chat/session/${sessionId}/messages`)
      expect(body.messages).toMatchObject([{ turn: 0 }, { turn: 1, text: '제 말 들리세요?' }])
      expect(await client.get(`/api/chat/session/${sessionId}`)).toMatchObject({
        body: { state: 'CHAT_COLLECTING' },
      })

      studio.model.reset()
      studio.model.script('planner', plannerAnswer(completeUpdates.slice(0, 1)))
      const again = await client.post(path, { message: '다시 물어볼게요' })
      expect(again).toMatchObject({ status: 200, body: { turn: 2, state: 'CHAT_COLLECTING' } })
      expect(JSON.stringify(studio.model.calls.at(-1)?.body)).toContain('제 말 들리세요?')
    },
  )
})
