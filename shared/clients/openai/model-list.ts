import * as z from 'zod'
import { StudioError } from '../../contracts/errors.ts'
import { systemClock } from '../../platform/clock.ts'
import type { TimedAnswer } from '../../rules/checkup/clock-skew.ts'
import type { ListedModels } from '../../rules/checkup/model-ends.ts'
import { boundedBody } from '../bounded-body.ts'
import { connectionCode } from '../failure-codes.ts'
import { openaiBaseUrl } from './base-url.ts'
import { readRefusal, translateFailure } from './errors.ts'
import { parsedJson } from './loose-json.ts'
import { VendorFailure } from './vendor-failure.ts'

/** Milliseconds for the whole answer, and its largest size: aggregators list thousands of models. */
const limits = { ms: 15_000, bytes: 8 * 1024 * 1024 } as const

export interface ModelServer {
  /** Undefined for OpenAI's own. */
  baseUrl: string | undefined
  /** Secret; called once. */
  key: () => Promise<string>
}

export interface ModelListing {
  /** Null where the server has no such list, or failed. */
  models: ListedModels | null
  failure: StudioError | null
  /** When the server answered, also with a failure; undefined when it did not. */
  answer: TimedAnswer | undefined
}

const Entry = z.object({
  id: z.string().min(1),
  shutdown_date: z.string().nullish().catch(undefined),
})
const Answer = z.object({ data: z.array(z.unknown()) })

/** Of a list in the vendor's form; an empty list says no more than none does. */
const modelsIn = (text: string): ListedModels | null => {
  const entries = (Answer.safeParse(parsedJson(text)).data?.data ?? []).flatMap(
    (entry) => Entry.safeParse(entry).data ?? [],
  )
  return entries.length === 0
    ? null
    : new Map(entries.map(({ id, shutdown_date }) => [id, shutdown_date]))
}

/** Statuses of servers that have no such route. */
const isMissing = (status: number): boolean => [404, 405, 501].includes(status)

const readListing = async (response: Response): Promise<ListedModels | null> => {
  if (isMissing(response.status)) {
    await response.body?.cancel()
    return null
  }
  if (!response.ok) throw new VendorFailure(await readRefusal(response))
  const bytes = await boundedBody(response, limits.bytes)
  return bytes === undefined ? null : modelsIn(new TextDecoder().decode(bytes))
}

const dateOf = (response: Response): number | null => {
  const time = Date.parse(response.headers.get('date') ?? '')
  return Number.isNaN(time) ? null : time
}

const failureOf = (error: unknown, secret: string, signal: AbortSignal): StudioError => {
  if (signal.aborted) {
    return new StudioError('UPSTREAM_ERROR', `There was no answer within ${limits.ms / 1000} s.`)
  }
  if (error instanceof StudioError || error instanceof VendorFailure) {
    return translateFailure(error, [secret])
  }
  const code = connectionCode(error) ?? 'no code'
  return new StudioError('UPSTREAM_ERROR', `The server could not be reached: ${code}.`)
}

/**
 * `GET /models`, which is free: https://developers.openai.com/api/reference/resources/models/methods/list.
 * Never rejects. Called with plain `fetch`, since the vendor's client would be most of a function's bundle.
 */
export const listModels = async ({ baseUrl, key }: ModelServer): Promise<ModelListing> => {
  const url = `${(baseUrl ?? openaiBaseUrl).replace(/\/+$/, '')}/models`
  const signal = AbortSignal.timeout(limits.ms)
  let answer: TimedAnswer | undefined
  let secret = ''
  try {
    secret = await key()
    const sentAt = systemClock.now()
    // A redirect would carry the key to an address that is configured nowhere.
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${secret}`, accept: 'application/json' },
      redirect: 'manual',
      signal,
    })
    answer = { sentAt, receivedAt: systemClock.now(), saidAt: dateOf(response) }
    return { models: await readListing(response), failure: null, answer }
  } catch (error) {
    return { models: null, failure: failureOf(error, secret, signal), answer }
  }
}
