import type { AssetCheck } from '../../../contracts/assets.ts'
import {
  decodeFrame,
  decodeLevels,
  decodePictures,
  lookAtUnits,
  soundingShare,
} from '../../../platform/film/look-at-film.ts'
import { type Mp4Index, type Mp4Track, readMp4 } from '../../../platform/film/mp4-index.ts'
import { type Planes, planesIn, type Sprite } from '../../../platform/film/planes.ts'
import { type OriginNote, readXmpPacket } from '../../../platform/xmp/xmp-packet.ts'
import type { Cue } from '../../../rules/captions/cue.ts'
import type { Placement } from '../../../rules/placements/placement.ts'
import { CheckFailed } from '../check-failed.ts'
import type { TypeBox } from './film-layers.ts'

/** What a finished file has to be. Times are seconds. */
export interface ExpectedFilm {
  width: number
  height: number
  seconds: number
  /** Of the narration; 0 of a film without sound. */
  speech: number
  /** Captions as a track of its own, or null. */
  track: readonly Cue[] | null
  origin: OriginNote
  /** Type that has to be seen in the picture, at a time: looked for where there is a decoder. */
  seen: readonly { what: 'label' | 'captions'; sprite: Sprite; at: number }[]
}

/** By how much sound and captions may be off: less is neither seen nor heard. */
const tolerance = 0.15
/** Of a scale of 255: less is one plain colour. */
const leastContrast = 16
/** dBFS in a tenth of a second, of which speech has at least so many in a second. */
const audible = -45
const leastAudible = 0.2
/** Frames of AAC that hold more than silence, where nothing can be decoded. */
const leastSounding = 0.2

/** Ends with the first look that does not pass. */
const checker = () => {
  const checks: AssetCheck[] = []
  return {
    checks,
    note(check: string, passed: boolean, detail: string): void {
      const one = { check, passed, detail }
      checks.push(one)
      if (!passed) throw new CheckFailed(one)
    },
  }
}
type Note = ReturnType<typeof checker>['note']

const trackOf = ({ tracks }: Mp4Index, handler: string): Mp4Track | undefined =>
  tracks.find((track) => track.handler === handler)

const checkPictures = async (
  note: Note,
  path: string,
  index: Mp4Index,
  expected: ExpectedFilm,
  { ffmpeg, signal }: { ffmpeg: string | null; signal: AbortSignal },
): Promise<void> => {
  const track = trackOf(index, 'vide')
  if (track === undefined) return note('decodable', false, 'no pictures')
  const { width, height, format, samples, duration } = track
  try {
    await lookAtUnits(path, track)
    if (ffmpeg !== null) {
      const { pictures, contrast } = await decodePictures(ffmpeg, path, signal)
      note('decodable', pictures === samples.length, `${pictures} of ${samples.length} pictures`)
      note('not_blank', (contrast ?? 0) >= leastContrast, `contrast ${contrast}`)
    } else note('decodable', true, `${samples.length} pictures, by their units`)
  } catch (error) {
    if (error instanceof CheckFailed || signal.aborted) throw error
    note('decodable', false, error instanceof Error ? error.message : 'not decodable')
  }
  note('format', format === 'avc1' && index.fastStart, `${format}, index first: ${index.fastStart}`)
  const isSized = width === expected.width && height === expected.height
  note('size', isSized, `${width}x${height}`)
  const off = Math.abs(duration - expected.seconds)
  note('duration', off <= tolerance, `${duration.toFixed(2)} s of ${expected.seconds.toFixed(2)} s`)
}

const checkSound = async (
  note: Note,
  path: string,
  index: Mp4Index,
  { speech, seconds }: ExpectedFilm,
  { ffmpeg, signal }: { ffmpeg: string | null; signal: AbortSignal },
): Promise<void> => {
  const track = trackOf(index, 'soun')
  if (speech === 0) return note('sound', track === undefined, track ? 'sound unasked' : 'silent')
  if (track === undefined) return note('sound', false, 'no sound')
  // The encoder fills its last frame.
  const fits =
    Math.abs(track.duration - speech) <= tolerance && track.duration <= seconds + tolerance
  note('sound_length', fits, `${track.duration.toFixed(2)} s of ${speech.toFixed(2)} s`)
  if (ffmpeg === null) {
    const share = soundingShare(track)
    return note('sound', share >= leastSounding, `${Math.round(share * 100)} % of its frames sound`)
  }
  const levels = await decodeLevels(ffmpeg, path, signal)
  const loud = levels.filter((level) => level > audible).length / Math.max(1, levels.length)
  note('sound', loud >= leastAudible, `${Math.round(loud * 100)} % above ${audible} dBFS`)
}

