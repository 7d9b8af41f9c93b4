import type { Once } from '../../clients/idempotency.ts'
import { ConditionFailed } from '../../clients/store.ts'
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
import { pause } from '../../platform/pause.ts'
import { log } from '../../platform/telemetry.ts'
import { currentRequestId, note } from '../../platform/work-facts.ts'
import type { ChatMessageRepository } from '../../repositories/chat-message-repository.ts'
import type { EventRepository } from '../../repositories/event-repository.ts'
import type { Session } from '../../repositories/session.ts'
import type { PendingVoiceTurn } from '../../repositories/voice-turn-repository.ts'
import type { Caller } from '../../rules/caller.ts'
import { ownedSession } from '../../rules/ownership.ts'
import { followMs, voiceTurnMs } from '../../rules/time-budgets.ts'
import type { LimitService } from '../limits/limit-service.ts'
import { type TurnListener, type TurnResult, turnInProgress } from '../turns/turn.ts'
import { abandonedTurn, measureAbandoned } from '../turns/turn-commit.ts'
import { openTurnLog, type TurnLog } from '../turns/turn-log.ts'
import { isEnded, type KnownTranscript } from './known-transcript.ts'
import type { Recording, RecordingService, Source } from './recording-service.ts'
import type { GrantedCall } from './transcription-calls.ts'
import type { TranscriptionDependencies, TranscriptionService } from './transcription-service.ts'
import { countSeconds, countTurn } from './voice-turn-counts.ts'

export interface VoiceTurnDependencies
  extends Pick<TranscriptionDependencies, 'clock' | 'sessions' | 'voiceTurns' | 'streams'> {
  messages: ChatMessageRepository
  events: EventRepository
  limits: LimitService
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
  /** By whom the turn and its seconds are counted, beside its principal. */
  caller?: Caller | undefined
}

/** Until when a caller waits, in epoch milliseconds. */
export interface VoiceTurnDeadlines {
  /** A transcript that comes later is left to the function that finishes such turns. */
  transcriptBy: number
  /** The answer; a turn that is begun ends by then. */
  answerBy: number
}

export interface VoiceTurnListener extends TurnListener {
  /** The recording is good and the turn is taken. */
  onAccepted?: ((turn: number) => void) | undefined
}

export interface UploadOptions {
  format: AudioFormat
  /** By whom it is counted, beside its principal. */
  caller?: Caller
}

export type VoiceTurnOutcome =
  | { answered: true; turn: VoiceTurn }
  | { answered: false; turn: VoiceTurnPending }

/** Takes the session's lease for the time of the transcription. @throws StudioError TURN_IN_PROGRESS */
const open = async (
  { clock, sessions, voiceTurns, streams, transcriptions }: VoiceTurnDependencies,
  session: Session,
  { uploadId, format, seconds, silent }: Recording,
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
    seconds,
    ...(silent ? { silent } : {}),
    locale: locale ?? session.locale,
    voice_preset: voicePreset,
    started_at: isoTime(now),
    deadline: now + voiceTurnMs.transcription,
    request_id: currentRequestId(),
  }
  const lease = { id: turn.lease_id, until: turn.deadline + voiceTurnMs.leaseMargin }
  try {
    const writes = [sessions.takeLease(session, lease), voiceTurns.open(turn)]
    await streams.open(session.session_id).commit(abandonedTurn(session), writes)
    measureAbandoned(session)
  } catch (error) {
    if (error instanceof ConditionFailed) throw turnInProgress(error)
    // The lease may be held although the answer was lost.
    throw await transcriptions.abandon(turn, error, {})
  }
  return turn
}

/** Follows the turn in the log; a read that failed is no reason to stop waiting for it. */
const followTurn = async (
  { clock }: Pick<VoiceTurnDependencies, 'clock'>,
  turnLog: TurnLog,
  until: number,
  signal?: AbortSignal,
): Promise<boolean> => {
  for (;;) {
    try {
      return await turnLog.follow(until, signal)
    } catch (error) {
      log.warn('the log could not be read', { error: error as Error })
      if (clock.now() >= until || signal?.aborted) return false
      await pause(followMs.poll, signal)
    }
  }
}

/**
 * Asks the provider until the transcription has ended. Undefined when that takes beyond
 * `transcriptBy`, the signal aborts, or another worker has taken the transcript.
 */
const awaitTranscript = async (
  { clock, transcriptions }: VoiceTurnDependencies,
  turn: PendingVoiceTurn,
  turnLog: TurnLog,
  {
    transcriptBy,
    signal,
    granted,
  }: { transcriptBy: number; signal: AbortSignal; granted: GrantedCall | undefined },
): Promise<KnownTranscript | undefined> => {
  let found = await transcriptions.begin(turn, granted, { until: transcriptBy, signal })
  while (!isEnded(found)) {
    await pause(voiceTurnMs.providerPoll, signal)
    if (signal.aborted || clock.now() >= transcriptBy || turnLog.hasBegun()) return undefined
    found = await transcriptions.look(turn, transcriptBy, signal)
  }
  return found
}

