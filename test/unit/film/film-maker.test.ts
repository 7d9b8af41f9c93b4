import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { findFfmpeg } from '../../../shared/platform/film/find-ffmpeg.ts'
import { readMp4 } from '../../../shared/platform/film/mp4-index.ts'
import { readOrigin } from '../../../shared/platform/xmp/picture-xmp.ts'
import { readXmpPacket } from '../../../shared/platform/xmp/xmp-packet.ts'
import type { MadeAsset, MadeFile, Started } from '../../../shared/services/media/asset-maker.ts'
import { createFilmMaker } from '../../../shared/services/media/films/film-maker.ts'
import { createFilmPlanner } from '../../../shared/services/media/films/film-planner.ts'
import { smallClip } from '../../support/film/clips.ts'
import { filmDependencies } from '../../support/film/film-dependencies.ts'
import {
  filmOrder,
  narration,
  openWorkshop,
  sampleVtt,
  shelf,
  subtitles,
} from '../../support/film/film-order.ts'
import { type FilmServer, startFilmServer } from '../../support/film/film-server.ts'
import { sampleCreative } from '../../support/model-server/samples.ts'

const shots = [
  { start: 0, end: 1.4, scene: '손' },
  { start: 1.4, end: 3, scene: '크림' },
]
const short = {
  video_prompt_package: { ...sampleCreative.video_prompt_package, duration_sec: 3, shots },
}
const shortVtt = 'WEBVTT\n\n1\n00:00:00.200 --> 00:00:01.600\n50% <할인> & "새것"\n'

const asMade = (made: MadeAsset | Started): MadeAsset => {
  if ('vendorJob' in made) throw new Error('It was only started.')
  return made
}
const fileOf = ({ files }: MadeAsset, role: MadeFile['role']): MadeFile => {
  const file = files.find((one) => one.role === role)
  if (!file) throw new Error(`There is no ${role}.`)
  return file
}
const pathOf = ({ body }: MadeFile): string => {
  if (body instanceof Uint8Array) throw new Error('It is in memory.')
  return body.path
}

describe('A film without a film model', () => {
  it('is moving pictures of the run with its words, narration, captions and label', async () => {
    const workshop = openWorkshop()
    const sources = [narration(2.4), subtitles(shortVtt)]
    const order = filmOrder({ placement: 'instagram_feed_1x1', creative: short, sources })
    const made = asMade(await createFilmMaker(filmDependencies()).make(order, workshop))
    expect(made.files.map(({ role }) => role)).toEqual(['clean_video', 'captioned_video', 'cover'])
    expect(made.provenance).toMatchObject({ origin: 'motion', provider: 'rehearsal', adjusted: [] })
    expect(made.checks.every(({ passed }) => passed)).toBe(true)
    const index = await readMp4(pathOf(fileOf(made, 'captioned_video')))
    expect(index.tracks.map(({ format }) => format)).toEqual(['avc1', 'mp4a'])
    expect(index.tracks[0]).toMatchObject({ width: 1080, height: 1080 })
    expect(readXmpPacket(index.xmp ?? '')?.digitalSourceType).toBe(
      made.provenance.digital_source_type,
    )
    const cover = fileOf(made, 'cover').body as Uint8Array
    expect(readOrigin(cover)?.digitalSourceType).toBe(made.provenance.digital_source_type)
    await workshop.close()
  })

  it('never cuts speech off', async () => {
    const workshop = openWorkshop()
    const sources = [narration(3.3)]
    const order = filmOrder({ placement: 'instagram_feed_1x1', creative: short, sources })
    const made = asMade(await createFilmMaker(filmDependencies()).make(order, workshop))
    expect(fileOf(made, 'clean_video').duration_ms).toBe(3_700)
    expect(made.provenance.adjusted).toEqual(['seconds_snapped'])
    await workshop.close()
  })

  it('keeps to what a placement takes: three silent seconds without type', async () => {
    const workshop = openWorkshop()
    const order = filmOrder({ placement: 'kakao_bizboard_motion' })
    const made = asMade(await createFilmMaker(filmDependencies()).make(order, workshop))
    expect(made.files.map(({ role }) => role)).toEqual(['clean_video', 'cover'])
    const index = await readMp4(pathOf(fileOf(made, 'clean_video')))
    expect(index.tracks).toHaveLength(1)
    expect(index.tracks[0]?.duration).toBeCloseTo(3, 2)
    await workshop.close()
  })

  it('fails with its cause for silence in the place of speech, and for captions out of time', async () => {
    const maker = createFilmMaker(filmDependencies())
    const make = async (sources: Parameters<typeof filmOrder>[0]['sources']) => {
      const workshop = openWorkshop()
      const order = filmOrder({
        placement: 'instagram_feed_1x1',
        creative: short,
        sources: sources ?? [],
      })
      return maker.make(order, workshop).finally(() => workshop.close())
    }
    await expect(make([narration(2.4, 0)])).rejects.toMatchObject({ check: { check: 'sound' } })
    await expect(make([narration(2.4), subtitles(sampleVtt)])).rejects.toMatchObject({
      check: { check: 'captions_in_time', passed: false },
    })
  })

  it('shows its posters as they were made again, unless it has a wish of its own', async () => {
    const planner = createFilmPlanner({ ...filmDependencies(), hasFfmpeg: async () => true })
    const poster = { ...narration(1), role: 'poster', posterSpecId: 's1', note: '더 밝게' } as const
    const promptFor = async (change: object) => {
      const order = { ...filmOrder({ placement: 'instagram_feed_1x1' }), ...change }
      const [purchase] = await planner.plan(order, openWorkshop())
      return String(purchase?.parameters.prompt)
    }
    expect(await promptFor({})).not.toContain('"wish"')
    expect(await promptFor({ sources: [poster] })).toContain('"wish":"더 밝게"')
    expect(await promptFor({ sources: [poster], note: '더 어둡게' })).toContain(
      '"wish":"더 어둡게"',
    )
  })

  it('plans exactly what it will buy, which is what the posters bought', async () => {
    const workshop = openWorkshop()
    const dependencies = filmDependencies()
    const order = filmOrder({ placement: 'kakao_bizboard_motion' })
    const planned = await createFilmPlanner({ ...dependencies, hasFfmpeg: async () => false }).plan(
      order,
      workshop,
    )
    await createFilmMaker(dependencies).make(order, workshop)
    expect(workshop.charged).toEqual(planned)
    await workshop.close()
  })
})

