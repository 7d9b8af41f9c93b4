import { type Fields, fieldsOf, listOf } from './loose-json.ts'
import type { ModelRequest } from './model-client.ts'
import { isUnkept, type VendorReport } from './vendor-failure.ts'

/** What a server was seen to refuse: a field, a kind of format for one schema, or an order of messages. */
export type Refused =
  | 'store'
  | 'include'
  | 'reasoning'
  | 'strict'
  | 'user_location'
  | 'web_search'
  | 'stream_options'
  | 'max_tokens'
  | 'max_completion_tokens'
  | 'max_tool_calls'
  | 'assistant_first'
  | 'system_role'
  | `json_schema ${string}`
  | `json_object ${string}`

/** How a format is asked for: as a schema, as any JSON, or by the prompt alone. */
export type FormatKind = 'json_schema' | 'json_object' | undefined

export const formatKind = ({ format }: ModelRequest, refused: ReadonlySet<Refused>): FormatKind => {
  if (format === undefined || refused.has(`json_object ${format.name}`)) return undefined
  return refused.has(`json_schema ${format.name}`) ? 'json_object' : 'json_schema'
}

const refusing =
  /unknown|unrecogni[sz]ed|unsupported|unavailable|unexpected|extra|invalid|no such|cannot find|must be|not? (?:be )?(?:supported|permitted|allowed|recogni[sz]ed|implemented|valid)|does(?: not|n't) support|failed to (?:parse|compile)|conversion failed/i

/**
 * How servers say that the answer may not become so long: they add its limit to the request and compare the
 * sum with the model's context. Without the limit the same request fits.
 */
const tooLong =
  /too (?:large|long|big|high)|maximum context|context (?:length|window)|exceed|at most|less than|greater than|maximum allowed|must be <=/i

/** The names of the limit. Some servers write it in words. */
const limitName = /\bmax_(?:output_|completion_|new_)?tokens\b|\bmaximum (?:output )?tokens\b/i
/** By one of them, or as vLLM splits the sum: so many in the messages, so many in the completion. */
const limitWords = new RegExp(`${limitName.source}|in the completion`, 'i')

/** How servers name each field, beside the way it stands in the body. */
const fields: [Exclude<Refused, `json_${string}`>, RegExp, (body: Fields) => unknown][] = [
  ['store', /\bstore\b/, (body) => body.store],
  ['include', /\binclude\b/, (body) => body.include],
  [
    'reasoning',
    /\breasoning\b|\breasoning_effort\b|\beffort\b|\bthinking\b/,
    (body) => body.reasoning ?? body.reasoning_effort,
  ],
  ['stream_options', /\bstream_options\b|\binclude_usage\b/, (body) => body.stream_options],
  ['user_location', /\buser_location\b/, (body) => body.tools],
  ['max_tool_calls', /\bmax_tool_calls\b/, (body) => body.max_tool_calls],
  ['web_search', /\bweb_search\b|\btools?\b/, (body) => body.tools],
  ['max_tokens', limitName, (body) => body.max_tokens ?? body.max_output_tokens],
  ['max_completion_tokens', limitName, (body) => body.max_completion_tokens],
  ['strict', /\bstrict\b/, (body) => body.text ?? body.response_format],
]

const formatNames = /\bformat\b|response_format|json_?schema|json_?object|grammar|schema/i

const messagesOf = (body: Fields): Fields[] => listOf(body.messages ?? body.input).map(fieldsOf)
const beginsAs = (messages: Fields[], role: string): boolean => messages[0]?.role === role

/** A template without a place for instructions counts them as a turn of the user's. */
const roleOrder = /alternat(?:e|ing)\b|roles must|first message must/i

/** Rules of a model's chat template, and which of them a request can break. */
const orders: [Refused, RegExp, (body: Fields) => boolean][] = [
  [
    'assistant_first',
    roleOrder,
    (body) =>
      beginsAs(
        messagesOf(body).filter(({ role }) => role !== 'system'),
        'assistant',
      ),
  ],
  [
    'system_role',
    new RegExp(
      `${roleOrder.source}|(?:system|developer) (?:role|message|instruction|prompt)s? (?:is |are )?not (?:supported|enabled|allowed)|only user and assistant roles`,
      'i',
    ),
    (body) => beginsAs(messagesOf(body), 'system'),
  ],
]

/**
 * What a refusal names, when it names something that the request can do without and still held;
 * undefined when the refusal means something else.
 */
export const refusedPart = (
  report: VendorReport,
  request: ModelRequest,
  refused: ReadonlySet<Refused>,
  body: Fields,
): Refused | undefined => {
  const { status, field, message = '' } = report
  if (status !== 400 && status !== 422 && status !== 500) return undefined
  if (isUnkept(report)) return undefined
  const order = orders.find(
    ([part, words, breaks]) => !refused.has(part) && words.test(message) && breaks(body),
  )?.[0]
  if (order !== undefined) return order
  const isTooLong = tooLong.test(message) && limitWords.test(message)
  const isTold = field !== undefined || refusing.test(message) || isTooLong
  if (status === 500 || !isTold) return undefined
  // Some of them name the sum and not the limit.
  const names = isTooLong ? 'max_tokens' : (field ?? message)
  const named = fields.find(
    ([part, words, held]) => !refused.has(part) && held(body) !== undefined && words.test(names),
  )?.[0]
  if (named !== undefined) return named
  const kind = formatKind(request, refused)
  const isFormat = kind !== undefined && formatNames.test(`${field ?? ''} ${message}`)
  return isFormat ? `${kind} ${request.format?.name ?? ''}` : undefined
}

/** Whether a refusal says that the server has no such route, and not that it lacks the model. */
export const lacksRoute = ({ status, words, message = '' }: VendorReport): boolean =>
  (status === 404 || status === 405 || status === 501) &&
  !/model/.test(words) &&
  !/\bmodel\b/i.test(message)
