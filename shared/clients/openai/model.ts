import OpenAI, { APIConnectionError, APIError } from 'openai'
import { StudioError } from '../../contracts/errors.ts'
import { modelBaseUrl } from '../../platform/model-settings.ts'
import { openaiApiKey } from './api-key.ts'
import { connectionCode, limited, refusedRequest, vendorCode } from './errors.ts'
import type { ModelClient, ModelEvent } from './model-client.ts'

/** A failure that the stream itself reports, after it began with status 200. */
const failedInStream = (code: string | undefined): StudioError => {
  const cause = new Error(`The model's stream reported ${code ?? 'an error'}.`)
  if (code === 'rate_limit_exceeded' || code === 'insufficient_quota') return limited(code, cause)
  return new StudioError('UPSTREAM_ERROR', 'The model failed while it answered.', {
    cause,
    retryable: code === undefined || code === 'server_error' || code === 'vector_store_timeout',
  })
}

const refusalOf = (error: APIError, status: number): StudioError =>
  refusedRequest({
    status,
    code: vendorCode(error.code) ?? vendorCode(error.type),
    requestId: vendorCode(error.requestID),
    headers: error.headers,
  })

const translated = (error: unknown): StudioError => {
  if (error instanceof StudioError) return error
  if (error instanceof APIError && !(error instanceof APIConnectionError)) {
    return error.status === undefined
      ? failedInStream(vendorCode(error.code))
      : refusalOf(error, error.status)
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

let environment: ModelClient | undefined

/** The model that the environment names. Reads neither key nor settings before the first call. */
export const model: ModelClient = {
  stream(request, signal) {
    environment ??= openModel({ apiKey: openaiApiKey, baseUrl: modelBaseUrl() })
    return environment.stream(request, signal)
  },
}