/** A path where no ffmpeg is, for what ends before it is needed. */
const absent = '/no/ffmpeg'
const ffmpeg = await findFfmpeg()

describe('A film of a vendor', () => {
  let server: FilmServer
  beforeAll(async () => {
    vi.stubEnv('VIDEO_API_KEY', 'sk-film')
    server = await startFilmServer(await smallClip())
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await server.stop()
  })
  const sources = [narration(4.2), subtitles('WEBVTT\n\n00:00:00.100 --> 00:00:01.200\n안녕\n')]
  const wish = { placement: 'instagram_reels_9x16', creative: short, sources } as const

  it('is charged once, whichever workers die over it', async () => {
    const kept = shelf()
    const attempt = async (vendorJob: string | null, ffmpeg: string | null) => {
      const workshop = openWorkshop(kept)
      const maker = createFilmMaker(filmDependencies({ server: server.url, ffmpeg }))
      const order = filmOrder({ ...wish, vendorJob })
      return maker.make(order, workshop).finally(() => workshop.close())
    }
    expect(await attempt(null, absent)).toMatchObject({ vendorJob: 'video_1', deadline: 601_000 })
    // Another worker, which does not know that one was started.
    expect(await attempt(null, absent)).toMatchObject({ vendorJob: 'video_1' })
    expect(await attempt('video_1', absent)).toMatchObject({ vendorJob: 'video_1' })
    // The clip is there, and the worker dies while it cuts.
    await expect(attempt('video_1', absent)).rejects.toThrow()
    if (ffmpeg !== null) {
      const made = asMade(await attempt('video_1', ffmpeg))
      expect(made.provenance).toMatchObject({
        origin: 'generated',
        model: 'sora-2',
        adjusted: ['seconds_snapped', 'size_snapped', 'end_held'],
      })
      expect(made.files.map(({ role }) => role)).toEqual([
        'clean_video',
        'captioned_video',
        'cover',
      ])
      const labels = made.checks.filter(({ check }) => check.endsWith('_label'))
      expect(labels.map(({ passed }) => passed)).toEqual([true, true])
    }
    expect(server.charges.size).toBe(1)
  })

  it('is never bought where nothing can write the AI label into it', async () => {
    const workshop = openWorkshop()
    const dependencies = filmDependencies({ server: server.url })
    const order = filmOrder({ placement: 'kakao_bizboard_motion' })
    const planner = createFilmPlanner({ ...dependencies, hasFfmpeg: async () => false })
    const refusal = {
      code: 'CAPABILITY_NOT_CONFIGURED',
      message: expect.stringContaining('FFMPEG_PATH'),
    }
    await expect(planner.plan(order, workshop)).rejects.toMatchObject(refusal)
    const before = server.charges.size
    await expect(createFilmMaker(dependencies).make(order, workshop)).rejects.toMatchObject(refusal)
    expect(workshop.charged).toEqual([])
    expect(server.charges.size).toBe(before)
    await workshop.close()
  })

  it('that is broken fails, and says how', async () => {
    const broken = Buffer.from(await smallClip()).subarray(0, 4_000)
    server.script({ looks: [{ status: 'completed' }], content: { bytes: broken } })
    const kept = shelf()
    const maker = createFilmMaker(filmDependencies({ server: server.url, ffmpeg: absent }))
    const order = filmOrder({ placement: 'instagram_reels_9x16', sources, note: '밝게' })
    const started = await maker.make(order, openWorkshop(kept))
    const { vendorJob } = started as Started
    await expect(maker.make({ ...order, vendorJob }, openWorkshop(kept))).rejects.toMatchObject({
      code: 'UPSTREAM_ERROR',
      message: expect.stringContaining('damaged'),
    })
  })

  it.runIf(ffmpeg !== null)('is our own motion where the vendor has no such shape', async () => {
    const workshop = openWorkshop()
    const maker = createFilmMaker(filmDependencies({ server: server.url, ffmpeg }))
    const made = asMade(
      await maker.make(filmOrder({ placement: 'kakao_bizboard_motion' }), workshop),
    )
    expect(made.provenance).toMatchObject({
      origin: 'motion',
      adjusted: ['size_not_offered', 'seconds_snapped'],
    })
    await workshop.close()
  })
})
