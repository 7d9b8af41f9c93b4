import type { Writable } from 'node:stream'
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda'
import { pathPattern, type Route, routeKey } from '../contracts/http/route.ts'
import { systemClock } from './clock.ts'
import type { StreamReply } from './http-answer.ts'
import { answerer, type Endpoint, type HttpOptions, requestFacts } from './http-handler.ts'
import { recordedInvocation } from './recorded-work.ts'
import { measure } from './telemetry.ts'
import { currentFacts, note } from './work-facts.ts'

/** Adds the route key that an HTTP API would: a function URL leaves routing to the function. */
const createRouter = (routes: Route[]) => {
  const table = routes.map((route) => ({ route, pattern: pathPattern(route) }))
  return (event: APIGatewayProxyEventV2): APIGatewayProxyEventV2 => {
    for (const { route, pattern } of table) {
      if (route.method !== event.requestContext.http.method) continue
      // Ids hold plain characters only: a percent-encoded one gets the same answer as an unknown one.
      const found = pattern.exec(event.rawPath)
      if (found) return { ...event, routeKey: routeKey(route), pathParameters: { ...found.groups } }
    }
    return event
  }
}

/** Resolves when the buffer has room again, or when the reader has disconnected. */
const drained = (out: Writable): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      out.off('drain', done).off('close', done)
      resolve()
    }
    out.once('drain', done).once('close', done)
  })

/** Pulls the next chunk only when the reader has taken the previous ones. */
const writeChunks = async (out: Writable, { chunks }: StreamReply): Promise<void> => {
  for await (const chunk of chunks) {
    if (out.destroyed) return note({ ended: 'reader gone' })
    if (!out.write(chunk)) await drained(out)
  }
}

const end = (out: Writable): Promise<void> =>
  new Promise((resolve) => {
    if (out.destroyed) resolve()
    else out.once('close', resolve).end(resolve)
  })

/**
 * A handler of the given endpoints behind a function URL with response streaming. Up to the first byte
 * it behaves as `httpHandler`, problems included. When the reader disconnects the work continues, and
 * the handler returns when it is finished; middy's own stream mode would return with the reader.
 */
export const streamHandler = (served: Endpoint[], options: HttpOptions) => {
  const answer = answerer(served, options)
  const route = createRouter(served.map((entry) => entry.route))

  const serve = async (
    event: APIGatewayProxyEventV2,
    stream: Writable,
    context: Context,
  ): Promise<void> => {
    const startedAt = systemClock.now()
    const { stream: reply, body, ...head } = await answer(event, context)
    note({ status: head.statusCode })
    const out = awslambda.HttpResponseStream.from(stream, head)
    // The reader disconnected, which is not our failure; `close` follows.
    out.on('error', () => {})
    try {
      // Lambda sends the head with the first write, and the first event may be far off.
      out.write(body ?? '')
      if (reply) {
        // An answer that is waited for as a whole says nothing of how fast streams begin.
        measure('StreamStartLatency', systemClock.now() - startedAt)
        await writeChunks(out, reply)
      }
      await end(out)
    } finally {
      await reply?.finished
    }
    // What is followed may have said itself why it ended.
    if (reply) note({ ended: currentFacts().ended ?? 'complete' })
  }

  return awslambda.streamifyResponse<APIGatewayProxyEventV2>((event, stream, context) => {
    const routed = route(event)
    return recordedInvocation('request', requestFacts(routed, context), () =>
      serve(routed, stream, context),
    )
  })
}
