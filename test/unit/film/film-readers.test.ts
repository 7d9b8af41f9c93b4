import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { PlacementId } from '../../../shared/contracts/assets.ts'
import { findFfmpeg } from '../../../shared/platform/film/find-ffmpeg.ts'
import { placements } from '../../../shared/rules/placements/placements.ts'
import type { MadeAsset } from '../../../shared/services/media/asset-maker.ts'
import { createFilmMaker } from '../../../shared/services/media/films/film-maker.ts'
import { smallClip } from '../../support/film/clips.ts'
import { complaints, probe, writeFrame } from '../../support/film/ffprobe.ts'
import { filmDependencies } from '../../support/film/film-dependencies.ts'
import {
  filmOrder,
  narration,
  openWorkshop,
  shelf,
  subtitles,
} from '../../support/film/film-order.ts'
import { type FilmServer, startFilmServer } from '../../support/film/film-server.ts'
import { isFullLength } from '../../support/limits/run-length.ts'
import { sampleCreative } from '../../support/model-server/samples.ts'

/** Git ignores it: pictures of the films lie there to be looked at. */
const looks = join(import.meta.dirname, '..', '..', '..', '.launch-studio', 'looks')

const masters: [PlacementId, 'with' | 'without'][] = [
  ['vertical_9x16', 'with'],
  ['vertical_9x16', 'without'],
  ['instagram_feed_4x5', 'with'],
  ['instagram_feed_1x1', 'without'],
  ['youtube_16x9', 'with'],
  ['kakao_bizboard_motion', 'without'],
]

const pathOf = ({ files }: MadeAsset, role: string): string | undefined => {
  const body = files.find((file) => file.role === role)?.body
  return body === undefined || body instanceof Uint8Array ? undefined : body.path
}

/** Readers that we did not write open what was made, at full size. */
describe.runIf(isFullLength)('A reader that is not ours', { timeout: 240_000 }, () => {
  let ffmpeg: string
  let server: FilmServer
  beforeAll(async () => {
    const found = await findFfmpeg()
    if (found === null)
      throw new Error('ffmpeg is missing: install it, films are judged by it here.')
    ffmpeg = found
    await mkdir(looks, { recursive: true })
    vi.stubEnv('VIDEO_API_KEY', 'sk-film')
    server = await startFilmServer(await smallClip())
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await server.stop()
  })

  it.each(masters)('plays the motion film for %s made %s ffmpeg', async (id, how) => {
    const workshop = openWorkshop()
    const maker = createFilmMaker(filmDependencies({ ffmpeg: how === 'with' ? ffmpeg : null }))
    const made = await maker.make(filmOrder({ placement: id }), workshop)
    if ('vendorJob' in made) throw new Error('Motion has no vendor.')
    const { width, height, takesType } = placements[id]
    for (const role of takesType ? ['clean_video', 'captioned_video'] : ['clean_video']) {
      const path = pathOf(made, role) ?? ''
      const { streams, format } = await probe(path)
      expect(streams[0]).toMatchObject({ codec_name: 'h264', pix_fmt: 'yuv420p', width, height })
      expect(streams[0]?.r_frame_rate).toBe('30/1')
      expect(streams[1]?.codec_name).toBe(takesType ? 'aac' : undefined)
      expect(format.duration).toBeCloseTo(takesType ? 8 : 3, 1)
      expect(await complaints(path)).toBe('')
      await writeFrame(path, 2, join(looks, `${id}-${how}-${role}.png`))
    }
    await workshop.close()
  })

  it('plays a vendor’s clip with our label and captions, held until the last word', async () => {
    const kept = shelf()
    const maker = createFilmMaker(filmDependencies({ ffmpeg, server: server.url }))
    const vtt = 'WEBVTT\n\n00:00:00.100 --> 00:00:04.100\n끝까지 들려요\n'
    const sources = [narration(4.2), subtitles(vtt)]
    server.script({ looks: [{ status: 'completed' }] })
    const { video_prompt_package } = sampleCreative
    const creative = { video_prompt_package: { ...video_prompt_package, duration_sec: 4 } }
    const order = filmOrder({ placement: 'instagram_reels_9x16', sources, creative })
    await maker.make(order, openWorkshop(kept))
    const workshop = openWorkshop(kept)
    const made = await maker.make({ ...order, vendorJob: 'video_1' }, workshop)
    if ('vendorJob' in made) throw new Error('It is done.')
    expect(made.files.map(({ role }) => role)).toEqual(['clean_video', 'captioned_video', 'cover'])
    expect(made.checks.filter(({ check }) => /_(label|captions)$/.test(check))).toHaveLength(3)
    const path = pathOf(made, 'captioned_video') ?? ''
    const { streams, format } = await probe(path)
    expect(streams[0]).toMatchObject({ codec_name: 'h264', width: 1080, height: 1920 })
    expect(format.duration).toBeCloseTo(4.6, 1)
    expect(await complaints(path)).toBe('')
    await writeFrame(path, 1, join(looks, 'vendor-captioned.png'))
    await workshop.close()
  })
})
