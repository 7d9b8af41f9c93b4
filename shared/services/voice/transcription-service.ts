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
import { errorWording } from '../../platform/wording.ts'
import { transcriptKey, uploadKey } from '../../repositories/media-keys.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import type {
  PendingVoiceTurn,
  VoiceTurnRepository,
} from '../../repositories/voice-turn-repository.ts'
import { transcriptionLimit } from '../../rules/model-limits.ts'
import type { StreamService } from '../log/stream-service.ts'
import type { TurnResult } from '../turns/turn-commit.ts'
import type { createTurnService, TurnListener } from '../turns/turn-service.ts'
import type { RecordingService } from './recording-service.ts'

/** Milliseconds that one call of the provider may take. */
const callMs = (): number =>
  numberSetting(modelSettingNames.sttDeadline, transcriptionLimit.deadlineMs)
/** Milliseconds after which a turn is looked after whose request may have died: longer than a call. */
const quietMs = (): number => callMs() * 1.2
/** Most characters of a message: more than a minute of speech holds. */
const maxCharacters = 3000

export interface TranscriptionDependencies {
  clock: Clock
  /** The deployment's name: jobs of several share one account. */
  stage: string
  sessions: SessionRepository
  voiceTurns: VoiceTurnRepository
  streams: StreamService
  recordings: Pick<RecordingService, 'read'>
  turns: Pick<ReturnType<typeof createTurnService>, 'run'>
  transcriber: () => Promise<Transcriber>
}

const never = new AbortController().signal

/** What is known of a recording's words, or why there are none. */
type Known = Extract<Transcription, { status: 'done' | 'failed' }>

export type TranscriptionService = ReturnType<typeof createTranscriptionService>

/** The names of our jobs begin so; a rule of the template goes by it. */
const jobPrefix = (stage: string): string => `launch-studio-${stage}-`

/** The turn that a job of this deployment is about; undefined for any other name. */
export const turnOfJob = (
  stage: string,
  name: string,
): { sessionId: string; turn: number } | undefined => {
  if (!name.startsWith(jobPrefix(stage))) return undefined
  const [, sessionId, turn] =
    /^(sess_[0-9a-z]{26})-(\d{6})$/.exec(name.slice(jobPrefix(stage).length)) ?? []
  return sessionId === undefined ? undefined : { sessionId, turn: Number(turn) }
}

const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text)

/** Whatever a provider says, the speech did not become text; the cause is told beside it. */
const asTranscriptionFailure = (failure: StudioError): StudioError =>
  failure.code === 'UPSTREAM_ERROR' || failure.code === 'INTERNAL_ERROR'
    ? new StudioError('TRANSCRIPTION_FAILED', failure.message, { cause: failure })
    : failure

const failureOf = (known: Known): StudioError | undefined => {
  if (known.status === 'failed') return asTranscriptionFailure(known.failure)
  if (!hasWords(known.text)) return new StudioError('TRANSCRIPT_EMPTY', 'No words were understood.')
  return known.text.length > maxCharacters
    ? new StudioError('TRANSCRIPTION_FAILED', 'The transcript is longer than a minute of speech.')
    : undefined
}

