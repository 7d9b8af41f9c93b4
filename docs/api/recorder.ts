import type { Route } from '../../shared/contracts/http/route.ts'
import { routes } from '../../shared/contracts/http.ts'
import { Problem } from '../../shared/contracts/problems.ts'
import { ExampleBook, type RecordedExchange } from './examples.ts'

export type OperationId = keyof typeof routes

export interface Asked {
  params?: Record<string, string>
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: unknown
  /** Fields of a multipart body; a file is a Blob. */
  form?: Record<string, string | Blob>
  /** Text to send as it is, where `body` must not be JSON. */
  rawBody?: string
  /** Another token than that of the conversation; null for none. */
  token?: string | null
  /** Reads this many events of a stream, then hangs up. */
  events?: number
}

export interface Given {
  status: number
  headers: Record<string, string>
  // biome-ignore lint/suspicious/noExplicitAny: read by scenes that know the route; it was parsed
  body: any
}

/** Headers of answers that callers act on. */
const telling = ['etag', 'location', 'retry-after']

const blockEnd = '\n\n'

/** The first events of a stream, as text; all of them when it ends before. */
const readEvents = async (response: Response, most: number): Promise<string> => {
  let text = ''
  for await (const piece of (response.body ?? new ReadableStream()).pipeThrough(
    new TextDecoderStream(),
  )) {
    text += piece
    const blocks = text.split(blockEnd)
    const kept = blocks.findIndex((_, index) => countEvents(blocks.slice(0, index + 1)) === most)
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

/** A form as it is shown: a file by its type. */
const shownForm = (fields: Record<string, string | Blob>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : value.type,
    ]),
  )

/**
 * Calls the running product by operation id and writes down what was said. Throws when an answer does
 * not satisfy the contract: an example is never wrong.
 */
export const createRecorder = (origin: string) => {
  const book: ExampleBook = { routes: {}, problems: {}, events: {}, sent: {}, received: {} }
  let token: string | undefined

  const ask = async (name: OperationId, asked: Asked): Promise<Given> => {
    const route: Route = routes[name]
    const search = new URLSearchParams(asked.query).toString()
    const path = fillPath(route.path, asked.params ?? {})
    const bearer = asked.token === undefined ? token : asked.token
    const json = asked.body === undefined ? undefined : JSON.stringify(asked.body)
    const text = asked.rawBody ?? json
    const body = text ?? (asked.form && formOf(asked.form))
    const response = await fetch(`${origin}${path}${search && `?${search}`}`, {
      method: route.method,
      headers: {
        ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
        ...(text === undefined ? {} : { 'content-type': 'application/json' }),
        ...asked.headers,
      },
      ...(body === undefined ? {} : { body }),
    })
    const type = response.headers.get('content-type') ?? ''
    const given = type.startsWith('text/event-stream')
      ? await readEvents(response, asked.events ?? Number.POSITIVE_INFINITY)
      : await response.text()
    return {
      status: response.status,
      headers: Object.fromEntries(
        telling.flatMap((header) => {
          const value = response.headers.get(header)
          return value === null ? [] : [[header, value]]
        }),
      ),
      body: given === '' ? undefined : type.includes('json') ? JSON.parse(given) : given,
    }
  }

  /** Records a request that is served, under its title. Throws when it is refused. */
  const record = async (name: OperationId, title: string, asked: Asked = {}): Promise<Given> => {
    const given = await ask(name, asked)
    const route: Route = routes[name]
    const expected = [route.status, 304, ...(route.location === 'late' ? [202] : [])]
    if (!expected.includes(given.status)) {
      throw new Error(`${name} answered ${given.status}: ${JSON.stringify(given.body)}`)
    }
    const late = route.status !== 202 && given.status === 202 ? route.late : undefined
    if (given.status !== 304 && typeof given.body !== 'string') {
      const schema = late ?? route.answer
      schema.parse(given.body)
    }
    const exchange: RecordedExchange = {
      title,
      params: asked.params ?? {},
      query: asked.query ?? {},
      headers: asked.headers ?? {},
      ...(asked.body === undefined ? {} : { body: asked.body }),
      ...(asked.form === undefined ? {} : { form: shownForm(asked.form) }),
      status: given.status,
      answerHeaders: given.headers,
      ...(given.body === undefined ? {} : { answer: given.body }),
    }
    process.stdout.write(`${given.status} ${name}: ${title}\n`)
    book.routes[name] = [...(book.routes[name] ?? []), exchange]
    return given
  }

  /** Records a request that is refused, under its problem's code. */
  const refused = async (code: string, name: OperationId, asked: Asked = {}): Promise<void> => {
    const { body } = await ask(name, asked)
    const problem = Problem.parse(body)
    if (problem.error.code !== code) {
      throw new Error(`${name} was to be refused with ${code}, and was with ${problem.error.code}`)
    }
    book.problems[code] = problem
  }

  return {
    book,
    ask,
    record,
    refused,
    token: () => token,
    useToken: (value: string) => {
      token = value
    },
  }
}
export type Recorder = ReturnType<typeof createRecorder>

const secret = /^(token|ticket|policy|x-amz-(credential|signature|security-token))$/i

/** The book as it is kept: without secrets, and without the address at which it was recorded. */
export const asKept = (book: ExampleBook, origin: string): ExampleBook => {
  const text = JSON.stringify(book, (key, value) =>
    secret.test(key) && typeof value === 'string' ? `${value.slice(0, 12)}…` : value,
  )
  return ExampleBook.parse(
    JSON.parse(
      text
        .replaceAll(origin, 'https://studio.example')
        .replaceAll(/http:\/\/127\.0\.0\.1:\d+\/([^"\\?]*)\??[^"\\]*/g, 'https://media.example/$1')
        .replaceAll(/ws:\/\/[^"/]+\/[^"]*/g, 'wss://socket.studio.example/dev'),
    ),
  )
}
