import type { Route } from '../../shared/contracts/http/route.ts'
import { routes } from '../../shared/contracts/http.ts'
import { Problem } from '../../shared/contracts/problems.ts'
import { ExampleBook, type RecordedExchange } from './examples.ts'

export type OperationId = keyof typeof routes

/** One request of a scene. */
export interface ExampleRequest {
  params?: Record<string, string>
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: unknown
  /** Fields of a multipart body; a file is a Blob. */
  form?: Record<string, string | Blob>
  /** Text to send unchanged, where the body must not be valid JSON. */
  rawBody?: string
  /** A token other than the conversation's; null for none. */
  token?: string | null
  /** Reads this many events of a stream, then disconnects. */
  events?: number
}

export interface ExampleAnswer {
  status: number
  headers: Record<string, string>
  // biome-ignore lint/suspicious/noExplicitAny: scenes know the route, and it was parsed
  body: any
}

/** Headers of answers that callers act on. */
const recordedHeaders = ['etag', 'location', 'retry-after']

const blockEnd = '\n\n'

/** The first events of a stream, as text; all of them when it ends before that. */
const readEvents = async (response: Response, maxEvents: number): Promise<string> => {
  let text = ''
  for await (const piece of (response.body ?? new ReadableStream()).pipeThrough(
    new TextDecoderStream(),
  )) {
    text += piece
    const blocks = text.split(blockEnd)
    const kept = blocks.findIndex(
      (_, index) => countEvents(blocks.slice(0, index + 1)) === maxEvents,
    )
    if (kept >= 0 && kept < blocks.length - 1) {
      return blocks.slice(0, kept + 1).join(blockEnd) + blockEnd
    }
  }
  return text
}

const countEvents = (blocks: string[]): number =>
  blocks.filter((block) => /^data:/m.test(block)).length

const fillPath = (path: string, params: Record<string, string>): string =>
  path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params[name] ?? ''))

const formOf = (fields: Record<string, string | Blob>): FormData => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

/** A form as the documents show it: a file by its type. */
const shownForm = (fields: Record<string, string | Blob>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : value.type,
    ]),
  )

/** The book so far, and the token of the conversation that is being recorded. */
interface Recording {
  readonly origin: string
  readonly book: ExampleBook
  token: string | undefined
}

const requestOf = (
  { origin, token }: Recording,
  route: Route,
  request: ExampleRequest,
): { url: string; init: RequestInit } => {
  const search = new URLSearchParams(request.query).toString()
  const path = fillPath(route.path, request.params ?? {})
  const bearer = request.token === undefined ? token : request.token
  const json = request.body === undefined ? undefined : JSON.stringify(request.body)
  const text = request.rawBody ?? json
  const body = text ?? (request.form && formOf(request.form))
  return {
    url: `${origin}${path}${search && `?${search}`}`,
    init: {
      method: route.method,
      headers: {
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
        ...(text === undefined ? {} : { 'content-type': 'application/json' }),
        ...request.headers,
      },
      ...(body === undefined ? {} : { body }),
    },
  }
}

const ask = async (
  recording: Recording,
  name: OperationId,
  request: ExampleRequest,
): Promise<ExampleAnswer> => {
  const { url, init } = requestOf(recording, routes[name], request)
  const response = await fetch(url, init)
  const type = response.headers.get('content-type') ?? ''
  const text = type.startsWith('text/event-stream')
    ? await readEvents(response, request.events ?? Number.POSITIVE_INFINITY)
    : await response.text()
  return {
    status: response.status,
    headers: Object.fromEntries(
      recordedHeaders.flatMap((header) => {
        const value = response.headers.get(header)
        return value === null ? [] : [[header, value]]
      }),
    ),
    body: text === '' ? undefined : type.includes('json') ? JSON.parse(text) : text,
  }
}

