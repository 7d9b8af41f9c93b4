import * as z from 'zod'
import { StudioError } from '../../contracts/errors.ts'
import { unlessAborted } from '../../platform/abort.ts'
import { truncated } from '../../rules/bounded-text.ts'
import { searchLimits } from '../../rules/search-limits.ts'
import { connectionCode, vendorCode } from '../failure-codes.ts'

/** One request to a search provider. */
export interface ProviderRequest {
  /** As messages name the provider: `naver (news)`. */
  provider: string
  url: string
  /** Secrets go here and not into the address. */
  headers: Record<string, string>
  /** Makes it a POST. */
  body?: unknown
  /** The variables that hold its key, for a message to the owner of the deployment. */
  variables: string
}

/** UTF-16 code units of what a vendor says that stand in a message. */
const reasonLength = 200

const Query = z.object({ query: z.string() }).catch({ query: '' })

/** Where providers say why they refuse: Naver, its API HUB, Kakao, Brave, Tavily and LiteLLM. */
const Reason = z
  .object({
    errorCode: z.unknown(),
    errorMessage: z.unknown(),
    errorType: z.unknown(),
    message: z.unknown(),
    code: z.unknown(),
    detail: z.unknown(),
    error: z.unknown(),
  })
  .partial()

const reasonOf = (value: unknown, depth = 0): string[] => {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)]
  const parsed = Reason.safeParse(value)
  if (!parsed.success || depth > 2) return []
  const { errorCode, errorType, code, errorMessage, message, detail, error } = parsed.data
  return [errorCode, errorType, code, errorMessage, message, detail, error].flatMap((part) =>
    part === undefined || part === null ? [] : reasonOf(part, depth + 1),
  )
}

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A query as it is, and as addresses have it. */
const spellings = (query: string): string[] => [
  query,
  encodeURIComponent(query.toWellFormed()),
  new URLSearchParams([[query, '']]).toString().slice(0, -1),
]

/** What the vendor said, on one line: without the query, which is the user's, and without the key. */
const vendorReason = (text: string, { url, headers, body }: ProviderRequest): string => {
  const { searchParams } = new URL(url)
  const kept = [
    ...Object.values(headers).flatMap((value) => value.split(' ')),
    ...spellings(searchParams.get('query') ?? searchParams.get('q') ?? Query.parse(body).query),
  ].filter((value) => value.length > 1)
  const said = reasonOf(parsedJson(text)).join(', ').replace(/\s+/g, ' ')
  return truncated(
    kept.reduce((line, value) => line.replaceAll(value, '…'), said),
    reasonLength,
  )
}

/** Seconds until another request makes sense, where the provider says it in seconds. */
const waitOf = (response: Response): number | undefined => {
  const header = response.headers.get('retry-after') ?? ''
  return /^\d{1,5}$/.test(header) ? Number(header) : undefined
}

/** Statuses that do not say what is wrong: the words beside them do. */
const isTold = /^(?:2..|400|422)$/
const limitWords = /throttl|rate.?limit|too many requests|quota|limit (?:has been |was )?exceeded/i
const keyWords =
  /(?:token|api.?key|client.?id|credential|subscription)\w*[ _](?:is )?(?:invalid|expired|missing|not (?:valid|found))|(?:invalid|not exist|wrong|missing|incorrect)[ _](?:\w+[ _])?(?:token|api.?key|client.?id|credential)/i

