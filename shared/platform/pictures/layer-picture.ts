import type { Colour } from './colour.ts'
import type { Picture } from './picture.ts'

/** Draws a picture with transparent parts over an opaque one, in place; both have the same size. */
export const drawOver = (ground: Picture, layer: Picture): void => {
  const { pixels } = ground
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = layer.pixels[at + 3] ?? 0
    if (alpha === 0) continue
    const share = alpha / 255
    for (let channel = at; channel < at + 3; channel += 1) {
      const below = pixels[channel] ?? 0
      pixels[channel] = Math.round(below + ((layer.pixels[channel] ?? 0) - below) * share)
    }
  }
}

/** A veil of one colour whose density, 0 to 1, changes along one side. */
export interface Veil {
  colour: Colour
  along: 'rows' | 'columns'
  /** For each row from above, or each column from the left. */
  density: Float64Array
}

/** Draws a veil over a picture, in place. */
export const drawVeil = (picture: Picture, { colour, along, density }: Veil): void => {
  const { width, height, pixels } = picture
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const share = density[along === 'rows' ? y : x] ?? 0
      if (share === 0) continue
      const at = (y * width + x) * 4
      for (let channel = 0; channel < 3; channel += 1) {
        const own = pixels[at + channel] ?? 0
        pixels[at + channel] = Math.round(own + ((colour[channel] ?? 0) - own) * share)
      }
    }
  }
}

/** A plain picture with another one in it. */
export const placedOn = (
  colour: Colour,
  size: { width: number; height: number },
  part: Picture,
  at: { x: number; y: number },
): Picture => {
  const pixels = new Uint8Array(size.width * size.height * 4)
  for (let index = 0; index < pixels.length; index += 4) pixels.set([...colour, 255], index)
  for (let row = 0; row < part.height; row += 1) {
    const from = row * part.width * 4
    const to = ((at.y + row) * size.width + at.x) * 4
    pixels.set(part.pixels.subarray(from, from + part.width * 4), to)
  }
  return { ...size, pixels }
}
