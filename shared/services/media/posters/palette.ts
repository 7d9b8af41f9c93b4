import {
  type Colour,
  contrastOf,
  type Tone,
  toneColour,
} from '../../../platform/pictures/colour.ts'
import type { Role } from './arrangement.ts'

/** The colours of one poster, taken from its picture. */
export interface Palette {
  theme: 'dark' | 'light'
  /** Of the veil or panel behind the type. */
  panel: Colour
  text: Record<Role, Colour>
  chip: Colour
  pill: Colour
  stroke: Colour
}

/** Contrast of small things on their own plain ground. */
const legible = 4.9

/** The tone, lighter or darker by steps until it stands off from a ground. */
const standingOff = (tone: Tone, ground: Colour, step: number): Colour => {
  let lightness = tone.lightness
  let colour = toneColour({ ...tone, lightness })
  while (contrastOf(colour, ground) < legible && lightness > 0 && lightness < 1) {
    lightness = Math.min(1, Math.max(0, lightness + step))
    colour = toneColour({ ...tone, lightness })
  }
  return colour
}

const white: Colour = [255, 255, 255]

/** Dark type on light ground, or the other way round, in the picture's own hues. */
export const paletteOf = (
  theme: Palette['theme'],
  { accent, whole }: { accent: Tone; whole: Tone },
): Palette => {
  const soft = (lightness: number, most: number): Colour =>
    toneColour({ hue: whole.hue, lightness, chroma: Math.min(most, whole.chroma * 0.8) })
  const vivid = (lightness: number): Tone => ({
    hue: accent.hue,
    lightness,
    chroma: Math.min(0.14, accent.chroma * 1.1),
  })
  const pill: Colour = [20, 20, 22]
  if (theme === 'dark') {
    const panel = soft(0.2, 0.045)
    const chip = toneColour(vivid(0.86))
    return {
      theme,
      panel,
      chip,
      pill,
      stroke: toneColour(vivid(0.82)),
      text: {
        name: standingOff(vivid(0.86), panel, 0.02),
        headline: white,
        subheadline: soft(0.94, 0.015),
        price: standingOff({ ...vivid(0.24), chroma: 0.03 }, chip, -0.02),
        label: white,
      },
    }
  }
  const panel = soft(0.97, 0.018)
  const chip = standingOff(vivid(0.42), white, -0.02)
  return {
    theme,
    panel,
    chip,
    pill,
    stroke: toneColour(vivid(0.55)),
    text: {
      name: standingOff(vivid(0.44), panel, -0.02),
      headline: soft(0.2, 0.035),
      subheadline: soft(0.33, 0.03),
      price: white,
      label: white,
    },
  }
}
