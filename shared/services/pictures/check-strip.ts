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
 * that cannot see and answer all the same: only what saw the picture can name the number.
 */
export const withCheckStrip = (picture: Picture, number: string): Picture => {
  const { width, height } = picture
  const shown = emptyPicture(width, height + stripSize.height)
  shown.pixels.set(picture.pixels)
  shown.pixels.fill(255, picture.pixels.length)
  fill(shown, 0, height, width, 2)
  for (const [index, digit] of [...number].entries()) {
    const x = stripSize.margin + index * stripSize.advance
    drawDigit(shown, Number(digit), x, height + stripSize.margin)
  }
  return shown
}
