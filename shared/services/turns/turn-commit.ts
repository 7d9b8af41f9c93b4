import { replyText } from '../../agents/reply-text.ts'
import { ConditionFailed, type Write } from '../../clients/store.ts'
import type { PlannerOutput } from '../../contracts/agents.ts'
import type { BriefSlots, Gate, SlotUpdate } from '../../contracts/brief.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { EventDraft } from '../../contracts/events.ts'
import type { Authored } from '../../contracts/provenance.ts'
import type { AssistantMessage, SessionState } from '../../contracts/session.ts'
import type { Clock } from '../../platform/clock.ts'
import { errorWording } from '../../platform/wording.ts'
import type { ChatMessageRepository } from '../../repositories/chat-message-repository.ts'
import type { Session, SessionRepository } from '../../repositories/session-repository.ts'
import { evaluateGate, fillSlots, newUpdates } from '../../rules/gate.ts'
import { isRunning, transition } from '../../rules/session-state.ts'
import { turnMs } from '../../rules/time-budgets.ts'
import type { SessionStream } from '../log/stream-service.ts'

/** Times a finished turn is judged anew when the session's state moved under it. */
const commitTries = 8

/** A turn whose lease was taken before its words were known: while somebody's speech is transcribed. */
export interface HeldTurn {
  leaseId: string
  /** What else becomes true when the words are there. */
  writes: Write[]
}

export interface TurnInput {
  sessionId: string
  principal: string
  message: string
  input: 'text' | 'voice'
  clientMessageId?: string | undefined
  /** Of a spoken turn. */
  held?: HeldTurn | undefined
  /** Milliseconds since the epoch by which the reply has to be there, sooner than a turn may take. */
  deadline?: number | undefined
}

export interface TurnResult {
  turn: number
  state: SessionState
  assistant_message: AssistantMessage
  slot_updates: SlotUpdate[]
  brief_slots: BriefSlots
  gate: Gate
}

export const turnInProgress = (cause?: unknown): StudioError =>
  new StudioError('TURN_IN_PROGRESS', 'Another turn of this session is in progress.', {
    cause,
    retryAfter: 2,
  })

const stateChange = (from: SessionState, to: SessionState): EventDraft[] =>
  from === to ? [] : [{ type: 'stage.changed', data: { from, to, state: to } }]

const understood = (turn: number, transcript: string): EventDraft => ({
  type: 'voice.delta',
  data: { transcript, turn },
})

/** What the log is told when somebody takes the place of a turn whose worker died: how that turn ended. */
export const abandonedTurn = ({ lease, turn, locale }: Session): EventDraft[] => {
  if (!lease) return []
  const code = 'TURN_TIMEOUT'
  const message = errorWording[code][locale]
  return [
    {
      type: 'error',
      data: { code, message, retryable: true, stage: 'turn', resume_from: null, turn },
    },
  ]
}

/** How a turn begins and ends in the table: each step one transaction with the events that tell of it. */
export const createTurnCommit = (dependencies: {
  clock: Clock
  sessions: SessionRepository
  messages: ChatMessageRepository
}) => {
  const { clock, sessions, messages } = dependencies

  /**
   * Takes the lease, and with it stores the user's message and announces the turn. A turn that is
   * held changes its lease for this one, which can be done once: so its words are taken once.
   */
  const begin = async (
    stream: SessionStream,
    session: Session,
    leaseId: string,
    { message, input, clientMessageId, held }: TurnInput,
  ): Promise<void> => {
    const turn = held ? session.turn : session.turn + 1
    const lease = { id: leaseId, until: clock.now() + turnMs.lease }
    const client = clientMessageId === undefined ? {} : { client_message_id: clientMessageId }
    try {
      await stream.commit(
        [
          ...(held ? [] : abandonedTurn(session)),
          ...(input === 'voice' ? [understood(turn, message)] : []),
          { type: 'turn.started', data: { turn, message, input, ...client } },
        ],
        [
          held
            ? sessions.passLease(session.session_id, held.leaseId, lease)
            : sessions.takeLease(session, lease),
          messages.user(session.session_id, turn, { text: message, input, ...client }),
          ...(held?.writes ?? []),
        ],
      )
    } catch (error) {
      throw error instanceof ConditionFailed ? turnInProgress(error) : error
    }
  }

  /**
   * Ends the turn in one transaction. The state may have moved meanwhile (a run went on): then the
   * change is judged anew from the state it is in now, as long as the lease is still ours.
   */
  const end = async (
    stream: SessionStream,
    session: Session,
    leaseId: string,
    judge: (session: Session) => {
      state: SessionState
      slots?: BriefSlots
      drafts: EventDraft[]
      writes: Write[]
    },
    tries = commitTries,
  ): Promise<SessionState> => {
    const { state, slots, drafts, writes } = judge(session)
    const change = slots ? { state, slots } : { state }
    try {
      await stream.commit(drafts, [sessions.endTurn(session, leaseId, change), ...writes])
      return state
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error
      const now = await sessions.get(session.session_id)
      // A lease that somebody ended is told of in the log; the stream's reader throws the reason.
      await stream.look()
      if (now?.lease?.id !== leaseId || tries <= 1) throw turnInProgress(error)
      return end(stream, now, leaseId, judge, tries - 1)
    }
  }

  const finish = async (
    stream: SessionStream,
    session: Session,
    leaseId: string,
    turn: number,
    reply: Authored<PlannerOutput>,
  ): Promise<TurnResult> => {
    const text = replyText(reply.value)
    let result: Omit<TurnResult, 'state'> | undefined
    const state = await end(stream, session, leaseId, (current) => {
      const updates = isRunning(current.state)
        ? []
        : newUpdates(current.slots, reply.value.slot_updates)
      const before = evaluateGate(current.slots)
      const slots = fillSlots(current.slots, updates, turn)
      const gate = evaluateGate(slots)
      const next = transition(current.state, {
        type: 'turn-committed',
        gateReady: gate.ready,
        slotsChanged: updates.length > 0,
      })
      if (next === null)
        throw new StudioError('INTERNAL_ERROR', `No turn can end in ${current.state}.`)
      result = {
        turn,
        assistant_message: {
          author: 'planner',
          text,
          next_question: reply.value.next_question,
        },
        slot_updates: updates,
        brief_slots: slots,
        gate,
      }
      return {
        state: next,
        ...(updates.length > 0 ? { slots } : {}),
        writes: [messages.reply(session.session_id, turn, text, reply)],
        drafts: [
          ...(updates.length > 0
            ? [{ type: 'slot.updated' as const, data: { slot_updates: updates, gate } }]
            : []),
          ...stateChange(current.state, next),
          ...(gate.ready && !before.ready ? [{ type: 'gate.ready' as const, data: gate }] : []),
          { type: 'turn.completed', data: { turn, state: next, gate } },
        ],
      }
    })
    if (!result) throw new StudioError('INTERNAL_ERROR', 'The turn was not judged.')
    return { ...result, state }
  }

  const fail = async (
    stream: SessionStream,
    session: Session,
    leaseId: string,
    turn: number,
    failure: StudioError,
  ): Promise<void> => {
    const message = errorWording[failure.code][session.locale]
    const { code, retryable } = failure
    await end(stream, session, leaseId, (current) => {
      const next = transition(current.state, { type: 'turn-failed' }) ?? current.state
      return {
        state: next,
        writes: [],
        drafts: [
          ...stateChange(current.state, next),
          {
            type: 'error',
            data: { code, message, retryable, stage: 'turn', resume_from: null, turn },
          },
        ],
      }
    })
  }

  return { begin, finish, fail }
}
