import { even, evenUp, type Planes, type Sprite, spriteOf } from '../../../platform/film/planes.ts'
import type { Layer } from '../../../platform/film/timeline.ts'
import type { Cue } from '../../../rules/captions/cue.ts'
import type { Placement, Rectangle } from '../../../rules/placements/placement.ts'
import type { SetType, Tone, TypeRole, TypeSetter } from './film-type.ts'

/** Where type stands, and so from which side its shade comes: below in upright films, at the left in wide ones. */
export type TypeSide = 'bottom' | 'left'

/** What of a film is type, and where it lies: for the look at the safe rectangle. */
export interface TypeBox {
  role: TypeRole
  box: Rectangle
}

export interface Layers {
  layers: Layer[]
  boxes: TypeBox[]
}

/** Seconds in which a text comes and goes, and pixels of a 1080-pixel frame by which it rises. */
const coming = { fadeIn: 0.45, fadeOut: 0.3, rise: 0.026 } as const
/** Captions come and go at once, but for a moment that keeps them from flickering. */
const captionFade = 0.06

/** When something shows, in seconds. */
export interface Showing {
  start: number
  end: number
  /** Whether it is there until the film ends, and so does not go. */
  stays: boolean
}

/** Type that comes and goes with its scene. */
export const textLayer = (
  { sprite }: SetType,
  { width, height }: Placement,
  { start, end, stays }: Showing,
): Layer => ({
  sprite,
  start,
  end,
  fadeIn: coming.fadeIn,
  fadeOut: stays ? 0 : coming.fadeOut,
  rise: Math.round(coming.rise * Math.min(width, height)),
  caption: false,
})

/** The lower part of the safe rectangle, which captions have for themselves: two rows of the largest. */
export const captionRoom = ({ safe, width, height: frame }: Placement): Rectangle => {
  const height = Math.round(Math.min(0.4 * safe.height, 0.17 * Math.min(width, frame)))
  return { x: safe.x, y: safe.y + safe.height - height, width: safe.width, height }
}

/** Captions in the picture, one sprite each. */
export const captionLayers = async (
  type: TypeSetter,
  placement: Placement,
  cues: readonly Cue[],
): Promise<Layers> => {
  const made: Layers = { layers: [], boxes: [] }
  for (const { start_ms, end_ms, rows } of cues) {
    const set = await type.set({
      role: 'caption',
      text: rows.join('\n'),
      room: captionRoom(placement),
      align: 'center',
      atBottom: true,
    })
    if (set === undefined) continue
    made.boxes.push({ role: 'caption', box: set.box })
    made.layers.push({
      sprite: set.sprite,
      start: start_ms / 1000,
      end: end_ms / 1000,
      fadeIn: captionFade,
      fadeOut: captionFade,
      rise: 0,
      caption: true,
    })
  }
  return made
}

/** The label, all the time, in the upper left corner of what is visible everywhere. */
export const labelLayer = async (
  type: TypeSetter,
  { safe }: Placement,
  text: string,
): Promise<Layers> => {
  const set = await type.set({ role: 'label', text, room: safe, align: 'left' })
  if (set === undefined) return { layers: [], boxes: [] }
  const always = { start: 0, end: Number.POSITIVE_INFINITY, fadeIn: 0, fadeOut: 0, rise: 0 }
  return {
    layers: [{ sprite: set.sprite, ...always, caption: false }],
    boxes: [{ role: 'label', box: set.box }],
  }
}