export const createTranscriptionService = (dependencies: TranscriptionDependencies) => {
  const { clock, stage, sessions, voiceTurns, streams, recordings, turns, transcriber } =
    dependencies

  const requestOf = (turn: PendingVoiceTurn): TranscriptionRequest => {
    const { session_id, upload_id, format, locale } = turn
    return {
      name: `${jobPrefix(stage)}${session_id}-${String(turn.turn).padStart(6, '0')}`,
      key: uploadKey(session_id, upload_id),
      transcriptKey: transcriptKey(session_id, turn.turn),
      format,
      locale,
      audio: () => recordings.read(session_id, upload_id),
    }
  }

  /** One call of the provider; one that takes too long, or is given up, tells nothing. Never rejects. */
  const ask = async (
    call: 'start' | 'look',
    turn: PendingVoiceTurn,
    until: number,
    over: AbortSignal = never,
  ): Promise<Transcription> => {
    const startedAt = clock.now()
    const late = AbortSignal.timeout(Math.max(1, Math.min(until - startedAt, callMs())))
    const signal = AbortSignal.any([late, over])
    try {
      return await (await transcriber())[call](requestOf(turn), signal)
    } catch (error) {
      if (signal.aborted) return { status: 'pending' }
      const failure = asStudioError(error)
      log.warn('transcription failed', { session_id: turn.session_id, error: failure })
      // A look that failed is no failed transcription: somebody looks again.
      if (call === 'look' && failure.retryable) return { status: 'pending' }
      return { status: 'failed', failure }
    } finally {
      if (call === 'start') measure('TranscriptionLatency', clock.now() - startedAt)
    }
  }

  /** Ends a turn without words: the lease goes and the log says why. False when somebody was first. */
  const end = async (
    turn: PendingVoiceTurn,
    { code, message: detail, retryable }: StudioError,
    { onEvents }: TurnListener,
  ): Promise<boolean> => {
    const locale = (await sessions.get(turn.session_id))?.locale ?? turn.locale
    const message = errorWording[code][locale]
    const stream = streams.open(turn.session_id, { onEvents })
    const data = { code, message, detail, retryable, stage: 'turn' as const, resume_from: null }
    try {
      await stream.commit(
        [{ type: 'error', data: { ...data, turn: turn.turn } }],
        [sessions.releaseLease(turn.session_id, turn.lease_id), voiceTurns.close(turn)],
      )
    } catch (error) {
      if (error instanceof ConditionFailed) return false
      throw error
    }
    measure('VoiceTurn', 1, { outcome: code === 'TRANSCRIPT_EMPTY' ? 'empty' : 'failed' })
    await stream.settled()
    return true
  }

  /**
   * Takes a turn whose words are known, once: whoever comes second finds the lease passed on.
   * Undefined when somebody else took or ended it.
   * @throws StudioError what the turn failed with, which the log tells already
   */
  const settle = async (
    turn: PendingVoiceTurn,
    known: Known,
    { listener = {}, deadline }: { listener?: TurnListener; deadline?: number } = {},
  ): Promise<TurnResult | undefined> => {
    const failure = failureOf(known)
    if (failure || known.status === 'failed') {
      if (!failure || !(await end(turn, failure, listener))) return undefined
      const { code, message, retryable } = failure
      const locale = (await sessions.get(turn.session_id))?.locale
      throw new StudioError(code, message, { cause: failure, retryable, recorded: true, locale })
    }
    try {
      return await turns.run(
        {
          sessionId: turn.session_id,
          principal: turn.owner,
          message: known.text.trim(),
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

  /** What is known of a turn's words by now, also that they did not come in time. */
  const transcriptBy = async (turn: PendingVoiceTurn): Promise<Known | undefined> => {
    const found = await ask('look', turn, clock.now() + callMs())
    const isLate = clock.now() >= turn.deadline
    // Nobody works on it: the start never arrived, or its answer was lost with who waited for it.
    const now =
      found.status === 'unknown' && !isLate
        ? await ask('start', turn, clock.now() + callMs())
        : found
    if (now.status === 'done' || now.status === 'failed') return now
    if (!isLate) return undefined
    const message = 'The transcription did not finish in time.'
    return { status: 'failed', failure: new StudioError('TRANSCRIPTION_FAILED', message) }
  }

  /** Takes what can be taken of a turn that nobody waits for. A second call finds nothing to do. */
  const finish = async (sessionId: string, number: number): Promise<void> => {
    const turn = await voiceTurns.get(sessionId, number)
    if (!turn) return
    const session = await sessions.get(sessionId)
    if (session?.lease?.id !== turn.lease_id) {
      // Stopped, or given up: the turn is over already.
      return streams
        .open(sessionId)
        .commit([], [voiceTurns.close(turn)])
        .then(() => {})
    }
    const words = await transcriptBy(turn)
    if (!words) return
    try {
      await settle(turn, words)
    } catch (error) {
      // What the log tells of was heard; all else is tried again by whoever called.
      if (!(error instanceof StudioError && error.recorded)) throw error
    }
  }

  return {
    settle,
    finish,

    /** Begins a turn's transcription; it is pending when that takes beyond `until`. Never rejects. */
    begin: (turn: PendingVoiceTurn, until: number, over: AbortSignal) =>
      ask('start', turn, until, over),
    look: (turn: PendingVoiceTurn, until: number, over: AbortSignal) =>
      ask('look', turn, until, over),

    /** Looks after every turn that began a while ago and whose words nobody has taken. */
    async sweep(): Promise<void> {
      const quiet = await voiceTurns.listBegunBefore(clock.now() - quietMs())
      const results = await Promise.allSettled(
        quiet.map(({ sessionId, turn }) => finish(sessionId, turn)),
      )
      for (const result of results) {
        if (result.status === 'rejected') log.error('speech not finished', { error: result.reason })
      }
    },
  }
}
