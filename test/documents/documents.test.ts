import { readFileSync } from 'node:fs'
import { Parser } from '@asyncapi/parser'
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, inject, test } from 'vitest'
import * as z from 'zod'
import { buildAsyncApi } from '../../docs/api/asyncapi.ts'
import { buildDocuments } from '../../docs/api/documents.ts'
import { readExamples } from '../../docs/api/examples.ts'
import { buildOpenApi } from '../../docs/api/openapi.ts'
import { clientFrameName, eventName } from '../../docs/api/schemas.ts'
import { eventData } from '../../shared/contracts/events.ts'
import { routeKey } from '../../shared/contracts/http/route.ts'
import { routes } from '../../shared/contracts/http.ts'
import {
  ClientFrame,
  EventsFrame,
  PongFrame,
  RejectedFrame,
  ReplayFrame,
} from '../../shared/contracts/socket.ts'

const examples = readExamples()
const openapi = buildOpenApi(examples)
const asyncapi = buildAsyncApi(examples)

describe('the documents', () => {
  test.each(Object.entries(buildDocuments()))(
    'say what contracts and examples say: %s (if not: npm run docs)',
    (name, text) => {
      const kept = readFileSync(new URL(`../../docs/api/${name}`, import.meta.url), 'utf8')
      expect(kept === text, `docs/api/${name} is out of date: npm run docs`).toBe(true)
    },
  )

  test('are OpenAPI 3.1', async () => {
    const validator = new Validator()
    const { valid, errors } = await validator.validate(JSON.parse(JSON.stringify(openapi)))
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
    expect(validator.version).toBe('3.1')
  })

  test('are AsyncAPI 3', async () => {
    const { document, diagnostics } = await new Parser().parse(JSON.stringify(asyncapi))
    expect(diagnostics.filter(({ severity }) => severity === 0)).toEqual([])
    expect(document?.version()).toBe('3.0.0')
  })
})

describe('the documented routes', () => {
  const documented = Object.entries(openapi.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )

  test('are those of the contracts, each under its own name', () => {
    expect(documented.sort()).toEqual(Object.values(routes).map(routeKey).sort())
    const ids = Object.values(openapi.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    )
    expect(ids.sort()).toEqual(Object.keys(routes).sort())
  })

  test('are those that the template serves, both ways', () => {
    const { Resources } = z
      .object({ Resources: z.record(z.string(), z.looseObject({ Type: z.string() })) })
      .parse(inject('synthesis').template)
    const ofType = (type: string) => Object.values(Resources).filter(({ Type }) => Type === type)
    const gateway = z
      .object({ Properties: z.object({ RouteKey: z.string() }) })
      .array()
      .parse(ofType('AWS::ApiGatewayV2::Route'))
      .map(({ Properties }) => Properties.RouteKey)
      .filter((key) => !key.startsWith('$'))
    const [distribution] = z
      .object({
        Properties: z.object({
          DistributionConfig: z.object({
            CacheBehaviors: z.array(z.object({ PathPattern: z.string() })),
          }),
        }),
      })
      .array()
      .parse(ofType('AWS::CloudFront::Distribution'))
    const behaviours = distribution?.Properties.DistributionConfig.CacheBehaviors ?? []
    // The others lead to files of the console, which are no routes.
    const patterns = behaviours.filter(({ PathPattern }) => PathPattern.startsWith('/api/'))
    const streamed = patterns.map(({ PathPattern }) => {
      const pattern = new RegExp(`^${PathPattern.replaceAll('*', '.*')}$`)
      return documented.filter((key) => pattern.test(key.split(' ')[1] ?? ''))
    })
    expect(streamed.every((found) => found.length > 0)).toBe(true)
    expect([...new Set([...gateway, ...streamed.flat()])].sort()).toEqual([...documented].sort())
  })
})

describe('the documented events and frames', () => {
  const { components, channels } = asyncapi

  test('are every event of the log', () => {
    const names = Object.keys(eventData).map(eventName)
    expect(Object.keys(components.messages)).toEqual(expect.arrayContaining(names))
    for (const channel of Object.values(channels)) {
      expect(Object.keys(channel.messages)).toEqual(expect.arrayContaining(names))
    }
  })

  test('are every frame of the socket, and every one that is not in the log is recorded', () => {
    const actions = ClientFrame.options.map(({ shape }) => shape.action.value)
    const frames = { EventsFrame, PongFrame, RejectedFrame, ReplayFrame }
    expect(Object.keys(channels.socket?.messages ?? {})).toEqual(
      expect.arrayContaining([...actions.map(clientFrameName), ...Object.keys(frames)]),
    )
    expect(Object.keys(examples.sent).sort()).toEqual([...actions].sort())
    expect(Object.keys(examples.received).sort()).toEqual(
      Object.values(frames)
        .map(({ shape }) => shape.type.value)
        .sort(),
    )
  })

  test('are all of the streams: each route that streams is a channel', () => {
    const streams = Object.entries(routes).filter(([, { speaks }]) => speaks.endsWith('events'))
    expect(Object.keys(channels).sort()).toEqual(
      ['socket', ...streams.map(([name]) => name)].sort(),
    )
  })
})
