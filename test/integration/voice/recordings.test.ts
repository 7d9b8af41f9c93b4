import { beforeAll, describe, expect, it } from 'vitest'
import { inlineAudioBytesLimit, uploadAudioBytesLimit } from '../../../shared/contracts/voice.ts'
import { wavFile } from '../../../shared/platform/audio/wav.ts'
import { inspectAudio } from '../../../shared/services/voice/audio-inspection.ts'
import { refused, silence, speech } from '../../support/audio/recordings.ts'
import {
  mediaOf,
  recordingForm,
  speak,
  upload,
  voicePath,
} from '../../support/audio/voice-turns.ts'
import { type Client, readLog, startSession } from '../../support/studio/client.ts'
import { useStudio } from '../../support/studio/shared-studio.ts'

const studio = useStudio()
let client: Client
let sessionId: string
beforeAll(async () => {
  ;({ client, sessionId } = await startSession(studio.origin))
})

/** Nothing came of it: no object, no event, no turn, no call of the provider. */
const expectNothingStored = async (): Promise<void> => {
  expect(await mediaOf(studio.engine, sessionId)).toEqual([])
  expect((await readLog(client, sessionId)).map(({ type }) => type)).toEqual(['session.started'])
  expect((await client.get(`/api/chat/session/${sessionId}`)).body.turn).toBe(0)
  expect(studio.model.transcription.calls).toEqual([])
}

const said = '안녕하세요. 동백 핸드크림을 팔아요.'
/** A WAV file of exactly so many bytes, below a minute of sound. */
const wavOf = (bytes: number): Buffer => {
  // A tone, because silence is not sent on.
  const tone = Buffer.alloc(bytes - 44, Buffer.from('00400040', 'hex'))
  for (let at = 0; at + 96 < tone.length; at += 192) tone.fill('00c0', at, at + 96, 'hex')
  const file = wavFile(tone, { rate: 48_000, channels: 2, bits: 16 })
  return Buffer.concat([file, Buffer.alloc(bytes - file.length)])
}
const formOf = async (fields: Record<string, string>) => recordingForm(await silence(2), fields)
const twice = async (): Promise<FormData> => {
  const form = recordingForm(await silence(2))
  form.append('audio', new Blob([new Uint8Array(await silence(1))]), 'second.wav')
  return form
}
const textForAudio = (): FormData => {
  const form = new FormData()
  form.set('audio', 'UklGRg==')
  return form
}

type Body = FormData | object | string
const audio = 'audio'
const cases: [string, () => Promise<Body> | Body, number, string, string?][] = [
  ['no bytes', () => recordingForm(Buffer.alloc(0)), 422, 'INVALID_INPUT', audio],
  [
    'a ZIP named .wav',
    () => recordingForm(Buffer.from('504b0304140000000000', 'hex'), {}, 'voice.wav'),
    415,
    'UNSUPPORTED_MEDIA',
  ],
  [
    'a text named .mp3',
    () => recordingForm(Buffer.from('Hello, I am a text.'), {}, 'voice.mp3'),
    415,
    'UNSUPPORTED_MEDIA',
  ],
  ['a film', async () => recordingForm(await refused('mp4')), 415, 'UNSUPPORTED_MEDIA'],
  ['AIFF', async () => recordingForm(await refused('aiff')), 415, 'UNSUPPORTED_MEDIA'],
  [
    '4 MB and a byte',
    () => recordingForm(wavOf(inlineAudioBytesLimit + 1)),
    413,
    'PAYLOAD_TOO_LARGE',
  ],
  [
    '61 s',
    async () => recordingForm(await silence(61, 'webm-recorded')),
    422,
    'INVALID_INPUT',
    audio,
  ],
  [
    '61 s of MP4',
    async () => recordingForm(await silence(61, 'mp4-recorded')),
    422,
    'INVALID_INPUT',
    audio,
  ],
  [
    'a tenth of a second',
    async () => recordingForm(await silence(0.1)),
    422,
    'INVALID_INPUT',
    audio,
  ],
  [
    'half a header',
    async () => recordingForm((await speech(said, 'wav')).subarray(0, 30)),
    422,
    'INVALID_INPUT',
    audio,
  ],
  [
    'an MP4 cut off',
    async () => recordingForm((await speech(said, 'mp4')).subarray(0, 9000)),
    422,
    'INVALID_INPUT',
    audio,
  ],
  [
    'a WebM header alone',
    async () => recordingForm((await speech(said, 'webm-recorded')).subarray(0, 200)),
    422,
    'INVALID_INPUT',
    audio,
  ],
  ['a wrong locale', () => formOf({ locale: 'fr-FR' }), 422, 'INVALID_INPUT', 'locale'],
  ['a wrong format', () => formOf({ format: 'aiff' }), 422, 'INVALID_INPUT', 'format'],
  [
    'a wrong preset',
    () => formOf({ voice_preset: 'angry_ko' }),
    422,
    'INVALID_INPUT',
    'voice_preset',
  ],
  ['a field that there is not', () => formOf({ speed: '2' }), 422, 'INVALID_INPUT', ''],
  ['no recording at all', () => new FormData(), 422, 'INVALID_INPUT', audio],
  ['a text for a recording', textForAudio, 422, 'INVALID_INPUT', audio],
  ['two recordings', twice, 422, 'INVALID_INPUT', 'body'],
  ['no upload', () => ({}), 422, 'INVALID_INPUT', 'upload_id'],
  [
    'an upload that is none',
    () => ({ upload_id: '../../etc/passwd' }),
    422,
    'INVALID_INPUT',
    'upload_id',
  ],
  [
    'an upload that is missing',
    () => ({ upload_id: `upload_${'0'.repeat(26)}` }),
    404,
    'UPLOAD_NOT_FOUND',
  ],
  ['malformed JSON', () => '{"upload_id":', 400, 'MALFORMED_JSON'],
]

