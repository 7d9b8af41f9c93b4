import { once } from 'node:events'
import { startFfmpeg } from './ffmpeg-process.ts'
import type { EncoderOptions, FrameEncoder } from './frame-encoder.ts'

/**
 * What every H.264 film of ours is encoded with: plays everywhere, and looks clean on a phone. No B-frames: pictures
 * are stored in the order in which they are shown, which the writer's reserved index needs.
 */
export const h264Arguments = (framesPerSecond: number): string[] => [
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '19', '-profile:v', 'high'],
  ...['-pix_fmt', 'yuv420p', '-g', String(2 * framesPerSecond), '-bf', '0'],
  ...['-color_range', 'tv', '-colorspace', 'bt709', '-color_primaries', 'bt709'],
  ...['-color_trc', 'bt709', '-map_metadata', '-1', '-fflags', '+bitexact', '-an'],
]

/** x264 by ffmpeg, which gets the frames through its standard input. */
export const ffmpegEncoder = (options: EncoderOptions, path: string): FrameEncoder => {
  const { width, height, framesPerSecond } = options
  const { input, ended, stop } = startFfmpeg(path, [
    ...['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-video_size', `${width}x${height}`],
    ...['-framerate', String(framesPerSecond), '-color_range', 'tv', '-i', 'pipe:0'],
    ...h264Arguments(framesPerSecond),
    ...['-f', 'mp4', '-y', options.path],
  ])
  return {
    async add(frame) {
      // The pipe takes the bytes later, when the painter has begun with the next frame.
      if (!input.write(Buffer.from(frame))) await Promise.race([once(input, 'drain'), ended])
    },
    async finish() {
      input.end()
      await ended
    },
    stop,
  }
}
