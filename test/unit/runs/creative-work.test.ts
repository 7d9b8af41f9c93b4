import { expect, test } from 'vitest'
import type { ModelClient, ModelEvent } from '../../../shared/clients/openai/model-client.ts'
import { ConditionFailed } from '../../../shared/clients/store.ts'
import { type CreativePart, creativePartNames } from '../../../shared/contracts/creative-parts.ts'
import { StudioError } from '../../../shared/contracts/errors.ts'
import type { WrittenParts } from '../../../shared/repositories/creative-part-attributes.ts'
import {
  createRunOutputRepository,
  type RunWithStages,
} from '../../../shared/repositories/run-output-repository.ts'
import { jsonBytes } from '../../../shared/rules/answer-size.ts'
import { creativePartTokens, modelLimits } from '../../../shared/rules/model-limits.ts'
import { type CreativeHooks, writeCreatives } from '../../../shared/services/runs/creative-work.ts'
import { viewRun } from '../../../shared/services/runs/run-view.ts'
import { rulesFor } from '../../support/model-server/copy-filter.ts'
import {
  sampleBrief,
  sampleCreative,
  sampleResearched,
  sampleStrategy,
} from '../../support/model-server/samples.ts'
import { createMemoryTable } from '../../support/simulation/memory-table.ts'
import { createSimulatedStore } from '../../support/simulation/simulated-store.ts'

const clock = { now: () => Date.UTC(2026, 10, 26) }
const runId = 'run_00000000000000000000000000'

async function* answerWith(value: unknown): AsyncGenerator<ModelEvent> {
  yield { type: 'text', text: JSON.stringify(value) }
  yield { type: 'usage', usage: { input_tokens: 10, output_tokens: 5, total_tokens: 15 } }
  yield { type: 'end', id: 'resp', model: 'scripted', reason: 'complete' }
}

/** Answers each part with the whole sample, once it may. */
const modelOf = (
  may: (part: CreativePart) => Promise<void>,
  asked: string[] = [],
): ModelClient => ({
  async stream({ format }) {
    const part = creativePartNames.find((each) => format?.name.startsWith(`creative_${each}`))
    if (part === undefined) throw new Error(`No part is named ${format?.name}.`)
    asked.push(part)
    await may(part)
    return answerWith(sampleCreative)
  },
})

const claim = (leaseId: string, generation: number, attempt = 1) => ({
  ...{ attempt, generation, leaseId, token: 'token' },
  until: clock.now() + 10_000,
})

/** A run at its creatives, which `first` holds. */
const prepare = async () => {
  const table = createMemoryTable()
  const store = createSimulatedStore(table, clock)
  const runs = createRunOutputRepository(store, clock)
  await store.write([
    runs.create({
      run_id: runId,
      session_id: 'sess_00000000000000000000000000',
      owner: 'principal',
      locale: 'ko-KR',
      mode: 'standard',
      brief: sampleBrief,
      state: 'GEN_CREATIVES',
      stage: 'creative',
      attempt: 1,
      created_at: '2026-11-26T00:00:00.000Z',
      updated_at: '2026-11-26T00:00:00.000Z',
    }),
  ])
  await runs.claim(runId, 'creative', claim('first', 0))
  const find = async (): Promise<RunWithStages> => {
    const found = await runs.get(runId)
    if (!found) throw new Error('The run is gone.')
    return found
  }
  const work = async (model: ModelClient, more: Partial<CreativeHooks> = {}, signal = live()) => {
    const hooks: CreativeHooks = {
      leaseId: 'first',
      onElement() {},
      async countCall() {
        return undefined
      },
      ...more,
    }
    const input = { strategy: sampleStrategy, videoSeconds: 8, size: '720x1280' }
    return writeCreatives(
      runs,
      await find(),
      hooks,
      { model, clock, signal, copyFilter: rulesFor() },
      { locale: 'ko-KR', brief: sampleBrief, research: sampleResearched, ...input },
    )
  }
  /** A worker that begins the voice, and keeps the film with that. */
  const begins =
    (then: (found: RunWithStages) => void | Promise<void>): CreativeHooks['ahead'] =>
    async (_, given, keeping) => {
      if (keeping) await store.write([keeping])
      await then(given)
      return true
    }
  return { table, store, runs, find, work, begins }
}

