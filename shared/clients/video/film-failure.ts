import { StudioError, type VendorReason } from '../../contracts/errors.ts'
import { maskedMessage } from '../openai/masked-message.ts'
import { type VendorReport, vendorError } from '../openai/vendor-failure.ts'

/** The name of a server with `/videos`, whichever it is. */
const usualService = 'The server of films'

/** The words by which vendors say that they will not make a film of this. */
const refusing =
  /moderation|content[_ ]?(?:filter|polic|moderat)|responsible[_ ]?ai|safety|prohibited|nsfw|sensitive|guardrail|inappropriate|likeness|copyright/i

export const saysRefused = (...words: (string | null | undefined)[]): boolean =>
  refusing.test(words.filter(Boolean).join(' '))

/** @param unserved whether it was refused before anything was made, and so is not charged */
export const refusedFilm = (vendor: VendorReason, unserved = false): StudioError =>
  new StudioError('MODEL_REFUSED', 'The model refused to make this film.', {
    cause: new Error(vendor.code ?? 'refused'),
    retryable: false,
    unserved,
    vendor,
  })

/**
 * Whether a call about a job failed for a reason that passes, so that the job may yet come to a film. What came
 * with a success is the job's own end.
 */
export const mayYetCome = (error: unknown): error is StudioError =>
  error instanceof StudioError &&
  error.retryable &&
  (error.code === 'RATE_LIMITED' ||
    error.code === 'MEDIA_TIMEOUT' ||
    (error.code === 'UPSTREAM_ERROR' && error.vendor?.status !== 200))

/**
 * The product's error for what a server answered, with its own reason.
 * @param variable names the server's settings; null of a job that it has begun, which it knows then
 */
export const filmFailure = (
  report: VendorReport,
  private_: readonly string[],
  variable: string | null,
): StudioError => {
  const failure = vendorError(report, private_)
  const { code, cause, retryable, retryAfter, unserved } = failure
  const vendor: VendorReason = {
    ...(failure.vendor ?? { status: null, code: null, message: null, request_id: null }),
    service: usualService,
  }
  const isBusy = report.status !== undefined && (report.status === 429 || report.status >= 500)
  if (code === 'MODEL_REFUSED' || (!isBusy && saysRefused(report.words, report.message))) {
    return refusedFilm(vendor, unserved)
  }
  const summary =
    report.status === undefined ? `an error (${report.code ?? 'no code'})` : `HTTP ${report.status}`
  const isUnknown = report.status === 404 || /model_?not_?found/.test(report.words)
  if (variable === null && report.status === 404) {
    const message = `${usualService} no longer has this film (${summary}).`
    return new StudioError('UPSTREAM_ERROR', message, { cause, retryable: false, vendor })
  }
  if (code === 'CAPABILITY_NOT_CONFIGURED' || isUnknown) {
    const message = `${usualService} does not serve this deployment (${summary}); see ${variable ?? 'its key'}.`
    return new StudioError('CAPABILITY_NOT_CONFIGURED', message, { cause, unserved, vendor })
  }
  const message =
    code === 'RATE_LIMITED'
      ? `${usualService} is asked too often at the moment.`
      : `${usualService} answered ${summary}.`
  return new StudioError(code, message, {
    cause,
    retryable,
    unserved,
    vendor,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  })
}

/**
 * What is wrong with an answer or a clip that came with a success.
 * @param service the vendor's name; a server with `/videos` when not given
 */
export const brokenFilm = (
  what: string,
  {
    retryable = true,
    message = null,
    private_ = [],
    service = usualService,
  }: {
    retryable?: boolean
    message?: string | null
    private_?: readonly string[]
    service?: string | undefined
  } = {},
): StudioError =>
  new StudioError('UPSTREAM_ERROR', `${service} ${what}.`, {
    retryable,
    cause: new Error(what),
    vendor: {
      service,
      status: 200,
      code: null,
      message: maskedMessage(message ?? what, private_),
      request_id: null,
    },
  })

/** A server's own words about a job that it refused or did not bring to its end, which may repeat the order. */
export const saidOfJob = (
  service: string,
  { code = null, message = null }: { code?: string | null; message?: string | null },
  private_: readonly string[],
): VendorReason => ({
  service,
  status: 200,
  code: code !== null && /^[\w.-]{1,60}$/.test(code) ? code : null,
  message: message === null ? null : maskedMessage(message, private_),
  request_id: null,
})

/** MP4 or QuickTime by its own bytes, with something in it. @throws StudioError UPSTREAM_ERROR */
export const asClip = (bytes: Uint8Array | undefined, service = usualService): Uint8Array => {
  if (bytes === undefined) throw brokenFilm('sends a clip without an end', { service })
  if (bytes.length === 0) throw brokenFilm('sent an empty clip', { service })
  const brand = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 12))
  if (bytes.length < 1_000 || brand.toString('latin1', 4, 8) !== 'ftyp') {
    throw brokenFilm(`sent ${bytes.length} bytes that are no MP4`, { service })
  }
  return bytes
}
