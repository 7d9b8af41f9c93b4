import { ConditionFailed } from '../../clients/store.ts'
import type {
  Transcriber,
  Transcription,
  TranscriptionRequest,
} from '../../clients/transcription/transcriber.ts'
import { asStudioError, StudioError } from '../../contracts/errors.ts'
import type { Clock } from '../../platform/clock.ts'
import { numberSetting } from '../../platform/environment.ts'
import { modelSettingNames } from '../../platform/environment-names.ts'
import { log, measure } from '../../platform/telemetry.ts'
import { transcriptKey, uploadKey } from '../../repositories/media-keys.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import type {
  PendingVoiceTurn,
  VoiceTurnRepository,
} from '../../repositories/voice-turn-repository.ts'
import { transcriptionLimit } from '../../rules/model-limits.ts'
import { transcriptionJobPrefix } from '../../rules/storage-layout.ts'
import { readTranscript } from '../../rules/transcripts.ts'
import type { StreamService } from '../log/stream-service.ts'
import type { TurnListener, TurnResult } from '../turns/turn.ts'
import { turnError } from '../turns/turn-commit.ts'
import type { TurnService } from '../turns/turn-service.ts'
import type { RecordingService } from './recording-service.ts'

/** Milliseconds that one call of the provider may take. */
const callMs = (): number =>
  numberSetting(modelSettingNames.sttDeadline, transcriptionLimit.deadlineMs)
/** Milliseconds after which the request of a turn may have died: longer than a call. */
const quietMs = (): number => callMs() * 1.2

export interface TranscriptionDependencies {
  clock: Clock
  /** The deployment's name: jobs of several deployments share one account. */
  stage: string
  sessions: SessionRepository
  voiceTurns: VoiceTurnRepository
  streams: StreamService
  recordings: Pick<RecordingService, 'read'>
  turns: Pick<TurnService, 'run'>
  transcriber: () => Promise<Transcriber>
}

/** A transcript, or why there is none. */
export type KnownTranscript = Extract<Transcription, { status: 'done' | 'failed' }>

export const isEnded = (transcription: Transcription): transcription is KnownTranscript =>
  transcription.status === 'done' || transcription.status === 'failed'

/** The turn that a job of this deployment is about; undefined for any other name. */
export const turnOfJob = (
  stage: string,
  name: string,
): { sessionId: string; turn: number } | undefined => {
  if (!name.startsWith(transcriptionJobPrefix(stage))) return undefined
  const [, sessionId, turn] =
    /^(sess_[0-9a-z]{26})-(\d{6})$/.exec(name.slice(transcriptionJobPrefix(stage).length)) ?? []
  return sessionId === undefined ? undefined : { sessionId, turn: Number(turn) }
}

/** Whatever a provider reports, the speech did not become text; the cause is kept beside it. */
const asTranscriptionFailure = (failure: StudioError): StudioError =>
  failure.code === 'UPSTREAM_ERROR' || failure.code === 'INTERNAL_ERROR'
    ? new StudioError('TRANSCRIPTION_FAILED', failure.message, { cause: failure })
    : failure

/** The text of a transcript, or why it cannot become a message. */
const textOf = (known: KnownTranscript): { text: string } | { failure: StudioError } => {
  if (known.status === 'failed') return { failure: asTranscriptionFailure(known.failure) }
  return readTranscript(known.text)
}

const requestOf = (
  { stage, recordings }: TranscriptionDependencies,
  { session_id, turn, upload_id, format, locale }: PendingVoiceTurn,
): TranscriptionRequest => ({
  name: `${transcriptionJobPrefix(stage)}${session_id}-${String(turn).padStart(6, '0')}`,
  key: uploadKey(session_id, upload_id),
  transcriptKey: transcriptKey(session_id, turn),
  format,
  locale,
  audio: () => recordings.read(session_id, upload_id),
})

/**
 * One call of the provider. One that takes beyond `until` (epoch milliseconds), or whose signal
 * aborts, is pending. Never rejects.
 */
const ask = async (
  dependencies: TranscriptionDependencies,
  call: 'start' | 'look',
  turn: PendingVoiceTurn,
  { until, signal: cancelled }: { until: number; signal?: AbortSignal },
): Promise<Transcription> => {
  const { clock, transcriber } = dependencies
  const startedAt = clock.now()
  const late = AbortSignal.timeout(Math.max(1, Math.min(until - startedAt, callMs())))
  const signal = cancelled ? AbortSignal.any([late, cancelled]) : late
  try {
    return await (await transcriber())[call](requestOf(dependencies, turn), signal)
  } catch (error) {
    if (signal.aborted) return { status: 'pending' }
    const failure = asStudioError(error)
    log.warn('transcription failed', { session_id: turn.session_id, error: failure })
    // A look that failed is no failed transcription: there will be another look.
    if (call === 'look' && failure.retryable) return { status: 'pending' }
    return { status: 'failed', failure }
  } finally {
    if (call === 'start') measure('TranscriptionLatency', clock.now() - startedAt)
  }
}

