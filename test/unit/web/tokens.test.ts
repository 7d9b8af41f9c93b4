import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const css = readFileSync(join(import.meta.dirname, '../../../web/src/design/tokens.css'), 'utf8')

const colours = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }],
  ),
)

const luminance = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const contrast = (one: string, other: string): number => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

const papers = ['paper', 'paper-raised', 'paper-sunken']
const pairs: [text: string, ground: string, least: number][] = [
  ...['ink', 'ink-soft', 'ink-faint', 'accent', 'good', 'warn', 'bad'].flatMap((text) =>
    papers.map((ground): [string, string, number] => [text, ground, 4.5]),
  ),
  ['ink', 'paper-pressed', 4.5],
  ['ink-soft', 'paper-pressed', 4.5],
  ['on-accent', 'accent', 4.5],
  ['on-accent', 'accent-pressed', 4.5],
  ...['accent', 'good', 'warn', 'bad'].flatMap((tone): [string, string, number][] => [
    [tone, `${tone}-soft`, 4.5],
    ['ink', `${tone}-soft`, 4.5],
    ['ink-soft', `${tone}-soft`, 4.5],
  ]),
  // Edges of controls, and the ring around what has the focus (WCAG 2.2, 1.4.11).
  ...papers.flatMap((ground): [string, string, number][] => [
    ['line-strong', ground, 3],
    ['focus', ground, 3],
  ]),
]

test.each(pairs)(
  '%s on %s has a contrast of at least %d, light and dark',
  (text, ground, least) => {
    const [front, back] = [colours.get(text), colours.get(ground)]
    if (front === undefined || back === undefined) throw new Error('There is no such token.')
    expect(contrast(front.light, back.light)).toBeGreaterThanOrEqual(least)
    expect(contrast(front.dark, back.dark)).toBeGreaterThanOrEqual(least)
  },
)
