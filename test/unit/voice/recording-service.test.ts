import { expect, it } from 'vitest'
import type { MediaStore } from '../../../shared/clients/media-store.ts'
import { uploadKey } from '../../../shared/repositories/media-keys.ts'
import { inspectAudio } from '../../../shared/services/voice/audio-inspection.ts'
import { createRecordingService } from '../../../shared/services/voice/recording-service.ts'
import { payloads } from '../../support/audio/polyglots.ts'
import { speech } from '../../support/audio/recordings.ts'

const sessionId = 'sess_00000000000000000000000000'

const createRecordings = () => {
  const objects = new Map<string, Uint8Array>()
  const media = {
    put: async (key: string, body: Uint8Array) => {
      objects.set(key, body)
      return true
    },
    get: async (key: string) => objects.get(key),
    head: async (key: string) => {
      const bytes = objects.get(key)?.length
      return bytes === undefined ? undefined : { bytes, contentType: '', metadata: {} }
    },
    erase: async (prefix: string) => {
      for (const key of objects.keys()) if (key.startsWith(prefix)) objects.delete(key)
    },
  } as unknown as MediaStore
  const clock = { now: () => 0 }
  const service = createRecordingService({ clock, media: async () => media, inspect: inspectAudio })
  return { objects, service }
}

it('what is transcribed is what was judged, also when the form is posted again', async () => {
  const { objects, service } = createRecordings()
  const uploadId = 'upload_00000000000000000000000000'
  const recording = await speech('안녕하세요.', 'webm-recorded')
  objects.set(uploadKey(sessionId, uploadId), recording)
  await service.take(sessionId, { uploadId })
  objects.set(uploadKey(sessionId, uploadId), payloads.HTML as Buffer)
  const { bare } = await inspectAudio(recording)
  expect(Buffer.compare(await service.read(sessionId, uploadId), bare)).toBe(0)
})

it('what is refused is there no more, judged or not', async () => {
  const { objects, service } = createRecordings()
  const uploadId = 'upload_00000000000000000000000000'
  objects.set(uploadKey(sessionId, uploadId), payloads.HTML as Buffer)
  await expect(service.take(sessionId, { uploadId })).rejects.toMatchObject({
    code: 'UNSUPPORTED_MEDIA',
  })
  expect([...objects.keys()]).toEqual([])
})
