import { formats, speech } from '../../../test/support/audio/make.ts'
import type { AwsStandIn } from '../../../test/support/aws-stand-in.ts'
import { createClient, openSocket } from '../../../test/support/client.ts'
import { plannerAnswer } from '../../../test/support/studio.ts'
import type { Scene } from './scene.ts'

const said = '동백 핸드크림을 팔아요. 끈적임이 없어요.'
const reply = '동백 핸드크림이군요. 끈적임 없는 마무리를 특징으로 적어 두었어요.'
const question = '어떤 분들이 쓰면 좋을까요?'

/** Spoken turns, by a form, by an upload and over the socket, and the assistant's voice. */
export const recordVoice = async (scene: Scene, aws: AwsStandIn): Promise<void> => {
  const { recorder, model, origin } = scene
  const { record, refused } = recorder
  const { body: session } = await recorder.ask('createSession', {})
  const params = { session_id: session.session_id }
  const recording = new Blob([await speech(said, { format: 'webm' })], {
    type: formats.webm.contentType,
  })
  const answer = plannerAnswer([], reply, question)

  aws.transcribe.script({ transcript: said })
  console.log("line 22", new Date())
  model.script('planner', answer)
  await record('speak', 'A recording', { params, form: { audio: recording, format: 'webm' } })
  console.log("line 24", new Date())
  await record('assistantVoice', 'The answer, spoken', {
    params,
    body: { text: reply, voice_preset: 'friendly_ko' },
  })

  const upload = await record('createVoiceUpload', 'A form for one recording', {
    params,
    body: { format: 'webm' },
  })
  const form = new FormData()
  for (const [name, value] of Object.entries<string>(upload.body.fields)) form.set(name, value)
  form.set('file', recording)
  await fetch(upload.body.url, { method: 'POST', body: form })
  console.log("line 37", new Date())
  aws.transcribe.script({ transcript: said })
  console.log("line 38", new Date())
  model.script('planner', answer)
  await record('streamSpeech', 'A recording that was uploaded before', {
    params,
    body: { upload_id: upload.body.upload_id },
    events: 4,
  })
  await aws.transcribe.settled()
  console.log("line 45", new Date())

  const text = new Blob(['This is no recording.'], { type: 'audio/webm' })
  await refused('UNSUPPORTED_MEDIA', 'speak', { params, form: { audio: text } })
  console.log("line 48", new Date())
  aws.transcribe.script({ transcript: '' })
  console.log("line 49", new Date())
  await refused('TRANSCRIPT_EMPTY', 'speak', { params, form: { audio: recording } })
  console.log("line 50", new Date())

  const socket = await openSocket(createClient(origin, recorder.token()), params.session_id)
  const frame = { action: 'voice', upload_id: upload.body.upload_id } as const
  recorder.book.sent.voice = frame
  socket.send(frame)
  console.log("line 55", new Date())
  await socket.until(() => socket.frames.length > 0)
  console.log("line 56", new Date())
  await socket.close()
  console.log("line 57", new Date())

  aws.transcribe.script({ transcript: said, until: new Promise(() => {}) })
  console.log("line 59", new Date())
  await record('speak', 'It takes longer', { params, form: { audio: recording } })
  console.log("line 60", new Date())
}
