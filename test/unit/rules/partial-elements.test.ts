import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { createPartial, type StreamedElement } from '../../../shared/rules/partial-elements.ts'

const element: fc.Arbitrary<StreamedElement> = fc.record({
  kind: fc.constantFrom('ad_copies', 'poster_specs'),
  item: fc.oneof(fc.string({ maxLength: 200 }), fc.string({ unit: 'grapheme', maxLength: 60 })),
  try: fc.integer({ min: 1, max: 3 }),
})

const bytesOf = (elements: unknown[]): number => Buffer.byteLength(JSON.stringify(elements))

it('what is kept is the beginning of the latest try, of whole elements, as many as fit', () => {
  fc.assert(
    fc.property(
      fc.array(element, { maxLength: 200 }),
      fc.integer({ min: 2, max: 5_000 }),
      (streamed, maxBytes) => {
        const partial = createPartial(maxBytes)
        for (const each of streamed.toReversed()) partial.take(each)
        const kept = partial.elements()
        const latest = Math.max(...streamed.map(({ try: modelTry }) => modelTry))
        const all = streamed
          .filter(({ try: modelTry }) => modelTry === latest)
          .map(({ kind, item }) => ({ kind, item }))
        expect(kept).toEqual(all.slice(0, kept.length))
        expect(bytesOf(kept)).toBeLessThanOrEqual(maxBytes)
        // One comma is counted for every element.
        if (kept.length < all.length) {
          expect(bytesOf(all.slice(0, kept.length + 1)) + 1).toBeGreaterThan(maxBytes)
        }
      },
    ),
    { numRuns: 500 },
  )
})

it('of a stage whose kinds are answers of their own, each kind has its latest try', () => {
  fc.assert(
    fc.property(fc.array(element, { maxLength: 100 }), (streamed) => {
      const partial = createPartial(1_000_000, 'kind')
      for (const each of streamed.toReversed()) partial.take(each)
      const latest = (kind: string): number =>
        Math.max(...streamed.flatMap((each) => (each.kind === kind ? [each.try] : [])))
      expect(partial.elements()).toEqual(
        streamed
          .filter(({ kind, try: modelTry }) => modelTry === latest(kind))
          .map(({ kind, item }) => ({ kind, item })),
      )
    }),
    { numRuns: 300 },
  )
})

it('takes more elements than a call has arguments', () => {
  const partial = createPartial(1_000)
  for (let item = 200_000; item > 0; item -= 1) partial.take({ kind: 'a', item, try: 1 })
  expect(partial.elements()[0]).toEqual({ kind: 'a', item: 1 })
})