/** Captions in order, and nothing is shown before or behind what is said. */
const checkCues = (note: Note, cues: readonly Cue[], until: number): void => {
  let end = 0
  for (const { start_ms, end_ms, rows } of cues) {
    const passed =
      start_ms >= end &&
      end_ms > start_ms &&
      rows.some((row) => row.trim() !== '') &&
      end_ms / 1000 <= until + tolerance
    if (!passed) note('captions_in_time', false, `${start_ms} to ${end_ms} ms of ${until} s`)
    end = end_ms
  }
  note('captions_in_time', true, `${cues.length} in ${until.toFixed(2)} s`)
}

/** Luma of what type is drawn in, and of its ground, as a scale of 255 in limited range. */
const bright = 225
const ground = { least: 60, most: 175 }

/** Whether a decoded picture has the strokes of a sprite bright, and its ground dark. */
const shows = (frame: Planes, sprite: Sprite): { strokes: number; ground: number } => {
  const sums = { strokes: 0, strokeCount: 0, ground: 0, groundCount: 0 }
  for (let row = 0; row < sprite.height; row += 1) {
    for (let column = 0; column < sprite.width; column += 1) {
      const at = row * sprite.width + column
      const alpha = sprite.alpha[at] ?? 0
      const seen = frame.y[(row + sprite.top) * frame.width + column + sprite.x] ?? 0
      if (alpha === 255 && (sprite.y[at] ?? 0) >= bright) {
        sums.strokes += seen
        sums.strokeCount += 1
      } else if (alpha >= ground.least && alpha <= ground.most && (sprite.y[at] ?? 0) < 40) {
        sums.ground += seen
        sums.groundCount += 1
      }
    }
  }
  return {
    strokes: sums.strokes / Math.max(1, sums.strokeCount),
    ground: sums.ground / Math.max(1, sums.groundCount),
  }
}

/** Levels of luma by which strokes have to stand out of their ground. */
const leastStep = 70

const checkSeen = async (
  note: Note,
  path: string,
  { seen, width, height }: ExpectedFilm,
  { ffmpeg, signal }: { ffmpeg: string; signal: AbortSignal },
): Promise<void> => {
  for (const { what, sprite, at } of seen) {
    const bytes = await decodeFrame(ffmpeg, { path, seconds: at, signal })
    const { strokes, ground: dark } = shows(planesIn(bytes, width, height), sprite)
    const detail = `${Math.round(strokes)} on ${Math.round(dark)} at ${at.toFixed(2)} s`
    note(what, strokes - dark >= leastStep, detail)
  }
}

/**
 * Looks at a finished film as its reader gets it, by code that had no part in writing it: with ffmpeg every picture
 * and the sound are decoded, without it the units of the code are looked at.
 * @throws CheckFailed for the first look that it does not pass
 */
export const checkFilm = async (
  path: string,
  expected: ExpectedFilm,
  reader: { ffmpeg: string | null; signal: AbortSignal },
): Promise<AssetCheck[]> => {
  const { checks, note } = checker()
  const index = await readMp4(path).catch((error: unknown) => {
    note('decodable', false, error instanceof Error ? error.message : 'no MP4')
    throw error
  })
  await checkPictures(note, path, index, expected, reader)
  await checkSound(note, path, index, expected, reader)
  const track = trackOf(index, 'text')
  if (expected.track === null)
    note('caption_track', track === undefined, track ? 'one unasked' : 'none')
  else
    note('caption_track', (track?.samples.length ?? 0) >= expected.track.length, `${track?.format}`)
  const { ffmpeg, signal } = reader
  if (ffmpeg !== null) await checkSeen(note, path, expected, { ffmpeg, signal })
  const stated = readXmpPacket(index.xmp ?? '')
  const isStated = stated?.digitalSourceType === expected.origin.digitalSourceType
  note('origin', isStated, stated?.digitalSourceType ?? 'none')
  return checks
}

/** Looks at captions against the sound, and at type against the safe rectangle. @throws CheckFailed */
export const checkType = (
  { cues, speech, seconds }: { cues: readonly Cue[]; speech: number; seconds: number },
  boxes: readonly TypeBox[],
  { safe }: Placement,
  contrast: number | null,
): AssetCheck[] => {
  const { checks, note } = checker()
  if (cues.length > 0) checkCues(note, cues, speech === 0 ? seconds : speech)
  for (const { role, box } of boxes) {
    const inside =
      box.x >= safe.x - 1 &&
      box.y >= safe.y - 1 &&
      box.x + box.width <= safe.x + safe.width + 1 &&
      box.y + box.height <= safe.y + safe.height + 1
    const detail = `${role} at ${[box.x, box.y, box.width, box.height].map(Math.round).join(' ')}`
    if (!inside) note('safe_rectangle', false, detail)
  }
  note('safe_rectangle', true, `${boxes.length} texts`)
  if (contrast !== null) note('contrast', contrast >= 4.5, `${contrast.toFixed(1)}:1`)
  return checks
}
