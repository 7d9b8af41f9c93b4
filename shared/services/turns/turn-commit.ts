import { replyText } from '../../agents/reply-text.ts'
import { ConditionFailed, type Write } from '../../clients/store.ts'
import type { BriefSlots, SlotUpdate } from '../../contracts/brief.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { EventDraft } from '../../contracts/events.ts'
import type { ErrorCode } from '../../contracts/problems.ts'
import type { AssistantMessage, SessionState } from '../../contracts/session.ts'
import type { CapName } from '../../contracts/spend.ts'
import type { Clock } from '../../platform/clock.ts'
import { insist } from '../../platform/insist.ts'
import { turnTimesNow } from '../../platform/model-settings.ts'
import { vendorDetail } from '../../platform/problem.ts'
import { measure } from '../../platform/telemetry.ts'
import { errorMessage } from '../../platform/wording/failures.ts'
import type { ChatMessageRepository } from '../../repositories/chat-message-repository.ts'
import type { Session } from '../../repositories/session.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'
import { boundedText, eventDetailLimit } from '../../rules/bounded-text.ts'
import { gateOpening, slotChange, stateChange } from '../../rules/brief-events.ts'
import { evaluateGate, fillSlots, newUpdates } from '../../rules/gate.ts'
import { sessionNotFound } from '../../rules/ownership.ts'
import { isRunning, transition } from '../../rules/session-state.ts'
import type { SessionStream } from '../log/stream-service.ts'
import { type TurnInput, type TurnResult, turnInProgress } from './turn.ts'
import type { TurnAnswer } from './turn-answer.ts'

/** Times a finished turn is committed anew when the session's state moved under it. */
const commitTries = 8

export interface TurnCommitDependencies {
  clock: Clock
  sessions: SessionRepository
  messages: ChatMessageRepository
}

/** A turn that holds the session's lease. */
export interface LeasedTurn {
  stream: SessionStream
  session: Session
  turn: number
  leaseId: string
  /** Slots that changed with its beginning. */
  begunWith?: SlotUpdate[] | undefined
}

/** How a turn ends from the state that the session is in. */
interface TurnEnd {
  state: SessionState
  /** Changed slots. */
  slots?: BriefSlots
  drafts: EventDraft[]
  writes: Write[]
}

/** The event that ends a turn without an answer. */
export const turnError = (
  { turn, locale }: Pick<Session, 'turn' | 'locale'>,
  code: ErrorCode,
  { retryable, detail, cap }: { retryable: boolean; detail?: string; cap?: CapName | undefined },
): EventDraft => ({
  type: 'error',
  data: {
    code,
    message: errorMessage({ code, retryable, cap }, locale),
    ...(detail === undefined ? {} : { detail: boundedText(detail, eventDetailLimit) }),
    retryable,
    ...(cap ? { cap } : {}),
    stage: 'turn',
    resume_from: null,
    turn,
  },
})

/** How the log records the end of a turn whose worker died, when its place is taken. */
export const abandonedTurn = (session: Session): EventDraft[] =>
  session.lease ? [turnError(session, 'TURN_TIMEOUT', { retryable: true })] : []

/** Counts such an end, once it is in the log. */
export const measureAbandoned = (session: Session): void => {
  if (session.lease) measure('TurnEnd', 1, { outcome: 'failed' })
}

/** What a turn without the lease is told: that another has it, or that the session was erased. */
const refusalBy = (session: Session | undefined, cause: unknown): StudioError =>
  session ? turnInProgress(cause) : sessionNotFound(cause)

const refusal = async (
  { sessions }: TurnCommitDependencies,
  sessionId: string,
  cause: unknown,
): Promise<StudioError> => refusalBy(await sessions.get(sessionId), cause)

/**
 * Takes the lease, and with it stores the user's message and announces the turn. A held turn passes
 * its lease on to this one, which can be done once: so its transcript is taken once.
 * @throws StudioError TURN_IN_PROGRESS, SESSION_NOT_FOUND
 */
