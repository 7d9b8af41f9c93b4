import { findFfmpeg } from '../shared/platform/film/find-ffmpeg.ts'
import { createFilmMaker } from '../shared/services/media/films/film-maker.ts'
import { filmDependencies } from '../test/support/film/film-dependencies.ts'
import { filmOrder, openWorkshop } from '../test/support/film/film-order.ts'
import { now } from './clock.ts'
import { below, type Row, rowOf } from './statistics.ts'

const make = async (ffmpeg: string | null): Promise<number> => {
  const workshop = openWorkshop()
  const startedAt = now()
  try {
    await createFilmMaker(filmDependencies({ ffmpeg })).make(
      filmOrder({ placement: 'instagram_reels_9x16' }),
      workshop,
    )
    return (now() - startedAt) / 1000
  } finally {
    await workshop.close()
  }
}

/** An 8 s motion film of 1080x1920, with and without captions, narration, cover and all looks at it. */
export const measureFilms = async (): Promise<Row[]> => {
  const ffmpeg = await findFfmpeg()
  const own = await make(null)
  const rows = [rowOf('8 s motion film without ffmpeg', [own], 's', below(20, 's'))]
  if (ffmpeg !== null) {
    const time = await make(ffmpeg)
    rows.push(rowOf('8 s motion film with ffmpeg', [time], 's', below(20, 's')))
  }
  const megabytes = process.memoryUsage().rss / 1e6
  rows.push(rowOf('memory after the films', [megabytes], 'MB', below(1_000, 'MB')))
  return rows
}
