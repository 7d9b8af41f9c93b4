import { startFfmpeg } from './ffmpeg-process.ts'

/** Seconds that are decoded: far beyond any narration. */
const maxSeconds = 900

/** Any sound that ffmpeg knows, as WAV. Rejects as ffmpeg ends, or with the signal's reason. */
export const decodeFile = async (
  ffmpeg: string,
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<Uint8Array> => {
  const { input, output, ended } = startFfmpeg(
    ffmpeg,
    ['-i', 'pipe:0', '-map', '0:a:0', '-t', String(maxSeconds), '-f', 'wav', 'pipe:1'],
    signal,
  )
  input.end(bytes)
  const pieces: Buffer[] = []
  output.on('data', (piece: Buffer) => pieces.push(piece))
  try {
    await ended
  } catch (error) {
    throw signal.aborted ? signal.reason : error
  }
  return Buffer.concat(pieces)
}
