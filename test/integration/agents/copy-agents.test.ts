import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type CopyFilter, CopyRejected } from '../../../shared/agents/copy/copy-filter.ts'
import { strategize } from '../../../shared/agents/strategy-agent.ts'
import { script } from '../../../shared/agents/voice-agent.ts'
import type {
  CreativeOutput,
  StrategyOutput,
  VoiceOutput,
} from '../../../shared/contracts/agents.ts'
import type { CopyFinding } from '../../../shared/contracts/copy-safety.ts'
import type { CreativePartAnswers } from '../../../shared/contracts/creative-parts.ts'
import { StudioError } from '../../../shared/contracts/errors.ts'
import { isAuthored } from '../../../shared/platform/authored.ts'
import { agentsOn, elementListener, failureOf } from '../../support/model-server/agents.ts'
import { answers } from '../../support/model-server/answers.ts'
import { rulesFor } from '../../support/model-server/copy-filter.ts'
import {
  type Asker,
  type ModelServer,
  startModelServer,
} from '../../support/model-server/model-server.ts'
import {
  sampleBrief as brief,
  sampleCreative,
  sampleResearched,
  sampleStrategy,
  sampleVoice,
} from '../../support/model-server/samples.ts'
import { writeCreatives } from '../../support/model-server/written-creatives.ts'

let server: ModelServer
beforeAll(async () => {
  server = await startModelServer()
})
beforeEach(() => server.reset())
afterAll(() => server.stop())

const locale = 'ko-KR' as const
const unlawful = '바르면 아토피 완치!'

const creatives = (
  more: { copyFilter?: CopyFilter } = {},
  stored: Partial<CreativePartAnswers> = {},
) => {
  const listener = elementListener()
  const agents = agentsOn(server, more)
  const input = { strategy: sampleStrategy, videoSeconds: 8, size: '720x1280' }
  const work = writeCreatives(
    agents,
    { locale, brief, research: sampleResearched, ...input },
    listener,
    stored,
  )
  work.catch(() => {})
  return { agents, listener, work }
}

const copies = (texts: Record<string, string>): CreativeOutput => ({
  ...sampleCreative,
  ad_copies: sampleCreative.ad_copies.map((copy) => ({
    ...copy,
    text: texts[copy.id] ?? copy.text,
  })),
})

const entry = (agent: string, kinds: object) =>
  answers.json({ schema_version: 'v1', agent, ...kinds })

/** Behind the first calls, one for each part. */
const askedAgain = (): Asker[] => server.calls.slice(3).map(({ asker }) => asker)

interface Blocked {
  ref: string
  kind: string
  item: { id?: string; text?: string }
  reasons: Pick<CopyFinding, 'rule' | 'law' | 'match'>[]
}
const asked = (): Blocked[] => server.calls.at(-1)?.data('blocked') as Blocked[]

