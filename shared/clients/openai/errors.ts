import { StudioError } from '../../contracts/errors.ts'
import { log } from '../../platform/telemetry.ts'
import { connectionCode } from '../failure-codes.ts'
import { reportOf } from './failure-in-stream.ts'
import { parsedJson } from './loose-json.ts'
import type { ServerAnswer } from './server-answer.ts'
import { VendorFailure, type VendorReport, vendorError } from './vendor-failure.ts'

/** Characters of an error's body that are read. */
const maxBody = 64 * 1024

const bodyText = async (response: Pick<ServerAnswer, 'body'>): Promise<string> => {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const bytes of response.body ?? []) {
      text += decoder.decode(bytes, { stream: true })
      if (text.length > maxBody) break
    }
  } catch {
    // The status alone tells enough.
  }
  return text.slice(0, maxBody)
}

/** Reads what a server says with an HTTP status that is no success. */
export const readRefusal = async (response: Omit<ServerAnswer, 'ok'>): Promise<VendorReport> => {
  const text = await bodyText(response)
  const body = parsedJson(text) ?? { message: text.trimStart().startsWith('<') ? undefined : text }
  return reportOf(body, { inStream: false, status: response.status, headers: response.headers })
}

/**
 * Any failure of a call as the product's error.
 * @param private_ the key and the texts of the request, which no error may repeat
 */
export const translateFailure = (error: unknown, private_: readonly string[]): StudioError => {
  if (error instanceof StudioError) return error
  if (error instanceof VendorFailure) return vendorError(error.report, private_)
  return new StudioError('UPSTREAM_ERROR', 'The connection to the model broke off.', {
    cause: new Error(connectionCode(error) ?? 'no code'),
  })
}

/**
 * The product's error for a request of speech or transcription that a server refused. The server's own
 * reason is logged, and goes no further.
 */
export const refusedRequest = (report: VendorReport, private_: readonly string[]): StudioError => {
  const failure = vendorError(report, private_)
  const { code, message, retryable, retryAfter, vendor, cause, unserved } = failure
  log.warn('sound request refused', { code, retryable, vendor })
  return new StudioError(code, message, {
    cause,
    retryable,
    unserved,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  })
}
