import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse as parseCaptions } from '@plussub/srt-vtt-parser'
import ICAL from 'ical.js'
import { parseHTML } from 'linkedom'
import { beforeAll, describe, expect, it } from 'vitest'
import { downloadName, pdfText, rowsOf } from '../support/export/debian-tools.ts'
import { type ExportedRun, exportRun, runToExport } from '../support/export/exported-run.ts'
import { overwriteOutputs } from '../support/export/stored-outputs.ts'
import { isFullLength } from '../support/limits/run-length.ts'
import { sampleCreative, sampleStrategy, sampleVoice } from '../support/model-server/samples.ts'
import { useStudio } from '../support/studio/shared-studio.ts'

const timeout = 300_000

const family = '👩‍👩‍👧‍👦'
const long = '가나다라마바사아자차 '.repeat(30).trim()

/** Texts that break what is built of them by joining strings. */
const texts = [
  `작은 ' 큰 " 뒤집힌 \` 따옴표`,
  '50% 할인 %s %00 %EA',
  '역슬래시 \\ \\n \\N 끝',
  '<b>굵게</b> & <i>',
  `${family} 온 가족`,
  '1234567890',
  '\u202eabc\u202c 뒤집기',
  '=1+1',
  '@SUM(A1)',
  '...',
  '../../etc/passwd',
  'a --> b',
  'WEBVTT',
  '; , : | * ? [a](b) #c _d_',
]

/** Names of products, with what file names have of them: all that a file system takes. */
const names: [name: string, inFiles: string][] = [
  [texts[0] ?? '', `작은_'_큰_뒤집힌_\`_따옴표`],
  [texts[1] ?? '', '50%_할인_%s_%00_%EA'],
  [texts[2] ?? '', '역슬래시_n_N_끝'],
  [texts[3] ?? '', 'b_굵게_b_&_i'],
  [texts[4] ?? '', `${family}_온_가족`],
  [texts[5] ?? '', '1234567890'],
  [texts[6] ?? '', 'abc_뒤집기'],
  ['=핸드크림', '=핸드크림'],
  ['@핸드크림', '@핸드크림'],
  ['...', 'launch'],
  ['../../비밀', '비밀'],
  [
    long.slice(0, 300),
    '가나다라마바사아자차_가나다라마바사아자차_가나다라마바사아자차_가나다라마바사아자',
  ],
]

const withoutBreaks = (text: string): string => text.replace(/\s+/g, '')

/** It leaves a cue's escapes to what renders it. */
const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

const textOf = ({ folder }: ExportedRun, path: string): Promise<string> =>
  readFile(join(folder, path), 'utf8')

