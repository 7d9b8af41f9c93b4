import { StudioError, type VendorReason } from '../../contracts/errors.ts'
import { environmentNames, modelSettingNames } from '../../platform/environment-names.ts'
import { type Fields, fieldsOf, listOf, textOf } from '../openai/loose-json.ts'
import { maskedMessage } from '../openai/masked-message.ts'
import { lacksRoute } from '../openai/refused-parts.ts'
import { type VendorReport, vendorError } from '../openai/vendor-failure.ts'

const service = 'The server of pictures'
const variables = { key: environmentNames.imageApiKey, baseUrl: modelSettingNames.imageBaseUrl }

/** The codes by which servers say that they will not make a picture of this. */
const refusingWords =
  /moderation|content_?(?:filter|policy|moderat)|responsible_?ai|(?:image|prompt)?_?safety|prohibited_?content|nsfw|sensitive_?(?:words?|content)/

/** What they write where they give no code. */
const refusingMessage =
  /safety (?:system|filter|polic|setting|guideline)|content (?:polic|moderation|filter)|(?:image|prompt)_safety|prohibited[_ ](?:content|use)|\bnsfw\b|responsible ai|guardrail|inappropriate content|sensitive (?:words?|content)|moderation/i
/** A server that fails may name its moderation, too: it has refused when it says that it did. */
const saysRefused = /block|violat|reject|refus|not allowed|filtered/i

const isRefusal = ({ status, words, message = '' }: VendorReport): boolean => {
  if (refusingWords.test(words)) return true
  if (!refusingMessage.test(message)) return false
  const mayBeDown = status === undefined || status === 429 || status >= 500
  return !mayBeDown || saysRefused.test(message)
}

const reasonOf = (failure: StudioError): VendorReason => ({
  ...(failure.vendor ?? { status: null, code: null, message: null, request_id: null }),
  service,
})

/** The product's error for what the server of pictures reported, with its own reason. */
export const imageFailure = (report: VendorReport, private_: readonly string[]): StudioError => {
  const failure = vendorError(report, private_, variables)
  const vendor = reasonOf(failure)
  const { cause, retryable, retryAfter, unserved } = failure
  if (isRefusal(report)) {
    return new StudioError('MODEL_REFUSED', 'The model refused to make this picture.', {
      cause,
      retryable: false,
      unserved,
      vendor,
    })
  }
  const notConfigured = (message: string) =>
    new StudioError('CAPABILITY_NOT_CONFIGURED', message, { cause, unserved, vendor })
  if (/model_?not_?found/.test(report.words)) {
    return notConfigured(
      `The server has no model of the name that ${modelSettingNames.imageModel} gives.`,
    )
  }
  if (lacksRoute(report)) {
    return notConfigured(`The server makes no pictures; ${variables.baseUrl} names another.`)
  }
  const wait = retryAfter === undefined ? {} : { retryAfter }
  return new StudioError(failure.code, failure.message, {
    cause,
    retryable,
    unserved,
    vendor,
    ...wait,
  })
}

/** Names of fields in which servers tell why they hold a picture back, with a 200. */
const tellingFields = [
  'finish_reason',
  'finishReason',
  'raiFilteredReason',
  'rai_filtered_reason',
  'status',
  'reason',
  'error',
  'message',
]

/** What an item without a picture says; undefined when it says nothing of a refusal. */
const heldBack = (item: Fields): string | undefined => {
  if (item.respect_moderation === false) return 'respect_moderation'
  const filters = Object.values(fieldsOf(item.content_filter_results))
  if (filters.some((filter) => fieldsOf(filter).filtered === true)) return 'content_filter'
  const said = tellingFields
    .map((name) => textOf(item[name]) ?? textOf(fieldsOf(item[name]).message))
    .find(
      (text) =>
        text !== undefined &&
        (refusingWords.test(text.toLowerCase()) || refusingMessage.test(text)),
    )
  return said
}

/** A refusal that came with a 200 and without a picture. */
export const silentRefusal = (
  answer: Fields,
  private_: readonly string[],
): StudioError | undefined => {
  const items = [answer, ...listOf(answer.data).map(fieldsOf)]
  const said = items.map(heldBack).find((reason) => reason !== undefined)
  if (said === undefined) return undefined
  const code = /^[\w.-]{1,60}$/.test(said) ? said : null
  return new StudioError('MODEL_REFUSED', 'The model refused to make this picture.', {
    cause: new Error(code ?? 'held back'),
    vendor: {
      service,
      status: 200,
      code,
      message: maskedMessage(said, private_),
      request_id: null,
    },
  })
}

/** A failure that is not the server's own report, named as the service's. */
export const brokenAnswer = (message: string, cause?: unknown): StudioError =>
  new StudioError('UPSTREAM_ERROR', `${service} ${message}`, {
    ...(cause === undefined ? {} : { cause }),
    vendor: { service, status: 200, code: null, message, request_id: null },
  })
