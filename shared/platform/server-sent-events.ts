import { StudioError } from '../contracts/errors.ts'
import type { StudioEvent } from '../contracts/events.ts'
import { requestHeaders } from '../contracts/http/headers.ts'
import { afterSeq } from '../contracts/http/route.ts'
import type { LogCursor } from '../rules/log-cursor.ts'
import { eventText } from './event-text.ts'
import { Reply, StreamReply } from './http-answer.ts'

/** Milliseconds of silence after which a comment keeps the connection open. */
export const keepAliveMs = 15_000
/** Milliseconds after which a reader whose stream has ended reconnects. */
const retryMs = 1000
/** Maximum characters of one chunk, unless a single event is longer. */
const maxChunkCharacters = 64 * 1024

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
}

/** One event of the log; `data` is the same envelope, byte for byte, as everywhere else. */
export const encodeEvent = (event: StudioEvent): string =>
  `id: ${event.seq}\nevent: ${event.type}\ndata: ${eventText(event)}\n\n`

function* inChunks(events: StudioEvent[]): Generator<string> {
  let chunk = ''
  for (const event of events) {
    const text = encodeEvent(event)
    if (chunk !== '' && chunk.length + text.length > maxChunkCharacters) {
      yield chunk
      chunk = ''
    }
    chunk += text
  }
  if (chunk !== '') yield chunk
}

/** Resolves with `silent` when `next` has not settled within so many milliseconds. */
const orSilence = async <T>(next: Promise<T>, milliseconds: number): Promise<T | 'silent'> => {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<'silent'>((resolve) => {
    timer = setTimeout(resolve, milliseconds, 'silent')
  })
  try {
    return await Promise.race([next, silence])
  } finally {
    clearTimeout(timer)
  }
}

/** Events as the text of a stream, with a comment after every `silenceMs` without one. */
export async function* encodeEvents(
  batches: AsyncIterable<StudioEvent[]>,
  silenceMs = keepAliveMs,
): AsyncGenerator<string> {
  yield `retry: ${retryMs}\n\n`
  const iterator = batches[Symbol.asyncIterator]()
  try {
    for (let next = iterator.next(); ; ) {
      const result = await orSilence(next, silenceMs)
      if (result === 'silent') yield ': keep-alive\n\n'
      else if (result.done) return
      else {
        yield* inChunks(result.value)
        next = iterator.next()
      }
    }
  } finally {
    // Not awaited: it settles only after the pending batch. Its failure no longer matters to a reader.
    iterator.return?.().catch(() => {})
  }
}

/** Batches of the log's events as Server-Sent Events; `finished`: see `StreamReply`. */
export const eventStream = ({
  events,
  finished = Promise.resolve(),
}: {
  events: AsyncIterable<StudioEvent[]>
  finished?: Promise<void>
}): StreamReply => new StreamReply(encodeEvents(events), { headers, finished })

/**
 * The stream of a followed log, or 204 when there is nothing left to follow: the one answer after
 * which an `EventSource` does not come back.
 */
export const followedStream = (delivery: Parameters<typeof eventStream>[0] | undefined) =>
  delivery
    ? eventStream(delivery)
    : new Reply(undefined, { status: 204, headers: { 'cache-control': 'no-store' } })

/** Whether the caller asks for Server-Sent Events: by their own name, and with a weight above 0. */
export const takesEvents = ({ accept = '' }: Record<string, string | undefined>): boolean =>
  accept
    .toLowerCase()
    .split(',')
    .map((range) => range.split(';').map((part) => part.trim()))
    .some(
      ([type, ...parameters]) =>
        type === 'text/event-stream' && !parameters.some((each) => /^q=0(?:\.0*)?$/.test(each)),
    )

/**
 * Where a reader continues: after the last event that it has (`Last-Event-ID`, of one that
 * reconnects), else after the `after` of the query.
 * @throws StudioError INVALID_INPUT for an id that is not a seq
 */
export const resumeAfter = (
  headers: Record<string, string | undefined>,
  after: number,
): LogCursor => {
  const id = headers[requestHeaders.lastEventId]
  if (id === undefined) return { after, field: 'after' }
  const field = 'Last-Event-ID'
  const seq = afterSeq.safeParse(id)
  if (seq.success) return { after: seq.data, field }
  throw new StudioError('INVALID_INPUT', 'The header Last-Event-ID holds no seq.', {
    errors: [{ path: field, message: 'must be the id of an event of this stream' }],
  })
}
