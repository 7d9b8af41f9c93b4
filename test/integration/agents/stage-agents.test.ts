import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { strategize } from '../../../shared/agents/strategy-agent.ts'
import { script } from '../../../shared/agents/voice-agent.ts'
import { isAuthored } from '../../../shared/platform/authored.ts'
import { agentsOn, elementListener } from '../../support/model-server/agents.ts'
import { answers } from '../../support/model-server/answers.ts'
import { type ModelServer, startModelServer } from '../../support/model-server/model-server.ts'
import {
  sampleBrief as brief,
  sampleCreative,
  sampleResearched,
  sampleStrategy,
  sampleVoice,
} from '../../support/model-server/samples.ts'

let server: ModelServer
beforeAll(async () => {
  server = await startModelServer()
})
beforeEach(() => server.reset())
afterAll(() => server.stop())

const locale = 'ko-KR' as const
const stages = {
  strategy: {
    sample: sampleStrategy,
    prompt: 'strategy.v3',
    given: { brief, research: sampleResearched },
    kinds: ['market_assessment', 'positioning_options', 'weekly_plan', 'kpi_next_actions'],
    run: (listener: ReturnType<typeof elementListener>) =>
      strategize(agentsOn(server), { locale, brief, research: sampleResearched }, listener),
  },
  voice: {
    sample: sampleVoice,
    prompt: 'voice.v3',
    given: {
      film: sampleCreative.video_prompt_package,
      narration: {
        seconds: 8,
        characters: 56,
        sentences: 2,
        voice_presets: ['friendly_ko', 'calm_ko', 'neutral_ko', 'cute_ko'],
      },
    },
    kinds: ['voiceover_script_short', 'timing_map', 'subtitle_lines', 'tts_config'],
    run: (listener: ReturnType<typeof elementListener>) =>
      script(
        agentsOn(server),
        {
          locale,
          brief,
          strategy: sampleStrategy,
          film: sampleCreative.video_prompt_package,
        },
        listener,
      ),
  },
} as const

describe.each(Object.entries(stages))('the %s agent', (agent, stage) => {
  const asker = agent as keyof typeof stages

  test('returns authored words, from what it was given', async () => {
    server.script(asker, answers.json(stage.sample))
    const { output } = await stage.run(elementListener())
    expect(output.value).toEqual(stage.sample)
    expect(isAuthored(output)).toBe(true)
    expect(output.provenance.prompt_version).toBe(stage.prompt)
    for (const [name, value] of Object.entries(stage.given)) {
      expect(server.calls[0]?.data(name)).toEqual(value)
    }
  })

  test('streams each finished element in the order of its answer', async () => {
    server.script(asker, answers.json(stage.sample, { chunkCharacters: 9 }))
    const listener = elementListener()
    const { value } = (await stage.run(listener)).output
    const streamed = Map.groupBy(listener.elements, ({ kind }) => kind)
    for (const kind of stage.kinds) {
      const stored = new Map<string, unknown>(Object.entries(value)).get(kind)
      const items = streamed.get(kind)?.map(({ item }) => item)
      expect(Array.isArray(stored) ? items : items?.[0]).toEqual(stored)
    }
    const order = [...streamed.keys()]
    expect(order).toEqual(Object.keys(value).filter((kind) => order.includes(kind)))
    expect(order).not.toContain('voiceover_script_long')
  })

  test('is asked once more and then fails when its answer has no good form', async () => {
    server.respond(() => answers.json({ ...stage.sample, schema_version: 'v2' }))
    const listener = elementListener()
    await expect(stage.run(listener)).rejects.toMatchObject({ code: 'SCHEMA_VALIDATION_FAILED' })
    expect(server.calls).toHaveLength(2)
    expect(new Set(listener.elements.map(({ attempt }) => attempt))).toEqual(new Set([1, 2]))
  })
})
