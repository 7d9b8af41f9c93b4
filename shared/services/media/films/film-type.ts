import { type Sprite, spriteOf } from '../../../platform/film/planes.ts'
import { drawSvg } from '../../../platform/lettering/draw-svg.ts'
import { type Alignment, placeText } from '../../../platform/lettering/draw-text.ts'
import { fitText, type TextBlock, type TextStyle } from '../../../platform/lettering/fit-text.ts'
import { type Fonts, openFonts } from '../../../platform/lettering/fonts.ts'
import { LetteringError } from '../../../platform/lettering/lettering-error.ts'
import type { Picture } from '../../../platform/pictures/picture.ts'
import type { Placement, Rectangle } from '../../../rules/placements/placement.ts'

/** Type of a film, drawn once and moved as a picture. */
export interface SetType {
  sprite: Sprite
  /** The same as pixels, with the sprite's corner. */
  picture: Picture
  /** What is inked or lies under it, in pixels of the frame. */
  box: Rectangle
}

/** Sizes in shares of the frame's shorter side; none goes below the placement's least. */
const sizes = {
  headline: { max: 0.1, min: 0.05, leading: 1.24 },
  subheadline: { max: 0.06, min: 0.034, leading: 1.36 },
  price: { max: 0.056, min: 0.036, leading: 1.3 },
  caption: { max: 0.05, min: 0.034, leading: 1.32 },
  label: { max: 0.026, min: 0.026, leading: 1.3 },
} as const
export type TypeRole = keyof typeof sizes

const styleOf = (role: TypeRole, { width, height, minTypeSize }: Placement): TextStyle => {
  const { max, min, leading } = sizes[role]
  const side = Math.min(width, height)
  const least = Math.max(minTypeSize, Math.round(min * side))
  return {
    weight: role === 'subheadline' || role === 'label' ? 'regular' : 'bold',
    minSize: least,
    maxSize: Math.max(least, Math.round(max * side)),
    leading,
    tracking: role === 'headline' ? -0.02 : 0,
  }
}

const white = '#ffffff'
const ink = '#161616'

/** White type on dark pictures, or dark type on light ones. Captions and labels bring their own ground. */
export type Tone = 'light' | 'dark'

interface Colours {
  /** Of type without a ground, and of what softens its edge. */
  type: string
  halo: string
}
const tones: Readonly<Record<Tone, Colours>> = {
  light: { type: white, halo: '#000000' },
  dark: { type: ink, halo: white },
}

interface Ground {
  /** `type`: that of type without a ground, whose own colour the text on it has not. */
  colour: string
  opacity: number
  /** Beyond the text, in sizes of the type. */
  padX: number
  padY: number
}

/**
 * Grounds of type. White on black of this opacity has 4.5:1 on any picture: what shines through is 0.42 of
 * white at most (WCAG 2.2, contrast ratio).
 */
const grounds: Partial<Record<TypeRole, Ground>> = {
  price: { colour: 'type', opacity: 1, padX: 0.55, padY: 0.22 },
  caption: { colour: '#000000', opacity: 0.62, padX: 0.42, padY: 0.2 },
  label: { colour: '#000000', opacity: 0.58, padX: 0.5, padY: 0.22 },
}

const groundSvg = (colour: string, opacity: number, size: number, box: Rectangle): string =>
  `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="${Math.round(size * 0.3)}" fill="${colour}" fill-opacity="${opacity}"/>`

/** Softens the edge of type on a picture of its own colour. */
const withHalo = (svg: string, size: number, { type, halo }: Colours): string => {
  const around = svg.replaceAll(`fill="${type}"`, `fill="${halo}"`)
  return `<defs><filter id="s" x="-10%" y="-10%" width="120%" height="130%"><feGaussianBlur stdDeviation="${(size * 0.07).toFixed(1)}"/></filter></defs><g filter="url(#s)" opacity="0.55" transform="translate(0 ${(size * 0.03).toFixed(1)})">${around}</g>${svg}`
}

export interface TypeWish {
  role: TypeRole
  text: string
  /** Where the block may lie. */
  room: Rectangle
  align: Alignment
  /** At the room's lower edge instead of its upper one. */
  atBottom?: boolean
}

/** A block before it is drawn: where it lies follows from its size. */
interface Layout {
  block: TextBlock
  ground: Ground | undefined
  /** The block with its ground. */
  outer: Rectangle
}

