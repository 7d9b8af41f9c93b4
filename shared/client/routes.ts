import type { RouteName, RouteOf } from './contract.ts'
import { defined } from './fields.ts'

/** `POST! /path`: the mark says that the route takes an `Idempotency-Key`. */
type Line<N extends RouteName> =
  `${RouteOf<N>['method']}${RouteOf<N>['idempotent'] extends true ? '!' : ''} ${RouteOf<N>['path']}`

/** Each route by its line. What the contract does not say of a route does not compile. */
type Lines = { [N in RouteName as Line<N>]: RouteOf<N> }
export type RouteLine = keyof Lines
export type RouteAt<L extends RouteLine> = Lines[L]

/** POSTs without a key of which a second one does nothing more than the first. */
const repeatablePosts =
  /\/(?:ticket|cancel|estimate|assistant-voice|(?:voice|product-image)-upload)$/

export interface RouteCall {
  method: string
  url: string
  keyed: boolean
  /** A second request does no more than the first: it may follow an answer that was lost. */
  repeatable: boolean
}

/** One route with its parameters in place. @param line such as `GET /api/runs/{run_id}` */
export const routeCall = (
  line: RouteLine,
  params: Record<string, unknown> = {},
  query: Record<string, unknown> = {},
): RouteCall => {
  const [verb = '', path = ''] = line.split(' ')
  const method = verb.replace('!', '')
  const search = String(new URLSearchParams(defined(query)))
  return {
    method,
    url:
      path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(String(params[key]))) +
      (search && `?${search}`),
    keyed: verb !== method,
    repeatable: method !== 'POST' || verb !== method || repeatablePosts.test(path),
  }
}
