import type { Lines } from '../../docs/runbook/entry.ts'
import type { TimedLine } from './samples.ts'

const matches = (value: unknown, wanted: string | readonly string[]): boolean =>
  [wanted].flat().includes(String(value))

/** The lines that an entry of the runbook looks at first. */
export const firstLook = (lines: readonly TimedLine[], { of, where }: Lines): TimedLine[] =>
  lines.filter(
    (line) =>
      (of.includes('*') || of.includes(line.function)) &&
      Object.entries(where).every(([key, wanted]) => matches(line.fields[key], wanted)),
  )
