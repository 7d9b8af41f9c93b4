import { describe, expect, it } from 'vitest'
import { CreativeOutput } from '../../shared/contracts/agents.ts'
import { type CreativePart, creativePartNames } from '../../shared/contracts/creative-parts.ts'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import { RunView } from '../../shared/contracts/runs.ts'
import { answers } from '../support/model-server/answers.ts'
import type { ScriptedAnswer } from '../support/model-server/model-server.ts'
import {
  sampleCreative,
  sampleFindings,
  samplePlanner,
  sampleResearch,
  sampleStrategy,
  sampleVoice,
} from '../support/model-server/samples.ts'
import { readLog, startSession, waitForEvent } from '../support/studio/client.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { readySession, scriptRun } from '../support/studio/studio.ts'

const studio = useStudio()

const { text, citations, sources } = sampleFindings
const [firstCopy] = sampleCreative.ad_copies

/** Runs up to the creatives, a part of which gets these answers, and on when one of them is good. */
const runWith = async (wanted: CreativePart, ...answered: ScriptedAnswer[]) => {
  const { client, sessionId } = await readySession(studio)
  studio.model.script('search', answers.search(text, { citations, sources }))
  studio.model.script('research', answers.json(sampleResearch))
  studio.model.script('strategy', answers.json(sampleStrategy))
  for (const part of creativePartNames) {
    const own = part === wanted ? answered : [answers.json(sampleCreative)]
    studio.model.script(`creative_${part}`, ...own)
  }
  studio.model.script('voice', answers.json(sampleVoice))
  const { body } = await client.post(`/api/runs/${sessionId}/generate`)
  await waitForEvent(client, sessionId, ({ type }) => type === 'run.completed' || type === 'error')
  const log = await readLog(client, sessionId)
  const view = RunView.parse((await client.get(`/api/runs/${body.run_id}`)).body)
  return { log, view, errors: log.filter(({ type }) => type === 'error') }
}

/** The elements that count: those of the latest try. */
const shownOf = (log: StudioEvent[], kind: string): unknown[] => {
  const shown = log.flatMap((event) =>
    event.type === 'creative.delta' && event.data.kind === kind ? [event.data] : [],
  )
  const latest = Math.max(...shown.map((element) => element.try))
  return shown.filter((element) => element.try === latest).map(({ item }) => item)
}

const callsOf = (asker: string) =>
  studio.model.calls.filter((seen) => (seen.part ?? seen.asker) === asker)
const rejectedOf = (asker: string): unknown => callsOf(asker)[1]?.data('rejected_because')

const { schema_version, agent, ad_copies, video_prompt_package } = sampleCreative
const copies = { schema_version, agent, ad_copies }
const film = { schema_version, agent, video_prompt_package }

const withCopy = (copyText: string) => ({
  ...copies,
  ad_copies: sampleCreative.ad_copies.map((copy, index) =>
    index === 1 ? { ...copy, text: copyText } : copy,
  ),
})

describe('what a stage streams is what it stores', () => {
  it('when the model writes a list twice: that try is void, and the reason is told', async () => {
    const twice = JSON.stringify(copies).replace(
      /}$/,
      `,"ad_copies":${JSON.stringify(sampleCreative.ad_copies)}}`,
    )
    const { log, view } = await runWith(
      'copies',
      answers.text(twice, { chunkCharacters: 7 }),
      answers.json(sampleCreative, { chunkCharacters: 7 }),
    )
    expect(view.state).toBe('DONE')
    expect(rejectedOf('copies')).toEqual(['answer: the key ad_copies is repeated'])
    expect(shownOf(log, 'ad_copies')).toEqual(view.creative_assets?.ad_copies)
    expect(shownOf(log, 'poster_specs')).toEqual(view.creative_assets?.poster_specs)
  })

  it('in the normalized form, whatever form the model wrote', async () => {
    const odd = {
      ...sampleCreative,
      ad_copies: sampleCreative.ad_copies.map((copy) => ({
        ...copy,
        text: `  ${copy.text.normalize('NFD')}\n`,
      })),
    }
    const { log, view } = await runWith('copies', answers.json(odd, { chunkCharacters: 3 }))
    expect(view.creative_assets?.ad_copies).toEqual(sampleCreative.ad_copies)
    expect(shownOf(log, 'ad_copies')).toEqual(sampleCreative.ad_copies)
  })
})