const live = () => new AbortController().signal
const never = () => new Promise<void>(() => {})
const atOnce = async () => {}

test('the voice can begin once the film is kept, beside copies and posters', async () => {
  const { store, find, work, begins } = await prepare()
  const others = Promise.withResolvers<void>()
  const ahead: { film: unknown; kept: string[] }[] = []
  const model = modelOf((part) => (part === 'film' ? atOnce() : others.promise))
  const done = await work(model, {
    ahead: begins(async ({ stages }) => {
      ahead.push({
        film: stages.creative?.parts?.film?.output.video_prompt_package,
        kept: Object.keys((await find()).stages.creative?.parts ?? {}),
      })
      others.resolve()
    }),
  })
  expect(ahead).toEqual([{ film: sampleCreative.video_prompt_package, kept: ['film'] }])
  const before = await find()
  expect(before.stages.creative).not.toHaveProperty('output')
  expect(Object.keys(before.stages.creative?.parts ?? {})).toHaveLength(2)
  await store.write([done.commit('first')])
  const view = viewRun(await find())
  expect(view.creative_assets).toEqual(sampleCreative)
  expect(Object.keys(view.creative_assets ?? {})).toEqual(Object.keys(sampleCreative))
  expect(view.copy_safety?.verdicts.map(({ where }) => where)).toEqual([
    ...sampleCreative.ad_copies.map(({ id }) => `ad_copies.${id}`),
    'poster_specs.s1',
    'video_prompt_package',
  ])
  expect(view.provenance.creative).toMatchObject({
    response_id: null,
    usage: { calls: 3, total_tokens: 45 },
  })
})

test('a worker that takes the stage over writes what is missing, and the dead one changes nothing', async () => {
  const { store, runs, find, work, begins } = await prepare()
  const kept = Promise.withResolvers<void>()
  const stopped = new AbortController()
  const dead = work(
    modelOf((part) => (part === 'film' ? atOnce() : never())),
    { ahead: begins(() => kept.resolve()) },
    stopped.signal,
  )
  dead.catch(() => {})
  await kept.promise
  stopped.abort(new Error('The worker is dead.'))
  await expect(dead).rejects.toThrow('The worker is dead.')

  expect(await runs.claim(runId, 'creative', claim('second', 1))).toBe(true)
  const film = (await find()).stages.creative?.parts?.film
  const late = work(modelOf((part) => (part === 'copies' ? atOnce() : never())))
  await expect(late).rejects.toThrow(ConditionFailed)
  const asked: string[] = []
  const shown: [kind: string, modelTry: number][] = []
  const done = await work(modelOf(atOnce, asked), {
    leaseId: 'second',
    onElement: (kind, _, modelTry) => shown.push([kind, modelTry]),
  })
  expect(asked.toSorted()).toEqual(['copies', 'posters'])
  // What the first worker kept may not have come into the log.
  expect(shown.filter(([kind]) => kind === 'video_prompt_package')).toEqual([
    ['video_prompt_package', expect.any(Number)],
  ])
  await expect(store.write([done.commit('first')])).rejects.toThrow(ConditionFailed)
  await store.write([done.commit('second')])
  expect((await find()).stages.creative?.parts?.film).toEqual(film)
  expect(viewRun(await find()).creative_assets).toEqual(sampleCreative)
})

test('no part is committed without the others', async () => {
  const { store, runs, find } = await prepare()
  const parts: WrittenParts = {}
  await expect(store.write([runs.commitParts(runId, 1, 'first', parts)])).rejects.toThrow(
    ConditionFailed,
  )
  expect((await find()).stages.creative?.status).toBe('working')
})

