import { createHash } from 'node:crypto'
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import type { Engine } from '../../../local/engine.ts'
import { inspectAudio } from '../../../shared/services/voice/audio-inspection.ts'
import { audioAnswers } from '../model-server/audio.ts'
import type { ModelServer } from '../model-server/model-server.ts'
import type { Answer, Client } from '../studio/client.ts'
import { type AudioFormat, formats, speech } from './recordings.ts'

export const voicePath = (sessionId: string): string => `/api/chat/session/${sessionId}/voice-turn`

/** The form of a voice turn; fields that are undefined are left out. */
export const recordingForm = (
  bytes: Uint8Array,
  fields: Record<string, string | undefined> = {},
  name = 'voice.bin',
): FormData => {
  const form = new FormData()
  form.set('audio', new Blob([new Uint8Array(bytes)]), name)
  for (const [field, value] of Object.entries(fields)) {
    if (value !== undefined) form.set(field, value)
  }
  return form
}

/** Sends a recording as a voice turn. */
export const speak = (
  client: Client,
  sessionId: string,
  bytes: Uint8Array,
  fields: Record<string, string | undefined> = {},
  headers: Record<string, string> = {},
): Promise<Answer> => client.post(voicePath(sessionId), recordingForm(bytes, fields), headers)

/** Uploads a recording with a form of the API's, as a page does. */
export const upload = async (
  client: Client,
  sessionId: string,
  bytes: Uint8Array,
  format: AudioFormat = 'wav',
): Promise<{ uploadId: string; response: Response }> => {
  const path = `/api/chat/session/${sessionId}/voice-upload`
  const { body } = await client.post(path, { format: formats[format].extension })
  const form = new FormData()
  for (const [field, value] of Object.entries<string>(body.fields)) form.set(field, value)
  form.set('file', new Blob([new Uint8Array(bytes)]), 'voice')
  const response = await fetch(body.url, { method: 'POST', body: form })
  return { uploadId: body.upload_id, response }
}

/** Keys of everything that lies in the media bucket for a session. */
export const mediaOf = async (engine: Engine, sessionId: string): Promise<string[]> => {
  const client = new S3Client({
    endpoint: engine.endpoints.s3,
    region: 'us-east-1',
    credentials: engine.credentials,
    forcePathStyle: true,
  })
  const Bucket = engine.resources.MediaBucket
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }))
  client.destroy()
  return Contents.flatMap(({ Key = '' }) => (Key.includes(sessionId) ? [Key] : []))
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** A transcribing server that knows the recordings which `say` gave out, and understands no other. */
export const createRecognizer = (model: ModelServer) => {
  const known = new Map<string, string>()
  model.transcription.respond(({ file }) =>
    audioAnswers.transcript(known.get(digest(file.bytes)) ?? ''),
  )
  return {
    async say(text: string, format: AudioFormat = 'webm-recorded'): Promise<Buffer> {
      const bytes = await speech(text, format)
      // The product keeps the sound of a recording alone, and has that transcribed.
      known.set(digest((await inspectAudio(bytes)).bare), text)
      return bytes
    },
  }
}
