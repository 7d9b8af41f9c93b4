import { isTransient } from '../../clients/aws-errors.ts'
import { ConditionFailed } from '../../clients/store.ts'
import { asStudioError, StudioError } from '../../contracts/errors.ts'
import type { Locale } from '../../contracts/session.ts'
import { insist } from '../../platform/insist.ts'
import { log, measure } from '../../platform/telemetry.ts'
import { note, principalHash, withFacts } from '../../platform/work-facts.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import type {
  PendingVoiceTurn,
  VoiceTurnRepository,
} from '../../repositories/voice-turn-repository.ts'
import { transcriptionJobPrefix } from '../../rules/storage-layout.ts'
import type { StreamService } from '../log/stream-service.ts'
import type { TurnInput, TurnListener, TurnResult } from '../turns/turn.ts'
import { turnError } from '../turns/turn-commit.ts'
import type { TurnService } from '../turns/turn-service.ts'
import { isEnded, type KnownTranscript, textOf } from './known-transcript.ts'
import {
  ask,
  type CallDependencies,
  callMs,
  type GrantedCall,
  grantCall,
  quietMs,
  transcriptionFailed,
} from './transcription-calls.ts'

export interface TranscriptionDependencies extends CallDependencies {
  sessions: SessionRepository
  voiceTurns: VoiceTurnRepository
  streams: StreamService
  turns: Pick<TurnService, 'run'>
}

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

/**
 * Ends a turn without a transcript: its lease goes and the log says why.
 * @returns the language in which it says so; undefined when the turn had ended
 */
const end = async (
  { streams, sessions, voiceTurns }: TranscriptionDependencies,
  { session_id, turn, lease_id, locale }: PendingVoiceTurn,
  { code, message: detail, retryable, cap }: StudioError,
  { onEvents }: TurnListener,
): Promise<Locale | undefined> => {
  const stream = streams.open(session_id, { onEvents })
  let mayBeDone = false
  const language = await insist(async () => {
    const used = (await sessions.get(session_id))?.locale ?? locale
    try {
      await stream.commit(
        [turnError({ turn, locale: used }, code, { retryable, detail, cap })],
        [sessions.releaseLease(session_id, lease_id), voiceTurns.close({ session_id, turn })],
      )
      return used
    } catch (error) {
      // A try that threw may have taken effect all the same.
      if (error instanceof ConditionFailed) {
        return mayBeDone && (await sessions.hasEnded(session_id, lease_id)) ? used : undefined
      }
      mayBeDone = true
      throw error
    }
  })
  if (language === undefined) return undefined
  const outcome = code === 'TRANSCRIPT_EMPTY' ? 'empty' : 'transcription_failed'
  measure('VoiceTurn', 1, { outcome })
  await stream.settled()
  return language
}

export interface SettleOptions {
  listener?: TurnListener
  /** Epoch milliseconds by which the reply has to be there. */
  deadline?: number
}

const isUnforeseen = (error: unknown): error is StudioError =>
  error instanceof StudioError && error.code === 'INTERNAL_ERROR' && !error.recorded

/** Ends a turn for an unforeseen error, if its lease is still held. @returns what to throw */
const abandon = async (
  dependencies: TranscriptionDependencies,
  turn: PendingVoiceTurn,
  error: unknown,
  listener: TurnListener,
): Promise<StudioError> => {
  const failure = asStudioError(error)
  if (failure.recorded) return failure
  const { code, message, retryable, retryAfter, cap } = failure
  if (code === 'INTERNAL_ERROR') {
    log.error('voice turn failed', { session_id: turn.session_id, error: failure })
  }
  if (!(await end(dependencies, turn, failure, listener))) return failure
  const waits = retryAfter === undefined ? {} : { retryAfter }
  return new StudioError(code, message, {
    cause: failure,
    retryable,
    recorded: true,
    cap,
    ...waits,
  })
}

