import type { Speaker } from '../../../clients/speech/speaker.ts'
import type { AssetProvenance } from '../../../contracts/assets.ts'
import { StudioError } from '../../../contracts/errors.ts'
import type { NarrationTiming } from '../../../contracts/speech.ts'
import { decodeSound, type ForeignDecoder } from '../../../platform/sound/decode-sound.ts'
import { soundSeconds } from '../../../platform/sound/sound.ts'
import { xmpPacket } from '../../../platform/xmp/xmp-packet.ts'
import { spokenTimes } from '../../../rules/captions/spoken-times.ts'
import { digitalSourceTypes } from '../../../rules/digital-source-types.ts'
import { isRehearsal } from '../../../rules/rehearsal.ts'
import { inspectAudio } from '../../voice/audio-inspection.ts'
import { allPassed } from '../all-passed.ts'
import type { AssetMaker, MadeAsset, MakingOrder, Workshop } from '../asset-maker.ts'
import { CheckFailed } from '../check-failed.ts'
import { noteNotUsed } from '../note-not-used.ts'
import { heardIn, narrationChecks } from './narration-checks.ts'
import {
  type NarrationPlan,
  narrationPlan,
  recordingPurchase,
  speechPurchase,
} from './narration-plan.ts'
import { type HeardPiece, joinSpeech, speechFile } from './narration-sound.ts'
import { packSpeech, type SpeechParcel, unpackSpeech } from './speech-parcel.ts'

export interface NarrationDependencies {
  speaker: () => Speaker
  /** Decodes what we cannot, such as AAC; undefined where there is no ffmpeg. */
  foreignDecoder: (signal: AbortSignal) => Promise<ForeignDecoder | undefined>
}

/** What is heard, and where it is from. */
interface Voice {
  heard: HeardPiece[]
  provenance: Omit<AssetProvenance, 'adjusted'>
}

type Recording = Exclude<MakingOrder['voice']['recording'], 'none' | null>

const mismatch = (cause: string): StudioError =>
  new StudioError('UPSTREAM_ERROR', `What the provider sent is not the script: ${cause}.`)

/**
 * What a provider sent, before it is kept: a purchase is made once, and so has to be worth it.
 * @throws StudioError UPSTREAM_ERROR for what cannot be decoded, is silent or not the script
 */
const assertSpoken = async ({ audio, marks }: SpeechParcel, text: string): Promise<void> => {
  const sound = await decodeSound(audio).catch((cause: unknown) => {
    throw new StudioError('UPSTREAM_ERROR', 'What the provider sent is no sound of that format.', {
      cause,
    })
  })
  const piece = { start: 0, end: text.length, marks, sound }
  const { sound: kept, pieces } = joinSpeech([piece])
  const times = spokenTimes(text, pieces, heardIn(kept), Math.round(soundSeconds(kept) * 1000))
  if ('cause' in times) throw mismatch(times.cause)
}

const spokenVoice = async (
  speaker: Speaker,
  plan: NarrationPlan,
  workshop: Workshop,
): Promise<Voice> => {
  const { preset, format, speed, script } = plan
  const heard: HeardPiece[] = []
  const purchases: string[] = []
  let model = ''
  for (const [index, { start, end }] of plan.pieces.entries()) {
    workshop.report('buying', (0.6 * index) / plan.pieces.length)
    const text = script.slice(start, end)
    const purchase = speechPurchase(speaker, plan, text)
    const bought = await workshop.buy(purchase, async (signal, key) => {
      const spoken = await speaker.speak({ text, preset, format, speed }, signal, key)
      await assertSpoken(spoken, text)
      return packSpeech(spoken)
    })
    const { audio, marks } = unpackSpeech(bought.bytes)
    heard.push({ start, end, marks, sound: await decodeSound(audio) })
    purchases.push(bought.digest)
    model = purchase.model
  }
  const type = isRehearsal(speaker.provider) ? 'algorithmicMedia' : 'trainedAlgorithmicMedia'
  return {
    heard,
    provenance: {
      origin: 'generated',
      provider: speaker.provider,
      model,
      purchases,
      digital_source_type: digitalSourceTypes[type],
    },
  }
}

