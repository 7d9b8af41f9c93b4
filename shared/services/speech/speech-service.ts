import { createHash } from 'node:crypto'
import type { MediaObject, MediaStore } from '../../clients/media-store.ts'
import type { Speaker, Speech, SpeechRequest } from '../../clients/speech/speaker.ts'
import type { VoicePreset } from '../../contracts/agents.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { Access } from '../../contracts/identity.ts'
import { presetsFor, type SpeechMarks, type SpokenFormat } from '../../contracts/speech.ts'
import { type Clock, isoTime } from '../../platform/clock.ts'
import { numberSetting, setting } from '../../platform/environment.ts'
import { modelSettingNames } from '../../platform/environment-names.ts'
import { pause } from '../../platform/pause.ts'
import { log, measure } from '../../platform/telemetry.ts'
import type { ChatMessageRepository } from '../../repositories/chat-message-repository.ts'
import { speechKey } from '../../repositories/media-keys.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import type { Caller } from '../../rules/caller.ts'
import { speechLimit } from '../../rules/model-limits.ts'
import { accessOf, forbidden, readableSession, sessionNotFound } from '../../rules/ownership.ts'
import { speechTag } from '../../rules/storage-layout.ts'
import type { LimitService } from '../limits/limit-service.ts'
import { speechCharge } from '../spend/service-charges.ts'
import type { SpendService } from '../spend/spend-service.ts'
import { wasSaid } from './speakable.ts'

const marksType = 'application/json'
/** Seconds for which a link is good: enough to fetch it, too few to pass it around. */
const linkSeconds = 900
/** Pause before another try, in seconds. A provider that asks for more than the most ends the tries. */
const usualPause = 0.3
const maxPause = 2

const contentTypes = { mp3: 'audio/mpeg', wav: 'audio/wav' } as const

export interface SpeechDependencies {
  clock: Clock
  limits: LimitService
  sessions: SessionRepository
  messages: ChatMessageRepository
  media: () => Promise<MediaStore>
  speaker: () => Speaker
  spend: SpendService
}

export interface SpokenAnswer {
  audio_url: string
  expires_at: string
  duration_ms: number
  format: SpokenFormat
  bytes_size: number
  voice_preset: VoicePreset
  provider: string
  speech_marks_url: string | null
}

const refusedInput = (path: string, message: string): StudioError =>
  new StudioError('INVALID_INPUT', 'The input breaks the rules named in errors.', {
    errors: [{ path, message }],
  })

const speakOnce = async (
  { clock, speaker }: SpeechDependencies,
  request: SpeechRequest,
): Promise<Speech & { duration: number }> => {
  const deadline = numberSetting(modelSettingNames.ttsDeadline, speechLimit.deadlineMs)
  const signal = AbortSignal.timeout(deadline)
  const startedAt = clock.now()
  let outcome = 'failed'
  try {
    const speech = await speaker().speak(request, signal)
    // Not needed when the audio is stored already.
    const { audioDuration } = await import('../../platform/audio/audio-duration.ts')
    const duration = audioDuration(speech.audio, contentTypes[request.format])
    if (duration !== undefined) {
      outcome = 'made'
      return { ...speech, duration }
    }
  } catch (error) {
    if (!signal.aborted) throw error
    throw new StudioError('MEDIA_TIMEOUT', `The voice was not made within ${deadline} ms.`, {
      cause: error,
    })
  } finally {
    const { provider } = speaker()
    measure('SpeechLatency', clock.now() - startedAt, { provider, outcome })
  }
  throw new StudioError('UPSTREAM_ERROR', 'What the provider sent is no audio of that format.')
}

/** One try: what it may cost is reserved before and settled after. @throws StudioError BUDGET_EXCEEDED */
const speakPaid = async (
  dependencies: SpeechDependencies,
  principal: string,
  request: SpeechRequest,
): Promise<Speech & { duration: number }> => {
  const { speaker, spend } = dependencies
  const model = setting(modelSettingNames.ttsModel) ?? ''
  const charge = speechCharge({ provider: speaker().provider, model }, request.text)
  const reservation = await spend.reserve({ principal }, charge.micros)
  try {
    const speech = await speakOnce(dependencies, request)
    await reservation.settle(charge.used({ failed: false, refused: false }, speech.duration))
    return speech
  } catch (error) {
    const refused = error instanceof StudioError && error.unserved
    await reservation.settle(charge.used({ failed: true, refused }))
    throw error
  }
}

/** Tries again while a failure may pass and the provider asks for no longer pause than we can wait. */
const speakWithRetry = async (
  dependencies: SpeechDependencies,
  principal: string,
  request: SpeechRequest,
  tries: number = speechLimit.maxCalls,
): Promise<Speech & { duration: number }> => {
  try {
    return await speakPaid(dependencies, principal, request)
  } catch (error) {
    const failure = error instanceof StudioError ? error : undefined
    const seconds = failure?.retryAfter ?? usualPause
    log.warn('speech failed', { code: failure?.code, error })
    if (!failure?.retryable || tries <= 1 || seconds > maxPause) throw error
    await pause(seconds * 1000)
    return speakWithRetry(dependencies, principal, request, tries - 1)
  }
}

interface SpeechKeys {
  audio: string
  marks: string
}

