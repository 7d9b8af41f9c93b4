import OpenAI, { APIConnectionError, APIError } from 'openai'
import type {
  ResponseCreateParamsStreaming,
  ResponseStreamEvent,
} from 'openai/resources/responses/responses'
import { environmentNames } from '../platform/environment-names.ts'
import { StudioError } from '../platform/errors.ts'
import { modelBaseUrl } from '../platform/model-settings.ts'
import { secret } from './secrets.ts'

export type ModelRequest = Omit<ResponseCreateParamsStreaming, 'stream'>
export type ModelEvent = ResponseStreamEvent

/** The text model: one streamed answer of the Responses API at a time, and no retries of its own. */
export interface ModelClient {
  /**
   * Resolves when the answer begins. The signal ends the request and the stream at any moment, with
   * the signal's reason.
   * @throws StudioError RATE_LIMITED, CAPABILITY_NOT_CONFIGURED or UPSTREAM_ERROR, also while the
   * stream is read.
   */
  stream(request: ModelRequest, signal: AbortSignal): Promise<AsyncIterable<ModelEvent>>
}

/** Vendors' error codes are short words; anything else might quote the request. */
const vendorCode = (code: unknown): string | undefined =>
  typeof code === 'string' && /^[\w.-]{1,60}$/.test(code) ? code : undefined

/** Seconds that a `retry-after-ms` or `retry-after` header asks for; the latter may be a date. */
const retryAfter = (headers: Headers | undefined): number | undefined => {
  const milliseconds = Number.parseFloat(headers?.get('retry-after-ms') ?? '')
  if (milliseconds >= 0) return milliseconds / 1000
  const header = headers?.get('retry-after')
  if (!header) return undefined
  const seconds = /^[\d.]+$/.test(header)
    ? Number.parseFloat(header)
    : (Date.parse(header) - Date.now()) / 1000
  return seconds >= 0 ? seconds : undefined
}

const limited = (code: string | undefined, cause: Error, wait?: number): StudioError =>
  code === 'insufficient_quota'
    ? new StudioError('RATE_LIMITED', 'The model account has no quota left.', {
        cause,
        retryable: false,
      })
    : new StudioError('RATE_LIMITED', 'The model is asked too often at the moment.', {
        cause,
        ...(wait === undefined ? {} : { retryAfter: wait }),
      })

/** A failure that the stream itself reports, after it began with status 200. */
const failedInStream = (code: string | undefined): StudioError => {
  const cause = new Error(`The model's stream reported ${code ?? 'an error'}.`)
  if (code === 'rate_limit_exceeded' || code === 'insufficient_quota') return limited(code, cause)
  return new StudioError('UPSTREAM_ERROR', 'The model failed while it answered.', {
    cause,
    retryable: code === undefined || code === 'server_error' || code === 'vector_store_timeout',
  })
}

const refusedRequest = (error: APIError, status: number): StudioError => {
  const code = vendorCode(error.code) ?? vendorCode(error.type)
  const what = `HTTP ${status}${code === undefined ? '' : `, ${code}`}`
  const request = vendorCode(error.requestID)
  // Not the vendor's own error: its message may quote the key or the prompt, and causes are logged.
  const cause = new Error(`${what}${request === undefined ? '' : `, request ${request}`}`)
  if (status === 429) return limited(code, cause, retryAfter(error.headers))
  if (status === 401 || status === 403) {
    return new StudioError(
      'CAPABILITY_NOT_CONFIGURED',
      `The model does not accept ${environmentNames.openaiApiKey} (${what}).`,
      { cause },
    )
  }
  return new StudioError('UPSTREAM_ERROR', `The model's server answered ${what}.`, {
    cause,
    retryable: status >= 500,
  })
}

/** What undici says about a connection is deep in the causes: ECONNREFUSED, UND_ERR_SOCKET. */
const connectionCode = (error: unknown): string | undefined => {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const code = 'code' in at ? vendorCode(at.code) : undefined
    if (code !== undefined) return code
  }
  return undefined
}

const translated = (error: unknown): StudioError => {
  if (error instanceof StudioError) return error
  if (error instanceof APIError && !(error instanceof APIConnectionError)) {
    return error.status === undefined
      ? failedInStream(vendorCode(error.code))
      : refusedRequest(error, error.status)
  }
  const message =
    error instanceof APIConnectionError
      ? 'The model could not be reached.'
      : 'The connection to the model broke off.'
  return new StudioError('UPSTREAM_ERROR', message, {
    cause: new Error(connectionCode(error) ?? 'no code'),
  })
}

async function* translatedEvents(
  events: AsyncIterable<ModelEvent>,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent> {
  try {
    for await (const event of events) {
      if (event.type === 'error') throw failedInStream(vendorCode(event.code))
      if (event.type === 'response.failed') {
        throw failedInStream(vendorCode(event.response.error?.code))
      }
      yield event
    }
  } catch (error) {
    throw signal.aborted ? signal.reason : translated(error)
  }
  // The vendor's stream ends without a word when its request is aborted.
  signal.throwIfAborted()
}

/**
 * A client of the model at `baseUrl`, OpenAI's own when undefined; made at the first call.
 * `apiKey` is asked once and again only after it failed.
 */
export const openModel = (options: {
  apiKey: () => Promise<string>
  baseUrl: string | undefined
}): ModelClient => {
  let made: OpenAI | undefined
  const client = async (): Promise<OpenAI> => {
    made ??= new OpenAI({
      apiKey: await options.apiKey(),
      baseURL: options.baseUrl ?? 'https://api.openai.com/v1',
      // One layer retries, and that is the agent runtime; two would multiply.
      maxRetries: 0,
      // Its logs hold requests, which hold what people wrote.
      logLevel: 'off',
    })
    return made
  }
  return {
    stream: async (request, signal) => {
      try {
        const events = await (await client()).responses.create(
          { ...request, stream: true },
          { signal },
        )
        return translatedEvents(events, signal)
      } catch (error) {
        throw signal.aborted ? signal.reason : translated(error)
      }
    },
  }
}

/** A server of one's own asks for no key, while the vendor's client insists on having one. */
const noKey = 'none'

const environmentKey = async (): Promise<string> => {
  try {
    return await secret(environmentNames.openaiApiKey, environmentNames.openaiApiKeyParameter)
  } catch (error) {
    if (modelBaseUrl() === undefined) throw error
    return noKey
  }
}

let environment: ModelClient | undefined

/** The model that the environment names. Reads neither key nor settings before the first call. */
export const model: ModelClient = {
  stream(request, signal) {
    environment ??= openModel({ apiKey: environmentKey, baseUrl: modelBaseUrl() })
    return environment.stream(request, signal)
  },
}
