import { describe, expect, test } from 'vitest'
import { plannerRules, updateRules } from '../../../shared/agents/planner-agent.ts'
import { replyText } from '../../../shared/agents/reply-text.ts'
import type { Gate, SlotUpdate } from '../../../shared/contracts/brief.ts'
import { samplePlanner } from '../../support/model-server/samples.ts'

const shut: Gate = {
  ready: false,
  missing_required: ['product.price_band', 'target.who'],
  completeness: 0.75,
  confidence: 0.6,
}
const unsure: Gate = { ready: false, missing_required: [], completeness: 1, confidence: 0.6 }
const open: Gate = { ready: true, missing_required: [], completeness: 1, confidence: 0.9 }

const name: SlotUpdate = {
  path: 'product.name',
  value: '동백 핸드크림',
  confidence: 0.9,
  source: 'user',
}
const silent = { ...samplePlanner, next_question: null }
const asked = (
  gate: Gate,
  output = silent,
  state: 'CHAT_COLLECTING' | 'RUN_RESEARCH' | 'DONE' = 'CHAT_COLLECTING',
) => plannerRules(output, { state, gateAfter: () => gate })

describe('the next question', () => {
  test('may be left out once the gate is open', () => {
    expect(asked(open)).toEqual([])
  })

  test('may not be left out while slots are missing, and these are named', () => {
    expect(asked(shut)).toEqual([
      'next_question: null while product.price_band, target.who are missing',
    ])
  })

  test('may not be left out while confidence is too low', () => {
    expect(asked(unsure)).toEqual([expect.stringContaining('confidence is 0.6')])
  })

  test('is checked against the gate after this turn’s own updates', () => {
    const seen: SlotUpdate[][] = []
    plannerRules(silent, {
      state: 'CHAT_COLLECTING',
      gateAfter: (updates) => {
        seen.push(updates)
        return open
      },
    })
    expect(seen).toEqual([silent.slot_updates])
  })

  test('may be left out during a run, whatever the gate says', () => {
    expect(asked(shut, { ...silent, slot_updates: [] }, 'RUN_RESEARCH')).toEqual([])
  })
})

describe('slot updates', () => {
  test('fill each slot once', () => {
    expect(updateRules([name, name, name], 'CHAT_COLLECTING')).toEqual([
      'slot_updates: product.name is updated twice',
    ])
  })

  test.each(['RUN_RESEARCH', 'GEN_STRATEGY', 'GEN_CREATIVES'] as const)(
    'are none in %s',
    (state) => {
      expect(updateRules([name], state)).toEqual([expect.stringContaining('must be empty')])
      expect(updateRules([], state)).toEqual([])
    },
  )

  test.each(['CHAT_COLLECTING', 'BRIEF_READY', 'DONE', 'FAILED'] as const)(
    'are welcome in %s',
    (state) => {
      expect(updateRules([name], state)).toEqual([])
    },
  )

  test('never come from a picture that was not uploaded', () => {
    const url = { ...name, path: 'product.image_url', value: 'https://a.example/b.png' } as const
    expect(updateRules([url], 'CHAT_COLLECTING')).toHaveLength(1)
    expect(updateRules([{ ...name, source: 'image' }], 'CHAT_COLLECTING')).toHaveLength(1)
  })
})

test('the reply is the answer and, after a blank line, the question', () => {
  expect(replyText({ response_text: '네.', next_question: '얼마예요?' })).toBe('네.\n\n얼마예요?')
  expect(replyText({ response_text: '네.', next_question: null })).toBe('네.')
})
