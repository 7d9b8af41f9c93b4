import { luminance } from '../../../platform/pictures/colour.ts'
import { cover } from '../../../platform/pictures/fit-picture.ts'
import { drawVeil, placedOn, type Veil } from '../../../platform/pictures/layer-picture.ts'
import { calmnessIn, leastContrast, tonesOf } from '../../../platform/pictures/measure-picture.ts'
import type { Picture } from '../../../platform/pictures/picture.ts'
import type { Placement, Rectangle } from '../../../rules/placements/placement.ts'
import type { ArrangedText, Arrangement } from './arrangement.ts'
import { type Palette, paletteOf } from './palette.ts'
import { isStrip, stripOf } from './strip.ts'

/** What the type is drawn on, and in which colours. */
export interface Ground {
  picture: Picture
  palette: Palette
}

/** Contrast that the ground is made for, a little above the 4.5 that is checked in the finished file. */
const wanted = 4.9

/** Luminance from which dark type reads better than white. */
const lightFrom = 0.36

/**
 * The end of a full picture at which type disturbs less: above, which the prompt asked to be calm, unless
 * it is clearly calmer below.
 */
export const calmerEnd = (picture: Picture): 'top' | 'bottom' => {
  const { width, height } = picture
  const third = height / 3
  const top = calmnessIn(picture, { x: 0, y: 0, width, height: third })
  const bottom = calmnessIn(picture, { x: 0, y: height - third, width, height: third })
  return bottom.busyness < top.busyness * 0.5 ? 'bottom' : 'top'
}

const smooth = (share: number): number => {
  const within = Math.max(0, Math.min(1, share))
  return within * within * (3 - 2 * within)
}

const profile = (length: number, at: (place: number) => number): Float64Array =>
  Float64Array.from({ length }, (_, place) => at(place))

/** Dense behind the type, and gone some way off it. */
const densityOf = (
  { kind, group, picture }: Arrangement,
  { width, height }: Placement,
  anchor: 'top' | 'bottom',
  most: number,
): Omit<Veil, 'colour'> | undefined => {
  if (group === null) return undefined
  if (kind === 'banner') {
    const fade = picture.width * 0.55
    const density = profile(width, (x) => 1 - smooth((x - picture.x) / fade))
    return { along: 'columns', density }
  }
  if (kind === 'side') {
    const end = group.x + group.width + width * 0.03
    const density = profile(width, (x) => most * (1 - smooth((x - end) / (width * 0.34))))
    return { along: 'columns', density }
  }
  const fade = height * 0.2
  const margin = height * 0.025
  const density = profile(height, (y) =>
    anchor === 'bottom'
      ? most * smooth((y - (group.y - margin - fade)) / fade)
      : most * (1 - smooth((y - (group.y + group.height + margin)) / fade)),
  )
  return { along: 'rows', density }
}

const around = ({ block, x, y }: ArrangedText): Rectangle => ({
  x,
  y,
  width: block.width,
  height: block.height,
})

/** What is drawn on the ground itself, and not on a shape of its own. */
const bareTexts = ({ texts, chip }: Arrangement): ArrangedText[] =>
  texts.filter(({ role }) => role !== 'label' && !(role === 'price' && chip !== null))

const isLegible = (
  picture: Picture,
  veil: Veil,
  arrangement: Arrangement,
  { text: colours }: Palette,
): boolean =>
  bareTexts(arrangement).every(
    (text) =>
      leastContrast(picture, around(text), luminance(...colours[text.role]), veil) >= wanted,
  )

/** Densities from a hint of a veil to a plain ground. */
const densities = (theme: Palette['theme']): number[] => {
  const from = theme === 'dark' ? 0.58 : 0.7
  return Array.from({ length: 8 }, (_, index) => from + ((1 - from) * index) / 7)
}

const themeFor = (picture: Picture, { group }: Arrangement): Palette['theme'] =>
  group !== null && calmnessIn(picture, group).luminance >= lightFrom ? 'light' : 'dark'

/**
 * The background in the placement's size, under a veil of its own colour that is as thin as legible type
 * allows: the contrast is measured on the pixels behind each text.
 */
export const groundFor = async (
  background: Picture,
  arrangement: Arrangement,
  placement: Placement,
  anchor: 'top' | 'bottom',
): Promise<Ground> => {
  const { picture: place } = arrangement
  const tones = tonesOf(background)
  const part = isStrip(placement)
    ? await stripOf(background, placement)
    : await cover(background, place, focusOf(arrangement.kind, anchor))
  const theme = themeFor(arrangement.kind === 'banner' ? background : part, arrangement)
  const palette = paletteOf(theme, tones)
  const whole =
    part.width === placement.width ? part : placedOn(palette.panel, placement, part, place)
  for (const most of densities(theme)) {
    const density = densityOf(arrangement, placement, anchor, most)
    if (density === undefined) return { picture: whole, palette }
    const veil = { ...density, colour: palette.panel }
    if (most === 1 || isLegible(whole, veil, arrangement, palette)) {
      drawVeil(whole, veil)
      return { picture: whole, palette }
    }
  }
  throw new Error('The last density is a plain ground.')
}

/** The subject stands where the prompt put it: see `background.ts`. */
const focusOf = (
  kind: Arrangement['kind'],
  anchor: 'top' | 'bottom',
): { x?: number; y?: number } => {
  if (kind === 'banner') return { x: 0.92, y: 0.5 }
  return kind === 'side' ? { x: 0.6 } : { y: anchor === 'top' ? 0.1 : 0.5 }
}
