import { stripVTControlCharacters, styleText } from 'node:util'
import {
  checkupAreas,
  type Severity,
  severities,
} from '../../shared/rules/checkup/finding-kinds.ts'
import type { DescribedFinding } from '../../shared/rules/checkup/findings.ts'
import { plural, wrapped } from '../terminal.ts'

const marks: Readonly<Record<Severity, string>> = { ok: '✓', note: '·', warning: '!', failure: '✗' }
const colours = { ok: 'green', note: 'dim', warning: 'yellow', failure: 'red' } as const

export interface ReportOptions {
  /** Columns of the terminal. */
  width: number
  colours: boolean
}

const longestSubject = 26
const leastText = 30

/** What a server said may hold what a terminal takes for commands. */
const shown = (text: string): string =>
  stripVTControlCharacters(text)
    .replaceAll(/\p{Cc}+/gu, ' ')
    .trim()

const rowsOf = (
  { severity, code, subject, found, action }: DescribedFinding,
  column: number,
  { width, colours: hasColours }: ReportOptions,
): string[] => {
  const paint = (format: Parameters<typeof styleText>[0], text: string): string =>
    hasColours ? styleText(format, text, { validateStream: false }) : text
  const room = Math.max(leastText, width - column - 5)
  const indent = ' '.repeat(column + 5)
  const mark = paint(colours[severity], marks[severity])
  const name = shown(subject)
  const [first = '', ...rest] = wrapped(shown(found), room)
  const rows =
    name.length <= column
      ? [`  ${mark} ${name.padEnd(column)} ${first}`]
      : [`  ${mark} ${name}`, `${indent}${first}`]
  const advice = severity === 'ok' ? '' : action
  return [
    ...rows,
    ...rest.map((line) => `${indent}${line}`),
    ...(advice === '' ? [] : wrapped(`→ ${advice}`, room).map((line) => `${indent}${line}`)),
    ...(severity === 'ok' ? [] : [`${indent}${paint('dim', code)}`]),
  ]
}

export const countOf = (findings: readonly DescribedFinding[], severity: Severity): number =>
  findings.filter((finding) => finding.severity === severity).length

/** One line that says how it stands. */
const summary = (findings: readonly DescribedFinding[]): string => {
  const [failures, warnings, notes] = (['failure', 'warning', 'note'] as const).map((severity) =>
    countOf(findings, severity),
  )
  if (failures === 0 && warnings === 0) return `All is well (${plural(notes ?? 0, 'note')}).`
  const counts = [
    plural(failures ?? 0, 'failure'),
    plural(warnings ?? 0, 'warning'),
    plural(notes ?? 0, 'note'),
  ]
  return `${counts.join(', ')}. docs/doctor.md explains each code.`
}

/** The findings as a table for people, by area, what matters most first. */
export const reportOf = (findings: readonly DescribedFinding[], options: ReportOptions): string => {
  const longest = Math.max(0, ...findings.map(({ subject }) => shown(subject).length))
  const column = Math.min(longestSubject, longest)
  const sections = checkupAreas.flatMap((area) => {
    const here = findings
      .filter((finding) => finding.area === area)
      .toSorted((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity))
    if (here.length === 0) return []
    const title = area[0]?.toUpperCase() + area.slice(1)
    const heading = options.colours ? styleText('bold', title, { validateStream: false }) : title
    return [[heading, ...here.flatMap((finding) => rowsOf(finding, column, options))].join('\n')]
  })
  return [...sections, summary(findings)].join('\n\n')
}
