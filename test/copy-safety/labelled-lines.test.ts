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

test('the part held apart has lines of every law, innocent ones and others', () => {
  expect(heldout.length / (heldout.length + development.length)).toBeGreaterThan(0.15)
  const kind = ({ law, expected }: LabelledLine) =>
    `${law}: ${expected === 'ok' ? 'innocent' : 'to be flagged'}`
  const apart = Object.groupBy(heldout, kind)
  for (const name of new Set(development.map(kind)))
    expect(apart[name]?.length ?? 0, name).toBeGreaterThanOrEqual(5)
})
