import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { StageOutputs } from '../../shared/contracts/agents.ts'
import { viewLaunch } from '../../shared/services/launches/launch-view.ts'
import { launchBrief, launchRun } from '../support/launches/launch-runs.ts'
import { holds, propertyLimit } from '../support/limits/properties.ts'
import {
  sampleCreative,
  sampleResearched,
  sampleStrategy,
  sampleVoice,
} from '../support/model-server/samples.ts'

/** Texts with what the package joins by, names that objects have already, and blanks of their own. */
const text = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'a · b', 'one\ntwo', '동백 핸드크림'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
)

/** A value in the form of a sample: lists of any length, other texts. */
const like = (sample: unknown): fc.Arbitrary<unknown> => {
  if (typeof sample === 'string') return text
  if (Array.isArray(sample)) return fc.array(like(sample[0]), { maxLength: 4 })
  if (typeof sample !== 'object' || sample === null) return fc.constant(sample)
  return fc.record(
    Object.fromEntries(Object.entries(sample).map(([key, part]) => [key, like(part)])),
  )
}

const written = fc
  .tuple(
    like(sampleResearched),
    like(sampleStrategy),
    like(sampleCreative),
    like(sampleVoice),
    fc.nat(4),
  )
  .map(([research, strategy, creative, voice, stages]) => {
    const all = Object.entries({ research, strategy, creative, voice })
    return Object.fromEntries(all.slice(0, stages)) as Partial<StageOutputs>
  })

/** Every text in a value. */
const textsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : []
}

/** What is left of texts when what joins them is taken away. */
const piecesOf = (texts: readonly string[]): string[] =>
  texts.flatMap((each) => each.split(/\n| · /))

test('every text of a package is what an agent or the brief says, whole; and each of theirs is in it', {
  timeout: propertyLimit(),
}, async () => {
  await holds(
    fc.asyncProperty(written, async (outputs) => {
      const view = viewLaunch(launchBrief, launchRun(outputs))
      const { request_id, created_at, state, timeline, ...parts } = view
      const payloads = timeline.map(({ payload }) => payload)
      const said = new Set(['', ...piecesOf(textsOf([outputs, launchBrief]))])
      const channels = Object.keys(parts.campaign_strategy.channel_tactics)
      const shown = [...textsOf([parts, payloads]), ...channels]
      expect(piecesOf(shown).filter((piece) => !said.has(piece))).toEqual([])
      const bodies = Object.values(outputs).map(({ schema_version, agent, ...body }) => body)
      expect(textsOf(bodies).filter((each) => !shown.includes(each))).toEqual([])
    }),
    { short: 200, full: 20_000 },
  )
})
