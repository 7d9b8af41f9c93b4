import * as z from 'zod'
import type { Access } from '../identity.ts'
import type { ErrorCode } from '../problems.ts'
import { RunId } from '../runs.ts'
import { SessionId } from '../session.ts'

/** Largest JSON body of a request, in bytes. */
export const bodyBytesLimit = 64 * 1024
/** Largest multipart body, in bytes: a file of 4 MB and some fields. In base64 it fits Lambda's 6 MB. */
export const formBytesLimit = 4 * 1024 * 1024 + 64 * 1024

/** One route: what it takes, what it answers, which problems are its own. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  summary: string
  /** `required`: the principal's token; `optional`: a token is minted for a caller without one. */
  principal: 'required' | 'optional' | 'none'
  /**
   * What a caller has to be to the session that the path leads to, itself or through a run or job; when not
   * given, a reader for `GET` and the owner for anything else.
   */
  access?: Access
  params: z.ZodType
  query: z.ZodType
  body: z.ZodType
  /** What it takes as multipart/form-data, beside JSON; a file in it is a `z.file()`. */
  form?: z.ZodType
  status: number
  answer: z.ZodType
  problems: readonly ErrorCode[]
  /** Takes an `Idempotency-Key`: the same key and body replays the stored answer. */
  idempotent: boolean
  /** Answers with an `ETag`, and with 304 to an `If-None-Match` that has it. */
  etag: boolean
  /** `json`, or the log's events as they come (`events`: Server-Sent Events). */
  speaks: 'json' | 'events' | 'json or events' | 'html'
  /** Tells in `Location` where to ask on: `always`, or `late`, in a 202 when the work outlasts the route. */
  location?: 'always' | 'late'
  /** What that 202 answers, when it is not the answer itself. */
  late?: z.ZodType
}

const nothing = z.object({})

export const routeDefaults = {
  principal: 'required',
  params: nothing,
  query: nothing,
  body: nothing,
  status: 200,
  problems: [],
  idempotent: false,
  etag: false,
  speaks: 'json',
} as const

export const sessionParams = z.object({ session_id: SessionId })
export const runParams = z.object({ run_id: RunId })

/** What a number looks like in a query string or a header; nothing else that a language reads as one. */
const decimalDigits = /^(?:\d{1,9}|-[1-9]\d{0,8})$/

/** A whole number in a query string or a header: at most nine decimal digits. */
export const wholeNumber = (least: number, most: number, otherwise: number) =>
  z
    .preprocess(
      (value) => (typeof value === 'string' && decimalDigits.test(value) ? Number(value) : value),
      z
        .number({ error: 'must be a whole number in decimal digits' })
        .int()
        .min(least, `must be at least ${least}`)
        .max(most, `must be at most ${most}`),
    )
    .default(otherwise)

export const afterLimit = 999_999_999
export const afterSeq = wholeNumber(0, afterLimit, 0)
export const pageLimit = wholeNumber(1, 100, 20)

/** What a caller has to be to what the route's path names; undefined where that is nothing of a session's. */
export const accessNeeded = ({ access, method, path, problems }: Route): Access | undefined => {
  const isOfSession =
    path.includes('{') && problems.some((code) => /^(?:SESSION|RUN|JOB)_NOT_FOUND$/.test(code))
  return isOfSession ? (access ?? (method === 'GET' ? 'reader' : 'owner')) : undefined
}

/** Whether a request has a body that is read. */
export const takesBody = ({ method }: Pick<Route, 'method'>): boolean =>
  method === 'POST' || method === 'PATCH'

/** As API Gateway names a route: method and path template. */
export const routeKey = (route: Pick<Route, 'method' | 'path'>): string =>
  `${route.method} ${route.path}`

/** A route's path template as a pattern with a named group for each parameter. */
export const pathPattern = ({ path }: Pick<Route, 'path'>): RegExp =>
  new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)

/** Methods of the routes that have this path. */
export const methodsAt = (routes: readonly Pick<Route, 'method' | 'path'>[], path: string) => [
  ...new Set(routes.filter((route) => pathPattern(route).test(path)).map(({ method }) => method)),
]
