import { emptyPicture, type Picture } from '../../platform/pictures/picture.ts'

/** Digits in rows of five dots, seven rows each: plain enough for any model that reads. */
export const digitDots: readonly (readonly string[])[] = [
  ['.###.', '#...#', '#..##', '#.#.#', '##..#', '#...#', '.###.'],
  ['..#..', '.##..', '..#..', '..#..', '..#..', '..#..', '.###.'],
  ['.###.', '#...#', '....#', '...#.', '..#..', '.#...', '#####'],
  ['.###.', '#...#', '....#', '..##.', '....#', '#...#', '.###.'],
  ['...#.', '..##.', '.#.#.', '#..#.', '#####', '...#.', '...#.'],
  ['#####', '#....', '####.', '....#', '....#', '#...#', '.###.'],
  ['.###.', '#....', '#....', '####.', '#...#', '#...#', '.###.'],
  ['#####', '....#', '...#.', '..#..', '.#...', '.#...', '.#...'],
  ['.###.', '#...#', '#...#', '.###.', '#...#', '#...#', '.###.'],
  ['.###.', '#...#', '#...#', '.####', '....#', '....#', '.###.'],
]

/** Pixels: of a dot, of a digit with the gap behind it, around the number, of the whole strip. */
export const stripSize = { dot: 7, advance: 49, margin: 24, height: 97 } as const

const fill = (picture: Picture, x: number, y: number, width: number, height: number): void => {
  for (let row = y; row < y + height; row += 1) {
    for (let column = x; column < x + width; column += 1) {
      picture.pixels.fill(
        0,
        (row * picture.width + column) * 4,
        (row * picture.width + column) * 4 + 3,
      )
    }
  }
}

const drawDigit = (picture: Picture, digit: number, x: number, y: number): void => {
  const { dot } = stripSize
  for (const [row, dots] of (digitDots[digit] ?? []).entries()) {
    for (const [column, mark] of [...dots].entries()) {
      if (mark === '#') fill(picture, x + column * dot, y + row * dot, dot, dot)
    }
  }
}

/**
 * The picture with a white strip below it that holds a number of four digits. Servers take pictures for models
 * that cannot see and answer all the same: only what saw the picture can name the number. A picture that is
 * narrower than the number stands on white beside it.
 */
export const withCheckStrip = (picture: Picture, number: string): Picture => {
  const { height } = picture
  const { margin, advance } = stripSize
  const width = Math.max(picture.width, 2 * margin + number.length * advance)
  const shown = emptyPicture(width, height + stripSize.height)
  shown.pixels.fill(255)
  const rowBytes = picture.width * 4
  for (let row = 0; row < height; row += 1) {
    const pixels = picture.pixels.subarray(row * rowBytes, (row + 1) * rowBytes)
    shown.pixels.set(pixels, row * width * 4)
  }
  fill(shown, 0, height, width, 2)
  for (const [index, digit] of [...number].entries()) {
    drawDigit(shown, Number(digit), margin + index * advance, height + margin)
  }
  return shown
}
