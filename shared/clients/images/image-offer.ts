import { imageSettings } from '../../platform/image-settings.ts'
import { imagePrice } from '../../rules/image-prices.ts'
import { type ImageSize, imageSizeFor } from '../../rules/image-sizes.ts'
import type { ImageOffer, ImageOrder } from './image-maker.ts'

/** The one quality whose price the table has; servers other than OpenAI's may not know the field. */
export const quality = 'medium'

/** A size as requests and parameters write it. */
export const asText = ({ width, height }: ImageSize): string => `${width}x${height}`

/**
 * What an order would buy of the server that is configured, told without a call and without what reads pictures.
 * @throws StudioError CAPABILITY_NOT_CONFIGURED that names the variable
 */
export const imageOffer = (order: ImageOrder): ImageOffer => {
  const { model, baseUrl, provider } = imageSettings()
  const { width, height } = imageSizeFor(model, order.shape)
  const isOpenai = baseUrl === undefined
  const { micros, table } = imagePrice(
    { isOpenai, model },
    { shape: order.shape, withReference: order.reference !== undefined },
  )
  return {
    kind: 'image',
    provider,
    model,
    parameters: {
      server: baseUrl ?? 'openai',
      prompt: order.prompt,
      size: asText({ width, height }),
      quality,
      reference: order.reference?.sha256 ?? null,
    },
    contentType: 'image/png',
    micros: isOpenai ? micros : null,
    priceTable: table,
    width,
    height,
  }
}