/** @throws Error for an answer that the route's contract does not allow */
const checkAnswer = (name: OperationId, { status, body }: ExampleAnswer): void => {
  const route: Route = routes[name]
  const expected = [route.status, 304, ...(route.location === 'late' ? [202] : [])]
  if (!expected.includes(status)) {
    throw new Error(`${name} answered ${status}: ${JSON.stringify(body)}`)
  }
  if (status === 304 || typeof body === 'string') return
  const late = route.status !== 202 && status === 202 ? route.late : undefined
  const schema = late ?? route.answer
  schema.parse(body)
}

const record = async (
  recording: Recording,
  name: OperationId,
  title: string,
  request: ExampleRequest,
): Promise<ExampleAnswer> => {
  const answer = await ask(recording, name, request)
  checkAnswer(name, answer)
  const exchange: RecordedExchange = {
    title,
    params: request.params ?? {},
    query: request.query ?? {},
    headers: request.headers ?? {},
    ...(request.body === undefined ? {} : { body: request.body }),
    ...(request.form === undefined ? {} : { form: shownForm(request.form) }),
    status: answer.status,
    answerHeaders: answer.headers,
    ...(answer.body === undefined ? {} : { answer: answer.body }),
  }
  process.stdout.write(`${answer.status} ${name}: ${title}\n`)
  const { routes: exchanges } = recording.book
  exchanges[name] = [...(exchanges[name] ?? []), exchange]
  return answer
}

const recordRefusal = async (
  recording: Recording,
  code: string,
  name: OperationId,
  request: ExampleRequest,
): Promise<void> => {
  const { body } = await ask(recording, name, request)
  const problem = Problem.parse(body)
  if (problem.error.code !== code) {
    throw new Error(`${name} was to be refused with ${code}, and was with ${problem.error.code}`)
  }
  recording.book.problems[code] = problem
}

/**
 * Calls the running product by operation id and records the exchanges. Throws when an answer does not
 * satisfy the contract: an example is never wrong.
 */
/** @param recorded awaited after each request that is recorded: some of what it left lives for a moment only */
export const createRecorder = (origin: string, recorded: () => Promise<void>) => {
  const recording: Recording = {
    origin,
    book: { routes: {}, problems: {}, events: {}, sent: {}, received: {} },
    token: undefined,
  }
  return {
    book: recording.book,
    /** Sends a request without recording it. */
    ask: (name: OperationId, request: ExampleRequest) => ask(recording, name, request),
    /** Records a request that succeeds, under its title. Throws when it is refused. */
    record: async (name: OperationId, title: string, request: ExampleRequest = {}) => {
      const answer = await record(recording, name, title, request)
      await recorded()
      return answer
    },
    /** Records a request that is refused, under its problem's code. */
    refused: (code: string, name: OperationId, request: ExampleRequest = {}) =>
      recordRefusal(recording, code, name, request),
    token: () => recording.token,
    useToken: (value: string) => {
      recording.token = value
    },
  }
}
export type Recorder = ReturnType<typeof createRecorder>

const secret = /^(token|ticket|secret|policy|x-amz-(credential|signature|security-token))$/i

/** The book as it is committed: without secrets, and without the address at which it was recorded. */
export const asCommitted = (book: ExampleBook, origin: string): ExampleBook => {
  const text = JSON.stringify(book, (key, value) =>
    secret.test(key) && typeof value === 'string' ? `${value.slice(0, 12)}…` : value,
  )
  return ExampleBook.parse(
    JSON.parse(
      text
        .replaceAll(origin, 'https://studio.example')
        .replaceAll(/http:\/\/127\.0\.0\.1:\d+\/([^"\\?]*)\??[^"\\]*/g, 'https://media.example/$1')
        .replaceAll(/http:\/\/hooks\.localhost:\d+/g, 'https://hooks.example')
        .replaceAll(/ws:\/\/[^"/]+\/[^"]*/g, 'wss://socket.studio.example/dev'),
    ),
  )
}