describe('a copy that is blocked', () => {
  const c2 = sampleCreative.ad_copies[1]
  const repaired = { ...c2, text: '건조한 손에 부드럽게 스며요.' }

  test('is never shown, and goes back to the model alone, with rule and law', async () => {
    server.script('creative', answers.json(copies({ c2: unlawful }), { chunkCharacters: 7 }))
    server.script(
      'creative_repair',
      entry('creative', { ad_copies: [{ ref: 'r1', item: repaired }] }),
    )
    const { agents, listener, work } = creatives()
    const { parts, value, copy } = await work
    expect(askedAgain()).toEqual(['creative_repair'])
    expect(asked()).toMatchObject([
      { ref: 'r1', kind: 'ad_copies', item: { id: 'c2', text: unlawful } },
    ])
    expect(asked()[0]?.reasons[0]).toMatchObject({ law: expect.stringContaining('화장품법') })
    expect(value).toEqual(copies({ c2: repaired.text }))
    expect(isAuthored(parts.copies?.output)).toBe(true)
    expect(parts.copies?.output.provenance).toMatchObject({
      prompt_version: 'creative_copies.v3',
      usage: { calls: 2, total_tokens: 300 },
      repaired_by: [expect.stringMatching(/^resp_/)],
    })
    for (const other of [parts.posters, parts.film]) {
      expect(other?.output.provenance.usage).toMatchObject({ calls: 1, total_tokens: 150 })
    }
    expect(agents.counted).toEqual(['creative', 'creative', 'creative', 'creative'])
    expect(JSON.stringify(listener.elements)).not.toContain('완치')
    const shown = listener.elements.filter(({ kind }) => kind === 'ad_copies')
    expect(shown.map(({ item }) => (item as { id: string }).id)).toEqual([
      'c1',
      'c3',
      'c4',
      'c5',
      'c6',
      'c2',
    ])
    expect(new Set(shown.map(({ attempt }) => attempt))).toEqual(new Set([1]))
    expect(copy.rejected).toEqual([])
    expect(copy.verdicts.map(({ where }) => where)).toEqual([
      ...['c1', 'c2', 'c3', 'c4', 'c5', 'c6'].map((id) => `ad_copies.${id}`),
      'poster_specs.s1',
      'video_prompt_package',
    ])
    expect(new Set(copy.verdicts.map(({ verdict }) => verdict))).toEqual(new Set(['ok']))
  })

  test('and again is left out and reported, with nothing else lost', async () => {
    server.script('creative', answers.json(copies({ c2: unlawful })))
    server.script(
      'creative_repair',
      entry('creative', { ad_copies: [{ ref: 'r1', item: { ...c2, text: '아토피 치료 크림' } }] }),
    )
    const { listener, work } = creatives()
    const { value, copy } = await work
    expect(value.ad_copies.map(({ id }) => id)).toEqual(['c1', 'c3', 'c4', 'c5', 'c6'])
    expect(copy.rejected).toMatchObject([
      { text: '아토피 치료 크림', where: 'ad_copies.c2', law: expect.stringContaining('화장품법') },
    ])
    expect(copy.verdicts.map(({ where }) => where)).not.toContain('ad_copies.c2')
    expect(JSON.stringify(listener.elements)).not.toMatch(/아토피|완치/)
  })

  test('fails the stage when fewer than five are left, and names rules but no words', async () => {
    const two = { c1: unlawful, c2: unlawful }
    server.script('creative', answers.json(copies(two)))
    server.script('creative_repair', answers.json(copies(two)))
    const error = await failureOf(creatives().work)
    expect(error).toBeInstanceOf(CopyRejected)
    expect(error).toMatchObject({ code: 'COPY_SAFETY_REJECTED', retryable: false })
    expect(error.errors?.map(({ path }) => path)).toEqual(['ad_copies.c1', 'ad_copies.c2'])
    expect(JSON.stringify([error.message, error.errors])).not.toContain('완치')
    expect((error as CopyRejected).rejected.map(({ text }) => text)).toEqual([unlawful, unlawful])
    expect(askedAgain()).toEqual(['creative_repair'])
  })

  test('is repaired by a model that writes its whole answer again, of which nothing else is taken', async () => {
    server.script('creative', answers.json(copies({ c2: unlawful })))
    server.script('creative_repair', answers.json(copies({ c1: '다른 말', c2: repaired.text })))
    const { value } = await creatives().work
    expect(value).toEqual(copies({ c2: repaired.text }))
  })

  test.each([
    ['another id', { ad_copies: [{ ref: 'r1', item: { ...repaired, id: 'c9' } }] }, 'keep its id'],
    ['another ref', { ad_copies: [{ ref: 'r2', item: repaired }] }, 'ref'],
    ['nothing', {}, 'ad_copies'],
  ])(
    'under %s is no repair: the model is told once, and then it is left out',
    async (_, kinds, why) => {
      server.script('creative', answers.json(copies({ c2: unlawful })))
      server.script('creative_repair', entry('creative', kinds), entry('creative', kinds))
      const { value, copy } = await creatives().work
      expect(value.ad_copies).toHaveLength(5)
      expect(copy.rejected).toMatchObject([{ text: unlawful, where: 'ad_copies.c2' }])
      expect(askedAgain()).toEqual(['creative_repair', 'creative_repair'])
      expect(JSON.stringify(server.calls.at(-1)?.data('rejected_because'))).toContain(why)
    },
  )

  test('whose repair fails for another reason is left out when it can be, and otherwise tells that reason', async () => {
    server.script('creative', answers.json(copies({ c2: unlawful })))
    server.script('creative_repair', answers.status(500), answers.status(500))
    expect((await creatives().work).copy.rejected).toHaveLength(1)
    server.reset()
    server.script('creative', answers.json(copies({ c1: unlawful, c2: unlawful })))
    server.script('creative_repair', answers.status(500), answers.status(500))
    expect(await failureOf(creatives().work)).toMatchObject({
      code: 'UPSTREAM_ERROR',
      retryable: true,
    })
  })

  test('has one call left after a first answer that was invalid', async () => {
    server.script(
      'creative',
      answers.json({ ...sampleCreative, ad_copies: [] }),
      answers.json(copies({ c2: unlawful })),
    )
    server.script('creative_repair', answers.status(500), answers.status(500))
    const { agents, work } = creatives()
    expect((await work).copy.rejected).toHaveLength(1)
    expect(agents.counted).toHaveLength(5)
  })

  test('is known wherever it hides: in a label, split over a poster, in the film', async () => {
    const channel = { ...copies({}) }
    channel.ad_copies = channel.ad_copies.map((copy) =>
      copy.id === 'c3' ? { ...copy, channel: '아토피 완치' } : copy,
    )
    server.script('creative', answers.json(channel))
    server.script('creative_repair', answers.json(channel))
    expect((await creatives().work).copy.rejected).toMatchObject([
      { where: 'ad_copies.c3', text: '아토피 완치' },
    ])

    server.reset()
    const poster = {
      ...sampleCreative,
      poster_specs: [
        ...sampleCreative.poster_specs,
        {
          id: '완치',
          headline: '아토피',
          subheadline: '치료까지 한 번에',
          visual_keywords: ['꽃'],
        },
      ],
    }
    server.script('creative', answers.json(poster))
    server.script('creative_repair', answers.json(poster))
    const { copy } = await creatives().work
    // The id is no place that could be told.
    expect(copy.rejected).toMatchObject([{ where: 'poster_specs.1' }])

    server.reset()
    const film = structuredClone(sampleCreative)
    const scene = '약사가 제품을 들고 추천한다.'
    film.video_prompt_package.shots[0] = { start: 0, end: 2.5, scene }
    server.script('creative', answers.json(film))
    server.script('creative_repair', answers.json(film))
    expect(await failureOf(creatives().work)).toMatchObject({
      code: 'COPY_SAFETY_REJECTED',
      errors: [{ path: 'video_prompt_package' }],
    })
  })
})

