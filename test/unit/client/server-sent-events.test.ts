import { createParser } from 'eventsource-parser'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { createEventParser } from '../../../shared/client/server-sent-events.ts'

const lines = fc.constantFrom(
  ...['data: {"a":1}', 'data:b', 'data', 'data: 한글 😀', ': comment', 'id: 7', 'event: x', '', ''],
)
const ends = fc.constantFrom('\n', '\r\n', '\r')

it('reads what a parser that is not ours reads, wherever the pieces break', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(lines, ends), { maxLength: 30 }),
      fc.array(fc.nat(40), { maxLength: 10 }),
      (drawn, cuts) => {
        const text = `${drawn.map((pair) => pair.join('')).join('')}\n\n`
        const expected: string[] = []
        const other = createParser({ onEvent: ({ data }) => expected.push(data) })
        other.feed(text)
        const parse = createEventParser()
        const found: string[] = []
        let rest = text
        for (const cut of cuts) {
          found.push(...parse(rest.slice(0, cut)))
          rest = rest.slice(cut)
        }
        found.push(...parse(rest))
        expect(found).toEqual(expected)
      },
    ),
    { numRuns: 500 },
  )
})
