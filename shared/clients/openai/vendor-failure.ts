import { StudioError, type VendorReason } from '../../contracts/errors.ts'
import type { ErrorCode } from '../../contracts/problems.ts'
import { environmentNames, modelSettingNames } from '../../platform/environment-names.ts'
import { maskedMessage } from './masked-message.ts'

/** What a server said about a failure. Untrusted: its message may quote the key or the request. */
export interface VendorReport {
  /** The HTTP status, or the number that a stream gives instead. */
  status: number | undefined
  code: string | undefined
  /** Every code, type and status it gives, for judging. */
  words: string
  /** The field of the request that it names. */
  field: string | undefined
  message: string | undefined
  requestId: string | undefined
  /** Seconds to wait. */
  wait: number | undefined
  /** After the answer had begun, so that the request itself had been accepted. */
  inStream: boolean
}

/** A failure that a server reported, before its message is masked. */
export class VendorFailure extends Error {
  readonly report: VendorReport

  constructor(report: VendorReport) {
    super('The server reported a failure.')
    this.name = 'VendorFailure'
    this.report = report
  }
}

type Kind =
  | 'answer'
  | 'quota'
  | 'rate'
  | 'filtered'
  | 'context'
  | 'key'
  | 'schema'
  | 'model'
  | 'busy'
  | 'redirect'
  | 'request'

/** What servers say that look at the model's answer themselves, and throw one away that does not keep to its schema. */
const unkeptAnswer = /json_?validate_?failed|failed_?generation|tool_?use_?failed/

/** Words that tell more than the status does. */
const tellingWords: [Kind, RegExp][] = [
  ['answer', unkeptAnswer],
  ['quota', /insufficient_?quota|current_?quota|billing|credit|payment|arrear|balance/],
  // Some have a quota for each minute.
  [
    'rate',
    /rate_?limit|too_?many_?requests|throttl|resource_?exhausted|slow_?down|(?:request|token|rate)s?_?quota/,
  ],
  ['quota', /quota/],
  ['filtered', /content_?filter|content_?policy|responsible_?ai|moderation|data_?inspection/],
  ['context', /context_?(?:length|window|size)|string_above_max/],
  ['key', /authenticat|api_?key|unauthori[sz]ed|permission|forbidden|access_?denied/],
  ['schema', /json_?schema|grammar/],
  ['model', /model_?not_?found/],
]
/** Those that count where there is no status. */
const otherWords: [Kind, RegExp][] = [
  ['busy', /overload|unavailable|capacity|time(?:d_)?_?out|server_?error|internal|gateway/],
  [
    'request',
    /invalid|unsupported|unknown_?(?:param|field|arg)|bad_?request|not_?found|unprocessable|malformed|valid/,
  ],
]
/** What servers that give no code write instead. */
const tellingMessages: [Kind, RegExp][] = [
  ['answer', unkeptAnswer],
  ['quota', /insufficient (?:\w+ )?(?:balance|credits?|funds)/i],
  [
    'filtered',
    /\b(?:content|input|prompt|output)\b[^.]{0,40}\b(?:flagged|exists risk|inappropriate|violat\w* (?:\w+ ){0,3}(?:usage|safety|guideline|polic))/i,
  ],
  ['key', /api key (?:is )?(?:not valid|invalid|missing|expired)|(?:invalid|incorrect) api key/i],
  [
    'context',
    /context (?:length|window|size)|maximum context|prompt is too long|exceeds? the (?:available )?context/i,
  ],
  ['schema', /grammar|json[ _]schema|schema conversion/i],
]

const kindByStatus = (status: number): Kind | undefined => {
  if (status === 402) return 'quota'
  if (status === 429) return 'rate'
  if (status === 401 || status === 403) return 'key'
  if (status === 408 || status === 425 || status >= 500) return 'busy'
  if (status >= 300 && status < 400) return 'redirect'
  return status >= 400 ? 'request' : undefined
}

const matching = (kinds: [Kind, RegExp][], text: string): Kind | undefined =>
  kinds.find(([, words]) => words.test(text))?.[0]

const kindOf = ({ status, words, message = '', inStream }: VendorReport): Kind => {
  const told = matching(tellingWords, words)
  // With a 403 servers refuse a key, and some of them what was asked.
  const isForbidden = status === 403 && (told === undefined || told === 'key')
  if (told !== undefined && !isForbidden) return told
  const known =
    (status === undefined ? undefined : kindByStatus(status)) ?? matching(otherWords, words)
  // Some servers report a request that does not fit as a failure of their own.
  const vague = known === undefined || known === 'request' || status === 500 || isForbidden
  const byMessage = vague ? matching(tellingMessages, message) : undefined
  // What a server cannot name, after it has taken the request, is a hiccup of its own.
  return byMessage ?? known ?? (inStream ? 'busy' : 'request')
}

