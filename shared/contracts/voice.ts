import * as z from 'zod'
import { VoicePreset } from './agents.ts'
import { BriefSlots, Gate, SlotUpdate } from './brief.ts'
import { AssistantMessage, Locale, SessionId, SessionState, Timestamp } from './session.ts'

export const audioFormats = ['wav', 'mp3', 'm4a', 'mp4', 'flac', 'ogg', 'webm'] as const
/** What a recording may be in: browsers record `webm`, `mp4` or `ogg`. */
export const AudioFormat = z.enum(audioFormats)
export type AudioFormat = z.infer<typeof AudioFormat>

/** The content type under which each format is stored and sent on. */
export const audioContentTypes: Readonly<Record<AudioFormat, string>> = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  mp4: 'audio/mp4',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  webm: 'audio/webm',
}

/** Largest recording that is sent with the turn itself, in bytes: in base64 it fits Lambda's 6 MB. */
export const inlineAudioBytesLimit = 4 * 1024 * 1024
/** Largest recording that is uploaded first, in bytes: the most that speech services take. */
export const uploadAudioBytesLimit = 25 * 1024 * 1024
/** Longest recording, in seconds. */
export const audioSecondsLimit = 60
/** Seconds for which an upload form is good. */
export const uploadSeconds = 600

/** An upload; it is kept for a day. */
export const UploadId = z.string().regex(/^upload_[0-9a-z]{26}$/)
export type UploadId = z.infer<typeof UploadId>

/** A form for one upload: post the fields and then the recording as `file`, multipart/form-data. */
export const VoiceUpload = z.object({
  upload_id: UploadId,
  url: z.string(),
  fields: z.record(z.string(), z.string()),
  expires_at: Timestamp,
})
export type VoiceUpload = z.infer<typeof VoiceUpload>

const speech = {
  /** The language that is spoken; the session's when not given. */
  locale: Locale.optional(),
  /** The voice in which you mean to have the answer read; it comes back with the answer. */
  voice_preset: VoicePreset.optional(),
}

/** A spoken turn, the recording with it. */
export const SpokenTurnForm = z.strictObject({
  /** At most 4 MB and 60 s. */
  audio: z.file(),
  /** What you take the recording for; its bytes decide. */
  format: AudioFormat.optional(),
  ...speech,
})
export type SpokenTurnForm = z.infer<typeof SpokenTurnForm>

/** A spoken turn whose recording was uploaded before. One upload becomes one turn. */
export const SpokenTurnByReference = z.strictObject({ upload_id: UploadId, ...speech })
export type SpokenTurnByReference = z.infer<typeof SpokenTurnByReference>

/** A spoken turn and its answer: what was understood, and then what a text turn answers. */
export const VoiceTurn = z.object({
  turn: z.number().int(),
  transcript: z.string(),
  state: SessionState,
  assistant_message: AssistantMessage,
  slot_updates: z.array(SlotUpdate),
  next_question: z.string().nullable(),
  brief_slots: BriefSlots,
  gate: Gate,
  voice_preset: VoicePreset.optional(),
})
export type VoiceTurn = z.infer<typeof VoiceTurn>

/** A spoken turn that takes longer than the route may wait; its events tell the rest. */
export const VoiceTurnPending = z.object({
  session_id: SessionId,
  turn: z.number().int(),
  status: z.literal('transcribing'),
  /** The `seq` after which the turn's events come. */
  after: z.number().int(),
})
export type VoiceTurnPending = z.infer<typeof VoiceTurnPending>

/** What EventBridge tells of a transcription job that ended; a schedule's event names no job. */
export const TranscriptionEvent = z.object({
  detail: z.object({ TranscriptionJobName: z.string().optional() }),
})
