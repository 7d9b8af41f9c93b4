import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { commonLogTime } from '../http/gateway-event.ts'

/** What a connection keeps of the request that opened it. */
export interface ConnectionFacts {
  connectionId: string
  /** Milliseconds since the epoch. */
  connectedAt: number
  sourceIp: string
  userAgent: string
  apiId: string
  stage: string
  domainName: string
}

type EventType = 'CONNECT' | 'MESSAGE' | 'DISCONNECT'

/** The part that all events of a WebSocket API share. */
const requestContext = (
  facts: ConnectionFacts,
  routeKey: string,
  eventType: EventType,
  requestId: string,
): Record<string, unknown> => {
  const now = new Date()
  return {
    routeKey,
    eventType,
    messageDirection: 'IN',
    stage: facts.stage,
    connectedAt: facts.connectedAt,
    requestTime: commonLogTime(now),
    requestTimeEpoch: now.getTime(),
    identity: { sourceIp: facts.sourceIp, userAgent: facts.userAgent },
    requestId,
    extendedRequestId: requestId,
    domainName: facts.domainName,
    connectionId: facts.connectionId,
    apiId: facts.apiId,
  }
}

/** The event of `$connect`. */
export const connectEvent = (facts: ConnectionFacts, request: IncomingMessage): object => {
  const multiValueHeaders: Record<string, string[]> = {}
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    if (values) multiValueHeaders[name] = values
  }
  const url = new URL(request.url ?? '/', 'ws://localhost')
  const multiValueQuery: Record<string, string[]> = {}
  for (const name of new Set(url.searchParams.keys())) {
    multiValueQuery[name] = url.searchParams.getAll(name)
  }
  const hasQuery = url.searchParams.size > 0
  return {
    headers: lastValues(multiValueHeaders),
    multiValueHeaders,
    ...(hasQuery && {
      queryStringParameters: lastValues(multiValueQuery),
      multiValueQueryStringParameters: multiValueQuery,
    }),
    requestContext: requestContext(facts, '$connect', 'CONNECT', randomUUID()),
    isBase64Encoded: false,
  }
}

/** The event of one message; the request's id is also in what the gateway says when it fails. */
export const messageEvent = (
  facts: ConnectionFacts,
  routeKey: string,
  body: string,
  requestId: string,
): object => {
  const context = requestContext(facts, routeKey, 'MESSAGE', requestId)
  return {
    requestContext: { ...context, messageId: randomUUID() },
    body,
    isBase64Encoded: false,
  }
}

/** The event of `$disconnect`. */
export const disconnectEvent = (facts: ConnectionFacts, status: number, reason: string): object => {
  const context = requestContext(facts, '$disconnect', 'DISCONNECT', randomUUID())
  return {
    headers: { Host: facts.domainName },
    requestContext: { ...context, disconnectStatusCode: status, disconnectReason: reason },
    isBase64Encoded: false,
  }
}

const lastValues = (multiValues: Record<string, string[]>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(multiValues).map(([name, values]) => [name, values.at(-1) ?? '']),
  )
