import { linearLight } from './colour.ts'
import type { Picture } from './picture.ts'

/** Steps between black and white, fine enough for the dark end. */
const steps = 4095

const encoded = Uint8Array.from({ length: steps + 1 }, (_, step) => {
  const share = step / steps
  return Math.round(255 * (share <= 0.0031308 ? share * 12.92 : 1.055 * share ** (1 / 2.4) - 0.055))
})

const toByte = (share: number): number =>
  encoded[Math.round(Math.max(0, Math.min(1, share)) * steps)] ?? 0

/**
 * Display P3 as sRGB, in place: unconverted, a phone's pictures would look pale wherever they are shown.
 * Colours that sRGB does not have become its strongest. Source of the matrix: CSS Color 4, section 19.
 */
export const convertDisplayP3 = ({ pixels }: Picture): void => {
  for (let at = 0; at < pixels.length; at += 4) {
    const red = linearLight[pixels[at] ?? 0] ?? 0
    const green = linearLight[pixels[at + 1] ?? 0] ?? 0
    const blue = linearLight[pixels[at + 2] ?? 0] ?? 0
    pixels[at] = toByte(1.2249401 * red - 0.2249402 * green)
    pixels[at + 1] = toByte(-0.0420569 * red + 1.0420571 * green)
    pixels[at + 2] = toByte(-0.0196376 * red - 0.0786361 * green + 1.0982735 * blue)
  }
}
