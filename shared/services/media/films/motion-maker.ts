import { join } from 'node:path'
import type { AssetCheck } from '../../../contracts/assets.ts'
import { writeFilm } from '../../../platform/film/mp4-writer.ts'
import { painterOf } from '../../../platform/film/painter.ts'
import { planesIn } from '../../../platform/film/planes.ts'
import { renderFilm } from '../../../platform/film/render-film.ts'
import type { Variant } from '../../../platform/film/timeline.ts'
import { type OriginNote, xmpPacket } from '../../../platform/xmp/xmp-packet.ts'
import { filmSeconds } from '../../../rules/films/film-limits.ts'
import type { MadeAsset, MadeFile } from '../asset-maker.ts'
import { priceOf } from '../posters/poster-texts.ts'
import { coverFile } from './cover-file.ts'
import { checkFilm, checkType, type ExpectedFilm } from './film-checks.ts'
import { type FilmJob, filmFile } from './film-job.ts'
import { filmLabel, filmSourceType } from './film-labels.ts'
import { type FilmPictures, filmPictures } from './film-pictures.ts'
import { composeMotion, type MotionFilm } from './motion-film.ts'

const shownPrice = async ({ dependencies, order }: FilmJob): Promise<string | null> => {
  const price = priceOf(order)
  if (price === null) return null
  const filter = await dependencies.copyFilter(order.run)
  return filter.judge(price).verdict === 'blocked' ? null : price
}

const compose = async (
  job: FilmJob,
  { pictures, generated }: FilmPictures,
): Promise<MotionFilm> => {
  const { order, placement, creative, sources } = job
  const { shots, duration_sec } = creative.video_prompt_package
  return composeMotion({
    placement,
    shots,
    planned: duration_sec,
    seconds: filmSeconds(placement.id, duration_sec, sources.speech),
    pictures,
    posters: creative.poster_specs,
    price: await shownPrice(job),
    cues: sources.cues,
    label: filmLabel(generated ? 'motion' : 'photos', order.run.run.locale),
  })
}

/** Captions whose strokes are looked for in the finished film: the first, one in the middle and the last. */
const sampled = <T>(items: readonly T[]): T[] =>
  items.length <= 3
    ? [...items]
    : [0, Math.floor(items.length / 2), items.length - 1].flatMap((index) => items[index] ?? [])

const expectedOf = (
  job: FilmJob,
  film: MotionFilm,
  origin: OriginNote,
  variant: Variant,
): ExpectedFilm => {
  const { timeline, label } = film
  const seconds = timeline.frames / timeline.framesPerSecond
  const captions = variant === 'captioned' ? timeline.layers.filter(({ caption }) => caption) : []
  return {
    width: timeline.width,
    height: timeline.height,
    seconds,
    speech: job.sources.speech,
    track: null,
    origin,
    seen: [
      ...(label ? [{ what: 'label' as const, sprite: label, at: seconds / 2 }] : []),
      ...sampled(captions).map(({ sprite, start, end }) => ({
        what: 'captions' as const,
        sprite,
        at: (start + end) / 2,
      })),
    ],
  }
}

const roles = { clean: 'clean_video', captioned: 'captioned_video' } as const

/** Renders a film, writes it once with and once without captions, and looks at what was written. */
const cut = async (
  job: FilmJob,
  film: MotionFilm,
  origin: OriginNote,
): Promise<{ files: MadeFile[]; checks: AssetCheck[] }> => {
  const { workshop, sources, ffmpeg } = job
  const { signal } = workshop
  const { timeline } = film
  const seconds = timeline.frames / timeline.framesPerSecond
  const folder = await workshop.folder()
  const variants: Variant[] =
    sources.cues.length > 0 && job.placement.takesType ? ['clean', 'captioned'] : ['clean']
  const parts = await renderFilm({
    ...{ timeline, variants, folder, ffmpeg, signal },
    report: (share) => workshop.report('rendering', 0.2 + 0.6 * share),
  })
  const finish = async (variant: Variant) => {
    const path = join(folder, `${variant}.mp4`)
    const { sound } = sources
    const xmp = xmpPacket(origin)
    await writeFilm({ parts: parts[variant] ?? [], sound, captions: null, seconds, xmp, path })
    workshop.report('checking', 0.85)
    const looked = await checkFilm(path, expectedOf(job, film, origin, variant), { ffmpeg, signal })
    const checks = looked.map((one) => ({ ...one, check: `${variant}_${one.check}` }))
    return { file: filmFile(roles[variant], path, { ...timeline, seconds }), checks }
  }
  const finished = await Promise.all(variants.map(finish))
  return {
    files: finished.map(({ file }) => file),
    checks: finished.flatMap(({ checks }) => checks),
  }
}

const coverOf = (film: MotionFilm, origin: OriginNote): Promise<MadeFile> => {
  const painter = painterOf(film.timeline)
  painter.paint(film.coverFrame)
  const { width, height } = film.timeline
  return coverFile(planesIn(painter.frame, width, height), origin)
}

/**
 * A film of the run's own pictures and words, without a film model: it says so in the picture, and in what is told
 * of it.
 */
export const makeMotion = async (job: FilmJob, adjusted: readonly string[]): Promise<MadeAsset> => {
  const { dependencies, order, workshop, placement, sources } = job
  workshop.report('buying', 0.02)
  const pictures = await filmPictures(dependencies.background, order, placement, workshop)
  const { maker } = pictures
  workshop.report('drawing', 0.1)
  const film = await compose(job, pictures)
  workshop.signal.throwIfAborted()
  const seconds = film.timeline.frames / film.timeline.framesPerSecond
  const cues = placement.takesType ? sources.cues : []
  const typeChecks = checkType(
    { cues, speech: sources.speech, seconds },
    film.boxes,
    placement,
    film.contrast,
  )
  const origin: OriginNote = {
    digitalSourceType: filmSourceType(
      pictures.generated ? 'motion' : 'photos',
      sources.sound !== null,
    ),
    aiSystem: maker && `${maker.provider} ${maker.model}`,
  }
  const { files, checks } = await cut(job, film, origin)
  const planned = order.run.stages.creative?.output?.video_prompt_package.duration_sec
  return {
    files: [...files, await coverOf(film, origin)],
    checks: [...typeChecks, ...checks],
    provenance: {
      origin: 'motion',
      // No film model took part, but whose pictures are shown did.
      provider: maker?.provider ?? null,
      model: maker?.model ?? null,
      purchases: [],
      adjusted: [...adjusted, ...(planned === seconds ? [] : ['seconds_snapped'])],
      digital_source_type: origin.digitalSourceType,
    },
  }
}
