import { h264Arguments } from './ffmpeg-encoder.ts'
import { runFfmpeg } from './ffmpeg-process.ts'

/** A picture over a film: a PNG at a place, in pixels, and when it shows, in seconds; null for always. */
export interface Overlay {
  path: string
  x: number
  y: number
  showing: { start: number; end: number } | null
}

export interface BurnOrder {
  clip: string
  /** Pixels of the film, both even: the clip is scaled to fill them, and cut evenly. */
  width: number
  height: number
  framesPerSecond: number
  /** Of the film; the clip's last picture is held until then. */
  seconds: number
  clipSeconds: number
  /** In both films, and in the captioned one alone; without any there is no captioned film. */
  always: readonly Overlay[]
  captions: readonly Overlay[]
  cleanPath: string
  captionedPath: string
}

const time = (seconds: number): string => seconds.toFixed(3)

/** One overlay after the other, each from the last one's output: numbers alone stand in filters. */
const chain = (from: string, overlays: readonly Overlay[], first: number, to: string): string[] =>
  overlays.map(({ x, y, showing }, index) => {
    const input = index === 0 ? from : `${to}${index}`
    const output = index === overlays.length - 1 ? to : `${to}${index + 1}`
    const enable = showing ? `:enable='between(t,${time(showing.start)},${time(showing.end)})'` : ''
    return `[${input}][${first + index}:v]overlay=${x}:${y}${enable}[${output}]`
  })

const filters = (order: BurnOrder): string => {
  const { width, height, always, captions, seconds, clipSeconds } = order
  const held = Math.max(0, seconds - clipSeconds) + 0.5
  const base = [
    `fps=${order.framesPerSecond}`,
    `scale=${width}:${height}:force_original_aspect_ratio=increase:flags=lanczos`,
    `crop=${width}:${height}`,
    'setsar=1',
    'format=yuv420p',
    `tpad=stop_mode=clone:stop_duration=${time(held)}`,
  ].join(',')
  const labelled = always.length === 0 ? 'base' : 'labelled'
  return [
    `[0:v:0]${base}[base]`,
    ...chain('base', always, 1, 'labelled'),
    ...(captions.length === 0
      ? [`[${labelled}]null[clean]`]
      : [
          `[${labelled}]split=2[clean][under]`,
          ...chain('under', captions, 1 + always.length, 'captioned'),
        ]),
  ].join(';')
}

/** Encodes a vendor's clip anew in the size of its placement, with its label and once more with captions. */
export const burn = async (
  ffmpeg: string,
  order: BurnOrder,
  signal: AbortSignal,
): Promise<void> => {
  const { framesPerSecond, seconds, always, captions, cleanPath, captionedPath } = order
  const output = (label: string, path: string): string[] => [
    ...['-map', `[${label}]`, ...h264Arguments(framesPerSecond)],
    ...['-t', time(seconds), '-f', 'mp4', '-y', path],
  ]
  await runFfmpeg(
    ffmpeg,
    [
      ...['-i', order.clip, ...[...always, ...captions].flatMap(({ path }) => ['-i', path])],
      ...['-filter_complex', filters(order)],
      ...output('clean', cleanPath),
      ...(captions.length === 0 ? [] : output('captioned', captionedPath)),
    ],
    signal,
  )
}