/** Marks first: where there is an audio, its marks are there too. */
const make = async (
  dependencies: SpeechDependencies,
  principal: string,
  request: SpeechRequest,
  keys: SpeechKeys,
): Promise<MediaObject> => {
  const { speaker } = dependencies
  const { audio, marks, duration } = await speakWithRetry(dependencies, principal, request)
  const media = await dependencies.media()
  const tags = speechTag
  if (marks) {
    const file: SpeechMarks = { text: request.text, voice_preset: request.preset, marks }
    await media.put(keys.marks, JSON.stringify(file), { contentType: marksType, tags })
  }
  const metadata = {
    'duration-ms': String(duration),
    'speech-marks': marks ? 'yes' : 'no',
    // The AI Basic Act wants generated media labelled as such.
    'generated-by': speaker().provider,
  }
  const contentType = contentTypes[request.format]
  const kept = await media.put(keys.audio, audio, { contentType, metadata, tags, onlyNew: true })
  if (kept) return { bytes: audio.length, contentType, metadata }
  // A parallel request made the same; there is one object, and that is the other's.
  const other = await media.head(keys.audio)
  if (!other) throw new StudioError('UPSTREAM_ERROR', 'The audio was erased meanwhile.')
  return other
}

/**
 * Keeps nothing of a session that was erased while its audio was made: an erasure that does not find the objects has
 * begun before this looks for the session. @throws StudioError SESSION_NOT_FOUND
 */
const assertNotErased = async (
  { sessions, media }: SpeechDependencies,
  sessionId: string,
  { audio, marks }: SpeechKeys,
): Promise<void> => {
  if (await sessions.get(sessionId)) return
  const bucket = await media()
  await Promise.all([bucket.erase(audio), bucket.erase(marks)])
  throw sessionNotFound()
}

/** The same, counted; what cannot be afforded takes nothing. @throws StudioError also RATE_LIMITED */
const makeCounted = async (
  dependencies: SpeechDependencies,
  caller: Caller & { principal: string },
  request: SpeechRequest,
  keys: SpeechKeys,
): Promise<MediaObject> => {
  const synthesis = [...request.text].length
  const admission = await dependencies.limits.admit(caller, { synthesis })
  try {
    return await make(dependencies, caller.principal, request, keys)
  } catch (error) {
    if (error instanceof StudioError && error.code === 'BUDGET_EXCEEDED') await admission.giveBack()
    throw error
  }
}

/** What the caller may do with the session. @throws StudioError SESSION_NOT_FOUND, INVALID_INPUT */
const assertMaySpeak = async (
  dependencies: SpeechDependencies,
  sessionId: string,
  principal: string,
  { text, preset }: SpeechRequest,
): Promise<Access | undefined> => {
  const conversation = await dependencies.sessions.conversation(sessionId)
  const session = readableSession(conversation?.session, principal)
  const presets = presetsFor(session.locale)
  if (!presets.includes(preset)) {
    throw refusedInput(
      'voice_preset',
      `must speak the session's language: one of ${presets.join(', ')}`,
    )
  }
  if (!(await wasSaid(dependencies, sessionId, conversation?.messages ?? [], text))) {
    throw refusedInput(
      'text',
      'must be what the assistant said in this session: a whole message, its answer or its question',
    )
  }
  return accessOf(session, principal)
}

/** Keys that are the same for the same text, format and voice of a session. */
const keysOf = (sessionId: string, { text, format }: SpeechRequest, voice: string): SpeechKeys => {
  const digest = createHash('sha256')
    .update(JSON.stringify(['v1', text, format, voice]))
    .digest('hex')
  return {
    audio: speechKey(sessionId, digest, format),
    marks: speechKey(sessionId, digest, 'json'),
  }
}

const speak = async (
  dependencies: SpeechDependencies,
  sessionId: string,
  principal: string,
  request: SpeechRequest,
  caller: Caller = { principal },
): Promise<SpokenAnswer> => {
  const { clock, speaker } = dependencies
  // Its client is large, and loads while the session is read.
  const [access, media] = await Promise.all([
    assertMaySpeak(dependencies, sessionId, principal, request),
    dependencies.media(),
  ])
  const { preset, format } = request
  const { provider, voiceName } = speaker()
  const keys = keysOf(sessionId, request, voiceName(preset))
  const found = await media.head(keys.audio)
  // A reader may hear what was made; making it costs the owner.
  if (!found && access !== 'owner') throw forbidden()
  // What was spoken before costs nothing.
  const { bytes, metadata } =
    found ?? (await makeCounted(dependencies, { ...caller, principal }, request, keys))
  if (!found) await assertNotErased(dependencies, sessionId, keys)
  const expires_at = isoTime(clock.now() + linkSeconds * 1000)
  const [audio_url, speech_marks_url] = await Promise.all([
    media.link(keys.audio, linkSeconds, contentTypes[format]),
    metadata['speech-marks'] === 'yes' ? media.link(keys.marks, linkSeconds, marksType) : null,
  ])
  return {
    audio_url,
    expires_at,
    duration_ms: Number(metadata['duration-ms']),
    format,
    bytes_size: bytes,
    voice_preset: preset,
    provider,
    speech_marks_url,
  }
}

export const createSpeechService = (dependencies: SpeechDependencies) => ({
  /**
   * Speaks what the assistant said in this session. The same text, preset and format with the same
   * voice is made once a session; parallel requests may both make it and end with one object.
   * @throws StudioError SESSION_NOT_FOUND, FORBIDDEN (for a reader, what nobody has had spoken yet),
   * INVALID_INPUT (a preset of another language, a text that the assistant did not say),
   * BUDGET_EXCEEDED, CAPABILITY_NOT_CONFIGURED, RATE_LIMITED, UPSTREAM_ERROR,
   * MEDIA_TIMEOUT
   */
  speak: (sessionId: string, principal: string, request: SpeechRequest, caller?: Caller) =>
    speak(dependencies, sessionId, principal, request, caller),
})
