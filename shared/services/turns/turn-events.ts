import type { StudioEvent } from '../../contracts/events.ts'
import type { EventRepository } from '../../repositories/event-repository.ts'

/** Events read at once. */
const pageEvents = 250

const isLastOf = (turn: number, event: StudioEvent): boolean =>
  (event.type === 'turn.completed' || event.type === 'error') && event.data.turn === turn

/** Events up to the last of a turn, and whether it was among them. */
export const upToEnd = (
  turn: number,
  events: StudioEvent[],
): { part: StudioEvent[]; ended: boolean } => {
  const last = events.findIndex((event) => isLastOf(turn, event))
  return last < 0
    ? { part: events, ended: false }
    : { part: events.slice(0, last + 1), ended: true }
}

/** The events of a turn that was before, from the log, with what others appended in between. */
export async function* retellTurn(
  events: Pick<EventRepository, 'read'>,
  sessionId: string,
  turn: number,
): AsyncGenerator<StudioEvent[]> {
  let telling = false
  for (let after = 0; ; ) {
    const page = await events.read(sessionId, after, pageEvents)
    after = page.events.at(-1)?.seq ?? after
    const start = page.events.findIndex(
      (event) =>
        (event.type === 'turn.started' || event.type === 'voice.delta') &&
        'turn' in event.data &&
        event.data.turn === turn,
    )
    telling ||= start >= 0
    const { part, ended } = upToEnd(turn, page.events.slice(Math.max(start, 0)))
    if (telling && part.length > 0) yield part
    if (page.complete || (telling && ended)) return
  }
}