const begin = async (
  dependencies: TurnCommitDependencies,
  { stream, session, turn, leaseId, begunWith = [] }: LeasedTurn,
  { message, input, clientMessageId, held, task }: TurnInput,
): Promise<void> => {
  const { clock, sessions, messages } = dependencies
  const lease = { id: leaseId, until: clock.now() + turnTimesNow().lease }
  const named = {
    ...(clientMessageId === undefined ? {} : { client_message_id: clientMessageId }),
    ...(task ? { image_url: task.imageUrl } : {}),
  }
  const drafts: EventDraft[] = [
    ...(held ? [] : abandonedTurn(session)),
    ...(input === 'voice'
      ? [{ type: 'voice.delta' as const, data: { transcript: message, turn } }]
      : []),
    { type: 'turn.started', data: { turn, message, input, ...named } },
    ...slotChange(begunWith, session.slots),
  ]
  const writes = [
    held
      ? sessions.passLease(session.session_id, held.leaseId, lease)
      : sessions.takeLease(session, lease, begunWith.length > 0 ? session.slots : undefined),
    messages.user(session.session_id, turn, { text: message, input, ...named }),
    ...(held?.writes ?? []),
  ]
  try {
    await stream.commit(drafts, writes)
    if (!held) measureAbandoned(session)
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error
    throw await refusal(dependencies, session.session_id, error)
  }
}

/**
 * Ends the turn in one transaction. The state may have moved meanwhile (a run went on): then the end
 * is computed anew from the state it is in now, as long as the lease is still ours.
 * @throws StudioError TURN_IN_PROGRESS when it is not, SESSION_NOT_FOUND
 */
const end = async <E extends TurnEnd>(
  dependencies: TurnCommitDependencies,
  { stream, session, leaseId, turn }: LeasedTurn,
  endFrom: (session: Session) => E,
  tries = commitTries,
): Promise<E> => {
  const { sessions } = dependencies
  const ended = endFrom(session)
  const { state, slots, drafts, writes } = ended
  const change = slots ? { state, slots } : { state }
  try {
    await stream.commit(drafts, [sessions.endTurn(session, leaseId, change), ...writes])
    return ended
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error
    const now = await sessions.get(session.session_id)
    // If the lease was ended, the log says so, and the stream's `onForeign` throws the reason.
    await stream.look()
    if (now?.lease?.id !== leaseId || tries <= 1) throw refusalBy(now, error)
    return end(dependencies, { stream, session: now, leaseId, turn }, endFrom, tries - 1)
  }
}

/** An answer as the conversation keeps and shows it. */
const said = (
  { messages }: TurnCommitDependencies,
  { session_id }: Session,
  turn: number,
  answer: TurnAnswer,
): { write: Write; message: AssistantMessage } => {
  if ('notice' in answer) {
    const { notice: text } = answer
    return {
      write: messages.notice(session_id, turn, text),
      message: { author: 'system', text, next_question: null },
    }
  }
  const { reply } = answer
  const text = replyText(reply.value)
  return {
    write: messages.reply(session_id, turn, text, reply),
    message: { author: 'planner', text, next_question: reply.value.next_question },
  }
}

