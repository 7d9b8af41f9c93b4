import { linkedTo, throwIfAborted } from './abort.ts'
import { jittered, pause } from './clock.ts'
import type { StudioEvent } from './contract.ts'
import type { CallOptions, Http, Request } from './http.ts'
import { asProblem } from './problem.ts'
import { readEvents } from './server-sent-events.ts'

/** Takes a turn's events, each once, and knows its end. */
const createTurnReader = () => {
  let after = 0
  let turn: number | undefined
  let over = false
  return {
    after: () => after,
    isOver: () => over,
    /** Those that are new. */
    *take(events: StudioEvent[]): Generator<StudioEvent> {
      for (const event of events) {
        if (over || event.seq <= after) continue
        after = event.seq
        const named = 'turn' in event.data ? event.data.turn : undefined
        turn ??= named
        over = named === turn && (event.type === 'turn.completed' || event.type === 'error')
        yield event
      }
    },
  }
}

/**
 * A turn as its events, each once. The request is tried again until its first event came; from then on a
 * broken stream goes on in the log: the same request again might be another turn.
 * @throws StudioProblem what refuses the turn before its first event; the signal's reason
 */
export async function* streamTurn(
  http: Http,
  request: Request<'POST! /api/chat/session/{session_id}/message/stream'>,
  options: CallOptions,
): AsyncGenerator<StudioEvent, void, void> {
  const { signal, abort, letGo } = linkedTo(options.signal)
  const reader = createTurnReader()
  const headers = { accept: 'text/event-stream' }
  try {
    const response = await http.open(
      'POST! /api/chat/session/{session_id}/message/stream',
      { ...request, headers },
      options,
    )
    try {
      for await (const data of readEvents(response, signal)) {
        yield* reader.take(data.map((each) => JSON.parse(each)))
      }
    } catch {
      throwIfAborted(signal)
    }
    const { params } = request
    for (let tried = 0; !reader.isOver() && reader.after() > 0; tried += 1) {
      try {
        const query = { after: reader.after(), wait: 20 }
        const { events } = await http.call(
          'GET /api/chat/session/{session_id}/events',
          { params, query },
          { signal },
        )
        yield* reader.take(events)
        tried = 0
      } catch (error) {
        throwIfAborted(signal)
        if (!asProblem(error).retryable) throw error
        await pause(http.clock, jittered(http.random, tried, { most: 2_000 }), signal)
      }
    }
  } finally {
    letGo()
    abort()
  }
}
