import { contrast, luminance } from '../../../platform/pictures/colour.ts'
import { luminancesIn } from '../../../platform/pictures/measure-picture.ts'
import type { Picture } from '../../../platform/pictures/picture.ts'
import type { DrawnLine } from './draw-poster.ts'

/** Pixels around type that its own edge and the encoding blur. */
const edge = 3

/** Half of the widest stroke or filled emoji, in sizes: what is thicker is no type, but ground of its colour. */
const halfStroke = 0.3

/** Dots and dashes fill a box of their own, and leave no ground in it: within the line there is some around them. */
const withGround = ({ box, size }: Pick<DrawnLine, 'box' | 'size'>): DrawnLine['box'] => {
  const wider = Math.max(0, size / 2 - box.width) / 2
  const higher = Math.max(0, size / 2 - box.height) / 2
  return {
    x: box.x - wider,
    y: box.y - higher,
    width: box.width + 2 * wider,
    height: box.height + 2 * higher,
  }
}

/**
 * The share of a line's box that shows its colour, and the least contrast of that with what surrounds it,
 * but for the worst half percent. Knows nothing of the line but its box, colour and size.
 */
export const inkOf = (
  picture: Picture,
  line: Pick<DrawnLine, 'box' | 'colour' | 'size'>,
): { share: number; contrast: number } => {
  const { colour, size } = line
  const box = withGround(line)
  const own = luminance(...colour)
  const contrasts = luminancesIn(picture, box).map((value) => contrast(value, own))
  const left = Math.max(0, Math.floor(box.x))
  const columns = Math.max(1, Math.min(picture.width, Math.ceil(box.x + box.width)) - left)
  const median = contrasts.toSorted()[contrasts.length >> 1] ?? 1
  // Half-way between type and ground, as edges are.
  const isInk = Uint8Array.from(contrasts, (value) => (value <= Math.sqrt(median) ? 1 : 0))
  const share = marksOf(isInk) / Math.max(1, isInk.length)
  const isNoInk = isInk.map((ink) => 1 - ink)
  const nearNoInk = spread(isNoInk, columns, Math.ceil(size * halfStroke))
  const blots = isInk.length - marksOf(nearNoInk)
  if (blots > isInk.length * 0.005) return { share, contrast: 1 }
  const near = spread(isInk, columns, edge)
  const ground = contrasts.filter((_, index) => near[index] === 0).sort()
  return { share, contrast: ground[Math.floor(ground.length / 200)] ?? median }
}

const marksOf = (marks: Uint8Array): number => marks.reduce((sum, mark) => sum + mark, 0)

/** Marks what lies within so many pixels of a mark, in rows and columns. */
const spread = (marks: Uint8Array, columns: number, distance: number): Uint8Array => {
  const rows = Math.floor(marks.length / columns)
  const wide = new Uint8Array(marks.length)
  for (let row = 0; row < rows; row += 1) {
    spreadLine(marks, wide, { from: row * columns, stride: 1, count: columns, distance })
  }
  const both = new Uint8Array(marks.length)
  for (let column = 0; column < columns; column += 1) {
    spreadLine(wide, both, { from: column, stride: columns, count: rows, distance })
  }
  return both
}

interface Line {
  from: number
  stride: number
  count: number
  distance: number
}

/** Once forwards and once backwards, each time marking what follows a mark closely enough. */
const spreadLine = (
  marks: Uint8Array,
  spreadMarks: Uint8Array,
  { from, stride, count, distance }: Line,
): void => {
  let since = Number.POSITIVE_INFINITY
  for (let place = 0; place < count; place += 1) {
    const at = from + place * stride
    since = marks[at] === 1 ? 0 : since + 1
    if (since <= distance) spreadMarks[at] = 1
  }
  since = Number.POSITIVE_INFINITY
  for (let place = count - 1; place >= 0; place -= 1) {
    const at = from + place * stride
    since = marks[at] === 1 ? 0 : since + 1
    if (since <= distance) spreadMarks[at] = 1
  }
}
