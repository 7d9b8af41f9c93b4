import type { PollyClient, SynthesizeSpeechCommandInput, VoiceId } from '@aws-sdk/client-polly'
import type { VoicePreset } from '../../contracts/agents.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { SpokenFormat } from '../../contracts/speech.ts'
import { unlessAborted } from '../../platform/abort.ts'
import { wavFile } from '../../platform/audio/wav.ts'
import { speechLimit } from '../../rules/model-limits.ts'
import { translateAws } from '../aws-errors.ts'
import { boundedBody } from '../bounded-body.ts'
import { type Prosody, readMarks, toSsml } from './polly-ssml.ts'
import type { Speaker } from './speaker.ts'

/**
 * Voices that the neural engine offers in every region where it runs, Seoul included, and the rate of
 * each preset. Korean has two voices; presets differ by voice and rate, because neural voices reject
 * a pitch.
 */
export const pollyVoices = {
  friendly_ko: { voice: 'Seoyeon', rate: 100 },
  calm_ko: { voice: 'Seoyeon', rate: 85 },
  neutral_ko: { voice: 'Jihye', rate: 100 },
  cute_ko: { voice: 'Jihye', rate: 112 },
  friendly_en: { voice: 'Joanna', rate: 100 },
  calm_en: { voice: 'Joanna', rate: 85 },
  neutral_en: { voice: 'Matthew', rate: 100 },
  cute_en: { voice: 'Ivy', rate: 105 },
} as const satisfies Record<VoicePreset, Prosody & { voice: VoiceId }>

/** Polly's PCM: 16 bits, mono, at most 16 kHz. */
const pcm = { rate: 16_000, channels: 1, bits: 16 } as const
const engine = 'neural'
/** The native sample rate of the neural voices. */
const mp3Rate = 24_000

const name = 'Amazon Polly'

/** The two calls for one text: its audio, and its speech marks. */
const requestsFor = (
  ssml: string,
  preset: VoicePreset,
  format: SpokenFormat,
): Record<'audio' | 'marks', SynthesizeSpeechCommandInput> => {
  const { voice } = pollyVoices[preset]
  const common = { Engine: engine, VoiceId: voice, TextType: 'ssml', Text: ssml } as const
  return {
    audio: {
      ...common,
      OutputFormat: format === 'mp3' ? 'mp3' : 'pcm',
      SampleRate: String(format === 'mp3' ? mp3Rate : pcm.rate),
    },
    marks: { ...common, OutputFormat: 'json', SpeechMarkTypes: ['sentence', 'word'] },
  }
}

/** Amazon Polly's neural voices; audio and speech marks are two calls, made concurrently. */
export const pollySpeaker = (): Speaker => {
  let client: PollyClient | undefined

  const synthesize = async (
    input: SynthesizeSpeechCommandInput,
    signal: AbortSignal,
  ): Promise<Uint8Array> => {
    try {
      // Large, and not needed when the audio is stored already.
      const polly = await import('@aws-sdk/client-polly')
      // Only the speech service retries: two layers would multiply the tries.
      client ??= new polly.PollyClient({ maxAttempts: 1 })
      const command = new polly.SynthesizeSpeechCommand(input)
      const { AudioStream } = await client.send(command, { abortSignal: signal })
      if (AudioStream === undefined) return new Uint8Array()
      const answer = new Response(AudioStream.transformToWebStream())
      // The SDK's signal covers the response headers only.
      const bytes = await unlessAborted(boundedBody(answer, speechLimit.audioBytes), signal)
      if (bytes !== undefined) return bytes
      throw new StudioError('UPSTREAM_ERROR', `${name} speaks without an end.`)
    } catch (error) {
      throw signal.aborted ? signal.reason : translateAws(error, name)
    }
  }

  return {
    provider: 'polly',
    voiceName: (preset) => {
      const { voice, rate } = pollyVoices[preset]
      return `polly/${engine}/${voice}/${rate}`
    },
    async speak({ text, preset, format, speed = 100 }, signal) {
      const ssml = toSsml(text, { rate: Math.round((pollyVoices[preset].rate * speed) / 100) })
      const { audio, marks } = requestsFor(ssml.ssml, preset, format)
      const [bytes, lines] = await Promise.all([
        synthesize(audio, signal),
        synthesize(marks, signal),
      ])
      try {
        return {
          audio: format === 'mp3' ? bytes : wavFile(bytes, pcm),
          marks: readMarks(Buffer.from(lines).toString('utf8'), text, ssml),
        }
      } catch (error) {
        throw translateAws(error, name)
      }
    },
  }
}
