import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { StudioError } from '../contracts/errors.ts'
import { methodsAt, pathPattern, type Route } from '../contracts/http/route.ts'
import { printable } from './field-errors.ts'

type Target = Pick<
  APIGatewayProxyEventV2,
  'routeKey' | 'rawPath' | 'pathParameters' | 'requestContext'
>

export const isHead = ({ requestContext }: Pick<Target, 'requestContext'>): boolean =>
  requestContext.http.method === 'HEAD'

/**
 * What of `served`, by route key, a request leads to, with the parameters of its path. A HEAD, which no
 * gateway has routes for, leads to the GET of its path.
 */
export const targetOf = <T extends { route: Route }>(
  served: ReadonlyMap<string, T>,
  event: Target,
): (T & { pathParameters: Record<string, string | undefined> }) | undefined => {
  const { routeKey, rawPath } = event
  // Some gateways have null where there are none.
  const pathParameters = event.pathParameters ?? {}
  const named = served.get(routeKey)
  if (named || !isHead(event)) return named && { ...named, pathParameters }
  for (const each of served.values()) {
    const found = each.route.method === 'GET' ? pathPattern(each.route).exec(rawPath) : null
    if (found) return { ...each, pathParameters: { ...found.groups } }
  }
  return undefined
}

/** The answer to a request that leads nowhere. @param known routes of other functions */
export const noTarget = (
  served: readonly Route[],
  known: readonly Route[],
  { rawPath, requestContext }: Target,
): StudioError => {
  const { method } = requestContext.http
  const path = printable(rawPath)
  const allow: string[] = methodsAt([...served, ...known], rawPath)
  if (allow.length === 0) {
    return new StudioError('ROUTE_NOT_FOUND', `There is no route ${method} ${path}.`)
  }
  if (methodsAt(served, rawPath).includes('GET')) allow.push('HEAD')
  return new StudioError('METHOD_NOT_ALLOWED', `${path} has no ${method}.`, { allow })
}

/**
 * A path as a URI reference (RFC 3986). Gateways decode it, some not; what is percent-encoded stays as it
 * is. A second slash at the beginning would name another host.
 */
export const pathReference = (rawPath: string): string =>
  encodeURI(rawPath.toWellFormed())
    .replace(/%25(?=[\da-f]{2})/gi, '%')
    .replace(/[?#]|(?<=^\/)\//g, encodeURIComponent)
