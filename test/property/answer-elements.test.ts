import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CopyAgentDependencies } from '../../shared/agents/copy/copy-filter.ts'
import type { CopyListener } from '../../shared/agents/copy/copy-gate.ts'
import { strategize } from '../../shared/agents/strategy-agent.ts'
import { script } from '../../shared/agents/voice-agent.ts'
import type { ModelEvent } from '../../shared/clients/openai/model-client.ts'
import { StudioError } from '../../shared/contracts/errors.ts'
import { systemClock as clock } from '../../shared/platform/clock.ts'
import { holds, propertyLimit } from '../support/limits/properties.ts'
import { rulesFor } from '../support/model-server/copy-filter.ts'
import {
  sampleBrief as brief,
  sampleCreative,
  sampleResearched,
  sampleStrategy,
  sampleVoice,
} from '../support/model-server/samples.ts'
import { writeCreatives } from '../support/model-server/written-creatives.ts'

const locale = 'ko-KR' as const
const copyFilter = rulesFor()

interface Stage {
  sample: object
  /** Fields whose entries are elements; other elements are fields as wholes. */
  lists: readonly string[]
  run(
    dependencies: CopyAgentDependencies,
    listener: CopyListener,
  ): Promise<{ output: { value: object } }>
}

const stages: Stage[] = [
  {
    sample: sampleStrategy,
    lists: ['positioning_options', 'weekly_plan', 'required_assets'],
    run: (dependencies, listener) =>
      strategize(dependencies, { locale, brief, research: sampleResearched }, listener),
  },
  {
    sample: sampleCreative,
    lists: ['ad_copies', 'poster_specs'],
    // Each part is given all of it, and takes its own.
    async run(dependencies, listener) {
      const input = { strategy: sampleStrategy, videoSeconds: 8, size: '720x1280' }
      const given = { locale, brief, research: sampleResearched, ...input }
      const { value } = await writeCreatives(dependencies, given, listener)
      return { output: { value } }
    },
  },
  {
    sample: sampleVoice,
    lists: ['timing_map', 'subtitle_lines'],
    run: (dependencies, listener) =>
      script(
        dependencies,
        {
          locale,
          brief,
          strategy: sampleStrategy,
          film: sampleCreative.video_prompt_package,
        },
        listener,
      ),
  },
]

/** How a model writes one answer: where it is cut, and all that changes nothing of its meaning. */
interface Writing {
  order: number[]
  pretty: boolean
  escaped: boolean
  decomposed: boolean
  padded: boolean
  /** A field that is written once more at the end. */
  twice: number | undefined
  sizes: number[]
}

const writing: fc.Arbitrary<Writing> = fc.record({
  order: fc.array(fc.nat(1000), { minLength: 12, maxLength: 12 }),
  pretty: fc.boolean(),
  escaped: fc.boolean(),
  decomposed: fc.boolean(),
  padded: fc.boolean(),
  twice: fc.option(fc.nat(20), { nil: undefined, freq: 4 }),
  sizes: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 }),
})

const written = (sample: object, how: Writing): string => {
  const fields = Object.entries(sample)
    .map((entry, index) => ({ entry, rank: how.order[index] ?? 0 }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ entry }) => entry)
  const repeated = how.twice === undefined ? undefined : fields[how.twice % fields.length]
  const json = JSON.stringify(
    Object.fromEntries(fields),
    (key, value) =>
      typeof value === 'string' && key === 'text' && how.padded ? ` ${value}\n` : value,
    how.pretty ? 2 : 0,
  )
  const whole =
    repeated === undefined
      ? json
      : json.replace(/\}$/, `,${JSON.stringify(repeated[0])}:${JSON.stringify(repeated[1])}}`)
  const formed = how.decomposed ? whole.normalize('NFD') : whole
  return how.escaped
    ? formed.replace(
        /[\u0080-\uffff]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )
    : formed
}

async function* eventsOf(text: string, sizes: number[]): AsyncGenerator<ModelEvent> {
  for (let from = 0, turn = 0; from < text.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1
    yield { type: 'text', text: text.slice(from, from + size) }
    from += size
  }
  yield { type: 'end', id: 'resp_1', model: 'scripted', reason: 'complete' }
}

/** The elements of an output, by field. */
const elementsOf = (
  value: object,
  kinds: Iterable<string>,
  lists: readonly string[],
): Map<string, unknown[]> => {
  const fields = new Map(Object.entries(value))
  return new Map(
    [...kinds].map((kind) => {
      const field = fields.get(kind)
      return [kind, lists.includes(kind) ? (field as unknown[]) : [field]]
    }),
  )
}

test('the elements of an answer that is stored are those that were streamed, however it is written and cut', {
  timeout: propertyLimit(),
}, async () => {
  await holds(
    fc.asyncProperty(fc.constantFrom(...stages), writing, async (stage, how) => {
      const text = written(stage.sample, how)
      const streamed = new Map<string, unknown[]>()
      const model = { stream: async () => eventsOf(text, how.sizes) }
      const answered = await stage
        .run(
          { model, clock, copyFilter },
          { onElement: (kind, item) => streamed.set(kind, [...(streamed.get(kind) ?? []), item]) },
        )
        .catch((error: unknown) => error)
      if (how.twice !== undefined) {
        expect(answered).toBeInstanceOf(StudioError)
        expect(answered).toMatchObject({
          code: 'SCHEMA_VALIDATION_FAILED',
          message: expect.stringContaining('is repeated'),
        })
        return
      }
      expect(answered).toMatchObject({ output: { value: stage.sample } })
      expect(streamed).toEqual(elementsOf(stage.sample, streamed.keys(), stage.lists))
      for (const list of stage.lists) expect(streamed.has(list)).toBe(true)
    }),
    { short: 120, full: 1000 },
  )
})
