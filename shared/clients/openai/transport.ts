import { StudioError } from '../../contracts/errors.ts'
import { connectionCode } from '../failure-codes.ts'
import { readRefusal } from './errors.ts'
import type { Fields } from './loose-json.ts'
import { createModelConnections, type ModelConnections } from './model-connections.ts'
import { isSuccess, type ServerAnswer } from './server-answer.ts'
import { VendorFailure } from './vendor-failure.ts'

/**
 * Sends one request and resolves with its answer as soon as that begins.
 * @throws VendorFailure for a status that is no success; StudioError UPSTREAM_ERROR when the server cannot
 * be reached, or what reading the key throws
 */
export type Send = (path: string, body: Fields, signal: AbortSignal) => Promise<ServerAnswer>

export interface Transport {
  send: Send
  /** Asks for the key and opens a connection, so that the next request waits for neither. */
  prepare(): void
}

/** A failure that nothing has understood yet. */
const reported = (error: unknown): unknown => {
  if (error instanceof VendorFailure || error instanceof StudioError) return error
  return new StudioError('UPSTREAM_ERROR', 'The model could not be reached.', {
    cause: new Error(connectionCode(error) ?? 'no code'),
  })
}

/**
 * Requests of the server at `baseURL`, one behind the other over kept connections. The vendor's client would
 * do the same with several times the processor time, and is a third of the code that a turn loads; it has
 * retries of its own, which would multiply with those of the agents' runtime.
 * @param apiKey asked once, and again only after it failed
 */
export const createTransport = (baseURL: string, apiKey: () => Promise<string>): Transport => {
  let opened: ModelConnections | undefined
  let asked: Promise<string> | undefined
  let key: string | undefined

  const connectionsTo = (url: URL): ModelConnections => {
    opened ??= createModelConnections(url)
    return opened
  }
  const askForKey = (): Promise<string> => {
    asked ??= apiKey().then(
      (answer) => {
        key = answer
        return answer
      },
      (error: unknown) => {
        asked = undefined
        throw error
      },
    )
    return asked
  }
  const base = baseURL.replace(/\/$/, '')
  return {
    async send(path, body, signal) {
      try {
        const url = new URL(`${base}${path}`)
        const headers = {
          authorization: `Bearer ${key ?? (await askForKey())}`,
          'content-type': 'application/json',
          accept: 'application/json',
          'user-agent': 'launch-studio',
        }
        const answer = await connectionsTo(url).post(url, headers, JSON.stringify(body), signal)
        if (!isSuccess(answer)) throw new VendorFailure(await readRefusal(answer))
        return answer
      } catch (error) {
        throw reported(error)
      }
    },
    prepare() {
      // The request itself tells what is wrong with the key.
      askForKey().catch(() => {})
      const url = URL.parse(base)
      if (url) connectionsTo(url).openAhead(url)
    },
  }
}
