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
  /** The code of the problem that it met; null while it is on its way. */
  problem: string | null
}

type LoggedTurn = Pick<Turn, 'turn' | 'input' | 'client_message_id' | 'status'> & {
  problem: { code: ErrorCode } | null
}

/** No answer came, or none of the product's: only the log tells what became of the message. */
const isUncertain = ({ problem }: SendingFacts): boolean =>
  problem === 'UNREACHABLE' || problem === 'UNEXPECTED_ANSWER'

const mayBe = (sending: SendingFacts, turn: LoggedTurn): boolean => {
  const { kind, afterTurn, problem } = sending
  if (turn.turn <= afterTurn) return false
  // Of a recording that was not understood, the log tells only that its turn failed.
  if (turn.input !== kind && !(turn.input === null && turn.status === 'failed')) return false
  // Refused for another reason than this turn: another page's message came first.
  return problem === null || isUncertain(sending) || turn.problem?.code === problem
}

/** Which message a turn belongs to that could be of several: what is surest comes first. */
const rankOf = (sending: SendingFacts): number => {
  if (sending.kind === 'text' || sending.turn !== null) return 0
  if (isUncertain(sending)) return 3
  return sending.problem === null ? 2 : 1
}

/**
 * The turns of those messages that the log tells of already, by the messages' ids, so that the page need not show them
 * as unsent. No turn is told of two messages.
 */
export const turnsInLog = (
  sendings: readonly SendingFacts[],
  turns: readonly LoggedTurn[],
): ReadonlyMap<string, number> => {
  const found = new Map<string, number>()
  let left = turns
  for (const sending of sendings.toSorted((one, other) => rankOf(one) - rankOf(other))) {
    const isIts = (turn: LoggedTurn): boolean => {
      if (sending.kind === 'text') return turn.client_message_id === sending.id
      return sending.turn === null ? mayBe(sending, turn) : turn.turn === sending.turn
    }
    // What is on its way was sent last.
    const its = sending.problem === null ? left.findLast(isIts) : left.find(isIts)
    if (!its) continue
    found.set(sending.id, its.turn)
    left = left.filter((turn) => turn !== its)
  }
  return found
}
