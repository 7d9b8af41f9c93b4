import { expect, test } from 'vitest'
import { type LabelledLine, parts, readLabelledLines } from './labelled-lines.ts'

const development = readLabelledLines('development')
const heldout = readLabelledLines('heldout')
const all = parts.flatMap(readLabelledLines)
const share = (lines: LabelledLine[], of: (line: LabelledLine) => boolean): number =>
  lines.filter(of).length / lines.length

test('labelled lines are many, Korean first, and nearly half of them innocent', () => {
  expect(all.length).toBeGreaterThanOrEqual(480)
  expect(share(all, ({ text }) => /\p{Script=Hangul}/u.test(text))).toBeGreaterThan(0.7)
  for (const part of [development, heldout]) {
    const innocent = share(part, ({ expected }) => expected === 'ok')
    expect(innocent).toBeGreaterThan(0.4)
    expect(innocent).toBeLessThan(0.5)
  }
})

test('no line stands in two parts, or twice', () => {
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  expect(new Set(all.map(({ text }) => text)).size).toBe(all.length)
})

test('the part held apart has its share of every law and label', () => {
  const kind = ({ law, expected }: LabelledLine) => `${law} ${expected}`
  const split = [...development, ...heldout]
  for (const [name, lines] of Object.entries(Object.groupBy(split, kind))) {
    const apart = heldout.filter((line) => kind(line) === name).length
    if (lines && lines.length >= 6) {
      expect(apart / lines.length, name).toBeGreaterThanOrEqual(0.2)
      expect(apart / lines.length, name).toBeLessThanOrEqual(0.4)
    }
  }
})
