import { accessNeeded, type Route } from '../../shared/contracts/http/route.ts'
import { type ErrorCode, problems } from '../../shared/contracts/problems.ts'
import { errorMessage } from '../../shared/platform/wording/failures.ts'
import type { ExampleBook, RecordedExchange } from './examples.ts'
import type { Answer, Example, Header, MediaType, Reference } from './openapi-types.ts'
import type { JsonSchema, SchemaBook } from './schemas.ts'

export const headers: Record<string, Header> = {
  'X-Request-Id': {
    description: 'The id under which our logs know this request.',
    schema: { type: 'string' },
  },
  ETag: {
    description: 'Names this state of things; send it as `If-None-Match` the next time.',
    schema: { type: 'string' },
  },
  Location: {
    description: 'Where to ask for what is being made.',
    schema: { type: 'string', format: 'uri-reference' },
  },
  'Content-Language': {
    description: 'The language of a problem: `ko-KR` or `en-US`.',
    schema: { type: 'string' },
  },
  Allow: {
    description: 'The methods that the address has.',
    schema: { type: 'string' },
  },
  RateLimit: {
    description:
      'What is left of each rate that the request took from, as draft-ietf-httpapi-ratelimit-headers-11 has it: `r` requests (or seconds, or characters), and `t` seconds until there are more. Also on good answers of what is limited.',
    schema: { type: 'string' },
    example: '"turns.principal.120";r=29;t=4, "turns.principal.86400";r=999;t=87',
  },
  'RateLimit-Policy': {
    description: 'Those rates: `q` in `w` seconds.',
    schema: { type: 'string' },
    example: '"turns.principal.120";q=30;w=120, "turns.principal.86400";q=1000;w=86400',
  },
  'WWW-Authenticate': {
    description: 'How to authenticate: with a bearer token.',
    schema: { type: 'string' },
  },
  'Retry-After': {
    description: 'Seconds to wait before trying again.',
    schema: { type: 'integer', minimum: 0 },
  },
}

const headerRefs = (...names: string[]): Record<string, Reference> =>
  Object.fromEntries(
    ['X-Request-Id', ...names].map((name) => [name, { $ref: `#/components/headers/${name}` }]),
  )

const slug = (title: string): string => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')

/** Recorded values under their titles; no `examples` at all when there are none. */
export const examplesOf = (
  recorded: readonly { title: string; value: unknown }[],
): { examples?: Record<string, Example> } =>
  recorded.length === 0
    ? {}
    : {
        examples: Object.fromEntries(
          recorded.map(({ title, value }) => [slug(title), { summary: title, value }]),
        ),
      }

const eventStream: JsonSchema = {
  type: 'string',
  description: 'Server-Sent Events: `id` is the `seq`, `event` the type, `data` the event as JSON.',
}

const answered = (
  book: SchemaBook,
  name: string,
  route: Route,
  recorded: readonly RecordedExchange[],
): Answer => {
  const values = recorded.map(({ title, answer }) => ({ title, value: answer }))
  const streams = values.filter(({ value }) => typeof value === 'string')
  const json = (): MediaType => ({
    schema: book.answered(route.answer, [name, 'answer']),
    ...examplesOf(values.filter(({ value }) => value !== undefined && typeof value !== 'string')),
  })
  const events = (): MediaType => ({
    schema: eventStream,
    'x-item-schema': book.answered(route.answer),
    ...examplesOf(streams),
  })
  const content = {
    json: () => ({ 'application/json': json() }),
    events: () => ({ 'text/event-stream': events() }),
    'json or events': () => ({ 'application/json': json(), 'text/event-stream': events() }),
    html: () => ({ 'text/html': { schema: { type: 'string' } as JsonSchema } }),
  }
  return {
    description: book.comment([name, 'answer']) ?? answerDescriptions[route.status] ?? plainAnswer,
    headers: headerRefs(
      ...(route.etag ? ['ETag'] : []),
      ...(route.location === 'always' ? ['Location'] : []),
    ),
    ...(route.status === 204 ? {} : { content: content[route.speaks]() }),
  }
}

