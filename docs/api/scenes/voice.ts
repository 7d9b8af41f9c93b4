import { formats, speech } from '../../../test/support/audio/recordings.ts'
import type { AwsStandIn } from '../../../test/support/aws/aws-stand-in.ts'
import { createClient, openSocket } from '../../../test/support/studio/client.ts'
import { plannerAnswer } from '../../../test/support/studio/studio.ts'
import type { Scene } from './scene.ts'

const said = '동백 핸드크림을 팔아요. 끈적임이 없어요.'
const reply = '동백 핸드크림이군요. 끈적임 없는 마무리를 특징으로 적어 두었어요.'
const question = '어떤 분들이 쓰면 좋을까요?'

/** Voice turns by form, by upload and over the socket, and the assistant's voice. */
export const recordVoice = async (scene: Scene, aws: AwsStandIn): Promise<void> => {
  const { recorder, model, origin } = scene
  const { record, refused } = recorder
  const { body: session } = await recorder.ask('createSession', {})
  const params = { session_id: session.session_id }
  const recording = new Blob([await speech(said, 'webm')], {
    type: formats.webm.contentType,
  })
  const answer = plannerAnswer([], reply, question)

  aws.transcribe.script({ transcript: said })
  model.script('planner', answer)
  await record('speak', 'A recording', { params, form: { audio: recording, format: 'webm' } })
  await record('assistantVoice', 'The answer, spoken', {
    params,
    body: { text: reply, voice_preset: 'friendly_ko' },
  })

  const uploaded = async (title: string): Promise<string> => {
    const { body } = await record('createVoiceUpload', title, { params, body: { format: 'webm' } })
    const form = new FormData()
    for (const [name, value] of Object.entries<string>(body.fields)) form.set(name, value)
    form.set('file', recording)
    await fetch(body.url, { method: 'POST', body: form })
    return body.upload_id
  }
  const first = await uploaded('A form for one recording')
  aws.transcribe.script({ transcript: said })
  model.script('planner', answer)
  await record('streamSpeech', 'A recording that was uploaded before', {
    params,
    body: { upload_id: first },
    events: 4,
  })
  await aws.transcribe.settled()

  const text = new Blob(['This is no recording.'], { type: 'audio/webm' })
  await refused('UNSUPPORTED_MEDIA', 'speak', { params, form: { audio: text } })
  aws.transcribe.script({ transcript: '' })
  await refused('TRANSCRIPT_EMPTY', 'speak', { params, form: { audio: recording } })

  const frame = { action: 'voice', upload_id: await uploaded('And one for another') } as const
  const socket = await openSocket(createClient(origin, recorder.token()), params.session_id)
  recorder.book.sent.voice = frame
  aws.transcribe.script({ transcript: said })
  model.script('planner', answer)
  socket.send(frame)
  await socket.until(() => socket.events().some(({ type }) => type === 'turn.completed'))
  await socket.close()

  aws.transcribe.script({ transcript: said, until: new Promise(() => {}) })
  await record('speak', 'It takes longer', { params, form: { audio: recording } })
}
