import type { Once } from '../../clients/idempotency.ts'
import { ConditionFailed } from '../../clients/store.ts'
import type { Transcription } from '../../clients/transcription/transcriber.ts'
import type { VoicePreset } from '../../contracts/agents.ts'
import type { Locale } from '../../contracts/session.ts'
import type {
  AudioFormat,
  VoiceTurn,
  VoiceTurnPending,
  VoiceUpload,
} from '../../contracts/voice.ts'
import { isoTime } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import { measure } from '../../platform/telemetry.ts'
import type { ChatMessageRepository } from '../../repositories/chat-message-repository.ts'
import type { EventRepository } from '../../repositories/event-repository.ts'
import { isLeased, type Session } from '../../repositories/session-repository.ts'
import type { PendingVoiceTurn } from '../../repositories/voice-turn-repository.ts'
import { ownedSession as owned } from '../../rules/ownership.ts'
import { voiceTurnMs } from '../../rules/time-budgets.ts'
import { abandonedTurn, type TurnResult, turnInProgress } from '../turns/turn-commit.ts'
import { followTurn, type TurnLog } from '../turns/turn-log.ts'
import type { TurnListener } from '../turns/turn-service.ts'
import type { Recording, RecordingService, Source } from './recording-service.ts'
import type { TranscriptionDependencies, TranscriptionService } from './transcription-service.ts'

export interface VoiceTurnDependencies
  extends Pick<TranscriptionDependencies, 'clock' | 'sessions' | 'voiceTurns' | 'streams'> {
  messages: ChatMessageRepository
  events: EventRepository
  recordings: RecordingService
  transcriptions: TranscriptionService
  /** Makes one turn of one upload. */
  once: Once
}

export interface VoiceTurnInput {
  sessionId: string
  principal: string
  source: Source
  /** The language that is spoken; the session's when not given. */
  locale?: Locale | undefined
  voicePreset?: VoicePreset | undefined
}

/** Until when, in milliseconds since the epoch, whoever asks waits. */
export interface VoiceTurnDeadlines {
  /** Words that come later are left to those who finish what nobody waits for. */
  transcriptBy: number
  /** The answer; a turn that is begun ends by then. */
  answerBy: number
}

export interface VoiceListener extends TurnListener {
  /** The recording is good and the turn is taken. */
  onAccepted?: ((turn: number) => void) | undefined
}

export type VoiceTurnOutcome =
  | { answered: true; turn: VoiceTurn }
  | { answered: false; turn: VoiceTurnPending }

type Ended = Extract<Transcription, { status: 'done' | 'failed' }>
const isEnded = (transcription: Transcription): transcription is Ended =>
  transcription.status === 'done' || transcription.status === 'failed'

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