/** A cell that a spreadsheet would run begins with a sign that keeps it from that. */
const unguarded = (cell: string): string => cell.replace(/^['\u200b](?=[=@])/, '')

const oneFeed = {
  ...{ kinds: ['poster', 'subtitles'], placements: ['instagram_feed_4x5'] },
  voice: { recording: 'none' },
}

const hostileStages = () => {
  const [day] = sampleStrategy.weekly_plan
  const [copy] = sampleCreative.ad_copies
  const [spec] = sampleCreative.poster_specs
  return {
    strategy: {
      ...sampleStrategy,
      weekly_plan: texts.map((action, index) => ({ ...day, day: `${index + 1}일차`, action })),
    },
    creative: {
      ...sampleCreative,
      ad_copies: texts.map((text, index) => ({ ...copy, id: `c${index + 1}`, text })),
      poster_specs: texts.slice(0, 6).map((headline, index) => ({
        ...{ ...spec, id: `s${index + 1}`, headline, subheadline: texts[index + 6] },
      })),
    },
    voice: {
      ...sampleVoice,
      subtitle_lines: texts.map((text, index) => ({ start: index, end: index + 1, text })),
    },
  }
}

/**
 * Stored past the rules of models' answers, which let through less: what makes files must not rely on them.
 */
describe.runIf(isFullLength)('hostile text', { timeout }, () => {
  const studio = useStudio('other voices')

  describe('of the agents', () => {
    let made: ExportedRun
    beforeAll(async () => {
      const run = await runToExport(studio)
      await overwriteOutputs(studio, run.runId, { stages: hostileStages() })
      made = await exportRun(run, 'hostile', { request: oneFeed })
    }, timeout)

    it('is on its poster, sign by sign', () => {
      const posters = made.assets.filter(({ asset_type }) => asset_type === 'poster')
      expect(posters).toHaveLength(6)
      // What was drawn is compared with what was ordered, and each sign has a glyph.
      const glyphs = posters.flatMap(({ checks }) =>
        checks.filter(({ check }) => check === 'glyphs'),
      )
      expect(glyphs.map(({ passed }) => passed)).toEqual(posters.map(() => true))
    })

    it.each(['srt', 'vtt'])('is in its cues of the %s', async (kind) => {
      const path = made.files.find((file) => file.endsWith(`.${kind}`)) ?? ''
      const { entries }: { entries: { text: string }[] } = parseCaptions(await textOf(made, path))
      const said = entries.map(({ text }) => (kind === 'vtt' ? unescaped(text) : text)).join('')
      expect(withoutBreaks(said)).toBe(withoutBreaks(texts.join('')))
    })

    it('is in its cells, its calendar entries and its report', async () => {
      const cells = (await rowsOf(join(made.folder, 'ad-copies.csv'))).slice(1)
      for (const [index, text] of texts.entries()) {
        expect(cells[index]?.map(unguarded)).toContain(text)
      }
      expect(cells.flat().filter((cell) => /^[=@]/.test(cell))).toEqual([])
      const calendar = new ICAL.Component(ICAL.parse(await textOf(made, 'weekly-plan.ics')))
      const events = calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each))
      for (const [index, text] of texts.entries()) expect(events[index]?.summary).toContain(text)
      const { document } = parseHTML(await textOf(made, 'report.html'))
      const read = [...document.querySelectorAll('td')].map(({ textContent }) => textContent)
      expect(read).toEqual(expect.arrayContaining(texts))
      expect(document.querySelectorAll('b, i, script')).toHaveLength(0)
      const pdf = withoutBreaks(await pdfText(join(made.folder, 'report.pdf')))
      for (const text of [0, 1, 2, 3, 5, 7, 8, 9, 10, 11].map((index) => texts[index] ?? '')) {
        expect(pdf).toContain(withoutBreaks(text))
      }
    })
  })

  describe('of the user', () => {
    let run: Awaited<ReturnType<typeof runToExport>>
    beforeAll(async () => {
      run = await runToExport(studio)
    }, timeout)

    it.each(names)('is the product’s name: %j', async (name, inFiles) => {
      for (const { asset_id } of await run.assetsOf.list()) {
        await run.client.delete(`${run.assetsOf.path}/${asset_id}`)
      }
      await overwriteOutputs(studio, run.runId, { productName: name })
      // Another start of the plan is another export.
      const day = names.findIndex(([each]) => each === name) + 1
      const start_date = `2027-03-${String(day).padStart(2, '0')}`
      const made = await exportRun(run, 'named', { request: oneFeed, start_date })
      expect(made.run.brief_summary['product.name']).toBe(name)
      expect(await downloadName(made.disposition)).toBe(`${inFiles}-export.zip`)
      expect(made.files).toContain(`posters/${inFiles}-poster-s1-instagram_feed_4x5.jpg`)
      expect(made.files).toContain(`captions/${inFiles}-subtitles-srt.srt`)
      const { document } = parseHTML(await textOf(made, 'report.html'))
      expect(document.querySelector('h1')?.textContent).toBe(`${name} — 출시 리포트`)
      const calendar = new ICAL.Component(ICAL.parse(await textOf(made, 'weekly-plan.ics')))
      // ical.js leaves the value of a property that it does not know as it stands; the standard calls it text.
      const title = calendar.getFirstProperty('x-wr-calname')?.toICALString().split(':').slice(1)
      const asText = ICAL.Property.fromString(`SUMMARY:${title?.join(':')}`)
      expect(asText.getFirstValue()).toBe(`${name} — 출시 리포트`)
    })
  })
})
