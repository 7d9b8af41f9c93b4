import { createHash } from 'node:crypto'
import type { MediaObject, MediaStore } from '../../clients/media-store.ts'
import type { Speaker, Speech, SpeechRequest } from '../../clients/speech/speaker.ts'
import type { VoicePreset } from '../../contracts/agents.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { Message } from '../../contracts/session.ts'
import { presetsFor, type SpeechMarks, type SpokenFormat } from '../../contracts/speech.ts'
import { audioDuration } from '../../platform/audio-duration.ts'
import { type Clock, isoTime } from '../../platform/clock.ts'
import { numberSetting } from '../../platform/environment.ts'
import { modelSettingNames } from '../../platform/environment-names.ts'
import { log, measure } from '../../platform/telemetry.ts'
import type { ChatMessageRepository } from '../../repositories/chat-message-repository.ts'
import { speechKey } from '../../repositories/media-keys.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import { speechLimit } from '../../rules/model-limits.ts'
import { owned } from '../sessions/session-service.ts'

/** Seconds for which a link is good: enough to fetch it, too few to pass it around. */
const linkSeconds = 900
/** Pauses before another try, in seconds; who is asked to wait longer than that tells the caller. */
const usualPause = 0.3
const longestPause = 2
/** Messages read at once while looking for what was said. */
const pageSize = 100

const contentTypes = { mp3: 'audio/mpeg', wav: 'audio/wav' } as const

export interface SpeechDependencies {
  clock: Clock
  sessions: SessionRepository
  messages: ChatMessageRepository
  media: () => MediaStore
  speaker: () => Speaker
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

/** The ways in which a message may be spoken: as a whole, its answer alone, its question alone. */
export const speakableParts = ({ role, text, next_question }: Message): string[] => {
  if (role !== 'assistant') return []
  const whole = text.trim()
  const question = next_question?.trim()
  if (!question) return [whole]
  const answer = whole.endsWith(question) ? whole.slice(0, -question.length).trim() : whole
  return [whole, answer, question].filter((part) => part !== '')
}

const isSaid = (messages: readonly Message[], text: string): boolean =>
  messages.some((message) => speakableParts(message).includes(text))

export const createSpeechService = (dependencies: SpeechDependencies) => {
  const { clock, sessions, messages, media, speaker } = dependencies

  /** The recent conversation comes with the session; what is older is read page by page. */
  const wasSaid = async (sessionId: string, recent: Message[], text: string): Promise<boolean> => {
    if (isSaid(recent, text)) return true
    const oldest = recent[0]?.turn ?? 0
    for (let after = -1; oldest > 0 && after < oldest; ) {
      const page = await messages.list(sessionId, after, pageSize)
      if (isSaid(page.messages, text)) return true
      const last = page.messages.at(-1)
      if (page.complete || !last) return false
      after = last.turn
    }
    return false
  }

  const speakOnce = async (request: SpeechRequest): Promise<Speech & { duration: number }> => {
    const deadline = numberSetting(modelSettingNames.ttsDeadline, speechLimit.deadlineMs)
    const signal = AbortSignal.timeout(deadline)
    const startedAt = clock.now()
    try {
      const speech = await speaker().speak(request, signal)
      const duration = await audioDuration(speech.audio, contentTypes[request.format])
      if (duration !== undefined) return { ...speech, duration }
    } catch (error) {
      if (!signal.aborted) throw error
      throw new StudioError('MEDIA_TIMEOUT', `The voice was not made within ${deadline} ms.`, {
        cause: error,
      })
    } finally {
      measure('SpeechLatency', clock.now() - startedAt, { provider: speaker().provider })
    }
    throw new StudioError('UPSTREAM_ERROR', 'What the provider sent is no audio of that format.')
  }

  const speakTwice = async (request: SpeechRequest, tries: number = speechLimit.maxCalls) => {
    try {
      return await speakOnce(request)
    } catch (error) {
      const failure = error instanceof StudioError ? error : undefined
      const pause = failure?.retryAfter ?? usualPause
      log.warn('speech failed', { code: failure?.code, error })
      measure('SpeechFailure', 1, { code: failure?.code ?? 'INTERNAL_ERROR' })
      if (!failure?.retryable || tries <= 1 || pause > longestPause) throw error
      await new Promise((resolve) => setTimeout(resolve, pause * 1000))
      return speakTwice(request, tries - 1)
    }
  }

  /** Marks first: where there is an audio, its marks are there too. */
  const keep = async (
    request: SpeechRequest,
    keys: { audio: string; marks: string },
    provider: string,
  ): Promise<MediaObject> => {
    const { audio, marks, duration } = await speakTwice(request)
    const tags = { kind: 'speech' }
    if (marks) {
      const file: SpeechMarks = { text: request.text, voice_preset: request.preset, marks }
      await media().put(keys.marks, JSON.stringify(file), {
        contentType: 'application/json',
        tags,
      })
    }
    const metadata = {
      'duration-ms': String(duration),
      'speech-marks': marks ? 'yes' : 'no',
      // The AI Basic Act wants what a machine made to say so.
      'generated-by': provider,
    }
    const contentType = contentTypes[request.format]
    const kept = await media().put(keys.audio, audio, {
      contentType,
      metadata,
      tags,
      onlyNew: true,
    })
    if (kept) return { bytes: audio.length, contentType, metadata }
    // Somebody asked for the same at the same time; there is one object, and that is theirs.
    const theirs = await media().head(keys.audio)
    if (!theirs) throw new StudioError('UPSTREAM_ERROR', 'The audio was erased meanwhile.')
    return theirs
  }

  return {
    /**
     * Speaks what the assistant said in this session. The same text, preset and format with the same
     * voice is made once a session; parallel requests may both make it and end with one object.
     * @throws StudioError SESSION_NOT_FOUND, INVALID_INPUT (a preset of another language, a text that
     * the assistant did not say), CAPABILITY_NOT_CONFIGURED, RATE_LIMITED, UPSTREAM_ERROR,
     * MEDIA_TIMEOUT
     */
    async speak(
      sessionId: string,
      principal: string,
      request: SpeechRequest,
    ): Promise<SpokenAnswer> {
      const conversation = await sessions.conversation(sessionId)
      const session = owned(conversation?.session, principal)
      const presets = presetsFor(session.locale)
      if (!presets.includes(request.preset)) {
        throw refusedInput(
          'voice_preset',
          `must speak the session's language: one of ${presets.join(', ')}`,
        )
      }
      if (!(await wasSaid(sessionId, conversation?.messages ?? [], request.text))) {
        throw refusedInput(
          'text',
          'must be what the assistant said in this session: a whole message, its answer or its question',
        )
      }
      const { text, preset, format } = request
      const { provider, voiceName } = speaker()
      const digest = createHash('sha256')
        .update(JSON.stringify(['v1', text, format, voiceName(preset)]))
        .digest('hex')
      const keys = {
        audio: speechKey(sessionId, digest, format),
        marks: speechKey(sessionId, digest, 'json'),
      }
      const { bytes, metadata } =
        (await media().head(keys.audio)) ?? (await keep(request, keys, provider))
      log.info('link signed', { session_id: sessionId, key: keys.audio })
      const expires_at = isoTime(clock.now() + linkSeconds * 1000)
      const [audio_url, speech_marks_url] = await Promise.all([
        media().link(keys.audio, linkSeconds),
        metadata['speech-marks'] === 'yes' ? media().link(keys.marks, linkSeconds) : null,
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
    },
  }
}