describe('an answer beyond its bounds ends at that character, and the rule is told', () => {
  it.each([
    [
      'one copy of 9,000 characters',
      JSON.stringify(withCopy('가'.repeat(9000))),
      'ad_copies.1.text: must have at most 1000 characters',
    ],
    [
      '160 copies',
      JSON.stringify({
        ...copies,
        ad_copies: Array.from({ length: 160 }, (_, index) => ({
          ...firstCopy,
          id: `c${index}`,
          text: '가'.repeat(900),
        })),
      }),
      'ad_copies: must have at most 20 entries',
    ],
    [
      'private-use characters',
      JSON.stringify(withCopy('좋아요 \ue200cite\ue201')),
      'ad_copies.1.text: must not hold a private-use character (U+E200)',
    ],
    [
      'half a surrogate pair',
      JSON.stringify(withCopy('사진 ?')).replace('사진 ?', '사진 \\ud83d 보내요'),
      'ad_copies.1.text: must not hold half a surrogate pair (U+D83D)',
    ],
    [
      'a number of 40,000 digits',
      JSON.stringify(film).replace('"duration_sec":8', `"duration_sec":${'8'.repeat(40_000)}`),
      expect.stringMatching(/number/),
    ],
    [
      'a cut answer that claims to be whole',
      JSON.stringify(copies).slice(0, 300),
      expect.stringMatching(/cut off/),
    ],
  ])('%s', async (_, answer, reason) => {
    const part = answer.includes('duration_sec') ? 'film' : 'copies'
    const { view, errors } = await runWith(part, answers.text(answer), answers.text(answer))
    expect(errors).toMatchObject([
      { data: { code: 'SCHEMA_VALIDATION_FAILED', stage: 'creative', resume_from: 'creative' } },
    ])
    expect(view).toMatchObject({ state: 'FAILED', creative_assets: null })
    expect(rejectedOf(part)).toEqual([reason])
    expect(callsOf(part)).toHaveLength(2)
  })

  it('a title of 30 KB in research', async () => {
    const { client, sessionId } = await readySession(studio)
    const [evidence, ...others] = sampleResearch.evidence
    const long = {
      ...sampleResearch,
      evidence: [{ ...evidence, title: '제'.repeat(10_000) }, ...others],
    }
    studio.model.script('search', answers.search(text, { citations, sources }))
    studio.model.script('research', answers.json(long), answers.json(long))
    await client.post(`/api/runs/${sessionId}/generate`)
    const error = await waitForEvent(client, sessionId, ({ type }) => type === 'error')
    expect(error).toMatchObject({ data: { code: 'SCHEMA_VALIDATION_FAILED', stage: 'research' } })
    expect(rejectedOf('research')).toEqual(['evidence.0.title: must have at most 150 characters'])
  })

  it('a reply, of which no more was shown than a reply may hold', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const flood = { ...samplePlanner, response_text: '가나다라'.repeat(5000) }
    studio.model.script(
      'planner',
      answers.json(flood, { ending: 'stall' }),
      answers.json(flood, { chunkCharacters: 30_000 }),
    )
    const failed = await client.post(`/api/chat/session/${sessionId}/message`, {
      message: '안녕하세요',
    })
    expect(failed).toMatchObject({
      status: 502,
      body: { error: { code: 'SCHEMA_VALIDATION_FAILED' } },
    })
    expect(rejectedOf('planner')).toEqual(['response_text: must have at most 2000 characters'])
    const shown = Map.groupBy(
      (await readLog(client, sessionId)).flatMap((event) =>
        event.type === 'planner.delta' ? [event.data] : [],
      ),
      (delta) => delta.try,
    )
    for (const deltas of shown.values()) {
      const length = deltas.reduce((sum, delta) => sum + delta.text.length, 0)
      expect(length).toBeLessThanOrEqual(2000)
    }
  })
})

describe('usage', () => {
  const used = { input_tokens: 100, output_tokens: 50, total_tokens: 150 }
  const times = (calls: number) => ({
    input_tokens: 100 * calls,
    output_tokens: 50 * calls,
    total_tokens: 150 * calls,
  })

  it('of a run counts every call, failed ones too, by agent', async () => {
    const broken = {
      ...sampleCreative,
      ad_copies: sampleCreative.ad_copies.map((copy) => ({ ...copy, id: 'c1' })),
    }
    const { view } = await runWith('copies', answers.json(broken), answers.json(sampleCreative))
    expect(view.usage).toMatchObject({ ...times(8), calls: 8, calls_without_usage: 0, cost: null })
    expect(view.usage.agents).toMatchObject({
      research: { ...times(2), calls: 2, calls_without_usage: 0 },
      strategy: { ...used, calls: 1 },
      creative: { ...times(4), calls: 4, models: ['gpt-6.1-terra'], cost: null },
      voice: { ...used, calls: 1 },
    })
    expect(view.provenance.creative?.usage).toEqual({
      ...times(4),
      calls: 4,
      calls_without_usage: 0,
    })
  })

  it('of a run that fails is kept, and what was not reported is said to be unknown', async () => {
    const { view } = await runWith(
      'posters',
      answers.json({ ...sampleCreative, poster_specs: [] }),
      answers.status(500),
    )
    expect(view.state).toBe('FAILED')
    // The parts that are stopped may have been reported before that.
    const { calls_without_usage: unknown = 0, ...creative } = view.usage.agents.creative ?? {}
    expect(unknown).toBeGreaterThan(0)
    expect(creative).toMatchObject({ ...times(4 - unknown), calls: 4 })
    // The voice begins beside them, as soon as the film has its plan.
    const { calls: spoken = 0, calls_without_usage: unheard = 0 } = view.usage.agents.voice ?? {}
    expect(view.usage).toMatchObject({
      ...times(7 + spoken - unknown - unheard),
      calls: 7 + spoken,
      calls_without_usage: unknown + unheard,
    })
  })

  it('of a turn counts the try that was refused', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.script(
      'planner',
      answers.json({ ...samplePlanner, next_question: null }),
      answers.json(samplePlanner),
    )
    await client.post(`/api/chat/session/${sessionId}/message`, { message: '안녕하세요' })
    const { body } = await client.get(`/api/chat/session/${sessionId}/messages`)
    expect(body.messages.at(-1).provenance.usage).toEqual({
      ...times(2),
      calls: 2,
      calls_without_usage: 0,
    })
  })
})

it('no schema that is sent holds a pattern, which some servers cannot read', async () => {
  const { client, sessionId } = await readySession(studio)
  scriptRun(studio.model)
  await client.post(`/api/runs/${sessionId}/generate`)
  await waitForEvent(client, sessionId, ({ type }) => type === 'run.completed')
  const formats = studio.model.calls.map(({ body }) => JSON.stringify(body.text ?? {}))
  expect(formats.filter((format) => format.includes('schema'))).toHaveLength(7)
  for (const format of formats) expect(format).not.toMatch(/"pattern"|\\\\[dwsbDWSB]/)
  expect(CreativeOutput.shape.video_prompt_package.shape.size.safeParse('8 x 8').success).toBe(
    false,
  )
})
