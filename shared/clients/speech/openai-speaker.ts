import type { VoicePreset } from '../../contracts/agents.ts'
import { StudioError } from '../../contracts/errors.ts'
import { withTrueLength } from '../../platform/audio/wav.ts'
import { setting } from '../../platform/environment.ts'
import { modelSettingNames } from '../../platform/environment-names.ts'
import { modelBaseUrl, modelProvider } from '../../platform/model-settings.ts'
import { speechLimit } from '../../rules/model-limits.ts'
import { boundedBody } from '../bounded-body.ts'
import { connectionCode } from '../failure-codes.ts'
import { openaiApiKey } from '../openai/api-key.ts'
import { openaiBaseUrl } from '../openai/base-url.ts'
import type { Speaker } from './speaker.ts'

/** OpenAI's voices and their instructions. Compatible servers know these names. */
export const openaiVoices = {
  friendly_ko: { voice: 'coral', instructions: '친근하고 밝은 목소리로, 자연스럽게 말해 주세요.' },
  calm_ko: { voice: 'sage', instructions: '차분한 목소리로, 천천히 말해 주세요.' },
  neutral_ko: { voice: 'alloy', instructions: '담담하고 또렷하게 말해 주세요.' },
  cute_ko: { voice: 'shimmer', instructions: '귀엽고 통통 튀는 목소리로 말해 주세요.' },
  friendly_en: { voice: 'coral', instructions: 'Speak in a warm and friendly way.' },
  calm_en: { voice: 'sage', instructions: 'Speak calmly and slowly.' },
  neutral_en: { voice: 'alloy', instructions: 'Speak plainly and clearly.' },
  cute_en: { voice: 'shimmer', instructions: 'Speak in a cute, bouncy way.' },
} as const satisfies Record<VoicePreset, { voice: string; instructions: string }>

const slower = { ko: '평소보다 조금 느리게 말해 주세요.', en: 'Speak a little slower than usual.' }
const faster = { ko: '평소보다 조금 빠르게 말해 주세요.', en: 'Speak a little faster than usual.' }

/** The vendor's models that follow instructions pass over `speed`; its older ones and other servers take it. */
const mannerOf = (name: string, preset: VoicePreset, speed: number) => {
  const { voice, instructions } = openaiVoices[preset]
  if (speed === 100) return { voice, instructions }
  if (modelBaseUrl() !== undefined || name.startsWith('tts-1')) {
    return { voice, instructions, speed: speed / 100 }
  }
  const language = preset.endsWith('_ko') ? 'ko' : 'en'
  const pace = (speed < 100 ? slower : faster)[language]
  return { voice, instructions: `${instructions} ${pace}` }
}

/** There is no default: the vendor retires its speech models within months. */
const model = (): string => {
  const name = setting(modelSettingNames.ttsModel)
  if (name !== undefined) return name
  throw new StudioError(
    'CAPABILITY_NOT_CONFIGURED',
    `${modelSettingNames.ttsModel} is not set. It names a model of the server that speaks.`,
  )
}

// Reading what a server says against a request takes more code than the request.
const refusals = () => import('./speech-refusal.ts')

/**
 * Any server with OpenAI's `/audio/speech`. Called with plain `fetch`: the vendor's client would be
 * half of the function's bundle, for one request.
 */
export const openaiSpeaker = (): Speaker => ({
  provider: modelProvider(),
  voiceName: (preset) => {
    const { voice, instructions } = openaiVoices[preset]
    return [modelBaseUrl() ?? 'openai', model(), voice, instructions].join('/')
  },
  async speak({ text, preset, format, speed = 100 }, signal, idempotencyKey) {
    const name = model()
    const manner = mannerOf(name, preset, speed)
    const body = { model: name, input: text, response_format: format, ...manner }
    const key = await openaiApiKey()
    try {
      const response = await fetch(`${modelBaseUrl() ?? openaiBaseUrl}/audio/speech`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
        },
        body: JSON.stringify(body),
        redirect: 'manual',
        signal,
      })
      if (!response.ok) throw await (await refusals()).refusedSpeech(response, [key, text])
      const audio = await boundedBody(response, speechLimit.audioBytes)
      if (audio === undefined) {
        throw new StudioError('UPSTREAM_ERROR', 'The server speaks without an end.')
      }
      // What begins like JSON is no sound.
      const refusal =
        audio[0] === 0x7b ? (await refusals()).refusalIn(audio, [key, text]) : undefined
      if (refusal) throw refusal
      return { audio: format === 'wav' ? withTrueLength(audio) : audio, marks: null }
    } catch (error) {
      if (signal.aborted) throw signal.reason
      if (error instanceof StudioError) throw error
      throw new StudioError('UPSTREAM_ERROR', 'The model could not be reached.', {
        cause: new Error(connectionCode(error) ?? 'no code'),
        unanswered: true,
      })
    }
  },
})
