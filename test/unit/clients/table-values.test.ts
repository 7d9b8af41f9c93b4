import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { fromTable, toTable } from '../../../shared/clients/table-values.ts'

const number = fc.double({
  min: -Number.MAX_SAFE_INTEGER,
  max: Number.MAX_SAFE_INTEGER,
  noNaN: true,
})
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: 'grapheme' }),
    number.map((each) => each + 0 || 0),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 8 }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ minLength: 1 }), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}))

it('an item reads as it was written', () => {
  const item = fc.dictionary(fc.string({ minLength: 1 }), value, { noNullPrototype: true })
  fc.assert(
    fc.property(item, (written) => {
      const wire = JSON.parse(JSON.stringify(toTable(written)))
      expect(fromTable(wire)).toEqual(written)
    }),
    { seed: 73 },
  )
})

it('what is undefined is left out, deep within as well', () => {
  expect(toTable({ a: undefined, b: { c: undefined, d: [undefined, 1] } })).toEqual({
    b: { M: { d: { L: [{ N: '1' }] } } },
  })
})

it.each([
  ['a number that is none', Number.NaN],
  ['a number without an exact form', Number.MAX_SAFE_INTEGER + 2],
  ['a date', new Date(0)],
  ['a set', new Set(['a'])],
  ['a large integer', 1n],
  ['a function', () => 1],
])('%s is not stored', (_, refused) => {
  expect(() => toTable({ refused })).toThrow('stored')
})
