import { visibleLine } from '../../rules/visible-line.ts'

/** The entities that search providers use; any other is left as it came. */
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  middot: '·',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  bull: '•',
  copy: '©',
  reg: '®',
  trade: '™',
  times: '×',
  deg: '°',
  won: '₩',
  euro: '€',
  pound: '£',
  yen: '¥',
}

const characterOf = (code: number): string =>
  Number.isInteger(code) && code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
    ? String.fromCodePoint(code)
    : ''

/** Decodes each entity once: `&amp;lt;` says `&lt;`. */
const decoded = (text: string): string =>
  text.replace(
    /&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]{2,6}));/g,
    (whole, ...found) => {
      const [decimal, hexadecimal, name] = found as (string | undefined)[]
      if (decimal !== undefined) return characterOf(Number.parseInt(decimal, 10))
      if (hexadecimal !== undefined) return characterOf(Number.parseInt(hexadecimal, 16))
      return entities[name ?? ''] ?? whole
    },
  )

/** A tag of markup: `<b>`, `</strong>`, `<br/>`; `3 < 5` is none. */
const tags = /<\/?([a-zA-Z]\w*)[^<>]{0,200}>/g
/** These stand within words; any other tag parts what is beside it. */
const inline = /^(?:a|b|em|font|hl|i|mark|s|small|span|strong|sub|sup|u|wbr)$/i

const withoutTags = (markup: string): string =>
  markup.replace(tags, (_, name) => (inline.test(name) ? '' : ' '))

/** The marks around what matched, of providers that escape their own markup as well. */
const escapedMarks = /<\/?(?:b|strong|em|mark|hl)>/gi

/**
 * The plain text of a title or snippet as providers send them, with `<b>` around what matched and
 * entities: one line, NFC, without anything that does not show, at most `length` UTF-16 code units.
 */
export const plainText = (markup: string, length: number): string =>
  visibleLine(decoded(withoutTags(markup.slice(0, 20 * length))).replace(escapedMarks, ''), length)
