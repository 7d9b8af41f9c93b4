import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import encoders from 'h264-mp4-encoder'
import type { EncoderOptions, FrameEncoder } from './frame-encoder.ts'

/** Of minih264: 10 is best, 51 is worst; what lies above shows in flat areas. */
const quantizer = 23
/** Of ten, the fastest: a 1080x1920 frame takes some 35 ms, against 90 ms of the next ones for the same size of file. */
const speed = 10

/** minih264 as WebAssembly: the baseline profile, in the memory of this thread until the end. */
export const bundledEncoder = async (options: EncoderOptions): Promise<FrameEncoder> => {
  const encoder = await encoders.createH264MP4Encoder()
  // All encoders of a thread share one file system.
  encoder.outputFilename = `${randomUUID()}.mp4`
  encoder.width = options.width
  encoder.height = options.height
  encoder.frameRate = options.framesPerSecond
  encoder.speed = speed
  encoder.quantizationParameter = quantizer
  encoder.groupOfPictures = 2 * options.framesPerSecond
  encoder.initialize()
  return {
    async add(frame) {
      encoder.addFrameYuv(frame)
    },
    async finish() {
      encoder.finalize()
      const file = encoder.FS.readFile(encoder.outputFilename, { encoding: 'binary' })
      encoder.FS.unlink(encoder.outputFilename)
      encoder.delete()
      await writeFile(options.path, file)
    },
    stop: () => {},
  }
}
