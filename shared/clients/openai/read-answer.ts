import { setTimeout as sleep } from 'node:timers/promises'
import { createAnswerReader } from './answer-reader.ts'
import type { ModelEvent, ModelRequest } from './model-client.ts'
import { type Payload, serverPayloads } from './server-payloads.ts'

/** Milliseconds for which a finished answer waits for its tokens to be counted. */
const countingMs = 1000
/** Messages behind the end of an answer that are read, so that its connection serves the next one. */
const maxLeftovers = 1000

const readLeftovers = async (payloads: AsyncIterator<Payload>): Promise<void> => {
  for (let read = 0; read < maxLeftovers; read += 1) {
    if ((await payloads.next()).done) return
  }
  await payloads.return?.()
}

/** The next message; undefined at the end, or when only a count was still to come and did not. */
const nextPayload = async (
  payloads: AsyncIterator<Payload>,
  isOver: boolean,
): Promise<Payload | undefined> => {
  const next = payloads.next()
  if (!isOver) {
    const { done, value } = await next
    return done ? undefined : value
  }
  // Its failure no longer matters: the answer is complete.
  const rest = next.then(
    ({ done, value }) => (done ? undefined : value),
    () => undefined,
  )
  const waiting = new AbortController()
  try {
    return await Promise.race([
      rest,
      sleep(countingMs, undefined, { signal: waiting.signal, ref: false }),
    ])
  } finally {
    waiting.abort()
  }
}

/**
 * The events of one answer, whatever the dialect of the response.
 * @throws StudioError or VendorFailure what the server reports, UPSTREAM_ERROR for an answer without an
 * end; and whatever reading the body throws
 */
export async function* readAnswer(
  response: Response,
  request: ModelRequest,
): AsyncGenerator<ModelEvent> {
  const reader = createAnswerReader(request)
  const payloads = serverPayloads(response.body)
  let read = false
  try {
    while (reader.progress() !== 'over') {
      const payload = await nextPayload(payloads, reader.progress() === 'may be counted')
      if (payload === undefined) break
      yield* reader.read(payload)
    }
    read = true
    readLeftovers(payloads).catch(() => {})
    yield* reader.end()
  } catch (error) {
    yield* reader.usage()
    throw error
  } finally {
    // What is not read to its end is given up, with its connection. A pending read would hold this up.
    if (!read) payloads.return(undefined).catch(() => {})
  }
}
