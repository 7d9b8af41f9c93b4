import { readFileSync } from 'node:fs'
import { type Route, takesBody } from '../../shared/contracts/http/route.ts'
import { routes } from '../../shared/contracts/http.ts'
import { Problem } from '../../shared/contracts/problems.ts'
import type { ExampleBook, RecordedExchange } from './examples.ts'
import { introductionMarkdown } from './introduction.ts'
import { answersOf, examplesOf, headers, problemAnswers } from './openapi-answers.ts'
import type { OpenApi, Operation, Parameter, Reference } from './openapi-types.ts'
import { type JsonSchema, openSchemaBook, type SchemaBook } from './schemas.ts'

export const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string }

const tags: Record<string, string> = {
  chat: 'Sessions: the conversation, its log, and the ways to follow it.',
  runs: 'Runs: four agents write the launch package.',
  usage: 'Usage: what the caller spent, and what is left.',
  jobs: 'Jobs: how far work is that goes on by itself.',
  launch: 'The older one-shot API, over the same pipeline.',
  platform: 'Health and these documents.',
}

const tagOf = ({ path }: Route): string => /^\/api\/(\w+)/.exec(path)?.[1] ?? 'platform'

const sharedParameters: Record<string, Parameter> = {
  'Idempotency-Key': {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Makes trying again safe: the same key and body get the answer that was given, of a stream the turn once more. A quoted string, as the draft standard wants it, or the same characters bare.',
    schema: { type: 'string', minLength: 1, maxLength: 400 },
    example: '"8e03978e-40d5-43e8-bc93-6894a57f9324"',
  },
  'Idempotency-Secret': {
    name: 'Idempotency-Secret',
    in: 'header',
    description:
      'With an `Idempotency-Key` but without a token: 32 to 200 random visible ASCII characters that only this client knows, new for each session. For ten minutes the key with this secret gets the same session and token; another secret does not.',
    schema: { type: 'string', pattern: '^[\\x21-\\x7e]{32,200}$' },
  },
  'Accept-Language': {
    name: 'Accept-Language',
    in: 'header',
    description:
      'The language of problems, `ko` or `en`. Without it they are in the language of the session, run or job that the request is about, else in Korean.',
    schema: { type: 'string' },
  },
  'If-None-Match': {
    name: 'If-None-Match',
    in: 'header',
    description: 'The `ETag` you have; the answer is 304 without a body when nothing has changed.',
    schema: { type: 'string' },
  },
  'Last-Event-ID': {
    name: 'Last-Event-ID',
    in: 'header',
    description: 'Of an event stream: the last `seq` you have seen; it goes on after it.',
    schema: { type: 'string', pattern: '^[0-9]{1,9}$' },
  },
  'X-Request-Id': {
    name: 'X-Request-Id',
    in: 'header',
    description: 'Comes back with the answer and stands in our logs; without one we make one.',
    schema: { type: 'string', pattern: '^[\\w.:-]{1,100}$' },
  },
}

const fieldsOf = (schema: JsonSchema): [string, JsonSchema][] =>
  Object.entries(schema.properties ?? {}).filter(
    (field): field is [string, JsonSchema] => typeof field[1] === 'object',
  )

const parametersOf = (
  book: SchemaBook,
  name: string,
  route: Route,
  example: RecordedExchange | undefined,
): (Parameter | Reference)[] => {
  const path = fieldsOf(book.sent(route.params, [name, 'params'])).map(
    ([field, schema]): Parameter => ({
      name: field,
      in: 'path',
      required: true,
      schema,
      ...(example?.params[field] === undefined ? {} : { example: example.params[field] }),
    }),
  )
  const querySchema = book.sent(route.query, [name, 'query'])
  const query = fieldsOf(querySchema).map(
    ([field, { description, ...schema }]): Parameter => ({
      name: field,
      in: 'query',
      ...(querySchema.required?.includes(field) ? { required: true } : {}),
      ...(description === undefined ? {} : { description }),
      schema,
    }),
  )
  const shared = [
    ...(route.idempotent ? ['Idempotency-Key'] : []),
    ...(route.idempotent && route.principal === 'optional' ? ['Idempotency-Secret'] : []),
    ...(route.etag ? ['If-None-Match'] : []),
    ...(route.method === 'GET' && route.speaks.endsWith('events') ? ['Last-Event-ID'] : []),
    'Accept-Language',
    'X-Request-Id',
  ]
  return [...path, ...query, ...shared.map((key) => ({ $ref: `#/components/parameters/${key}` }))]
}

const bodyOf = (
  book: SchemaBook,
  name: string,
  route: Route,
  recorded: readonly RecordedExchange[],
): Operation['requestBody'] => {
  const schema = book.sent(route.body, [name, 'body'])
  const empty = schema.$ref === undefined && Object.keys(schema.properties ?? {}).length === 0
  if (!takesBody(route) || empty) return undefined
  const sent = recorded.filter(({ body }) => body !== undefined)
  return {
    required: schema.$ref !== undefined || schema.required !== undefined,
    content: {
      ...(route.form ? { 'multipart/form-data': { schema: book.sent(route.form) } } : {}),
      'application/json': {
        schema,
        ...examplesOf(sent.map(({ title, body }) => ({ title, value: body }))),
      },
    },
  }
}

const security: Record<Route['principal'], Operation['security']> = {
  required: [{ bearer: [] }],
  optional: [{}, { bearer: [] }],
  none: [],
}

const operationOf = (
  book: SchemaBook,
  name: string,
  route: Route,
  examples: ExampleBook,
): Operation => {
  const recorded = examples.routes[name] ?? []
  const requestBody = bodyOf(book, name, route, recorded)
  const parameters = parametersOf(book, name, route, recorded[0])
  const description = book.comment([name])
  const takes = {
    body: requestBody !== undefined,
    query: parameters.some((parameter) => 'in' in parameter && parameter.in === 'query'),
  }
  return {
    operationId: name,
    tags: [tagOf(route)],
    summary: route.summary,
    ...(description === undefined ? {} : { description }),
    security: security[route.principal],
    parameters,
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: answersOf(book, name, route, takes, examples),
  }
}

/** The HTTP API of the contracts as an OpenAPI 3.1 document, with the recorded examples. */
export const buildOpenApi = (examples: ExampleBook): OpenApi => {
  const book = openSchemaBook()
  book.answered(Problem)
  const paths: OpenApi['paths'] = {}
  for (const [name, route] of Object.entries<Route>(routes)) {
    const operation = operationOf(book, name, route, examples)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation }
  }
  const used = new Set(Object.values<Route>(routes).map(tagOf))
  return {
    openapi: '3.1.0',
    info: { title: 'Launch Studio', version, description: introductionMarkdown },
    servers: [{ url: '/', description: 'The origin that this document came from.' }],
    tags: [...used].map((name) => ({ name, description: tags[name] ?? '' })),
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description: 'The token that `POST /api/chat/session` gave you.',
        },
      },
      parameters: sharedParameters,
      headers,
      responses: problemAnswers(examples.problems),
      examples: Object.fromEntries(
        Object.entries(examples.problems).map(([code, value]) => [code, { value }]),
      ),
      schemas: book.components(),
    },
  }
}
