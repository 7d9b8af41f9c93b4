import type { StudioError } from '../../contracts/errors.ts'
import { unlessAborted } from '../../platform/abort.ts'
import { type ModelApi, modelApi, modelBaseUrl } from '../../platform/model-settings.ts'
import { log } from '../../platform/telemetry.ts'
import { probeMs } from '../../rules/time-budgets.ts'
import { openaiApiKey } from './api-key.ts'
import { openaiBaseUrl } from './base-url.ts'
import { BlindModel, refusesPictures } from './blind-model.ts'
import { translateFailure } from './errors.ts'
import type { ModelClient, ModelEvent, ModelRequest } from './model-client.ts'
import { type Ask, type Probe, probeCharacters, probeModel } from './model-probe.ts'
import { readAnswer } from './read-answer.ts'
import { lacksRoute, refusedPart } from './refused-parts.ts'
import { type RequestShape, shapedRequest } from './request-shape.ts'
import { withSchema } from './schema-prompt.ts'
import type { ServerAnswer } from './server-answer.ts'
import { createTransport, type Send } from './transport.ts'
import { VendorFailure } from './vendor-failure.ts'

export interface ModelOptions {
  apiKey: () => Promise<string>
  /** Undefined for OpenAI's own. */
  baseUrl: string | undefined
  api?: ModelApi
}

interface ProbedModel extends ModelClient {
  prepare(): void
  /** Finds out what the server does with a model, as `auto` does. Failures are told in the findings. */
  probe(model: string, signal: AbortSignal): Promise<Probe>
}

/** Sends a request; what the server refuses to take is left out, once, and from then on. */
const sendShaped = async (
  send: Send,
  request: ModelRequest,
  shape: RequestShape,
  signal: AbortSignal,
): Promise<ServerAnswer> => {
  while (true) {
    const { path, body } = shapedRequest(request, shape)
    try {
      return await send(path, body, signal)
    } catch (error) {
      if (!(error instanceof VendorFailure)) throw error
      const part = refusedPart(error.report, request, shape.refused, body)
      if (part === undefined) throw error
      shape.refused.add(part)
    }
  }
}

/** Sends a request to the API that is known, or when that has no such route, to the other. */
const sendToEither = async (
  send: Send,
  request: ModelRequest,
  shape: RequestShape,
  signal: AbortSignal,
): Promise<ServerAnswer> => {
  try {
    return await sendShaped(send, request, shape, signal)
  } catch (error) {
    if (!(error instanceof VendorFailure) || !lacksRoute(error.report)) throw error
    const api = shape.api === 'chat' ? 'responses' : 'chat'
    const other: RequestShape = { api, refused: new Set() }
    try {
      const response = await sendShaped(send, request, other, signal)
      Object.assign(shape, other)
      return response
    } catch (second) {
      const lacksBoth = second instanceof VendorFailure && lacksRoute(second.report)
      throw lacksBoth ? error : second
    }
  }
}

/** What is known of one model, and the probe that is finding it out. */
interface Known {
  shape: RequestShape
  /** The API that chat stands in for; undefined when it does not. */
  usual: RequestShape | undefined
  /** Resolves when the probe has ended, never rejects. */
  probed: Promise<unknown> | undefined
  /** Milliseconds since the epoch after which a probe that found out too little is made again. */
  again: number
}

const asAsk =
  (send: Send): Ask =>
  async (request, shape, signal) => {
    const response = await sendShaped(send, request, shape, signal)
    let text = ''
    for await (const event of readAnswer(response, request)) {
      if (event.type === 'text') text += event.text
      if (text.length > probeCharacters) break
    }
    return { text, streams: /event-stream/.test(response.headers.get('content-type') ?? '') }
  }

