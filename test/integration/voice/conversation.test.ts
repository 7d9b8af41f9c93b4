import { beforeEach, describe, expect, it } from 'vitest'
import type { SlotUpdate } from '../../../shared/contracts/brief.ts'
import { VoiceTurn } from '../../../shared/contracts/voice.ts'
import {
  createRecognizer,
  mediaOf,
  recordingForm,
  speak,
  upload,
  voicePath,
} from '../../support/audio/voice-turns.ts'
import { type Client, openSocket, readLog, startSession } from '../../support/studio/client.ts'
import { openEvents } from '../../support/studio/event-reader.ts'
import { useStudio } from '../../support/studio/shared-studio.ts'
import { completeUpdates, plannerAnswer } from '../../support/studio/studio.ts'

const studio = useStudio()
let recognizer: ReturnType<typeof createRecognizer>
beforeEach(() => {
  recognizer = createRecognizer(studio.model)
})

const write = (client: Client, sessionId: string, text: string) =>
  client.post(`/api/chat/session/${sessionId}/message`, { message: text })

/** What is said turn by turn, and what the planner takes from it. */
const lines: { text: string; updates: SlotUpdate[] }[] = [
  { text: '동백 핸드크림을 팔아요. 핸드크림이에요.', updates: completeUpdates.slice(0, 3) },
  { text: '사무실에서 손을 자주 씻는 분들이 사 가세요.', updates: completeUpdates.slice(3, 6) },
  { text: '인스타그램에서 바로 사게 하고 싶어요.', updates: completeUpdates.slice(6) },
]
const scriptLine = (index: number): void => {
  const last = index === lines.length - 1
  const question = last ? null : '그다음은요?'
  studio.model.script(
    'planner',
    plannerAnswer(lines[index]?.updates ?? [], '네, 적었어요.', question),
  )
}

/** Takes the three turns, each typed or spoken in a format, and answers with the session's end. */
const converse = async (ways: ('text' | Parameters<typeof recognizer.say>[1])[]) => {
  const session = await startSession(studio.origin)
  const { client, sessionId } = session
  for (const [index, way] of ways.entries()) {
    const { text = '' } = lines[index] ?? {}
    scriptLine(index)
    const answer =
      way === 'text'
        ? await write(client, sessionId, text)
        : await speak(client, sessionId, await recognizer.say(text, way))
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  }
  const { body } = await client.get(`/api/chat/session/${sessionId}`)
  return { ...session, view: body }
}

describe('a conversation by voice', () => {
  it('alone reaches BRIEF_READY, in whatever format browsers record', async () => {
    const { client, sessionId, view } = await converse([
      'webm-recorded',
      'mp4-recorded',
      'ogg-opus',
    ])
    expect(view).toMatchObject({ state: 'BRIEF_READY', turn: 3, gate: { ready: true } })
    const log = await readLog(client, sessionId)
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1))
    expect(log.filter(({ type }) => type !== 'planner.delta').map(({ type }) => type)).toEqual([
      'session.started',
      ...Array.from({ length: 2 }, () => [
        'voice.delta',
        'turn.started',
        'slot.updated',
        'turn.completed',
      ]).flat(),
      'voice.delta',
      'turn.started',
      'slot.updated',
      'stage.changed',
      'gate.ready',
      'turn.completed',
    ])
    const { body } = await client.get(`/api/chat/session/${sessionId}/messages`)
    const taken = body.messages.filter(({ role }: { role: string }) => role === 'user')
    expect(taken).toMatchObject(lines.map(({ text }) => ({ text, input: 'voice' })))
    const files = studio.model.transcription.calls.map(({ file, fields }) => [
      file.name,
      file.type,
      fields.language,
    ])
    expect(files).toEqual([
      ['speech.webm', 'audio/webm', 'ko'],
      ['speech.mp4', 'audio/mp4', 'ko'],
      ['speech.ogg', 'audio/ogg', 'ko'],
    ])
  })

  it('ends with the same slots when part of it is typed', async () => {
    const typed = await converse(['text', 'text', 'text'])
    const mixed = await converse(['text', 'wav', 'mp3'])
    const voiced = await converse(['flac', 'm4a', 'ogg-vorbis'])
    for (const { view } of [mixed, voiced]) {
      expect(view.brief_slots).toEqual(typed.view.brief_slots)
      expect(view).toMatchObject({ state: 'BRIEF_READY', gate: typed.view.gate })
    }
  })

  it('answers as a typed turn does, and with the transcript', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    scriptLine(0)
    const bytes = await recognizer.say(lines[0]?.text ?? '')
    const { status, body } = await speak(client, sessionId, bytes, { voice_preset: 'calm_ko' })
    expect(status).toBe(200)
    expect(VoiceTurn.parse(body)).toMatchObject({
      turn: 1,
      transcript: lines[0]?.text,
      state: 'CHAT_COLLECTING',
      assistant_message: { author: 'planner', text: '네, 적었어요.\n\n그다음은요?' },
      next_question: '그다음은요?',
      slot_updates: lines[0]?.updates,
      voice_preset: 'calm_ko',
      gate: { ready: false },
    })
    expect(body.brief_slots['product.name']).toMatchObject({ turn: 1 })
  })

  it('may be in another language than the session', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    scriptLine(0)
    await speak(client, sessionId, await recognizer.say('We sell hand cream.'), { locale: 'en-US' })
    expect(studio.model.transcription.calls[0]?.fields.language).toBe('en')
  })
})