/** Luminance of a grey of 255, as WCAG 2.2 defines it. */
const luminance = (grey: number): number => {
  const share = grey / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

/** Of type of a tone with a grey, as WCAG 2.2 defines it. */
const contrastWith = (tone: Tone, grey: number): number =>
  tone === 'light'
    ? 1.05 / (luminance(grey) + 0.05)
    : (luminance(grey) + 0.05) / (luminance(darkInk) + 0.05)

/** The grey of dark type. */
const darkInk = 0x16
/** The greys at which light and dark type have 4.6:1. */
const limits = { light: 117, dark: 132 } as const
/** What a shade has at least, for shape, on pictures that need none. */
const leastShade = { light: 0.28, dark: 0.24 } as const

/** The part of a picture over which type stands, whichever window shows: with room for its way. */
const underType = (side: TypeSide, { width, height }: Planes) =>
  side === 'left'
    ? { fromRow: 0, toColumn: Math.round(0.7 * width) }
    : { fromRow: Math.round(0.25 * height), toColumn: width }

/** Of a hundred pixels, how many may be brighter, or darker, than what is taken for the picture's ground. */
const outliers = 0.05

/** How dark and how bright a picture's ground is, as greys of 255. */
const groundOf = (plate: Planes, side: TypeSide): { dark: number; bright: number } => {
  const { width, height, y } = plate
  const { fromRow, toColumn } = underType(side, plate)
  const counts = new Uint32Array(256)
  let total = 0
  for (let row = fromRow; row < height; row += 3) {
    for (let column = 0; column < toColumn; column += 3) {
      const level = y[row * width + column] ?? 0
      counts[level] = (counts[level] ?? 0) + 1
      total += 1
    }
  }
  const levelAt = (share: number): number => {
    let left = total * share
    const level = counts.findIndex((count) => {
      left -= count
      return left <= 0
    })
    return Math.max(0, Math.min(255, ((level - 16) * 255) / 219))
  }
  return { dark: levelAt(outliers), bright: levelAt(1 - outliers) }
}

/** As even as a step can be made. */
const smooth = (share: number): number => share ** 3 * (share * (share * 6 - 15) + 10)

/** The way from the shade to the picture, in shares of the frame's shorter side: no edge is seen. */
const shadeFall = 0.5

/**
 * A shade under type that reaches up, or to the right, to `reach`: whole there, and gone beyond. Below captions,
 * where platforms cover an upright film, it is gone too.
 */
const shade = (
  placement: Placement,
  { side, reach, tone, opacity }: Shade & { side: TypeSide; reach: number },
): Sprite => {
  const { width, height, safe } = placement
  const fall = Math.round(shadeFall * Math.min(width, height))
  const foot = safe.y + safe.height
  const top = side === 'bottom' ? Math.max(0, even(Math.floor(reach) - fall)) : 0
  const right = side === 'left' ? Math.min(width, evenUp(Math.ceil(reach) + fall)) : width
  const pixels = new Uint8Array(4 * right * (height - top)).fill(tone === 'light' ? 0 : 255)
  for (let row = 0; row < height - top; row += 1) {
    for (let column = 0; column < right; column += 1) {
      const below = row + top - foot
      const beyond = side === 'left' ? column - reach : Math.max(reach - (row + top), below)
      const share = Math.max(0, Math.min(1, 1 - beyond / fall))
      pixels[4 * (row * right + column) + 3] = Math.round(255 * opacity * smooth(share))
    }
  }
  return spriteOf({ width: right, height: height - top, pixels }, { x: 0, top })
}

/** How the type of a film is made readable: its tone, and the opacity of black or white under it. */
export interface Shade {
  tone: Tone
  opacity: number
}

/** The tone that needs the lesser shade on all of these pictures, and the contrast that it has then. */
export const shadeNeeded = (
  plates: readonly Planes[],
  side: TypeSide,
): Shade & { contrast: number } => {
  const grounds = plates.map((plate) => groundOf(plate, side))
  const bright = Math.max(...grounds.map((ground) => ground.bright))
  const dark = Math.min(...grounds.map((ground) => ground.dark))
  const light = bright <= limits.light ? 0 : 1 - limits.light / bright
  const white = dark >= limits.dark ? 0 : (limits.dark - dark) / (255 - dark)
  const tone: Tone = light <= white ? 'light' : 'dark'
  const opacity = Math.max(leastShade[tone], tone === 'light' ? light : white)
  const grey = tone === 'light' ? bright * (1 - opacity) : dark + (255 - dark) * opacity
  return { tone, opacity, contrast: contrastWith(tone, grey) }
}

/** The shades of scenes, which come and go with their type. `reach` is the upper or the right end of it. */
export const shadeLayers = (
  placement: Placement,
  look: Shade & { side: TypeSide },
  scenes: readonly (Showing & { reach: number })[],
): Layer[] =>
  scenes.map(({ reach, start, end, stays }) => ({
    sprite: shade(placement, { ...look, reach }),
    start: Math.max(0, start - 0.1),
    end,
    // There with the first frame, which platforms show as a still.
    fadeIn: start < 0.5 ? 0 : coming.fadeIn,
    fadeOut: stays ? 0 : coming.fadeOut,
    rise: 0,
    caption: false,
  }))
