import { planesOf, type Rgba, spriteOf } from '../../../shared/platform/film/planes.ts'
import type { Timeline } from '../../../shared/platform/film/timeline.ts'

/** Shades that change from pixel to pixel, so that every window of it looks different. */
export const shades = (width: number, height: number, seed = 1): Rgba => {
  const pixels = new Uint8Array(width * height * 4)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = 4 * (y * width + x)
      pixels[at] = (255 * x) / width
      pixels[at + 1] = (255 * y) / height
      pixels[at + 2] = 128 + 100 * Math.sin((seed * (x + y)) / 9)
      pixels[at + 3] = 255
    }
  }
  return { width, height, pixels }
}

/** One colour. */
export const plain = (width: number, height: number, colour: [number, number, number]): Rgba => {
  const pixels = new Uint8Array(width * height * 4)
  for (let at = 0; at < pixels.length; at += 4) pixels.set([...colour, 255], at)
  return { width, height, pixels }
}

/** Two scenes in two seconds of 180x320, with a mark over the whole and a caption in the middle second. */
export const smallTimeline = (): Timeline => {
  const [width, height] = [180, 320]
  const whole = { x: 0, y: 0, width: 220, height: 392 }
  const part = { x: 20, y: 30, width: 180, height: 320 }
  return {
    width,
    height,
    framesPerSecond: 30,
    frames: 60,
    plates: [planesOf(shades(220, 392)), planesOf(shades(220, 392, 3))],
    scenes: [
      { plate: 0, start: 0, end: 1, from: whole, to: part, fade: 0 },
      { plate: 1, start: 1, end: 2, from: part, to: whole, fade: 0.3 },
    ],
    layers: [
      {
        sprite: spriteOf(plain(31, 9, [255, 255, 255]), { x: 10, top: 300 }),
        ...{ start: 0, end: 2, fadeIn: 0, fadeOut: 0, rise: 0, caption: false },
      },
      {
        sprite: spriteOf(plain(120, 30, [20, 20, 20]), { x: 30, top: 200 }),
        ...{ start: 0.5, end: 1.5, fadeIn: 0.1, fadeOut: 0.1, rise: 6, caption: true },
      },
    ],
  }
}