/** The shape of requests for a model. In `auto`, concurrent first callers wait for one probe, but not long. */
const createShapes = (send: Send, api: ModelApi) => {
  const known = new Map<string, Known>()

  const probe = async (model: string, entry: Known): Promise<void> => {
    const signal = AbortSignal.timeout(probeMs.limit)
    const { chosen, isCertain } = await probeModel(asAsk(send), model, signal)
    entry.usual = isCertain ? undefined : { api: 'responses', refused: new Set() }
    if (chosen) Object.assign(entry.shape, chosen.shape)
    if (!chosen || !isCertain) entry.again = Date.now() + probeMs.again
  }
  const entryOf = (model: string): Known => {
    const first = api === 'chat' ? 'chat' : 'responses'
    const entry = known.get(model) ?? {
      shape: { api: first, refused: new Set() },
      usual: undefined,
      probed: undefined,
      again: Number.POSITIVE_INFINITY,
    }
    known.set(model, entry)
    return entry
  }
  return async ({ model, webSearch }: ModelRequest, signal: AbortSignal): Promise<RequestShape> => {
    const entry = entryOf(model)
    if (api !== 'auto') return entry.shape
    if (entry.probed === undefined || Date.now() >= entry.again) {
      entry.again = Number.POSITIVE_INFINITY
      entry.probed = probe(model, entry)
    }
    const waiting = AbortSignal.any([signal, AbortSignal.timeout(probeMs.wait)])
    await unlessAborted(entry.probed, waiting).catch(() => {})
    signal.throwIfAborted()
    // Chat has no place for a hosted search: Responses may have failed its probe by chance.
    return (webSearch && entry.usual) ?? entry.shape
  }
}

const withLog = (failure: StudioError): StudioError => {
  const { code, retryable, vendor } = failure
  if (vendor) log.warn('model call failed', { code, retryable, vendor })
  return failure
}

/** Whether a failure says that the model was shown a picture in vain. */
const isBlind = (error: unknown, { messages }: ModelRequest): boolean =>
  error instanceof VendorFailure &&
  messages.some(({ images = [] }) => images.length > 0) &&
  refusesPictures(error.report)

async function* withFailures(
  events: AsyncIterable<ModelEvent>,
  translated: (error: unknown) => unknown,
): AsyncGenerator<ModelEvent> {
  try {
    yield* events
  } catch (error) {
    throw translated(error)
  }
}

/**
 * A client of the model at `baseUrl`, created when it is prepared or first called. `apiKey` is called once, and
 * again only after it failed.
 */
export const openModel = ({ apiKey, baseUrl, api = 'responses' }: ModelOptions): ProbedModel => {
  let key = ''
  const { send, prepare } = createTransport(baseUrl ?? openaiBaseUrl, async () => {
    key = await apiKey()
    return key
  })
  const shapeOf = createShapes(send, api)
  const sendAny = api === 'auto' ? sendToEither : sendShaped
  return {
    prepare,
    async stream(request, signal) {
      const translated = (error: unknown): unknown => {
        if (signal.aborted) return signal.reason
        if (isBlind(error, request)) return new BlindModel(error)
        const texts = request.messages.map(({ content }) => content)
        return withLog(translateFailure(error, [key, request.instructions, ...texts]))
      }
      try {
        const shape = await shapeOf(request, signal)
        // OpenAI itself keeps to the schema, and would be paid for reading it twice.
        const asked = baseUrl === undefined ? request : withSchema(request)
        const response = await sendAny(send, asked, shape, signal)
        return withFailures(readAnswer(response, request), translated)
      } catch (error) {
        throw translated(error)
      }
    },
    async probe(name, signal) {
      const probe = await probeModel(asAsk(send), name, signal)
      for (const finding of probe.findings) {
        if (finding.failure !== undefined)
          finding.failure = translateFailure(finding.failure, [key])
      }
      return probe
    },
  }
}

let configured: ProbedModel | undefined

const configuredModel = (): ProbedModel => {
  configured ??= openModel({ apiKey: openaiApiKey, baseUrl: modelBaseUrl(), api: modelApi() })
  return configured
}

/** The model that the environment configures; neither key nor settings are read before it is prepared or called. */
export const model: ModelClient = {
  prepare() {
    try {
      configuredModel().prepare()
    } catch {
      // The call itself tells what is wrong with a setting.
    }
  },
  async stream(request, signal) {
    return configuredModel().stream(request, signal)
  },
}
