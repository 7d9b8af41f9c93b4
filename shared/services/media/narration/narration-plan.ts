import type { Speaker } from '../../../clients/speech/speaker.ts'
import type { VoicePreset } from '../../../contracts/agents.ts'
import { StudioError } from '../../../contracts/errors.ts'
import { presetsFor, type SpokenFormat, spokenTextLimit } from '../../../contracts/speech.ts'
import { setting } from '../../../platform/environment.ts'
import { modelSettingNames } from '../../../platform/environment-names.ts'
import { speedOf, speedOfSentence } from '../../../rules/narration-pace.ts'
import { spokenPieces, type TextPiece } from '../../../rules/narration-pieces.ts'
import { speechBound } from '../../spend/service-charges.ts'
import type { AssetPlanner, MakingOrder, Purchase } from '../asset-maker.ts'
import { parcelType } from './speech-parcel.ts'

/** What a narration says, and how. */
export interface NarrationPlan {
  script: string
  preset: VoicePreset
  format: SpokenFormat
  /** Percent of the preset's own. */
  speed: number
  pieces: TextPiece[]
}

type Order = Pick<MakingOrder, 'run' | 'voice'>

/** @throws StudioError INVALID_INPUT for a run without a script, or a preset of another language */
export const narrationPlan = ({ run, voice }: Order): NarrationPlan => {
  const written = run.stages.voice?.output
  if (!written) throw new StudioError('INVALID_INPUT', 'The run has no script to be spoken.')
  const preset = voice.preset ?? written.tts_config.voice_preset
  if (!presetsFor(run.run.locale).includes(preset)) {
    throw new StudioError('INVALID_INPUT', 'The voice preset speaks another language.')
  }
  const script = written.voiceover_script_short
  const speed =
    voice.pace === null ? speedOfSentence(written.delivery_profile.pace) : speedOf[voice.pace]
  const { format } = written.tts_config
  return { script, preset, format, speed, pieces: spokenPieces(script, spokenTextLimit) }
}

/** The models of Polly have no name of their own: this is its engine. */
const speechModel = ({ provider }: Speaker): string =>
  (provider === 'polly' ? 'neural' : setting(modelSettingNames.ttsModel)) ?? ''

/** One piece of a script, spoken. @throws StudioError CAPABILITY_NOT_CONFIGURED */
export const speechPurchase = (
  speaker: Speaker,
  { preset, format, speed }: NarrationPlan,
  text: string,
): Purchase => {
  const { provider } = speaker
  const voice = speaker.voiceName(preset)
  const model = speechModel(speaker)
  const { micros, table } = speechBound({ provider, model }, text)
  return {
    kind: 'speech',
    provider,
    model,
    parameters: { text, voice, format, speed },
    contentType: parcelType,
    micros: table === null ? null : micros,
    priceTable: table,
  }
}

/** The user's own recording: it costs nothing, and is kept like what does, since uploads are deleted after a day. */
export const recordingPurchase = (uploadId: string): Purchase => ({
  kind: 'speech',
  provider: 'own_recording',
  model: 'none',
  parameters: { upload: uploadId },
  contentType: parcelType,
  micros: 0,
})

export const createNarrationPlanner = (speaker: () => Speaker): AssetPlanner => ({
  async plan(order) {
    const plan = narrationPlan(order)
    const { recording } = order.voice
    if (recording === 'none') return []
    if (recording !== null) return [recordingPurchase(recording.uploadId)]
    return plan.pieces.map(({ start, end }) =>
      speechPurchase(speaker(), plan, plan.script.slice(start, end)),
    )
  },
})
