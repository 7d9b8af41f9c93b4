import * as fc from 'fast-check'
import { VoiceOutput } from '../../../shared/contracts/agents.ts'

/** What subtitle files, and their readers, trip over. */
const hostile = fc.constantFrom(
  '-->',
  '00:00:01,000 --> 00:00:02,000',
  '00:00:01.000-->00:00:02.000',
  'NOTE',
  'STYLE',
  'REGION',
  'WEBVTT',
  '1',
  '2026',
  '&amp;',
  '&',
  '&lt;b&gt;',
  '<b>',
  '</i>',
  '<3',
  '>',
  '{\\an8}',
  '\\N',
  '%s',
  '"',
  "'",
  '👩‍👩‍👧',
  '🏴󠁧󠁢󠁳󠁣󠁴󠁿',
  '가'.repeat(40),
  'https://example.com/a/very/long/address?with=parameters&and=more',
  '카페',
  '들를 틈 없는 아침,',
  '13,900원!',
  '\n',
  '\n\n',
  '\t',
  ' ',
  '\u3000',
  '\u2028',
)

/** The texts of subtitle lines that the contract takes. */
export const lineText = fc
  .array(fc.oneof(hostile, fc.string({ unit: 'grapheme', maxLength: 12 })), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => VoiceOutput.shape.subtitle_lines.element.shape.text.safeParse(parts.join(' ')))
  .filter((parsed) => parsed.success)
  .map(({ data = '' }) => data)

/** Subtitle lines with times of their own, in seconds, one behind the other. */
export const subtitleLines = fc
  .array(
    fc.tuple(
      lineText,
      fc.double({ min: 0, max: 2, noNaN: true }),
      fc.double({ min: 0.01, max: 8, noNaN: true }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((lines) => {
    let at = 0
    return lines.map(([text, pause, length]) => {
      const start = at + pause
      at = start + length
      return { start, end: at, text }
    })
  })
