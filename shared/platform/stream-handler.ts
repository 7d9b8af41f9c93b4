import type { Writable } from 'node:stream'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { type Route, routeKey } from '../contracts/http/route.ts'
import { type Endpoint, type HttpOptions, httpHandler, type StreamReply } from './http-handler.ts'

/** A route's path template as a pattern over paths, with a group for each parameter. */
const pathPattern = ({ path }: Pick<Route, 'path'>): RegExp =>
  new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`)

/** Names the route of a request, which a function URL leaves to the function, as an HTTP API does. */
const createRouter = (routes: Route[]) => {
  const table = routes.map((route) => ({ route, pattern: pathPattern(route) }))
  return (event: APIGatewayProxyEventV2): APIGatewayProxyEventV2 => {
    for (const { route, pattern } of table) {
      if (route.method !== event.requestContext.http.method) continue
      // Ids are plain characters: what is percent-encoded is none, and answers like a missing one.
      const found = pattern.exec(event.rawPath)
      if (found) return { ...event, routeKey: routeKey(route), pathParameters: { ...found.groups } }
    }
    return event
  }
}

/** Resolves when there is room again, or when the reader has gone. */
const drained = (out: Writable): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      out.off('drain', done).off('close', done)
      resolve()
    }
    out.once('drain', done).once('close', done)
  })

/** Takes the next chunk only when the reader took the ones before it. */
const write = async (out: Writable, { chunks }: StreamReply): Promise<void> => {
  for await (const chunk of chunks) {
    if (out.destroyed) return
    if (!out.write(chunk)) await drained(out)
  }
}

const end = (out: Writable): Promise<void> =>
  new Promise((resolve) => {
    if (out.destroyed) resolve()
    else out.once('close', resolve).end(resolve)
  })

/**
 * A handler over the given endpoints behind a function URL with response streaming. Everything up to
 * the first byte is as in an HTTP API's handler, problems included. When the reader goes away the
 * work goes on: the handler returns when that is finished. (middy's own mode for streams returns
 * with the reader.)
 */
export const streamHandler = (served: Endpoint[], options: HttpOptions) => {
  const answer = httpHandler(served, options)
  const route = createRouter(served.map((entry) => entry.route))
  return awslambda.streamifyResponse<APIGatewayProxyEventV2>(async (event, stream, context) => {
    const { stream: reply, body, ...head } = await answer(route(event), context)
    const out = awslambda.HttpResponseStream.from(stream, head)
    // A reader that has gone is no failure of ours; `close` follows.
    out.on('error', () => {})
    try {
      // Lambda sends the head with the first write, and an event may be long in coming.
      out.write(body ?? '')
      if (reply) await write(out, reply)
      await end(out)
    } finally {
      await reply?.finished
    }
  })
}
