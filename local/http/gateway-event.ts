import { partition } from '../template/partition.ts'
import type { HttpRequest } from './http-request.ts'
import type { Authorized } from './jwt-authorizer.ts'

export interface EventFacts {
  routeKey: string
  stage: string
  apiId: string
  domainName: string
  requestId: string
  /** The path that the function sees. */
  path: string
  pathParameters?: Record<string, string> | undefined
  /** What the route's authorizer found. */
  authorized?: Authorized | undefined
}

/** The event that HTTP APIs and function URLs hand to a function: payload format 2.0. */
export const gatewayEvent = (request: HttpRequest, facts: EventFacts): Record<string, unknown> => {
  const now = new Date()
  const isText = isTextBody(request.headers)
  const parameters = queryParameters(request.rawQueryString)
  return {
    version: '2.0',
    routeKey: facts.routeKey,
    rawPath: facts.path,
    rawQueryString: request.rawQueryString,
    ...(request.cookies.length > 0 && { cookies: request.cookies }),
    headers: {
      ...request.headers,
      'x-amzn-trace-id': `Root=1-${Math.floor(now.getTime() / 1000).toString(16)}-${facts.requestId.replaceAll('-', '').slice(0, 24)}`,
      'x-forwarded-for': request.headers['x-forwarded-for'] ?? request.sourceIp,
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
    },
    ...(parameters && { queryStringParameters: parameters }),
    requestContext: {
      accountId: partition.account,
      apiId: facts.apiId,
      ...(facts.authorized && { authorizer: facts.authorized }),
      domainName: facts.domainName,
      domainPrefix: facts.apiId,
      http: {
        method: request.method,
        path: facts.path,
        protocol: 'HTTP/1.1',
        sourceIp: request.sourceIp,
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: facts.requestId,
      routeKey: facts.routeKey,
      stage: facts.stage,
      time: commonLogTime(now),
      timeEpoch: now.getTime(),
    },
    ...(facts.pathParameters && { pathParameters: facts.pathParameters }),
    ...(request.body.length > 0 && { body: request.body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: request.body.length > 0 && !isText,
  }
}

/** Everything but text and JSON goes in base64, forms included, as API Gateway does it. */
const isTextBody = (headers: Record<string, string>): boolean => {
  if (headers['content-encoding'] !== undefined) return false
  const [type = ''] = (headers['content-type'] ?? '').split(';')
  return /^\s*(text\/.*|application\/(.+\+)?(json|xml|javascript))\s*$/i.test(type)
}

const queryParameters = (rawQueryString: string): Record<string, string> | undefined => {
  const parameters: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    const before = parameters[name]
    parameters[name] = before === undefined ? value : `${before},${value}`
  }
  return Object.keys(parameters).length > 0 ? parameters : undefined
}

/** For instance `12/Mar/2026:19:03:58 +0000`. */
export const commonLogTime = (time: Date): string => {
  const [, day, month, year, clock] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(time.toUTCString()) ?? []
  return `${day}/${month}/${year}:${clock} +0000`
}
