import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parse as parseCaptions } from '@plussub/srt-vtt-parser'
import ICAL from 'ical.js'
import { parseHTML } from 'linkedom'
import { beforeAll, describe, expect, it } from 'vitest'
import { placementIds } from '../../shared/contracts/assets.ts'
import { drawPages, pdfText, pictureSize, rowsOf, tool } from '../support/export/debian-tools.ts'
import { type ExportedRun, exportRun, looks, runToExport } from '../support/export/exported-run.ts'
import { complaints, probe, writeFrame } from '../support/film/ffprobe.ts'
import { isFullLength } from '../support/limits/run-length.ts'
import { sampleVoice } from '../support/model-server/samples.ts'
import { useStudio } from '../support/studio/shared-studio.ts'

/** Making all takes minutes where all else is tested at the same time. */
const timeout = 900_000

const lines = sampleVoice.subtitle_lines.map(({ text }) => text)

/** Every file of an export is opened by a reader that we did not write. */
describe.runIf(isFullLength)('the export of a run with files of every kind', { timeout }, () => {
  const studio = useStudio('other voices')
  let made: ExportedRun
  const at = (path: string): string => join(made.folder, path)
  const named = (pattern: RegExp): string[] => made.files.filter((path) => pattern.test(path))
  const textOf = (path: string): Promise<string> => readFile(at(path), 'utf8')

  beforeAll(async () => {
    made = await exportRun(await runToExport(studio), 'export', {
      request: { placements: placementIds },
    })
    process.stdout.write(`What the export holds is to be looked at in ${looks}\n`)
  }, timeout)

  it('holds what its manifest lists, by their checksums', async () => {
    const manifest = JSON.parse(await textOf('manifest.json'))
    const listed: { path: string; sha256: string }[] = manifest.files
    expect(made.files).toEqual([...listed.map(({ path }) => path), 'manifest.json'].sort())
    const paths = listed.map(({ path }) => path)
    const { stdout } = await tool('sha256sum', paths, { cwd: made.folder })
    expect(stdout).toBe(listed.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join(''))
    const sums = new Set(listed.map(({ sha256 }) => sha256))
    for (const { sha256, name } of made.assets.flatMap(({ files }) => files)) {
      expect(sums, name).toContain(sha256)
    }
    expect(manifest.missing).toEqual([])
    expect(JSON.parse(await textOf('package.json'))).toEqual(made.run)
  })

  it('has a poster for each placement, of its size, that decodes', async () => {
    const posters = made.assets.filter(({ asset_type }) => asset_type === 'poster')
    expect(posters.map(({ placement }) => placement).sort()).toEqual([...placementIds].sort())
    for (const { files } of posters) {
      for (const { name, width, height } of files) {
        const path = at(`posters/${name}`)
        expect(await pictureSize(path), name).toEqual([width, height])
        expect(await complaints(path), name).toBe('')
      }
    }
  })

  it('has films and a narration that play to their end without a complaint', async () => {
    await rm(join(looks, 'frames'), { recursive: true, force: true })
    await mkdir(join(looks, 'frames'), { recursive: true })
    const films = named(/\.mp4$/)
    expect(films.length).toBeGreaterThan(0)
    for (const path of films) {
      const { streams, format } = await probe(at(path))
      const silent = path.includes('bizboard')
      expect(streams.map(({ codec_name }) => codec_name)).toEqual(
        expect.arrayContaining(silent ? ['h264'] : ['h264', 'aac']),
      )
      expect(format.duration, path).toBeGreaterThan(silent ? 2.9 : 7.9)
      expect(await complaints(at(path)), path).toBe('')
      const name = path.replaceAll('/', '-')
      for (const second of [0.5, silent ? 2.5 : 4.5]) {
        await writeFrame(at(path), second, join(looks, 'frames', `${name}-${second}.png`))
      }
    }
    for (const path of named(/^films\/.*cover.*/)) expect(await complaints(at(path))).toBe('')
    const [narration, ...others] = named(/^narration\/.*\.(?:m4a|mp3|wav)$/)
    expect([narration, others]).toEqual([expect.any(String), []])
    const { streams } = await probe(at(narration ?? ''))
    expect(streams.map(({ codec_type }) => codec_type)).toEqual(['audio'])
    expect(await complaints(at(narration ?? ''))).toBe('')
  })

  it.each(['srt', 'vtt'])('has captions as %s that say the lines in order', async (kind) => {
    const [path = '', ...others] = named(new RegExp(`\\.${kind}$`))
    expect(others).toEqual([])
    const { entries }: { entries: { from: number; to: number; text: string }[] } = parseCaptions(
      await textOf(path),
    )
    expect(entries.map(({ text }) => text.replaceAll('\n', ' '))).toEqual(lines)
    const times = entries.flatMap(({ from, to }) => [from, to])
    expect(times).toEqual(times.toSorted((one, other) => one - other))
    for (const { from, to } of entries) expect(to - from).toBeGreaterThanOrEqual(800)
  })

  it('has the weekly plan as a calendar and as a spreadsheet', async () => {
    const plan = made.run.strategy_plan?.weekly_plan ?? []
    const calendar = new ICAL.Component(ICAL.parse(await textOf('weekly-plan.ics')))
    const events = calendar.getAllSubcomponents('vevent').map((each) => new ICAL.Event(each))
    expect(events.map((event) => `${event.startDate}/${event.endDate}`)).toEqual([
      '2027-03-01/2027-03-02',
      '2027-03-02/2027-03-03',
      '2027-03-03/2027-03-04',
    ])
    expect(events.some((event) => event.isRecurring())).toBe(false)
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(plan.length)
    for (const [index, { action }] of plan.entries()) {
      expect(events[index]?.summary).toContain(action)
    }
    for (const name of ['weekly-plan.csv', 'ad-copies.csv']) {
      expect((await readFile(at(name))).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
    }
    const [, ...days] = await rowsOf(at('weekly-plan.csv'))
    for (const [index, { day, channel, action }] of plan.entries()) {
      const cells = [day, `2027-03-0${index + 1}`, channel, action]
      expect(days[index]).toEqual(expect.arrayContaining(cells))
    }
    const [, ...rows] = await rowsOf(at('ad-copies.csv'))
    const copies = made.run.creative_assets?.ad_copies ?? []
    for (const [index, { id, channel, text }] of copies.entries()) {
      expect(rows[index]).toEqual(expect.arrayContaining([id, channel, text]))
    }
    expect([days.length, rows.length]).toEqual([plan.length, copies.length])
  })

  it('has a report whose PDF shows the run, and whose page shows its pictures', async () => {
    await rm(join(looks, 'pages'), { recursive: true, force: true })
    await mkdir(join(looks, 'pages'), { recursive: true })
    const withoutBreaks = (text: string): string => text.replace(/\s+/g, '')
    const pdf = withoutBreaks(await pdfText(at('report.pdf')))
    const page = await textOf('report.html')
    const markdown = await textOf('report.md')
    const copies = made.run.creative_assets?.ad_copies.map(({ text }) => text) ?? []
    for (const text of [...copies, sampleVoice.voiceover_script_short]) {
      expect(pdf).toContain(withoutBreaks(text))
      expect(page).toContain(text)
      expect(markdown).toContain(text.slice(0, 4))
    }
    await drawPages(at('report.pdf'), join(looks, 'pages', 'report'))
    const { document } = parseHTML(page)
    const sources = [...document.querySelectorAll('img')].map((image) =>
      decodeURIComponent(image.getAttribute('src') ?? ''),
    )
    expect(sources).toEqual(expect.arrayContaining(named(/^posters\//)))
    expect(made.files).toEqual(expect.arrayContaining(sources))
    for (const link of document.querySelectorAll('a[href^="#"]')) {
      expect(document.getElementById(link.getAttribute('href')?.slice(1) ?? '')).not.toBeNull()
    }
  })
})
