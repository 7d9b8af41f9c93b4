import { expect, test } from 'vitest'
import * as z from 'zod'
import { elementPicker } from '../../../shared/agents/elements.ts'

const pick = elementPicker({
  each: { entries: z.unknown(), names: z.string().trim().min(1) },
  whole: { summary: z.unknown() },
})

test('an entry of a list is an element, and neither its parts nor the list are', () => {
  expect(pick(['entries', 1], { id: 'a' })).toEqual({ kind: 'entries', item: { id: 'a' } })
  expect(pick(['entries', 1, 'id'], 'a')).toBeUndefined()
  expect(pick(['entries'], [])).toBeUndefined()
})

test('a field that counts as a whole is an element, and none of its parts is', () => {
  expect(pick(['summary'], { a: [1] })).toEqual({ kind: 'summary', item: { a: [1] } })
  expect(pick(['summary', 'a'], [1])).toBeUndefined()
  expect(pick(['summary', 'a', 0], 1)).toBeUndefined()
})

test('an element has the form in which it is stored, and a value that does not match is skipped', () => {
  expect(pick(['names', 0], ' 동백 ')).toEqual({ kind: 'names', item: '동백' })
  expect(pick(['names', 0], '  ')).toBeUndefined()
})

test('the answer itself and unknown fields are no elements', () => {
  expect(pick([], {})).toBeUndefined()
  expect(pick(['constructor'], {})).toBeUndefined()
  expect(pick(['constructor', 0], {})).toBeUndefined()
  expect(pick([0], {})).toBeUndefined()
})
