import { routes } from '../../shared/contracts/http.ts'
import type { SpokenFormat } from '../../shared/contracts/speech.ts'
import type { Client } from '../support/studio/client.ts'
import { expected } from './expected.ts'
import { recordingOf, voices } from './voices.ts'

/** Sends the recorded line as a browser would, and checks that it was transcribed word for word. */
export const sendRecording = async (client: Client, session: string): Promise<void> => {
  const recording = new Uint8Array(await recordingOf(voices.line))
  const form = new FormData()
  form.set('audio', new File([recording], 'line.webm', { type: 'audio/webm' }))
  const response = await fetch(`${client.origin}${session}/voice-turn`, {
    method: 'POST',
    headers: { authorization: `Bearer ${client.token}` },
    body: form,
  })
  const answer = { status: response.status, headers: response.headers, body: await response.json() }
  const turn = routes.speak.answer.parse(expected(answer, 200, 'The spoken line').body)
  if (turn.transcript !== voices.line.text) {
    throw new Error(`The spoken line was understood as “${turn.transcript}”.`)
  }
}

export interface AnswerAudio {
  audio: Buffer
  format: SpokenFormat
  /** As the product measured it. */
  duration_ms: number
  bytes_size: number
}

/** Has the planner's last answer spoken, and fetches it from its link. */
export const answerAudio = async (client: Client, session: string): Promise<AnswerAudio> => {
  const request = { text: voices.answer.text, voice_preset: 'friendly_ko', format: 'mp3' }
  const spoken = await client.post(`${session}/assistant-voice`, request)
  const { audio_url, format, duration_ms, bytes_size } = routes.assistantVoice.answer.parse(
    expected(spoken, 200, 'The voice').body,
  )
  const response = await fetch(audio_url)
  const audio = Buffer.from(await response.arrayBuffer())
  if (!response.ok || audio.length !== bytes_size) {
    throw new Error(`The link of the voice answered ${response.status}, ${audio.length} bytes.`)
  }
  return { audio, format, duration_ms, bytes_size }
}
