import { makeFilms } from './processes.ts'
import { below, type Row, rowOf } from './statistics.ts'

/** An 8 s motion film of 1080x1920, with and without captions, narration, cover and all looks at it. */
export const measureFilms = async (): Promise<Row[]> => {
  const { own, withFfmpeg, megabytes } = await makeFilms()
  return [
    rowOf('8 s motion film without ffmpeg', [own], 's', below(20, 's')),
    ...(withFfmpeg === undefined
      ? []
      : [rowOf('8 s motion film with ffmpeg', [withFfmpeg], 's', below(20, 's'))]),
    rowOf('memory of a process that made them', [megabytes], 'MB', below(1_000, 'MB')),
  ]
}
