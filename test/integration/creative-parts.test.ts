import { describe, expect, it } from 'vitest'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import { SessionExport } from '../../shared/contracts/export.ts'
import { RunView } from '../../shared/contracts/runs.ts'
import { eventually } from '../support/limits/eventually.ts'
import { answers } from '../support/model-server/answers.ts'
import type { ScriptedAnswer } from '../support/model-server/model-server.ts'
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
const good = answers.json(sampleCreative)
const spoken = answers.json(sampleVoice)

interface Started {
  client: Client
  sessionId: string
  runId: string
}

/** Begins a run whose copies are answered with these, and all else with what is good unless it is given. */
const startWith = async (
  copies: ScriptedAnswer[],
  {
    posters = good,
    film = good,
    voice = [spoken],
  }: { posters?: ScriptedAnswer; film?: ScriptedAnswer; voice?: ScriptedAnswer[] } = {},
): Promise<Started> => {
  const { client, sessionId } = await readySession(studio)
  const { text, citations, sources } = sampleFindings
  studio.model.calls.length = 0
  studio.model.script('search', answers.search(text, { citations, sources }))
  studio.model.script('research', answers.json(sampleResearch))
  studio.model.script('strategy', answers.json(sampleStrategy))
  studio.model.script('creative_copies', ...copies)
  studio.model.script('creative_posters', posters)
  studio.model.script('creative_film', film)
  studio.model.script('voice', ...voice)
  const { body } = await client.post(`/api/runs/${sessionId}/generate`)
  return { client, sessionId, runId: body.run_id }
}

const endOf = ({ client, sessionId }: Started, after = 0): Promise<StudioEvent> =>
  waitForEvent(client, sessionId, ({ type }) => type === 'run.completed' || type === 'error', after)

const viewOf = async ({ client, runId }: Started): Promise<RunView> =>
  RunView.parse((await client.get(`/api/runs/${runId}`)).body)

const elementsOf = (log: readonly StudioEvent[]) =>
  log.flatMap((event) => (event.type === 'creative.delta' ? [event.data] : []))

const partsAsked = () => studio.model.calls.flatMap(({ part }) => part ?? []).toSorted()

/** Resolves when these fields of the creatives are stored, while the stage goes on. */
const untilKept = async ({ client, sessionId }: Started, kinds: string[]): Promise<void> => {
  await eventually(async () => {
    const { body } = await client.get(`/api/chat/session/${sessionId}/export`)
    const stages = SessionExport.parse(body).runs[0]?.stages ?? []
    const partial = stages.find(({ stage }) => stage === 'creative')?.partial ?? []
    expect([...new Set(partial.map(({ kind }) => kind))]).toEqual(kinds)
  })
}

/** Resolves when a stage's output is stored, wherever its run is. */
const untilCommitted = async ({ client, sessionId }: Started, named: string): Promise<void> => {
  await eventually(async () => {
    const { body } = await client.get(`/api/chat/session/${sessionId}/export`)
    const stages = SessionExport.parse(body).runs[0]?.stages ?? []
    expect(stages.find(({ stage }) => stage === named)?.output ?? null).not.toBeNull()
  })
}

describe('a copy that breaks a rule', () => {
  it('has the copies written again, and nothing else; all calls count, and each answer is named', async () => {
    const twice = sampleCreative.ad_copies.map((copy) => ({ ...copy, id: 'c1' }))
    const run = await startWith([answers.json({ ...sampleCreative, ad_copies: twice }), good])
    expect(await endOf(run)).toMatchObject({ type: 'run.completed' })
    expect(partsAsked()).toEqual(['copies', 'copies', 'film', 'posters'])

    const view = await viewOf(run)
    expect(view.creative_assets).toEqual(sampleCreative)
    const used = (calls: number) => ({
      input_tokens: 100 * calls,
      output_tokens: 50 * calls,
      total_tokens: 150 * calls,
      calls,
      calls_without_usage: 0,
    })
    expect(view.usage.agents.creative).toMatchObject(used(4))
    const { creative } = view.provenance
    expect(creative).toMatchObject({ response_id: null, usage: used(4) })
    expect(Object.keys(creative?.parts ?? {})).toEqual([
      'ad_copies',
      'poster_specs',
      'video_prompt_package',
    ])
    expect(creative?.parts).toMatchObject({
      ad_copies: { prompt_version: 'creative_copies.v3', usage: used(2) },
      poster_specs: { prompt_version: 'creative_posters.v3', usage: used(1) },
      video_prompt_package: { prompt_version: 'creative_film.v3', usage: used(1) },
    })
    const ids = Object.values(creative?.parts ?? {}).map(({ response_id }) => response_id)
    expect(new Set(ids).size).toBe(3)

    const elements = elementsOf(await readLog(run.client, run.sessionId))
    const triesOf = (of: string) =>
      new Set(elements.flatMap(({ kind, try: tried }) => (kind === of ? [tried] : [])))
    expect(triesOf('ad_copies')).toEqual(new Set([1, 2]))
    expect(triesOf('poster_specs')).toEqual(new Set([1]))
    expect(triesOf('video_prompt_package')).toEqual(new Set([1]))
  })
})

