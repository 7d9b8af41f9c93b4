import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BriefSlots, requiredSlots, SlotUpdate } from '../../../shared/contracts/brief.ts'
import {
  briefOf,
  confidenceNeeded,
  evaluateGate,
  fillSlots,
  newUpdates,
} from '../../../shared/rules/gate.ts'
import { slotUpdate } from '../../support/simulation/arbitraries.ts'

const certain = { confidence: 0.9, source: 'user' as const }
const complete: SlotUpdate[] = [
  { path: 'product.name', value: '모찌 선크림', ...certain },
  { path: 'product.category', value: '선케어', ...certain },
  { path: 'product.features', value: ['백탁 없음', '비건', '산뜻함'], ...certain },
  { path: 'product.price_band', value: '2만원대', ...certain },
  { path: 'target.who', value: '20대 직장인', ...certain },
  { path: 'target.why', value: '수정 화장이 번거로워서', ...certain },
  { path: 'channel.channels', value: ['인스타그램'], ...certain },
  { path: 'goal.weekly_goal', value: 'purchase', ...certain },
]

describe('the gate', () => {
  it('is ready only when nothing is missing and the brief is certain enough', () => {
    fc.assert(
      fc.property(fc.array(slotUpdate, { maxLength: 30 }), (updates) => {
        const slots = updates.reduce<BriefSlots>(
          (filled, update, turn) => fillSlots(filled, [update], turn),
          {},
        )
        const gate = evaluateGate(slots)
        if (gate.ready) {
          expect(gate.missing_required).toEqual([])
          expect(() => briefOf(slots)).not.toThrow()
        }
        const sum = requiredSlots.reduce((total, path) => total + (slots[path]?.confidence ?? 0), 0)
        const certain = sum / requiredSlots.length >= confidenceNeeded
        expect(gate.ready).toBe(gate.missing_required.length === 0 && certain)
      }),
      { numRuns: 1000 },
    )
  })

  it('opens on a complete brief, whatever the source of the slots', () => {
    const suggested = complete.map((update) => ({ ...update, source: 'suggested' as const }))
    for (const updates of [complete, suggested]) {
      expect(evaluateGate(fillSlots({}, updates, 1))).toEqual({
        ready: true,
        missing_required: [],
        completeness: 1,
        confidence: 0.9,
      })
    }
  })

  it('stays shut for each slot that is missing, and names it', () => {
    for (const path of requiredSlots) {
      const slots = fillSlots(
        {},
        complete.filter((update) => update.path !== path),
        1,
      )
      expect(evaluateGate(slots)).toMatchObject({ ready: false, missing_required: [path] })
    }
  })

  it('wants three features', () => {
    const two: SlotUpdate = { path: 'product.features', value: ['하나', '둘'], ...certain }
    const gate = evaluateGate(fillSlots({}, [...complete, two], 1))
    expect(gate).toMatchObject({ ready: false, missing_required: ['product.features'] })
  })

  it('counts three equal features as one, in whatever form', () => {
    const value = [
      '비건',
      '비건'.normalize('NFD'),
      ' 비건 ',
      '비\u200b건',
      '비건\u2060',
      '\u200e비건',
      '비건\u2800',
      '비건\u2800\u2800',
      '\u3164비건\uffa0',
      '비건\u{1d159}',
      '\u{13441}비건\u{13442}',
      '\ufff9비건\ufffa\ufffb',
      '비\u{13430}건',
    ]
    const stored = fillSlots({}, [...complete, { path: 'product.features', value, ...certain }], 1)
    const parsed = SlotUpdate.parse({ path: 'product.features', value, ...certain })
    expect(parsed.value).toEqual(['비건'])
    for (const slots of [stored, fillSlots({}, [...complete, parsed], 1)]) {
      expect(evaluateGate(slots).missing_required).toEqual(['product.features'])
    }
  })

  it('tells features apart by what shows of them', () => {
    const blanks = ['\u00a0', '\u3000', '\u2800', '\u3164', '\u{1d159}', '\u200b \u2800']
    const spaced = blanks.map((blank) => `향${blank}없음`)
    const value = ['향 없음', ...spaced, '향없음', '👩\u200d🌾', '👨\u200d🌾']
    expect(SlotUpdate.parse({ path: 'product.features', value, ...certain }).value).toEqual([
      '향 없음',
      '향없음',
      '👩\u200d🌾',
      '👨\u200d🌾',
    ])
  })

  it('counts a channel once, in whatever form', () => {
    const value = ['인스타그램', '인스타그램'.normalize('NFD'), '인스타그램\u2800', '네이버']
    expect(SlotUpdate.parse({ path: 'channel.channels', value, ...certain }).value).toEqual([
      '인스타그램',
      '네이버',
    ])
  })

  it.each(['\u3164', '\u2800\u200b', 'a\ud83d', '\ufffd'])(
    'takes a slot that an older rule admitted for missing, as %j',
    (value) => {
      const slots = fillSlots({}, [...complete, { path: 'target.who', value, ...certain }], 1)
      expect(evaluateGate(slots)).toMatchObject({
        ready: false,
        missing_required: ['target.who'],
      })
      const context = { path: 'product.image_context', value, ...certain } as const
      expect(briefOf(fillSlots({}, [...complete, context], 1))).not.toHaveProperty([context.path])
    },
  )

  it('stays shut while confidence is too low', () => {
    const unsure = complete.map((update) => ({ ...update, confidence: 0.69 }))
    expect(evaluateGate(fillSlots({}, unsure, 1))).toMatchObject({
      ready: false,
      missing_required: [],
    })
  })
})

describe('slots', () => {
  it('take the later of two updates, and remember the turn', () => {
    const slots = fillSlots(
      fillSlots({}, complete, 1),
      [{ path: 'product.name', value: '모찌 선스틱', confidence: 1, source: 'user' }],
      4,
    )
    expect(slots['product.name']).toEqual({
      value: '모찌 선스틱',
      confidence: 1,
      source: 'user',
      turn: 4,
    })
    expect(slots['target.who']?.turn).toBe(1)
  })

  it('report only what is new', () => {
    const slots = fillSlots({}, complete, 1)
    const corrected: SlotUpdate = { path: 'product.name', value: '다른 이름', ...certain }
    expect(newUpdates(slots, [...complete, corrected])).toEqual([corrected])
    const decomposed = complete.map((update) =>
      typeof update.value === 'string'
        ? ({ ...update, value: update.value.normalize('NFD') } as SlotUpdate)
        : update,
    )
    expect(newUpdates(slots, decomposed)).toEqual([])
  })
})
