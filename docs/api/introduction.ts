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
    text: `Events of a session are numbered 1, 2, 3 and so on by \`seq\`, without a gap. Remember the last \`seq\` you have seen and ask for what comes after it: \`GET …/events?after=n\`, with \`wait\` for up to ${longestWait} seconds until there is news, as \`Last-Event-ID\` of an event stream, or as \`after_seq\` of the socket's \`resume\`. A position beyond the end of the log is refused at once, with 422 or a \`rejected\` frame. A push may be lost; the log never loses anything. A socket gets each event in a frame of its own; one that was opened with \`frames=events\` gets those that wait for it in one frame, \`{"type": "events", "events": […]}\`. An event is at most ${kilobytes(eventBytesLimit)}.`,
  },
  {
    title: 'Event streams',
    text: 'With `Accept: text/event-stream` events come as they happen: `id:` is the `seq`, `event:` the type, `data:` the event as JSON. A comment line every 15 seconds keeps the connection open. The stream of a log in which nothing happens for half a minute ends, and so does every stream after some two minutes: come back with `Last-Event-ID`, as `EventSource` does by itself. The stream of a job, and with `until=run.completed` that of a log, ends with the job or the run: a reader that comes back for less than all of it gets the rest, and one that has all of it gets 204, after which `EventSource` stays away. A log itself never ends. Closing a stream stops nothing: a turn goes on, and `POST …/stop` ends it.',
  },
  {
    title: 'Trying again',
    text: 'Send an `Idempotency-Key` with a request that creates something; it is remembered for a day. The same key with the same body answers what was answered before, the same key with another body is refused with 422 `IDEMPOTENCY_CONFLICT`, and while the first request is still being served the answer is 409 `REQUEST_IN_FLIGHT`. A key that is repeated on a stream replays the turn as a stream. The key is a quoted string (`"k-1"`, in which a backslash stands before a quote or a backslash) or the same characters without quotes, which is the same key. Without a token the key of a new session also needs an `Idempotency-Secret` that only you know; the two are remembered for ten minutes. For a message, `client_message_id` does the same, and for an uploaded recording its `upload_id`; sent again over the socket, either is answered with a `replay` from its turn on.',
  },
  {
    title: 'Problems',
    text: `Whatever goes wrong is answered as \`application/problem+json\` (RFC 9457) with a stable \`error.code\` and with \`error.retryable\`, which tells whether the same request may succeed later; \`Retry-After\` then says when. \`errors\` names each field of the input that broke a rule. Messages are in the language that \`Accept-Language\` asks for (Korean or English), else in that of the session, run or job that the request is about, else Korean. Numbers in a query or a header are decimal digits, and a parameter is given once, as is a key of a JSON body. A body may have ${kilobytes(bodyBytesLimit)}, and comes without a \`Content-Encoding\`.`,
  },
  {
    title: 'Answers that are not ours',
    text: 'What stands before us answers in words of its own, as `{"message": …}` and not as a problem, when a request does not reach us or our answer does not reach it. The HTTP API: 400 for a path that is wrongly percent-encoded, 413 for a request over 10 MB (over 6 MB once it is base64), 429 when there are too many requests, 500 and 503 when a function failed or did not answer within 30 seconds. The streams: 413 over 6 MB, 429, and 502. The distribution in front of both: HTML with 400, 414, 502 or 504. The socket: 401 for a ticket that is not good, 422 for a value of `frames` that there is not, 403 and 429, and a close with 1009 for a frame over 128 KB. Uploads go to S3, which answers with XML. Wait and try again after 429 and 5xx; the others stay as they are.',
  },
] as const

export const introductionMarkdown = introduction
  .map(({ title, text }) => `## ${title}\n\n${text}`)
  .join('\n\n')
