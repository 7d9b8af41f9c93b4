import type { MediaStore } from '../../clients/media-store.ts'
import { StudioError } from '../../contracts/errors.ts'
import {
  type AudioFormat,
  audioContentTypes,
  inlineAudioBytesLimit,
  uploadAudioBytesLimit,
  uploadSeconds,
  type VoiceUpload,
} from '../../contracts/voice.ts'
import { type Clock, isoTime } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { recordingKey, uploadKey } from '../../repositories/media-keys.ts'
import type { InspectedAudio, JudgedAudio } from './audio-inspection.ts'

/** A recording that came with its turn, or one that was uploaded before. */
export type Source = { audio: Uint8Array } | { uploadId: string }

/** A recording that was inspected and lies in the media bucket. */
export interface Recording extends InspectedAudio {
  uploadId: string
}

export interface RecordingDependencies {
  clock: Clock
  /** Both are large, and loaded when a recording comes. */
  media: () => Promise<MediaStore>
  inspect: (bytes: Uint8Array) => Promise<JudgedAudio>
}

const megabytes = (bytes: number): string => `${bytes / 1024 / 1024} MB`

const tooLarge = (limit: number): StudioError =>
  new StudioError(
    'PAYLOAD_TOO_LARGE',
    limit === inlineAudioBytesLimit
      ? `A recording sent with its turn may have ${megabytes(limit)}; upload a larger one first.`
      : `A recording may have ${megabytes(limit)} at most.`,
  )

const missing = (): StudioError =>
  new StudioError('UPLOAD_NOT_FOUND', 'There is no upload with this id in this session.')

export type RecordingService = ReturnType<typeof createRecordingService>

export const createRecordingService = ({ clock, media, inspect }: RecordingDependencies) => {
  const readAt = async (key: string): Promise<Uint8Array> => {
    const bytes = await (await media()).get(key)
    if (!bytes) throw missing()
    return bytes
  }

  const read = async (sessionId: string, uploadId: string): Promise<Uint8Array> => {
    return readAt(recordingKey(sessionId, uploadId))
  }

  const keep = async (sessionId: string, audio: Uint8Array): Promise<Recording> => {
    if (audio.length > inlineAudioBytesLimit) throw tooLarge(inlineAudioBytesLimit)
    return store(sessionId, newId('upload'), await inspect(audio))
  }

  /** Keeps what was judged under a key of its own: the form of an upload can be posted again. */
  const store = async (
    sessionId: string,
    uploadId: string,
    { bare, ...inspected }: JudgedAudio,
  ): Promise<Recording> => {
    const contentType = audioContentTypes[inspected.format]
    await (await media()).put(recordingKey(sessionId, uploadId), bare, { contentType })
    return { ...inspected, uploadId }
  }

  const check = async (sessionId: string, uploadId: string): Promise<Recording> => {
    const key = uploadKey(sessionId, uploadId)
    const bucket = await media()
    const found = await bucket.head(key)
    if (!found) throw missing()
    try {
      // S3 enforces the form's bounds; an object beyond them came another way and is not read.
      if (found.bytes > uploadAudioBytesLimit) throw tooLarge(uploadAudioBytesLimit)
      return await store(sessionId, uploadId, await inspect(await readAt(key)))
    } catch (error) {
      if (error instanceof StudioError) await bucket.erase(key)
      throw error
    }
  }

  return {
    read,

    /** A form with which one recording of this format can be uploaded, for ten minutes. */
    async form(sessionId: string, format: AudioFormat): Promise<VoiceUpload> {
      const uploadId = newId('upload')
      const expires_at = isoTime(clock.now() + uploadSeconds * 1000)
      const { url, fields } = await (await media()).uploadForm(uploadKey(sessionId, uploadId), {
        contentType: audioContentTypes[format],
        minBytes: 1,
        maxBytes: uploadAudioBytesLimit,
        seconds: uploadSeconds,
      })
      return { upload_id: uploadId, url, fields, expires_at }
    },

    /**
     * A recording, inspected by its bytes and stored. One that is refused is not there afterwards.
     * @throws StudioError PAYLOAD_TOO_LARGE, UPLOAD_NOT_FOUND and what `inspectAudio` raises
     */
    take: (sessionId: string, source: Source): Promise<Recording> =>
      'audio' in source ? keep(sessionId, source.audio) : check(sessionId, source.uploadId),
  }
}
