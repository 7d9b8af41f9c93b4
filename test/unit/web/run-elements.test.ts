import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RunView } from '../../../shared/client/contract.ts'
import { inGroups, storedElements } from '../../../web/src/run/element-lists.ts'

const element = (kind: string, item: unknown = kind) => ({ kind, item, copy_safety: null })

test('what is added goes to the end of its kind, and new kinds to the end of all', () => {
  const kinds = fc.array(fc.constantFrom('evidence', 'market_signals', 'risk_flags'))
  fc.assert(
    fc.property(kinds, fc.nat(), (kinds, cut) => {
      const elements = kinds.map((kind, index) => element(kind, index))
      const shown = inGroups(elements.slice(0, cut % (elements.length + 1)))
      const later = inGroups(elements)
      for (const [at, group] of shown.entries()) {
        expect(later[at]?.kind).toBe(group.kind)
        expect(later[at]?.elements.slice(0, group.elements.length)).toEqual(group.elements)
      }
      for (const { kind, elements: group } of later) {
        expect(group).toEqual(elements.filter((each) => each.kind === kind))
      }
    }),
  )
})

const view = {
  research_snapshot: null,
  creative_assets: {
    schema_version: 'v1',
    agent: 'creative',
    ad_copies: [
      { id: 'c1', channel: 'a', positioning_id: 'p1', text: 'one' },
      { id: 'c2', channel: 'a', positioning_id: 'p1', text: 'two' },
    ],
    poster_specs: [],
    video_prompt_package: { duration_sec: 8, size: '1x1', prompt: 'p', shots: [] },
  },
  voice_assets: {
    schema_version: 'v1',
    agent: 'voice',
    voiceover_script_short: 'short',
    voiceover_script_long: null,
  },
  copy_safety: {
    verdicts: [
      {
        where: 'ad_copies.c2',
        verdict: 'needs_evidence',
        findings: [{ rule: 'general.superlative' }],
      },
      { where: 'voiceover_script_short', verdict: 'ok', findings: [] },
    ],
  },
} as unknown as RunView

test('a stored stage has the form in which its elements streamed, with the verdicts on them', () => {
  const shown = storedElements(view, 'creative')
  expect(shown?.map(({ kind }) => kind)).toEqual(['ad_copies', 'ad_copies', 'video_prompt_package'])
  expect(shown?.map(({ copy_safety }) => copy_safety)).toEqual([
    null,
    { verdict: 'needs_evidence', rules: ['general.superlative'] },
    null,
  ])
})

test('a text that was not written is no element, and a stage that is not stored has none to show', () => {
  expect(storedElements(view, 'voice')).toEqual([
    { ...element('voiceover_script_short', 'short'), copy_safety: { verdict: 'ok', rules: [] } },
  ])
  expect(storedElements(view, 'research')).toBeNull()
})
