import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { renderFilm } from '../../../shared/platform/film/render-film.ts'
import { smallTimeline } from './timelines.ts'

let made: Promise<Uint8Array> | undefined

const make = async (): Promise<Uint8Array> => {
  const folder = await mkdtemp(join(tmpdir(), 'clip-'))
  try {
    const { clean = [] } = await renderFilm({
      timeline: { ...smallTimeline(), frames: 40 },
      variants: ['clean'],
      folder,
      ffmpeg: null,
      signal: new AbortController().signal,
      report() {},
    })
    return await readFile(clean[0] ?? '')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A clip as a vendor might make it: 180x320, 40 pictures in 1.33 s, silent. */
export const smallClip = (): Promise<Uint8Array> => {
  made ??= make()
  return made
}
