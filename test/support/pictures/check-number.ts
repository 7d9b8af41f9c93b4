import { decodePicture } from '../../../shared/platform/pictures/decode-picture.ts'
import { digitDots, stripSize } from '../../../shared/services/pictures/check-strip.ts'

/** The number in the strip below a picture, as a model that sees it would read it. */
export const checkNumberIn = async (bytes: Uint8Array): Promise<string> => {
  const { picture } = await decodePicture(bytes)
  const top = picture.height - stripSize.height + stripSize.margin
  const isDark = (x: number, y: number): boolean =>
    x < picture.width && (picture.pixels[(y * picture.width + x) * 4] ?? 255) < 128
  const { dot, margin, advance } = stripSize
  const digitAt = (index: number): string => {
    const rows = Array.from({ length: 7 }, (_, row) =>
      Array.from({ length: 5 }, (_, column) => {
        const x = margin + index * advance + column * dot + 3
        return isDark(x, top + row * dot + 3) ? '#' : '.'
      }).join(''),
    )
    const digit = digitDots.findIndex((dots) => dots.join() === rows.join())
    return digit < 0 ? '?' : String(digit)
  }
  return [0, 1, 2, 3].map(digitAt).join('')
}