/** Inspected like one of a voice turn: an upload is what its bytes are. */
const recordedVoice = async (
  { foreignDecoder }: NarrationDependencies,
  { script }: NarrationPlan,
  { uploadId, read }: Recording,
  workshop: Workshop,
): Promise<Voice> => {
  const bought = await workshop.buy(recordingPurchase(uploadId), async () => {
    const { bare, silent } = await inspectAudio(await read())
    if (silent) throw new StudioError('INVALID_INPUT', 'The recording holds no sound.')
    return packSpeech({ audio: bare, marks: null })
  })
  const { audio } = unpackSpeech(bought.bytes)
  const sound = await decodeSound(audio, await foreignDecoder(workshop.signal))
  return {
    heard: [{ start: 0, end: script.length, marks: null, sound }],
    provenance: {
      origin: 'recording',
      provider: null,
      model: null,
      purchases: [bought.digest],
      // The user's own: what it is, is theirs to say.
      digital_source_type: null,
    },
  }
}

const paceAdjusted = (plan: NarrationPlan): string[] => {
  if (plan.speed === 100) return []
  return [plan.speed < 100 ? 'pace_slower' : 'pace_faster']
}

const asFiles = (
  bytes: Uint8Array,
  { format }: NarrationPlan,
  timing: NarrationTiming,
): MadeAsset['files'] => {
  const size = { width: null, height: null, duration_ms: timing.duration_ms }
  return [
    {
      ...size,
      role: 'narration',
      contentType: format === 'mp3' ? 'audio/mpeg' : 'audio/wav',
      extension: format,
      body: bytes,
    },
    {
      ...size,
      role: 'timing',
      contentType: 'application/json',
      extension: 'json',
      body: Buffer.from(JSON.stringify(timing), 'utf8'),
    },
  ]
}

const make = async (
  dependencies: NarrationDependencies,
  { run, voice, note }: MakingOrder,
  workshop: Workshop,
): Promise<MadeAsset> => {
  const plan = narrationPlan({ run, voice })
  const { recording } = voice
  if (recording === 'none') {
    throw new StudioError('INVALID_INPUT', 'The films were wished for without a voice.')
  }
  const { heard, provenance } = recording
    ? await recordedVoice(dependencies, plan, recording, workshop)
    : await spokenVoice(dependencies.speaker(), plan, workshop)
  workshop.signal.throwIfAborted()
  workshop.report('rendering', 0.7)
  const { sound, pieces } = joinSpeech(heard)
  const { digital_source_type: source, provider, model } = provenance
  const system = { digitalSourceType: source ?? '', aiSystem: `${provider} ${model}`.trim() }
  const file = await speechFile(sound, plan.format, source === null ? null : xmpPacket(system))
  workshop.signal.throwIfAborted()
  workshop.report('checking', 0.9)
  const checks = allPassed(narrationChecks(file, soundSeconds(sound), source))
  const duration = Math.round(soundSeconds(file.decoded) * 1000)
  const timing = spokenTimes(plan.script, pieces, heardIn(file.decoded), duration)
  if ('cause' in timing) {
    throw new CheckFailed({ check: 'speech_is_script', passed: false, detail: timing.cause })
  }
  const spoken = { check: 'speech_is_script', passed: true, detail: timing.source }
  const adjusted = [...(recording ? [] : paceAdjusted(plan)), ...noteNotUsed(note)]
  return {
    files: asFiles(file.bytes, plan, timing),
    provenance: { ...provenance, adjusted },
    checks: [...checks, spoken],
  }
}

/**
 * Makes the narration of a run: its script spoken by the speech capability or by the user, at the loudness
 * of social platforms, and the times of its words.
 */
export const createNarrationMaker = (dependencies: NarrationDependencies): AssetMaker => ({
  make: (order, workshop) => make(dependencies, order, workshop),
})
