import { speaker } from '../shared/clients/speech/select-speaker.ts'
import { decodeFile } from '../shared/platform/film/decode-file.ts'
import { findFfmpeg } from '../shared/platform/film/find-ffmpeg.ts'
import type { ForeignDecoder } from '../shared/platform/sound/decode-sound.ts'
import type { NarrationDependencies } from '../shared/services/media/narration/narration-maker.ts'

const foreignDecoder = async (signal: AbortSignal): Promise<ForeignDecoder | undefined> => {
  const ffmpeg = await findFfmpeg()
  return ffmpeg === null ? undefined : (bytes) => decodeFile(ffmpeg, bytes, signal)
}

export const narrationDependencies: NarrationDependencies = { speaker, foreignDecoder }
