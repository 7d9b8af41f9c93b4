import { createParser } from 'eventsource-parser'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { readExamples } from '../../docs/api/examples.ts'
import { buildOpenApi } from '../../docs/api/openapi.ts'
import { StudioEvent } from '../../shared/contracts/events.ts'
import type { Route } from '../../shared/contracts/http/route.ts'
import { routes } from '../../shared/contracts/http.ts'
import { Problem } from '../../shared/contracts/problems.ts'
import {
  ClientFrame,
  EventsFrame,
  PongFrame,
  RejectedFrame,
  ReplayFrame,
} from '../../shared/contracts/socket.ts'

const examples = readExamples()
const openapi = buildOpenApi(examples)

/** The documents are their own examples. */
const documents = ['openapi', 'asyncapi', 'docs']

/** A schema of the document as a reader of it understands it. */
const published = (schema: object): z.ZodType => {
  const whole = { ...schema, $defs: openapi.components.schemas }
  return z.fromJSONSchema(
    JSON.parse(JSON.stringify(whole).replaceAll('#/components/schemas/', '#/$defs/')),
  )
}

const eventsIn = (text: string): unknown[] => {
  const events: unknown[] = []
  createParser({ onEvent: ({ data }) => events.push(JSON.parse(data)) }).feed(text)
  return events
}

test('every route has one (if not: npm run docs:record)', () => {
  const wanted = Object.keys(routes).filter((name) => !documents.includes(name))
  expect(Object.keys(examples.routes).sort()).toEqual(wanted.sort())
})

describe.each(Object.entries(examples.routes))('what was recorded of %s', (name, exchanges) => {
  const route: Route = routes[name as keyof typeof routes]
  const operation = openapi.paths[route.path]?.[route.method.toLowerCase()]

  test.each(exchanges)(
    'was asked as the contract says: $title',
    ({ params, query, body, form }) => {
      expect(route.params.safeParse(params).error).toBeUndefined()
      expect(route.query.safeParse(query).error).toBeUndefined()
      if (form === undefined) expect(route.body.safeParse(body ?? {}).error).toBeUndefined()
    },
  )

  test.each(exchanges)('was answered as it says: $title', ({ status, answer, answerHeaders }) => {
    expect(operation?.responses[status]).toBeDefined()
    if (status === 304 || status === 204) expect(answer).toBeUndefined()
    else if (typeof answer === 'string') {
      const events = eventsIn(answer)
      expect(events.length).toBeGreaterThan(0)
      for (const event of events) expect(StudioEvent.safeParse(event).error).toBeUndefined()
    } else {
      const schema = status === 202 && route.status !== 202 ? route.late : undefined
      expect((schema ?? route.answer).safeParse(answer).error).toBeUndefined()
    }
    const located = route.location === 'always' || (route.location === 'late' && status === 202)
    expect(answerHeaders.location !== undefined).toBe(located)
    expect(answerHeaders.etag !== undefined).toBe(route.etag)
  })

  test.each(exchanges.filter(({ answer }) => answer !== undefined && typeof answer !== 'string'))(
    'is what the published schema promises: $title',
    ({ status, answer }) => {
      const response = operation?.responses[status]
      const content = response && 'content' in response ? response.content : undefined
      const schema = content?.['application/json']?.schema
      expect(published(schema ?? { not: {} }).safeParse(answer).error).toBeUndefined()
    },
  )
})

test.each(Object.entries(examples.problems))('the problem %s is one', (code, problem) => {
  expect(Problem.parse(problem)).toMatchObject({ status: problem.status, error: { code } })
  const { schemas } = openapi.components
  expect(published(schemas.Problem ?? {}).safeParse(problem).error).toBeUndefined()
})

test.each(Object.entries(examples.events))('the event %s is one', (type, event) => {
  expect(StudioEvent.parse(event).type).toBe(type)
})

test('the frames are frames', () => {
  for (const frame of Object.values(examples.sent)) ClientFrame.parse(frame)
  EventsFrame.parse(examples.received.events)
  ReplayFrame.parse(examples.received.replay)
  RejectedFrame.parse(examples.received.rejected)
  PongFrame.parse(examples.received.pong)
})

test('no secret and no address of the machine that recorded is among them', () => {
  const text = JSON.stringify(examples)
  expect(text).not.toMatch(/eyJ[\w-]+\.[\w-]+\./)
  expect(text).not.toMatch(/127\.0\.0\.1|localhost/)
})