/**
 * Few lines look better than large ones: so many at sizes of at least this share of the largest, and as many as
 * it takes otherwise.
 */
const preferences: readonly { maxLines: number; leastShare: number }[] = [
  { maxLines: 2, leastShare: 0.68 },
  { maxLines: 3, leastShare: 0.6 },
]

const fitted = (
  fonts: Fonts,
  text: string,
  style: TextStyle,
  room: { width: number; height: number },
): TextBlock => {
  for (const { maxLines, leastShare } of preferences) {
    try {
      const minSize = Math.max(style.minSize, Math.round(style.maxSize * leastShare))
      const block = fitText(fonts, text, { ...style, minSize }, { ...room, maxLines })
      if (!block.wordParted) return block
    } catch (error) {
      if (!(error instanceof LetteringError) || error.problem !== 'does_not_fit') throw error
    }
  }
  return fitText(fonts, text, style, room)
}

const layOut = (fonts: Fonts, wish: TypeWish, placement: Placement): Layout => {
  const { role, text, room, align } = wish
  const style = styleOf(role, placement)
  const ground = grounds[role]
  const padX = Math.ceil((ground?.padX ?? 0) * style.maxSize)
  const padY = Math.ceil((ground?.padY ?? 0) * style.maxSize)
  const block = fitted(fonts, text, style, {
    width: room.width - 2 * padX,
    height: room.height - 2 * padY,
  })
  const width = Math.min(room.width, Math.ceil(block.width) + 2 * padX)
  const height = Math.ceil(block.height) + 2 * padY
  const share = align === 'center' ? 0.5 : align === 'right' ? 1 : 0
  return {
    block,
    ground,
    outer: {
      x: Math.round(room.x + (room.width - width) * share),
      y: Math.round(wish.atBottom ? room.y + room.height - height : room.y),
      width,
      height,
    },
  }
}

/** Beyond the block itself, for shadows; even, like everything about a sprite. */
const bleed = 16

const draw = async ({ block, ground, outer }: Layout, { role, align }: TypeWish, tone: Tone) => {
  const colours = tones[tone]
  const isCentred = align === 'center'
  const padX = ground ? (outer.width - Math.ceil(block.width)) / 2 : 0
  const placed = placeText(block, {
    x: bleed + (isCentred ? outer.width / 2 : padX),
    y: bleed + (outer.height - block.height) / 2,
    align: isCentred ? 'center' : 'left',
    colour:
      role === 'price'
        ? tones[tone === 'light' ? 'dark' : 'light'].type
        : ground
          ? white
          : colours.type,
  })
  const local = { ...outer, x: bleed, y: bleed }
  const fill = ground?.colour === 'type' ? colours.type : (ground?.colour ?? '')
  const type = ground
    ? groundSvg(fill, ground.opacity, block.size, local) + placed.svg
    : withHalo(placed.svg, block.size, colours)
  const [width, height] = [outer.width + 2 * bleed, outer.height + 2 * bleed]
  const picture = await drawSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${type}</svg>`,
  )
  return { picture, lines: placed.lines }
}

const around = (boxes: readonly Rectangle[]): Rectangle => {
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  const right = Math.max(...boxes.map((box) => box.x + box.width))
  const bottom = Math.max(...boxes.map((box) => box.y + box.height))
  return { x, y, width: right - x, height: bottom - y }
}

export interface TypeSetter {
  /**
   * Undefined for a text without anything that is drawn.
   * @throws LetteringError when the fonts lack a sign of it, or it does not fit its room
   */
  set(wish: TypeWish): Promise<SetType | undefined>
}

/** Sets the texts of one placement's films. */
export const typeSetterFor = async (
  placement: Placement,
  tone: Tone = 'light',
): Promise<TypeSetter> => {
  const fonts = await openFonts()
  return {
    async set(wish) {
      if (wish.text.trim() === '') return undefined
      const layout = layOut(fonts, wish, placement)
      const { picture, lines } = await draw(layout, wish, tone)
      if (lines.length === 0) return undefined
      const corner = { x: layout.outer.x - bleed, y: layout.outer.y - bleed }
      const inked = lines.map(({ box }) => ({ ...box, x: box.x + corner.x, y: box.y + corner.y }))
      return {
        picture,
        sprite: spriteOf(picture, { x: corner.x, top: corner.y }),
        box: layout.ground ? layout.outer : around(inked),
      }
    },
  }
}