/** What an answer makes of the session as it is now. Slots stay while a run is going on. */
const replyEnd = (
  dependencies: TurnCommitDependencies,
  session: Session,
  { turn, begunWith = [] }: Pick<LeasedTurn, 'turn' | 'begunWith'>,
  answer: TurnAnswer,
): TurnEnd & { result: Omit<TurnResult, 'state'> } => {
  const { write, message } = said(dependencies, session, turn, answer)
  const proposed = 'notice' in answer ? [] : answer.updates(session.slots)
  // What was edited by hand during the turn is newer than the message.
  const wanted = proposed.filter(
    ({ path }) =>
      session.slots[path]?.turn !== turn || begunWith.some((begun) => begun.path === path),
  )
  const updates = isRunning(session.state) ? [] : newUpdates(session.slots, wanted)
  const slots = fillSlots(session.slots, updates, turn)
  const gate = evaluateGate(slots)
  const state = transition(session.state, {
    type: 'turn-committed',
    gateReady: gate.ready,
    slotsChanged: updates.length > 0 || begunWith.length > 0,
  })
  if (state === null) {
    throw new StudioError('INTERNAL_ERROR', `No turn can end in ${session.state}.`)
  }
  return {
    state,
    ...(updates.length > 0 ? { slots } : {}),
    writes: [write],
    drafts: [
      ...slotChange(updates, slots),
      ...stateChange(session.state, state),
      ...gateOpening(session.slots, gate),
      {
        type: 'turn.completed',
        data: { turn, state, gate, ...('notice' in answer ? { not_read: answer.reason } : {}) },
      },
    ],
    result: {
      turn,
      assistant_message: message,
      slot_updates: [...begunWith, ...updates],
      brief_slots: slots,
      gate,
    },
  }
}

const finish = async (
  dependencies: TurnCommitDependencies,
  leased: LeasedTurn,
  answer: TurnAnswer,
  lastWords: EventDraft[],
): Promise<TurnResult> => {
  const { result, state } = await end(dependencies, leased, (session) => {
    const { drafts, ...ended } = replyEnd(dependencies, session, leased, answer)
    return { ...ended, drafts: [...lastWords, ...drafts] }
  })
  return { ...result, state }
}

/**
 * Ends a turn without an answer, in one small transaction that depends on nothing but the lease: it
 * goes, and the log says why. The session stays in its state (docs/decisions/0023).
 * @throws StudioError TURN_IN_PROGRESS when the lease was lost, SESSION_NOT_FOUND, or what `onForeign` throws
 */
const fail = async (
  dependencies: TurnCommitDependencies,
  { stream, session: { session_id, locale }, turn, leaseId }: LeasedTurn,
  failure: StudioError,
): Promise<void> => {
  const { sessions } = dependencies
  const { code, retryable, cap } = failure
  const detail = vendorDetail(failure)
  const told = { retryable, cap, ...(detail === undefined ? {} : { detail }) }
  let mayBeDone = false
  await insist(async () => {
    try {
      await stream.commit(
        [turnError({ turn, locale }, code, told)],
        [sessions.releaseLease(session_id, leaseId)],
      )
    } catch (error) {
      if (!(error instanceof ConditionFailed)) {
        mayBeDone = true
        throw error
      }
      // If the lease was ended, the log says so, and the stream's `onForeign` throws the reason.
      await stream.look()
      // A try before this one may have taken effect, although it threw.
      if (!mayBeDone || !(await sessions.hasEnded(session_id, leaseId))) {
        throw await refusal(dependencies, session_id, error)
      }
    }
  })
}

export type TurnCommit = ReturnType<typeof createTurnCommit>

/** How a turn begins and ends in the table: each step one transaction with the events that record it. */
export const createTurnCommit = (dependencies: TurnCommitDependencies) => ({
  begin: (leased: LeasedTurn, input: TurnInput) => begin(dependencies, leased, input),
  /**
   * @param lastWords what is left of the reply
   * @throws StudioError TURN_IN_PROGRESS when the lease was lost, SESSION_NOT_FOUND
   */
  finish: (leased: LeasedTurn, answer: TurnAnswer, lastWords: EventDraft[]) =>
    finish(dependencies, leased, answer, lastWords),
  fail: (leased: LeasedTurn, failure: StudioError) => fail(dependencies, leased, failure),
  /** What to throw when a write was refused for want of the lease: TURN_IN_PROGRESS, or SESSION_NOT_FOUND. */
  refusal: (sessionId: string, cause: unknown) => refusal(dependencies, sessionId, cause),
})
