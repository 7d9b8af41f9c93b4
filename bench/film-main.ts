/** Makes films as a child process, so that its memory is theirs alone, and reports what they took. */
import { findFfmpeg } from '../shared/platform/film/find-ffmpeg.ts'
import { createFilmMaker } from '../shared/services/media/films/film-maker.ts'
import { filmDependencies } from '../test/support/film/film-dependencies.ts'
import { filmOrder, openWorkshop } from '../test/support/film/film-order.ts'
import { now } from './clock.ts'

export type FromFilms =
  | {
      /** Seconds. */
      own: number
      /** The same with the ffmpeg of the machine; undefined where there is none. */
      withFfmpeg: number | undefined
      /** Resident memory behind them, in megabytes. */
      megabytes: number
    }
  | { failed: string }

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

const measured = async (): Promise<FromFilms> => {
  const ffmpeg = await findFfmpeg()
  const own = await make(null)
  const withFfmpeg = ffmpeg === null ? undefined : await make(ffmpeg)
  return { own, withFfmpeg, megabytes: process.memoryUsage().rss / 1e6 }
}

process.on('disconnect', () => process.exit(0))
const report: FromFilms = await measured().catch((error) => ({ failed: String(error) }))
process.send?.(report)
