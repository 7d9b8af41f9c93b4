/**
 * Beginnings at which a spreadsheet takes a cell for a formula, their full-width forms included.
 * Source: https://owasp.org/www-community/attacks/CSV_Injection, read 2026-11-26.
 */
const formula = /^[\s\ufeff]*[=+\-@\uff0b\uff0d\uff1d\uff20]|^[\t\r\n]/
/** What a spreadsheet would show as another number or as a date: `010`, `1/2`, `1e5`, `3-1`. */
const numeral = /^\s*\d[\d\s.,:/%()eE+-]*$/
const date = /^\d{4}-\d{2}-\d{2}$/
/** A number that is shown as it is written. */
const plainNumber = /^(?:0|[1-9]\d{0,14})$/

/**
 * Zero width: the cell begins with no sign of a formula, and looks as it was written. The apostrophe that OWASP
 * names is seen in a cell that comes from a CSV, and would be posted with the text.
 */
const guard = '\u200b'

const isGuarded = (text: string): boolean =>
  formula.test(text) || (numeral.test(text) && !date.test(text) && !plainNumber.test(text))

/** What a manifest says of them. */
export const spreadsheetNote =
  'A cell that a spreadsheet would run as a formula, or show as another number or date, begins with U+200B, which has no width. package.json has every text as it was written.'

const cell = (text: string): string =>
  `"${(isGuarded(text) ? `${guard}${text}` : text).replaceAll('"', '""')}"`

/** RFC 4180 with the byte order mark by which Excel knows UTF-8. */
export const csv = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`
