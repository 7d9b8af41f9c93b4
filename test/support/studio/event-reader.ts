import { createParser, type EventSourceMessage } from 'eventsource-parser'
import type { StudioEvent } from '../../../shared/contracts/events.ts'
import { type Client, sent } from './client.ts'

/** A reader of Server-Sent Events, with a parser that is not ours. */
export interface EventReader {
  status: number
  headers: Headers
  /** What came so far, in order of arrival. */
  messages: EventSourceMessage[]
  comments: string[]
  /** Milliseconds that the server wants a reader to wait before it comes back. */
  retry(): number | undefined
  /** The messages' data as they came, and what they say. */
  data(): string[]
  events(): StudioEvent[]
  /** Whether an event of this type came. */
  saw(type: string): boolean
  /** Resolves when `holds` does; asked again after each piece. @throws when the stream ended before */
  until(holds: () => boolean): Promise<void>
  /** Resolves when the stream has ended, by the server or by `cut`; true when it ended cleanly. */
  ended: Promise<boolean>
  /** Breaks the connection. */
  cut(): void
}

export interface ReaderOptions {
  /** The body of a POST. */
  post?: unknown
  lastEventId?: number | string | undefined
  /** The connection breaks after so many bytes, wherever that is. */
  breakAfter?: number
  headers?: Record<string, string>
}

const request = (
  client: Client,
  path: string,
  { post, lastEventId, headers = {} }: ReaderOptions,
  signal: AbortSignal,
): Promise<Response> =>
  fetch(`${client.origin}${path}`, {
    signal,
    headers: {
      accept: 'text/event-stream',
      ...(client.token === undefined ? {} : { authorization: `Bearer ${client.token}` }),
      ...sent(post).headers,
      ...(lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) }),
      ...headers,
    },
    ...(post === undefined ? {} : { method: 'POST', ...sent(post).init }),
  })

/** What a stream has said so far. */
const createRecord = () => {
  const messages: EventSourceMessage[] = []
  const comments: string[] = []
  let retry: number | undefined
  const parser = createParser({
    onEvent: (message) => messages.push(message),
    onComment: (comment) => comments.push(comment),
    onRetry: (milliseconds) => {
      retry = milliseconds
    },
    onError: (error) => {
      throw error
    },
  })
  return { messages, comments, retry: () => retry, parser }
}

export const openEvents = async (
  client: Client,
  path: string,
  options: ReaderOptions = {},
): Promise<EventReader> => {
  const abort = new AbortController()
  const response = await request(client, path, options, abort.signal)
  const { messages, comments, retry, parser } = createRecord()
  let over = false
  let changed = Promise.withResolvers<void>()
  const wake = (): void => {
    changed.resolve()
    changed = Promise.withResolvers()
  }
  const read = async (): Promise<boolean> => {
    try {
      const decoder = new TextDecoder()
      let left = options.breakAfter ?? Number.POSITIVE_INFINITY
      for await (const bytes of response.body ?? []) {
        parser.feed(decoder.decode(bytes.subarray(0, left), { stream: true }))
        wake()
        left -= bytes.length
        if (left <= 0) abort.abort()
      }
      return true
    } catch {
      // The connection broke, by `cut` or by itself.
      return false
    } finally {
      over = true
      wake()
    }
  }
  return {
    status: response.status,
    headers: response.headers,
    messages,
    comments,
    retry,
    data: () => messages.map(({ data }) => data),
    events: () => messages.map(({ data }) => JSON.parse(data)),
    saw: (type) => messages.some(({ event }) => event === type),
    async until(holds) {
      while (!holds()) {
        if (over) throw new Error(`The stream ended after ${messages.length} events.`)
        await changed.promise
      }
    },
    ended: read(),
    cut: () => abort.abort(),
  }
}

/** A turn whose answer is its events. */
export const streamTurn = (
  client: Client,
  sessionId: string,
  message: string,
  more: Record<string, unknown> = {},
): Promise<EventReader> =>
  openEvents(client, `/api/chat/session/${sessionId}/message/stream`, {
    post: { message, ...more },
  })
