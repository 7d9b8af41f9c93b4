import { expect, it } from 'vitest'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import { RunView } from '../../shared/contracts/runs.ts'
import { answers, type StreamedAnswer } from '../support/model-server/answers.ts'
import {
  sampleCreative,
  sampleFindings,
  sampleResearch,
  sampleStrategy,
  sampleVoice,
} from '../support/model-server/samples.ts'
import { type Client, readLog, waitForEvent } from '../support/studio/client.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { readySession } from '../support/studio/studio.ts'

const studio = useStudio()

const partsAsked = () => studio.model.calls.flatMap(({ part }) => part ?? []).toSorted()
const allParts = ['copies', 'film', 'posters']

/** A strategy of which the plan is written when the creatives have been asked for, and not before. */
const writtenBeside = (strategy: object, more: Partial<StreamedAnswer> = {}): StreamedAnswer => {
  const { chunks } = answers.json(strategy)
  const plan = chunks.findIndex((_, at) =>
    chunks
      .slice(0, at + 1)
      .join('')
      .includes('weekly_plan'),
  )
  return answers.json(strategy, {
    ...more,
    onDelta: (number) =>
      number === plan + 1 ? studio.model.until(() => partsAsked().length >= 3) : undefined,
  })
}

const start = async (...strategies: StreamedAnswer[]) => {
  const { client, sessionId } = await readySession(studio)
  const { text, citations, sources } = sampleFindings
  studio.model.calls.length = 0
  studio.model.script('search', answers.search(text, { citations, sources }))
  studio.model.script('research', answers.json(sampleResearch))
  studio.model.script('strategy', ...strategies)
  studio.model.script('creative', answers.json(sampleCreative), answers.json(sampleCreative))
  studio.model.script('voice', answers.json(sampleVoice))
  const { body } = await client.post(`/api/runs/${sessionId}/generate`)
  return { client, sessionId, runId: String(body.run_id) }
}

const endOf = (client: Client, sessionId: string, after = 0): Promise<StudioEvent> =>
  waitForEvent(client, sessionId, ({ type }) => type === 'run.completed' || type === 'error', after)

it('asks for the creatives while the plan of the week is written, and shows them when the run has come to them', async () => {
  const { client, sessionId, runId } = await start(writtenBeside(sampleStrategy))
  expect(await endOf(client, sessionId)).toMatchObject({ type: 'run.completed' })
  expect(partsAsked()).toEqual(allParts)

  const log = await readLog(client, sessionId)
  const reached = log.findIndex(
    ({ type, data }) => type === 'stage.changed' && data.stage === 'creative',
  )
  const types = (from: number, to?: number) => new Set(log.slice(from, to).map(({ type }) => type))
  expect(types(0, reached)).toContain('strategy.delta')
  expect(types(0, reached)).not.toContain('creative.delta')
  expect(types(reached)).toContain('creative.delta')
  expect(types(reached)).not.toContain('strategy.delta')

  const view = RunView.parse((await client.get(`/api/runs/${runId}`)).body)
  expect(view.strategy_plan).toEqual(sampleStrategy)
  expect(view.creative_assets).toEqual(sampleCreative)
  expect(view.usage.agents.creative).toMatchObject({ calls: 3, calls_without_usage: 0 })
})

it('gives the creatives and the voice the positioning alone, begun early or not', async () => {
  const { client, sessionId } = await start(writtenBeside(sampleStrategy))
  await endOf(client, sessionId)
  const { market_assessment, positioning_options } = sampleStrategy
  const given = studio.model.calls.filter(({ asker }) => asker === 'creative' || asker === 'voice')
  expect(given.map((call) => call.data('strategy'))).toEqual(
    Array.from({ length: 4 }, () => ({ market_assessment, positioning_options })),
  )
})

it('writes the creatives anew when the strategy is written again with another positioning', async () => {
  const other = {
    ...sampleStrategy,
    positioning_options: sampleStrategy.positioning_options.map((option) => ({
      ...option,
      title: `${option.title}!`,
    })),
  }
  const broken = { ...sampleStrategy, required_assets: ['ad_copy', 'poster', 'video_prompt'] }
  const { client, sessionId, runId } = await start(writtenBeside(broken), answers.json(other))
  expect(await endOf(client, sessionId)).toMatchObject({ type: 'run.completed' })
  expect(partsAsked()).toEqual([...allParts, ...allParts].toSorted())
  const titles = studio.model.calls.flatMap((call) =>
    call.asker === 'creative' ? [JSON.stringify(call.data('strategy')).includes('!"')] : [],
  )
  expect(titles).toEqual([false, false, false, true, true, true])
  const log = await readLog(client, sessionId)
  const tries = log.flatMap((event) => (event.type === 'creative.delta' ? [event.data.try] : []))
  expect(new Set(tries)).toEqual(new Set([1]))
  const view = RunView.parse((await client.get(`/api/runs/${runId}`)).body)
  expect(view.strategy_plan).toEqual(other)
})

it('a strategy that fails after its positioning ends the creatives, and a resume writes all', async () => {
  const { client, sessionId, runId } = await start(
    writtenBeside(sampleStrategy, { ending: 'content-filter' }),
  )
  const failed = await endOf(client, sessionId)
  expect(failed).toMatchObject({ type: 'error', data: { stage: 'strategy' } })
  const types = (await readLog(client, sessionId)).map(({ type }) => type)
  expect(types).not.toContain('creative.delta')

  studio.model.script('strategy', answers.json(sampleStrategy))
  expect((await client.post(`/api/runs/${runId}/resume`)).status).toBe(202)
  expect(await endOf(client, sessionId, failed.seq)).toMatchObject({ type: 'run.completed' })
})
