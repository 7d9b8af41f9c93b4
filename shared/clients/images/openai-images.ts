import { StudioError } from '../../contracts/errors.ts'
import { numberSetting } from '../../platform/environment.ts'
import { modelSettingNames } from '../../platform/environment-names.ts'
import { type ImageSettings, imageSettings } from '../../platform/image-settings.ts'
import { log } from '../../platform/telemetry.ts'
import { type ImageSize, imageSizeFor, nearestSizeIn } from '../../rules/image-sizes.ts'
import { purchaseMs } from '../../rules/media-limits.ts'
import { connectionCode } from '../failure-codes.ts'
import { openaiBaseUrl } from '../openai/base-url.ts'
import { readRefusal } from '../openai/errors.ts'
import type { VendorReport } from '../openai/vendor-failure.ts'
import { pictureIn } from './image-answer.ts'
import { imageApiKey } from './image-key.ts'
import type { ImageMaker, ImageOrder } from './image-maker.ts'
import { asText, imageOffer, quality } from './image-offer.ts'
import { asPng } from './picture-bytes.ts'
import { imageFailure } from './refused-picture.ts'

type Part = 'quality'

/** What is known of one model on one server. */
interface Known {
  refused: Set<Part>
  /** Sizes that the server named when it refused ours, by ours. */
  sizes: Map<string, ImageSize>
}

const known = new Map<string, Known>()

const knownOf = ({ model, baseUrl }: ImageSettings): Known => {
  const name = `${baseUrl ?? ''} ${model}`
  const entry = known.get(name) ?? { refused: new Set(), sizes: new Map() }
  known.set(name, entry)
  return entry
}

interface Call {
  settings: ImageSettings
  order: ImageOrder
  size: ImageSize
  key: string
  idempotencyKey: string
  signal: AbortSignal
}

const fieldsFor = ({ settings: { model }, order, size }: Call, refused: ReadonlySet<Part>) => {
  const hasQuality = /^gpt-image-/.test(model) && !refused.has('quality')
  return {
    model,
    prompt: order.prompt,
    size: asText(size),
    ...(hasQuality ? { quality } : {}),
  }
}

const formOf = (fields: Record<string, string>, order: ImageOrder): FormData | undefined => {
  const { reference } = order
  if (reference === undefined) return undefined
  const form = new FormData()
  const { bytes, contentType } = reference
  // Servers tell the format by the file name's extension.
  const name = contentType === 'image/png' ? 'product.png' : 'product.jpg'
  form.set('image', new File([new Uint8Array(bytes)], name, { type: contentType }))
  for (const [field, value] of Object.entries(fields)) form.set(field, value)
  form.set('n', '1')
  return form
}

const send = (call: Call, refused: ReadonlySet<Part>): Promise<Response> => {
  const { settings, order, key, idempotencyKey, signal } = call
  const fields = fieldsFor(call, refused)
  const form = formOf(fields, order)
  const path = form ? '/images/edits' : '/images/generations'
  return fetch(`${settings.baseUrl ?? openaiBaseUrl}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'idempotency-key': idempotencyKey,
      ...(form ? {} : { 'content-type': 'application/json' }),
    },
    body: form ?? JSON.stringify({ ...fields, n: 1 }),
    // A redirect would carry the key and the picture to an address that is configured nowhere.
    redirect: 'manual',
    signal,
  })
}

/** What a refusal names that the request can do without, or in another size; undefined when it is final. */
const without = (
  { status, field = '', message = '' }: VendorReport,
  call: Call,
): Known | undefined => {
  if (status !== 400 && status !== 422) return undefined
  const entry = knownOf(call.settings)
  const told = `${field} ${message}`
  if (/\bquality\b/.test(told) && !entry.refused.has('quality')) {
    entry.refused.add('quality')
    return entry
  }
  const wanted = asText(imageSizeFor(call.settings.model, call.order.shape))
  if (/\bsize|resolution|dimension/i.test(told) && !entry.sizes.has(wanted)) {
    const size = nearestSizeIn(message, call.size)
    if (size === undefined) return undefined
    entry.sizes.set(wanted, size)
    return entry
  }
  return undefined
}

const sizeNow = (settings: ImageSettings, order: ImageOrder): ImageSize => {
  const size = imageSizeFor(settings.model, order.shape)
  return knownOf(settings).sizes.get(asText(size)) ?? size
}

/** A request that was refused for its form was not served, and is sent once more without that. */
const ask = async (call: Call, private_: readonly string[]): Promise<Uint8Array> => {
  const { settings, order, signal } = call
  const response = await send(call, knownOf(settings).refused)
  if (response.ok) {
    const { origin } = new URL(settings.baseUrl ?? openaiBaseUrl)
    return asPng(await pictureIn(response, { origin, private_, signal }))
  }
  const refusal = await readRefusal(response)
  if (without(refusal, call) === undefined) throw imageFailure(refusal, private_)
  return ask({ ...call, size: sizeNow(settings, order) }, private_)
}

const make = async (
  order: ImageOrder,
  idempotencyKey: string,
  signal: AbortSignal,
): Promise<Uint8Array> => {
  const settings = imageSettings()
  const key = await imageApiKey(settings)
  const deadline = numberSetting(modelSettingNames.imageDeadline, purchaseMs.image)
  const timeout = AbortSignal.timeout(deadline)
  const call: Call = {
    settings,
    order,
    size: sizeNow(settings, order),
    key,
    idempotencyKey,
    signal: AbortSignal.any([timeout, signal]),
  }
  try {
    return await ask(call, [key, order.prompt])
  } catch (error) {
    signal.throwIfAborted()
    if (timeout.aborted) {
      const message = `The picture was not made within ${deadline / 1000} s.`
      throw new StudioError('MEDIA_TIMEOUT', message)
    }
    if (error instanceof StudioError) {
      const { code, retryable, vendor } = error
      log.warn('no picture was made', { code, retryable, vendor })
      throw error
    }
    throw new StudioError('UPSTREAM_ERROR', 'The server of pictures could not be reached.', {
      cause: new Error(connectionCode(error) ?? 'no code'),
      unanswered: true,
    })
  }
}

/**
 * Any server with OpenAI's `/images/generations` and `/images/edits`. Called with plain `fetch`, as in the
 * speaker. @throws StudioError CAPABILITY_NOT_CONFIGURED that names the variable
 */
export const openaiImages = (): ImageMaker => {
  const { provider, model } = imageSettings()
  return { provider, model, offer: imageOffer, make }
}