describe('a strategy', () => {
  const run = (output: StrategyOutput) => {
    server.respond(() => answers.json(output))
    return strategize(
      agentsOn(server),
      { locale, brief, research: sampleResearched },
      elementListener(),
    )
  }

  test('loses what is blocked twice, as long as two positionings and three actions are left', async () => {
    const { output, copy } = await run({
      ...sampleStrategy,
      positioning_options: [
        ...sampleStrategy.positioning_options,
        { id: 'p3', title: '아토피', message: '완치를 약속해요.' },
      ],
      weekly_plan: [
        { day: '0일차', channel: '인스타그램', action: '아토피 치료 후기를 올린다.' },
        ...sampleStrategy.weekly_plan,
      ],
    })
    expect(output.value).toEqual(sampleStrategy)
    expect(copy.rejected.map(({ where }) => where)).toEqual([
      'positioning_options.p3',
      'weekly_plan.0',
    ])
    expect(copy.verdicts.map(({ where }) => where)).toContain('weekly_plan.2')
  })

  test('fails with fewer', async () => {
    const [first] = sampleStrategy.positioning_options
    const positioning_options = [first, { id: 'p2', title: '아토피', message: '완치를 약속해요.' }]
    const output = { ...sampleStrategy, positioning_options } as StrategyOutput
    expect((await failureOf(run(output))).code).toBe('COPY_SAFETY_REJECTED')
  })
})

