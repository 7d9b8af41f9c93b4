import { setTimeout as sleep } from 'node:timers/promises'
import { createAnswerReader, type Progress } from './dialect-reader.ts'
import type { ModelEvent, ModelRequest } from './model-client.ts'
import type { ServerAnswer } from './server-answer.ts'
import { type Payload, serverPayloads } from './server-payloads.ts'

/** Milliseconds for which an answer that may be over waits for what may follow. */
const waits = { 'may go on': 5000, 'may end': 5000, 'may be counted': 1000 } as const
/** Messages behind the end of an answer that are read, so that its connection serves the next one. */
const maxLeftovers = 1000

const readLeftovers = async (payloads: AsyncIterator<Payload>): Promise<void> => {
  for (let read = 0; read < maxLeftovers; read += 1) {
    if ((await payloads.next()).done) return
  }
  await payloads.return?.()
}

/** The next message; undefined at the end, or when what might have followed did not. */
const nextPayload = async (
  payloads: AsyncIterator<Payload>,
  progress: Exclude<Progress, 'over'>,
): Promise<Payload | undefined> => {
  const next = payloads.next().then(({ done, value }) => (done ? undefined : value))
  if (progress === 'goes on') return next
  // The failure of a count no longer matters: the answer is complete.
  const rest = progress === 'may be counted' ? next.catch(() => undefined) : next
  // One that comes when nothing waits any more must not go unhandled.
  rest.catch(() => {})
  const waiting = new AbortController()
  try {
    return await Promise.race([
      rest,
      sleep(waits[progress], undefined, { signal: waiting.signal, ref: false }),
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
  response: Pick<ServerAnswer, 'body'>,
  request: ModelRequest,
): AsyncGenerator<ModelEvent> {
  const reader = createAnswerReader(request)
  const payloads = serverPayloads(response.body)
  let read = false
  try {
    for (let at = reader.progress(); at !== 'over'; at = reader.progress()) {
      const payload = await nextPayload(payloads, at)
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
