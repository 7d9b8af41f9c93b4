import { StudioError } from '../../contracts/errors.ts'
import type { EventRepository } from '../../repositories/event-repository.ts'
import type { Conversation } from '../../repositories/session-repository.ts'
import { evaluateGate } from '../../rules/gate.ts'
import type { TurnInput, TurnResult } from './turn-commit.ts'

/**
 * What a message that names itself was answered, by what the transaction of its turn has left. A
 * worker may die between that transaction and the record of its answer, and the client then sends the
 * message again. Undefined when no turn with this message was completed. The slots are those of now.
 * @throws StudioError IDEMPOTENCY_CONFLICT when the name was another message's
 */
export const committedAnswer = async (
  events: EventRepository,
  { session, messages }: Conversation,
  { message, clientMessageId, held }: TurnInput,
): Promise<TurnResult | undefined> => {
  if (clientMessageId === undefined || held) return undefined
  const asked = messages.filter(({ client_message_id }) => client_message_id === clientMessageId)
  const reply = messages.find(
    ({ turn, author }) => author === 'planner' && asked.some((each) => each.turn === turn),
  )
  if (!reply) return undefined
  const { turn, text, next_question = null } = reply
  if (asked.some((each) => each.turn === turn && each.text !== message)) {
    throw new StudioError('IDEMPOTENCY_CONFLICT', 'This key was used with another request.')
  }
  const told = await events.readBack(
    session.session_id,
    (event) => event.type === 'turn.started' && event.data.turn === turn,
  )
  const end = told.findIndex((event) => event.type === 'turn.completed' && event.data.turn === turn)
  const completed = told[end]
  return {
    turn,
    state: completed?.type === 'turn.completed' ? completed.data.state : session.state,
    assistant_message: { author: 'planner', text, next_question },
    slot_updates: told
      .slice(0, end)
      .flatMap((event) => (event.type === 'slot.updated' ? event.data.slot_updates : [])),
    brief_slots: session.slots,
    gate: completed?.type === 'turn.completed' ? completed.data.gate : evaluateGate(session.slots),
  }
}
