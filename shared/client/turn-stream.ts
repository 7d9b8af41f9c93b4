import { throwIfAborted } from './abort.ts'
import { jittered, pause } from './clock.ts'
import type { StudioEvent } from './contract.ts'
import type { CallOptions, Http, Request } from './http.ts'
import { asProblem } from './problem.ts'
import { readEvents } from './server-sent-events.ts'

/** Milliseconds without a word from the server after which a turn that has begun is given up. */
const lostMs = 120_000

/**
 * Takes a turn's events, each once, and knows its end. The turn is the first that starts: ahead of it the
 * stream may tell how the one before ended, which was abandoned.
 */
const createTurnReader = () => {
  let turn: number | undefined
  const reader = {
    after: 0,
    over: false,
    /** Those that are new. */
    *take(events: StudioEvent[]): Generator<StudioEvent> {
      for (const event of events) {
        if (reader.over || event.seq <= reader.after) continue
        reader.after = event.seq
        if (event.type === 'turn.started') turn ??= event.data.turn
        const mayEnd = event.type === 'turn.completed' || event.type === 'error'
        reader.over = mayEnd && turn !== undefined && event.data.turn === turn
        yield event
      }
    },
  }
  return reader
}

type Reader = ReturnType<typeof createTurnReader>

/** Reads the rest of a turn in the log. @throws StudioProblem, or the signal's reason */
async function* readLog(
  http: Http,
  { params }: Pick<TurnRequest, 'params'>,
  reader: Reader,
  signal: AbortSignal | undefined,
): AsyncGenerator<StudioEvent, void, void> {
  const { clock, random } = http
  let heardAt = clock.now()
  for (let tried = 0; !reader.over; tried += 1) {
    try {
      const query = { after: reader.after, wait: 20 }
      const { events } = await http.call(
        'GET /api/chat/session/{session_id}/events',
        { params, query },
        { signal },
      )
      yield* reader.take(events)
      heardAt = clock.now()
      tried = 0
    } catch (error) {
      throwIfAborted(signal)
      const problem = asProblem(error)
      if (!problem.retryable || clock.now() - heardAt > lostMs) throw problem
      await pause(clock, jittered(random, tried, { most: 2_000 }), signal)
    }
  }
}

type TurnRequest = Request<'POST! /api/chat/session/{session_id}/message/stream'>

/**
 * A turn as its events, each once. The request is tried again until it is answered; behind the first event
 * a broken or silent stream goes on in the log.
 * @throws StudioProblem what refuses the turn; `UNREACHABLE`, which is retryable, when nothing came in 35 s, or
 * nothing for two minutes behind the first event: the same message with the same key is the same turn, from
 * its start. The signal's reason.
 */
export async function* streamTurn(
  http: Http,
  request: TurnRequest,
  options: CallOptions,
): AsyncGenerator<StudioEvent, void, void> {
  const { signal } = options
  const reader = createTurnReader()
  const headers = { accept: 'text/event-stream' }
  const response = await http.open(
    'POST! /api/chat/session/{session_id}/message/stream',
    { ...request, headers },
    options,
  )
  let failure: unknown
  try {
    for await (const data of readEvents(http.clock, response, signal)) {
      yield* reader.take(data.map((each) => JSON.parse(each)))
    }
  } catch (error) {
    throwIfAborted(signal)
    failure = error
  }
  if (reader.after === 0) throw asProblem(failure)
  yield* readLog(http, request, reader, signal)
}