/**
 * Waits for the transcript and takes the turn with it, or for another worker to end the turn, which
 * the log then says. Undefined when neither happened by `answerBy`.
 * @throws StudioError what the turn ended with, which is in the log already
 */
const awaitResult = async (
  dependencies: VoiceTurnDependencies,
  turn: PendingVoiceTurn,
  turnLog: TurnLog,
  { transcriptBy, answerBy, granted }: VoiceTurnDeadlines & { granted: GrantedCall | undefined },
): Promise<TurnResult | undefined> => {
  const { transcriptions } = dependencies
  const provider = new AbortController()
  const following = new AbortController()
  const transcript = awaitTranscript(dependencies, turn, turnLog, {
    transcriptBy,
    signal: provider.signal,
    granted,
  })
  const ended = followTurn(dependencies, turnLog, answerBy, following.signal)
  try {
    // Without a transcript only the log can tell of the turn's end.
    const first = await Promise.race([
      ended,
      transcript.then<KnownTranscript | boolean>((known) => known ?? ended),
    ])
    if (typeof first === 'boolean') return first ? await turnLog.result() : undefined
    following.abort()
    await ended
    const settled = await transcriptions.settle(turn, first, {
      listener: turnLog.listener,
      deadline: answerBy,
    })
    if (settled) return settled
    // Another worker took the turn or ended it.
    return (await followTurn(dependencies, turnLog, answerBy)) ? await turnLog.result() : undefined
  } finally {
    following.abort()
    provider.abort()
  }
}

const take = async (
  dependencies: VoiceTurnDependencies,
  input: VoiceTurnInput,
  deadlines: VoiceTurnDeadlines,
  { onAccepted, ...listener }: VoiceTurnListener,
): Promise<VoiceTurnOutcome> => {
  const { recordings, transcriptions } = dependencies
  const { sessionId, source } = input
  const { session, counted } = await countTurn(dependencies, input)
  const recording = await recordings.take(sessionId, source)
  const seconds = await countSeconds(dependencies, input, { recording, counted })
  const { after, granted } = seconds
  const pending = await open(dependencies, session, recording, input).catch(async (error) => {
    await seconds.giveBack()
    throw error
  })
  const { turn, voice_preset } = pending
  onAccepted?.(turn)
  const turnLog = openTurnLog(dependencies, { sessionId, turn, after }, listener)
  const waiting = { ...deadlines, granted }
  const result = await awaitResult(dependencies, pending, turnLog, waiting).catch(
    async (error: unknown) => {
      throw await transcriptions.abandon(pending, error, turnLog.listener)
    },
  )
  note({ turn })
  if (!result) {
    return {
      answered: false,
      turn: { session_id: sessionId, turn, status: 'transcribing', after },
    }
  }
  return {
    answered: true,
    turn: {
      ...result,
      transcript: turnLog.transcript(),
      next_question: result.assistant_message.next_question,
      ...(voice_preset === undefined ? {} : { voice_preset }),
    },
  }
}

const upload = async (
  { sessions, recordings, limits }: VoiceTurnDependencies,
  sessionId: string,
  principal: string,
  { format, caller = { principal } }: UploadOptions,
): Promise<VoiceUpload> => {
  const [session] = await Promise.all([
    sessions.get(sessionId),
    limits.admit(caller, { uploads: 1 }),
  ])
  ownedSession(session, principal)
  return recordings.form(sessionId, format)
}

export type VoiceTurnService = ReturnType<typeof createVoiceTurnService>

export const createVoiceTurnService = (dependencies: VoiceTurnDependencies) => ({
  /** A form to upload a recording with. @throws StudioError SESSION_NOT_FOUND, RATE_LIMITED */
  upload: (sessionId: string, principal: string, options: UploadOptions): Promise<VoiceUpload> =>
    upload(dependencies, sessionId, principal, options),

  /**
   * One voice turn. From the moment its recording is taken the session is as busy as with a typed one:
   * a message is refused with TURN_IN_PROGRESS until the answer is there or the turn is stopped. One
   * upload becomes one turn; the same upload again gets the stored answer.
   * @throws StudioError SESSION_NOT_FOUND, TURN_IN_PROGRESS, RATE_LIMITED, what is wrong with the recording (nothing
   * is stored then), and what the turn ends with, which is then in the log: TRANSCRIPT_EMPTY,
   * TRANSCRIPTION_FAILED, STOPPED, the planner's failure
   */
  take(
    input: VoiceTurnInput,
    deadlines: VoiceTurnDeadlines,
    listener: VoiceTurnListener = {},
  ): Promise<VoiceTurnOutcome> {
    const { sessionId, principal, source } = input
    const serve = () => take(dependencies, input, deadlines, listener)
    if ('audio' in source) return serve()
    const key = `voice:${source.uploadId}`
    const content = { locale: input.locale ?? null }
    return dependencies.once({ principal, sessionId, key, content }, serve)
  },
})
