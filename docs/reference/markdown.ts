/** One row of a table; a bar within a cell would end it. */
export const row = (...cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`

/** A whole table. */
export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  row(...heads),
  row(...heads.map(() => '---')),
  ...rows.map((cells) => row(...cells)),
]

export const code = (value: string | number): string => `\`${value}\``

export const codes = (values: readonly (string | number)[]): string => values.map(code).join(', ')

export const fenced = (language: string, text: string): string[] => [
  `\`\`\`${language}`,
  text,
  '```',
]

/** `90 s`, `26.5 s`, `4 min`. */
export const duration = (ms: number): string =>
  ms >= 120_000 && ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1000} s`

/** `2,000`. */
export const grouped = (count: number): string => count.toLocaleString('en-US')
