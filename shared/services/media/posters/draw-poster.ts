import { drawSvg } from '../../../platform/lettering/draw-svg.ts'
import { placeText } from '../../../platform/lettering/draw-text.ts'
import type { Fonts } from '../../../platform/lettering/fonts.ts'
import { type Colour, hexOf } from '../../../platform/pictures/colour.ts'
import { flatten } from '../../../platform/pictures/fit-picture.ts'
import { drawOver } from '../../../platform/pictures/layer-picture.ts'
import type { Picture } from '../../../platform/pictures/picture.ts'
import type { Placement, Rectangle } from '../../../rules/placements/placement.ts'
import { arrangePoster } from './arrange-poster.ts'
import type { Arrangement, Role } from './arrangement.ts'
import { calmerEnd, groundFor } from './ground.ts'
import type { PosterTexts } from './poster-texts.ts'

/** One line of type as it was drawn, for the checks of the finished file. */
export interface DrawnLine {
  role: Role
  text: string
  box: Rectangle
  size: number
  colour: Colour
}

export interface DrawnPoster {
  picture: Picture
  lines: DrawnLine[]
  /** Codes of what was left out for want of room, and `word_parted`. */
  adjusted: string[]
}

const shape = ({ x, y, width, height }: Rectangle, radius: number, colour: Colour, opacity = 1) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${hexOf(colour)}" fill-opacity="${opacity}"/>`

/** The pill lets a little of the picture through, which its contrast allows. */
const pillOpacity = 0.82

/**
 * Draws the texts over a background, which may have any size. Throws `LetteringError` for texts that cannot
 * be set as they are.
 */
export const drawPoster = async (
  fonts: Fonts,
  background: Picture,
  texts: PosterTexts,
  placement: Placement,
): Promise<DrawnPoster> => {
  const opaque = flatten(background)
  const anchor = calmerEnd(opaque)
  const arrangement = arrangePoster(fonts, placement, texts, anchor)
  const { picture, palette } = await groundFor(opaque, arrangement, placement, anchor)
  const { chip, pill, stroke } = arrangement
  const lines: DrawnLine[] = []
  const layers = [
    stroke ? shape(stroke, stroke.height / 2, palette.stroke) : '',
    chip ? shape(chip, chip.height / 2, palette.chip) : '',
    shape(pill, pill.height / 2, palette.pill, pillOpacity),
  ]
  for (const { role, block, x, y } of arrangement.texts) {
    const colour = palette.text[role]
    const placed = placeText(block, { x, y, colour: hexOf(colour) })
    layers.push(placed.svg)
    for (const line of placed.lines) lines.push({ role, ...line, size: block.size, colour })
  }
  const { width, height } = placement
  const layer = await drawSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${layers.join('')}</svg>`,
  )
  drawOver(picture, layer)
  return { picture, lines, adjusted: adjustmentsOf(arrangement) }
}

const adjustmentsOf = ({ leftOut, wordParted }: Arrangement): string[] => [
  ...leftOut,
  ...(wordParted ? ['word_parted'] : []),
]