/** Ends a turn without a transcript: its lease goes and the log says why. False when it had ended. */
const end = async (
  { streams, sessions, voiceTurns }: TranscriptionDependencies,
  { session_id, turn, lease_id, locale }: PendingVoiceTurn,
  { code, message: detail, retryable }: StudioError,
  { onEvents }: TurnListener,
): Promise<boolean> => {
  const session = await sessions.get(session_id)
  const stream = streams.open(session_id, { onEvents })
  try {
    await stream.commit(
      [turnError({ turn, locale: session?.locale ?? locale }, code, { retryable, detail })],
      [sessions.releaseLease(session_id, lease_id), voiceTurns.close({ session_id, turn })],
    )
  } catch (error) {
    if (error instanceof ConditionFailed) return false
    throw error
  }
  measure('VoiceTurn', 1, { outcome: code === 'TRANSCRIPT_EMPTY' ? 'empty' : 'failed' })
  await stream.settled()
  return true
}

export interface SettleOptions {
  listener?: TurnListener
  /** Epoch milliseconds by which the reply has to be there. */
  deadline?: number
}

/** Takes a turn with its text; whichever worker comes second finds the lease passed on. */
const takeTurn = async (
  { turns, voiceTurns }: TranscriptionDependencies,
  turn: PendingVoiceTurn,
  message: string,
  { listener, deadline }: SettleOptions,
): Promise<TurnResult | undefined> => {
  try {
    return await turns.run(
      {
        sessionId: turn.session_id,
        principal: turn.owner,
        message,
        input: 'voice',
        held: { leaseId: turn.lease_id, writes: [voiceTurns.close(turn)] },
        deadline,
      },
      listener,
    )
  } catch (error) {
    if (error instanceof StudioError && error.code === 'TURN_IN_PROGRESS') return undefined
    throw error
  }
}

const settle = async (
  dependencies: TranscriptionDependencies,
  turn: PendingVoiceTurn,
  known: KnownTranscript,
  options: SettleOptions = {},
): Promise<TurnResult | undefined> => {
  const found = textOf(known)
  if ('text' in found) return takeTurn(dependencies, turn, found.text, options)
  const { failure } = found
  if (!(await end(dependencies, turn, failure, options.listener ?? {}))) return undefined
  const { code, message, retryable } = failure
  const locale = (await dependencies.sessions.get(turn.session_id))?.locale
  throw new StudioError(code, message, { cause: failure, retryable, recorded: true, locale })
}

/** What is known of a turn's transcript by now, also that it did not come in time. */
const transcriptNow = async (
  dependencies: TranscriptionDependencies,
  turn: PendingVoiceTurn,
): Promise<KnownTranscript | undefined> => {
  const { clock } = dependencies
  const until = () => clock.now() + callMs()
  const found = await ask(dependencies, 'look', turn, { until: until() })
  const isLate = clock.now() >= turn.deadline
  // No worker asks for it: the start never arrived, or its answer was lost with the waiting request.
  const now =
    found.status === 'unknown' && !isLate
      ? await ask(dependencies, 'start', turn, { until: until() })
      : found
  if (isEnded(now)) return now
  if (!isLate) return undefined
  const message = 'The transcription did not finish in time.'
  return { status: 'failed', failure: new StudioError('TRANSCRIPTION_FAILED', message) }
}

const finish = async (
  dependencies: TranscriptionDependencies,
  sessionId: string,
  number: number,
): Promise<void> => {
  const { sessions, voiceTurns, streams } = dependencies
  const turn = await voiceTurns.get(sessionId, number)
  if (!turn) return
  const session = await sessions.get(sessionId)
  if (session?.lease?.id !== turn.lease_id) {
    // Stopped, or given up: the turn is over already.
    await streams.open(sessionId).commit([], [voiceTurns.close(turn)])
    return
  }
  const known = await transcriptNow(dependencies, turn)
  if (!known) return
  try {
    await settle(dependencies, turn, known)
  } catch (error) {
    // What is in the log needs no second try; all else is tried again by the caller.
    if (!(error instanceof StudioError && error.recorded)) throw error
  }
}

const sweep = async (dependencies: TranscriptionDependencies): Promise<void> => {
  const { clock, voiceTurns } = dependencies
  const quiet = await voiceTurns.listBegunBefore(clock.now() - quietMs())
  const results = await Promise.allSettled(
    quiet.map(({ sessionId, turn }) => finish(dependencies, sessionId, turn)),
  )
  for (const result of results) {
    if (result.status === 'rejected') log.error('speech not finished', { error: result.reason })
  }
}

export type TranscriptionService = ReturnType<typeof createTranscriptionService>

export const createTranscriptionService = (dependencies: TranscriptionDependencies) => ({
  /**
   * Takes a turn whose transcript is known, or ends it when there is none; only one worker succeeds.
   * Undefined when another worker took or ended it.
   * @throws StudioError what the turn failed with, which is in the log already
   */
  settle: (turn: PendingVoiceTurn, known: KnownTranscript, options?: SettleOptions) =>
    settle(dependencies, turn, known, options),

  /** Finishes what can be finished of a turn that no request waits for. A second call does nothing. */
  finish: (sessionId: string, turn: number) => finish(dependencies, sessionId, turn),

  /** Begins a turn's transcription; it is pending when that takes beyond `until`. Never rejects. */
  begin: (turn: PendingVoiceTurn, until: number, signal: AbortSignal) =>
    ask(dependencies, 'start', turn, { until, signal }),
  /** Asks how far it is. Never rejects. */
  look: (turn: PendingVoiceTurn, until: number, signal: AbortSignal) =>
    ask(dependencies, 'look', turn, { until, signal }),

  /** Finishes every turn that began a while ago and whose transcript was not taken. */
  sweep: () => sweep(dependencies),
})
