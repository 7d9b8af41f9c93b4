import type { Rectangle } from '../../rules/placements/placement.ts'
import { contrast, luminance, oklab, type Tone } from './colour.ts'
import type { Veil } from './layer-picture.ts'
import type { Picture } from './picture.ts'

/** The whole pixels that a rectangle touches, inside the picture. */
const bounds = ({ width, height }: Picture, { x, y, width: w, height: h }: Rectangle) => ({
  left: Math.max(0, Math.floor(x)),
  top: Math.max(0, Math.floor(y)),
  right: Math.min(width, Math.ceil(x + w)),
  bottom: Math.min(height, Math.ceil(y + h)),
})

/** Luminances of the pixels of a rectangle, every `step`th in both directions. */
export const luminancesIn = (picture: Picture, within: Rectangle, step = 1): Float64Array => {
  const { left, top, right, bottom } = bounds(picture, within)
  const columns = Math.max(0, Math.ceil((right - left) / step))
  const rows = Math.max(0, Math.ceil((bottom - top) / step))
  const values = new Float64Array(columns * rows)
  let index = 0
  for (let y = top; y < bottom; y += step) {
    for (let x = left; x < right; x += step) {
      const at = (y * picture.width + x) * 4
      const { pixels } = picture
      values[index] = luminance(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0)
      index += 1
    }
  }
  return values
}

/**
 * How dark or light a part of a picture is, 0 to 1, and how busy: the mean difference of neighbours some
 * pixels apart.
 */
export const calmnessIn = (
  picture: Picture,
  within: Rectangle,
): { luminance: number; busyness: number } => {
  const step = 4
  const { left, right } = bounds(picture, within)
  const columns = Math.max(1, Math.ceil((right - left) / step))
  const values = luminancesIn(picture, within, step)
  let [sum, differences] = [0, 0]
  for (const [index, value] of values.entries()) {
    sum += value
    if (index % columns > 0) differences += Math.abs(value - (values[index - 1] ?? value))
    if (index >= columns) differences += Math.abs(value - (values[index - columns] ?? value))
  }
  const count = Math.max(1, values.length)
  return { luminance: sum / count, busyness: differences / count }
}

/** Pixels in a thousand that may have less contrast: single ones do not make a text illegible. */
const spared = 2

/**
 * The least contrast of a text's luminance with the pixels behind it as a veil would leave them, but for
 * the worst two in a thousand.
 */
export const leastContrast = (
  picture: Picture,
  within: Rectangle,
  textLuminance: number,
  { colour, along, density }: Veil,
): number => {
  const { left, top, right, bottom } = bounds(picture, within)
  const { pixels } = picture
  const contrasts: number[] = []
  for (let y = top; y < bottom; y += 2) {
    for (let x = left; x < right; x += 2) {
      const at = (y * picture.width + x) * 4
      const share = density[along === 'rows' ? y : x] ?? 0
      const under = (channel: 0 | 1 | 2): number => {
        const own = pixels[at + channel] ?? 0
        return own + (colour[channel] - own) * share
      }
      contrasts.push(contrast(luminance(under(0), under(1), under(2)), textLuminance))
    }
  }
  const values = Float64Array.from(contrasts).sort()
  return values[Math.floor((values.length * spared) / 1000)] ?? 21
}

const hues = 24

/** The hue that stands out of a picture, and the one that it has as a whole, with their chroma. */
export const tonesOf = (picture: Picture): { accent: Tone; whole: Tone } => {
  const sums = Array.from({ length: hues }, () => ({ weight: 0, a: 0, b: 0, chroma: 0 }))
  const step = Math.max(1, Math.round(Math.sqrt((picture.width * picture.height) / 20_000)))
  let [a, b, count] = [0, 0, 0]
  for (let y = 0; y < picture.height; y += step) {
    for (let x = 0; x < picture.width; x += step) {
      const at = (y * picture.width + x) * 4
      const { pixels } = picture
      const [, pixelA, pixelB] = oklab([pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0])
      const chroma = Math.hypot(pixelA, pixelB)
      const turn = (Math.atan2(pixelB, pixelA) / (2 * Math.PI) + 1) % 1
      const bin = sums[Math.floor(turn * hues) % hues]
      if (bin) {
        // The power keeps large parts of little colour from outvoting a small one of much.
        bin.weight += chroma ** 4
        bin.a += pixelA
        bin.b += pixelB
        bin.chroma = Math.max(bin.chroma, chroma)
      }
      a += pixelA
      b += pixelB
      count += 1
    }
  }
  const strongest = sums.toSorted((one, other) => other.weight - one.weight)[0]
  return {
    accent: toneAt(strongest?.a ?? 0, strongest?.b ?? 0, strongest?.chroma ?? 0),
    whole: toneAt(a, b, Math.hypot(a, b) / Math.max(1, count)),
  }
}

const toneAt = (a: number, b: number, chroma: number): Tone => ({
  lightness: 0.5,
  chroma,
  hue: Math.atan2(b, a),
})