describe('a voice turn', () => {
  it('streams its events, the transcript first', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    scriptLine(0)
    const form = recordingForm(await recognizer.say(lines[0]?.text ?? '', 'webm-recorded'))
    const reader = await openEvents(client, `${voicePath(sessionId)}/stream`, { post: form })
    expect(await reader.ended).toBe(true)
    expect(reader.status).toBe(200)
    const log = await readLog(client, sessionId)
    expect(reader.events()).toEqual(log.slice(1))
    expect(reader.events()[0]).toMatchObject({
      type: 'voice.delta',
      data: { transcript: lines[0]?.text, turn: 1 },
    })
    expect(reader.saw('planner.delta')).toBe(true)
  })

  it('is taken over a socket, after an upload', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const socket = await openSocket(client, sessionId)
    const { uploadId, response } = await upload(
      client,
      sessionId,
      await recognizer.say('안녕하세요. 반가워요.'),
      'webm-recorded',
    )
    expect(response.status).toBe(204)
    studio.model.script('planner', plannerAnswer([]))
    socket.send({ action: 'voice', upload_id: uploadId })
    await socket.until(() => socket.events().some(({ type }) => type === 'turn.completed'))
    expect(socket.events()[0]).toMatchObject({
      type: 'voice.delta',
      data: { transcript: '안녕하세요. 반가워요.' },
    })
    socket.send({ action: 'voice', upload_id: 'upload_00000000000000000000000000' })
    await socket.until(() => socket.frames.at(-1)?.type === 'rejected')
    expect(socket.frames.at(-1)).toMatchObject({ error: { code: 'UPLOAD_NOT_FOUND' } })
    await socket.close()
  })

  it('is made once of one upload, and once under one key', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    const bytes = await recognizer.say('한 번만 들어 주세요.')
    const { uploadId } = await upload(client, sessionId, bytes, 'webm-recorded')
    studio.model.script('planner', plannerAnswer([]))
    const byReference = () => client.post(voicePath(sessionId), { upload_id: uploadId })
    const first = await byReference()
    expect(first).toMatchObject({ status: 200, body: { turn: 1 } })
    expect((await byReference()).body).toEqual(first.body)
    const socket = await openSocket(client, sessionId)
    socket.send({ action: 'voice', upload_id: uploadId })
    await socket.until(() => socket.frames.length > 0)
    const events = (await readLog(client, sessionId)).slice(1)
    expect(socket.frames).toEqual([{ type: 'replay', events, next_after: null }])
    await socket.close()

    studio.model.script('planner', plannerAnswer([]))
    const keyed = () => speak(client, sessionId, bytes, {}, { 'idempotency-key': 'again' })
    const second = await keyed()
    expect(second).toMatchObject({ status: 200, body: { turn: 2 } })
    expect((await keyed()).body).toEqual(second.body)
    const other = await recognizer.say('다른 말이에요.')
    const conflict = await speak(client, sessionId, other, {}, { 'idempotency-key': 'again' })
    expect(conflict).toMatchObject({
      status: 422,
      body: { error: { code: 'IDEMPOTENCY_CONFLICT' } },
    })
    expect(studio.model.transcription.calls).toHaveLength(2)
  })

  it('with a key is streamed again, and neither transcribed nor answered twice', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.script('planner', plannerAnswer([]))
    const bytes = await recognizer.say('안녕하세요. 반가워요.')
    const stream = () =>
      openEvents(client, `${voicePath(sessionId)}/stream`, {
        post: recordingForm(bytes),
        headers: { 'idempotency-key': '"spoken"' },
      })
    const first = await stream()
    expect([await first.ended, first.saw('turn.completed')]).toEqual([true, true])
    const again = await stream()
    expect([again.status, await again.ended]).toEqual([200, true])
    expect(again.data()).toEqual(first.data())
    expect(studio.model.transcription.calls).toHaveLength(1)
    expect(studio.model.calls).toHaveLength(1)
  })

  it('leaves nothing when its session is erased', async () => {
    const { client, sessionId } = await startSession(studio.origin)
    studio.model.script('planner', plannerAnswer([]))
    await speak(client, sessionId, await recognizer.say('곧 지워 주세요.'))
    expect(await mediaOf(studio.engine, sessionId)).toHaveLength(1)
    expect((await client.delete(`/api/chat/session/${sessionId}`)).status).toBe(204)
    expect(await mediaOf(studio.engine, sessionId)).toEqual([])
  })
})
