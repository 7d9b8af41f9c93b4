import type { Cue } from './cue.ts'

const two = (value: number): string => String(value).padStart(2, '0')

/** `00:01:00,000`. Whole milliseconds come in: they are rounded once, and 59.9996 s is a minute. */
const clock = (ms: number, point: ',' | '.'): string => {
  const seconds = Math.floor(ms / 1000)
  const [hour, minute] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return `${two(hour)}:${two(minute)}:${two(seconds % 60)}${point}${String(ms % 1000).padStart(3, '0')}`
}

const times = ({ start_ms, end_ms }: Cue, point: ',' | '.'): string =>
  `${clock(start_ms, point)} --> ${clock(end_ms, point)}`

/** SubRip: UTF-8 without a byte order mark, lines ended by LF. It knows no escapes: rows stand as they are. */
export const srtFile = (cues: readonly Cue[]): string =>
  cues.map((cue, index) => `${index + 1}\n${times(cue, ',')}\n${cue.rows.join('\n')}\n`).join('\n')

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

const escaped = (row: string): string => row.replace(/[&<>]/g, (found) => escapes[found] ?? '')

/**
 * WebVTT: https://www.w3.org/TR/webvtt1/. Each cue has its number, so that a row that is `NOTE` or `STYLE`
 * never stands where a block begins; `-->` cannot stand in a row, for `>` is escaped.
 */
export const vttFile = (cues: readonly Cue[]): string =>
  [
    'WEBVTT\n',
    ...cues.map(
      (cue, index) => `${index + 1}\n${times(cue, '.')}\n${cue.rows.map(escaped).join('\n')}\n`,
    ),
  ].join('\n')

const head =
  /^\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{3})\s*-->\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{3})(?:\s|$)/

const msOf = (parts: readonly (string | undefined)[]): number => {
  const [hours, minutes, seconds, ms] = parts.map((part) => Number(part ?? 0))
  return ((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0)) * 1000 + (ms ?? 0)
}

/** Rows behind each head, up to a blank line. */
const blocks = (file: string): Cue[] => {
  const lines = file.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)
  const cues: Cue[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const found = head.exec(lines[at] ?? '')
    if (!found) continue
    const rows: string[] = []
    while (at + 1 < lines.length && lines[at + 1] !== '') {
      at += 1
      rows.push(lines[at] ?? '')
    }
    cues.push({ start_ms: msOf(found.slice(1, 5)), end_ms: msOf(found.slice(5, 9)), rows })
  }
  return cues
}

/** The cues of a SubRip file, with a byte order mark or without, whatever ends its lines. */
export const readSrt = (file: string): Cue[] => blocks(file)

const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&nbsp;': '\u00a0',
  '&lrm;': '\u200e',
  '&rlm;': '\u200f',
}

const unescaped = (row: string): string =>
  row
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:amp|lt|gt|nbsp|lrm|rlm);/g, (found) => entities[found] ?? '')

/** The cues of a WebVTT file; empty for a file that is none. Tags within rows are left out. */
export const readVtt = (file: string): Cue[] => {
  if (!/^\ufeff?WEBVTT(?:[ \t\r\n]|$)/.test(file)) return []
  return blocks(file).map((cue) => ({ ...cue, rows: cue.rows.map(unescaped) }))
}
