import type OpenAI from 'openai'
import { StudioError } from '../../contracts/errors.ts'
import { connectionCode } from '../failure-codes.ts'
import { readRefusal } from './errors.ts'
import type { Fields } from './loose-json.ts'
import { createModelConnections, type ModelConnections } from './model-connections.ts'
import { answerOf, type ServerAnswer } from './server-answer.ts'
import { VendorFailure } from './vendor-failure.ts'

/**
 * Sends one request and resolves with its answer as soon as that begins.
 * @throws VendorFailure for a status that is no success; StudioError UPSTREAM_ERROR when the server cannot
 * be reached, or what reading the key throws
 */
export type Send = (path: string, body: Fields, signal: AbortSignal) => Promise<ServerAnswer>

export interface Transport {
  send: Send
  /** Loads the vendor's client, asks for the key and opens a connection, so that the next request waits for none of them. */
  prepare(): void
}

/**
 * What the vendor's client is given for `fetch`, which keeps connections too briefly and answers with web streams.
 * The client reads status, headers and whether there is a body to retain, and hands the answer on.
 */
const fetchOver =
  (connectionsTo: (url: URL) => ModelConnections): typeof fetch =>
  async (input, init = {}) => {
    const url = new URL(String(input))
    const incoming = await connectionsTo(url).post(url, {
      headers: new Headers(init.headers),
      body: String(init.body),
      signal: init.signal ?? undefined,
    })
    const answer = answerOf(incoming)
    // The client would parse errors by the vendor's shape only, and hide their bodies. A redirect is one: followed,
    // it would lose the body or the key, or carry both to an address that is configured nowhere.
    if (!answer.ok) throw new VendorFailure(await readRefusal(answer))
    // Only `asResponse` is asked for: nothing reads the rest of a Response.
    return answer as Response
  }

/** The failure below the vendor's client's own errors. */
const reported = (error: unknown): unknown => {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if (at instanceof VendorFailure || at instanceof StudioError) return at
  }
  return new StudioError('UPSTREAM_ERROR', 'The model could not be reached.', {
    cause: new Error(connectionCode(error) ?? 'no code'),
  })
}

/**
 * The vendor's client at `baseURL`, created when it is prepared or first called. `apiKey` is asked once, and again
 * only after it failed.
 */
export const createTransport = (baseURL: string, apiKey: () => Promise<string>): Transport => {
  let connections: ModelConnections | undefined
  let created: Promise<OpenAI> | undefined

  const connectionsTo = (url: URL): ModelConnections => {
    connections ??= createModelConnections(url)
    return connections
  }
  const create = async (): Promise<OpenAI> => {
    // A third of the code of a function, most of whose requests call no model.
    const [key, vendor] = await Promise.all([apiKey(), import('openai')])
    return new vendor.OpenAI({
      apiKey: key,
      baseURL,
      // Only the agent runtime retries: two layers would multiply the tries.
      maxRetries: 0,
      // Its logs contain requests, and so what users wrote.
      logLevel: 'off',
      fetch: fetchOver(connectionsTo),
    })
  }
  const client = (): Promise<OpenAI> => {
    created ??= create().catch((error: unknown) => {
      created = undefined
      throw error
    })
    return created
  }
  return {
    async send(path, body, signal) {
      try {
        return await (await client()).post(path, { body, stream: true, signal }).asResponse()
      } catch (error) {
        throw reported(error)
      }
    },
    prepare() {
      // The request itself tells what is wrong with the key or the address.
      client().catch(() => {})
      const url = URL.parse(baseURL)
      if (url) connectionsTo(url).openAhead(url)
    },
  }
}
