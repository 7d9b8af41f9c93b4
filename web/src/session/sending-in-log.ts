import type { ErrorCode } from '../../../shared/client/contract.ts'
import type { Turn } from '../../../shared/client/reduce/index.ts'

/** What is known of a message on its way, beside what it says. */
export interface SendingFacts {
  /** A typed message's name in the log. A recording and a picture have none there. */
  id: string
  kind: 'text' | 'voice' | 'picture'
  /** The last turn when it was sent. */
  afterTurn: number
  /** Its turn, once an answer said which. */
  turn: number | null
  /** The code that it was refused with. */
  refusedWith: string | null
}

type LoggedTurn = Pick<Turn, 'turn' | 'input' | 'client_message_id' | 'status'> & {
  problem: { code: ErrorCode } | null
}

const mayBe = ({ kind, afterTurn, refusedWith }: SendingFacts, turn: LoggedTurn): boolean => {
  if (turn.turn <= afterTurn) return false
  // Of a recording that was not understood, the log tells only that its turn failed.
  if (turn.input !== kind && !(turn.input === null && turn.status === 'failed')) return false
  // Refused for another reason than this turn: another page's message came first.
  return refusedWith === null || turn.problem?.code === refusedWith
}

/** Whether the log tells of a message already, so that the page need not show it as unsent. */
export const isInLog = (sending: SendingFacts, turns: readonly LoggedTurn[]): boolean =>
  turns.some((turn) => {
    if (sending.kind === 'text') return turn.client_message_id === sending.id
    return sending.turn === null ? mayBe(sending, turn) : turn.turn === sending.turn
  })
