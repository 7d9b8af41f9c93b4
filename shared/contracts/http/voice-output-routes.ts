import * as z from 'zod'
import { VoicePreset } from '../agents.ts'
import { Timestamp } from '../session.ts'
import { SpokenFormat, spokenTextLimit } from '../speech.ts'
import { text } from '../text.ts'
import { type Route, routeDefaults, sessionParams } from './route.ts'

export const voiceOutputRoutes = {
  assistantVoice: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/chat/session/{session_id}/assistant-voice',
    summary: 'Speaks what the assistant said in this session; the same again is made once',
    params: sessionParams,
    // What was made already.
    access: 'reader',
    body: z.strictObject({
      /** A message of the assistant's, or its answer or its question alone. */
      text: text(spokenTextLimit, { multiline: true }),
      /** One that speaks the session's language. */
      voice_preset: VoicePreset,
      format: SpokenFormat.default('mp3'),
    }),
    answer: z.object({
      /** Good until `expires_at`; ask again for another one. */
      audio_url: z.url(),
      expires_at: Timestamp,
      /** Measured from the audio. */
      duration_ms: z.number().int().min(1),
      format: SpokenFormat,
      bytes_size: z.number().int().min(1),
      voice_preset: VoicePreset,
      /** Who made the voice: it is synthetic. */
      provider: z.string(),
      /** When sentences and words begin; null when the provider does not tell. */
      speech_marks_url: z.url().nullable(),
    }),
    problems: [
      'SESSION_NOT_FOUND',
      'FORBIDDEN',
      'CAPABILITY_NOT_CONFIGURED',
      'BUDGET_EXCEEDED',
      'RATE_LIMITED',
      'UPSTREAM_ERROR',
      'MEDIA_TIMEOUT',
    ],
  },
} as const satisfies Record<string, Route>
