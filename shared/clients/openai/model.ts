import OpenAI, { APIConnectionError, APIError } from 'openai'
import type { ResponseStreamEvent } from 'openai/resources/responses/responses'
import { StudioError } from '../../contracts/errors.ts'
import { modelBaseUrl } from '../../platform/model-settings.ts'
import { connectionCode, vendorCode } from '../failure-codes.ts'
import { openaiApiKey } from './api-key.ts'
import { openaiBaseUrl } from './base-url.ts'
import { rateLimited, refusedRequest } from './errors.ts'
import type { ModelClient, ModelEvent } from './model-client.ts'
import { responsesEvents } from './responses-events.ts'
import { responsesBody } from './responses-request.ts'

/** A failure reported within the stream, after it began with status 200. */
const failedInStream = (code: string | undefined): StudioError => {
  const cause = new Error(`The model's stream reported ${code ?? 'an error'}.`)
  if (code === 'rate_limit_exceeded' || code === 'insufficient_quota')
    return rateLimited(code, cause)
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

const toStudioError = (error: unknown): StudioError => {
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

async function* withoutFailures(
  events: AsyncIterable<ResponseStreamEvent>,
): AsyncGenerator<ResponseStreamEvent> {
  for await (const event of events) {
    if (event.type === 'error') throw failedInStream(vendorCode(event.code))
    if (event.type === 'response.failed') {
      throw failedInStream(vendorCode(event.response.error?.code))
    }
    yield event
  }
}

async function* translateErrors(
  events: AsyncIterable<ResponseStreamEvent>,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent> {
  try {
    yield* responsesEvents(withoutFailures(events))
  } catch (error) {
    throw signal.aborted ? signal.reason : toStudioError(error)
  }
  // The vendor's stream ends without an error when its request is aborted.
  signal.throwIfAborted()
}

/**
 * A client of the model at `baseUrl`, OpenAI's own when undefined; created at the first call.
 * `apiKey` is called once, and again only after it failed.
 */
export const openModel = (options: {
  apiKey: () => Promise<string>
  baseUrl: string | undefined
}): ModelClient => {
  let created: OpenAI | undefined
  const client = async (): Promise<OpenAI> => {
    created ??= new OpenAI({
      apiKey: await options.apiKey(),
      baseURL: options.baseUrl ?? openaiBaseUrl,
      // Only the agent runtime retries: two layers would multiply the tries.
      maxRetries: 0,
      // Its logs contain requests, and so what users wrote.
      logLevel: 'off',
    })
    return created
  }
  return {
    stream: async (request, signal) => {
      try {
        const events = await (await client()).responses.create(responsesBody(request), { signal })
        return translateErrors(events, signal)
      } catch (error) {
        throw signal.aborted ? signal.reason : toStudioError(error)
      }
    },
  }
}

let configured: ModelClient | undefined

/** The model that the environment configures; neither key nor settings are read before the first call. */
export const model: ModelClient = {
  stream(request, signal) {
    configured ??= openModel({ apiKey: openaiApiKey, baseUrl: modelBaseUrl() })
    return configured.stream(request, signal)
  },
}
