/** Columns of a page: what reads well, and what a file or another program gets. */
const pageWidth = 100

/** Breaks a text into lines of at most so many characters; a word that is longer has a line of its own. */
export const wrapped = (text: string, width: number): string[] => {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1)
    if (line === undefined || line.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = `${line} ${word}`
  }
  return lines
}

/** A paragraph at the given indent. */
export const paragraph = (text: string, indent = 2): string =>
  wrapped(text, pageWidth - indent)
    .map((line) => ' '.repeat(indent) + line)
    .join('\n')

/** Rows in columns; numbers stand to the right. The first row is the head. */
export const table = (rows: readonly (readonly (string | number)[])[], indent = 2): string => {
  const [head = []] = rows
  const columns = head.map((_, column) => rows.map((row) => row[column] ?? ''))
  const widths = columns.map((cells) => Math.max(...cells.map((cell) => String(cell).length)))
  const isNumeric = columns.map((cells) =>
    cells.slice(1).every((cell) => typeof cell === 'number' || /^([\d.,$%–]*|unknown)$/.test(cell)),
  )
  return rows
    .map((row) => {
      const cells = row.map((cell, column) => {
        const width = widths[column] ?? 0
        return isNumeric[column] ? String(cell).padStart(width) : String(cell).padEnd(width)
      })
      return `${' '.repeat(indent)}${cells.join('  ')}`.trimEnd()
    })
    .join('\n')
}

/** A heading and what stands below it; nothing when that is empty. */
export const section = (heading: string, ...content: string[]): string[] => {
  const body = content.filter((part) => part !== '')
  return body.length === 0 ? [] : ['', heading, ...body]
}

const units = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const

/** A duration in its two largest units: `1 h 5 min`, `42 s`. */
export const duration = (milliseconds: number): string => {
  let left = Math.round(milliseconds / 1000)
  if (left < 1) return `${Math.max(0, Math.round(milliseconds))} ms`
  const parts: string[] = []
  for (const [unit, seconds] of units) {
    const count = Math.floor(left / seconds)
    if (count > 0) parts.push(`${count} ${unit}`)
    left -= count * seconds
  }
  return parts.slice(0, 2).join(' ')
}

/** US dollars, with as many digits as a call of a model needs. */
export const dollars = (amount: number): string =>
  `$${amount >= 1 || amount === 0 ? amount.toFixed(2) : amount.toFixed(4)}`

/** `2026-11-26 10:15:02` in UTC. */
export const moment = (at: string): string => at.replace('T', ' ').replace(/\.\d+Z$|Z$/, '')

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`
