import { parse } from '@plussub/srt-vtt-parser'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Cue, captionRules, widthOf, withoutBlanks } from '../../shared/rules/captions/cue.ts'
import { readSrt, readVtt, srtFile, vttFile } from '../../shared/rules/captions/cue-files.ts'
import { cuesOf } from '../../shared/rules/captions/cues.ts'
import { ownTimes } from '../../shared/rules/captions/retimed-lines.ts'
import { holds, propertyLimit } from '../support/limits/properties.ts'
import { subtitleLines } from '../support/sound/caption-lines.ts'

const runs = { short: 60, full: 20_000 }

/** Cues of any lines, with nothing but their own times. */
const cuesOfLines = (lines: Parameters<typeof ownTimes>[0]): Cue[] =>
  cuesOf(ownTimes(lines), {
    start_ms: 0,
    end_ms: Math.round((lines.at(-1)?.end ?? 0) * 1000) + 150,
  })

/** Its types name files without their extension, and so are not found. */
interface TheirCue {
  from: number
  to: number
  text: string
}

/** As a reader of others has read them. */
const readByOthers = (file: string): Cue[] =>
  parse(file).entries.map(({ from, to, text }: TheirCue) => ({
    start_ms: from,
    end_ms: to,
    rows: text.split('\n'),
  }))

/** It leaves a cue's markup, and so its escapes, to what renders it. */
const unescaped = (row: string): string =>
  row.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

it(
  'any subtitle lines read back from SRT and VTT as they were written, by us and by another reader',
  async () => {
    await holds(
      fc.asyncProperty(subtitleLines, async (lines) => {
        const cues = cuesOfLines(lines)
        const [srt, vtt] = [srtFile(cues), vttFile(cues)]
        expect(readSrt(srt)).toEqual(cues)
        expect(readVtt(vtt)).toEqual(cues)
        for (const altered of [`\ufeff${srt}`, srt.replaceAll('\n', '\r\n')]) {
          expect(readSrt(altered)).toEqual(cues)
        }
        expect(readVtt(`\ufeff${vtt.replaceAll('\n', '\r\n')}`)).toEqual(cues)
        expect(readByOthers(srt)).toEqual(cues)
        const rendered = readByOthers(vtt).map((cue) => ({
          ...cue,
          rows: cue.rows.map(unescaped),
        }))
        expect(rendered).toEqual(cues)
      }),
      runs,
    )
  },
  propertyLimit(),
)

it(
  'captions say every word, in rows that fit, one after another',
  async () => {
    await holds(
      fc.asyncProperty(subtitleLines, async (lines) => {
        const cues = cuesOfLines(lines)
        const said = cues.flatMap(({ rows }) => rows).join('')
        expect(withoutBlanks(said)).toBe(withoutBlanks(lines.map(({ text }) => text).join('')))
        let last = -captionRules.gapMs
        for (const { start_ms, end_ms, rows } of cues) {
          expect(rows.length).toBeGreaterThan(0)
          expect(rows.length).toBeLessThanOrEqual(captionRules.rows)
          for (const row of rows) {
            expect(row).toBe(row.trim())
            expect(row).not.toBe('')
            expect(widthOf(row)).toBeLessThanOrEqual(captionRules.rowWidth)
          }
          expect(end_ms - start_ms).toBeGreaterThanOrEqual(captionRules.minMs)
          expect(start_ms - last).toBeGreaterThanOrEqual(captionRules.gapMs)
          last = end_ms
        }
      }),
      runs,
    )
  },
  propertyLimit(),
)
