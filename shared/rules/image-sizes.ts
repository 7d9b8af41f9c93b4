/** The shapes in which pictures are asked for: each model has its own sizes for them. */
export const imageShapes = ['portrait', 'square', 'landscape'] as const
export type ImageShape = (typeof imageShapes)[number]

export interface ImageSize {
  width: number
  height: number
}

type Sizes = Readonly<Record<ImageShape, ImageSize>>

const size = (width: number, height: number): ImageSize => ({ width, height })

/** What most servers know. https://developers.openai.com/api/docs/guides/image-generation, read on 2026-11-26 */
const usual: Sizes = {
  portrait: size(1024, 1536),
  square: size(1024, 1024),
  landscape: size(1536, 1024),
}

/** Models that know others, by the beginning of their names. */
const others: readonly (readonly [name: RegExp, sizes: Sizes])[] = [
  [
    /^dall-e-3/,
    { portrait: size(1024, 1792), square: size(1024, 1024), landscape: size(1792, 1024) },
  ],
  [
    /^dall-e-2/,
    { portrait: size(1024, 1024), square: size(1024, 1024), landscape: size(1024, 1024) },
  ],
]

/** The size in which a model is asked for a shape. */
export const imageSizeFor = (model: string, shape: ImageShape): ImageSize =>
  (others.find(([name]) => name.test(model))?.[1] ?? usual)[shape]

const ratio = ({ width, height }: ImageSize): number => Math.log(width / height)

/** Sizes that a server names in the refusal of another: `must be one of 512x512, 768x1024`. */
const sizesIn = (message: string): ImageSize[] =>
  [...message.matchAll(/\b([1-9][0-9]{2,3})\s?[x×*]\s?([1-9][0-9]{2,3})\b/g)].map(
    ([, width, height]) => size(Number(width), Number(height)),
  )

/** Of the sizes that a refusal names, the one of the nearest ratio; of equals, the largest. */
export const nearestSizeIn = (message: string, wanted: ImageSize): ImageSize | undefined =>
  sizesIn(message)
    .filter(({ width, height }) => width !== wanted.width || height !== wanted.height)
    .toSorted(
      (one, other) =>
        Math.abs(ratio(one) - ratio(wanted)) - Math.abs(ratio(other) - ratio(wanted)) ||
        other.width * other.height - one.width * one.height,
    )[0]
