import type OpenAI from 'openai'
import { StudioError } from '../../contracts/errors.ts'
import { connectionCode } from '../failure-codes.ts'
import { readRefusal } from './errors.ts'
import type { Fields } from './loose-json.ts'
import { VendorFailure } from './vendor-failure.ts'

/**
 * Sends one request and resolves with its answer as soon as that begins.
 * @throws VendorFailure for a status that is no success; StudioError UPSTREAM_ERROR when the server cannot
 * be reached, or what reading the key throws
 */
export type Send = (path: string, body: Fields, signal: AbortSignal) => Promise<Response>

/** The vendor's client would parse errors by its own shape only, and hide their bodies. */
const fetchAnswer: typeof fetch = async (url, init) => {
  // A redirect would lose the body or the key, or carry both to an address that is configured nowhere.
  const response = await fetch(url, { ...init, redirect: 'manual' })
  if (!response.ok) throw new VendorFailure(await readRefusal(response))
  return response
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

/** The vendor's client at `baseURL`, created at the first call. `apiKey` is asked once, and again only after it failed. */
export const createTransport = (baseURL: string, apiKey: () => Promise<string>): Send => {
  let created: OpenAI | undefined
  const client = async (): Promise<OpenAI> => {
    if (created) return created
    const key = await apiKey()
    // A third of the code of a function, most of whose requests call no model.
    const vendor = await import('openai')
    created ??= new vendor.OpenAI({
      apiKey: key,
      baseURL,
      // Only the agent runtime retries: two layers would multiply the tries.
      maxRetries: 0,
      // Its logs contain requests, and so what users wrote.
      logLevel: 'off',
      fetch: fetchAnswer,
    })
    return created
  }
  return async (path, body, signal) => {
    try {
      return await (await client()).post(path, { body, stream: true, signal }).asResponse()
    } catch (error) {
      throw reported(error)
    }
  }
}