/** Adds nothing to the status, but OpenAPI requires a description. */
export const plainAnswer = 'The answer.'

const answerDescriptions: Record<number, string> = {
  200: plainAnswer,
  201: 'It is made.',
  202: 'It has begun and goes on by itself.',
  204: 'It is gone.',
}

/** Codes that a route may answer with: its own, and those implied by its principal and input. */
export const codesOf = (route: Route, takes: { body: boolean; query: boolean }): ErrorCode[] => {
  const codes = new Set<ErrorCode>(route.problems)
  if (route.principal !== 'none') codes.add('UNAUTHORIZED').add('IDENTITY_UNAVAILABLE')
  if (accessNeeded(route) === 'owner') codes.add('FORBIDDEN')
  if (takes.body || takes.query) codes.add('INVALID_INPUT')
  if (takes.body) codes.add('MALFORMED_JSON').add('PAYLOAD_TOO_LARGE').add('UNSUPPORTED_MEDIA')
  return [...codes.add('INTERNAL_ERROR')]
}

const described = (code: ErrorCode): string =>
  `\`${code}\`: ${errorMessage({ code, retryable: problems[code].retryable }, 'en-US')}`

const problemAnswer = (codes: readonly ErrorCode[], recorded: ExampleBook['problems']): Answer => ({
  description: codes.map(described).join('\n\n'),
  headers: headerRefs(
    'Content-Language',
    ...(codes.includes('UNAUTHORIZED') ? ['WWW-Authenticate'] : []),
    ...(codes.includes('METHOD_NOT_ALLOWED') ? ['Allow'] : []),
    ...(codes.some((code) => problems[code].retryable) ? ['Retry-After'] : []),
    ...(codes.includes('RATE_LIMITED') ? ['RateLimit', 'RateLimit-Policy'] : []),
  ),
  content: {
    'application/problem+json': {
      schema: { $ref: '#/components/schemas/Problem' },
      ...(codes.some((code) => recorded[code])
        ? {
            examples: Object.fromEntries(
              codes
                .filter((code) => recorded[code])
                .map((code) => [code, { $ref: `#/components/examples/${code}` }]),
            ),
          }
        : {}),
    },
  },
  'x-problem-codes': [...codes],
})

/** One answer per code; codes that share a status within a route are written out in the route. */
export const problemAnswers = (recorded: ExampleBook['problems']): Record<string, Answer> =>
  Object.fromEntries(
    (Object.keys(problems) as ErrorCode[]).map((code) => [
      code,
      { ...problemAnswer([code], recorded), 'x-problem-status': problems[code].status },
    ]),
  )

/** Every answer of a route, by status. */
export const answersOf = (
  book: SchemaBook,
  name: string,
  route: Route,
  takes: { body: boolean; query: boolean },
  examples: ExampleBook,
): Record<string, Answer | Reference> => {
  const recorded = examples.routes[name] ?? []
  const at = (status: number) => recorded.filter((exchange) => exchange.status === status)
  const answers: Record<string, Answer | Reference> = {
    [route.status]: answered(book, name, route, at(route.status)),
  }
  if (route.location === 'late') {
    const late = answered(
      book,
      name,
      { ...route, status: 202, answer: route.late ?? route.answer },
      at(202),
    )
    answers[202] = {
      ...late,
      description: 'It takes longer than this route may wait and goes on by itself.',
      headers: headerRefs('Location', 'Retry-After'),
    }
  }
  if (route.etag) {
    answers[304] = { description: 'Nothing has changed.', headers: headerRefs('ETag') }
  }
  if (route.method === 'GET' && route.speaks.endsWith('events')) {
    answers[204] = {
      description:
        'Of an event stream: what it follows has ended, and the reader has all of it. An `EventSource` does not come back after this.',
      headers: headerRefs(),
    }
  }
  const byStatus = Map.groupBy(codesOf(route, takes), (code) => problems[code].status)
  for (const [status, codes] of [...byStatus].sort(([a], [b]) => a - b)) {
    const [only] = codes
    answers[status] =
      codes.length === 1
        ? { $ref: `#/components/responses/${only}` }
        : problemAnswer(codes, examples.problems)
  }
  return answers
}
