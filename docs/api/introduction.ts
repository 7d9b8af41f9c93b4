import { eventBytesLimit } from '../../shared/contracts/events.ts'
import { longestWait } from '../../shared/contracts/http/chat-routes.ts'
import { bodyBytesLimit } from '../../shared/contracts/http/route.ts'

const kilobytes = (bytes: number): string => `${bytes / 1024} KB`

/** The introduction of both documents and the page. Backticks mark code. */
export const introduction = [
  {
    title: 'What it does',
    text: 'A conversation about a product fills a brief. When the brief is complete, a run lets four agents research, plan, write and voice a launch package. Everything that happens is an event in the log of the session, and every way to read (history, long-poll, stream, socket) shows that one log.',
  },
  {
    title: 'Tokens',
    text: '`POST /api/chat/session` answers a caller who has no token with one. Send it as `Authorization: Bearer <token>` from then on: it proves that you own what you name. An id that belongs to somebody else answers exactly as one that does not exist.',
  },
  {
    title: 'Ids and times',
    text: 'Ids carry a prefix (`sess_`, `run_`, `job_`) and sort by time of creation. Times are ISO 8601 in UTC. Field names are snake_case. New fields and new event types may appear; ignore what you do not know.',
  },
  {
    title: 'The log',
    text: `Events of a session are numbered 1, 2, 3 and so on by \`seq\`, without a gap. Remember the last \`seq\` you have seen and ask for what comes after it: \`GET …/events?after=n\`, with \`wait\` for up to ${longestWait} seconds until there is news, as \`Last-Event-ID\` of an event stream, or as \`after_seq\` of the socket's \`resume\`. A push may be lost; the log never loses anything. An event is at most ${kilobytes(eventBytesLimit)}.`,
  },
  {
    title: 'Event streams',
    text: 'With `Accept: text/event-stream` events come as they happen: `id:` is the `seq`, `event:` the type, `data:` the event as JSON. A comment line every 15 seconds keeps the connection open. The stream of a log in which nothing happens for half a minute ends, and so does every stream after some two minutes: come back with `Last-Event-ID`, as `EventSource` does by itself. Closing a stream stops nothing: a turn goes on, and `POST …/stop` ends it.',
  },
  {
    title: 'Trying again',
    text: 'Send an `Idempotency-Key` with a request that creates something; it is remembered for a day. The same key with the same body answers what was answered before, the same key with another body is refused with 422 `IDEMPOTENCY_CONFLICT`, and while the first request is still being served the answer is 409 `REQUEST_IN_FLIGHT`. For a message, `client_message_id` does the same, and for an uploaded recording its `upload_id`; sent again over the socket, either is answered with a `replay` from its turn on.',
  },
  {
    title: 'Problems',
    text: `Whatever goes wrong is answered as \`application/problem+json\` (RFC 9457) with a stable \`error.code\` and with \`error.retryable\`, which tells whether the same request may succeed later; \`Retry-After\` then says when. \`errors\` names each field of the input that broke a rule. Messages are Korean, or English with \`Accept-Language: en\`. A body may have ${kilobytes(bodyBytesLimit)}. Before a request reaches us the gateway may refuse it, with a plain \`{"message": …}\` and status 429 or 503: wait a moment and try again.`,
  },
] as const

export const introductionMarkdown = introduction
  .map(({ title, text }) => `## ${title}\n\n${text}`)
  .join('\n\n')
