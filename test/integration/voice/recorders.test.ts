import { describe, expect, it } from 'vitest'
import { wavFile } from '../../../shared/platform/audio/wav.ts'
import { inspectAudio } from '../../../shared/services/voice/audio-inspection.ts'
import {
  aacTrack,
  amrTrack,
  fragmentedMp4,
  heAacTrack,
  mp4File,
  opusTrack,
} from '../../support/audio/mp4-files.ts'
import { silence, speech } from '../../support/audio/recordings.ts'
import { remuxed } from '../../support/audio/remuxed.ts'
import { mediaOf, speak, upload, voicePath } from '../../support/audio/voice-turns.ts'
import { audioAnswers } from '../../support/model-server/audio.ts'
import { readLog, startSession } from '../../support/studio/client.ts'
import { useStudio } from '../../support/studio/shared-studio.ts'
import { plannerAnswer } from '../../support/studio/studio.ts'

const studio = useStudio()
const said = '안녕하세요. 동백 핸드크림을 팔아요.'

const twice = (bytes: Buffer): Buffer => Buffer.concat([bytes, bytes])

/** A WAV file as recorders stream it: without the lengths that its header should have. */
const streamedWav = async (): Promise<Buffer> => {
  const bytes = Buffer.from(await speech(said, 'wav'))
  bytes.writeUInt32LE(0, 4)
  bytes.writeUInt32LE(0, bytes.indexOf('data') + 4)
  return bytes
}

describe('a recording of any recorder becomes a turn', () => {
  it.each<[string, string, () => Promise<Buffer> | Buffer]>([
    ['AAC under the brand 3gp4', 'mp4', async () => mp4File(await aacTrack(), { brand: '3gp4' })],
    ['HE-AAC', 'mp4', async () => mp4File(await heAacTrack())],
    ['Opus in MP4', 'mp4', () => mp4File(opusTrack())],
    [
      'fragments whose durations stand once for all',
      'mp4',
      async () => fragmentedMp4(await aacTrack(), { durationIn: 'trex' }),
    ],
    ['MP4 whose header says 0.17 s', 'mp4', () => mp4File(opusTrack(400), { claimed: 8000 })],
    ['WAV without lengths', 'wav', streamedWav],
    ['a minute of Opus', 'webm', async () => (await remuxed('webm', 3000)).bytes],
  ])('%s', async (_, format, make) => {
    const { client, sessionId } = await startSession(studio.origin)
    const bytes = await make()
    studio.model.transcription.script(audioAnswers.transcript(said))
    studio.model.script('planner', plannerAnswer([]))
    const answer = await speak(client, sessionId, bytes)
    expect(answer, JSON.stringify(answer.body)).toMatchObject({
      status: 200,
      body: { transcript: said },
    })
    const [call] = studio.model.transcription.calls
    // What is sent is what was kept: the sound alone.
    const kept = Buffer.from((await inspectAudio(bytes)).bare)
    expect(call?.file.name).toBe(`speech.${format}`)
    expect(Buffer.compare(call?.file.bytes ?? Buffer.alloc(0), kept)).toBe(0)
  })
})

const several = 'must hold one recording, not several one after another'

