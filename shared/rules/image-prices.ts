import type { ImageShape } from './image-sizes.ts'
import type { UnitPrice } from './service-prices.ts'

/**
 * List prices of pictures, checked on 2026-11-26. A new price is a new table. OpenAI counts tokens: 5 dollars for a
 * million of text, 8 of a picture that is sent, 30 of one that is made
 * (https://developers.openai.com/api/docs/pricing), and its guide gives what a picture of medium quality comes
 * to; see `price-sources` for what was verified. In micro-dollars: a picture by its shape, a prompt of some hundred words, and a picture sent along.
 */
const table = 'images-2026-11-26'

interface PicturePrice {
  shapes: Readonly<Record<ImageShape, number>>
  prompt: number
  reference: number
}

const flexible: PicturePrice = {
  shapes: { portrait: 41_000, square: 53_000, landscape: 41_000 },
  prompt: 2_500,
  reference: 12_000,
}

const openai: Readonly<Record<string, PicturePrice>> = {
  'gpt-image-2.6-flare': flexible,
  'gpt-image-2.6-sunburst': flexible,
  'gpt-image-2.5-flare': flexible,
  'gpt-image-2.5-sunburst': flexible,
  'gpt-image-2': flexible,
  'gpt-image-1.5': {
    shapes: { portrait: 50_688, square: 33_792, landscape: 50_176 },
    prompt: 2_500,
    reference: 12_000,
  },
  // Text at 2 dollars for a million of tokens, pictures that are sent at 2.50.
  'gpt-image-1-mini': {
    shapes: { portrait: 15_000, square: 11_000, landscape: 15_000 },
    prompt: 1_000,
    reference: 4_000,
  },
}

const sumOf = (
  { shapes, prompt, reference }: PicturePrice,
  { shape, withReference }: { shape: ImageShape; withReference: boolean },
): number => shapes[shape] + prompt + (withReference ? reference : 0)

/**
 * One picture. A model of OpenAI's that is not listed may be the dearest; what another server charges is not
 * known.
 */
export const imagePrice = (
  by: { isOpenai: boolean; model: string },
  asked: { shape: ImageShape; withReference: boolean },
): UnitPrice => {
  if (!by.isOpenai) return { micros: 0, table: null }
  const listed = new Map(Object.entries(openai)).get(by.model)
  return listed
    ? { micros: sumOf(listed, asked), table }
    : {
        micros: Math.max(...Object.values(openai).map((price) => sumOf(price, asked))),
        table: null,
      }
}
