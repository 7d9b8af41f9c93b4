import type { SpokenTurnByReference, SpokenTurnForm } from '../shared/contracts/voice.ts'
import type { SpokenInput } from '../shared/services/voice-service.ts'

/** What a spoken turn's request says: the recording itself, or the upload that holds it. */
export const spokenInput = async (
  sessionId: string,
  principal: string,
  body: SpokenTurnForm | SpokenTurnByReference,
): Promise<SpokenInput> => ({
  sessionId,
  principal,
  source: 'audio' in body ? { audio: await body.audio.bytes() } : { uploadId: body.upload_id },
  locale: body.locale,
  voicePreset: body.voice_preset,
})
