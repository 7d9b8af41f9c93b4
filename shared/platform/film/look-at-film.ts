import { open } from 'node:fs/promises'
import { runFfmpeg } from './ffmpeg-process.ts'
import { Mp4Broken, type Mp4Track, readAt } from './mp4-index.ts'

/** What a look at a film's pictures found. */
export interface PicturesSeen {
  /** By a decoder; false when only the units of the code were looked at. */
  decoded: boolean
  /** Pictures that were decoded, or whose units are whole. */
  pictures: number
  /** Of a scale of 255, how far the brightest and the darkest place of any picture lie apart; null undecoded. */
  contrast: number | null
}

/** NAL units whose slices are pictures. */
const isSlice = (type: number): boolean => type === 1 || type === 5

/** Bytes of a key frame that shows something, for each pixel: one of plain black has a hundredth of that. */
const leastKeyBytes = 0.001

/** Whether the units of a sample fill it exactly, and one of them is a picture. */
const isWhole = (sample: Buffer, lengthBytes: number): boolean => {
  let pictures = 0
  let at = 0
  while (at + lengthBytes < sample.length) {
    const length = sample.readUIntBE(at, lengthBytes)
    if (length === 0) return false
    if (isSlice((sample[at + lengthBytes] ?? 0) & 31)) pictures += 1
    at += lengthBytes + length
  }
  return at === sample.length && pictures > 0
}

/**
 * Looks at the units of an H.264 track without decoding them.
 * @throws Mp4Broken for a sample that is no picture, and for key frames that show nothing
 */
export const lookAtUnits = async (path: string, track: Mp4Track): Promise<PicturesSeen> => {
  const file = await open(path, 'r')
  try {
    let largestKey = 0
    for (const [index, { offset, size, key }] of track.samples.entries()) {
      const sample = await readAt(file, offset, size)
      if (!isWhole(sample, track.nalLengthBytes)) {
        throw new Mp4Broken(`Picture ${index + 1} of ${track.samples.length} is damaged.`)
      }
      if (key) largestKey = Math.max(largestKey, size)
    }
    if (largestKey < track.width * track.height * leastKeyBytes) {
      throw new Mp4Broken('The pictures show nothing.')
    }
    return { decoded: false, pictures: track.samples.length, contrast: null }
  } finally {
    await file.close()
  }
}

/** Side of the pictures that are looked at: enough to tell black from a scene. */
const side = 24

/**
 * Decodes every picture of a film with ffmpeg; an error in any ends it.
 * @throws StudioError with the end of ffmpeg's messages as its cause, or the signal's reason
 */
export const decodePictures = async (
  ffmpeg: string,
  path: string,
  signal: AbortSignal,
): Promise<PicturesSeen> => {
  const small = await runFfmpeg(
    ffmpeg,
    [
      ...[
        '-xerror',
        '-err_detect',
        'explode',
        '-i',
        path,
        '-map',
        '0:v:0',
        '-fps_mode',
        'passthrough',
      ],
      ...['-vf', `scale=${side}:${side}:flags=area,format=gray`, '-f', 'rawvideo', 'pipe:1'],
    ],
    signal,
  )
  let darkest = 255
  let brightest = 0
  for (const pixel of small) {
    darkest = Math.min(darkest, pixel)
    brightest = Math.max(brightest, pixel)
  }
  const pictures = small.length / (side * side)
  return { decoded: true, pictures, contrast: brightest - darkest }
}

/** Samples a second of sound that is looked at. */
const soundRate = 16_000

/** The level of a film's sound in each tenth of a second, in dBFS, as ffmpeg decodes it. */
export const decodeLevels = async (
  ffmpeg: string,
  path: string,
  signal: AbortSignal,
): Promise<number[]> => {
  const raw = await runFfmpeg(
    ffmpeg,
    [
      '-xerror',
      '-i',
      path,
      '-map',
      '0:a:0',
      '-ac',
      '1',
      '-ar',
      String(soundRate),
      '-f',
      's16le',
      'pipe:1',
    ],
    signal,
  )
  const samples = new Int16Array(raw.buffer, raw.byteOffset, Math.floor(raw.length / 2))
  const step = soundRate / 10
  return Array.from({ length: Math.ceil(samples.length / step) }, (_, tenth) => {
    const part = samples.subarray(tenth * step, (tenth + 1) * step)
    const squares = part.reduce((sum, sample) => sum + sample * sample, 0)
    return 20 * Math.log10(Math.max(1, Math.sqrt(squares / part.length)) / 32_768)
  })
}

/** Bytes of an AAC frame that holds more than silence, which takes some ten. */
const soundingBytes = 24

/** The share of a film's sound that is more than silence, by the size of its frames alone. */
export const soundingShare = (track: Mp4Track): number =>
  track.samples.filter(({ size }) => size > soundingBytes).length /
  Math.max(1, track.samples.length)

/** One picture of a film as ffmpeg decodes it, in I420. */
export const decodeFrame = (
  ffmpeg: string,
  { path, seconds, signal }: { path: string; seconds: number; signal: AbortSignal },
): Promise<Buffer> =>
  runFfmpeg(
    ffmpeg,
    [
      ...['-ss', seconds.toFixed(3), '-i', path, '-map', '0:v:0', '-frames:v', '1'],
      ...['-pix_fmt', 'yuv420p', '-f', 'rawvideo', 'pipe:1'],
    ],
    signal,
  )
