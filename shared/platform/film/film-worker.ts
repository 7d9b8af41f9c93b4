import { parentPort, workerData } from 'node:worker_threads'
import { bundledEncoder } from './bundled-encoder.ts'
import { ffmpegEncoder } from './ffmpeg-encoder.ts'
import type { FrameEncoder } from './frame-encoder.ts'
import { painterOf } from './painter.ts'
import type { Timeline, Variant } from './timeline.ts'

/** A thread that paints and encodes a part of a film, see render-film.ts. */

export interface Part {
  timeline: Timeline
  /** The first frame, and the one behind the last. */
  first: number
  end: number
  outputs: readonly { variant: Variant; path: string }[]
  ffmpeg: string | null
}

export type PartMessage = { painted: number } | { done: true } | { failed: unknown }

const render = async (part: Part, tell: (message: PartMessage) => void): Promise<void> => {
  const { timeline, outputs, ffmpeg } = part
  const { width, height, framesPerSecond } = timeline
  const painter = painterOf(timeline)
  const encoders: { variant: Variant; encoder: FrameEncoder }[] = []
  try {
    for (const { variant, path } of outputs) {
      const options = { width, height, framesPerSecond, path }
      const encoder =
        ffmpeg === null ? await bundledEncoder(options) : ffmpegEncoder(options, ffmpeg)
      encoders.push({ variant, encoder })
    }
    for (let index = part.first; index < part.end; index += 1) {
      painter.paint(index)
      for (const { variant, encoder } of encoders) {
        if (variant === 'captioned') painter.addCaptions(index)
        await encoder.add(painter.frame)
      }
      tell({ painted: 1 })
    }
    for (const { encoder } of encoders) await encoder.finish()
  } finally {
    for (const { encoder } of encoders) encoder.stop()
  }
}

const port = parentPort
if (port !== null) {
  render(workerData as Part, (message) => port.postMessage(message)).then(
    () => port.postMessage({ done: true } satisfies PartMessage),
    (failed: unknown) => port.postMessage({ failed } satisfies PartMessage),
  )
}
