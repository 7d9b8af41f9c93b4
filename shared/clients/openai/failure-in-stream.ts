import { vendorCode } from '../failure-codes.ts'
import { type Fields, fieldsOf, jsonOf, listOf, textOf } from './loose-json.ts'
import { waitOf } from './retry-after.ts'
import { VendorFailure, type VendorReport } from './vendor-failure.ts'

/** A status as a number, or as digits. */
const statusOf = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && number >= 100 && number < 600 ? number : undefined
}

const secondsOf = (fields: Fields): number | undefined => {
  const said = fields.retry_after ?? fields.retryAfter
  const isTold = typeof said === 'number' || typeof said === 'string'
  const wait = isTold ? waitOf({ header: String(said).slice(0, 60) }) : undefined
  if (wait !== undefined) return wait
  const delay = listOf(fields.details)
    .map(fieldsOf)
    .map(({ retryDelay }) => textOf(retryDelay))
  const found = delay.find((text) => text !== undefined)
  return found === undefined ? undefined : waitOf({ words: `retry in ${found}` })
}

/**
 * What the body of an error says, in whichever of the shapes that servers use: flat, nested under `error`,
 * as text, as FastAPI's `detail`, in a list.
 */
export const reportOf = (
  body: unknown,
  known: Pick<VendorReport, 'inStream'> & { headers?: Headers; status?: number },
): VendorReport => {
  const layers: Fields[] = []
  let at: unknown = Array.isArray(body) ? body[0] : body
  while (typeof at === 'object' && at !== null && layers.length < 4) {
    layers.unshift(fieldsOf(at))
    at = fieldsOf(at).error ?? fieldsOf(fieldsOf(at).response).error
  }
  const all = <T>(pick: (fields: Fields) => T | undefined): T | undefined =>
    layers.map(pick).find((value) => value !== undefined)
  const status = known.status ?? all(({ code, status }) => statusOf(code) ?? statusOf(status))
  const texts = layers.flatMap((fields) => [fields.code, fields.type, fields.status, fields.reason])
  const codes = texts.flatMap((text) => vendorCode(text) ?? [])
  const telling = codes.filter((code) => !/^(?:\d+|error|failed|response\..*)$/.test(code))
  const detail = all((fields) => fields.detail)
  const message =
    textOf(at) ??
    all((fields) => textOf(fields.message)) ??
    textOf(detail) ??
    (detail === undefined ? undefined : jsonOf(detail)?.slice(0, 2000))
  const inHeaders = waitOf({
    milliseconds: known.headers?.get('retry-after-ms'),
    header: known.headers?.get('retry-after'),
  })
  return {
    status,
    code: telling[0] ?? codes.find((code) => /^\d+$/.test(code)),
    words: telling.join(' ').toLowerCase(),
    field: all(({ param }) => textOf(param)),
    message,
    requestId:
      vendorCode(known.headers?.get('x-request-id')) ??
      all(({ request_id }) => vendorCode(request_id)),
    wait: inHeaders ?? all(secondsOf) ?? waitOf({ words: message }),
    inStream: known.inStream,
  }
}

/** Whether a field says anything: some servers fill it with something empty where all is well. */
const isSaid = (error: unknown): boolean =>
  typeof error === 'object' && error !== null ? Object.keys(error).length > 0 : Boolean(error)

/** A message that is nothing but an error, without any of the dialects' own marks. */
const isBareError = (fields: Fields): boolean =>
  fields.choices === undefined &&
  fields.object === undefined &&
  fields.type === undefined &&
  (isSaid(fields.detail) || (isSaid(fields.message) && isSaid(fields.code ?? fields.status)))

/** Finish reasons of a server that failed, whatever it calls that: its answer was not cut at its limit. */
const failedReason = /^(?:abort(?:ed)?|(?:\w+_)?error|insufficient_system_resource)$/i

const failedChoice = (fields: Fields): unknown => {
  const choice = fieldsOf(listOf(fields.choices)[0])
  if (isSaid(choice.error)) return { error: choice.error }
  const reason = textOf(choice.finish_reason)
  return reason !== undefined && failedReason.test(reason) ? { code: reason } : undefined
}

/** The failure that a message of a stream reports, in any dialect. */
export const failureIn = (fields: Fields, type: string): VendorFailure | undefined => {
  const response = fieldsOf(fields.response)
  const status = response.status ?? (fields.object === 'response' ? fields.status : undefined)
  const reports =
    /^(?:error|response\.(?:error|failed|cancelled))$/.test(type) ||
    isSaid(fields.error) ||
    isSaid(response.error) ||
    status === 'failed' ||
    status === 'cancelled' ||
    fields.object === 'error' ||
    isBareError(fields)
  const body = reports ? fields : failedChoice(fields)
  return body === undefined ? undefined : new VendorFailure(reportOf(body, { inStream: true }))
}
