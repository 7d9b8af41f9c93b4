import { createHash } from 'node:crypto'
import { encodePng } from '../../../shared/platform/pictures/encode-picture.ts'
import { cover } from '../../../shared/platform/pictures/fit-picture.ts'
import { emptyPicture, type Picture } from '../../../shared/platform/pictures/picture.ts'

type Colour = readonly [red: number, green: number, blue: number]

/** Numbers from 0 to 1 that follow from a text. */
const numbersOf = (text: string) => {
  const digest = createHash('sha256').update(text).digest()
  return (index: number): number => (digest[index % digest.length] ?? 0) / 255
}

/** A hue of 0 to 1 as a colour. */
const colourOf = (hue: number, saturation: number, lightness: number): Colour => {
  const channel = (offset: number): number => {
    const k = (offset + hue * 12) % 12
    const amplitude = saturation * Math.min(lightness, 1 - lightness)
    return 255 * (lightness - amplitude * Math.max(-1, Math.min(k - 3, 9 - k, 1)))
  }
  return [channel(0), channel(8), channel(4)]
}

const mixed = (one: Colour, other: Colour, share: number): Colour => [
  one[0] + (other[0] - one[0]) * share,
  one[1] + (other[1] - one[1]) * share,
  one[2] + (other[2] - one[2]) * share,
]

interface Disc {
  x: number
  y: number
  radius: number
  colour: Colour
}

/** Soft edges look drawn; hard ones look broken. */
const coverage = ({ x, y, radius }: Disc, column: number, row: number): number => {
  const distance = Math.hypot(column - x, row - y)
  return Math.max(0, Math.min(0.85, (radius - distance) / (radius * 0.35)))
}

/** How many pixels of the picture one drawn pixel becomes: soft forms need no more. */
const grain = 8

const drawSmall = (prompt: string, width: number, height: number): Picture => {
  const picture = emptyPicture(width, height)
  const number = numbersOf(prompt)
  const hue = number(0)
  const top = colourOf(hue, 0.45, 0.78)
  const bottom = colourOf((hue + 0.08 + number(1) * 0.1) % 1, 0.5, 0.42)
  const discs: Disc[] = [0, 1, 2, 3].map((index) => ({
    x: number(2 + index * 3) * width,
    y: number(3 + index * 3) * height,
    radius: (0.15 + number(4 + index * 3) * 0.3) * Math.min(width, height),
    colour: colourOf((hue + number(20 + index) * 0.3) % 1, 0.55, 0.62),
  }))
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      let colour = mixed(top, bottom, (row / height) * 0.8 + (column / width) * 0.2)
      for (const disc of discs) colour = mixed(colour, disc.colour, coverage(disc, column, row))
      const at = (row * width + column) * 4
      for (const channel of [0, 1, 2] as const)
        picture.pixels[at + channel] = Math.round(colour[channel])
      picture.pixels[at + 3] = 255
    }
  }
  return picture
}

/** A calm picture that follows from the prompt: a slanted gradient with some soft discs. */
export const drawBackground = (prompt: string, width: number, height: number): Promise<Picture> =>
  cover(drawSmall(prompt, Math.ceil(width / grain), Math.ceil(height / grain)), { width, height })

/** The same with the reference in its middle, as an edit would keep it. */
export const drawEdit = async (
  prompt: string,
  width: number,
  height: number,
  reference: Picture,
): Promise<Picture> => {
  const picture = await drawBackground(prompt, width, height)
  const scale = Math.min((width * 0.6) / reference.width, (height * 0.5) / reference.height)
  const [wide, high] = [Math.floor(reference.width * scale), Math.floor(reference.height * scale)]
  const [left, top] = [Math.floor((width - wide) / 2), Math.floor((height - high) / 2)]
  for (let row = 0; row < high; row += 1) {
    for (let column = 0; column < wide; column += 1) {
      const from = (Math.floor(row / scale) * reference.width + Math.floor(column / scale)) * 4
      const to = ((top + row) * width + left + column) * 4
      picture.pixels.set(reference.pixels.subarray(from, from + 4), to)
    }
  }
  return picture
}

export const pngOf = (picture: Picture): Promise<Uint8Array<ArrayBuffer>> => encodePng(picture)
