import type { Studio } from './studio.ts'

/** A line of a function, parsed; metrics are lines too. */
export type Line = Record<string, unknown> & { function: string }

const parsed = (line: string): Line[] => {
  const [, name = '', json = ''] = /^\S+ (\w+) \| (\{.*\})$/.exec(line) ?? []
  return json === '' ? [] : [{ ...JSON.parse(json), function: name }]
}

export const linesOf = async ({ log }: Pick<Studio, 'log'>): Promise<Line[]> =>
  (await log.lines()).flatMap(parsed)

/** The sum of what was measured under a name, with these dimensions. */
export const sumOf = (
  lines: Line[],
  name: string,
  dimensions: Record<string, string> = {},
): number =>
  lines
    .filter((line) => Object.entries(dimensions).every(([key, value]) => line[key] === value))
    .reduce(
      (sum, line) => sum + (typeof line[name] === 'number' && '_aws' in line ? line[name] : 0),
      0,
    )
