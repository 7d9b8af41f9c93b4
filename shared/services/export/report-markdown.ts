import type { Report } from './report.ts'
import type { ReportBlock, ReportCell } from './report-blocks.ts'

/** What CommonMark, its tables or HTML inside of it would take for more than a character. */
const special = /[\\`*_{}[\]<>#|~&!$^:@]/g

/** Beginnings of a line that make a list, a heading of the line before or a code block. */
const lineStart = /^([ \t]*)([-+=]|\d+(?=[.)]))/

const line = (text: string): string =>
  text
    .replace(special, '\\$&')
    .replace(lineStart, (_, blank: string, mark: string) =>
      /\d/.test(mark) ? `${blank}${mark}\\` : `${blank}\\${mark}`,
    )
    .replace(/^[ \t]+/, (blanks) => '&nbsp;'.repeat(blanks.length))

const lines = (text: string): string[] => text.split(/\r\n|[\r\n\u2028\u2029]/).map(line)

/** On one line of the source; an empty line would end a list or a table. */
const inline = (text: string): string => lines(text).join('<br>')

const destination = (address: string): string =>
  `<${address.replace(/[<>\\\n\r ]/g, encodeURIComponent)}>`

const addressOf = (path: string): string => path.split('/').map(encodeURIComponent).join('/')

const cellOf = (cell: ReportCell): string =>
  typeof cell === 'string'
    ? inline(cell)
    : `[${inline(cell.text)}](${destination(addressOf(cell.path))})`

const row = (cells: readonly ReportCell[]): string => `| ${cells.map(cellOf).join(' | ')} |`

const markdownOf = (part: ReportBlock): string => {
  switch (part.kind) {
    case 'heading':
      return `${'#'.repeat(part.level)} ${inline(part.text)}`
    case 'paragraph':
      return inline(part.text)
    case 'note':
      return `*${inline(part.text)}*`
    case 'items':
      return part.items
        .map(({ text, sources }) =>
          [
            `- ${inline(text)}`,
            ...sources.map((number) => `[\\[${number}\\]](#source-${number})`),
          ].join(' '),
        )
        .join('\n')
    case 'table': {
      const columns = part.rows[0]?.length ?? part.head.length
      const head = part.head.length > 0 ? part.head : Array.from({ length: columns }, () => ' ')
      const rule = `|${' --- |'.repeat(columns)}`
      return [row(head), rule, ...part.rows.map(row)].join('\n')
    }
    case 'pictures':
      return part.pictures
        .map(
          ({ path, text }) =>
            `![${inline(text)}](${destination(addressOf(path))})<br>${inline(text)}`,
        )
        .join('\n\n')
    case 'player':
      return `[${inline(part.text)}](${destination(addressOf(part.path))})`
    case 'sources':
      return part.sources
        .map(({ number, title, site, url, quote, verified }) => {
          const name = /^https?:\/\//i.test(url)
            ? `[${inline(title)}](${destination(url)})`
            : inline(title)
          return `${number}. <a id="source-${number}"></a>${name}, ${inline(site)}<br>${inline(quote)}<br>(${inline(verified)})`
        })
        .join('\n')
  }
}

/** CommonMark with tables, as the common readers show it. */
export const reportMarkdown = ({ title, made, blocks }: Report): string =>
  `${[`# ${inline(title)}`, made, ...blocks.map(markdownOf)].join('\n\n')}\n`