describe('a part that fails', () => {
  it.each([
    { beside: 'a voice that was done', voice: [spoken], again: ['copies'] },
    {
      beside: 'a voice that was not',
      voice: [answers.silence(), spoken],
      again: ['copies', 'voice'],
    },
  ])(
    'leaves what was done kept and shown, and a resume writes what is missing alone, beside $beside',
    async ({ voice, again: missing }) => {
      const keptOthers = Promise.withResolvers<void>()
      const run = await startWith(
        [
          async () => {
            await keptOthers.promise
            return answers.refusal()
          },
        ],
        { voice },
      )
      await untilKept(run, ['poster_specs', 'video_prompt_package'])
      await (voice.length === 1
        ? untilCommitted(run, 'voice')
        : studio.model.until(() => studio.model.calls.some(({ asker }) => asker === 'voice')))
      keptOthers.resolve()
      const error = await endOf(run)
      expect(error).toMatchObject({
        type: 'error',
        data: { code: 'MODEL_REFUSED', stage: 'creative', resume_from: 'creative' },
      })
      const failed = await viewOf(run)
      expect(failed).toMatchObject({ state: 'FAILED', creative_assets: null })
      expect(failed.provenance).not.toHaveProperty('creative')
      expect(failed.partial).toEqual({
        stage: 'creative',
        elements: [
          ...sampleCreative.poster_specs.map((item) => ({ kind: 'poster_specs', item })),
          { kind: 'video_prompt_package', item: sampleCreative.video_prompt_package },
        ],
      })

      studio.model.calls.length = 0
      studio.model.script('creative_copies', good)
      await run.client.post(`/api/runs/${run.runId}/resume`)
      expect(await endOf(run, error.seq)).toMatchObject({ type: 'run.completed' })
      expect(studio.model.calls.map(({ asker, part }) => part ?? asker).sort()).toEqual(missing)

      const view = await viewOf(run)
      expect(view).toMatchObject({
        state: 'DONE',
        attempt: 2,
        creative_assets: sampleCreative,
        voice_assets: sampleVoice,
      })
      // The refusal came without usage or with it: it was a call.
      expect(view.usage.agents.creative?.calls).toBe(4)
      expect(view.copy_safety?.verdicts.map(({ where }) => where)).toEqual(
        expect.arrayContaining(['ad_copies.c1', 'poster_specs.s1', 'video_prompt_package']),
      )
      // The second attempt shows the whole of it.
      const log = await readLog(run.client, run.sessionId)
      const again = elementsOf(log.filter(({ seq }) => seq > error.seq))
      const shown = Map.groupBy(again, ({ kind }) => kind)
      expect(shown.get('ad_copies')?.map(({ item }) => item)).toEqual(sampleCreative.ad_copies)
      expect(shown.get('poster_specs')?.map(({ item }) => item)).toEqual(
        sampleCreative.poster_specs,
      )
      expect(shown.get('video_prompt_package')).toMatchObject([
        { item: sampleCreative.video_prompt_package, copy_safety: { verdict: 'ok' } },
      ])
    },
  )

  it('stops the others at once, whose elements stay as partial ones', async () => {
    const shownPoster = Promise.withResolvers<void>()
    const refusing = async () => {
      await shownPoster.promise
      return answers.refusal()
    }
    const posters = answers.json(sampleCreative, { chunkCharacters: 20, ending: 'stall' })
    const run = await startWith([refusing], {
      // Its list goes on behind the first poster, and never ends.
      posters: { ...posters, endAfter: posters.chunks.length },
      film: answers.silence(),
    })
    await waitForEvent(run.client, run.sessionId, ({ type }) => type === 'creative.delta')
    shownPoster.resolve()
    expect(await endOf(run)).toMatchObject({ type: 'error', data: { code: 'MODEL_REFUSED' } })
    await studio.model.until(() => studio.model.open() === 0)
    expect(partsAsked()).toEqual(['copies', 'film', 'posters'])
    await eventually(async () => {
      expect((await viewOf(run)).partial).toEqual({
        stage: 'creative',
        elements: [{ kind: 'poster_specs', item: sampleCreative.poster_specs[0] }],
      })
    })
  })
})
