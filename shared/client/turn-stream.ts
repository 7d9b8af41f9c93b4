import { jittered, pause, throwIfAborted } from './clock.ts'
import type { StudioEvent } from './contract.ts'
import { deferred } from './deferred.ts'
import type { CallOptions, Http, Request } from './http.ts'
import { asProblem } from './problem.ts'
import { readEvents } from './server-sent-events.ts'

const endsTurn = (turn: number | undefined, { type, data }: StudioEvent): boolean =>
  (type === 'turn.completed' || type === 'error') && 'turn' in data && data.turn === turn

/** The rest of a turn whose stream broke, out of the log: the same request again might be another turn. */
async function* restOf(
  http: Http,
  session_id: string,
  begun: { after: number; turn: number | undefined },
  signal: AbortSignal | undefined,
): AsyncGenerator<StudioEvent, void, void> {
  let { after, turn } = begun
  for (let tried = 0; ; tried += 1) {
    try {
      const query = { after, wait: 20 }
      const { events } = await http.call(
        'listEvents',
        { params: { session_id }, query },
        { signal },
      )
      for (const event of events) {
        if (event.seq <= after) continue
        if (event.type === 'turn.started') turn ??= event.data.turn
        after = event.seq
        tried = 0
        yield event
        if (endsTurn(turn, event)) return
      }
    } catch (error) {
      throwIfAborted(signal)
      if (!asProblem(error).retryable) throw error
      await pause(http.clock, jittered(http.random, tried, { base: 250, most: 2_000 }), signal)
    }
  }
}

/**
 * A turn as its events, each once. The request is tried again until its first event came; from then on a
 * broken stream goes on in the log.
 * @throws StudioProblem what refuses the turn before its first event; the signal's reason
 */
export async function* streamTurn(
  http: Http,
  request: Request<'streamMessage'>,
  { signal, key }: CallOptions,
): AsyncGenerator<StudioEvent, void, void> {
  const abort = new AbortController()
  const passOn = (): void => abort.abort(signal?.reason)
  signal?.addEventListener('abort', passOn, { once: true })
  const headers = { accept: 'text/event-stream' }
  try {
    const response = await http.open('streamMessage', { ...request, headers }, { signal, key })
    const waiting: StudioEvent[] = []
    let changed = deferred<void>()
    let over = false
    const reading = readEvents(response, {
      signal: abort.signal,
      onData(data) {
        waiting.push(JSON.parse(data))
        changed.resolve()
      },
    })
    const finish = (): void => {
      over = true
      changed.resolve()
    }
    reading.then(finish, finish)
    let after = 0
    let turn: number | undefined
    for (;;) {
      const event = waiting.shift()
      if (event) {
        if (event.seq <= after) continue
        if ('turn' in event.data) turn ??= event.data.turn
        after = event.seq
        yield event
        if (endsTurn(turn, event)) return
      } else if (over) break
      else {
        await changed.promise
        changed = deferred()
      }
    }
    throwIfAborted(signal)
    if (after > 0) yield* restOf(http, request.params.session_id, { after, turn }, signal)
  } finally {
    abort.abort()
    signal?.removeEventListener('abort', passOn)
  }
}
