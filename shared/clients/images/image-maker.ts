import type { ImageShape } from '../../rules/image-sizes.ts'

/** The picture that another one is made from, such as the photo of a product. */
export interface ReferencePicture {
  bytes: Uint8Array
  contentType: 'image/jpeg' | 'image/png'
  /** Hexadecimal. */
  sha256: string
}

export interface ImageOrder {
  prompt: string
  shape: ImageShape
  /** The prompt is about this picture then, and the answer shows what it shows. */
  reference?: ReferencePicture | undefined
}

/** What an order would buy: told without a call. Two orders with the same offer are the same purchase. */
export interface ImageOffer {
  kind: 'image'
  provider: string
  model: string
  /** Everything that the picture depends on. */
  parameters: Readonly<Record<string, string | number | null>>
  contentType: 'image/png'
  /** Expected list price in micro-dollars; null when it is not known. */
  micros: number | null
  /** Names the dated table that the price is from. */
  priceTable: string | null
  /** Pixels that the model is asked for; what it makes may differ, and is told by the bytes. */
  width: number
  height: number
}

/** Makes pictures from words. Each provider is one file that implements this. */
export interface ImageMaker {
  /** The provider's name, as provenance gives it. */
  readonly provider: string
  readonly model: string
  offer(order: ImageOrder): ImageOffer
  /**
   * One picture, as a PNG that was decoded: one call of the provider, without retries, within the provider's
   * deadline. The key lets a provider that knows idempotency charge once for calls whose answers were lost.
   * @throws StudioError MODEL_REFUSED, never to be tried again as it is; CAPABILITY_NOT_CONFIGURED that names
   * the variable; RATE_LIMITED; MEDIA_TIMEOUT; UPSTREAM_ERROR, also for an answer that is no picture; with
   * `vendor` what the provider said; or the signal's reason
   */
  make(order: ImageOrder, idempotencyKey: string, signal: AbortSignal): Promise<Uint8Array>
}
