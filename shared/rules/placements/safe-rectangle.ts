import type { Rectangle } from './placement.ts'

/** What a platform draws over a picture, in pixels from its edges. */
export interface Overlays {
  top: number
  bottom: number
  left: number
  right: number
  /** Buttons along the right edge: so wide, and from this row down. */
  rail?: { width: number; from: number }
}

/** The largest rectangle that nothing is drawn over: beside the rail, or above it. */
export const safeRectangle = (
  size: { width: number; height: number },
  { top, bottom, left, right, rail }: Overlays,
): Rectangle => {
  const whole = {
    x: left,
    y: top,
    width: size.width - left - right,
    height: size.height - top - bottom,
  }
  if (rail === undefined || rail.from >= size.height - bottom) return whole
  const beside = { ...whole, width: size.width - left - Math.max(right, rail.width) }
  const above = { ...whole, height: rail.from - top }
  return beside.width * beside.height >= above.width * above.height ? beside : above
}

/** The same margin on every side. */
export const margin = (pixels: number): Overlays => ({
  top: pixels,
  bottom: pixels,
  left: pixels,
  right: pixels,
})
