import type {
  Transcriber,
  Transcription,
  TranscriptionRequest,
} from '../../clients/transcription/transcriber.ts'
import { asStudioError, StudioError } from '../../contracts/errors.ts'
import { audioSecondsLimit } from '../../contracts/voice.ts'
import type { Clock } from '../../platform/clock.ts'
import { numberSetting } from '../../platform/environment.ts'
import { modelSettingNames } from '../../platform/environment-names.ts'
import { insist } from '../../platform/insist.ts'
import { transcriptionModel } from '../../platform/model-settings.ts'
import { log, measure } from '../../platform/telemetry.ts'
import { recordingKey, transcriptKey } from '../../repositories/media-keys.ts'
import type {
  PendingVoiceTurn,
  VoiceTurnRepository,
} from '../../repositories/voice-turn-repository.ts'
import { transcriptionLimit } from '../../rules/model-limits.ts'
import { transcriptionJobPrefix } from '../../rules/storage-layout.ts'
import {
  type CallOutcome,
  type TranscriptionCharge,
  transcriptionCharge,
} from '../spend/service-charges.ts'
import type { Reservation, SpendService } from '../spend/spend-service.ts'
import type { RecordingService } from './recording-service.ts'

/** Milliseconds that one call of the provider may take. */
export const callMs = (): number =>
  numberSetting(modelSettingNames.sttDeadline, transcriptionLimit.deadlineMs)
/** Milliseconds after which the request of a turn may have died: longer than a call. */
export const quietMs = (): number => callMs() * 1.2
/** What a call of the provider needs. */
export interface CallDependencies {
  clock: Clock
  /** The deployment's name: jobs of several deployments share one account. */
  stage: string
  voiceTurns: Pick<VoiceTurnRepository, 'countStart'>
  recordings: Pick<RecordingService, 'read'>
  transcriber: () => Promise<Transcriber>
  spend: SpendService
}

/** What may be spent on one call for a transcript. */
export interface GrantedCall {
  charge: TranscriptionCharge
  reservation: Reservation
}

export const transcriptionFailed = (message: string): StudioError =>
  new StudioError('TRANSCRIPTION_FAILED', message)

const requestOf = (
  { stage, recordings }: CallDependencies,
  { session_id, turn, upload_id, format, locale }: PendingVoiceTurn,
): TranscriptionRequest => ({
  name: `${transcriptionJobPrefix(stage)}${session_id}-${String(turn).padStart(6, '0')}`,
  key: recordingKey(session_id, upload_id),
  transcriptKey: transcriptKey(session_id, turn),
  format,
  locale,
  audio: () => recordings.read(session_id, upload_id),
})

/** Counts a call that is paid for, so that redelivered events cannot repeat it without end. */
const countStart = async (
  { voiceTurns }: CallDependencies,
  turn: PendingVoiceTurn,
): Promise<void> => {
  const { maxCalls } = transcriptionLimit
  if (await insist(() => voiceTurns.countStart(turn, maxCalls))) return
  throw transcriptionFailed(`No transcript came of ${maxCalls} calls.`)
}

/** A recording from before its length was kept may be as long as any. */
const secondsOf = ({ seconds = audioSecondsLimit }: Pick<PendingVoiceTurn, 'seconds'>): number =>
  seconds

/**
 * Reserves what a call for the transcript costs. Undefined for silence, which is not sent.
 * @throws StudioError BUDGET_EXCEEDED; CAPABILITY_NOT_CONFIGURED
 */
export const grantCall = async (
  { transcriber, spend }: Pick<CallDependencies, 'transcriber' | 'spend'>,
  principal: string,
  recording: Pick<PendingVoiceTurn, 'seconds' | 'silent'>,
): Promise<GrantedCall | undefined> => {
  if (recording.silent) return undefined
  const { provider } = await transcriber()
  const model = transcriptionModel()
  const charge = transcriptionCharge({ provider, model }, secondsOf(recording))
  return { charge, reservation: await spend.reserve({ principal }, charge.micros) }
}

const outcomeOf = (error: unknown): CallOutcome => ({
  failed: true,
  refused: error instanceof StudioError && error.unserved,
})

/** Asks for the transcript, counted and granted before and settled after. */
const startCounted = async (
  dependencies: CallDependencies,
  turn: PendingVoiceTurn,
  signal: AbortSignal,
  granted: GrantedCall | undefined,
): Promise<Transcription> => {
  const call = granted ?? (await grantCall(dependencies, turn.owner, turn))
  const settle = (outcome: CallOutcome) => call?.reservation.settle(call.charge.used(outcome))
  try {
    await countStart(dependencies, turn)
  } catch (error) {
    await call?.reservation.release()
    throw error
  }
  try {
    const found = await (await dependencies.transcriber()).start(
      requestOf(dependencies, turn),
      signal,
    )
    await settle({ failed: found.status === 'failed', refused: false })
    return found
  } catch (error) {
    await settle(outcomeOf(error))
    throw error
  }
}

/**
 * One call of the provider. One that takes beyond `until` (epoch milliseconds), or whose signal
 * aborts, is pending. Never rejects.
 */
export const ask = async (
  dependencies: CallDependencies,
  call: 'start' | 'look',
  turn: PendingVoiceTurn,
  {
    until,
    signal: cancelled,
    granted,
  }: { until: number; signal?: AbortSignal; granted?: GrantedCall | undefined },
): Promise<Transcription> => {
  // Silence is not sent: the provider would be paid for words that it makes up.
  if (turn.silent) return { status: 'done', text: '' }
  const { clock, transcriber } = dependencies
  const startedAt = clock.now()
  const late = AbortSignal.timeout(Math.max(1, Math.min(until - startedAt, callMs())))
  const signal = cancelled ? AbortSignal.any([late, cancelled]) : late
  let outcome = 'pending'
  try {
    const found =
      call === 'start'
        ? await startCounted(dependencies, turn, signal, granted)
        : await (await transcriber()).look(requestOf(dependencies, turn), signal)
    outcome = found.status === 'done' || found.status === 'failed' ? found.status : 'pending'
    return found
  } catch (error) {
    if (signal.aborted) return { status: 'pending' }
    outcome = 'failed'
    const failure = asStudioError(error)
    const { session_id } = turn
    if (failure.code === 'INTERNAL_ERROR') {
      // Not foreseen, and so the same at the next look.
      log.error('transcription failed', { session_id, error: failure })
      return { status: 'failed', failure }
    }
    log.warn('transcription failed', { session_id, error: failure })
    // A look that failed is no failed transcription: there will be another look.
    if (call === 'look' && failure.retryable) return { status: 'pending' }
    return { status: 'failed', failure }
  } finally {
    if (call === 'start') {
      measure('TranscriptionLatency', clock.now() - startedAt, { outcome })
    }
  }
}
