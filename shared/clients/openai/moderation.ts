import * as z from 'zod'
import { StudioError } from '../../contracts/errors.ts'
import { modelBaseUrl, moderationModel } from '../../platform/model-settings.ts'
import { pause } from '../../platform/pause.ts'
import { log } from '../../platform/telemetry.ts'
import { moderationLimit } from '../../rules/model-limits.ts'
import { boundedBody } from '../bounded-body.ts'
import { connectionCode } from '../failure-codes.ts'
import { openaiApiKey } from './api-key.ts'
import { openaiBaseUrl } from './base-url.ts'
import { readRefusal } from './errors.ts'
import { parsedJson } from './loose-json.ts'
import { vendorError } from './vendor-failure.ts'

export interface Moderator {
  /**
   * The categories under which each text was flagged, in the order of the texts; none for a text that may
   * go out.
   * @throws StudioError when the service did not judge every text: UPSTREAM_ERROR, retryable unless the
   * service says that asking again is of no use, or CAPABILITY_NOT_CONFIGURED; or the signal's reason
   */
  moderate(texts: readonly string[], signal?: AbortSignal): Promise<string[][]>
}

const service = 'The moderation service'

const Results = z.object({
  results: z.array(
    z.object({
      flagged: z.boolean(),
      categories: z.record(z.string(), z.boolean().nullish()).nullish(),
    }),
  ),
})

/** A failure of the service, named as such: the model's own server may be well. */
const unjudged = (reason: StudioError): StudioError => {
  const { code, retryable, retryAfter, vendor, message } = reason
  return new StudioError(
    retryable ? 'UPSTREAM_ERROR' : code,
    `${service} did not judge: ${message}`,
    {
      cause: reason,
      retryable,
      vendor: { status: null, code: null, message, request_id: null, ...vendor, service },
      ...(retryAfter === undefined ? {} : { retryAfter }),
    },
  )
}

const failed = (message: string, cause?: unknown): StudioError =>
  new StudioError('UPSTREAM_ERROR', message, cause === undefined ? {} : { cause })

/** @throws StudioError for an answer that does not judge each of so many texts */
const readResults = async (response: Response, count: number): Promise<string[][]> => {
  const bytes = await boundedBody(response, moderationLimit.answerBytes)
  const text = bytes === undefined ? '' : new TextDecoder().decode(bytes)
  const { success, data } = Results.safeParse(parsedJson(text))
  if (!success || data.results.length !== count) throw failed('its answer has another form.')
  return data.results.map(({ flagged, categories }) => {
    const named = Object.entries(categories ?? {}).flatMap(([name, is]) => (is ? [name] : []))
    return flagged && named.length === 0 ? ['unspecified'] : named
  })
}

const ask = async (
  model: string,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<string[][]> => {
  const key = await openaiApiKey()
  const response = await fetch(`${modelBaseUrl() ?? openaiBaseUrl}/moderations`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, input: texts }),
    redirect: 'manual',
    signal,
  })
  if (response.ok) return await readResults(response, texts.length)
  throw vendorError(await readRefusal(response), [key, ...texts])
}

/** One request within its deadline. */
const askOnce = async (
  model: string,
  texts: readonly string[],
  signal: AbortSignal | undefined,
): Promise<string[][]> => {
  const deadline = AbortSignal.timeout(moderationLimit.deadlineMs)
  try {
    return await ask(model, texts, signal ? AbortSignal.any([deadline, signal]) : deadline)
  } catch (error) {
    signal?.throwIfAborted()
    if (error instanceof StudioError) throw unjudged(error)
    const seconds = moderationLimit.deadlineMs / 1000
    const reason = deadline.aborted ? `no answer within ${seconds} s.` : 'it could not be reached.'
    throw unjudged(failed(reason, new Error(connectionCode(error) ?? 'no code')))
  }
}

const askAgain = async (
  model: string,
  texts: readonly string[],
  signal: AbortSignal | undefined,
  tries: number = moderationLimit.maxCalls,
): Promise<string[][]> => {
  try {
    return await askOnce(model, texts, signal)
  } catch (error) {
    signal?.throwIfAborted()
    if (!(error instanceof StudioError)) throw error
    const { code, retryable, vendor, retryAfter = 0 } = error
    log.warn('moderation failed', { code, retryable, vendor })
    const wait = retryAfter * 1000
    if (!retryable || tries <= 1 || wait > moderationLimit.maxPauseMs) throw error
    await pause(wait, signal)
    return askAgain(model, texts, signal, tries - 1)
  }
}

/**
 * The moderation of the model's server; undefined when it is not configured. Called with plain `fetch`:
 * the vendor's client would be half of a function's bundle, for one request.
 * https://platform.openai.com/docs/api-reference/moderations
 */
export const configuredModerator = (): Moderator | undefined => {
  const model = moderationModel()
  return model === undefined
    ? undefined
    : { moderate: (texts, signal) => askAgain(model, texts, signal) }
}