/** Takes a turn with its text; whichever worker comes second finds the lease passed on. */
const takeTurn = async (
  dependencies: TranscriptionDependencies,
  turn: PendingVoiceTurn,
  message: string,
  { listener = {}, deadline }: SettleOptions,
): Promise<TurnResult | undefined> => {
  const { turns, voiceTurns } = dependencies
  const input: TurnInput = {
    sessionId: turn.session_id,
    principal: turn.owner,
    message,
    input: 'voice',
    held: { leaseId: turn.lease_id, writes: [voiceTurns.close(turn)] },
    deadline,
  }
  try {
    // The transcript was paid for: an accident before the turn began is no reason to lose it.
    const result = await insist(() =>
      turns.run(input, listener).catch((error: unknown) => {
        throw isUnforeseen(error) ? (error.cause ?? 'no cause') : error
      }),
    )
    measure('VoiceTurn', 1, { outcome: 'answered' })
    return result
  } catch (error) {
    if (error instanceof StudioError && error.code === 'TURN_IN_PROGRESS') return undefined
    if (error instanceof StudioError && error.recorded) {
      const outcome = error.code === 'STOPPED' ? 'stopped' : 'planner_failed'
      measure('VoiceTurn', 1, { outcome })
    }
    throw await abandon(dependencies, turn, error, listener)
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
  const locale = await end(dependencies, turn, failure, options.listener ?? {})
  if (locale === undefined) return undefined
  const { code, message, retryable, retryAfter, cap } = failure
  const waits = retryAfter === undefined ? {} : { retryAfter }
  throw new StudioError(code, message, {
    cause: failure,
    retryable,
    recorded: true,
    locale,
    cap,
    ...waits,
  })
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
  const failure = transcriptionFailed('The transcription did not finish in time.')
  return { status: 'failed', failure }
}

/** Closes a turn that ended without its transcript, and counts it: of several workers, one does. */
const closeEnded = async (
  { streams, voiceTurns }: TranscriptionDependencies,
  turn: PendingVoiceTurn,
): Promise<void> => {
  try {
    await streams.open(turn.session_id).commit([], [voiceTurns.close(turn, 'once')])
    measure('VoiceTurn', 1, { outcome: 'stopped' })
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error
  }
}

const finishTurn = async (
  dependencies: TranscriptionDependencies,
  turn: PendingVoiceTurn,
): Promise<void> => {
  const { sessions } = dependencies
  const session = await sessions.get(turn.session_id)
  if (session?.lease?.id !== turn.lease_id) {
    // Stopped, or given up: the turn is over already.
    await closeEnded(dependencies, turn)
    return
  }
  const known = await transcriptNow(dependencies, turn)
  if (known) await settle(dependencies, turn, known)
}

const finish = async (
  dependencies: TranscriptionDependencies,
  sessionId: string,
  number: number,
): Promise<void> => {
  const turn = await insist(() => dependencies.voiceTurns.get(sessionId, number))
  if (!turn) return note({ outcome: 'ended_before' })
  note({ request_id: turn.request_id, principal: principalHash(turn.owner) })
  try {
    await finishTurn(dependencies, turn)
  } catch (error) {
    // The next event or the schedule tries again what a broken connection prevented.
    if (isTransient(error)) throw error
    await abandon(dependencies, turn, error, {})
  }
}

const sweep = async (dependencies: TranscriptionDependencies): Promise<void> => {
  const { clock, voiceTurns } = dependencies
  const quiet = await voiceTurns.listBegunBefore(clock.now() - quietMs())
  const results = await Promise.allSettled(
    quiet.map(({ sessionId, turn }) =>
      withFacts({ session_id: sessionId, turn }, () => finish(dependencies, sessionId, turn)),
    ),
  )
  note({ count: quiet.length })
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

  /**
   * Ends a turn for an unforeseen error, if it is still held.
   * @returns what to throw, `recorded` when the log has it
   */
  abandon: (turn: PendingVoiceTurn, error: unknown, listener: TurnListener) =>
    abandon(dependencies, turn, error, listener),

  /** Reserves what the transcription of a recording costs. @throws StudioError BUDGET_EXCEEDED */
  grant: (principal: string, recording: Pick<PendingVoiceTurn, 'seconds' | 'silent'>) =>
    grantCall(dependencies, principal, recording),

  /**
   * Begins a turn's transcription, which was granted; it is pending when that takes beyond `until`. Never
   * rejects.
   */
  begin: (
    turn: PendingVoiceTurn,
    granted: GrantedCall | undefined,
    { until, signal }: { until: number; signal: AbortSignal },
  ) => ask(dependencies, 'start', turn, { until, signal, granted }),
  /** Asks how far it is. Never rejects. */
  look: (turn: PendingVoiceTurn, until: number, signal: AbortSignal) =>
    ask(dependencies, 'look', turn, { until, signal }),

  /** Finishes every turn that began a while ago and whose transcript was not taken. */
  sweep: () => sweep(dependencies),
})
