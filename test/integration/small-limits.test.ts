import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { talk } from '../support/audio/assistant-voice.ts'
import { speech } from '../support/audio/recordings.ts'
import { recordingForm, voicePath } from '../support/audio/voice-turns.ts'
import { generousLimits } from '../support/limits/generous-limits.ts'
import { limit } from '../support/limits/machine-speed.ts'
import { audioAnswers } from '../support/model-server/audio.ts'
import { startSession } from '../support/studio/client.ts'
import { plannerAnswer, type Studio, startStudio } from '../support/studio/studio.ts'

// Limits that a deployment has set, each as low as it may be.
let studio: Studio
beforeAll(async () => {
  studio = await startStudio({
    STT_PROVIDER: 'openai',
    TTS_PROVIDER: 'openai',
    TTS_MODEL: 'a-speaking-model',
    LIMITS: `${generousLimits},uploads.principal=1/86400,transcription.principal=61/86400,synthesis.principal=1200/86400,safety_checks.principal=1/86400`,
  })
}, limit(60_000))
beforeEach(() => studio.model.reset())
afterAll(() => studio.stop())

const reached = (name: string, max: number) => ({
  status: 429,
  body: {
    error: { code: 'RATE_LIMITED' },
    limit: { name, scope: 'principal', max, window_seconds: 86_400 },
  },
})

it('a form to upload with is counted before it is made', async () => {
  const { client, sessionId } = await startSession(studio.origin)
  const path = `/api/chat/session/${sessionId}/voice-upload`
  expect((await client.post(path, { format: 'wav' })).status).toBe(201)
  expect(await client.post(path, { format: 'wav' })).toMatchObject(reached('uploads', 1))
})

it('seconds of speech are counted before the provider hears them', async () => {
  const { client, sessionId } = await startSession(studio.origin)
  const bytes = await speech('인스타그램에서 바로 사게 하고 싶어요.', 'mp3')
  studio.model.transcription.respond(() => audioAnswers.transcript('인스타그램에서 팔아요'))
  studio.model.respond(() => plannerAnswer([]))
  const answers = []
  for (let turn = 0; turn < 40; turn += 1) {
    const answer = await client.post(voicePath(sessionId), recordingForm(bytes))
    answers.push(answer)
    if (answer.status !== 200) break
  }
  const refused = answers.at(-1)
  expect(answers.length).toBeGreaterThan(5)
  expect(refused).toMatchObject(reached('transcription', 61))
  expect(studio.model.transcription.calls).toHaveLength(answers.length - 1)
  // The turn is over, and typing works.
  const typed = await client.post(`/api/chat/session/${sessionId}/message`, {
    message: '글로 쓸게요',
  })
  expect(typed.status).toBe(200)
})

describe('a voice for what was said', () => {
  it('is counted by its characters when it is made, and not when it is there already', async () => {
    const { client, sessionId } = await talk(studio)
    const mp3 = await speech('인스타그램에서 바로 사게 하고 싶어요.', 'mp3')
    studio.model.speech.respond(() => audioAnswers.speech(mp3))
    const long = '가'.repeat(700)
    const again = '나'.repeat(700)
    studio.model.script('planner', plannerAnswer([], long), plannerAnswer([], again))
    for (const message of ['길게', '또 길게']) {
      await client.post(`/api/chat/session/${sessionId}/message`, { message })
    }
    const voice = (text: string) =>
      client.post(`/api/chat/session/${sessionId}/assistant-voice`, {
        text,
        voice_preset: 'friendly_ko',
        format: 'mp3',
      })
    expect((await voice(long)).status).toBe(200)
    expect(await voice(again)).toMatchObject(reached('synthesis', 1_200))
    expect((await voice(long)).status).toBe(200)
    expect(studio.model.speech.calls).toHaveLength(1)
  })
})

it('a check of copy is counted before it is made', async () => {
  const { client } = await startSession(studio.origin)
  const check = () =>
    client.post('/api/safety/check', { text: '촉촉한 하루', product_category: '화장품' })
  expect((await check()).status).not.toBe(429)
  expect(await check()).toMatchObject(reached('safety_checks', 1))
})