describe('a recording that cannot be taken', () => {
  it.each(cases)('%s', async (_, make, status, code, path) => {
    const answer = await client.post(voicePath(sessionId), await make())
    expect(answer.status, JSON.stringify(answer.body)).toBe(status)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(answer.body.error.code).toBe(code)
    if (path === undefined) expect(answer.body.errors).toBeUndefined()
    else expect(answer.body.errors[0].path).toBe(path)
    await expectNothingStored()
  })

  it('is one whose form is cut off', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=xyz' }
    const body =
      '--xyz\r\nContent-Disposition: form-data; name="audio"; filename="a.wav"\r\n\r\nRIFF'
    const answer = await client.post(voicePath(sessionId), body, headers)
    expect(answer).toMatchObject({ status: 422, body: { error: { code: 'INVALID_INPUT' } } })
    expect(answer.body.errors).toMatchObject([{ path: 'body' }])
    await expectNothingStored()
  })

  it('is refused with its length, and with the size that one may have', async () => {
    const long = await speak(client, sessionId, await silence(61))
    expect(long.body.errors).toEqual([
      { path: 'audio', message: 'must last 60 s at most; it lasts 61.0 s' },
    ])
    const large = await speak(client, sessionId, wavOf(inlineAudioBytesLimit + 1))
    expect(large.body.detail).toBe(
      'A recording sent with its turn may have 4 MB; upload a larger one first.',
    )
  })

  it('answers as a stream does, before the first event', async () => {
    const path = `${voicePath(sessionId)}/stream`
    const answer = await client.post(path, recordingForm(Buffer.from('no sound')))
    expect(answer).toMatchObject({ status: 415, body: { error: { code: 'UNSUPPORTED_MEDIA' } } })
    const large = await client.post(path, recordingForm(wavOf(inlineAudioBytesLimit + 1)))
    expect(large).toMatchObject({ status: 413, body: { error: { code: 'PAYLOAD_TOO_LARGE' } } })
    await expectNothingStored()
  })

  it('of another session answers like a missing one', async () => {
    const other = await startSession(studio.origin)
    const { uploadId } = await upload(other.client, other.sessionId, await silence(2))
    const foreign = await client.post(voicePath(sessionId), { upload_id: uploadId })
    expect(foreign).toMatchObject({ status: 404, body: { error: { code: 'UPLOAD_NOT_FOUND' } } })
    const intruder = await other.client.post(voicePath(sessionId), { upload_id: uploadId })
    expect(intruder).toMatchObject({ status: 404, body: { error: { code: 'SESSION_NOT_FOUND' } } })
    const form = await other.client.post(`/api/chat/session/${sessionId}/voice-upload`, {
      format: 'wav',
    })
    expect(form).toMatchObject({ status: 404, body: { error: { code: 'SESSION_NOT_FOUND' } } })
    await expectNothingStored()
  })
})

describe('an upload', () => {
  const transcript = {
    kind: 'made',
    contentType: 'application/json',
    content: '{"text":"…"}',
  } as const

  it('may be larger than what is sent with its turn', async () => {
    const session = await startSession(studio.origin)
    const bytes = wavOf(inlineAudioBytesLimit + 1)
    const { uploadId, response } = await upload(session.client, session.sessionId, bytes)
    expect(response.status).toBe(204)
    studio.model.transcription.script(transcript)
    const answer = await session.client.post(voicePath(session.sessionId), { upload_id: uploadId })
    expect(answer.body.error.code).toBe('TRANSCRIPT_EMPTY')
    const { bare } = await inspectAudio(bytes)
    expect(studio.model.transcription.calls.at(-1)?.file.bytes.length).toBe(bare.length)
    studio.model.transcription.reset()
  })

  it('is inspected by its bytes as well, and is gone when it is refused', async () => {
    const { uploadId } = await upload(client, sessionId, await silence(61))
    expect(await mediaOf(studio.engine, sessionId)).toHaveLength(1)
    const answer = await client.post(voicePath(sessionId), { upload_id: uploadId })
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'audio' }] } })
    await expectNothingStored()
  })

  it('is refused by S3 beyond 25 MB, and under any other key or type', async () => {
    const path = `/api/chat/session/${sessionId}/voice-upload`
    const large = await upload(client, sessionId, Buffer.alloc(uploadAudioBytesLimit + 1))
    expect(large.response.status).toBe(400)
    const { body } = await client.post(path, { format: 'webm' })
    expect(body.fields).toMatchObject({
      key: `uploads/${sessionId}/${body.upload_id}`,
      'Content-Type': 'audio/webm',
    })
    expect(Date.parse(body.expires_at) - Date.now()).toBeGreaterThan(9 * 60_000)
    for (const change of [{ key: `uploads/${sessionId}/mine` }, { 'Content-Type': 'text/html' }]) {
      const form = new FormData()
      const fields = { ...body.fields, ...change }
      for (const [name, value] of Object.entries<string>(fields)) form.set(name, value)
      form.set('file', new Blob(['<script>']), 'voice.webm')
      expect((await fetch(body.url, { method: 'POST', body: form })).status).toBe(403)
    }
    await expectNothingStored()
  })

  it('is offered for formats that are taken, and for no other', async () => {
    const path = `/api/chat/session/${sessionId}/voice-upload`
    expect((await client.post(path, { format: 'aiff' })).status).toBe(422)
    for (const format of ['wav', 'mp3', 'm4a', 'mp4', 'flac', 'ogg', 'webm']) {
      expect((await client.post(path, { format })).status).toBe(201)
    }
  })
})
