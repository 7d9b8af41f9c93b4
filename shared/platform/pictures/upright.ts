import { emptyPicture, type Picture } from './picture.ts'

/** For each orientation of EXIF: whether rows become columns, and from which ends they are read. */
const turns: Readonly<
  Record<number, { swapped: boolean; fromRight: boolean; fromBottom: boolean }>
> = {
  2: { swapped: false, fromRight: true, fromBottom: false },
  3: { swapped: false, fromRight: true, fromBottom: true },
  4: { swapped: false, fromRight: false, fromBottom: true },
  5: { swapped: true, fromRight: false, fromBottom: false },
  6: { swapped: true, fromRight: false, fromBottom: true },
  7: { swapped: true, fromRight: true, fromBottom: true },
  8: { swapped: true, fromRight: true, fromBottom: false },
}

/** The picture as it is meant to be seen, given EXIF's orientation of its pixels. */
export const upright = (picture: Picture, orientation: number): Picture => {
  const turn = turns[orientation]
  if (turn === undefined) return picture
  const { width, height } = picture
  const turned = turn.swapped ? emptyPicture(height, width) : emptyPicture(width, height)
  const from = new Uint32Array(picture.pixels.buffer, picture.pixels.byteOffset, width * height)
  const to = new Uint32Array(turned.pixels.buffer)
  let target = 0
  for (let row = 0; row < turned.height; row += 1) {
    for (let column = 0; column < turned.width; column += 1) {
      const x = turn.swapped ? row : column
      const y = turn.swapped ? column : row
      const sourceX = turn.fromRight ? width - 1 - x : x
      const sourceY = turn.fromBottom ? height - 1 - y : y
      to[target] = from[sourceY * width + sourceX] ?? 0
      target += 1
    }
  }
  return turned
}
