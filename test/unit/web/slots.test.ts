import { describe, expect, test } from 'vitest'
import {
  type BriefSlots,
  type Gate,
  requiredSlots,
  slotPaths,
  slotValues,
  weeklyGoals,
} from '../../../shared/contracts/brief.ts'
import type { FieldRule } from '../../../shared/contracts/problems.ts'
import { sessionStates } from '../../../shared/contracts/session.ts'
import { confidenceNeeded as neededByTheGate } from '../../../shared/rules/gate.ts'
import { isRunning } from '../../../shared/rules/session-state.ts'
import {
  confidenceNeeded,
  errorSentence,
  errorsAt,
  fieldsOf,
  goals,
  isLocked,
  needsOf,
  readFields,
  type Shape,
  sameValue,
  slotGroups,
} from '../../../web/src/brief/slots.ts'

const shapes: Shape[] = Object.values(slotGroups).flat()

describe('the card has every slot of the contract', () => {
  test('once, and the picture in its own place', () => {
    const shown = ['product.image_url', ...shapes.map(({ path }) => path)]
    expect(shown.toSorted()).toEqual(slotPaths.toSorted())
  })

  test('with the rules of the product', () => {
    expect(goals).toEqual(weeklyGoals)
    expect(confidenceNeeded).toBe(neededByTheGate)
    expect(sessionStates.filter(isLocked)).toEqual(sessionStates.filter(isRunning))
    for (const { path, most } of shapes) {
      if (most === undefined) continue
      const entries = Array.from({ length: most }, (_, index) => `entry ${index}`)
      expect(slotValues[path].safeParse(entries).success).toBe(true)
      expect(slotValues[path].safeParse([...entries, 'more']).success).toBe(false)
    }
  })
})

describe('what is written in the fields of a slot', () => {
  test('is what was there before it is changed', () => {
    expect(fieldsOf({ kind: 'text' }, undefined)).toEqual([''])
    expect(fieldsOf({ kind: 'list' }, ['하나', '둘'])).toEqual(['하나', '둘'])
    expect(fieldsOf({ kind: 'seconds' }, 15)).toEqual(['15'])
  })

  test('is a value, or nothing', () => {
    expect(readFields({ kind: 'text' }, ['  쌀겨 세안제 '])).toMatchObject({ value: '쌀겨 세안제' })
    expect(readFields({ kind: 'text' }, ['  '])).toMatchObject({ ok: true, value: null })
    expect(readFields({ kind: 'list' }, ['', '둘', ' '])).toEqual({
      ...{ ok: true, value: ['둘'], sent: [1] },
    })
    expect(readFields({ kind: 'list' }, ['', ''])).toMatchObject({ value: null })
    expect(readFields({ kind: 'seconds' }, ['15'])).toMatchObject({ value: 15 })
  })

  test.each(['열다섯', '1.5', '-3', '1e3', '0', '61'])('is no number of seconds: %s', (text) => {
    expect(readFields({ kind: 'seconds' }, [text])).toEqual({ ok: false })
  })
})

describe('the errors of a refused edit', () => {
  const error = (path: string) => ({ path, message: 'must not be empty' })

  test('stand at the field that was sent, past those that were blank', () => {
    const { sent } = readFields({ kind: 'list' }, ['', '하나', '', '둘']) as { sent: number[] }
    const found = errorsAt('product.features', [error('slots.product.features.1')], sent)
    expect([...found.keys()]).toEqual([3])
  })

  test('stand at the slot when they are of no field, and not at another slot', () => {
    const errors = [error('slots.channel.channels'), error('slots.product.name')]
    expect([...errorsAt('channel.channels', errors, [0]).keys()]).toEqual([-1])
    expect(errorsAt('goal.video_seconds', errors, []).size).toBe(0)
  })
})

describe('what is said of an error', () => {
  const rule = { TOO_SHORT: '', TOO_LONG: '', NOTHING_VISIBLE: '', LINE_BREAK: '' }
  const words = {
    rule: { ...rule, LINK: '링크는 넣을 수 없습니다.', MODEL_INSTRUCTION: '' },
    badCharacter: '쓸 수 없는 문자입니다.',
  }
  const said = (rule?: FieldRule) =>
    errorSentence({ path: 'slots.product.name', message: 'in the server’s words', rule }, words)

  test('are the words of the page for its rule, and else those of the server', () => {
    expect(said('LINK')).toBe('링크는 넣을 수 없습니다.')
    expect(said('TAG_CHARACTER')).toBe('쓸 수 없는 문자입니다.')
    expect(said('A_LATER_RULE' as FieldRule)).toBe('in the server’s words')
    expect(said()).toBe('in the server’s words')
  })
})

describe('what a run needs of the brief', () => {
  const slot = (confidence: number) => ({
    ...{ value: 'x', source: 'user' as const, turn: 1, confidence },
  })
  const open = { ready: true, missing_required: [], completeness: 1, confidence: 0.9 }
  const needs = (gate: Gate, slots: BriefSlots) =>
    Object.fromEntries(needsOf(gate, slots).map(({ path, need }) => [path, need]))

  test('is always what the contract requires', () => {
    expect(needsOf(open, {}).map(({ path }) => path)).toEqual(requiredSlots)
    expect(new Set(Object.values(needs(open, {})))).toEqual(new Set(['there']))
  })

  test('is missing before it is uncertain', () => {
    const gate: Gate = { ...open, ready: false, missing_required: ['target.who'] }
    expect(needs(gate, { 'product.name': slot(0.2) })).toMatchObject({
      'target.who': 'missing',
      'product.name': 'there',
    })
  })

  test('is to be checked when only certainty is missing', () => {
    const slots = { 'product.name': slot(0.6), 'target.why': slot(0.9) }
    expect(needs({ ...open, ready: false, confidence: 0.5 }, slots)).toMatchObject({
      'product.name': 'unsure',
      'target.why': 'there',
    })
  })
})

test('a list is the same as one with the same entries', () => {
  expect(sameValue(['a', 'b'], ['a', 'b'])).toBe(true)
  expect(sameValue(undefined, null)).toBe(true)
  expect(sameValue(['a'], ['b'])).toBe(false)
})