const refusal = (response: Response, text: string, request: ProviderRequest): StudioError => {
  const { provider, variables } = request
  const reason = vendorReason(text, request)
  const id = vendorCode(response.headers.get('x-request-id'))
  const what = [`HTTP ${response.status}`, reason, id && `request ${id}`].filter(Boolean).join(', ')
  const { status } = response
  const vendor = {
    service: provider,
    status,
    code: null,
    message: reason === '' ? `HTTP ${status}` : reason,
    request_id: id ?? null,
  }
  const said = isTold.test(String(status)) ? reason : ''
  // Tavily's 432 and 433: the plan is used up. Brave's 402 likewise.
  if ([402, 429, 432, 433].includes(status) || limitWords.test(said)) {
    const wait = waitOf(response)
    return new StudioError('RATE_LIMITED', `${provider} is asked too often: ${what}.`, {
      retryable: ![402, 432, 433].includes(status),
      vendor,
      ...(wait === undefined ? {} : { retryAfter: wait }),
    })
  }
  if (status === 401 || status === 403 || keyWords.test(said)) {
    return new StudioError(
      'CAPABILITY_NOT_CONFIGURED',
      `${provider} does not accept ${variables}: ${what}.`,
      { vendor },
    )
  }
  return new StudioError('UPSTREAM_ERROR', `${provider} answered ${what}.`, {
    retryable: status >= 500 || status === 408 || status < 400,
    vendor,
  })
}

/** @throws StudioError CAPABILITY_NOT_CONFIGURED for a key with characters that no header takes */
const sendable = (headers: Record<string, string>, { provider, variables }: ProviderRequest) => {
  try {
    return new Headers(headers)
  } catch {
    const message = `${provider}: ${variables} holds characters that no key has.`
    throw new StudioError('CAPABILITY_NOT_CONFIGURED', message)
  }
}

/** The body as text. @throws StudioError UPSTREAM_ERROR beyond the limit */
const boundedText = async (response: Response, provider: string): Promise<string> => {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > searchLimits.answerBytes) {
      throw new StudioError('UPSTREAM_ERROR', `${provider} sent more than ${size} bytes.`)
    }
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

/** Codes and texts of an error that is none: `""`, `0`. */
const isNothing = /^[0\s]*$/

/** Gateways tell an error with a 200 as well, some beside an empty list of results. */
const isRefusal = (answer: unknown): boolean => {
  const { error, errorCode, errorMessage, errorType } = Reason.safeParse(answer).data ?? {}
  const said = [error, errorCode, errorMessage, errorType].flatMap((part) => reasonOf(part))
  const holdsEntries = (value: unknown) => Array.isArray(value) && value.length > 0
  return (
    said.some((part) => !isNothing.test(part)) && !Object.values(answer ?? {}).some(holdsEntries)
  )
}

const send = async (request: ProviderRequest, signal: AbortSignal): Promise<unknown> => {
  const { provider, url, headers, body } = request
  const response = await fetch(url, {
    headers: sendable({ accept: 'application/json', ...headers }, request),
    // A provider's API does not redirect, and the key is for the provider alone.
    redirect: 'manual',
    signal,
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })
  const text = await boundedText(response, provider)
  const answer = parsedJson(text)
  if (!response.ok || isRefusal(answer)) throw refusal(response, text, request)
  if (answer === undefined) {
    throw new StudioError('UPSTREAM_ERROR', `${provider} did not answer in JSON.`)
  }
  return answer
}

/**
 * Sends one request to a provider and returns its JSON, within the deadline of `searchLimits`.
 * @throws StudioError CAPABILITY_NOT_CONFIGURED for a refused key, RATE_LIMITED, UPSTREAM_ERROR, whose
 * messages hold the vendor's reason and neither query nor key; or the reason of the aborted signal
 */
export const requestJson = async (
  request: ProviderRequest,
  signal: AbortSignal,
): Promise<unknown> => {
  const { provider } = request
  const deadline = AbortSignal.timeout(searchLimits.requestMs)
  const either = AbortSignal.any([signal, deadline])
  try {
    return await unlessAborted(send(request, either), either)
  } catch (error) {
    if (signal.aborted) throw signal.reason
    if (error instanceof StudioError) throw error
    const seconds = searchLimits.requestMs / 1000
    const what = deadline.aborted
      ? `did not answer within ${seconds} s`
      : `could not be reached: ${connectionCode(error) ?? 'no code'}`
    throw new StudioError('UPSTREAM_ERROR', `${provider} ${what}.`)
  }
}
