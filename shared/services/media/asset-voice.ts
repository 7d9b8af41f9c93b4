import type { MediaStore } from '../../clients/media-store.ts'
import { StudioError } from '../../contracts/errors.ts'
import { uploadKey } from '../../repositories/media-keys.ts'
import type { AssetSettings } from '../../repositories/media-work.ts'
import type { VoiceWish } from './asset-maker.ts'

/** What was wished for the narration, as its maker gets it. */
export const voiceOf = (
  media: () => Promise<MediaStore>,
  sessionId: string,
  { preset, pace, recording }: AssetSettings,
): VoiceWish => {
  if (recording === null || recording === 'none') return { preset, pace, recording }
  const read = async (): Promise<Uint8Array> => {
    const bytes = await (await media()).get(uploadKey(sessionId, recording))
    if (!bytes) throw new StudioError('UPLOAD_NOT_FOUND', 'The recording is not there any more.')
    return bytes
  }
  return { preset, pace, recording: { uploadId: recording, read } }
}
