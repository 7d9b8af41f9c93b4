import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../project.ts'
import { type DifferenceName, differences, type Finding } from './differences.ts'

const page = join(root, 'docs', 'deploy-test.md')
const marks = { begin: '<!-- differences: begin -->', end: '<!-- differences: end -->' } as const

const turnedOut = ({ isThere, problem }: Omit<Finding, 'name'>): string => {
  if (isThere === undefined) return `unknown: ${problem ?? 'not looked at'}`
  return isThere ? 'there' : 'no longer: what is done about it can go'
}

const rows = (findings: readonly Finding[]) =>
  Object.entries(differences).map(([key, { what, seenBy, instead }]) => {
    const found = findings.find(({ name }) => name === (key as DifferenceName))
    return { name: key, what, seenBy, instead, now: turnedOut(found ?? { isThere: undefined }) }
  })

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** The differences as a table in Markdown, as they turned out. */
export const differencesTable = (findings: readonly Finding[]): string =>
  [
    '| difference | what it is | how the suite sees it | what it does instead | last seen |',
    '|---|---|---|---|---|',
    ...rows(findings).map(
      ({ name, what, seenBy, instead, now }) =>
        `| ${[name, what, seenBy, instead, now].map(cell).join(' | ')} |`,
    ),
  ].join('\n')

/** Puts a table between the marks of a page. */
export const withDifferences = (text: string, table: string): string => {
  const [before, rest = ''] = text.split(marks.begin)
  const [, after] = rest.split(marks.end)
  if (after === undefined) throw new Error('docs/deploy-test.md has lost its marks.')
  return `${before}${marks.begin}\n${table}\n${marks.end}${after}`
}

/**
 * Writes what was found into docs/deploy-test.md, and answers with the same for a terminal. When nothing
 * was looked at, the page stays as it is.
 */
export const writeTable = async (findings: readonly Finding[]): Promise<string> => {
  if (findings.length === 0) return 'MiniStack’s differences were not looked at.'
  const text = await readFile(page, 'utf8')
  const written = withDifferences(text, differencesTable(findings))
  if (written !== text) await writeFile(page, written)
  const told = rows(findings).map(({ name, what, instead, now }) =>
    [`${name}: ${now}`, `  ${what}`, `  ${instead}`].join('\n'),
  )
  return ['How MiniStack differs from AWS (docs/deploy-test.md):', ...told].join('\n')
}
