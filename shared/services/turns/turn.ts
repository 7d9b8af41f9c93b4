import type { Write } from '../../clients/store.ts'
import type { BriefSlots, Gate, SlotUpdate } from '../../contracts/brief.ts'
import { StudioError } from '../../contracts/errors.ts'
import type { AssistantMessage, SessionState, TurnInputKind } from '../../contracts/session.ts'
import type { WriterOptions } from '../../repositories/event-repository.ts'
import type { Caller } from '../../rules/caller.ts'
import type { TurnTask } from './turn-answer.ts'

/** A turn whose lease was taken before its text was known: while its recording is transcribed. */
export interface HeldTurn {
  leaseId: string
  /** What else becomes true with the transcript. */
  writes: Write[]
}

export interface TurnInput {
  sessionId: string
  principal: string
  message: string
  input: TurnInputKind
  clientMessageId?: string | undefined
  /** By whom the turn is counted, beside its principal. */
  caller?: Caller | undefined
  /** Of a voice turn, which was counted when it was opened. */
  held?: HeldTurn | undefined
  /** Of a turn with a picture: what is done with it. */
  task?: TurnTask | undefined
  /** Epoch milliseconds by which the reply has to be there, sooner than a turn may take. */
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

/** A reader in this process that follows along. */
export type TurnListener = Pick<WriterOptions, 'onEvents'>

export const turnInProgress = (cause?: unknown): StudioError =>
  new StudioError('TURN_IN_PROGRESS', 'Another turn of this session is in progress.', {
    cause,
    retryAfter: 2,
  })