describe('a narration', () => {
  const voices = () => {
    const listener = elementListener()
    const agents = agentsOn(server)
    const work = script(
      agents,
      {
        locale,
        brief,
        strategy: sampleStrategy,
        film: sampleCreative.video_prompt_package,
      },
      listener,
    )
    work.catch(() => {})
    return { listener, work }
  }
  /** Each line is innocent, and both together are not. */
  const split: VoiceOutput = {
    ...sampleVoice,
    subtitle_lines: [
      { start: 0, end: 2, text: '피부가' },
      { start: 2, end: 4, text: '재생돼요' },
      { start: 4, end: 6, text: '맡기세요' },
    ],
  }

  test('is judged over all its lines: the line that completes a claim is not shown', async () => {
    server.respond(() => answers.json(split))
    const { listener, work } = voices()
    expect(await failureOf(work)).toMatchObject({
      code: 'COPY_SAFETY_REJECTED',
      errors: [{ path: 'subtitle_lines' }],
    })
    const lines = listener.elements.filter(({ kind }) => kind === 'subtitle_lines')
    expect(lines.map(({ item }) => (item as { text: string }).text)).toEqual(['피부가', '맡기세요'])
  })

  test('that is repaired is shown as a whole, in place of what was shown', async () => {
    const { voiceover_script_short, delivery_profile, timing_map, subtitle_lines } = sampleVoice
    const item = { voiceover_script_short, delivery_profile, timing_map, subtitle_lines }
    server.script('voice', answers.json(split))
    server.script('voice_repair', entry('voice', { narration: [{ ref: 'r1', item }] }))
    const { listener, work } = voices()
    const { output } = await work
    expect(output.value).toEqual(sampleVoice)
    const again = listener.elements.filter(({ attempt }) => attempt === 2)
    expect(again.map(({ kind }) => kind)).toEqual([
      'voiceover_script_short',
      'tone_profile',
      'delivery_profile',
      ...sampleVoice.timing_map.map(() => 'timing_map'),
      ...sampleVoice.subtitle_lines.map(() => 'subtitle_lines'),
      'tts_config',
    ])
  })

  test('loses a long script that is blocked twice, and keeps the rest', async () => {
    server.respond(() => answers.json({ ...sampleVoice, voiceover_script_long: unlawful }))
    const { output, copy } = await voices().work
    expect(output.value.voiceover_script_long).toBeNull()
    expect(copy.rejected).toMatchObject([{ where: 'voiceover_script_long', text: unlawful }])
  })
})

describe('moderation', () => {
  const flagged: CopyFinding = {
    rule: 'moderation.violence',
    severity: 'block',
    law: '정책',
    match: '',
    explanation: '',
    allowed_by: null,
  }
  const moderated = (
    moderate: (texts: readonly string[]) => Promise<CopyFinding[][]>,
  ): CopyFilter => ({ ...rulesFor(), moderate })

  test('holds elements until they are judged, keeps their order, and does not hold the model', async () => {
    const batches: (readonly string[])[] = []
    const first = Promise.withResolvers<void>()
    const { judge, ...rules } = rulesFor()
    const copyFilter: CopyFilter = {
      ...rules,
      judge(text) {
        if (text === sampleCreative.ad_copies.at(-1)?.text) first.resolve()
        return judge(text)
      },
      async moderate(texts) {
        batches.push(texts)
        if (batches.length === 1) {
          await first.promise
          expect(listener.elements).toEqual([])
        }
        return texts.map(() => [])
      },
    }
    server.script('creative', answers.json(sampleCreative, { chunkCharacters: 9 }))
    const { posters, film } = { posters: sampleCreative, film: sampleCreative }
    const { listener, work } = creatives({ copyFilter }, { posters, film })
    const { value } = await work
    expect(listener.elements.map(({ item }) => item)).toEqual(value.ad_copies)
    // One text, and then everything that had come meanwhile.
    expect(batches.map(({ length }) => length)).toEqual([1, 5])
  })

  test('blocks what it flags, under its category', async () => {
    const copyFilter = moderated(async (texts) =>
      texts.map((text) => (text.includes('타자') && text.includes('동백뿐') ? [flagged] : [])),
    )
    server.respond(() => answers.json(sampleCreative))
    const { listener, work } = creatives({ copyFilter })
    const { copy } = await work
    expect(copy.rejected).toMatchObject([{ rule: 'moderation.violence', where: 'ad_copies.c1' }])
    expect(JSON.stringify(listener.elements)).not.toContain('동백뿐')
  })

  test('that does not judge ends the work: nothing goes out, and no call is paid in vain', async () => {
    const down = new StudioError('UPSTREAM_ERROR', 'The moderation service did not judge.')
    const copyFilter = moderated(async () => {
      throw down
    })
    server.respond(() => answers.json(sampleCreative, { pace: { first: 1, between: 1 } }))
    const { listener, work } = creatives({ copyFilter })
    expect(await failureOf(work)).toBe(down)
    expect(listener.elements).toEqual([])
    expect(server.calls).toHaveLength(3)
  })
})
