import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Mp4Broken, readMp4 } from '../../../shared/platform/film/mp4-index.ts'
import { writeFilm } from '../../../shared/platform/film/mp4-writer.ts'
import { renderFilm } from '../../../shared/platform/film/render-film.ts'
import { tone } from '../../support/film/sound.ts'
import { smallTimeline } from '../../support/film/timelines.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'film-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'
const vtt = 'WEBVTT\n\n00:00.200 --> 00:01.000\n안녕하세요\n\n00:01.200 --> 00:02.000\n반갑습니다\n'

const render = () =>
  renderFilm({
    timeline: smallTimeline(),
    variants: ['clean', 'captioned'],
    folder,
    ffmpeg: null,
    signal: new AbortController().signal,
    report() {},
  })

describe('A film made without ffmpeg', () => {
  it('has every frame once, its sound, its captions and its metadata', async () => {
    const { clean = [] } = await render()
    const path = join(folder, 'film.mp4')
    const sound = tone({ seconds: 2.5 })
    await writeFilm({
      parts: clean,
      sound,
      captions: { vtt, language: 'kor' },
      seconds: 2.5,
      xmp,
      path,
    })
    const index = await readMp4(path)
    const tracks = Object.fromEntries(index.tracks.map((track) => [track.handler, track]))
    expect(index.fastStart).toBe(true)
    expect(index.xmp).toBe(xmp)
    expect(tracks.vide).toMatchObject({ format: 'avc1', width: 180, height: 320 })
    expect(tracks.vide?.samples).toHaveLength(60)
    expect(tracks.vide?.samples[0]?.key).toBe(true)
    expect(tracks.vide?.samples[1]?.key).toBe(false)
    // The last picture is held: no word is cut off.
    expect(tracks.vide?.duration).toBeCloseTo(2.5, 2)
    expect(tracks.soun?.duration).toBeCloseTo(2.5, 1)
    expect(tracks.text?.format).toBe('wvtt')
    const bytes = await readFile(path)
    expect(bytes.includes('안녕하세요')).toBe(true)
  })

  it('shows captions in one of its two forms alone', async () => {
    const { clean = [], captioned = [] } = await render()
    const [one, other] = await Promise.all(
      [clean[0], captioned[0]].map((path) => readFile(path ?? '')),
    )
    expect(one?.equals(other ?? Buffer.of())).toBe(false)
  })

  it('is known as broken when its end is missing', async () => {
    const { clean = [] } = await render()
    const path = join(folder, 'cut.mp4')
    await writeFilm({ parts: clean, sound: null, captions: null, seconds: 2, xmp, path })
    await truncate(path, 9_000)
    await expect(readMp4(path)).rejects.toThrow(Mp4Broken)
  })

  it('is given up at once when its work is stopped', async () => {
    const stop = new AbortController()
    const rendering = renderFilm({
      timeline: smallTimeline(),
      variants: ['clean'],
      folder,
      ffmpeg: null,
      signal: stop.signal,
      report: () => stop.abort(new Error('stopped')),
    })
    await expect(rendering).rejects.toThrow('stopped')
  })
})
