import { StudioError } from '../../contracts/errors.ts'
import { fieldsOf, parsedJson } from './loose-json.ts'
import type { ModelRequest } from './model-client.ts'
import { lacksRoute } from './refused-parts.ts'
import type { Api, RequestShape } from './request-shape.ts'
import { isUnkept, VendorFailure } from './vendor-failure.ts'

/** What one API of a server did with the probe. */
export interface ApiFinding {
  api: Api
  /** Whether the answer kept to the schema; null when there was no answer to judge by. */
  keepsSchema: boolean | null
  streams: boolean
  /** No such route, as opposed to a failure that says nothing about the API. */
  missing: boolean
  failure: unknown
  shape: RequestShape
}

/** What `auto` found out about one model on one server. */
export interface Probe {
  /** Undefined when nothing was found out, as with a key that is refused. */
  chosen: ApiFinding | undefined
  /** False when Responses gave no answer, and may give one another time. */
  isCertain: boolean
  findings: ApiFinding[]
}

const key = 'pelican'
const value = 'teal'

/** A longer answer is not the one that the schema asks for: a small model that rambles is not waited for. */
export const probeCharacters = 200

/** The prompt mentions neither key nor value: only a server that keeps the schema answers with them. */
export const probeRequest = (model: string): ModelRequest => ({
  model,
  instructions: 'Answer with a JSON object.',
  messages: [{ role: 'user', content: 'Begin.' }],
  format: {
    name: 'probe_v1',
    schema: {
      type: 'object',
      properties: { [key]: { type: 'string', enum: [value] } },
      required: [key],
      additionalProperties: false,
    },
  },
  // Enough for a model that thinks first; the bound of one that does not stop.
  maxOutputTokens: 600,
})

/** Makes one call and gives its answer's text and whether it was streamed. */
export type Ask = (
  request: ModelRequest,
  shape: RequestShape,
  signal: AbortSignal,
) => Promise<{ text: string; streams: boolean }>

const askApi = async (
  ask: Ask,
  model: string,
  api: Api,
  signal: AbortSignal,
): Promise<ApiFinding> => {
  const shape: RequestShape = { api, refused: new Set() }
  const none = { api, shape, keepsSchema: null, streams: false, missing: false, failure: undefined }
  try {
    const { text, streams } = await ask(probeRequest(model), shape, signal)
    const keepsSchema =
      !shape.refused.has('json_schema probe_v1') && fieldsOf(parsedJson(text))[key] === value
    return { ...none, keepsSchema, streams }
  } catch (failure) {
    // An answer that is too long, cut or contradictory is one that did not keep to the schema.
    const answered =
      failure instanceof VendorFailure
        ? isUnkept(failure.report)
        : failure instanceof StudioError && failure.code === 'SCHEMA_VALIDATION_FAILED'
    const missing = failure instanceof VendorFailure && lacksRoute(failure.report)
    return { ...none, keepsSchema: answered ? false : null, missing, failure }
  }
}

/**
 * Asks Responses first, and `chat/completions` where that does not keep schemas or does not answer: servers
 * without the route say so with any status, 200 included.
 */
export const probeModel = async (ask: Ask, model: string, signal: AbortSignal): Promise<Probe> => {
  const responses = await askApi(ask, model, 'responses', signal)
  if (responses.keepsSchema === true) {
    return { chosen: responses, isCertain: true, findings: [responses] }
  }
  const answered = responses.keepsSchema !== null
  const chat = await askApi(ask, model, 'chat', signal)
  const chatIsBetter = answered ? chat.keepsSchema === true : chat.keepsSchema !== null
  const usual = answered ? responses : undefined
  return {
    chosen: chatIsBetter ? chat : usual,
    isCertain: answered || responses.missing,
    findings: [responses, chat],
  }
}