test('calls of each part are counted by themselves, together where they begin together', async () => {
  const { runs, find } = await prepare()
  const calls = (parts: string[]) => parts.map((part) => ({ maxCalls: 2, part }))
  const count = (...parts: string[]) =>
    runs.countCalls(runId, 'creative', claim('first', 0), calls(parts))
  expect(await count('copies', 'posters', 'film')).toBe(true)
  expect(await count('copies')).toBe(true)
  expect(await count('copies')).toBe(false)
  expect(await count('film', 'copies')).toBe(false)
  expect(await count('film')).toBe(true)
  expect((await find()).stages.creative).toMatchObject({
    calls_1_copies: 2,
    calls_1_posters: 1,
    calls_1_film: 2,
  })
  expect(viewRun(await find()).usage.agents.creative).toMatchObject({ calls: 5 })
})

test('calls that are not made are taken back, and those of another worker refused', async () => {
  const { runs, find } = await prepare()
  const calls = [{ maxCalls: 1, part: 'film' }]
  expect(await runs.countCalls(runId, 'creative', claim('other', 0), calls)).toBe(false)
  expect(await runs.countCalls(runId, 'creative', claim('first', 0), calls)).toBe(true)
  await runs.uncountCalls(runId, 'creative', claim('first', 0), calls)
  expect(await runs.countCalls(runId, 'creative', claim('first', 0), calls)).toBe(true)
  expect((await find()).stages.creative).toMatchObject({ calls_1_film: 1 })
})

test('a call whose count arrives twice is counted once, with what was used before it', async () => {
  const { table, runs, find } = await prepare()
  const twice = createRunOutputRepository(
    createSimulatedStore(table, clock, { pass: async () => {}, outcome: () => 'sent twice' }),
    clock,
  )
  const usage = { input_tokens: 10, output_tokens: 5, total_tokens: 15 }
  const used = [{ provider: 'scripted', model: 'small', usage }]
  const calls = [{ maxCalls: 2, part: 'film' }]
  expect(await twice.countCalls(runId, 'creative', claim('first', 0), calls, used)).toBe(true)
  expect((await find()).stages.creative).toMatchObject({ calls_1_film: 1 })
  expect((await runs.get(runId))?.usage).toEqual([
    { stage: 'creative', provider: 'scripted', model: 'small', calls: 1, ...usage },
  ])
})

test('what a failed stage keeps beside its parts holds nothing twice, and its item all of it', async () => {
  const { runs, find, work, begins } = await prepare()
  const kept = Promise.withResolvers<void>()
  const model = modelOf(async (part) => {
    if (part === 'film') return
    await kept.promise
    throw new StudioError('MODEL_REFUSED', 'No.')
  })
  await expect(work(model, { ahead: begins(() => kept.resolve()) })).rejects.toThrow('No.')
  const streamed = [
    { kind: 'video_prompt_package', item: sampleCreative.video_prompt_package },
    { kind: 'ad_copies', item: sampleCreative.ad_copies[0] },
  ]
  expect(await runs.keepPartial(runId, 'creative', 1, streamed)).toBe(true)
  const { stages, ...found } = await find()
  expect(stages.creative?.partial).toEqual(streamed.slice(1))
  expect(jsonBytes(stages.creative)).toBeLessThan(400 * 1024)
  const failed = { ...found, stages, run: { ...found.run, state: 'FAILED' as const } }
  expect(viewRun(failed).partial).toEqual({ stage: 'creative', elements: streamed })
})

test('the tokens of all parts are those of the agent, for which a run has room at its start', () => {
  const all = Object.values(creativePartTokens).reduce((sum: number, tokens) => sum + tokens, 0)
  expect(all).toBe(modelLimits.creative.maxOutputTokens)
})
