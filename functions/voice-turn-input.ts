import type { SpokenTurnByReference, SpokenTurnForm } from '../shared/contracts/voice.ts'
import type { Caller } from '../shared/rules/caller.ts'
import type { VoiceTurnInput } from '../shared/services/voice/voice-turn-service.ts'

/** A voice turn's request: the recording itself, or the upload that holds it. */
export const voiceTurnInput = async (
  sessionId: string,
  { principal, caller }: { principal: string; caller: Caller },
  body: SpokenTurnForm | SpokenTurnByReference,
): Promise<VoiceTurnInput> => ({
  sessionId,
  principal,
  caller,
  source: 'audio' in body ? { audio: await body.audio.bytes() } : { uploadId: body.upload_id },
  locale: body.locale,
  voicePreset: body.voice_preset,
})