const codes: Record<Kind, { code: ErrorCode; retryable: boolean }> = {
  answer: { code: 'SCHEMA_VALIDATION_FAILED', retryable: true },
  quota: { code: 'RATE_LIMITED', retryable: false },
  rate: { code: 'RATE_LIMITED', retryable: true },
  filtered: { code: 'MODEL_REFUSED', retryable: false },
  context: { code: 'UPSTREAM_ERROR', retryable: false },
  key: { code: 'CAPABILITY_NOT_CONFIGURED', retryable: false },
  schema: { code: 'UPSTREAM_ERROR', retryable: false },
  model: { code: 'UPSTREAM_ERROR', retryable: false },
  busy: { code: 'UPSTREAM_ERROR', retryable: true },
  redirect: { code: 'UPSTREAM_ERROR', retryable: false },
  request: { code: 'UPSTREAM_ERROR', retryable: false },
}

/** Whether the server threw the model's answer away, which did not keep to its schema. */
export const isUnkept = (report: VendorReport): boolean => kindOf(report) === 'answer'

/** What the model is told of it. */
const unkeptReasons = [
  { path: 'answer', message: 'The answer did not keep to its JSON schema; keep to all of it.' },
]

/** Refused with the status of a bad request, a limit or a key: the answer was never begun. 408 says that it was. */
const isRefused = ({ status, inStream }: VendorReport): boolean =>
  !inStream && status !== undefined && status >= 400 && status < 500 && status !== 408

/** `HTTP 429, rate_limit_exceeded`: what may be shown, since it cannot quote the request. */
const summaryOf = ({ status, code, inStream }: VendorReport): string => {
  const number = status === undefined ? [] : [inStream ? `${status}` : `HTTP ${status}`]
  const parts = [...number, ...(code === undefined || code === `${status}` ? [] : [code])]
  return parts.length === 0 ? 'an error' : parts.join(', ')
}

/** The variables in which a server is named: the text model's, or those of a server of another kind. */
export interface ServerVariables {
  key: string
  baseUrl: string
}

const modelVariables: ServerVariables = {
  key: environmentNames.openaiApiKey,
  baseUrl: modelSettingNames.baseUrl,
}

const messageOf = (kind: Kind, report: VendorReport, variables: ServerVariables): string => {
  const summary = summaryOf(report)
  switch (kind) {
    case 'answer':
      return `The model's answer did not keep to its schema (${summary}).`
    case 'quota':
      return 'The model account has no quota left.'
    case 'rate':
      return 'The model is asked too often at the moment.'
    case 'filtered':
      return "The model's server filtered the request."
    case 'context':
      return `The request is longer than the model's context (${summary}).`
    case 'key':
      return `The model does not accept ${variables.key} (${summary}).`
    case 'schema':
      return `The model's server does not take the schema of the answer (${summary}).`
    case 'model':
      return `The model's server has no model of the name that was asked for (${summary}).`
    case 'redirect':
      return `The model's server is at another address than ${variables.baseUrl} says (${summary}).`
    default:
      return report.inStream
        ? `The model failed while it answered (${summary}).`
        : `The model's server answered ${summary}.`
  }
}

/**
 * The product's error for what a server reported.
 * @param private_ the key and the texts of the request, which its message must not repeat
 */
export const vendorError = (
  report: VendorReport,
  private_: readonly string[],
  variables: ServerVariables = modelVariables,
): StudioError => {
  const kind = kindOf(report)
  const { code, retryable } = codes[kind]
  const vendor: VendorReason = {
    status: report.status ?? null,
    code: report.code ?? null,
    message: report.message === undefined ? null : maskedMessage(report.message, private_),
    request_id: report.requestId ?? null,
  }
  return new StudioError(code, messageOf(kind, report, variables), {
    cause: new Error(summaryOf(report)),
    retryable,
    vendor,
    unserved: kind !== 'answer' && isRefused(report),
    ...(kind === 'answer' ? { errors: unkeptReasons } : {}),
    ...(retryable && report.wait !== undefined ? { retryAfter: report.wait } : {}),
  })
}