export const createVoiceTurnService = (dependencies: VoiceTurnDependencies) => {
  const { clock, sessions, voiceTurns, streams, events, recordings, transcriptions, once } =
    dependencies

  /** Takes the session's lease for the time of the transcription. @throws StudioError TURN_IN_PROGRESS */
  const open = async (
    session: Session,
    { uploadId, format }: Recording,
    { locale, voicePreset }: VoiceTurnInput,
  ): Promise<PendingVoiceTurn> => {
    const now = clock.now()
    const turn: PendingVoiceTurn = {
      session_id: session.session_id,
      turn: session.turn + 1,
      owner: session.owner,
      lease_id: newId('lease'),
      upload_id: uploadId,
      format,
      locale: locale ?? session.locale,
      voice_preset: voicePreset,
      started_at: isoTime(now),
      deadline: now + voiceTurnMs.transcription,
    }
    const lease = { id: turn.lease_id, until: turn.deadline + voiceTurnMs.leaseMargin }
    try {
      const writes = [sessions.takeLease(session, lease), voiceTurns.open(turn)]
      await streams.open(session.session_id).commit(abandonedTurn(session), writes)
    } catch (error) {
      throw error instanceof ConditionFailed ? turnInProgress(error) : error
    }
    return turn
  }

  const answerOf = async (
    { voice_preset }: PendingVoiceTurn,
    log: TurnLog,
    own?: TurnResult,
  ): Promise<VoiceTurnOutcome> => {
    const result = own ?? (await log.result())
    measure('VoiceTurn', 1, { outcome: 'answered' })
    const { next_question } = result.assistant_message
    return {
      answered: true,
      turn: {
        ...result,
        transcript: log.transcript(),
        next_question,
        ...(voice_preset === undefined ? {} : { voice_preset }),
      },
    }
  }

  /**
   * Waits for the transcript and takes the turn, unless somebody else who finishes such turns is first:
   * then it is followed in the log.
   */
  const follow = async (
    turn: PendingVoiceTurn,
    after: number,
    { transcriptBy, answerBy }: VoiceTurnDeadlines,
    listener: TurnListener,
  ): Promise<VoiceTurnOutcome> => {
    const log = followTurn(
      dependencies,
      { sessionId: turn.session_id, turn: turn.turn, after },
      listener,
    )
    const over = new AbortController()
    let known: Transcription = { status: 'pending' }
    let asking: Promise<void> | undefined
    const ask = (call: Promise<Transcription>): void => {
      asking = call.then((found) => {
        known = found
        asking = undefined
      })
    }
    ask(transcriptions.begin(turn, transcriptBy, over.signal))
    try {
      for (let looked = clock.now(); ; ) {
        await Promise.race([pause(voiceTurnMs.poll), ...(asking ? [asking] : [])])
        if (isEnded(known)) {
          const own = { listener: log.listener, deadline: answerBy }
          const settled = await transcriptions.settle(turn, known, own)
          if (settled) return answerOf(turn, log, settled)
          known = { status: 'pending' }
        }
        if (await log.read()) return answerOf(turn, log)
        const now = clock.now()
        if (now >= answerBy) break
        if (
          !asking &&
          now < transcriptBy &&
          now - looked >= voiceTurnMs.providerPoll &&
          !log.hasBegun()
        ) {
          looked = now
          ask(transcriptions.look(turn, transcriptBy, over.signal))
        }
      }
    } finally {
      // Stopped, or late: nobody waits for the provider any more.
      over.abort()
    }
    measure('VoiceTurn', 1, { outcome: 'late' })
    return {
      answered: false,
      turn: { session_id: turn.session_id, turn: turn.turn, status: 'transcribing', after },
    }
  }

  const take = async (
    input: VoiceTurnInput,
    patience: VoiceTurnDeadlines,
    { onAccepted, ...listener }: VoiceListener,
  ): Promise<VoiceTurnOutcome> => {
    const { sessionId, principal, source } = input
    const session = owned(await sessions.get(sessionId), principal)
    if (isLeased(session, clock.now())) throw turnInProgress()
    const recording = await recordings.take(sessionId, source)
    const after = await events.lastSeq(sessionId)
    const turn = await open(session, recording, input)
    onAccepted?.(turn.turn)
    return follow(turn, after, patience, listener)
  }

  return {
    /** A form to upload a recording with. @throws StudioError SESSION_NOT_FOUND */
    async upload(sessionId: string, principal: string, format: AudioFormat): Promise<VoiceUpload> {
      owned(await sessions.get(sessionId), principal)
      return recordings.form(sessionId, format)
    },

    /**
     * One voice turn. From the moment its recording is taken the session is as busy as with a typed
     * one: a message is refused with TURN_IN_PROGRESS until the answer is there, or until somebody
     * stops the turn. One upload becomes one turn; asked again it gets the stored answer.
     * @throws StudioError SESSION_NOT_FOUND, TURN_IN_PROGRESS, what is wrong with the recording
     * (nothing is stored then), and what the turn ends with, which the log then tells: TRANSCRIPT_EMPTY,
     * TRANSCRIPTION_FAILED, STOPPED, the planner's failure
     */
    take(
      input: VoiceTurnInput,
      patience: VoiceTurnDeadlines,
      listener: VoiceListener = {},
    ): Promise<VoiceTurnOutcome> {
      const { sessionId, principal, source } = input
      if ('audio' in source) return take(input, patience, listener)
      const key = `voice:${source.uploadId}`
      const content = { locale: input.locale ?? null }
      return once({ principal, sessionId, key, content }, () => take(input, patience, listener))
    },
  }
}
