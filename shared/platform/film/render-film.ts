import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Part, PartMessage } from './film-worker.ts'
import { filmWorkerFile } from './film-worker-file.ts'
import type { Timeline, Variant } from './timeline.ts'

/** Threads for one film: more would only hold more frames in memory. */
const maxThreads = 4
/** Each thread's part begins with a key frame: shorter parts would cost more than they save. */
const minFrames = 24

export interface RenderOptions {
  timeline: Timeline
  /** In this order a frame is encoded: captions are painted over the clean frame. */
  variants: readonly Variant[]
  /** Receives the parts. */
  folder: string
  /** Path of ffmpeg, or null for the encoder that the bundle brings. */
  ffmpeg: string | null
  signal: AbortSignal
  /** How much is painted, 0 to 1. */
  report(share: number): void
}

/** Paths of each variant's parts, in the order in which they are shown: MP4 files of one H.264 track each. */
export type RenderedParts = Partial<Record<Variant, string[]>>

const ranges = (frames: number, parts: number): { first: number; end: number }[] =>
  Array.from({ length: parts }, (_, part) => ({
    first: Math.round((part * frames) / parts),
    end: Math.round(((part + 1) * frames) / parts),
  }))

const runPart = async (part: Part, signal: AbortSignal, painted: () => void): Promise<void> => {
  signal.throwIfAborted()
  const worker = new Worker(filmWorkerFile(), { workerData: part })
  const end = Promise.withResolvers<void>()
  const aborted = (): void => end.reject(signal.reason)
  signal.addEventListener('abort', aborted, { once: true })
  worker.on('message', (message: PartMessage) => {
    if ('painted' in message) painted()
    else if ('failed' in message) end.reject(message.failed)
    else end.resolve()
  })
  worker.once('error', end.reject)
  worker.once('exit', () => end.reject(new Error('The thread that paints a film ended early.')))
  try {
    await end.promise
  } finally {
    signal.removeEventListener('abort', aborted)
    // Its ffmpeg ends with the pipe that the thread held.
    await worker.terminate()
  }
}

/**
 * Paints and encodes a film on several threads, so that this one goes on with heartbeats and the signal.
 * With ffmpeg, which has threads of its own, one thread paints.
 */
export const renderFilm = async (options: RenderOptions): Promise<RenderedParts> => {
  const { timeline, variants, folder, ffmpeg, signal } = options
  const threads = ffmpeg === null ? Math.min(maxThreads, availableParallelism()) : 1
  const parts = ranges(
    timeline.frames,
    Math.max(1, Math.min(threads, Math.floor(timeline.frames / minFrames))),
  )
  const pathOf = (variant: Variant, part: number) => join(folder, `${variant}-${part}.mp4`)
  const others = new AbortController()
  let painted = 0
  const work = parts.map((range, index) =>
    runPart(
      {
        ...range,
        timeline,
        ffmpeg,
        outputs: variants.map((variant) => ({ variant, path: pathOf(variant, index) })),
      },
      AbortSignal.any([signal, others.signal]),
      () => {
        painted += 1
        options.report(painted / timeline.frames)
      },
    ).catch((error: unknown) => {
      others.abort(error)
      throw error
    }),
  )
  const ends = await Promise.allSettled(work)
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed) throw signal.aborted ? signal.reason : (others.signal.reason ?? failed.reason)
  return Object.fromEntries(
    variants.map((variant) => [variant, parts.map((_, index) => pathOf(variant, index))]),
  )
}
