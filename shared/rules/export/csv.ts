/**
 * Beginnings at which a spreadsheet takes a cell for a formula, their full-width forms included.
 * Source: https://owasp.org/www-community/attacks/CSV_Injection, read 2026-11-26.
 */
const formula = /^[\s\ufeff]*[=+\-@\uff0b\uff0d\uff1d\uff20]|^[\t\r\n]/

/** An apostrophe has spreadsheets show the cell as text. */
const cell = (text: string): string =>
  `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`

/** RFC 4180 with the byte order mark by which Excel knows UTF-8. A cell that would be a formula begins with `'`. */
export const csv = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`
