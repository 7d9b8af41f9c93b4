import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { planesOf } from '../../../shared/platform/film/planes.ts'
import { renderFilm } from '../../../shared/platform/film/render-film.ts'
import type { Timeline } from '../../../shared/platform/film/timeline.ts'
import { shades } from './timelines.ts'

interface ClipSize {
  width: number
  height: number
  seconds: number
}

/** As many as one part of a film has at most: a clip is one part. */
const maxFrames = 40

/** One shot that moves. */
const timelineOf = ({ width, height, seconds }: ClipSize): Timeline => {
  const [wide, tall] = [width + 40, height + 72]
  const from = { x: 0, y: 0, width: wide, height: tall }
  const framesPerSecond = Math.floor(maxFrames / seconds)
  return {
    ...{ width, height, framesPerSecond, frames: framesPerSecond * seconds },
    plates: [planesOf(shades(wide, tall))],
    scenes: [
      { plate: 0, start: 0, end: seconds, from, to: { x: 20, y: 30, width, height }, fade: 0 },
    ],
    layers: [],
  }
}

/** A silent clip. */
export const clipOf = async (size: ClipSize): Promise<Uint8Array> => {
  const folder = await mkdtemp(join(tmpdir(), 'clip-'))
  try {
    const { clean = [] } = await renderFilm({
      timeline: timelineOf(size),
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

let made: Promise<Uint8Array> | undefined

/** A clip as a vendor makes it of an order of 4 s in 720x1280, at half the size. */
export const smallClip = (): Promise<Uint8Array> => {
  made ??= clipOf({ width: 360, height: 640, seconds: 4 })
  return made
}

let planned: Promise<Uint8Array> | undefined

/** A clip as a vendor makes it of the sample run's film of 8 s, at half the size. */
export const plannedClip = (): Promise<Uint8Array> => {
  planned ??= clipOf({ width: 360, height: 640, seconds: 8 })
  return planned
}