describe('a recording that is none, or too many, is refused by its name', () => {
  it.each<[string, () => Promise<Buffer> | Buffer, number, string]>([
    [
      'MP4 that says 45 s and holds 600 s',
      async () => mp4File(await aacTrack(9375), { claimed: 45 * 16_000 }),
      422,
      'must last 60 s at most; it lasts 600.0 s',
    ],
    ['two of WebM', async () => twice((await remuxed('webm', 2500)).bytes), 422, several],
    ['two of Ogg', async () => twice((await remuxed('ogg', 2500)).bytes), 422, several],
    ['two of MP4', async () => twice(mp4File(await aacTrack())), 422, several],
    ['two of WAV', async () => twice(await speech(said, 'wav')), 422, several],
    ['two of MP3', async () => twice(await speech(said, 'mp3')), 422, several],
    [
      'two of MP3 without headers',
      async () => twice(await silence(50, 'mp3')),
      422,
      'must last 60 s at most; it lasts 100.',
    ],
    [
      'half a second more than a minute',
      async () => (await remuxed('webm', 3025)).bytes,
      422,
      'must last 60 s at most; it lasts 60.5 s',
    ],
    ['AMR in 3GP', () => mp4File(amrTrack(), { brand: '3gp4' }), 415, 'AMR in MP4'],
    ['AMR', () => Buffer.from('#!AMR\n<abcdefgh'), 415, 'audio/amr (AMR)'],
  ])('%s', async (_, make, status, what) => {
    const { client, sessionId } = await startSession(studio.origin)
    const { body, ...answer } = await speak(client, sessionId, await make())
    expect(answer.status).toBe(status)
    expect(JSON.stringify(body)).toContain(what)
    expect(await mediaOf(studio.engine, sessionId)).toEqual([])
    expect(studio.model.transcription.calls).toEqual([])
  })
})

describe('silence', () => {
  const digital = () => silence(3)
  const muted = (): Buffer => {
    // The last bit toggles: what a muted microphone sends.
    const samples = Buffer.from(Array.from({ length: 96_000 }, (_, at) => (at % 4 === 0 ? 1 : 0)))
    return wavFile(samples, { rate: 16_000, channels: 1, bits: 16 })
  }
  it.each<[string, () => Promise<Buffer> | Buffer]>([
    ['of zeros', digital],
    ['of a muted microphone', muted],
    ['in FLAC', async () => (await remuxed('flac', 40, await silence(61, 'flac'))).bytes],
  ])('%s costs no call, and typing works at once', async (_, make) => {
    const { client, sessionId } = await startSession(studio.origin)
    const answer = await speak(client, sessionId, await make())
    expect(answer).toMatchObject({ status: 422, body: { error: { code: 'TRANSCRIPT_EMPTY' } } })
    expect((await readLog(client, sessionId)).slice(1)).toMatchObject([
      { type: 'error', data: { code: 'TRANSCRIPT_EMPTY', stage: 'turn', turn: 1 } },
    ])
    expect(studio.model.transcription.calls).toEqual([])
    studio.model.script('planner', plannerAnswer([]))
    const path = `/api/chat/session/${sessionId}/message`
    expect(await client.post(path, { message: '그럼 글로 쓸게요.' })).toMatchObject({
      status: 200,
      body: { turn: 2 },
    })
  })

  it('that was uploaded costs none either', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const { uploadId } = await upload(client, sessionId, await digital())
    const answer = await client.post(voicePath(sessionId), { upload_id: uploadId })
    expect(answer.body.error.code).toBe('TRANSCRIPT_EMPTY')
    expect(studio.model.transcription.calls).toEqual([])
  })
})

describe("a recording's file name", () => {
  it.each([
    ['escaped quotation marks', 'filename="내 \\"노래\\".webm"'],
    ['quotation marks as browsers send them', 'filename="내 %22노래%22.webm"'],
    ['its characters in percent', "filename*=UTF-8''%EB%82%B4%20%22%EB%85%B8%EB%9E%98%22.webm"],
    ['a path of Windows', 'filename="C:\\녹음\\one.webm"'],
    ['no name, but a type', 'x=y'],
  ])('may have %s', async (_, parameter) => {
    const { client, sessionId } = await startSession(studio.origin)
    const head = `--b\r\nContent-Disposition: form-data; name="audio"; ${parameter}\r\nContent-Type: audio/webm\r\n\r\n`
    const body = Buffer.concat([
      Buffer.from(head),
      await speech('들리세요?', 'webm-recorded'),
      Buffer.from('\r\n--b--\r\n'),
    ])
    studio.model.transcription.script(audioAnswers.transcript('들리세요?'))
    studio.model.script('planner', plannerAnswer([]))
    const answer = await fetch(`${studio.origin}${voicePath(sessionId)}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${client.token}`,
        'content-type': 'multipart/form-data; boundary=b',
      },
      body,
    })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ transcript: '들리세요?' })
  })
})
